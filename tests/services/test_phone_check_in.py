"""Check-in with the lobby's code: which codes are good, for whom, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest
from quiet_office import QuietOffice

from meetingroom.domain import facts
from meetingroom.domain.errors import RefusedError
from meetingroom.domain.ids import OFFICE
from meetingroom.services.phone_check_in import TRIES, PhoneCheckIn

STARTS = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
PHONE, OTHER = "10.0.0.7", "10.0.0.8"


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = STARTS

    def __call__(self) -> datetime:
        return self.now

    def on(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def phones(office: QuietOffice, clock: Hands) -> PhoneCheckIn:
    hub = office.hub
    made = PhoneCheckIn(lambda: hub.ledger, hub.say, office.log, clock, hub._lock)
    made.port, made.addresses = 47802, lambda: ["192.168.1.5"]
    return made


def code(office: QuietOffice, phones: PhoneCheckIn) -> str:
    return phones.offer(office.folded()).code


def refusal(act, *args: str) -> str:
    with pytest.raises(RefusedError) as raised:
        act(*args)
    return raised.value.code


def keys(phones: PhoneCheckIn, typed: str) -> dict[str, str]:
    return {row.person: row.key for row in phones.page(typed, PHONE).waiting}


def test_who_types_the_code_and_chooses_a_name_is_here(office, phones) -> None:
    typed = code(office, phones)
    row = phones.check_in(typed, keys(phones, typed)["person-a"], PHONE)
    assert row.name == "person-a"
    here = office.folded().presence["person-a"]
    assert (here.way, here.by_code) == ("room", True)
    assert "person-a" not in keys(phones, typed)
    assert refusal(phones.check_in, typed, row.key, PHONE) == "check_in.gone"


def test_the_code_changes_and_the_one_before_is_still_taken(office, phones, clock) -> None:
    first = code(office, phones)
    clock.on(seconds=60)
    assert code(office, phones) != first
    assert phones.page(first, PHONE).waiting
    clock.on(seconds=60)
    assert refusal(phones.page, first, PHONE) == "check_in.code"


def test_there_is_time_to_look_for_ones_name(office, phones, clock) -> None:
    typed = code(office, phones)
    key = keys(phones, typed)["person-b"]
    clock.on(seconds=200)
    phones.check_in(typed, key, PHONE)
    assert office.folded().is_here("person-b")


def test_only_who_saw_the_names_in_time_may_use_an_older_code(office, phones, clock) -> None:
    typed = code(office, phones)
    key = keys(phones, typed)["person-b"]
    clock.on(seconds=200)
    assert refusal(phones.page, typed, PHONE) == "check_in.code"
    for guess in ("x" * 24, "é"):
        with pytest.raises(RefusedError, match="code"):
            phones.page(typed, PHONE, key=guess)
    assert phones.page(typed, PHONE, key=key).waiting


def test_a_code_is_good_until_the_meeting_is_closed(office, phones) -> None:
    office.put(facts.MeetingOpened())
    typed = code(office, phones)
    office.put(facts.MeetingClosed())
    assert refusal(phones.page, typed, PHONE) == "check_in.code"
    assert code(office, phones) == ""


def test_there_is_no_code_long_before_the_meeting(office, phones, clock) -> None:
    clock.on(hours=-13)
    assert code(office, phones) == ""


def test_where_the_page_is_not_served_there_is_no_code(office, phones) -> None:
    phones.port = 0
    assert code(office, phones) == ""


def test_who_guesses_waits_and_others_do_not(office, phones, clock) -> None:
    for _ in range(TRIES):
        assert refusal(phones.page, "000000", PHONE) == "check_in.code"
    typed = code(office, phones)
    assert refusal(phones.page, typed, PHONE) == "check_in.wait"
    assert phones.page(typed, OTHER).waiting
    clock.on(seconds=61)
    assert phones.page(code(office, phones), PHONE).waiting


def test_another_hub_secret_makes_other_codes_and_a_restart_the_same(office, phones, clock) -> None:
    again = PhoneCheckIn(
        lambda: office.hub.ledger, office.hub.say, office.log, clock, office.hub._lock
    )
    again.port, again.addresses = phones.port, phones.addresses
    assert again.offer(office.folded()) == phones.offer(office.folded())
    assert phones._code("meeting-other", 1) != phones._code(office.meeting, 1)


def test_a_substitute_the_chair_agreed_to_is_on_the_list(office, phones) -> None:
    sent = facts.AnswerGiven(answer="substitute", substitute="Vàng A Sử", person="person-a")
    office.put(sent)
    assert "Vàng A Sử" not in keys(phones, code(office, phones))
    chair = office.desk_of("person-c")
    chair.desk.write(office.meeting, facts.AnswerDecided(person="person-a", is_agreed=True))
    office.sync()
    typed = code(office, phones)
    phones.check_in(typed, keys(phones, typed)["Vàng A Sử"], PHONE)
    assert office.folded().presence["Vàng A Sử"].stands_in_for == "person-a"


def test_only_rooms_and_who_leads_are_told_the_code(office) -> None:
    office.hub.phones.port, office.hub.phones.addresses = 47802, lambda: ["192.168.1.5"]
    office.put(facts.MeetingOpened())
    room = office.desk_of(next(iter(office.hub.ledger.directory.rooms)))
    ask = {"meeting": office.meeting}
    for desk in (room, office.secretary, office.desk_of("person-c")):
        assert len(office.hub.ask(desk.session, "check_in.code", ask)["code"]) == 6
    member = office.desk_of("person-a")
    assert refusal(office.hub.ask, member.session, "check_in.code", ask) == "no_right"


def test_people_of_the_same_name_are_told_apart_by_their_titles(office, phones) -> None:
    for person, title in (("person-a", "Trưởng thôn Khuổi Lầy"), ("person-b", "Kế toán")):
        fact = facts.PersonSet(person=person, name="Lò Văn Thắng", title=title)
        office.secretary.desk.write(OFFICE, fact)
    office.sync()
    names = {row.person: row.name for row in phones.page(code(office, phones), PHONE).waiting}
    assert names["person-a"] == "Lò Văn Thắng (Trưởng thôn Khuổi Lầy)"
    assert names["person-c"] == "person-c"


def test_a_hub_that_takes_nothing_in_offers_no_code_and_takes_none(office, phones) -> None:
    typed = code(office, phones)
    phones.rests = lambda: True
    assert code(office, phones) == ""
    assert refusal(phones.page, typed, PHONE) == "check_in.code"
