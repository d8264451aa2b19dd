"""Marks that cover no words stand with those around them: ink, boxes, notes, texts, lines."""

from collections import Counter
from collections.abc import Sequence

from meetingroom.documents.versions import STILL, Versions, middle_shift
from meetingroom.domain.marks import (
    Box,
    FreeText,
    Ink,
    Mark,
    Note,
    Placement,
    Stamp,
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
    beside = versions.nearest(mark.page, box, NEAR, REACH)
    holding = list(dict.fromkeys((*inside, *beside)))
    if not holding:
        return versions.by_picture(mark)
    found = [word for word in holding if versions.words.to[word] >= 0]
    page = _page(found, versions)
    if page is None:
        return _without_words(mark, versions)
    here = [word for word in found if versions.new.page_of(versions.words.to[word]) == page]
    # A sheet or a text stands beside something; what is drawn must fit what it is drawn on.
    stands_beside = isinstance(mark.shape, Note | FreeText | Stamp)
    held_by = here[:1] if stands_beside else inside or beside[:CLOSE]
    is_held = len(here) >= MOST * len(holding) and _are_sure(here, versions)
    shift = _common_shift(held_by, here, versions)
    if shift is None or not is_held:
        return versions.at(mark, page, moved(mark.shape, *versions.shift(here[0])), "look")
    if page == versions.pages[mark.page] and max(map(abs, shift)) <= STILL:
        return versions.still(mark, page, "exact")
    return versions.at(mark, page, moved(mark.shape, *shift), "words")


def _page(found: Sequence[int], versions: Versions) -> int | None:
    """The new page most of these words stand on."""
    pages = Counter(versions.new.page_of(versions.words.to[word]) for word in found)
    return pages.most_common(1)[0][0] if pages else None


def _common_shift(
    words: Sequence[int], here: Sequence[int], versions: Versions
) -> tuple[float, float] | None:
    """How far these words moved, all as one; None where some are not there or moved apart."""
    if any(word not in here for word in words):
        return None
    shifts = [versions.shift(word) for word in words]
    shift = middle_shift(shifts)
    return shift if all(_is_together(one, shift) for one in shifts) else None


def _are_sure(here: Sequence[int], versions: Versions) -> bool:
    """Whether it is certain that these are the same words."""
    sure = sum(versions.words.sure[word] for word in here)
    return sure * 2 >= len(here) or versions.is_trusted(min(here), max(here))


def _is_together(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) <= TOGETHER and abs(one[1] - other[1]) <= TOGETHER


def _without_words(mark: Mark, versions: Versions) -> Placement:
    """All the words around it are gone: at its place with a warning, where its page is."""
    page = versions.pages[mark.page]
    return versions.unplaced(mark) if page is None else versions.still(mark, page, "look")
