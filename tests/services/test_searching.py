"""Searching: what a person may read now is read once and found; what is gone is gone."""

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path

import pytest
from quiet_office import QuietDesk, QuietOffice, content

from meetingroom.domain.errors import PaperError, StoreError
from meetingroom.domain.geometry import Quad, Rect
from meetingroom.domain.ids import new_id
from meetingroom.domain.paper import Word
from meetingroom.domain.search import Answer, Scope
from meetingroom.domain.search_ports import PageText
from meetingroom.services.marking import Marking, Put
from meetingroom.services.news import PapersRead
from meetingroom.services.searching import Searching
from meetingroom.store.search_index import SqliteSearchIndex


class TextsOfBytes:
    """Implements `PaperTexts` for the quiet office's papers: a line of bytes is a page."""

    def __init__(self) -> None:
        self.can_scan = True
        self.asked: list[tuple[str, int]] = []
        self.scanned: list[int] = []
        self.gate: Future[None] = Future()
        self.gate.set_result(None)

    def read(self, path: Path, first: int, count: int) -> "Future[tuple[PageText, ...]]":
        self.asked.append((path.name, first))
        pages = path.read_text(encoding="utf-8").split("\n")[first : first + count]
        answer: Future[tuple[PageText, ...]] = Future()
        if pages and pages[0].startswith("BROKEN"):
            answer.set_exception(PaperError("paper.damaged", file=path.name))
        else:
            texts = [PageText("" if one == "SCAN" else one, is_scan=one == "SCAN") for one in pages]
            self.gate.add_done_callback(lambda _open: answer.set_result(tuple(texts)))
        return answer

    def scan(self, path: Path, page: int) -> "Future[tuple[Word, ...]]":
        self.scanned.append(page)
        answer: Future[tuple[Word, ...]] = Future()
        answer.set_result((Word("Nghị", Quad.of(Rect(0, 0, 1, 1)), 0),))
        return answer

    def rest(self) -> None: ...

    def close(self) -> None:
        if not self.gate.done():
            self.gate.set_result(None)


class Seeker:
    """One person's search over a real index."""

    def __init__(self, desk: QuietDesk) -> None:
        self.desk, self.texts = desk, TextsOfBytes()
        self.searching = Searching(
            desk.desk, lambda: SqliteSearchIndex(desk.folder / "search.db"), self.texts
        )

    def ready(self) -> "Seeker":
        """Everything that is here has been read."""
        assert self.searching.wait(20)
        return self

    def find(self, text: str, **scope: object) -> Answer:
        return self.searching.find(text, Scope(**scope), limit=1000).result(20)

    def places(self, text: str, **scope: object) -> list[tuple[str, int]]:
        hits = self.find(text, **scope).hits
        return [(hit.paper, hit.page) for hit in hits if hit.kind == "page"]

    def kinds(self, text: str, **scope: object) -> list[str]:
        return [hit.kind for hit in self.find(text, **scope).hits]


@pytest.fixture
def seek(office: QuietOffice) -> Iterator[Callable[..., Seeker]]:
    made: list[Seeker] = []

    def make(desk: QuietDesk, *, starts: bool = True) -> Seeker:
        desk.take()
        desk.fetch()
        made.append(Seeker(desk))
        if starts:
            made[-1].searching.start()
            made[-1].ready()
        return made[-1]

    yield make
    for one in made:
        one.searching.close()


def put(office: QuietOffice, name: str, *pages: str, audience: tuple = ("everyone",)) -> None:
    """A new revision with one more paper of these pages."""
    paper = office.paper(name, audience, content="\n".join(pages) + "\n")
    office.issue(paper)


def test_what_is_here_is_found_with_and_without_marks(office, b, seek):
    put(office, "minutes", "Thôn Nậm Chạc", "Đồng bào trồng ngô")
    seeker = seek(b)
    assert seeker.places("nam chac")[0] == ("minutes", 0)
    assert seeker.places("dong")[0] == ("minutes", 1)
    hit = seeker.find("đồng").hits[0]
    assert (hit.snippet.text[hit.snippet.hits[0].start :][:4], hit.snippet.is_exact) == (
        "Đồng", True,
    )  # fmt: skip


