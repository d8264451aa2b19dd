"""Words somebody is writing about marks and has not sent: kept on this computer meanwhile."""

from concurrent.futures import Future

import msgspec

from meetingroom.services.desk import Desk

NAME = "unsent_words"
Row = tuple[str, str, str]
Drafts = dict[tuple[str, str], str]
"""(mark, "reply" or "words") → what is written so far."""


class UnsentWords:
    """One value for all meetings; words about marks that are gone go with them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def read(self) -> "Future[Drafts]":
        """What was being written when the program ended."""
        return self._desk.run(self._read)

    def keep(self, drafts: Drafts) -> "Future[None]":
        """Keep what is being written, and nothing else."""
        rows = [[mark, kind, words] for (mark, kind), words in drafts.items() if words.strip()]
        return self._desk.run(lambda: self._keep(rows))

    def _keep(self, rows: list[list[str]]) -> None:
        _keep_known(self._desk, [(mark, kind, words) for mark, kind, words in rows])

    def _read(self) -> Drafts:
        return {(mark, kind): words for mark, kind, words in _rows(self._desk)}


def forget_gone(desk: Desk) -> None:
    """On the desk's thread: words about marks that went (with a purged paper) go, too."""
    _keep_known(desk, _rows(desk))


def _rows(desk: Desk) -> list[Row]:
    raw = desk.log.value(NAME)
    return msgspec.json.decode(raw, type=list[Row]) if raw else []


def _keep_known(desk: Desk, rows: list[Row]) -> None:
    meetings = desk.meetings.values()
    known = [row for row in rows if any(row[0] in meeting.marks for meeting in meetings)]
    desk.log.set_value(NAME, msgspec.json.encode(known) if known else None)
