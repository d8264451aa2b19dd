"""Private notes of who leads, one for each item: on this computer and in the own backup only.

They are no records: nothing of them is ever sent. What is typed is kept at every key press, the
newest words of each note once the ones before are on the disk, so that typing waits for nothing.
"""

import threading
from concurrent.futures import Future

from meetingroom.services.desk import Desk
from meetingroom.services.errands import Errands
from meetingroom.services.news import MeetingGone, News

NAME = "cue:"


def _name(meeting: str, item: str) -> str:
    return f"{NAME}{meeting}/{item}"


class CueNotes:
    """Reads and keeps the notes of meetings; "" as an item is the meeting as a whole."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._errands = Errands("cues")
        desk.before_closing(self._errands.close)
        self._lock = threading.Lock()
        self._waiting: dict[str, str] = {}
        desk.listen(self._on_news)

    def read(self, meeting: str) -> "Future[dict[str, str]]":
        """Item → words, of those that have any."""

        def task() -> dict[str, str]:
            found = self._desk.log.values(_name(meeting, ""))
            return {name.rpartition("/")[2]: raw.decode() for name, raw in found.items()}

        return self._errands.run(task)

    def keep(self, meeting: str, item: str, words: str) -> "Future[None]":
        """Keep these words in place of earlier ones; done once they are on the disk."""
        name = _name(meeting, item)
        with self._lock:
            self._waiting[name] = words
        return self._errands.run(lambda: self._write(name))

    def _write(self, name: str) -> None:
        with self._lock:
            if name not in self._waiting:
                return  # written with newer words already
            words = self._waiting.pop(name)
        self._desk.log.set_value(name, words.encode() if words.strip() else None)

    def _on_news(self, what: News) -> None:
        if isinstance(what, MeetingGone):
            self._errands.run(lambda: self._forget(what.meeting))

    def _forget(self, meeting: str) -> None:
        """A meeting that is not for this person any more: nor are the words on it."""
        if self._desk.meeting(meeting) is None:
            for name in self._desk.log.values(_name(meeting, "")):
                self._desk.log.set_value(name, None)