def test_only_who_may_read_a_paper_finds_its_words(office, a, b, seek):
    put(office, "secret", "Nậm Chạc", audience=("person-a",))
    assert seek(a).places("nam chac") != []
    assert seek(b).find("nam chac") == Answer(text="nam chac")


def test_a_paper_that_may_not_be_read_any_more_is_not_found(office, b, seek):
    put(office, "minutes", "Nậm Chạc")
    seeker = seek(b)
    put(office, "minutes", "Nậm Chạc", audience=("person-a",))
    assert seeker.find("nam chac").hits == ()
    assert b.desk.meeting(office.meeting).papers.keys() == {"open"}


def test_its_words_are_deleted_from_the_index(office, b, seek):
    put(office, "minutes", "quetzalcoatl")
    seeker = seek(b)
    put(office, "minutes", "quetzalcoatl", audience=("person-a",))
    seeker.ready()
    seeker.searching.close()
    files = [path for path in b.folder.glob("search.db*") if b"quetzal" in path.read_bytes()]
    assert files == []


def test_a_late_paper_is_read_when_it_arrives(office, b, seek):
    seeker = seek(b)
    put(office, "late", "Nậm Chạc")
    b.fetch()
    assert seeker.ready().places("nam chac")[0] == ("late", 0)


def test_the_current_version_is_found_and_an_older_is_not(office, b, seek):
    put(office, "minutes", "khoai")
    seeker = seek(b)
    put(office, "minutes", "ngô")
    b.fetch()
    seeker.ready()
    assert (seeker.places("khoai"), len(seeker.places("ngô"))) == ([], 20)


def test_nothing_is_read_twice(office, b, seek):
    put(office, "minutes", *["trang"] * 30)
    seeker = seek(b)
    first = len(seeker.texts.asked)
    seeker.searching.close()
    again = seek(b)
    assert (first > 2, again.texts.asked) == (True, [])
    assert again.find("trang").pages > 500


def test_a_file_of_two_meetings_is_read_once_and_found_in_the_one_at_hand(office, b, seek):
    put(office, "minutes", "Nậm Chạc")
    office.meeting, first = new_id("meeting"), office.meeting
    put(office, "again", "Nậm Chạc")
    seeker = seek(b)
    assert len(set(seeker.texts.asked)) == len(seeker.texts.asked)
    for meeting, paper in ((first, "minutes"), (office.meeting, "again")):
        hit = seeker.find("nam chac", meeting=meeting).hits[0]
        assert (hit.meeting, hit.paper) == (meeting, paper)


@pytest.mark.parametrize(
    ("reach", "found"),
    [("page", [("two", 1)]), ("paper", [("two", 1), ("two", 3)]), ("meeting", None), ("all", None)],
)
def test_one_looks_in_a_page_a_paper_a_meeting_or_everywhere(office, b, seek, reach, found):
    put(office, "one", "ngô", *[""] * 300)
    put(office, "two", "khoai", "ngô", "khoai", "ngô", *[""] * 300)
    scope = {"reach": reach, "meeting": office.meeting, "paper": "two", "page": 1}
    places = [one for one in seek(b).places("ngô", **scope) if one[1] < 100]
    assert places == (found or [("two", 1), ("two", 3), ("one", 0)])


def test_titles_items_and_marks_are_found_too(office, b, seek):
    marking = Marking(b.desk)
    noted = content("hỏi Phòng Kinh tế")
    marking.put(office.meeting, "open", office.blob("open"), 4, noted).result(5)
    seeker = seek(b)
    assert seeker.kinds("phong kinh te") == ["mark"]
    assert seeker.kinds("phòng", reach="page", meeting=office.meeting, paper="open") == []
    assert seeker.kinds("một") == ["item"]
    assert seeker.kinds("open")[0] == "title"


