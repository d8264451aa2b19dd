"""Marks from a file: whose they become, and that none comes twice."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from quiet_office import QuietDesk, QuietOffice, content

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.foreign_marks import FoundMark, FoundMarks, LeftOut, PaperFile
from meetingroom.domain.geometry import Point, Rect
from meetingroom.domain.marks import Box, Note
from meetingroom.services.import_words import import_words
from meetingroom.services.importing import Importing, Taken
from meetingroom.services.marking import Content, Marking
from meetingroom.wording import choose_language

HERE = Note(at=Point(10, 20))
FOREIGN = FoundMark(shape=HERE, page=1, text="số liệu?", author="Nguyễn Văn A", name="x-1")


class Reader:
    """A file's content as a worker would read it for the first paper."""

    def __init__(self, *marks: FoundMark, left_out: tuple[LeftOut, ...] = ()) -> None:
        self.found = FoundMarks(marks=marks, left_out=left_out)
        self.papers: Sequence[PaperFile] = ()

    def __call__(self, file: Path, papers: Sequence[PaperFile], *, is_chosen: bool) -> FoundMarks:
        self.papers = papers
        return msgspec.structs.replace(self.found, blob=papers[0].blob)


@pytest.fixture
def reading(a: QuietDesk) -> QuietDesk:
    """The computer of person-a with its papers, and what marks there."""
    a.fetch()
    a.marking = Marking(a.desk)
    return a


def take(office: QuietOffice, desk: QuietDesk, *marks: FoundMark, **more: object) -> Taken:
    reader = Reader(*marks, **more)
    return Importing(desk.desk, desk.marking, reader).take(office.meeting, Path("x.pdf"), "open")


def marks_of(office: QuietOffice, desk: QuietDesk):
    return list(desk.desk.meeting(office.meeting).marks.values())


def test_who_imports_owns_and_the_author_stands_before_the_words(office, reading) -> None:
    taken = take(office, reading, FOREIGN)
    (mark,) = marks_of(office, reading)
    assert taken.marks == (mark.id,)
    assert (mark.author, mark.text) == ("person-a", "Nguyễn Văn A: số liệu?")
    assert (mark.audience, mark.page, mark.shape) == (("me",), 1, HERE)
    assert mark.blob == office.blob("open")
    assert reading.desk.waiting() == 0


def test_the_same_file_brings_nothing_twice(office, reading) -> None:
    nameless = msgspec.structs.replace(FOREIGN, name="")
    first = take(office, reading, FOREIGN, nameless, nameless)
    again = take(office, reading, FOREIGN, nameless, nameless)
    assert (len(first.marks), first.already) == (3, 0)
    assert (len(again.marks), again.already, again.differing) == (0, 3, 0)
    assert len(marks_of(office, reading)) == 3


def test_an_export_of_marks_that_are_here_brings_nothing_and_tells_what_differs(
    office, reading
) -> None:
    mine = Content(shape=HERE, text="của tôi", audience=("secretary",))
    blob = office.blob("open")
    mark = reading.marking.put(office.meeting, "open", blob, 1, mine).result()
    one = FoundMark(shape=HERE, page=1, text="của tôi", author="person-a", name=mark, blob=blob)
    assert take(office, reading, one).already == 1
    other = msgspec.structs.replace(one, text="sửa ở nơi khác")
    taken = take(office, reading, other)
    assert (taken.already, taken.differing, taken.marks) == (1, 1, ())
    assert marks_of(office, reading)[0].text == "của tôi"


def test_ones_own_marks_come_back_as_they_were_after_they_are_gone_here(office, reading) -> None:
    one = FoundMark(
        shape=HERE, page=1, text="của tôi", author="PERSON-A", name="mark-" + "0" * 32, blob="b"
    )
    take(office, reading, one)
    (mark,) = marks_of(office, reading)
    assert (mark.id, mark.text) == ("mark-" + "0" * 32, "của tôi")


def test_nobody_elses_id_is_taken_over(office, reading) -> None:
    one = FoundMark(shape=HERE, page=1, author="person-b", name="mark-" + "0" * 32, blob="b")
    take(office, reading, one)
    (mark,) = marks_of(office, reading)
    assert mark.id != one.name
    assert mark.text == "person-b"


def test_an_answer_answers_the_mark_it_came_with(office, reading) -> None:
    answer = msgspec.structs.replace(FOREIGN, name="x-2", reply_to="x-1", text="đúng")
    take(office, reading, FOREIGN, answer)
    first, second = marks_of(office, reading)
    assert (first.reply_to, second.reply_to) == ("", first.id)


def test_one_undo_takes_an_import_back(office, reading) -> None:
    take(office, reading, FOREIGN, msgspec.structs.replace(FOREIGN, name="x-2"))
    assert reading.marking.undo(office.meeting).result()
    assert marks_of(office, reading) == []


def test_only_papers_that_are_here_are_looked_at_the_open_one_first(office, reading) -> None:
    reader = Reader(FOREIGN)
    importing = Importing(reading.desk, reading.marking, reader)
    importing.take(office.meeting, Path("x.xfdf"), likely="closed")
    assert [paper.blob for paper in reader.papers] == [office.blob("closed"), office.blob("open")]
    assert "closed" in reader.papers[0].names


@pytest.mark.parametrize(
    ("paper", "code"), [("none", "paper.unknown"), ("closed", "marks.no_paper")]
)
def test_a_paper_one_may_not_read_or_has_not_got_takes_no_marks(office, b, paper, code) -> None:
    b.marking = Marking(b.desk)
    if paper == "closed":
        paper = "open"  # for person-b it is there, but its file did not come yet
    with pytest.raises(MeetingError, match=code.replace(".", r"\.")):
        Importing(b.desk, b.marking, Reader(FOREIGN)).take(office.meeting, Path("x"), paper)


def test_the_report_says_what_came_and_what_did_not(office, reading) -> None:
    choose_language("en")
    round_one = FoundMark(shape=Box(box=Rect(1, 1, 9, 9)), page=0, was="circle", name="y")
    left_out = (LeftOut(kind="movie", page=2, reason="kind"),) * 2
    taken = take(office, reading, FOREIGN, round_one, left_out=left_out)
    assert import_words(reading.desk.meeting(office.meeting), taken) == [
        "2 marks came to 1.2 open; only you see them.",
        "Box 1, Sticky note 1",
        "1 × ellipse: taken as the nearest kind there is here.",
        "Not taken: 2 × film (there is nothing like it here), page 3",
    ]


def test_an_id_that_was_somebody_elses_is_not_used_though_the_name_is_ones_own(
    office, reading
) -> None:
    other = office.desk_of("person-b")
    marking, blob = Marking(other.desk), office.blob("open")
    theirs = marking.put(office.meeting, "open", blob, 1, content("x", "everyone")).result()
    other.sync()
    marking.remove(office.meeting, theirs).result()
    other.sync()
    reading.take()
    one = FoundMark(shape=HERE, page=1, text="y", author="person-a", name=theirs, blob=blob)
    taken = take(office, reading, one)
    assert [mark.id for mark in marks_of(office, reading)] == list(taken.marks) != [theirs]
