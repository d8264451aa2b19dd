"""The hub's order and any repetition or interleaving give the same meeting everywhere."""

from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain import facts
from meetingroom.domain.codes import shown, split_code
from meetingroom.domain.entries import Entry
from meetingroom.domain.geometry import Point
from meetingroom.domain.marks import Note
from meetingroom.domain.meeting import Meeting, fold_meeting
from meetingroom.domain.records import Envelope, Head


def entry(number: int, fact: facts.Fact, author: str = "person-a", at: str = "2026-11-26") -> Entry:
    """A numbered entry of the meeting "m"."""
    kind = facts.kind_of(fact)
    head = Head(
        id=f"record-{number}",
        stream="m",
        kind=kind.name,
        author=author,
        device="d",
        at=at,
        audience=("everyone",),
        critical=kind.critical,
        payload_hash="00",
    )
    envelope = Envelope(
        stream="m",
        epoch=1,
        number=number,
        record=head.id,
        head_hash="00",
        chain="00",
        received=f"2026-11-26T01:00:{number % 60:02d}.000Z",
        hub="h",
    )
    return Entry(head=head, fact=fact, envelope=envelope)


def story() -> list[Entry]:
    """A small meeting with marks that are changed and removed."""
    note = Note(at=Point(1, 2))
    rows: list[facts.Fact] = [
        facts.PaperPut(
            paper="p", item="i", place=0, title="T", file_name="f.pdf", blob="b", size=1, pages=3
        ),
        facts.MeetingIssued(
            revision=1,
            base=0,
            title="M",
            kind="",
            body="",
            starts_at="2026-11-26T08:00:00+07:00",
            place="",
            chair="person-a",
            secretaries=("person-a",),
            people=(),
            agenda=(),
        ),
        facts.MarkPut(mark="m1", revision=1, paper="p", blob="b", page=0, shape=note, text="one"),
        facts.MarkPut(mark="m1", revision=2, paper="p", blob="b", page=0, shape=note, text="two"),
        facts.MarkPut(mark="m2", revision=1, paper="p", blob="b", page=1, shape=note),
        facts.MarkRemoved(mark="m2", revision=2, paper="p"),
        facts.MeetingOpened(),
        facts.ItemStarted(item="i"),
    ]
    return [entry(number, fact) for number, fact in enumerate(rows, 1)]


@given(st.permutations(story()), st.lists(st.sampled_from(story())))
def test_any_order_and_repetition_of_arrival_folds_to_the_same_meeting(
    arrived: list[Entry], again: list[Entry]
) -> None:
    assert fold_meeting("m", [*arrived, *again]) == fold_meeting("m", story())


@given(st.integers(0, 8))
def test_folding_in_two_steps_is_folding_at_once(cut: int) -> None:
    first = fold_meeting("m", story()[:cut], Meeting(id="m"))
    assert fold_meeting("m", story()[cut:], first) == fold_meeting("m", story())


def test_a_clock_wrong_by_a_day_changes_nothing_that_is_numbered() -> None:
    wrong = [entry(n, row.fact, at="2026-11-27") for n, row in enumerate(story(), 1)]
    assert fold_meeting("m", wrong) == fold_meeting("m", story())


def test_an_unknown_critical_kind_asks_for_an_update_instead_of_folding_wrongly() -> None:
    strange = Entry(
        head=Head(
            id="x",
            stream="m",
            kind="new_kind",
            author="a",
            device="d",
            at="",
            critical=True,
            payload_hash="00",
        ),
        fact=facts.read_fact("new_kind", 1, "{}"),
    )
    assert fold_meeting("m", [strange]).needs_update


@given(st.text("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", min_size=8, max_size=8))
def test_a_code_is_read_as_it_is_printed_and_typed(letters: str) -> None:
    printed = shown(letters[:2], letters[2:])
    assert split_code(f" {printed.lower()} ") == (letters[:2], letters[2:])
