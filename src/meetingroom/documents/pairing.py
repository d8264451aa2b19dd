"""Which page of an old version is which page of the new one."""

from collections import Counter
from collections.abc import Callable, Sequence

from meetingroom.documents.aligning import Alignment
from meetingroom.documents.paper_text import PaperText

IsSamePicture = Callable[[int, int], bool]
LOOKED_AT = 3  # pages without words beyond the expected one, to both sides


def pair_pages(
    old: PaperText, new: PaperText, words: Alignment, is_same_picture: IsSamePicture
) -> list[int | None]:
    """For each old page the new page that stands for it, None where it was taken out.

    Pages with words follow their words; pages without follow their picture, else their
    neighbours. No new page stands for two old ones, unless two flowed into one.
    """
    pairs = [_by_words(page, old, new, words) for page in range(old.pages)]
    taken = {page for page in pairs if page is not None}
    bare = [page for page in range(old.pages) if _is_bare(old, page)]
    free = [page for page in range(new.pages) if _is_bare(new, page) and page not in taken]
    for page in bare:
        found = _by_picture(page, pairs, free, is_same_picture)
        if found is not None:
            pairs[page] = found
            free.remove(found)
    return _between(pairs, new.pages)


def _is_bare(text: PaperText, page: int) -> bool:
    first, end = text.span(page)
    return first == end


def _by_words(page: int, old: PaperText, new: PaperText, words: Alignment) -> int | None:
    """Where most of a page's words went, if it is not just a scrap of them."""
    first, end = old.span(page)
    votes = Counter(new.page_of(word) for word in words.to[first:end] if word >= 0)
    if not votes:
        return None
    best, count = max(votes.items(), key=lambda row: (row[1], -abs(row[0] - page)))
    return best if count * 5 >= end - first else None


def _by_picture(
    page: int, pairs: Sequence[int | None], free: Sequence[int], is_same: IsSamePicture
) -> int | None:
    """The first free page with the same picture, the expected ones first."""
    expected = _expected(page, pairs)
    near = sorted(free, key=lambda other: (abs(other - expected), other))
    return next((other for other in near[: 2 * LOOKED_AT + 1] if is_same(page, other)), None)


def _expected(page: int, pairs: Sequence[int | None]) -> int:
    """The place that follows from the nearest page before that has one."""
    for before in range(page - 1, -1, -1):
        found = pairs[before]
        if found is not None:
            return found + page - before
    return page


def _between(pairs: list[int | None], count: int) -> list[int | None]:
    """Pages left between two that belong together belong together, where as many are left."""
    taken = {page for page in pairs if page is not None}
    result = list(pairs)
    start = 0
    while start < len(pairs):
        end = start
        while end < len(pairs) and pairs[end] is None:
            end += 1
        if end > start:
            before = pairs[start - 1] if start else -1
            after = pairs[end] if end < len(pairs) else count
            assert before is not None and after is not None  # noqa: S101, PT018
            free = [page for page in range(before + 1, after) if page not in taken]
            if len(free) == end - start == after - before - 1:
                result[start:end] = free
        start = max(end, start) + 1
    return result
