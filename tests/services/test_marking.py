"""Undo and redo of marks: new facts that end where they began."""

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quiet_office import content

from meetingroom.domain.records import read_head
from meetingroom.services.marking import Marking

AUDIENCES = ((), ("secretary",), ("everyone",))
acts = st.tuples(
    st.sampled_from(["put", "text", "audience", "remove"]), st.integers(0, 5), st.integers(0, 2)
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
    if not marks:
        return False
    mark = marks[n % len(marks)]
    if what == "remove":
        marking.remove(meeting, mark.id).result(5)
        return True
    audience_words = AUDIENCES[audience] if what == "audience" else mark.audience
    text = f"changed {n}" if what == "text" else mark.text
    marking.change(meeting, mark.id, content(text, *audience_words)).result(5)
    return True


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(st.lists(acts, min_size=1, max_size=8))
def test_all_undone_is_as_before_and_all_redone_as_after(office, script) -> None:
    desk, meeting = office.secretary.desk, office.meeting
    marking, before, blob = Marking(desk), shown(desk, meeting), office.blob("open")
    done = 0
    for act in script:
        done += do(marking, meeting, blob, act, list(desk.meeting(meeting).marks.values()))
    after = shown(desk, meeting)
    assert all(marking.undo(meeting).result(5) for _ in range(done))
    assert shown(desk, meeting) == before
    assert not marking.undo(meeting).result(5)
    assert all(marking.redo(meeting).result(5) for _ in range(done))
    assert shown(desk, meeting) == after


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
    office.secretary.stop()
    office.secretary.start()
    again = Marking(office.secretary.desk)
    again._restore(mark, (meeting, "open", blob, 0), content("a", "everyone"))
    assert office.secretary.desk.meeting(meeting).marks[mark].revision == 3


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
