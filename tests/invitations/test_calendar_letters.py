"""Calendar files become letters, also broken ones; of what comes again the next time counts."""

from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

import icalendar
import pytest

from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Event, Letter
from meetingroom.invitations.files import read_letter_bytes, read_letter_file

TODAY = date(2026, 11, 25)  # a Wednesday


def read(text: str | bytes) -> Letter:
    data = text.encode() if isinstance(text, str) else text
    return read_letter_bytes("a.ics", data, None, TODAY)


def calendar(*rows: str, head: str = "") -> str:
    return "\r\n".join(
        ("BEGIN:VCALENDAR", *filter(None, [head]), "BEGIN:VEVENT", "UID:1", *rows, "END:VEVENT",
         "END:VCALENDAR", "")
    )  # fmt: skip


def event(*rows: str, head: str = "") -> Event:
    (found,) = read(calendar(*rows, head=head)).events
    return found


def test_what_a_calendar_library_writes_is_read_whole():
    made, one = icalendar.Calendar(), icalendar.Event()
    made.add("method", "REQUEST")
    one.add("summary", "Họp trực tuyến, toàn tỉnh; đợt 2")
    one.add("dtstart", datetime(2026, 12, 1, 1, 0, tzinfo=UTC))
    one.add("dtend", datetime(2026, 12, 1, 3, 30, tzinfo=UTC))
    one.add("location", "Điểm cầu xã")
    one.add("description", "Dòng một\nhttps://zoom.us/j/" + "9" * 60 + "\nMã: 1")
    one.add("organizer", "mailto:so@laocai.gov.vn", parameters={"CN": "Sở Nội vụ"})
    made.add_component(one)
    letter = read(made.to_ical())
    (found,) = letter.events
    assert (found.title, found.place) == ("Họp trực tuyến, toàn tỉnh; đợt 2", "Điểm cầu xã")
    assert (found.starts_at, found.ends_at) == (
        "2026-12-01T08:00:00+07:00", "2026-12-01T10:30:00+07:00",
    )  # fmt: skip
    assert found.organiser == letter.sender == "Sở Nội vụ"
    assert "https://zoom.us/j/" + "9" * 60 + "\nMã: 1" in letter.parts[0].text


@pytest.mark.parametrize(
    ("row", "starts"),
    [
        ("DTSTART:20261201T080000", "2026-12-01T08:00:00+07:00"),
        ("DTSTART:20261201T010000Z", "2026-12-01T08:00:00+07:00"),
        ("DTSTART;TZID=SE Asia Standard Time:20261201T080000", "2026-12-01T08:00:00+07:00"),
        ("DTSTART;TZID=Asia/Tokyo:20261201T100000", "2026-12-01T08:00:00+07:00"),
        ("DTSTART;TZID=Nowhere:20261201T080000", "2026-12-01T08:00:00+07:00"),
        ("DTSTART:20261301T080000", ""),
    ],
)
def test_times_are_told_in_the_offices_zone(row: str, starts: str):
    assert event(row, "SUMMARY:x").starts_at == starts


def test_a_zone_of_the_files_own_is_used():
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
        "TZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    )
    assert event("DTSTART;TZID=Ours:20261201T100000", head=zone).starts_at[11:16] == "08:00"


def test_an_entry_for_whole_days_says_so():
    found = event("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261202")
    assert found.is_all_day
    assert found.starts_at == "2026-12-01T00:00:00+07:00"


def test_a_duration_is_an_end():
    found = event("DTSTART:20261201T080000", "DURATION:PT1H30M")
    assert found.ends_at == "2026-12-01T09:30:00+07:00"


@pytest.mark.parametrize(
    ("rows", "starts"),
    [
        (("RRULE:FREQ=WEEKLY;BYDAY=MO",), "2026-11-30"),
        (("RRULE:FREQ=WEEKLY;BYDAY=MO", "EXDATE:20261130T080000"), "2026-12-07"),
        (("RRULE:FREQ=WEEKLY;UNTIL=20260101T000000Z",), "2020-01-06"),
        (("RRULE:FREQ=WEEKLY;COUNT=3",), "2020-01-06"),
        (("RRULE:FREQ=MONTHLY;BYDAY=2FR",), "2026-12-11"),
        (("RRULE:FREQ=SECONDLY",), "2020-01-06"),
        (("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",), "2020-01-06"),
        (("RDATE:20261126T080000,20270101T080000",), "2026-11-26"),
    ],
)
def test_of_what_comes_again_the_next_time_counts(rows: tuple[str, ...], starts: str):
    found = event("DTSTART:20200106T080000", "DTEND:20200106T093000", *rows)
    assert found.starts_at == f"{starts}T08:00:00+07:00"
    assert found.ends_at == f"{starts}T09:30:00+07:00"


