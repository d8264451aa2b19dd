"""However records come to a computer, it shows what a plain fold of what it holds shows."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_stream import (
    ME,
    NoLog,
    arrivals,
    entries_of,
    forget,
    issued,
    numbered,
    own_records,
    paper,
    put,
    record,
    saying,
)

from meetingroom.domain.directory import fold_directory
from meetingroom.domain.entries import Entry, entry_of
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.ids import OFFICE
from meetingroom.domain.meeting import Meeting, fold_meeting
from meetingroom.domain.ports import Delivered
from meetingroom.domain.records import Kept
from meetingroom.services.copybook import Copybook

ARRIVALS = arrivals()
OWN = own_records()


def new_copybook() -> Copybook:
    return Copybook(NoLog(), "", lambda *_: True)


class Held:
    """What a computer holds after these events, by the simplest rules there are."""

    def __init__(self) -> None:
        self.rows: dict[str, Entry] = {}
        self.place = 0

    def write(self, n: int) -> bool:
        """Whether an own record was still to be written."""
        name = f"own-{n}"
        if name in self.rows:
            return False
        self.place += 1
        self.rows[name] = entry_of(Kept(record=OWN[n], place=self.place))
        return True

    def take(self, step: Delivered) -> None:
        entry = self.rows.get(step.record)
        if step.kept is not None:
            self.rows[step.record] = entry_of(step.kept)
        elif entry is not None and "me" not in entry.head.audience:
            del self.rows[step.record]

    def refuse(self, n: int) -> bool:
        entry = self.rows.get(f"own-{n}")
        if entry is None or entry.envelope is not None or "me" in entry.head.audience:
            return False
        self.rows[f"own-{n}"] = msgspec.structs.replace(entry, refused="no_right")
        return True

    def of(self, stream: str) -> list[Entry]:
        return [entry for entry in self.rows.values() if entry.head.stream == stream]


steps = st.lists(st.sampled_from([*ARRIVALS, *map(forget, ARRIVALS)]), max_size=9)
events = st.one_of(
    steps,
    st.sampled_from([("write", n) for n in range(6)] + [("refuse", n) for n in range(6)]),
    st.integers(0, 30).map(lambda n: ARRIVALS[n : n + 6]),
)


@settings(max_examples=250)
@given(st.lists(events, min_size=4, max_size=30))
def test_any_interleaving_of_arrival_shows_what_a_plain_fold_shows(story: list) -> None:
    copybook, held = new_copybook(), Held()
    for event in story:
        match event:
            case ("write", int(n)):
                if held.write(n):
                    copybook.add_own([OWN[n]])
            case ("refuse", int(n)):
                if held.refuse(n):
                    copybook.refuse({f"own-{n}": "no_right"})
            case chunk:
                for step in chunk:
                    held.take(step)
                copybook.take(chunk)
    plain = fold_meeting("meeting-1", held.of("meeting-1"))
    assert copybook.meetings == ({"meeting-1": plain} if plain.issued else {})
    assert copybook.directory == fold_directory(held.of(OFFICE))
    waits = [row for row in held.rows.values() if row.envelope is None and row.refused is None]
    assert copybook.waiting == sum("me" not in row.head.audience for row in waits)


@given(st.permutations(ARRIVALS), st.integers(1, 9))
def test_every_order_and_size_of_frames_ends_in_the_same_meeting(
    order: list[Delivered], size: int
) -> None:
    copybook = new_copybook()
    for start in range(0, len(order), size):
        copybook.take(order[start : start + size])
        copybook.take(order[:start])
    meeting = [entry for entry in entries_of(ARRIVALS) if entry.head.stream == "meeting-1"]
    assert copybook.meetings["meeting-1"] == fold_meeting("meeting-1", meeting)


def test_a_meeting_just_issued_here_shows_its_papers_before_the_hub_answered() -> None:
    copybook = new_copybook()
    rows = [paper("p", "b"), paper("q", "c"), issued(1)]
    copybook.add_own([saying(f"r{n}", row, author=ME) for n, row in enumerate(rows)])
    assert set(copybook.meetings["meeting-1"].papers) == {"p", "q"}


def test_a_hub_cannot_make_a_computer_forget_a_private_mark() -> None:
    copybook = new_copybook()
    copybook.take([numbered(1, saying("i", issued(1)))])
    private = saying("secret", put("m", 1), author=ME, audience=("me",))
    copybook.add_own([private])
    copybook.take([Delivered(seq=0, stream="meeting-1", record="secret")])
    assert "m" in copybook.meetings["meeting-1"].marks


def test_a_record_stands_for_its_blob_until_it_is_forgotten() -> None:
    copybook = new_copybook()
    first, again = (numbered(n, saying(f"r{n}", paper("p", "b"))) for n in (1, 2))
    mark = numbered(3, saying("r3", put("m", 1), author=ME))
    copybook.take([first, again, mark])
    copybook.take([forget(first)])
    assert copybook.opens("b")
    copybook.take([forget(again)])
    assert not copybook.opens("b")


def folded(*rows: tuple[object, str | None, int]) -> Meeting:
    """The author's view: (fact, refusal, number or 0 for what only this computer has)."""
    entries = []
    for place, (fact, refusal, number) in enumerate(rows, 1):
        signed = saying(f"r{place}", fact, author=ME)
        if number:
            entries.append(entry_of(numbered(number, signed).kept))
        else:
            entries.append(entry_of(Kept(record=signed, place=place, refused=refusal)))
    return fold_meeting("meeting-1", entries)


