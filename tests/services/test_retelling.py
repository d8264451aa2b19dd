"""What just happened, for those who lead together."""

import pytest
from quiet_office import QuietOffice

from meetingroom.domain import facts
from meetingroom.services.retelling import Retelling
from meetingroom.wording import choose_language


@pytest.fixture(autouse=True)
def english() -> None:
    choose_language("en")


def latest(desk, office: QuietOffice, limit: int = 30) -> list[tuple[str, str]]:
    rows = Retelling(desk.desk).latest(office.meeting, limit).result(10)
    return [(row.author, row.words) for row in rows]


def test_the_newest_comes_first_and_says_who_did_it(office) -> None:
    chair = office.desk_of("person-c")
    office.put(facts.MeetingOpened())
    chair.desk.write(office.meeting, facts.ItemStarted(item="i"))
    office.sync()
    wanted = [("person-c", "went to item 1. Một"), ("person-s", "opened the meeting")]
    assert latest(chair, office) == latest(office.secretary, office) == wanted


def test_nothing_is_told_of_before_the_meeting(office) -> None:
    assert latest(office.secretary, office) == []
    office.put(facts.MeetingOpened(), facts.ItemStarted(item="i"), facts.ItemEnded(item="i"))
    assert len(latest(office.secretary, office, 1)) == 1


def test_what_is_not_sent_yet_is_told_too(office) -> None:
    office.put(facts.MeetingOpened())
    office.secretary.desk.write(office.meeting, facts.CheckedIn(person="person-a"))
    assert latest(office.secretary, office)[0][1] == "noted that person-a is here"
