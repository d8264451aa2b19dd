"""A weekly schedule that the program wrote is read in as it was."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from docx import Document
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from meetingroom.domain.directory import Directory
from meetingroom.domain.facts import BodySet, OfficeFounded, OnlineLink, PersonSet
from meetingroom.domain.invitation import Letter, Part
from meetingroom.domain.office_schedule import form_for, person_words
from meetingroom.domain.office_week import Engagement, Week, with_rows
from meetingroom.invitations.received import meetings_in
from meetingroom.invitations.weekly import WeekEntry, read_week
from meetingroom.office.schedule_document import schedule_document

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY, WRITTEN = date(2026, 11, 23), date(2026, 11, 20)
DIRECTORY = Directory(
    office=OfficeFounded(office="o", name="UBND xã Mẫu Sơn"),
    bodies={
        "ubnd": BodySet(body="ubnd", name="UBND xã Mẫu Sơn"),
        "dang_uy": BodySet(body="dang_uy", name="Đảng ủy xã Mẫu Sơn"),
    },
    people={"v": PersonSet(person="v", name="Lý Thị Sáo", title="Chánh Văn phòng")},
)
CHAIRS = (
    PersonSet(person="c", name="Lý A Páo", title="Chủ tịch UBND xã"),
    PersonSet(person="d", name="Nông Thị Hiền", title="Phó Bí thư Thường trực Đảng ủy"),
)
TITLES = (
    "Giao ban đầu tuần lãnh đạo UBND xã",
    "Phiên họp thường kỳ UBND xã tháng 11 năm 2026",
    "Hội nghị trực tuyến toàn tỉnh về phòng, chống đói, rét cho vật nuôi vụ đông",
    "Kiểm tra sản xuất tại thôn Nậm Chạc và thôn Sín Chải",
    "Kỳ họp thứ 3 HĐND xã khóa II, nhiệm kỳ 2026-2031 (phiên trù bị)",
    "Tiếp công dân định kỳ",
)
PLACES = ("Hội trường tầng 2", "Nhà văn hóa thôn Sín Chải", "Phòng họp số 1, UBND xã", "")
UNITS = ((), ("Phòng Kinh tế",), ("Phòng Văn hóa - Xã hội",))
LINK = OnlineLink(link="l", title="", url="", organiser="UBND tỉnh Lào Cai", site="Phòng họp số 1")


def row(day: int, hour: int, minute: int, **said: object) -> Engagement:
    start = datetime.combine(MONDAY + timedelta(days=day), datetime.min.time(), ZONE)
    start += timedelta(hours=hour, minutes=minute)
    end = start + timedelta(hours=1)
    return Engagement(meeting=f"{day}-{hour}-{minute}", starts_at=start, ends_at=end, **said)


def letter_of(rows: list[Engagement], body: str) -> Letter:
    """The document as a letter: its paragraphs and tables in their order."""
    week = with_rows(Week(monday=MONDAY, days=()), rows)
    form = form_for(DIRECTORY, body, WRITTEN, replaces_invitations=True)
    document = Document(io.BytesIO(schedule_document(week, form)))
    lines: list[str] = []
    for block in document.iter_inner_content():
        cells = block.rows[0].cells if hasattr(block, "rows") else ()
        lines += [cell.text for cell in cells] if cells else [getattr(block, "text", "")]
    return Letter(parts=(Part(text="\n".join(lines)),))


def said(one: Engagement | WeekEntry) -> tuple[str, ...]:
    if isinstance(one, WeekEntry):
        return (one.starts_at, one.title, one.place, one.chair, one.unit, one.organiser, one.site)
    return (
        one.starts_at.isoformat(), one.title, one.place,
        person_words(one.chair) if one.chair else "", ", ".join(one.units),
        ", ".join(one.organisers), ", ".join(one.sites),
    )  # fmt: skip


ROWS = st.builds(
    row, st.integers(0, 6), st.integers(6, 21), st.sampled_from((0, 5, 30, 45)),
    title=st.sampled_from(TITLES), place=st.sampled_from(PLACES),
    chair=st.sampled_from((*CHAIRS, None)), units=st.sampled_from(UNITS),
    people=st.sampled_from(((), CHAIRS)), links=st.sampled_from(((), (LINK,))),
)  # fmt: skip


@hypothesis(max_examples=40)
@given(
    st.lists(ROWS, min_size=1, max_size=14, unique_by=lambda one: one.meeting),
    st.sampled_from(("", "ubnd", "dang_uy")),
)
def test_what_was_written_is_read_the_same(rows: list[Engagement], body: str) -> None:
    week = read_week(letter_of(rows, body), WRITTEN)
    assert week is not None and week.begins == MONDAY.isoformat() and week.replaces_invitations
    timed = [entry for entry in week.entries if entry.starts_at]
    assert [said(one) for one in timed] == [said(one) for one in sorted(rows, key=_order)]


def _order(one: Engagement) -> tuple[datetime, str]:
    return (one.starts_at, one.title)


def test_neither_who_receives_nor_who_signs_is_a_meeting() -> None:
    letter = letter_of([row(0, 8, 0, title=TITLES[0])], "ubnd")
    (found,) = [one for one in meetings_in(letter, WRITTEN) if one.starts_at]
    assert found.title == TITLES[0]
    assert not any("Lưu" in (one.title or "") for one in meetings_in(letter, WRITTEN))


def test_who_invites_and_the_own_site_are_proposed() -> None:
    letter = letter_of([row(0, 8, 0, title=TITLES[2], links=(LINK,))], "ubnd")
    (found,) = [one for one in meetings_in(letter, WRITTEN) if one.starts_at]
    assert (found.organiser, found.site) == ("UBND tỉnh Lào Cai", "Phòng họp số 1")


def test_a_free_day_is_no_meeting() -> None:
    letter = letter_of([row(0, 8, 0, title=TITLES[0])], "")
    assert len(meetings_in(letter, WRITTEN)) == 1
