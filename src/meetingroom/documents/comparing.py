"""Two versions of a paper, page beside page, with the words that were removed and added."""

from collections.abc import Callable, Sequence
from pathlib import Path

from meetingroom.documents.aligning import Alignment
from meetingroom.documents.likeness import Pictures
from meetingroom.documents.pairing import pair_pages
from meetingroom.documents.paper_text import PaperText, open_document, read_text
from meetingroom.domain.geometry import Quad
from meetingroom.domain.paper import Comparison, PagePair

EDGE = 0.12  # of a page's height: where its number stands
Differences = Callable[[int, int], tuple[Quad, ...]]


def compare_files(old: Path, new: Path) -> Comparison:
    """Raises PaperError: paper.damaged, .encrypted."""
    with open_document(old) as first, open_document(new) as second:
        pictures = Pictures(first, second)
        old_text, new_text = read_text(first), read_text(second)
        words = Alignment(old_text.words, new_text.words)
        pages = pair_pages(old_text, new_text, words, pictures.is_same_page)
        return compare_texts(old_text, new_text, words, pages, pictures.differences)


def compare_texts(
    old: PaperText,
    new: PaperText,
    words: Alignment,
    pages: Sequence[int | None],
    differences: Differences,
) -> Comparison:
    """The comparison once it is known which word and page is which."""
    pairs = [
        PagePair(
            old_page=page[0],
            new_page=page[1],
            removed=_left_alone(old, page[0], words.to),
            added=_left_alone(new, page[1], words.back),
        )
        for page in _in_order(pages, new.pages)
    ]
    return Comparison(pairs=tuple(_with_pictures(pair, old, new, differences) for pair in pairs))


def _in_order(pages: Sequence[int | None], count: int) -> list[tuple[int | None, int | None]]:
    """Pairs in the new version's order; a page taken out follows the one it followed."""
    olds: dict[int, int] = {}
    for old, new in enumerate(pages):
        if new is not None:
            olds.setdefault(new, old)
    shown = set(olds.values())
    rows: list[tuple[int | None, int | None]] = [(olds.get(page), page) for page in range(count)]
    for old in range(len(pages)):
        if old not in shown:
            before = next((at for at, row in enumerate(rows) if row[0] == old - 1), -1)
            rows.insert(before + 1, (old, None))
    return rows


def _left_alone(text: PaperText, page: int | None, partners: Sequence[int]) -> tuple[Quad, ...]:
    """Words of a page that the other version does not have, but for the page's number."""
    if page is None:
        return ()
    first, end = text.span(page)
    alone = [word for word in range(first, end) if partners[word] < 0]
    return text.quads([word for word in alone if not is_page_number(text, page, word)])


def is_page_number(text: PaperText, page: int, word: int) -> bool:
    """Whether a word is a number alone on its line at the top or the bottom of its page."""
    if not text.words[word].strip("-–. ").isdigit() or len(text.words[word]) > 6:
        return False
    line, height = text.lines[word], text.sizes[page].height
    neighbours = text.lines[max(0, word - 1) : word] + text.lines[word + 1 : word + 2]
    is_alone = line not in neighbours
    _, top, _, bottom = text.boxes[word]
    return is_alone and (bottom < height * EDGE or top > height * (1 - EDGE))


def _with_pictures(
    pair: PagePair, old: PaperText, new: PaperText, differences: Differences
) -> PagePair:
    """Pages without words are compared by how they look."""
    if pair.old_page is None or pair.new_page is None:
        return pair
    spans = (old.span(pair.old_page), new.span(pair.new_page))
    if any(first != end for first, end in spans):
        return pair
    boxes = differences(pair.old_page, pair.new_page)
    return PagePair(old_page=pair.old_page, new_page=pair.new_page, removed=boxes, added=boxes)
