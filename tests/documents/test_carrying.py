"""Marks on a new version: each has one outcome, and what is said to be certain is right."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from versions import LEFT, PITCH, SHEET, TOP, lines, scan, write_scans, write_words

from meetingroom.documents.aligning import Alignment
from meetingroom.documents.carrying import carry, carry_files
from meetingroom.documents.crew import Crew
from meetingroom.documents.pairing import pair_pages
from meetingroom.documents.paper_text import PaperText, open_document, read_text
from meetingroom.documents.versions import Versions
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import InkPoint, Point, Quad, Rect, Size
from meetingroom.domain.marks import (
    Box,
    FreeText,
    Ink,
    Mark,
    Note,
    Placement,
    Shape,
    TextMark,
    bounds,
)

Pages = Sequence[Sequence[str]]
SENTENCE = "Bảo đảm 80% hộ chăn nuôi trâu, bò dự trữ đủ thức ăn thô trong vụ đông xuân."


def made(shape: Shape, page: int = 0, name: str = "mark-1") -> Mark:
    return Mark(id=name, author="person-a", paper="p", blob="old", page=page, shape=shape)


def text_of(path: Path) -> PaperText:
    with open_document(path) as document:
        return read_text(document)


def over(path: Path, words: str, page: int = 0) -> TextMark:
    """A highlight over these words where they first stand on a page."""
    text, wanted = text_of(path), words.split()
    first, end = text.span(page)
    at = next(n for n in range(first, end) if text.words[n : n + len(wanted)] == wanted)
    return TextMark(quads=text.quads(range(at, at + len(wanted))), quote=words)


def under(path: Path, placement: Placement) -> str:
    """The words of the new version that a placed text mark covers."""
    assert isinstance(placement.shape, TextMark)
    text = text_of(path)
    first, end = text.span(placement.page)
    quads = [quad.bounds().grown(0.5) for quad in placement.shape.quads]
    middles = {
        n: ((text.boxes[n][0] + text.boxes[n][2]) / 2, (text.boxes[n][1] + text.boxes[n][3]) / 2)
        for n in range(first, end)
    }
    covered = [n for n in range(first, end) if any(quad.contains(*middles[n]) for quad in quads)]
    return " ".join(text.words[n] for n in covered)


@pytest.fixture
def versions(tmp_path: Path) -> Callable[[Pages, Pages], tuple[Path, Path]]:
    def write(old: Pages, new: Pages) -> tuple[Path, Path]:
        return write_words(tmp_path / "old.pdf", old), write_words(tmp_path / "new.pdf", new)

    return write


Write = Callable[[Pages, Pages], tuple[Path, Path]]


def test_words_at_their_place_are_exact_and_the_shape_is_kept(versions: Write) -> None:
    old, new = versions([[SENTENCE, *lines("a")]], [[SENTENCE, *lines("a")[:-1], "Thêm một dòng"]])
    shape = over(old, "dự trữ đủ thức ăn")
    (placed,) = carry_files(old, new, [made(shape)])
    assert (placed.certainty, placed.page, placed.shape) == ("exact", 0, shape)


def test_words_that_moved_down_are_followed(versions: Write) -> None:
    old, new = versions([[SENTENCE, *lines("a")]], [["Thêm", "hai dòng", SENTENCE, *lines("a")]])
    (placed,) = carry_files(old, new, [made(over(old, "dự trữ đủ thức ăn"))])
    assert (placed.certainty, under(new, placed)) == ("words", "dự trữ đủ thức ăn")


def test_words_on_another_page_are_followed(versions: Write) -> None:
    old = [lines("a"), [*lines("b"), SENTENCE]]
    new = [lines("a"), lines("x"), lines("b"), [SENTENCE, *lines("y")]]
    files = versions(old, new)
    (placed,) = carry_files(*files, [made(over(files[0], "dự trữ đủ thức ăn", 1), page=1)])
    assert (placed.certainty, placed.page) == ("words", 3)
    assert under(files[1], placed) == "dự trữ đủ thức ăn"


def test_a_page_that_only_has_another_number_is_exact(versions: Write) -> None:
    files = versions([lines("a"), lines("b")], [lines("a"), lines("x"), lines("b")])
    (placed,) = carry_files(*files, [made(over(files[0], "b3a b3b", 1), page=1)])
    assert (placed.certainty, placed.page) == ("exact", 2)


def test_a_changed_word_inside_the_quote_needs_an_eye_with_a_guess(versions: Write) -> None:
    old, new = versions([[SENTENCE, *lines("a")]], [[SENTENCE.replace("80%", "100%"), *lines("a")]])
    (whole,) = carry_files(old, new, [made(over(old, "Bảo đảm 80% hộ"))])
    assert (whole.certainty, under(new, whole)) == ("look", "Bảo đảm 100% hộ")
    (alone,) = carry_files(old, new, [made(over(old, "80%"))])
    assert (alone.certainty, under(new, alone)) == ("look", "100%")


def test_a_quote_that_occurs_twice_among_equal_words_needs_an_eye(versions: Write) -> None:
    row = "Nội dung này giao Phòng Kinh tế chủ trì thực hiện trong quý một"
    old = [[row, *lines("a", 6)]]
    new = [[*lines("x", 6), row, *lines("y", 6), row, *lines("z", 6)]]
    files = versions(old, new)
    (placed,) = carry_files(*files, [made(over(files[0], "Phòng Kinh tế"))])
    assert (placed.certainty, under(files[1], placed)) == ("look", "Phòng Kinh tế")


def test_words_that_were_deleted_leave_the_mark_on_its_page_with_a_warning(versions: Write) -> None:
    page = lines("a")
    old, new = versions([page], [[*page[:4], *page[5:]]])
    (placed,) = carry_files(old, new, [made(over(old, "a4a a4b a4c"))])
    assert (placed.certainty, placed.page) == ("look", 0)


def test_a_mark_on_a_page_taken_out_is_unplaced_and_unchanged(versions: Write) -> None:
    files = versions([lines("a"), lines("b"), lines("c")], [lines("a"), lines("c")])
    shapes = (over(files[0], "b4a b4b", 1), Note(at=Point(300, 300)))
    placed = carry_files(*files, [made(shape, 1) for shape in shapes])
    assert [(one.certainty, one.page) for one in placed] == [("unplaced", 1)] * 2
    assert tuple(one.shape for one in placed) == shapes


def test_what_is_drawn_around_words_goes_with_them(versions: Write) -> None:
    old, new = versions([[SENTENCE, *lines("a")]], [["Thêm", SENTENCE, *lines("a")]])
    box = bounds(over(old, "đủ thức ăn")).grown(3)
    ink = Ink(strokes=((InkPoint(box.x0, box.y0), InkPoint(box.x1, box.y1)),))
    placed = carry_files(old, new, [made(Box(box=box)), made(ink)])
    assert [one.certainty for one in placed] == ["words"] * 2
    moves = [
        bounds(one.shape).y0 - bounds(shape).y0
        for one, shape in zip(placed, (Box(box=box), ink), strict=True)
    ]
    assert moves == pytest.approx([PITCH] * 2, abs=0.1)


def test_ink_around_a_number_that_changed_needs_an_eye(versions: Write) -> None:
    old, new = versions([[SENTENCE, *lines("a")]], [[SENTENCE.replace("80%", "99%"), *lines("a")]])
    box = bounds(over(old, "80%")).grown(2)
    (placed,) = carry_files(old, new, [made(Box(box=box))])
    assert (placed.certainty, placed.page) == ("look", 0)


def test_a_note_in_the_margin_goes_with_the_line_beside_it(versions: Write) -> None:
    page = lines("a")
    old, new = versions([page], [[*page[:2], "Một dòng mới", *page[2:]]])
    at = Point(20, TOP + 9 * PITCH - 12)
    (placed,) = carry_files(old, new, [made(Note(at=at))])
    assert placed.certainty == "words" and isinstance(placed.shape, Note)
    assert placed.shape.at.y == pytest.approx(at.y + PITCH, abs=0.1)


def test_a_scanned_page_tells_by_its_picture(tmp_path: Path) -> None:
    old = write_scans(tmp_path / "old.pdf", [scan((100, 100)), scan((100, 400), (200, 600))])
    new = write_scans(tmp_path / "new.pdf", [scan((9, 9)), scan((100, 100)), scan((100, 400))], 70)
    same = Box(box=Rect(95, 390, 200, 420))
    changed = Box(box=Rect(195, 590, 300, 620))
    first, second, third = carry_files(
        old, new, [made(same, 1), made(changed, 1), made(Note(at=Point(100, 100)), 0)]
    )
    assert (first.certainty, first.page, first.shape) == ("exact", 2, same)
    assert (second.certainty, second.page, second.shape) == ("look", 2, changed)
    assert (third.certainty, third.page) == ("exact", 1)


def test_without_the_old_file_quoted_words_tell(versions: Write) -> None:
    old, new = versions([[SENTENCE]], [lines("x"), [SENTENCE]])
    quote = TextMark(
        quads=over(old, "đủ thức ăn").quads,
        quote="đủ thức ăn",
        before="Bảo đảm 80% hộ chăn nuôi trâu, bò dự trữ"[-40:],
        after="thô trong vụ đông xuân.",
    )
    text, note = carry_files(None, new, [made(quote), made(Note(at=Point(9, 9)))])
    assert (text.certainty, text.page, under(new, text)) == ("words", 1, "đủ thức ăn")
    assert (note.certainty, note.page) == ("look", 0)


def test_a_worker_carries_and_says_what_it_cannot_read(versions: Write, tmp_path: Path) -> None:
    old, new = versions([[SENTENCE, *lines("a")]], [["Thêm", SENTENCE, *lines("a")]])
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    mark = made(over(old, "đủ thức ăn"))
    crew = Crew(workers=1)
    try:
        (placed,) = crew.carry(old, new, [mark]).result(60)
        (unread,) = crew.carry(tmp_path / "bad.pdf", new, [mark]).result(60)
        with pytest.raises(PaperError) as caught:
            crew.carry(old, tmp_path / "bad.pdf", [mark]).result(60)
    finally:
        crew.close()
    assert placed.certainty == "words" and unread.certainty == "look"
    assert caught.value.code == "paper.damaged"


# --- invariants --------------------------------------------------------------------------


def typeset(pages: Pages) -> PaperText:
    """Words of eleven points on the lines of a page, without a file."""
    text = PaperText()
    for page in pages:
        rows = []
        for number, line in enumerate(page):
            x = float(LEFT)
            for word in line.split():
                y = TOP + number * PITCH
                rows.append((word, (x, y - 9.0, x + 6 * len(word), y + 3.0), number))
                x += 6 * len(word) + 4
        text.add_page(Size(*SHEET), rows)
    return text


def versions_of(old: Pages, new: Pages, *, looks_same: bool = False) -> Versions:
    first, second = typeset(old), typeset(new)
    words = Alignment(first.words, second.words)
    pages = pair_pages(first, second, words, lambda _old, _new: looks_same)
    return Versions(first, second, words, pages, lambda _old, _new, _part: looks_same)


vocabulary = st.sampled_from(["một", "hai", "ba", "bốn", "xã", "thôn", "10%", "2026", "và", "của"])
line = st.lists(vocabulary, max_size=8).map(" ".join)
papers = st.lists(st.lists(line, max_size=8), min_size=1, max_size=4)
places = st.tuples(st.floats(0, 500), st.floats(0, 700))


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    x, y = draw(places)
    box = Rect(x, y, x + draw(st.floats(1, 200)), y + draw(st.floats(1, 60)))
    kinds: list[Shape] = [
        TextMark(quads=(Quad.of(box),)),
        Ink(strokes=((InkPoint(box.x0, box.y0), InkPoint(box.x1, box.y1)),)),
        Note(at=Point(x, y)),
        FreeText(box=box),
        Box(box=box),
    ]
    return draw(st.sampled_from(kinds))


marks = st.lists(st.tuples(shapes(), st.integers(0, 3)), max_size=8).map(
    lambda rows: [made(shape, page, f"mark-{n}") for n, (shape, page) in enumerate(rows)]
)


@given(papers, papers, marks, st.booleans())
def test_every_mark_has_exactly_one_outcome_on_the_new_version(
    old: Pages, new: Pages, drawn: list[Mark], looks_same: bool
) -> None:
    placed = carry(drawn, versions_of(old, new, looks_same=looks_same))
    assert [one.mark for one in placed] == [mark.id for mark in drawn]
    assert all(0 <= one.page < len(new) for one in placed)
    assert all(
        one.shape == mark.shape
        for one, mark in zip(placed, drawn, strict=True)
        if one.certainty in ("exact", "unplaced")
    )


@given(papers, marks)
def test_identical_versions_leave_every_mark_exact_and_unmoved(
    paper: Pages, drawn: list[Mark]
) -> None:
    drawn = [mark for mark in drawn if mark.page < len(paper)]
    placed = carry(drawn, versions_of(paper, paper, looks_same=True))
    assert [(one.page, one.shape, one.certainty) for one in placed] == [
        (mark.page, mark.shape, "exact") for mark in drawn
    ]


@settings(max_examples=40)
@given(st.integers(2, 6), st.data())
def test_inserted_and_deleted_pages_move_marks_with_their_pages(
    count: int, data: st.DataObject
) -> None:
    names = [f"p{n}" for n in range(count)]
    out = data.draw(st.sampled_from(names))
    new = [name for name in names if name != out]
    new.insert(data.draw(st.integers(0, len(new))), "mới")
    drawn = [made(Note(at=Point(30, 200)), n, name) for n, name in enumerate(names)]
    placed = carry(drawn, versions_of([lines(n) for n in names], [lines(n) for n in new]))
    outcomes = {one.mark: (one.page, one.certainty) for one in placed}
    assert outcomes.pop(out)[1] in ("unplaced", "look")
    assert outcomes == {name: (new.index(name), "exact") for name in names if name != out}


@given(papers, papers, marks)
def test_the_order_of_marks_does_not_matter(old: Pages, new: Pages, drawn: list[Mark]) -> None:
    known = versions_of(old, new)
    assert carry(drawn[::-1], known) == carry(drawn, known)[::-1]


def test_what_was_written_beside_a_page_stays_beside_it(versions: Write) -> None:
    page = lines("a")
    old, new = versions([page], [["Một dòng mới", *page]])
    at = Rect(SHEET[0] + 10, TOP + 9 * PITCH, SHEET[0] + 90, TOP + 10 * PITCH)
    (placed,) = carry_files(old, new, [made(FreeText(box=at))])
    box = bounds(placed.shape)
    assert (box.x0, box.x1) == (at.x0, at.x1)
    assert box.y0 == pytest.approx(at.y0 + PITCH, abs=0.1)
