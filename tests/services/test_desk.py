"""A person's desk: what it sends, what it fetches, and what it lets go of."""

import msgspec
import pytest
from quiet_office import NOTE, content

from meetingroom.domain import facts
from meetingroom.domain.errors import CallError, MeetingError
from meetingroom.domain.ports import Position
from meetingroom.domain.records import MAX_PAYLOAD
from meetingroom.services.marking import Marking
from meetingroom.services.news import MeetingGone, PaperGone


def many_marks(desk, count: int) -> None:
    office = desk.office
    for n in range(count):
        fact = facts.MarkPut(
            mark=f"m{n}", revision=1, paper="open", blob=office.blob("open"), page=0, shape=NOTE
        )
        desk.desk.write(office.meeting, fact, audience=("secretary",))


# --- sending --------------------------------------------------------------------------------


def test_a_large_batch_is_never_cut_in_two(office) -> None:
    desk = office.secretary
    many_marks(desk, 3)
    rows = [office.paper(f"p{n}", content="same") for n in range(250)]
    desk.desk.write_batch(office.meeting, [*rows, office.issued(2)], "batch-1")
    batches = desk.desk.outgoing()
    assert [(name, len(records)) for name, records in batches] == [("", 3), ("batch-1", 251)]
    desk.sync()
    assert len(office.folded().papers) == 252 and desk.desk.waiting() == 0


def test_a_meeting_issued_while_the_hub_is_away_shows_its_papers_at_once(office) -> None:
    desk, paper = office.secretary.desk, office.paper("fresh")
    desk.write_batch("meeting-new", [paper, office.issued(1)], "batch-1")
    meeting = desk.meetings["meeting-new"]
    assert [row.title for row in meeting.in_reading_order()] == ["fresh"]
    assert (meeting.state, meeting.numbered_revision) == ("issued", 0)
    office.secretary.sync()
    assert desk.meetings["meeting-new"].numbered_revision == 1


def test_what_the_hub_took_and_not_yet_told_back_hides_nothing_behind_it(office, a) -> None:
    many_marks(a, 430)
    while a.desk.outgoing():
        a.send()
    assert len(office.folded().marks) == 430
    assert a.desk.waiting() == 430


def test_what_came_back_before_its_answer_waits_no_more(office, a) -> None:
    many_marks(a, 1)
    batches = a.desk.outgoing()
    answers = [office.hub.accept(a.session, rows, is_batch=False) for _, rows in batches]
    a.take()
    a.desk.answered(answers[0])
    assert a.desk.waiting() == 0
    assert a.desk.outgoing() == []


def test_a_hundred_refusals_are_folded_once_and_wait_no_more(office, b) -> None:
    office.issue(people=(facts.Invited(person="person-a"),))
    marks = [
        facts.MarkPut(mark=f"m{n}", revision=1, paper="no", blob="b", page=0, shape=NOTE)
        for n in range(100)
    ]
    for fact in marks:
        b.desk.write(office.meeting, fact, audience=("secretary",))
    b.send()
    assert b.desk.waiting() == 0


