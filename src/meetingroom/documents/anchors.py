"""Marks that cover no words stand with those around them: ink, boxes, notes, texts, lines."""

from collections import Counter
from collections.abc import Sequence

from meetingroom.documents.versions import STILL, Versions, middle_shift
from meetingroom.domain.marks import (
    Box,
    Ink,
    Mark,
    Note,
    Placement,
    bounds,
    moved,
)

NEAR = 12  # words around a mark that tell its place
CLOSE = 3  # of them those that what is drawn beside words must fit
REACH = 250.0  # points
TOGETHER = 3.0  # points: what moves as one
MOST = 0.6


def place_region(mark: Mark, versions: Versions) -> Placement:
    """A mark drawn around words goes with them; any other with the nearest words."""
    box = bounds(mark.shape)
    inside = versions.within(mark.page, box) if isinstance(mark.shape, Ink | Box) else []
    width = versions.old.sizes[mark.page].width
    # What is written beside the page belongs to the lines at its height, however short.
    reach = max(REACH, box.x0) if box.x0 >= width else REACH
    beside = versions.nearest(mark.page, box, NEAR, reach)
    holding = list(dict.fromkeys((*inside, *beside)))
    if not holding:
        return versions.by_picture(mark)
    found = [word for word in holding if versions.words.to[word] >= 0]
    if not found:
        return _without_words(mark, versions)
    # A sheet stands beside a line; what is drawn or written must fit what it is drawn on.
    is_sheet = isinstance(mark.shape, Note)
    held_by = found[:1] if is_sheet else inside or beside[:CLOSE]
    shift = _common_shift(held_by, versions)
    if shift is None or len(found) < MOST * len(holding) or not _are_sure(held_by, versions):
        return _guess(mark, found, versions)
    page = versions.new.page_of(versions.words.to[held_by[0]])
    if page == versions.pages[mark.page] and max(map(abs, shift)) <= STILL:
        return versions.still(mark, page, "exact")
    return versions.at(mark, page, moved(mark.shape, *shift), "words")


def _guess(mark: Mark, found: Sequence[int], versions: Versions) -> Placement:
    """With the nearest of its words on the page most of them stand on."""
    page = _page(found, versions)
    nearest = next(w for w in found if versions.new.page_of(versions.words.to[w]) == page)
    return versions.at(mark, page, moved(mark.shape, *versions.shift(nearest)), "look")


def _page(found: Sequence[int], versions: Versions) -> int:
    """The new page most of these words stand on."""
    pages = Counter(versions.new.page_of(versions.words.to[word]) for word in found)
    return pages.most_common(1)[0][0]


def _common_shift(words: Sequence[int], versions: Versions) -> tuple[float, float] | None:
    """How far these words moved, all as one; None where one is gone or they moved apart."""
    if any(versions.words.to[word] < 0 for word in words):
        return None
    pages = {versions.new.page_of(versions.words.to[word]) for word in words}
    shifts = [versions.shift(word) for word in words]
    shift = middle_shift(shifts)
    is_one = len(pages) == 1 and all(_is_together(one, shift) for one in shifts)
    return shift if is_one else None


def _are_sure(words: Sequence[int], versions: Versions) -> bool:
    """Whether it is certain that these are the same words."""
    are_sure = all(versions.words.sure[word] for word in words)
    return are_sure or versions.is_trusted(min(words), max(words))


def _is_together(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) <= TOGETHER and abs(one[1] - other[1]) <= TOGETHER


def _without_words(mark: Mark, versions: Versions) -> Placement:
    """All the words around it are gone: at its place with a warning, where its page is."""
    page = versions.pages[mark.page]
    return versions.unplaced(mark) if page is None else versions.still(mark, page, "look")
