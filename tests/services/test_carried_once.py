"""Marks go to a new version by themselves, once, on every computer of their author."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from paper_office import PITCH, TOP, HereAndNow, PaperOffice, lines
from quiet_office import QuietDesk

from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import Point
from meetingroom.domain.marks import Mark, Note, Placement
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import read_head
from meetingroom.services.carrying import Carried, Carrying, carried
from meetingroom.services.marking import Content, Marking, Put
from meetingroom.services.news import MeetingChanged

OLD = [lines("a"), lines("b"), lines("c")]
NEW = [lines("a"), lines("x"), ["Một dòng mới", *lines("b")], lines("c")[:4]]
AT = Point(20.0, TOP + 9.0 * PITCH - 12)


class Never:
    """A worker that has not answered when the program ends."""

    def carry(self, *_what: object) -> "Future[tuple[Placement, ...]]":
        return Future()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PaperOffice]:
    made = PaperOffice(tmp_path)
    made.issue_version(1, OLD)
    yield made
    made.close()


def note(text: str, *audience: str, page: int = 1) -> tuple[int, Content]:
    return page, Content(shape=Note(at=AT), text=text, audience=audience or ("me",))


def put(desk: QuietDesk, *rows: tuple[int, Content]) -> list[str]:
    """New marks on the newest version of the paper."""
    meeting, marking = desk.office.meeting, Marking(desk.desk)
    blob = desk.office.blob("real")
    return [marking.put(meeting, "real", blob, *row).result(5) for row in rows]


def carrying(desk: QuietDesk, carrier: object = None) -> Carrying:
    return Carrying(desk.desk, Marking(desk.desk), carrier or HereAndNow())


def settle(desk: QuietDesk) -> None:
    """Until what the desk was told to do is done, and what follows from it."""
    for _ in range(4):
        desk.desk.run(lambda: None).result(30)


def report(desk: QuietDesk, person: str = "") -> Carried:
    meeting = desk.desk.meeting(desk.office.meeting)
    return carried(meeting, meeting.papers["real"], person or desk.principal)


def kinds(desk: QuietDesk) -> list[str]:
    return [read_head(row.record).kind for row in desk.log.stream(desk.office.meeting)]


def test_a_new_version_takes_marks_along_and_says_which_is_which(office: PaperOffice) -> None:
    a = office.desk_of("person-a")
    a.fetch()
    carrying(a)
    same, moved, gone = put(a, note("1", page=0), note("2", page=1), note("3", page=2))
    office.issue_version(2, NEW)
    settle(a)
    told = report(a)
    assert [mark.id for mark in told.exact] == [same] and told.exact[0].page == 0
    assert [mark.id for mark in told.words] == [moved] and told.words[0].page == 2
    assert [mark.id for mark in told.needs_eye] == [gone]
    assert len(told.all) == 3


def test_marks_are_carried_once(office: PaperOffice) -> None:
    a, carrier = office.desk_of("person-a"), HereAndNow()
    a.fetch()
    carrying(a, carrier)
    (mark,) = put(a, note("1", "everyone"))
    office.issue_version(2, NEW)
    settle(a)
    a.stop()
    a.start()
    carrying(a, carrier)
    settle(a)
    assert carrier.asked == [[mark]] and kinds(a).count("mark_carried") == 1


def test_what_a_crash_left_undone_is_done_at_the_next_start(office: PaperOffice) -> None:
    a, carrier = office.desk_of("person-a"), HereAndNow()
    a.fetch()
    never = carrying(a, Never())
    first, second = put(a, note("1", "everyone"), note("2"))
    office.issue_version(2, NEW)
    settle(a)
    assert never.is_under_way(office.meeting, "real") and len(report(a).waiting) == 2
    spot = Put(mark=first, blob=office.blob("real"), page=0, shape=Note(at=AT))
    never.place(office.meeting, spot).result(5)
    a.stop()
    a.start()
    carrying(a, carrier)
    settle(a)
    assert carrier.asked == [[second]] and not report(a).waiting


def test_others_see_shared_marks_at_their_new_place_and_private_ones_never(
    office: PaperOffice,
) -> None:
    a, b = office.desk_of("person-a"), office.desk_of("person-b")
    a.fetch()
    carrying(a)
    shared, _private = put(a, note("1", "everyone"), note("2"))
    office.issue_version(2, NEW)
    settle(a)
    office.sync()
    blob = office.blob("real")
    seen = b.desk.meeting(office.meeting).marks_on(blob)
    assert [(mark.id, mark.page, mark.certainty) for mark in seen] == [(shared, 2, "words")]
    assert kinds(b).count("mark_carried") == 1
    assert not any(row.refused for row in a.log.stream(office.meeting)) and not a.desk.waiting()


def test_two_computers_of_a_person_carry_a_mark_once_between_them(office: PaperOffice) -> None:
    one, two = office.desk_of("person-a"), office.desk_of("person-a")
    put(one, note("1", "everyone"))
    office.sync()
    office.issue_version(2, NEW)
    for desk in (one, two):
        desk.fetch()
        carrying(desk)
        settle(desk)
    office.sync()
    for desk in (one, two):
        shown = desk.desk.meeting(office.meeting).marks_on(office.blob("real"))
        assert [(mark.text, mark.page) for mark in shown] == [("1", 2)]
    assert len(office.folded().marks_on(office.blob("real"))) == 1


def test_the_third_version_is_reached_over_the_second(office: PaperOffice) -> None:
    a = office.desk_of("person-a")
    a.fetch()
    carrying(a)
    put(a, note("1", page=0))
    office.issue_version(2, [lines("x"), *OLD])
    settle(a)
    office.issue_version(3, [lines("y"), lines("x"), *OLD])
    settle(a)
    (mark,) = report(a).exact
    assert mark.page == 2 and len(mark.stands) == 2
    second, third = mark.stands
    assert mark.stands[third].from_blob == second and mark.blob == third


def test_a_version_that_cannot_be_read_leaves_marks_where_they_are(office: PaperOffice) -> None:
    a = office.desk_of("person-a")
    a.fetch()
    carrying(a, Broken())
    put(a, note("1"))
    office.issue_version(2, NEW)
    settle(a)
    assert len(report(a).waiting) == 1 and "mark_carried" not in kinds(a)
    told = [what for what in a.news if isinstance(what, MeetingChanged)]
    assert told[-1].kinds == {"mark_carried"}  # who waits looks again, and sees that it ended


class Broken:
    def carry(self, *_what: object) -> "Future[tuple[Placement, ...]]":
        future: Future[tuple[Placement, ...]] = Future()
        future.set_exception(PaperError("paper.damaged", file="x"))
        return future


# --- afterwards --------------------------------------------------------------------------


@pytest.fixture
def a(office: PaperOffice) -> QuietDesk:
    """A computer whose one shared mark was carried to version 2."""
    desk = office.desk_of("person-a")
    desk.fetch()
    carrying(desk)
    put(desk, note("1", "everyone"))
    office.issue_version(2, NEW)
    settle(desk)
    return desk


def there(desk: QuietDesk) -> list[tuple[str, float, str, tuple[str, ...]]]:
    """What stands on the newest version: words, place, certainty, audience."""
    meeting: Meeting = desk.desk.meeting(desk.office.meeting)
    return [
        (mark.text, mark.shape.at.y, mark.certainty, mark.audience)
        for mark in meeting.marks_on(desk.office.blob("real"))
    ]


def only(desk: QuietDesk) -> Mark:
    (mark,) = desk.desk.meeting(desk.office.meeting).marks_on(desk.office.blob("real"))
    return mark


def restarted(desk: QuietDesk) -> Marking:
    desk.stop()
    desk.start()
    return Marking(desk.desk)


Act = Callable[[Marking, str, Mark], object]
PLACE = AT.y + PITCH
ACTS: dict[str, tuple[Act, list[tuple[str, float, str, tuple[str, ...]]]]] = {
    "new words": (
        lambda marking, meeting, mark: marking.change(
            meeting, mark.id, Content(shape=mark.shape, text="2", audience=mark.audience)
        ),
        [("2", PLACE, "words", ("everyone",))],
    ),
    "moved": (
        lambda marking, meeting, mark: marking.change(
            meeting,
            mark.id,
            Content(shape=Note(at=Point(9, 9)), text="1", audience=mark.audience),
        ),
        [("1", 9.0, "placed", ("everyone",))],
    ),
    "for others": (
        lambda marking, meeting, mark: marking.change(
            meeting, mark.id, Content(shape=mark.shape, text="1", audience=("secretary",))
        ),
        [("1", PLACE, "words", ("secretary",))],
    ),
    "removed": (lambda marking, meeting, mark: marking.remove(meeting, mark.id), []),
    "placed": (
        lambda marking, meeting, mark: marking.place(
            meeting, [Put(mark=mark.id, blob=mark.blob, page=0, shape=Note(at=Point(5, 5)))]
        ),
        [("1", 5.0, "placed", ("everyone",))],
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_what_is_done_to_a_carried_mark_can_be_undone(
    office: PaperOffice, a: QuietDesk, name: str
) -> None:
    act, expected = ACTS[name]
    before = there(a)
    act(Marking(a.desk), office.meeting, only(a)).result(5)
    assert there(a) == expected
    marking = restarted(a)
    marking.undo(office.meeting).result(5)
    assert [row[:3] for row in there(a)] == [row[:3] for row in before]
    marking.redo(office.meeting).result(5)
    assert there(a) == expected
    office.sync()
    assert not a.desk.waiting() and not any(r.refused for r in a.log.stream(office.meeting))
    secretary = office.secretary
    assert there(secretary) == expected


def test_on_its_own_version_a_mark_stays_where_it_was_put(
    office: PaperOffice, a: QuietDesk
) -> None:
    mark, marking = only(a), Marking(a.desk)
    moved = Content(shape=Note(at=Point(9, 9)), text="1", audience=mark.audience)
    marking.change(office.meeting, mark.id, moved).result(5)
    assert a.desk.meeting(office.meeting).marks[mark.id].shape == Note(at=AT)


def test_a_place_is_confirmed_and_needs_no_eye_any_more(office: PaperOffice, a: QuietDesk) -> None:
    mark = only(a)
    carrying(a).confirm(office.meeting, [mark]).result(5)
    assert [one.id for one in report(a).placed] == [mark.id]


def test_the_report_is_closed_once_for_a_version(office: PaperOffice, a: QuietDesk) -> None:
    paper, service = a.desk.meeting(office.meeting).papers["real"], carrying(a)
    assert not service.seen(office.meeting, paper)
    service.keep_seen(office.meeting, paper).result(5)
    assert service.seen(office.meeting, paper)
    office.issue_version(3, OLD)
    paper = a.desk.meeting(office.meeting).papers["real"]
    assert not service.seen(office.meeting, paper)


def three_versions(office: PaperOffice) -> tuple[QuietDesk, Marking, str, list[str]]:
    """A note of the first version that stands on two later ones; the three files."""
    a = office.desk_of("person-a")
    a.fetch()
    carrying(a)
    (mark,) = put(a, note("1", page=0))
    for version, pages in ((2, NEW), (3, [*NEW, lines("d")])):
        office.issue_version(version, pages)
        settle(a)
    paper = a.desk.meeting(office.meeting).papers["real"]
    return a, Marking(a.desk), mark, [row.blob for row in paper.versions]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_note_moved_on_one_version_stays_where_it_is_on_the_others(
    office: PaperOffice, number: int
) -> None:
    a, marking, name, blobs = three_versions(office)
    moved = Content(shape=Note(at=Point(99, 99)), text="1")
    marking.edit_many(office.meeting, [(name, moved)], blobs[number]).result(5)
    expected = [Point(99, 99) if at == number else AT for at in range(3)]

    def places() -> list[Point]:
        mark = a.desk.meeting(office.meeting).marks[name]
        return [mark.on_version(blob).shape.at for blob in blobs]

    assert places() == expected
    assert marking.undo(office.meeting).result(5) and places() == [AT] * 3
    assert marking.redo(office.meeting).result(5) and places() == expected
