"""Doors of the search: who reads papers' words, and where they are kept."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol

import msgspec

from meetingroom.domain.paper import Word
from meetingroom.domain.search import Query


class PageText(msgspec.Struct, frozen=True, array_like=True):
    """A page's text (NFC); `is_scan`: it has none, but a picture that may show some."""

    text: str
    is_scan: bool = False


class PaperTexts(Protocol):
    """Reads papers' words in a process of its own that gives way to everything else."""

    @property
    def can_scan(self) -> bool:
        """Whether this computer reads words off pictures of pages."""
        ...

    def read(self, path: Path, first: int, count: int) -> "Future[tuple[PageText, ...]]":
        """The texts of so many pages from `first` on, fewer where the paper ends.

        A page that cannot be read is empty. Fails with PaperError for a file at fault.
        """
        ...

    def scan(self, path: Path, page: int) -> "Future[tuple[Word, ...]]":
        """The words a picture of a page shows, in reading order; takes seconds.

        Fails with PaperError("paper.timeout" …).
        """
        ...

    def rest(self) -> None:
        """Nothing to read for now: give the memory back."""
        ...

    def close(self) -> None: ...


class IndexedPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A file in the index: `read` pages of it so far, whole when `is_whole`."""

    blob: str
    read: int
    is_whole: bool
    scans_left: int = 0
    scans: int = 0


class Place(msgspec.Struct, frozen=True, array_like=True):
    """A page of a file."""

    blob: str
    page: int


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Pages on which words stand, best first; `pages` is how many there are in all."""

    places: tuple[Place, ...] = ()
    pages: int = 0


class SearchIndex(Protocol):
    """The words of papers, kept by their files' hashes; can be made again at any time.

    One thread writes, one thread asks. Both raise StoreError; after "store.damaged"
    the writer calls `start_afresh`.
    """

    def papers(self) -> dict[str, IndexedPaper]:
        """What is in the index (the writer's thread)."""
        ...

    def keep(self, blob: str, first: int, texts: Sequence[PageText], *, is_last: bool) -> None:
        """Keep the texts of pages from `first` on; the paper is whole with its last ones."""
        ...

    def scans(self, blob: str, limit: int) -> list[int]:
        """Pages of a paper that are pictures and were not yet read."""
        ...

    def keep_scan(self, blob: str, page: int, words: Sequence[Word]) -> None:
        """Keep what a picture shows; with no words, that it was looked at."""
        ...

    def forget(self, blobs: Iterable[str]) -> None:
        """Delete papers, their words and every trace of them in the file."""
        ...

    def start_afresh(self) -> None:
        """Throw the file away and begin with an empty one."""
        ...

    def find(
        self, query: Query, blobs: Sequence[str], page: int | None = None, limit: int = 100
    ) -> Found:
        """Pages of these papers (or one page) with these words (the asker's thread).

        Pages with the phrase in its marks come first, then with the phrase without regard
        to marks, then (where there are few of those) with all the words; within each by
        the order of `blobs`, then of pages.
        """
        ...

    def texts(self, places: Sequence[Place]) -> tuple[str, ...]:
        """The texts of pages, empty where there is none (the asker's thread)."""
        ...

    def scan_words(self, place: Place) -> tuple[Word, ...] | None:
        """The words read off a page's picture; None where it has text of its own."""
        ...

    def interrupt(self) -> None:
        """Give up the question being asked, from any thread: it raises StoreError."""
        ...

    def close(self) -> None: ...
