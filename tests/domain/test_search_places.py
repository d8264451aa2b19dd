"""Hits on a page: whole words, parts of words, phrases over the end of a line."""

from meetingroom.domain.geometry import Quad, Rect
from meetingroom.domain.paper import Word
from meetingroom.domain.search import Query
from meetingroom.domain.search_places import hit_places


def page(*lines: str) -> list[Word]:
    """Words set with letters 10 wide, lines 20 apart."""
    words = []
    for number, line in enumerate(lines):
        x = 0
        for text in line.split():
            box = Rect(x, 20 * number, x + 10 * len(text), 20 * number + 12)
            words.append(Word(text, Quad.of(box), number))
            x += 10 * (len(text) + 1)
    return words


def boxes(typed: str, *lines: str) -> list[list[tuple[float, ...]]]:
    return [
        [tuple(getattr(quad.bounds(), edge) for edge in ("x0", "y0", "x1", "y1")) for quad in hit]
        for hit in hit_places(page(*lines), Query.of(typed))
    ]


def test_a_phrase_is_one_hit_on_its_line():
    assert boxes("nam chac", "thôn Nậm Chạc cũ") == [[(50, 0, 130, 12)]]


def test_a_phrase_over_the_end_of_a_line_is_one_hit_on_two():
    assert boxes("nam chac", "thôn Nậm", "Chạc cũ") == [[(50, 0, 80, 12), (0, 20, 40, 32)]]


def test_signs_around_a_word_are_no_part_of_its_hit():
    assert boxes("nam ", "(Nậm),") == [[(10, 0, 40, 12)]]


def test_every_hit_of_a_page_has_its_place():
    assert len(boxes("ngo", "ngô khoai ngô", "Ngô")) == 3
    assert boxes("sắn", "ngô khoai ngô") == []
