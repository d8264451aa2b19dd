"""What a person may not read never reaches that person's device: listened to at the wire.

`MEETINGROOM_SOAK_EXAMPLES=400` makes many more and longer stories.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wire_office import PEOPLE, WireOffice
from wire_story import AUDIENCES, PAPER_AUDIENCES, Story

EXAMPLES = int(os.environ.get("MEETINGROOM_SOAK_EXAMPLES", "0"))
PEOPLES = (
    ("person-a", "person-b"), ("person-a",), ("person-b",), ("person-a", "person-b", "person-t"),
)  # fmt: skip
CHAIRS = ("person-c", "person-a")
SECRETARIES = (("person-s",), ("person-t",), ("person-s", "person-t"))
Act = Callable[[Story, int, int], None]


def _paper(story: Story, n: int):
    return story.papers[n % len(story.papers)]


def _mark(story: Story, n: int, do: Callable) -> None:
    if story.marks:
        do(story.marks[n % len(story.marks)])


def _toggle(story: Story, n: int) -> None:
    device = story.office.devices[n % len(story.office.devices)]
    device.go() if device.line else device.come()


ACTS: dict[str, Act] = {
    "people": lambda s, n, m: s.issue(PEOPLES[n % 4], CHAIRS[m % 2], SECRETARIES[(n + m) % 3]),
    "paper": lambda s, n, m: s.put_paper(PAPER_AUDIENCES[n % 5]),
    "audience": lambda s, n, m: s.put_paper(PAPER_AUDIENCES[m % 5], _paper(s, n), is_new=False),
    "version": lambda s, n, m: s.put_paper(_paper(s, n).audience, _paper(s, n)),
    "paper gone": lambda s, n, m: s.remove_paper(_paper(s, n)),
    "mark": lambda s, n, m: s.put_mark(PEOPLE[n % 5], _paper(s, m), AUDIENCES[(n + m) % 7]),
    "another mark": lambda s, n, m: s.put_mark(PEOPLE[m % 5], _paper(s, n), AUDIENCES[n % 7]),
    "change": lambda s, n, m: _mark(s, n, s.change_mark),
    "remove": lambda s, n, m: _mark(s, n, s.remove_mark),
    "receipt": lambda s, n, m: s.receive(PEOPLE[n % 5], _paper(s, m)),
    "answer": lambda s, n, m: s.answer(PEOPLE[n % 5]),
    "on and off": lambda s, n, m: _toggle(s, n),
    "leaves": lambda s, n, m: s.leave_office(PEOPLE[n % 5]),
    "comes back": lambda s, n, m: s.come_back(PEOPLE[n % 5]),
}
acts = st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 34), st.integers(0, 34))


def begun(office: WireOffice) -> Story:
    """A meeting with an open and a restricted paper, all devices on line."""
    story = Story(office)
    for device in office.devices:
        if device.line is None:
            device.come()
    story.issue(("person-a", "person-b"), "person-c", ("person-s",))
    story.put_paper(("everyone",))
    story.put_paper(("person-a", "person-c"))
    story.check()
    return story


@pytest.fixture
def story(office: WireOffice) -> Iterator[Story]:
    story = begun(office)
    yield story
    story.end()


@settings(
    max_examples=EXAMPLES or 10,
    suppress_health_check=list(HealthCheck),
    derandomize=not EXAMPLES,
    database=None,
)
@given(script=st.lists(acts, min_size=12, max_size=60 if EXAMPLES else 30))
@pytest.mark.timeout(0 if EXAMPLES else 120)
# The hub's pings draw random numbers on its own thread while a story is being made up.
@pytest.mark.filterwarnings("ignore:Do not use the .random. module")
def test_no_frame_ever_held_what_its_reader_might_not_know(
    office: WireOffice, script: list[tuple[str, int, int]]
) -> None:
    story = begun(office)
    try:
        for name, n, m in script:
            ACTS[name](story, n, m)
            story.check()
        for device in office.devices:
            if device.line is None:
                device.come()
        story.check()
        story.check_blobs()
    finally:
        story.end()


def test_who_is_away_while_a_paper_is_narrowed_never_gets_its_title(story: Story) -> None:
    b = story.office.device_of("person-b")
    b.settle()
    b.go()
    story.put_paper(("everyone",))
    story.check()
    story.put_paper(("person-a",), story.papers[-1], is_new=False)
    b.come()
    story.check()


def test_narrowing_takes_the_record_and_the_file_away(story: Story) -> None:
    told = story.papers[0]
    b = story.office.device_of("person-b")
    assert b.get(*told.blobs[0])[0] == 200
    story.put_paper(("person-a",), told, is_new=False)
    story.check()
    assert not any(told.paper in step.text for step in b.holds.values())
    story.check_blobs()


def test_a_former_secretary_loses_the_restricted_papers_of_their_own_hand(story: Story) -> None:
    story.issue(("person-a", "person-s"), "person-c", ("person-t",))
    story.check()
    story.check_blobs()


def test_a_removed_mark_is_forgotten_by_all_its_readers(story: Story) -> None:
    story.put_mark("person-a", story.papers[0], ("everyone",))
    story.change_mark(story.marks[0])
    story.check()
    story.remove_mark(story.marks[0])
    story.check()
    b = story.office.device_of("person-b")
    assert not any(story.marks[0].words[0][0] in step.text for step in b.holds.values())


def test_a_new_computer_gets_nothing_of_a_removed_mark(story: Story) -> None:
    story.put_mark("person-a", story.papers[0], ("everyone",))
    story.check()
    story.remove_mark(story.marks[0])
    late = story.office.add_device("person-b")
    story.check()
    assert not any(story.marks[0].words[0][0] in frame for frame in late.frames)


def test_an_own_mark_or_receipt_opens_no_file(story: Story) -> None:
    secret = story.papers[1]
    story.put_mark("person-a", secret, ("secretary",))
    story.receive("person-a", secret)
    story.check()
    story.put_paper((), secret, is_new=False)
    story.check()
    story.check_blobs()


def test_a_receipt_may_name_any_hash_and_opens_none(story: Story) -> None:
    from meetingroom.domain.facts import Receipt

    b, told = story.office.device_of("person-b"), story.papers[1]
    fact = Receipt(paper=story.papers[0].paper, blob=told.blobs[0][0], is_opened=True)
    record = b.write(story.meeting, fact, ("secretary",))
    b.send(record)
    sent = b.answers[b._n][0].record
    assert b.get(told.blobs[0][0], sent)[0] == 404


def test_who_left_the_office_and_came_back_has_everything_again(story: Story) -> None:
    story.leave_office("person-b")
    story.check()
    story.come_back("person-b")
    story.check()


def test_only_gaps_in_the_numbers_tell_of_restricted_papers(office: WireOffice) -> None:
    def shapes(restricted: int) -> list[str]:
        story = Story(office)
        story.issue(("person-a", "person-b"), "person-c", ("person-s",))
        for _ in range(restricted):
            story.put_paper(("person-a",))
        story.put_paper(("everyone",))
        story.check()
        holds = office.device_of("person-b").holds.values()
        return [step.head.kind for step in holds if step.head.stream == story.meeting]

    assert shapes(0) == shapes(3) == ["meeting_issued", "paper_put"]