def test_pictures_of_pages_are_read_last_and_once(office, b, seek):
    put(office, "scan", "SCAN", "chữ", "SCAN")
    seeker = seek(b)
    pages = len(seeker.texts.scanned)
    assert (pages, seeker.places("nghi")[0]) == (40, ("scan", 0))
    places = seeker.searching.hits_on("nghi", office.blob("scan"), 0, Future)
    assert places.result(5) == ((Quad.of(Rect(0, 0, 1, 1)),),)
    assert seeker.searching.scanned_words(office.blob("scan"), 0).result(5)[0].text == "Nghị"
    assert seeker.searching.scanned_words(office.blob("scan"), 1).result(5) == ()
    seeker.searching.close()
    assert seek(b).texts.scanned == []


def test_where_pictures_cannot_be_read_the_answer_says_so(office, b, seek):
    put(office, "scan", "SCAN", "chữ")
    seeker = seek(b, starts=False)
    seeker.texts.can_scan = False
    seeker.searching.start()
    reading = seeker.ready().searching.reading
    assert (reading.can_scan, reading.scans_left, seeker.texts.scanned) == (False, 20, [])


def test_a_paper_at_fault_keeps_no_other_from_being_read(office, b, seek):
    put(office, "broken", "BROKEN")
    put(office, "good", "Nậm Chạc")
    assert seek(b).places("nam chac")[0] == ("good", 0)


def test_it_is_told_how_far_the_papers_are_read(office, b, seek):
    put(office, "minutes", *["trang"] * 30)
    seeker = seek(b)
    last = [one for one in b.news if isinstance(one, PapersRead)][-1].reading
    assert (last, last.is_done) == (seeker.searching.reading, True)
    assert last.read > 500


def test_a_question_is_cancelled_by_the_next(office, b, seek):
    seeker = seek(b, starts=False)
    first = seeker.searching.find("n", Scope())
    second = seeker.searching.find("ng", Scope())
    seeker.searching.start()
    assert second.result(20).text == "ng"
    with pytest.raises(CancelledError):
        first.result(20)


def test_closing_waits_for_nothing_that_is_being_read(office, b, seek):
    put(office, "minutes", "ngô")
    seeker = seek(b, starts=False)
    seeker.texts.gate = Future()
    seeker.searching.start()
    seeker.searching.close()
    assert not seeker.searching.wait(0)


def test_an_index_that_cannot_be_kept_is_told(office, b):
    def refuse() -> SqliteSearchIndex:
        raise StoreError("store.full", file="search.db")

    searching = Searching(b.desk, refuse, TextsOfBytes())
    searching.start()
    with pytest.raises(StoreError, match=r"store\.full"):
        searching.find("ngô", Scope()).result(20)
    searching.close()


def test_a_damaged_index_is_made_again_and_filled(office, b, seek, monkeypatch):
    put(office, "minutes", "Nậm Chạc")
    seeker = seek(b, starts=False)
    kept, real = [], SqliteSearchIndex.keep

    def keep(index: SqliteSearchIndex, *arguments: object, **named: object) -> None:
        kept.append(arguments[0])
        if len(kept) == 2:
            raise StoreError("store.damaged", file="search.db")
        real(index, *arguments, **named)

    monkeypatch.setattr(SqliteSearchIndex, "keep", keep)
    seeker.searching.start()
    assert seeker.ready().places("nam chac")[0] == ("minutes", 0)
    assert kept[2] == kept[0]  # what was in the thrown away file is read once more


def test_a_note_is_found_where_it_stands_now_after_a_new_version(office, b, seek):
    put(office, "minutes", "Trang một", "Trang hai")
    blob = office.blob("minutes")
    marking = Marking(b.desk)
    row = ("minutes", blob, 0, content("hỏi lại kế toán"))
    carried = marking.put(office.meeting, *row).result()
    left = marking.put(office.meeting, "minutes", blob, 1, content("hỏi chủ tịch")).result()
    office.issue(office.paper("minutes", content="Mới\nTrang một\n", version=2))
    b.take()
    new = office.blob("minutes")
    shape = content("").shape
    marking.place(office.meeting, [Put(mark=carried, blob=new, page=1, shape=shape)]).result()
    assert left in b.desk.meeting(office.meeting).marks
    hits = seek(b).find("hoi", reach="paper", meeting=office.meeting, paper="minutes").hits
    assert [(hit.kind, hit.blob, hit.page) for hit in hits] == [
        ("mark", new, 1), ("mark", blob, 1),
    ]  # fmt: skip
