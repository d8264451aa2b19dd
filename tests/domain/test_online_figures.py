"""Figures of online meetings: what counts, how long it was, what was not driven."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain import facts
from meetingroom.domain.calls import Calls, all_left, with_call
from meetingroom.domain.entries import Entry
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.office_week import Engagement
from meetingroom.domain.online_figures import (
    LEVELS,
    Held,
    Rates,
    figures_of,
    held_one,
    level_of,
    took_place,
)
from meetingroom.domain.presence import Presence
from meetingroom.domain.records import Envelope, Head, utc_text

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2026, 3, 2, 8, 0, tzinfo=ZONE)
LINK = facts.OnlineLink(link="l", title="", url="", level="province", organiser="UBND tỉnh")
ROW = Engagement(
    meeting="m", title="Hội nghị", starts_at=START, ends_at=START + timedelta(hours=2),
    links=(LINK,),
)  # fmt: skip
RATES = Rates(km_province=150, cost_per_km=10_000, cost_per_day=200_000, people_per_car=4)
OPENED, CLOSED = facts.MeetingOpened(), facts.MeetingClosed()
JOINED, LEFT = facts.OnlineJoined(link="l"), facts.OnlineLeft(link="l")


def record(number: int, minute: int, fact: facts.Fact, device: str = "d") -> Entry:
    at = utc_text(START.astimezone(UTC) + timedelta(minutes=minute))
    kind = facts.kind_of(fact)
    head = Head(
        id=f"r{number}", kind=kind.name, author=device, device=device, stream="m", at=at,
        audience=(), critical=kind.critical, payload_hash="00",
    )  # fmt: skip
    envelope = Envelope(
        stream="m", epoch=1, number=number, record=head.id, head_hash="00", chain="00", hub="h",
        received=at, late=False,
    )  # fmt: skip
    return Entry(head=head, fact=fact, envelope=envelope)


def log(*rows: tuple) -> list[Entry]:
    return [record(number, *row) for number, row in enumerate(rows, 1)]


def meeting(*ways: str, state: str = "closed") -> Meeting:
    people = {f"p{n}": Presence(person=f"p{n}", way=way, at="") for n, way in enumerate(ways)}
    return Meeting(id="m", state=state, presence=people)


def held(entries: list[Entry], *ways: str) -> Held:
    calls: Calls = {}
    for one in entries:
        if isinstance(one.fact, facts.OnlineJoined | facts.OnlineLeft):
            calls = with_call(calls, one)
        elif isinstance(one.fact, facts.MeetingClosed):
            calls = all_left(calls, one.at)
    return held_one(msgspec.structs.replace(meeting(*ways), calls=calls), ROW, entries, RATES)


def test_its_length_is_from_joining_to_leaving() -> None:
    one = held(log((-5, OPENED), (0, JOINED), (90, LEFT), (120, CLOSED)))
    assert (one.minutes, one.basis) == (90, "joined")


def test_two_computers_at_once_count_once_and_a_pause_not_at_all() -> None:
    one = held(log((0, JOINED, "a"), (10, JOINED, "b"), (30, LEFT, "a"), (40, LEFT, "b"),
                   (60, JOINED, "a"), (90, LEFT, "a")))  # fmt: skip
    assert one.minutes == 70


def test_who_never_left_was_there_until_the_session_closed() -> None:
    assert held(log((0, OPENED), (10, JOINED), (100, CLOSED))).minutes == 90


def test_without_joining_it_is_the_session_and_without_that_the_plan() -> None:
    one = held(log((0, OPENED), (75, CLOSED)))
    assert (one.minutes, one.basis) == (75, "session")
    assert (held([]).minutes, held([]).basis) == (120, "planned")


def test_a_line_left_open_over_night_is_no_length() -> None:
    assert held(log((0, JOINED), (20 * 60, LEFT))).basis == "planned"


def test_a_refused_record_counts_for_nothing() -> None:
    told = log((0, OPENED), (90, CLOSED))
    rows = [msgspec.structs.replace(one, refused="no_right") for one in told]
    assert held(rows).basis == "planned"


def test_a_leaving_told_late_ends_when_it_says() -> None:
    said = utc_text(START.astimezone(UTC) + timedelta(minutes=50))
    late = facts.OnlineLeft(link="l", at=said)
    assert held(log((0, JOINED), (600, late))).minutes == 50


def test_a_try_before_it_begins_is_neither_its_length_nor_a_meeting() -> None:
    one = held(log((-1500, JOINED), (-1495, LEFT)))
    assert (one.minutes, one.basis) == (120, "planned")
    both = held(log((-1500, JOINED), (-1495, LEFT), (0, JOINED), (60, LEFT)))
    assert both.minutes == 60
    tried = with_call({}, record(1, -1500, JOINED))
    early = msgspec.structs.replace(meeting(state="issued"), calls=tried)
    assert not took_place(early, ROW, START - timedelta(days=1))
    assert took_place(early, ROW, START)


def test_people_are_those_at_the_communes_site() -> None:
    assert held([], "room", "room", "online").people == 2


@pytest.mark.parametrize(("people", "cars"), [(0, 0), (1, 1), (4, 1), (5, 2), (9, 3)])
def test_what_was_not_driven_is_there_and_back_in_as_many_cars(people: int, cars: int) -> None:
    one = held([], *["room"] * people)
    assert one.km == 300 * cars
    assert one.money == 300 * cars * 10_000 + people * 200_000


def test_where_no_distance_is_known_nothing_is_saved() -> None:
    rates = Rates(cost_per_km=10_000, cost_per_day=200_000)
    one = held_one(meeting("room"), ROW, [], rates)
    assert (one.km, one.money) == (0, 0)


def test_of_several_levels_the_highest_counts_and_none_is_other() -> None:
    central = msgspec.structs.replace(LINK, level="central")
    assert level_of(msgspec.structs.replace(ROW, links=(LINK, central))) == "central"
    nameless = msgspec.structs.replace(LINK, level="")
    assert level_of(msgspec.structs.replace(ROW, links=(nameless,))) == "other"


def test_only_what_was_held_online_counts() -> None:
    later = START + timedelta(days=1)
    assert took_place(meeting(), ROW, START)
    assert took_place(meeting(state="issued"), ROW, later)
    assert not took_place(meeting(state="issued"), ROW, START)
    assert not took_place(meeting(state="cancelled"), ROW, later)
    assert not took_place(meeting(), msgspec.structs.replace(ROW, links=()), later)


DAYS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31))
ROWS = st.builds(
    Held,
    meeting=st.text(max_size=3), title=st.just(""), level=st.sampled_from(LEVELS),
    starts_at=DAYS.map(lambda one: one.replace(tzinfo=ZONE)), organisers=st.just(()),
    people=st.integers(0, 60), minutes=st.integers(0, 600),
    basis=st.sampled_from(("joined", "session", "planned")),
    km=st.integers(0, 9000), money=st.integers(0, 10**9),
)  # fmt: skip


@given(st.lists(ROWS, max_size=30))
def test_months_and_levels_add_up_to_the_year_and_years_to_all(rows: list[Held]) -> None:
    years = [figures_of(year, rows, RATES) for year in (2025, 2026, 2027)]
    assert sum(year.total.meetings for year in years) == len(rows)
    for year in years:
        for name in ("meetings", "minutes", "people", "km", "money"):
            whole = getattr(year.total, name)
            assert sum(getattr(month, name) for month in year.months) == whole
            assert sum(getattr(sums, name) for sums in year.levels.values()) == whole
        assert sum(year.total.of_level.values()) == year.total.meetings
        assert all(a.starts_at <= b.starts_at for a, b in pairwise(year.held))
