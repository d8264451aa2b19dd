"""The floor as every computer folds it: one queue, one speaker, whoever was offline."""

import itertools
from datetime import timedelta

import msgspec
from an_office import CHAIR, GUEST, MEMBER, SECRETARY, a_meeting, entry, issued, judged
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry
from meetingroom.domain.meeting import Meeting, fold_meeting
from meetingroom.domain.records import moment_of, utc_text

START = moment_of("2026-11-26T02:00:00.000Z")
AGENDA = tuple(facts.AgendaItem(item=name, title=name) for name in ("i", "j"))


def asks(speech: str, person: str = MEMBER, item: str = "") -> facts.SpeechAsked:
    return facts.SpeechAsked(speech=speech, person=person, item=item)


def calls(speech: str, seconds: int = 300) -> facts.SpeechGranted:
    return facts.SpeechGranted(speech=speech, seconds=seconds)


def ends(speech: str) -> facts.SpeechEnded:
    return facts.SpeechEnded(speech=speech)


def told(fact: facts.Fact, place: int, second: float, *, offline: bool = False) -> Entry:
    """A record the hub numbered `place`, said at this second of the meeting."""
    made = entry(fact, CHAIR, number=100 + place)
    at = utc_text(START + timedelta(seconds=second))
    changes = {"written" if offline else "received": at}
    return msgspec.structs.replace(made, envelope=msgspec.structs.replace(made.envelope, **changes))


def spoken(*said: facts.Fact, meeting: Meeting | None = None) -> Meeting:
    """An open meeting in which this was said, a second each."""
    rows = [told(fact, place, place) for place, fact in enumerate(said)]
    return fold_meeting("m", rows, meeting or a_meeting(issued(agenda=AGENDA)))


def ids(rows) -> list[str]:
    return [row.id for row in rows]


def test_the_queue_is_as_they_asked_until_the_chair_orders_it() -> None:
    meeting = spoken(asks("a", MEMBER), asks("b", GUEST), asks("c", CHAIR))
    assert ids(meeting.speaking.queue("")) == ["a", "b", "c"]
    ordered = spoken(facts.SpeechesOrdered(speeches=("c", "a")), meeting=meeting)
    assert ids(ordered.speaking.queue("")) == ["c", "a", "b"]


def test_calling_one_ends_who_spoke_and_counts_the_seconds() -> None:
    rows = [asks("a"), asks("b", GUEST), calls("a"), calls("b")]
    meeting = spoken(*rows)
    assert meeting.speaking.speaker.id == "b"
    assert meeting.speaking.speeches["a"].state == "spoken"
    assert meeting.speaking.speeches["a"].used == 1.0


def test_one_person_is_once_in_the_queue_of_an_item_with_either_name() -> None:
    meeting = spoken(asks("a"), asks("again"), asks("other", item="j"))
    assert ids(meeting.speaking.queue("i")) == ["a"]
    assert ids(meeting.speaking.left_over("i")) == ["other"]
    gone = spoken(facts.SpeechWithdrawn(speech="again"), meeting=meeting)
    assert gone.speaking.queue("i") == []


def test_who_spoke_may_ask_again() -> None:
    meeting = spoken(asks("a"), calls("a"), asks("more"), ends("a"))
    assert ids(meeting.speaking.queue("")) == ["more"]


def test_the_next_item_and_the_close_take_the_floor() -> None:
    speaks = spoken(asks("a"), calls("a"))
    for over in (facts.ItemStarted(item="i"), facts.MeetingClosed()):
        meeting = spoken(over, meeting=speaks)
        assert meeting.speaking.speaker is None
        assert meeting.speaking.speeches["a"].state == "spoken"


def test_more_time_goes_to_who_speaks_and_the_turn_goes_on() -> None:
    meeting = spoken(asks("a"), calls("a", 60), calls("a", 120))
    assert meeting.speaking.speaker.seconds == 120
    assert meeting.speaking.speaker.started_at.endswith("02:00:01.000Z")


def test_who_was_called_offline_takes_the_floor_from_nobody_called_later() -> None:
    said = [
        told(asks("a"), 0, 0), told(asks("b", GUEST), 1, 0), told(calls("b"), 2, 90),
        told(calls("a"), 3, 30, offline=True), told(ends("a"), 4, 50, offline=True),
    ]  # fmt: skip
    speaking = fold_meeting("m", said, a_meeting()).speaking
    assert speaking.speaker.id == "b"
    assert speaking.speeches["a"].used == 20.0


