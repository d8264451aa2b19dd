"""What reading letters needs from rooms beside it: PDF and pictures, and a process apart."""

from concurrent.futures import Future
from typing import Protocol

from meetingroom.domain.invitation import Letter


class PaperWords(Protocol):
    """Reads what takes an engine: PDFs and pictures, with their links and QR codes.

    A page whose words stand in a picture is a part with how "scan", no text yet, and in
    `shown` the number by which its words can be read afterwards; they take the place of typed
    words of the same page just before, which are next to none or not Vietnamese.
    """

    def pdf(self, name: str, data: bytes) -> Letter:
        """Raises PaperError for a file at fault or a secret one."""
        ...

    def picture(self, name: str, data: bytes, *, is_enclosed: bool = False) -> Letter:
        """One enclosed in another file has its words read only where it has a page's size."""
        ...


class LetterReader(Protocol):
    """Reads files that could do harm in a process of its own, each within a time limit."""

    def read(self, name: str, data: bytes) -> "Future[Letter]":
        """What a file says. Fails with PaperError, at once or when its time is over."""
        ...

    def warm_up(self) -> None:
        """Start the process ahead of the first file."""
        ...

    def close(self) -> None: ...
