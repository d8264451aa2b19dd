"""The floor at a real hub: computers that were away agree with all others afterwards."""

import random

import pytest
from quiet_office import QuietDesk, QuietOffice

from meetingroom.domain import facts
from meetingroom.domain.errors import RefusedError
from meetingroom.services.news import RecordRefused
from meetingroom.services.speaking import Speaking


@pytest.fixture
def chair(office: QuietOffice) -> QuietDesk:
    """The chair's computer, in an open meeting."""
    made = office.desk_of("person-c")
    office.put(facts.MeetingOpened(), facts.ItemStarted(item="i"))
    return made


def asks(office: QuietOffice, desk: QuietDesk) -> str:
    return Speaking(desk.desk).ask(office.meeting).result(10)


def floor(office: QuietOffice, desk: QuietDesk):
    return desk.desk.meetings[office.meeting].speaking


def test_one_who_asks_on_two_computers_that_are_away_waits_once(office, chair, a) -> None:
    second = office.desk_of("person-a")
    first_ask, second_ask = asks(office, a), asks(office, second)
    office.sync()
    assert [one.id for one in floor(office, chair).queue("i")] == [first_ask]
    Speaking(second.desk).withdraw(office.meeting, second_ask).result(10)
    office.sync()
    assert all(not floor(office, one).queue("i") for one in (chair, a, second))


def test_two_who_call_at_once_leave_one_speaker_on_every_screen(office, chair, a, b) -> None:
    speeches = [asks(office, desk) for desk in (a, b)]
    office.sync()
    for desk, speech in zip((chair, office.secretary), speeches, strict=True):
        Speaking(desk.desk).call(office.meeting, speech, 300).result(10)
    office.sync()
    seen = {floor(office, desk).speaker.id for desk in (chair, office.secretary, a, b)}
    assert seen == {office.folded().speaking.speaker.id}
    assert len(floor(office, a).turns()) == 2


def test_a_call_of_one_who_withdrew_is_refused_and_the_floor_stays(office, chair, a) -> None:
    speech = asks(office, a)
    office.sync()
    Speaking(a.desk).withdraw(office.meeting, speech).result(10)
    Speaking(chair.desk).call(office.meeting, speech, 60).result(10)
    a.sync()
    office.sync()
    refused = [row.reason for row in chair.news if isinstance(row, RecordRefused)]
    assert refused == ["speech_over"]
    assert floor(office, chair).speaker is None


def test_a_hub_that_starts_again_knows_who_speaks_and_who_waits(office, chair, a, b) -> None:
    for desk in (a, b):
        asks(office, desk)
    office.sync()
    Speaking(chair.desk).call_next(office.meeting, 120).result(10)
    office.sync()
    before = office.folded().speaking
    office.restart_hub()
    assert office.folded().speaking == before
    assert before.speaker.person == "person-a"


def test_nobody_is_called_where_nobody_waits(office, chair) -> None:
    with pytest.raises(RefusedError, match="nobody_waits"):
        Speaking(chair.desk).call_next(office.meeting, 60).result(10)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_away_from_the_hub_all_agree_in_the_end(office, chair, a, b, seed) -> None:
    chance = random.Random(seed)  # noqa: S311
    desks = [chair, office.secretary, a, b]
    for _ in range(40):
        desk = chance.choice(desks)
        _act(office, desk, chance)
        if chance.random() < 0.3:
            chance.choice(desks).sync()
    office.sync()
    hub = office.folded().speaking
    assert all(floor(office, desk) == hub for desk in desks)
    assert sum(one.state == "speaking" for one in hub.speeches.values()) <= 1


def _act(office: QuietOffice, desk: QuietDesk, chance: random.Random) -> None:
    speaking, meeting = Speaking(desk.desk), office.meeting
    known = list(floor(office, desk).speeches)
    if not known or chance.random() < 0.4:
        speaking.ask(meeting).result(10)
        return
    speech = chance.choice(known)
    if desk.principal in ("person-c", "person-s") and chance.random() < 0.7:
        chance.shuffle(known)
        chance.choice(
            (
                lambda: speaking.call(meeting, speech, 60),
                lambda: speaking.order(meeting, tuple(known)),
                lambda: speaking.give_time(meeting, "i", 1),
            )
        )().result(10)
        return
    act = chance.choice((speaking.withdraw, speaking.end))
    act(meeting, speech).result(10)
