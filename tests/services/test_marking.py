"""Undo and redo of marks: new facts that end where they began."""

import os
import subprocess
import sys

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quiet_office import content

from meetingroom.domain.marks import TextMark
from meetingroom.domain.records import read_head
from meetingroom.services import history
from meetingroom.services.marking import Content, Marking, Spot
from meetingroom.services.news import MeetingGone

AUDIENCES = ((), ("secretary",), ("everyone",))
acts = st.tuples(
    st.sampled_from(["put", "many", "text", "audience", "remove", "remove_many"]),
    st.integers(0, 5),
    st.integers(0, 2),
)


def shown(desk, meeting: str) -> dict[str, object]:
    """The marks as seen, apart from when and how often they were written."""
    plain = msgspec.structs.replace
    marks = desk.meeting(meeting).marks
    return {key: plain(mark, at="", revision=0) for key, mark in marks.items()}


def do(marking: Marking, meeting: str, blob: str, act: tuple[str, int, int], marks: list) -> bool:
    """Whether the act was done (there may be no mark to do it to)."""
    what, n, audience = act
    if what == "put":
        words = content(f"text {n}", *AUDIENCES[audience])
        marking.put(meeting, "open", blob, n, words).result(5)
        return True
    if what == "many":
        rows = [(Spot("open", blob, n), content(f"{n}/{k}", "everyone")) for k in range(n + 1)]
        marking.put_many(meeting, rows).result(5)
        return True
    if not marks:
        return False
    mark = marks[n % len(marks)]
    if what == "remove":
        marking.remove(meeting, mark.id).result(5)
        return True
    if what == "remove_many":
        rest = [(other.id, content("kept", *other.audience)) for other in marks[n + 1 :]]
        gone = [(other.id, None) for other in marks[: n + 1]]
        marking.edit_many(meeting, [*rest, *gone]).result(5)
        return True
    audience_words = AUDIENCES[audience] if what == "audience" else mark.audience
    text = f"changed {n}" if what == "text" else mark.text
    marking.change(meeting, mark.id, content(text, *audience_words)).result(5)
    return True


def restarted(desk_of) -> Marking:
    """The same computer, started again."""
    desk_of.stop()
    desk_of.start()
    return Marking(desk_of.desk)


@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(acts, min_size=1, max_size=8), st.lists(st.booleans(), min_size=24, max_size=24))
def test_all_undone_is_as_before_and_all_redone_as_after(office, script, restarts) -> None:
    one, meeting, blob = office.secretary, office.meeting, office.blob("open")
    starts = iter(restarts)
    marking, before, done = Marking(one.desk), shown(one.desk, meeting), 0
    for act in script:
        done += do(marking, meeting, blob, act, list(one.desk.meeting(meeting).marks.values()))
        marking = restarted(one) if next(starts) else marking
    after = shown(one.desk, meeting)
    for _ in range(done):
        assert marking.undo(meeting).result(5)
        marking = restarted(one) if next(starts) else marking
    assert shown(one.desk, meeting) == before
    assert done == 0 or marking.can_redo(meeting)
    for _ in range(done):
        assert marking.redo(meeting).result(5)
        marking = restarted(one) if next(starts) else marking
    assert shown(one.desk, meeting) == after
    assert done == 0 or not marking.can_redo(meeting)
    while marking.undo(meeting).result(5):
        pass  # the next example begins with nothing to undo


def revisions(desk, meeting: str) -> dict[str, list[int]]:
    """Mark → its revisions in the order written."""
    found: dict[str, list[int]] = {}
    for row in sorted(desk.log.stream(meeting), key=lambda row: row.place):
        if read_head(row.record).kind in ("mark_put", "mark_removed"):
            fact = msgspec.json.decode(row.record.payload)
            found.setdefault(fact["mark"], []).append(fact["revision"])
    return found