def test_minutes_given_by_two_add_up() -> None:
    given_twice = [facts.TimeGiven(item="i", minutes=minutes) for minutes in (5, 5, -2)]
    assert spoken(*given_twice).speaking.given == {"i": 8}


ACTS = st.tuples(
    st.sampled_from("ACEWO"), st.sampled_from("abcd"), st.integers(0, 40), st.booleans()
)


def acted(kind: str, speech: str) -> facts.Fact:
    person = {"a": MEMBER, "b": GUEST, "c": MEMBER, "d": CHAIR}[speech]
    match kind:
        case "A":
            return asks(speech, person)
        case "C":
            return calls(speech)
        case "E":
            return ends(speech)
        case "W":
            return facts.SpeechWithdrawn(speech=speech)
        case _:
            return facts.SpeechesOrdered(speeches=(speech,))


@given(st.lists(ACTS, max_size=30))
def test_turns_never_overlap_and_nobody_waits_twice(acts) -> None:
    """Whatever was said offline at whatever time."""
    clock = itertools.accumulate((second for *_, second, _ in acts), initial=0)
    rows = []
    for place, ((kind, speech, second, offline), now) in enumerate(zip(acts, clock, strict=False)):
        at = max(0, now - second) if offline else now
        rows.append(told(acted(kind, speech), place, at, offline=offline))
    speaking = fold_meeting("m", rows, a_meeting()).speaking
    turns = speaking.turns()
    assert all(one.ended_at or one is speaking.speaker for one in turns)
    assert all(a.ended_at <= b.started_at for a, b in itertools.pairwise(turns))
    people = [one.person for one in speaking.queue("")]
    assert len(people) == len(set(people))


@given(st.permutations(["a", "b", "c"]), st.permutations(["a", "b", "c"]), st.booleans())
def test_two_orders_made_offline_end_in_the_same_queue_everywhere(one, other, first) -> None:
    asked = [asks("a", MEMBER), asks("b", GUEST), asks("c", CHAIR)]
    orders = [facts.SpeechesOrdered(speeches=tuple(row)) for row in (one, other)]
    if not first:
        orders.reverse()
    entries = [told(fact, place, place) for place, fact in enumerate([*asked, *orders])]
    whole = fold_meeting("m", entries, a_meeting())
    in_parts = a_meeting()
    for row in entries:
        in_parts = fold_meeting("m", [row], in_parts)
    assert ids(whole.speaking.queue("")) == list(orders[-1].speeches)
    assert in_parts.speaking == whole.speaking


def test_nobody_asks_for_somebody_else_but_who_leads() -> None:
    assert judged(entry(asks("a", MEMBER), GUEST), a_meeting()) == "no_right"
    assert judged(entry(asks("a", "person-stranger"), SECRETARY), a_meeting()) == "not_invited"
    assert judged(entry(asks("a", MEMBER), SECRETARY), a_meeting()) == "yes"


def test_nobody_speaks_before_the_opening_or_after_the_close() -> None:
    before = fold_meeting("m", [entry(issued(1, 0), number=1)])
    waits = spoken(asks("a"), meeting=before)
    assert judged(entry(calls("a"), CHAIR), waits) == "floor_closed"
    closed = spoken(asks("a"), facts.MeetingClosed())
    answers = [judged(entry(one, CHAIR), closed) for one in (calls("a"), asks("b"))]
    assert answers == ["closed", "closed"]


def test_a_turn_that_is_over_is_not_called_again() -> None:
    meeting = spoken(asks("a"), calls("a"), ends("a"))
    assert judged(entry(calls("a"), CHAIR), meeting) == "speech_over"
    assert judged(entry(ends("a"), CHAIR), meeting) == "yes"
    assert judged(entry(ends("a"), GUEST), meeting) == "no_right"


def test_time_given_is_some_and_to_an_item_of_the_agenda() -> None:
    meeting = spoken()
    rows = [facts.TimeGiven(item=i, minutes=m) for i, m in (("i", 5), ("i", 0), ("k", 5))]
    assert [judged(entry(one, CHAIR), meeting) for one in rows] == ["yes", "malformed", "malformed"]


def test_seconds_are_never_below_nothing() -> None:
    late = told(ends("a"), 3, -100)
    rows = [told(asks("a"), 0, 0), told(calls("a"), 1, 10), late]
    assert fold_meeting("m", rows, a_meeting()).speaking.speeches["a"].used == 0.0
