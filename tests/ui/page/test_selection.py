"""From places on a page to words, quads and marks."""

import unicodedata

from one_desk import page_words

from meetingroom.domain.geometry import Quad, Rect
from meetingroom.domain.paper import Word
from meetingroom.ui.page.selection import PageWords

WORDS = PageWords(page_words())


def test_the_nearest_word_of_the_line_is_found_beside_it_and_none_far_away():
    assert WORDS.words[WORDS.at(45, 65)].text == "w0.0"
    assert WORDS.words[WORDS.at(580, 98)].text == "w1.5"
    assert WORDS.at(5000, 5000) is None


def test_chosen_words_become_one_quad_a_line():
    quads = WORDS.quads(4, 13)  # from the first line's fifth word to the third line's second
    boxes = [quad.bounds() for quad in quads]
    assert [(box.x0, box.x1) for box in boxes] == [(400, 560), (40, 560), (40, 200)]
    assert [box.y0 for box in boxes] == [60, 90, 120]


def test_choosing_backwards_marks_the_same_words():
    assert WORDS.mark(9, 4, "highlight") == WORDS.mark(4, 9, "highlight")


def test_a_mark_keeps_its_words_and_what_stands_around_them():
    mark = WORDS.mark(6, 7, "underline")
    assert (mark.style, mark.quote) == ("underline", "w1.0 w1.1")
    assert mark.before.endswith("w0.5") and mark.after.startswith("w1.2")


def test_copied_words_are_composed_and_keep_the_lines():
    split = unicodedata.normalize("NFD", "Nghị quyết")
    words = PageWords(
        [
            Word(split, Quad.of(Rect(0, 0, 10, 10)), 0),
            Word("số", Quad.of(Rect(20, 0, 30, 10)), 0),
            Word("12", Quad.of(Rect(0, 20, 10, 30)), 1),
        ]
    )
    assert words.text(0, 2) == "Nghị quyết số\n12"


def test_a_long_selection_is_copied_whole_though_a_mark_quotes_only_its_beginning():
    words = PageWords([Word("chữ" * 10, Quad.of(Rect(0, n, 9, n + 1)), n) for n in range(200)])
    assert len(words.text(0, 199)) > 6000
    assert len(words.mark(0, 199, "highlight").quote) == 2000


def test_arrows_find_the_word_above_and_below():
    assert WORDS.words[WORDS.beside(8, 1)].text == "w2.2"
    assert WORDS.words[WORDS.beside(8, -1)].text == "w0.2"
    assert WORDS.beside(2, -1) == 2