def test_revisions_only_rise_and_the_hub_takes_them_all(office) -> None:
    desk, meeting = office.secretary.desk, office.meeting
    marking, blob = Marking(desk), office.blob("open")
    mark = marking.put(meeting, "open", blob, 0, content("a", "everyone")).result(5)
    marking.change(meeting, mark, content("b", "everyone")).result(5)
    marking.change(meeting, mark, content("b", "secretary")).result(5)
    for step in (marking.undo, marking.undo, marking.undo, marking.redo, marking.redo):
        assert step(meeting).result(5)
    told = revisions(desk, meeting)
    assert all(row == list(range(1, len(row) + 1)) for row in told.values())
    office.sync()
    assert desk.waiting() == 0
    assert not any(row.refused for row in desk.log.stream(meeting))
    assert shown(desk, meeting).keys() == office.folded().marks.keys()


def test_revisions_go_on_after_a_restart(office) -> None:
    meeting, blob = office.meeting, office.blob("open")
    marking = Marking(office.secretary.desk)
    mark = marking.put(meeting, "open", blob, 0, content("a", "everyone")).result(5)
    marking.remove(meeting, mark).result(5)
    again = restarted(office.secretary)
    assert again.undo(meeting).result(5)
    assert office.secretary.desk.meeting(meeting).marks[mark].revision == 3


def test_several_marks_taken_away_are_one_step(office) -> None:
    desk, meeting, blob = office.secretary.desk, office.meeting, office.blob("open")
    marking = Marking(desk)
    rows = [(Spot("open", blob, page), content(f"{page}")) for page in range(4)]
    marks = marking.put_many(meeting, rows).result(5)
    marking.remove_many(meeting, marks[:3]).result(5)
    assert list(desk.meeting(meeting).marks) == [marks[3]]
    marking.undo(meeting).result(5)
    assert set(desk.meeting(meeting).marks) == set(marks)
    marking.undo(meeting).result(5)
    assert desk.meeting(meeting).marks == {} and not marking.can_undo(meeting)


def test_a_new_step_ends_what_could_be_done_again(office) -> None:
    meeting, blob = office.meeting, office.blob("open")
    marking = Marking(office.secretary.desk)
    for page in range(3):
        marking.put(meeting, "open", blob, page, content(f"{page}")).result(5)
    marking.undo(meeting).result(5)
    marking.undo(meeting).result(5)
    marking.put(meeting, "open", blob, 7, content("other")).result(5)
    again = restarted(office.secretary)
    assert not again.can_redo(meeting)
    assert len(office.secretary.desk.log.values("step:")) == 2


def test_the_oldest_steps_go_when_there_are_too_many(office, monkeypatch) -> None:
    monkeypatch.setattr(history, "KEPT", 3)
    meeting, blob = office.meeting, office.blob("open")
    marking = Marking(office.secretary.desk)
    for page in range(5):
        marking.put(meeting, "open", blob, page, content(f"{page}")).result(5)
    assert [marking.undo(meeting).result(5) for _ in range(4)] == [True, True, True, False]
    left = office.secretary.desk.meeting(meeting).marks.values()
    assert [mark.page for mark in left] == [0, 1]


CUT_OFF = """
import os, sys
from pathlib import Path
from meetingroom.store.device_log import SqliteDeviceLog
from meetingroom.store import device_log

def cut(connection, name, value):
    os._exit(9)

device_log.put_value = cut
log = SqliteDeviceLog(Path(sys.argv[1]))
rows = log.stream(sys.argv[2])
record = rows[-1].record
import msgspec
head = msgspec.json.decode(record.head)
head["id"] = "record-cut-off"
log.append_step([msgspec.structs.replace(record, head=msgspec.json.encode(head).decode())],
                {"history:" + sys.argv[2]: b"x"})
"""


def test_a_crash_between_mark_and_history_keeps_neither(office) -> None:
    one, meeting, blob = office.secretary, office.meeting, office.blob("open")
    Marking(one.desk).put(meeting, "open", blob, 0, content("whole")).result(5)
    kept = shown(one.desk, meeting)
    one.stop()
    command = [sys.executable, "-c", CUT_OFF, str(one.folder / "device.db"), meeting]
    assert subprocess.run(command, env=dict(os.environ), timeout=60, check=False).returncode == 9
    one.start()
    assert shown(one.desk, meeting) == kept
    assert not [row for row in one.desk.log.stream(meeting) if "cut-off" in row.record.head]
    again = Marking(one.desk)
    assert again.undo(meeting).result(5) and not again.can_undo(meeting)


