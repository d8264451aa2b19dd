"""Marks of an old version, placed on the new one.

The words tell: a text mark goes with the words it covers, other marks with the words they are
drawn around or stand beside; where a page has no words, the picture tells. What is not certain
is still placed as well as can be, and said to need an eye.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from meetingroom.documents.aligning import Alignment
from meetingroom.documents.anchors import place_region
from meetingroom.documents.likeness import Pictures
from meetingroom.documents.pairing import pair_pages
from meetingroom.documents.paper_text import open_document, read_text
from meetingroom.documents.quotes import place_quote, place_words
from meetingroom.documents.versions import Versions
from meetingroom.domain.errors import PaperError
from meetingroom.domain.marks import Mark, Placement, TextMark


def carry_files(old: Path | None, new: Path, marks: Sequence[Mark]) -> tuple[Placement, ...]:
    """One placement for each mark, which stand on `old` as their page and shape say.

    Without the old file (None, or one that cannot be read) only quoted words can tell.
    Raises PaperError ("paper.damaged", "paper.encrypted") where the new one cannot be read.
    """
    with _without_collecting(), open_document(new) as second:
        text = read_text(second)
        try:
            first = open_document(old) if old is not None else None
        except PaperError:
            first = None
        if first is None:
            return tuple(place_quote(mark, text) for mark in marks)
        with first:
            old_text = read_text(first)
            pictures = Pictures(first, second)
            words = Alignment(old_text.words, text.words)
            pages = pair_pages(old_text, text, words, pictures.is_same_page)
            return carry(marks, Versions(old_text, text, words, pages, pictures.is_same_part))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Hundreds of thousands of words are kept and then let go at once: looking for garbage
    among them meanwhile takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def carry(marks: Sequence[Mark], versions: Versions) -> tuple[Placement, ...]:
    """One placement for each mark, in their order."""
    return tuple(_place(mark, versions) for mark in marks)


def _place(mark: Mark, versions: Versions) -> Placement:
    if not 0 <= mark.page < versions.old.pages:
        return versions.unplaced(mark)
    if isinstance(mark.shape, TextMark):
        covered = versions.covered(mark.page, mark.shape)
        if covered:
            return place_words(mark, mark.shape, covered, versions)
    return place_region(mark, versions)
