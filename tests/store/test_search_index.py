"""The index: what is kept is found, what is forgotten leaves no trace, a bad file is made again."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from meetingroom.domain.geometry import Quad, Rect
from meetingroom.domain.paper import Word
from meetingroom.domain.search import Query
from meetingroom.domain.search_ports import Found, PageText, Place
from meetingroom.store.search_index import SqliteSearchIndex

PAGES = ("Thôn Nậm Chạc", "Đồng bào trồng ngô", "Kinh tế đóng góp", "Chạc, xã Nậm")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SqliteSearchIndex]:
    made = SqliteSearchIndex(tmp_path / "search.db")
    yield made
    made.close()


def keep(index: SqliteSearchIndex, blob: str, *pages: str) -> None:
    index.keep(blob, 0, [PageText(page) for page in pages], is_last=True)


def find(index: SqliteSearchIndex, typed: str, *blobs: str, page: int | None = None) -> Found:
    return index.find(Query.of(typed), blobs or ("a",), page)


def word(text: str, line: int = 0) -> Word:
    return Word(text, Quad.of(Rect(1, 2, 3, 4)), line)


def traces(folder: Path, text: str) -> list[str]:
    """The files in which words can still be read."""
    return [path.name for path in folder.iterdir() if text.encode() in path.read_bytes()]


def test_exact_marks_come_before_others_and_phrases_before_words(index: SqliteSearchIndex):
    keep(index, "a", "Nam chác", *PAGES)
    assert [place.page for place in find(index, "nậm chạc").places] == [1, 0, 4]


@pytest.mark.parametrize(
    ("typed", "pages"), [("dong", [1, 2]), ("đong", [1, 2]), ("đóng", [2, 1]), ("tro", [1])]
)
def test_words_are_found_as_one_types(index: SqliteSearchIndex, typed: str, pages: list):
    keep(index, "a", *PAGES)
    assert [place.page for place in find(index, typed).places] == pages


def test_no_more_are_named_than_asked_for_but_all_are_counted(index: SqliteSearchIndex):
    keep(index, "a", *["ngô"] * 5)
    found = index.find(Query.of("ngô"), ("a",), limit=2)
    assert ([place.page for place in found.places], found.pages) == ([0, 1], 5)


@pytest.mark.parametrize("typed", ['"', "a* OR", "NEAR(", "words:", "-", "ngô AND", "{x} : y"])
def test_no_sign_has_a_meaning_of_its_own(index: SqliteSearchIndex, typed: str):
    keep(index, "a", *PAGES)
    find(index, typed)


def test_only_the_papers_asked_for_are_found_in_their_order(index: SqliteSearchIndex):
    for blob in ("a", "b", "c"):
        keep(index, blob, "ngô", "ngô")
    found = find(index, "ngô", "c", "a", "unknown").places
    assert [(place.blob, place.page) for place in found] == [
        ("c", 0), ("c", 1), ("a", 0), ("a", 1),
    ]  # fmt: skip


def test_one_page_can_be_asked(index: SqliteSearchIndex):
    keep(index, "a", "ngô", "ngô")
    keep(index, "b", "ngô")
    assert find(index, "ngo", "a", page=1).places == (Place("a", 1),)


def test_a_paper_is_read_on_where_it_was_left(tmp_path: Path):
    index = SqliteSearchIndex(tmp_path / "search.db")
    index.keep("a", 0, [PageText("một")], is_last=False)
    index.close()
    index = SqliteSearchIndex(tmp_path / "search.db")
    index.keep("a", 0, [PageText("một")], is_last=False)  # once more changes nothing
    index.keep("a", 1, [PageText("hai")], is_last=True)
    paper = index.papers()["a"]
    index.close()
    assert (paper.read, paper.is_whole) == (2, True)


def test_words_off_a_picture_are_found_and_kept_with_their_places(index: SqliteSearchIndex):
    index.keep("a", 0, [PageText("chữ"), PageText("", is_scan=True)], is_last=True)
    assert (index.papers()["a"].scans_left, index.scans("a", 9)) == (1, [1])
    words = (word("Nậm"), word("Chạc"), word("cuối", line=1))
    index.keep_scan("a", 1, words)
    assert find(index, "nam chac").places == (Place("a", 1),)
    assert index.texts([Place("b", 0), Place("a", 1)]) == ("", "Nậm Chạc\ncuối")
    assert index.scan_words(Place("a", 1)) == words
    assert (index.papers()["a"].scans_left, index.papers()["a"].scans) == (0, 1)


def test_a_picture_without_words_is_looked_at_once(index: SqliteSearchIndex):
    index.keep("a", 0, [PageText("", is_scan=True)], is_last=True)
    index.keep_scan("a", 0, ())
    assert index.scans("a", 9) == []


def test_what_is_forgotten_leaves_no_trace(tmp_path: Path):
    index = SqliteSearchIndex(tmp_path / "search.db")
    keep(index, "a", "zanzibarium giữ lại")
    keep(index, "b", "quetzalcoatl bí mật", "")
    index.keep("c", 0, [PageText("", is_scan=True)], is_last=True)
    index.keep_scan("c", 0, [word("quetzalcoatl")])
    index.forget(["b", "c", "unknown"])
    assert find(index, "quetzalcoatl", "a", "b", "c") == Found()
    assert find(index, "zanzibarium", "a", "b").places == (Place("a", 0),)
    assert traces(tmp_path, "quetzalcoatl") == []
    assert traces(tmp_path, "zanzibarium") != []
    index.close()
    assert traces(tmp_path, "quetzalcoatl") == []


def test_a_forgotten_paper_can_come_again(index: SqliteSearchIndex):
    keep(index, "a", "ngô")
    index.forget(["a"])
    keep(index, "a", "ngô khoai")
    assert find(index, "khoai").places == (Place("a", 0),)


@pytest.mark.parametrize("content", [b"no database at all, this", b""])
def test_a_damaged_file_is_made_again(tmp_path: Path, content: bytes):
    (tmp_path / "search.db").write_bytes(content * 200)
    index = SqliteSearchIndex(tmp_path / "search.db")
    keep(index, "a", "ngô")
    assert find(index, "ngô").places == (Place("a", 0),)
    index.close()


@pytest.mark.parametrize("version", [0, 99])
def test_a_file_of_another_version_is_made_again(tmp_path: Path, version: int):
    with sqlite3.connect(tmp_path / "search.db") as connection:
        connection.execute("CREATE TABLE pages (x)")
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    index = SqliteSearchIndex(tmp_path / "search.db")
    assert index.papers() == {}
    index.close()


def test_a_question_given_up_leaves_the_index_ready(index: SqliteSearchIndex):
    keep(index, "a", *PAGES)
    index.interrupt()  # nothing runs: nothing happens
    assert find(index, "ngô").places == (Place("a", 1),)