def test_the_steps_go_with_a_meeting_that_is_for_a_person_no_longer(office, a) -> None:
    meeting, blob = office.meeting, office.blob("open")
    marking = Marking(a.desk)
    marking.put(meeting, "open", blob, 0, content("quoted words")).result(5)
    a.desk.announce(MeetingGone(meeting="another"))
    assert marking.can_undo(meeting)
    a.desk._copybook.meetings = {}
    a.desk.announce(MeetingGone(meeting=meeting))
    a.desk.run(lambda: None).result(5)
    assert not marking.can_undo(meeting) and a.desk.log.values("step:") == {}


def test_steps_keep_no_words_of_a_paper_that_is_for_a_person_no_longer(office, a) -> None:
    meeting, marking = office.meeting, Marking(a.desk)
    a.fetch()
    here, gone = office.blob("open"), office.blob("closed")
    quoted = Content(shape=TextMark(quads=(), quote="words of the paper"))
    first = marking.put(meeting, "open", here, 0, content("one")).result(5)
    marking.put(meeting, "closed", gone, 0, quoted).result(5)
    both = [(Spot("open", here, 0), content("two")), (Spot("closed", gone, 0), quoted)]
    second, _ = marking.put_many(meeting, both).result(5)
    assert marking.undo(meeting).result(5)
    office.issue(office.paper("closed", ("person-b",), version=1))
    a.desk.run(lambda: None).result(5)
    assert "words" not in str(a.desk.log.values("step:"))

    def shown() -> set[str]:
        return {one.id for one in a.desk.meeting(meeting).marks.values() if one.paper == "open"}

    assert shown() == {first}
    assert marking.redo(meeting).result(5) and shown() == {first, second}
    again = Marking(a.desk)
    assert again.undo(meeting).result(5) and again.undo(meeting).result(5)
    assert shown() == set() and not again.can_undo(meeting)


def test_undoing_what_another_computer_removed_blocks_nothing(office, a) -> None:
    meeting, blob = office.meeting, office.blob("open")
    first, second = Marking(a.desk), Marking(office.desk_of("person-a").desk)
    mark = first.put(meeting, "open", blob, 0, content("x", "everyone")).result(5)
    office.sync()
    second.remove(meeting, mark).result(5)
    office.sync()
    assert first.undo(meeting).result(5)
    assert not first.can_undo(meeting)


def test_a_mark_changed_on_two_computers_keeps_the_refused_words_in_sight(office, a) -> None:
    meeting, blob = office.meeting, office.blob("open")
    other = office.desk_of("person-a")
    mark = Marking(a.desk).put(meeting, "open", blob, 0, content("x", "everyone")).result(5)
    office.sync()
    Marking(a.desk).change(meeting, mark, content("first", "everyone")).result(5)
    Marking(other.desk).change(meeting, mark, content("second", "everyone")).result(5)
    office.sync()
    kept = other.desk.meeting(meeting).marks[mark]
    assert (kept.text, kept.refusal) == ("second", "mark_changed")
    assert office.folded().marks[mark].text == "first"


def test_sharing_writes_the_fresh_mark_before_the_old_one_goes(office) -> None:
    desk, meeting = office.secretary.desk, office.meeting
    marking, blob = Marking(desk), office.blob("open")
    mark = marking.put(meeting, "open", blob, 0, content("words")).result(5)
    seen: list[int] = []
    desk.listen(lambda _news: seen.append(len(desk.meeting(meeting).marks)))
    marking.change(meeting, mark, content("words", "everyone")).result(5)
    assert min(seen) >= 1


def test_a_refused_mark_is_neither_exported_nor_shown_to_others(office, b) -> None:
    from meetingroom.services.collecting import shared_marks

    meeting, blob = office.meeting, office.blob("open")
    office.put(office.paper("open", ("person-a",)))
    marking = Marking(b.desk)
    marking.put(meeting, "open", blob, 0, content("no", "everyone")).result(5)
    b.sync()
    office.put(office.paper("open"))
    b.take()
    folded = b.desk.meeting(meeting)
    assert [mark.refusal for mark in folded.marks.values()] == ["unknown_paper"]
    assert shared_marks(folded, folded.papers["open"]) == []
    assert office.folded().marks == {}