def test_a_time_that_was_moved_is_told_once_and_where_it_is_now():
    text = calendar("DTSTART:20200106T080000", "RRULE:FREQ=WEEKLY;BYDAY=MO", "SUMMARY:giao ban")
    moved = (
        "BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID:20261130T080000\r\nDTSTART:20261127T140000\r\n"
        "SUMMARY:giao ban (dời)\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )
    (found,) = read(text.replace("END:VCALENDAR", moved)).events
    assert (found.title, found.starts_at) == ("giao ban (dời)", "2026-11-27T14:00:00+07:00")


@pytest.mark.parametrize(("head", "row"), [("METHOD:CANCEL", "X:1"), ("", "STATUS:CANCELLED")])
def test_a_meeting_called_off_says_so(head: str, row: str):
    assert event("DTSTART:20261201T080000", row, head=head).is_cancelled


def test_addresses_of_the_conference_are_links():
    letter = read(
        calendar(
            "SUMMARY:x",
            "CONFERENCE;VALUE=URI;LABEL=Vào họp:https://zoom.us/j/12",
            "X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij",
            "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/x",
            'X-ALT-DESC;FMTTYPE=text/html:<a href="https://meet.jit.si/xa">phòng</a>',
        )
    )  # fmt: skip
    assert {part.text: part.shown for part in letter.parts if part.how == "link"} == {
        "https://meet.google.com/abc-defg-hij": "",
        "https://teams.microsoft.com/l/meetup-join/x": "",
        "https://zoom.us/j/12": "Vào họp",
        "https://meet.jit.si/xa": "phòng",
    }
    assert letter.events[0].url == "https://meet.google.com/abc-defg-hij"


def test_what_stands_behind_a_description_is_read():
    html = quote('<a href="https://zoom.us/j/1">v</a>')
    assert (
        read(calendar(f'DESCRIPTION;ALTREP="data:text/html,{html}":v')).parts[-1].text
        == "https://zoom.us/j/1"
    )


def test_a_fold_within_a_letter_is_undone():
    data = (
        calendar("SUMMARY:Họp trực tuyến").encode().replace(b"\xe1\xbb\x8d", b"\xe1\xbb\r\n \x8d")
    )
    assert read(data).events[0].title == "Họp trực tuyến"


@pytest.mark.parametrize("part", range(5, 20))
def test_a_calendar_cut_off_anywhere_gives_what_is_there(part: int):
    whole = calendar("DTSTART:20261201T080000", "SUMMARY:Họp trực tuyến", "LOCATION:hội trường")
    cut = whole.encode()[: len(whole.encode()) * part // 20]
    letter = read(cut)
    assert letter.events
    if part > 17:
        assert letter.events[0].title == "Họp trực tuyến"


def test_a_calendar_without_a_word_of_an_event_says_so():
    with pytest.raises(PaperError, match=r"letter\.no_words"):
        read("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n")


def test_rows_that_are_none_are_left_out():
    found = event("DTSTART:20261201T080000", "=garbage", ";;;:", "SUMMARY:Họp", "RRULE:FREQ=NEVER")
    assert (found.title, found.starts_at) == ("Họp", "2026-12-01T08:00:00+07:00")


def test_of_many_events_the_coming_ones_come_first():
    head, tail = "BEGIN:VCALENDAR\r\n", "END:VCALENDAR"
    rows = [
        f"BEGIN:VEVENT\r\nUID:{day}\r\nDTSTART:2026{month:02}{day:02}T080000\r\nEND:VEVENT\r\n"
        for month in (1, 12) for day in range(1, 29)
    ]  # fmt: skip
    starts = [one.starts_at[:7] for one in read(head + "".join(rows) + tail).events]
    assert len(starts) == 50
    assert starts[:28] == ["2026-12"] * 28


def test_the_calendar_of_the_corpus_is_read(corpus: Path):
    letter = read_letter_file(corpus / "invitations" / "oci_runtime-spec_meeting.ics", None, TODAY)
    assert letter.events[0].place == "https://www.uberconference.com/opencontainers"
    assert letter.events[0].starts_at.startswith("2026-12-03T05:00")
