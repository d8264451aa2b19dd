"""What just happened in a meeting, in words, for those who lead it together."""

from concurrent.futures import Future

from meetingroom.domain.entries import entry_of
from meetingroom.domain.ids import OFFICE
from meetingroom.services.chronicle import Told, chronicle, with_hub
from meetingroom.services.desk import Desk
from meetingroom.services.errands import Errands

GROUPS = frozenset({"meeting", "people", "voice", "votes"})
LATEST = 30


class Retelling:
    """Tells the newest of a meeting's log, beside the desk's own work."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._errands = Errands("retell")
        desk.before_closing(self._errands.close)

    def latest(self, meeting: str, limit: int = LATEST) -> "Future[list[Told]]":
        """What happened last, newest first; nothing of before the meeting was opened."""

        def task() -> list[Told]:
            folded = self._desk.meeting(meeting)
            if folded is None:
                return []
            entries = self._desk.entries(meeting, GROUPS)
            told = chronicle(entries, folded, self._desk.directory)
            opened = next((n for n, one in enumerate(told) if one.kind == "meeting_opened"), None)
            return told[opened:][-limit:][::-1] if opened is not None else []

        return self._errands.run(task)


def retold(desk: Desk, meeting: str) -> list[Told]:
    """The whole log of a meeting in words, and what became of the hub meanwhile; blocks."""
    folded = desk.meeting(meeting)
    if folded is None:
        return []
    entries = [entry_of(kept) for kept in desk.log.stream(meeting)]
    office = [entry_of(kept) for kept in desk.log.stream(OFFICE)]
    return with_hub(chronicle(entries, folded, desk.directory), office, desk.directory)
