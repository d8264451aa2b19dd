"""Words somebody is writing about marks and has not sent: kept on this computer meanwhile."""

from concurrent.futures import Future

import msgspec

from meetingroom.services.desk import Desk

NAME = "unsent_words"
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
        meetings = self._desk.meetings.values()
        known = [row for row in rows if any(row[0] in meeting.marks for meeting in meetings)]
        raw = msgspec.json.encode(known) if known else None
        self._desk.log.set_value(NAME, raw)

    def _read(self) -> Drafts:
        raw = self._desk.log.value(NAME)
        rows = msgspec.json.decode(raw, type=list[tuple[str, str, str]]) if raw else []
        return {(mark, kind): words for mark, kind, words in rows}