def removed(mark: str, revision: int):
    from meetingroom.domain.facts import MarkRemoved

    return MarkRemoved(mark=mark, revision=revision, paper="p")


def test_a_refused_mark_is_shown_with_its_reason() -> None:
    mark = folded((put("m", 1, "mine"), "not_invited", 0)).marks["m"]
    assert (mark.text, mark.refusal, mark.is_refused) == ("mine", "not_invited", True)


def test_a_newer_accepted_revision_covers_a_refused_one() -> None:
    mark = folded((put("m", 2, "no"), "no_right", 0), (put("m", 3, "yes"), None, 1)).marks["m"]
    assert (mark.text, mark.is_refused) == ("yes", False)


def test_a_refused_revision_does_not_bring_a_removed_mark_back() -> None:
    rows = ((put("m", 1), None, 1), (removed("m", 3), None, 2), (put("m", 2), "no_right", 0))
    assert folded(*rows).marks == {}


def test_a_refused_mark_can_be_taken_away_though_the_hub_refuses_that_too() -> None:
    rows = ((put("m", 1), "no_right", 0), (removed("m", 2), "not_yours", 0))
    assert folded(*rows).marks == {}


def test_a_refused_removal_of_an_accepted_mark_leaves_it() -> None:
    rows = ((put("m", 1), None, 1), (removed("m", 2), "mark_changed", 0))
    assert "m" in folded(*rows).marks


def test_a_late_older_revision_does_not_undo_a_removal() -> None:
    rows = ((put("m", 1), None, 1), (removed("m", 4), None, 2), (put("m", 3), None, 3))
    assert folded(*rows).marks == {}


@pytest.mark.parametrize(("stream", "name"), [("meeting-2", "i"), ("meeting-1", "other")])
def test_a_record_told_under_another_name_or_meeting_is_not_taken(stream: str, name: str) -> None:
    step = numbered(1, saying("i", issued(1)))
    moved = Delivered(seq=1, stream=stream, record=name, kept=step.kept)
    with pytest.raises(MeetingError, match="step"):
        new_copybook().check([moved])


def test_an_envelope_of_another_meeting_is_not_taken() -> None:
    mine, other = saying("i", issued(1)), saying("i", issued(1), stream="meeting-2")
    envelope = numbered(1, other).kept.envelope
    step = Delivered(
        seq=1, stream="meeting-1", record="i", kept=Kept(record=mine, envelope=envelope)
    )
    with pytest.raises(MeetingError, match="envelope"):
        new_copybook().check([step])


def test_a_kind_of_tomorrow_passes_whole_and_changes_nothing() -> None:
    strange = record("s", '{ "a" : 1.50, "tomorrow": "ừ" }', "kind_of_tomorrow", version=7)
    copybook = new_copybook()
    copybook.take([numbered(1, saying("i", issued(1))), numbered(2, strange)])
    meeting = copybook.meetings["meeting-1"]
    assert (meeting.number, meeting.needs_update) == ((1, 2), False)


def test_a_critical_kind_of_tomorrow_asks_for_an_update() -> None:
    strange = record("s", "{}", "kind_of_tomorrow", critical=True)
    copybook = new_copybook()
    copybook.take([numbered(1, saying("i", issued(1))), numbered(2, strange)])
    assert copybook.meetings["meeting-1"].needs_update
