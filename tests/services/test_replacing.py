"""What the secretary is told before a new version goes out: counts, never words."""

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from paper_office import HereAndNow, PaperOffice, lines, write_words
from quiet_office import QuietDesk, content

from meetingroom.domain.errors import CallError, LinkError, PaperError, RefusedError
from meetingroom.services.drafting import DraftPaper
from meetingroom.services.marking import Marking
from meetingroom.services.replacing import Effect, Replacing

OLD = [lines("a"), lines("b"), lines("c")]
NEW = [lines("a"), ["Sửa", *lines("b")], lines("x"), lines("c")]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PaperOffice]:
    made = PaperOffice(tmp_path)
    made.issue_version(1, OLD)
    made.secretary.fetch()
    yield made
    made.close()


def share(desk: QuietDesk, page: int, *audience: str) -> None:
    where = (desk.office.meeting, "real", desk.office.blob("real"), page)
    Marking(desk.desk).put(*where, content("lời riêng", *audience)).result(5)
    desk.office.sync()


def count(office: PaperOffice, desk: QuietDesk, *pages: int) -> dict[str, int]:
    body = {"meeting": office.meeting, "blob": office.blob("real"), "pages": list(pages)}
    return office.hub.ask(desk.session, "marks.count", body)


def test_the_hub_counts_people_and_shared_marks_on_pages(office: PaperOffice) -> None:
    a, b = office.desk_of("person-a"), office.desk_of("person-b")
    share(a, 1, "everyone")
    share(a, 1, "chair")
    share(b, 0, "secretary")
    share(b, 1, "me")
    assert count(office, office.secretary, 1) == {"people": 1, "marks": 2}
    assert count(office, office.secretary, 0, 1) == {"people": 2, "marks": 3}


def test_only_a_secretary_of_the_meeting_is_told(office: PaperOffice) -> None:
    for person in ("person-a", "person-c", "person-t"):
        with pytest.raises(RefusedError) as caught:
            count(office, office.desk_of(person), 1)
        assert caught.value.code == "no_right"
    with pytest.raises(CallError):
        office.hub.ask(office.secretary.session, "marks.count", {"meeting": office.meeting})


def effect(office: PaperOffice) -> Effect:
    """Of replacing the paper, on the secretary's computer, whose line to the hub is cut."""
    desk = office.secretary.desk
    file = write_words(office.folder / "new.pdf", NEW)
    blob, size = desk.blobs.keep_file(file)
    paper = DraftPaper(
        paper="real", title="Thật", file_name="r.pdf", blob=blob, size=size, pages=4, version=2
    )
    return Replacing(desk, HereAndNow()).effect(office.meeting, paper).result(30)


def test_counts_and_changed_pages_are_told_and_no_words(office: PaperOffice) -> None:
    a, b = office.desk_of("person-a"), office.desk_of("person-b")
    share(a, 0, "everyone")
    share(a, 1, "secretary")
    share(b, 1, "everyone")
    share(b, 1, "chair")
    told = effect(office)
    assert (told.people, told.marks, told.is_counted_by_hub) == (2, 2, False)
    assert [(row.pair.old_page, row.pair.new_page, row.marks) for row in told.changed] == [
        (1, 1, 2), (None, 2, 0),
    ]  # fmt: skip
    assert told.kept + told.look == 3 and "lời riêng" not in repr(told)


def test_with_the_hub_there_it_counts_what_may_not_be_read_here_too(office: PaperOffice) -> None:
    b = office.desk_of("person-b")
    share(b, 1, "chair")
    office.secretary.desk.link = Line(office)  # type: ignore[assignment]
    told = effect(office)
    office.secretary.desk.link = None
    assert (told.people, told.marks, told.is_counted_by_hub) == (1, 1, True)


class Line:
    """A line that hands requests straight to the hub."""

    def __init__(self, office: PaperOffice) -> None:
        self.office = office

    def ask(self, name: str, body: dict[str, object], timeout: float = 10) -> object:
        future: Future[object] = Future()
        try:
            future.set_result(self.office.hub.ask(self.office.secretary.session, name, body))
        except LinkError as error:
            future.set_exception(error)
        return future


def test_a_file_that_cannot_be_compared_is_said(office: PaperOffice) -> None:
    desk = office.secretary.desk
    blob = desk.blobs.keep_bytes(b"%PDF-1.7 nothing")
    paper = DraftPaper(
        paper="real", title="Thật", file_name="r.pdf", blob=blob, size=9, pages=4, version=2
    )
    told = Replacing(desk, Failing()).effect(office.meeting, paper).result(30)
    assert told.problem == "paper.damaged" and not told.changed


class Failing(HereAndNow):
    def compare(self, old: Path, new: Path) -> object:
        future: Future[object] = Future()
        future.set_exception(PaperError("paper.damaged", file=new.name))
        return future


@pytest.mark.parametrize("pages", [5, "1", None, {"1": 1}, [True], ["1"], list(range(20_001))])
def test_a_wish_to_count_that_makes_no_sense_is_the_callers_fault(
    office: PaperOffice, pages: object
) -> None:
    body = {"meeting": office.meeting, "blob": office.blob("real"), "pages": pages}
    with pytest.raises(CallError, match=r"call\.malformed"):
        office.hub.ask(office.secretary.session, "marks.count", body)
