"""What the reading of one file may cost, with all that is enclosed in it."""

import time
from collections.abc import Callable
from datetime import date

from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Letter
from meetingroom.domain.invitation_port import PaperWords

MAX_FILE = 64 << 20  # a letter; what is larger is something else
MAX_UNPACKED = 128 << 20  # bytes of all that is enclosed in one file
MAX_ENCLOSED, MAX_DEPTH = 40, 4
SECONDS = 3.0  # after which nothing more is begun: what was read by then is the answer
Read = Callable[[str, bytes, "Task"], Letter]


class Task:
    """One file being read; `papers` is None where no engine is at hand."""

    def __init__(self, read: Read, papers: PaperWords | None, today: date) -> None:
        self._read = read
        self.papers = papers
        self.today = today
        self.depth = 0
        self._bytes_left = MAX_UNPACKED
        self._files_left = MAX_ENCLOSED
        self._end = time.monotonic() + SECONDS

    @property
    def is_late(self) -> bool:
        """Whether nothing more is to be begun."""
        return time.monotonic() > self._end

    def enclosed(self, name: str, data: bytes) -> Letter:
        """What an enclosed file says; nothing where it cannot be read.

        Raises PaperError("paper.secret"): then the whole is.
        """
        self._files_left -= 1
        self._bytes_left -= len(data)
        if self._files_left < 0 or self._bytes_left < 0 or self.depth >= MAX_DEPTH or self.is_late:
            return Letter()
        self.depth += 1
        try:
            return self._read(name, data, self)
        except PaperError as error:
            if error.code == "paper.secret":
                raise
            return Letter()
        finally:
            self.depth -= 1

    @property
    def bytes_left(self) -> int:
        """How much may still be unpacked."""
        return max(0, self._bytes_left)


def joined(letters: "list[Letter]") -> Letter:
    """Several letters as one: the first that says who, when and about what, counts."""
    return Letter(
        parts=tuple(part for one in letters for part in one.parts),
        subject=next((one.subject for one in letters if one.subject), ""),
        sender=next((one.sender for one in letters if one.sender), ""),
        sent_at=next((one.sent_at for one in letters if one.sent_at), ""),
        events=tuple(event for one in letters for event in one.events),
    )