@pytest.mark.parametrize("text", ["x" * (MAX_PAYLOAD + 1), "ừ" * (MAX_PAYLOAD // 2)])
def test_what_is_too_long_is_a_known_error_and_nothing_of_it_is_kept(office, a, text) -> None:
    marking, before = Marking(a.desk), a.desk.waiting()
    putting = marking.put(
        office.meeting, "open", office.blob("open"), 0, content(text, "secretary")
    )
    with pytest.raises(CallError, match="too_long"):
        putting.result(5)
    assert a.desk.waiting() == before and not marking.can_undo(office.meeting)
    assert a.desk.meeting(office.meeting).marks == {}


# --- files ----------------------------------------------------------------------------------


def test_a_narrowed_paper_takes_its_file_with_it(office, b) -> None:
    b.fetch()
    path = b.desk.paper_path(office.blob("open"))
    assert path is not None
    office.put(office.paper("open", ("person-a",)))
    assert not path.exists()
    assert PaperGone(blob=office.blob("open")) in b.news


def test_all_versions_of_a_narrowed_paper_go(office, b) -> None:
    b.fetch()
    office.put(office.paper("open", content="second", version=2))
    b.fetch()
    assert len(b.desk.blobs.all()) == 2
    office.put(office.paper("open", (), content="second", version=2))
    assert b.desk.blobs.all() == []


def test_a_file_that_another_paper_here_shows_stays(office, b) -> None:
    office.put(office.paper("twin", content="open"))
    b.fetch()
    office.put(office.paper("open", ("person-a",)))
    assert b.desk.paper_path(office.blob("twin")) is not None


def test_a_file_in_a_draft_here_stays(office, b) -> None:
    b.fetch()
    blob = office.blob("open")
    b.log.set_value("draft:meeting-x", f'{{"blob":"{blob}"}}'.encode())
    office.put(office.paper("open", ("person-a",)))
    assert b.desk.paper_path(blob) is not None


def test_who_is_no_longer_invited_keeps_own_words_and_no_file(office, b) -> None:
    b.fetch()
    marking = Marking(b.desk)
    where = (office.meeting, "open", office.blob("open"), 0)
    private = marking.put(*where, content("mine")).result(5)
    shared = marking.put(*where, content("ours", "secretary")).result(5)
    b.sync()
    office.issue(people=(facts.Invited(person="person-a"),))
    assert b.desk.blobs.all() == []
    assert b.desk.meeting(office.meeting) is None
    office.issue()
    assert set(b.desk.meeting(office.meeting).marks) == {private, shared}


def test_a_file_that_arrives_after_its_paper_went_is_not_kept(office, b) -> None:
    wanted = b.desk.wanted_blobs()[0]
    b.desk.blob_part(wanted.blob).write_bytes(b"open" * 20)
    office.put(office.paper("open", ("person-a",)))
    b.desk.blob_part(wanted.blob).write_bytes(b"open" * 20)
    b.desk.blob_arrived(wanted.blob)
    assert b.desk.blobs.all() == []
    assert not b.desk.blob_part(wanted.blob).exists()


def test_a_crash_before_the_file_went_is_made_good_at_the_next_start(office, b) -> None:
    b.fetch()
    blob = office.blob("open")
    path = b.desk.paper_path(blob)
    content = path.read_bytes()
    office.put(office.paper("open", ("person-a",)))
    b.stop()
    path.write_bytes(content)
    b.log = b.log.__class__(b.folder / "device.db")
    b.log.set_value(f"gone:{blob}", b"1")
    b.log.close()
    b.start()
    assert not path.exists()


def test_a_noted_file_that_is_readable_again_stays(office, b) -> None:
    b.fetch()
    b.log.set_value(f"gone:{office.blob('open')}", b"1")
    b.stop()
    b.start()
    assert b.desk.paper_path(office.blob("open")) is not None


def test_older_versions_are_fetched_where_marks_stand_on_them(office, a) -> None:
    old = office.blob("open")
    Marking(a.desk).put(office.meeting, "open", old, 0, content("x", "everyone")).result(5)
    office.put(office.paper("open", content="second", version=2))
    a.take()
    late = office.desk_of("person-b")
    wanted = [row.blob for row in late.desk.wanted_blobs()]
    assert wanted == [office.blob("open"), old]


def test_an_older_version_without_marks_and_a_rooms_are_not_fetched(office, a) -> None:
    old = office.blob("open")
    office.put(office.paper("open", content="second", version=2))
    room = office.desk_of(next(iter(office.hub.ledger.directory.rooms)))
    assert old not in [row.blob for row in a.desk.wanted_blobs()]
    Marking(a.desk).put(office.meeting, "open", old, 0, content("x", "everyone")).result(5)
    a.sync()
    room.take()
    assert [row.blob for row in room.desk.wanted_blobs()] == [office.blob("open")]


# --- news -----------------------------------------------------------------------------------


def test_a_meeting_whose_issue_is_still_to_come_is_not_told_as_gone(office) -> None:
    late = office.desk_of("person-b")  # in frames of seven records
    assert not any(isinstance(one, MeetingGone) for one in late.news)


def test_a_meeting_that_went_is_told_once(office, b) -> None:
    office.issue(people=(facts.Invited(person="person-a"),))
    b.take()
    assert [one for one in b.news if isinstance(one, MeetingGone)] == [
        MeetingGone(meeting=office.meeting)
    ]


def test_a_removed_mark_leaves_its_readers_computers(office, a, b) -> None:
    marking = Marking(a.desk)
    where = (office.meeting, "open", office.blob("open"), 0)
    mark = marking.put(*where, content("TAKEN BACK", "everyone")).result(5)
    office.sync()
    assert mark in b.desk.meeting(office.meeting).marks
    marking.change(office.meeting, mark, content("TAKEN BACK", "me")).result(5)
    office.sync()
    assert b.desk.meeting(office.meeting).marks == {}
    kept = [row.record.payload or "" for row in b.log.stream(office.meeting)]
    assert not any("TAKEN BACK" in payload for payload in kept)
    late = office.desk_of("person-b")
    assert not any("TAKEN BACK" in row.record.payload for row in late.log.stream(office.meeting))


def test_a_hub_started_again_after_a_removal_sends_nothing_of_it(office, a, b) -> None:
    marking = Marking(a.desk)
    where = (office.meeting, "open", office.blob("open"), 0)
    mark = marking.put(*where, content("x", "everyone")).result(5)
    office.sync()
    marking.remove(office.meeting, mark).result(5)
    office.sync()
    held = [row.record for row in b.log.stream(office.meeting)]
    office.restart_hub()
    b.take()
    assert [row.record for row in b.log.stream(office.meeting)] == held


# --- trust ----------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"record": "another"}, {"stream": "meeting-other"}])
def test_a_step_that_is_not_what_its_record_says_is_not_kept(office, b, change) -> None:
    office.secretary.desk.write(office.meeting, facts.MeetingOpened())
    office.secretary.send()
    since = b.desk.position()
    steps = office.hub.delivered_after(b.session, since.since, 9)
    wrong = [msgspec.structs.replace(steps[0], **change)]
    with pytest.raises(MeetingError, match=r"record\.forged"):
        b.desk.take(wrong, Position(incarnation="i", since=99))
    assert b.desk.position() == since
