"""The process that reads letters: any file, in no more time and memory than it is given."""

import sys
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from meetingroom.documents.answers import answered
from meetingroom.documents.letter_hand import LetterHand
from meetingroom.documents.worker import serve
from meetingroom.domain.invitation import Letter, Part
from meetingroom.domain.invitation_port import LetterReader

MEMORY = 2 << 30  # addresses
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def letter_reader() -> LetterReader:
    """A reader with a process of its own, which is started when the first file comes."""
    return LetterHand("meetingroom.letter_process")


class LetterBench:
    """Every public method but `answer` and `warm_up` is a job."""

    def __init__(self) -> None:
        self._papers: Any = None  # of the file read last: its scans are asked for afterwards

    def ready(self, _name: str) -> None:
        """Load the engine: a file's time is its own."""
        from meetingroom.documents import letters  # noqa: F401, PLC0415 - within the limits

    def read(self, name: str, data: bytes, now: str) -> Letter:
        from meetingroom.documents.letters import LetterPapers  # noqa: PLC0415 - as above
        from meetingroom.invitations.files.reading import read_here  # noqa: PLC0415

        self._papers = LetterPapers()
        return read_here(name, data, self._papers, _day(now))

    def scan(self, name: str, number: int, data: str) -> tuple[Part, ...]:
        read: tuple[Part, ...] = self._papers.scan(name, number, data)
        return read

    def warm_up(self) -> None:
        """Nothing to load ahead: `ready` does."""

    def answer(self, name: str, arguments: tuple[Any, ...], _password: str) -> tuple[Any, ...]:
        return answered(getattr(self, name), arguments)


def _day(now: str) -> date:
    return datetime.fromisoformat(now).astimezone(ZONE).date()


if __name__ == "__main__":
    serve(int(sys.argv[1]), LetterBench, MEMORY)
