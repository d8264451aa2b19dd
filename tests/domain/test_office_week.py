"""The office's week, from meetings."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.directory import Directory
from meetingroom.domain.facts import (
    AgendaItem,
    BodySet,
    Invited,
    MeetingIssued,
    OfficeFounded,
    OnlineLink,
    PersonSet,
)
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.office_week import (
    PARTS,
    engagement_of,
    monday_of,
    week_of,
    week_to_show,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = date(2026, 11, 23)
DIRECTORY = Directory(
    office=OfficeFounded(office="o", name="UBND xã Mẫu Sơn"),
    bodies={"ubnd": BodySet(body="ubnd", name="UBND xã")},
    people={
        "chair": PersonSet(person="chair", name="Lý A Páo", title="Chủ tịch", order=1),
        "two": PersonSet(person="two", name="Tẩn Láo Tả", unit="Phòng Kinh tế", order=3),
        "three": PersonSet(person="three", name="Vàng Thị Mỷ", order=2),
    },
)


def meeting(starts_at: str, name: str = "m", state: str = "issued", **changes: object) -> Meeting:
    issued = MeetingIssued(
        revision=1, base=0, title=f"Họp {name}", kind="", body="ubnd", place="Tầng 2",
        starts_at=starts_at, chair="chair", secretaries=("three",),
        people=(Invited(person="two"), Invited(person="three"), Invited(person="chair")),
        agenda=(AgendaItem(item="i", title="A", presenter="two", minutes=40),),
    )  # fmt: skip
    return Meeting(id=name, state=state, issued=msgspec.structs.replace(issued, **changes))


def test_a_meeting_lies_on_the_day_of_the_offices_clock():
    late = meeting("2026-11-23T18:30:00+00:00")  # half past one on Tuesday in Vietnam
    week = week_of([late], DIRECTORY, MONDAY)
    assert [len(day.engagements) for day in week.days] == [0, 1, 0, 0, 0, 0, 0]


def test_parts_of_the_day_part_at_noon_and_at_six():
    hours = ("07:30", "11:59", "12:00", "17:59", "18:00")
    rows = [meeting(f"2026-11-25T{hour}:00+07:00", hour) for hour in hours]
    day = week_of(rows, DIRECTORY, MONDAY).days[2]
    assert [len(day.of_part(part)) for part in PARTS] == [2, 2, 1]


def test_it_ends_when_its_agenda_does_or_an_hour_after():
    row = engagement_of(meeting("2026-11-25T08:00:00+07:00"), DIRECTORY)
    assert row.ends_at - row.starts_at == timedelta(minutes=40)
    row = engagement_of(meeting("2026-11-25T08:00:00+07:00", agenda=()), DIRECTORY)
    assert row.ends_at - row.starts_at == timedelta(hours=1)


def test_it_says_who_chairs_who_comes_and_who_prepares():
    row = engagement_of(meeting("2026-11-25T08:00:00+07:00"), DIRECTORY)
    assert row.chair.name == "Lý A Páo"
    assert [one.person for one in row.people] == ["three", "two"]
    assert row.units == ("Phòng Kinh tế",)


def test_an_online_one_says_who_invites_each_once():
    links = tuple(
        OnlineLink(link=f"l{n}", title="", url="", organiser="UBND tỉnh", site="Tầng 2")
        for n in range(2)
    )
    row = engagement_of(meeting("2026-11-25T08:00:00+07:00", links=links), DIRECTORY)
    assert row.is_online and row.organisers == ("UBND tỉnh",) and row.sites == ("Tầng 2",)


def test_a_meeting_without_an_hour_is_in_no_week():
    assert engagement_of(meeting(""), DIRECTORY) is None
    assert engagement_of(meeting("tomorrow"), DIRECTORY) is None
    assert engagement_of(Meeting(id="m"), DIRECTORY) is None


def test_of_one_body_only_its_meetings():
    rows = [
        meeting("2026-11-25T08:00:00+07:00", "a"),
        meeting("2026-11-25T09:00:00+07:00", "b", body="hdnd"),
    ]
    week = week_of(rows, DIRECTORY, MONDAY, "hdnd")
    assert [row.meeting for row in week.engagements] == ["b"]


def test_saturday_and_sunday_show_where_there_is_something():
    assert len(week_of([], DIRECTORY, MONDAY).shown_days) == 5
    saturday = meeting("2026-11-28T08:00:00+07:00")
    assert len(week_of([saturday], DIRECTORY, MONDAY).shown_days) == 6
    sunday = meeting("2026-11-29T08:00:00+07:00")
    assert len(week_of([sunday], DIRECTORY, MONDAY).shown_days) == 7


def test_on_a_free_weekend_the_wall_shows_the_coming_week():
    saturday = datetime(2026, 11, 28, 9, tzinfo=ZONE)
    assert week_to_show([], DIRECTORY, saturday).monday == date(2026, 11, 30)
    today = [meeting("2026-11-28T14:00:00+07:00")]
    assert week_to_show(today, DIRECTORY, saturday).monday == MONDAY
    assert week_to_show([], DIRECTORY, saturday - timedelta(days=1)).monday == MONDAY


@given(st.lists(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)), max_size=12))
def test_every_meeting_is_in_exactly_one_week_day_and_part(moments):
    rows = [meeting(one.replace(tzinfo=ZONE).isoformat(), str(n)) for n, one in enumerate(moments)]
    found = []
    for monday in {monday_of(one.date()) for one in moments}:
        for day in week_of(rows, DIRECTORY, monday).days:
            for part in PARTS:
                found += [row.meeting for row in day.of_part(part)]
    assert sorted(found) == sorted(row.id for row in rows)
