"""Calendar files, read back as calendar programs do."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from meetingroom.domain.facts import OnlineLink, PersonSet
from meetingroom.domain.office_week import Engagement
from meetingroom.office.calendar_file import MEDIA_TYPE, calendar_file

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2026, 11, 25, 8, 0, tzinfo=ZONE)
LINK = OnlineLink(
    link="l", title="", url="https://zoom.us/j/812?tk=a-secret", secret="s", organiser="UBND tỉnh",
    site="Phòng họp tầng 2", meeting_number="812 345", contact="0912 000 111",
)  # fmt: skip
ROW = Engagement(
    meeting="meeting-1", title="Phiên họp thường kỳ", starts_at=START,
    ends_at=START + timedelta(hours=2), place="Hội trường", body_name="UBND xã", revision=3,
    chair=PersonSet(person="p", name="Lý A Páo", email="a@b.vn"), links=(LINK,),
    issued_at="2026-11-20T01:02:03.000Z",
)  # fmt: skip
LETTERS = st.text(st.characters(codec="utf-8"), max_size=300)


def read(*rows: Engagement) -> list:
    written = calendar_file(rows, "office-1", "Lịch họp")
    return list(Calendar.from_ical(written).walk("VEVENT"))


def test_a_meeting_reads_back_as_it_is() -> None:
    (event,) = read(ROW)
    assert event["uid"] == "meeting-1@office-1" and event["sequence"] == 3
    assert event["summary"] == "Phiên họp thường kỳ" and event["location"] == "Hội trường"
    assert event.start == START and event.end == START + timedelta(hours=2)
    assert event["status"] == "CONFIRMED" and "Lý A Páo" in event["description"]


def test_times_stand_in_utc_which_every_program_reads_alike() -> None:
    written = calendar_file([ROW], "office-1", "x")
    assert b"DTSTART:20261125T010000Z" in written and b"DTSTAMP:20261120T010203Z" in written


def test_a_cancelled_one_says_so_and_comes_after_what_it_cancels() -> None:
    (event,) = read(msgspec.structs.replace(ROW, state="cancelled"))
    assert event["status"] == "CANCELLED" and event["sequence"] == 4


def test_the_next_revision_replaces_the_one_before() -> None:
    (old,), (new,) = read(ROW), read(msgspec.structs.replace(ROW, revision=4))
    assert old["uid"] == new["uid"] and new["sequence"] > old["sequence"]


def test_neither_links_nor_numbers_nor_contacts_nor_mail_addresses_are_in_it() -> None:
    written = calendar_file([ROW], "office-1", "x").decode().replace("\r\n ", "")
    for secret in ("zoom.us", "a-secret", "812", "0912", "a@b.vn"):
        assert secret not in written
    assert "UBND tỉnh" in written and "Phòng họp tầng 2" in written


def test_the_method_is_the_same_in_the_file_and_in_its_kind() -> None:
    calendar = Calendar.from_ical(calendar_file([ROW], "o", "Lịch"))
    assert f"method={calendar['method']}" in MEDIA_TYPE


def test_the_same_meetings_give_the_same_bytes() -> None:
    assert calendar_file([ROW], "o", "x") == calendar_file([ROW], "o", "x")


@given(title=LETTERS, place=LETTERS, name=LETTERS)
def test_any_letters_make_a_file_that_reads_back(title: str, place: str, name: str) -> None:
    row = msgspec.structs.replace(ROW, title=title, place=place)
    written = calendar_file([row], "office-1", name)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert _letters(str(event["summary"])) == _letters(title)
    assert event["uid"] == "meeting-1@office-1" and event.start == START


def _letters(text: str) -> str:
    return "".join(c for c in text if c > " " and c not in "\x7f\x85" and c.strip())


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.integers(1, 24 * 60))
def test_any_hour_reads_back(moment: datetime, minutes: int) -> None:
    start = moment.replace(tzinfo=ZONE, microsecond=0)
    end = start + timedelta(minutes=minutes)
    (event,) = read(msgspec.structs.replace(ROW, starts_at=start, ends_at=end))
    assert event.start == start and event.end == end
