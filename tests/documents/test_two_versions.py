"""Two versions of a paper: pages beside pages, words removed and added."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from versions import lines, scan, write_scans, write_words

from meetingroom.documents.aligning import Alignment
from meetingroom.documents.comparing import compare_files
from meetingroom.documents.crew import Crew
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import Quad
from meetingroom.domain.paper import PagePair

Versions = Callable[[list[list[str]], list[list[str]]], tuple[PagePair, ...]]


@pytest.fixture
def compared(tmp_path: Path) -> Versions:
    """The pairs of pages of two versions with these lines."""

    def compare(old: list[list[str]], new: list[list[str]]) -> tuple[PagePair, ...]:
        files = write_words(tmp_path / "old.pdf", old), write_words(tmp_path / "new.pdf", new)
        return compare_files(*files).pairs

    return compare


def pages_of(pairs: tuple[PagePair, ...]) -> list[tuple[int | None, int | None]]:
    return [(pair.old_page, pair.new_page) for pair in pairs]


def words_under(path: Path, page: int, quads: tuple[Quad, ...]) -> str:
    with pymupdf.open(path) as document:
        boxes = [quad.bounds() for quad in quads]
        return " ".join(document[page].get_textbox((b.x0, b.y0, b.x1, b.y1)).strip() for b in boxes)


def test_equal_versions_have_no_difference(compared: Versions) -> None:
    pages = [lines("a"), lines("b")]
    pairs = compared(pages, pages)
    assert pages_of(pairs) == [(0, 0), (1, 1)] and not any(pair.is_changed for pair in pairs)


def test_a_changed_word_is_removed_from_the_old_page_and_added_to_the_new(
    compared: Versions, tmp_path: Path
) -> None:
    old = ["Hoàn thành trước ngày 15/01/2027; tổ chức kiểm tra, đôn đốc tại từng thôn."]
    new = ["Hoàn thành trước ngày 20/12/2026; tổ chức kiểm tra, đôn đốc tại từng thôn."]
    (pair,) = compared([old], [new])
    assert words_under(tmp_path / "old.pdf", 0, pair.removed) == "15/01/2027;"
    assert words_under(tmp_path / "new.pdf", 0, pair.added) == "20/12/2026;"


def test_an_inserted_page_has_no_old_one(compared: Versions) -> None:
    pairs = compared([lines("a"), lines("b")], [lines("a"), lines("x"), lines("b")])
    assert pages_of(pairs) == [(0, 0), (None, 1), (1, 2)]
    assert [pair.is_changed for pair in pairs] == [False, True, False]


def test_a_page_taken_out_stands_where_it_stood(compared: Versions) -> None:
    pairs = compared([lines("a"), lines("b"), lines("c")], [lines("a"), lines("c")])
    assert pages_of(pairs) == [(0, 0), (1, None), (2, 1)]


def test_words_that_flow_to_the_next_page_are_no_difference(compared: Versions) -> None:
    old = [lines("a"), lines("b")]
    new = [["Thêm một dòng", *old[0][:-1]], [old[0][-1], *old[1]]]
    pairs = compared(old, new)
    assert pages_of(pairs) == [(0, 0), (1, 1)]
    assert [len(pair.added) for pair in pairs] == [1, 0]
    assert not pairs[0].removed and not pairs[1].removed


def test_a_page_number_that_changed_is_no_difference(compared: Versions) -> None:
    pairs = compared([["7", "", *lines("a")]], [["8", "", *lines("a")]])
    assert not pairs[0].is_changed


def test_pages_without_words_are_compared_by_their_pictures(tmp_path: Path) -> None:
    old = write_scans(tmp_path / "old.pdf", [scan((100, 100)), scan((100, 300))])
    new = write_scans(tmp_path / "new.pdf", [scan((100, 100)), scan((100, 300), (300, 600))])
    first, second = compare_files(old, new).pairs
    assert not first.is_changed and len(second.added) == 1
    box = second.added[0].bounds()
    assert box.contains(310, 605) and not box.contains(110, 305)


def test_a_scan_saved_by_another_program_is_the_same_page(tmp_path: Path) -> None:
    pages = [scan((60 * n, 40 * n)) for n in range(1, 6)]
    old = write_scans(tmp_path / "old.pdf", pages, quality=85)
    new = write_scans(tmp_path / "new.pdf", [scan(), *pages[:2], *pages[3:]], quality=70)
    pairs = pages_of(compare_files(old, new).pairs)
    assert pairs == [(None, 0), (0, 1), (1, 2), (2, None), (3, 3), (4, 4)]


def test_a_worker_compares(tmp_path: Path, crew: Crew) -> None:
    old = write_words(tmp_path / "old.pdf", [lines("a")])
    new = write_words(tmp_path / "new.pdf", [lines("a"), lines("b")])
    pairs = crew.compare(old, new).result(60).pairs
    assert pages_of(pairs) == [(0, 0), (None, 1)]


def test_a_file_that_is_no_paper_is_said_to_be_damaged(tmp_path: Path, crew: Crew) -> None:
    old = write_words(tmp_path / "old.pdf", [lines("a")])
    (tmp_path / "new.pdf").write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(PaperError) as caught:
        crew.compare(old, tmp_path / "new.pdf").result(60)
    assert caught.value.code == "paper.damaged"


@pytest.fixture
def crew() -> Iterator[Crew]:
    """A crew of one worker."""
    made = Crew(workers=1)
    yield made
    made.close()


words = st.lists(st.sampled_from("abcdefgh"), max_size=60)


@given(words, words)
def test_paired_words_are_equal_and_each_has_one_partner(old: list[str], new: list[str]) -> None:
    aligned = Alignment(old, new)
    pairs = [(a, b) for a, b in enumerate(aligned.to) if b >= 0]
    assert all(old[a] == new[b] and aligned.back[b] == a for a, b in pairs)
    assert len({b for _, b in pairs}) == len(pairs) == sum(b >= 0 for b in aligned.back)


@given(words)
def test_equal_versions_are_paired_word_by_word(old: list[str]) -> None:
    assert Alignment(old, old).to == list(range(len(old)))


@given(st.lists(st.integers(0, 10**6), min_size=20, max_size=60, unique=True), st.data())
def test_distinct_words_find_their_partners_around_an_insertion(
    numbers: list[int], data: st.DataObject
) -> None:
    old = [str(n) for n in numbers]
    at = data.draw(st.integers(0, len(old)))
    new = [*old[:at], "thêm", "vào", *old[at:]]
    assert Alignment(old, new).to == [n if n < at else n + 2 for n in range(len(old))]
