"""The weekly schedule as a document, read back with a library of its own."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from docx import Document
from docx.shared import Pt
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from meetingroom.domain.directory import Directory
from meetingroom.domain.facts import BodySet, OfficeFounded, OnlineLink, PersonSet
from meetingroom.domain.office_schedule import (
    REPLACES,
    ScheduleForm,
    form_for,
    is_one_of,
    people_words,
    person_words,
    schedule_lines,
)
from meetingroom.domain.office_week import Engagement, Week, with_rows
from meetingroom.office.schedule_document import (
    MOTTO,
    NATION,
    NO_NUMBER,
    PARTY_HEAD,
    schedule_document,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = date(2026, 2, 9)
CHAIR = PersonSet(person="c", name="Lý A Páo", title="Chủ tịch UBND xã")
ECONOMY = PersonSet(person="e", name="Bàn Văn Dũng", title="Trưởng phòng", unit="Phòng Kinh tế")
DIRECTORY = Directory(
    office=OfficeFounded(office="o", name="UBND xã Mẫu Sơn", place_name="Mẫu Sơn"),
    bodies={
        "ubnd": BodySet(body="ubnd", name="UBND xã Mẫu Sơn"),
        "dang_uy": BodySet(
            body="dang_uy", name="Đảng ủy xã", letterhead=("ĐẢNG BỘ TỈNH", "ĐẢNG ỦY XÃ")
        ),
    },
)  # fmt: skip


def row(hour: str = "08:00", day: int = 0, **changes: object) -> Engagement:
    start = datetime.fromisoformat(f"{MONDAY + timedelta(days=day)}T{hour}:00+07:00")
    made = Engagement(
        meeting=f"m{day}{hour}", title="Họp giao ban", starts_at=start.astimezone(ZONE),
        ends_at=start + timedelta(hours=1), place="Phòng họp tầng 2", chair=CHAIR,
        people=(ECONOMY,), units=("Phòng Kinh tế",),
    )  # fmt: skip
    return msgspec.structs.replace(made, **changes)


def week(*rows: Engagement) -> Week:
    return with_rows(Week(monday=MONDAY, days=()), rows)


def form(body: str = "ubnd", **changes: object) -> ScheduleForm:
    made = form_for(DIRECTORY, body, date(2026, 2, 6), replaces_invitations=True)
    return msgspec.structs.replace(made, **changes)


def read(shown: Week, around: ScheduleForm):
    return Document(io.BytesIO(schedule_document(shown, around)))


def texts(document) -> list[str]:
    return [one.text for one in document.paragraphs if one.text]


def cell(document, table: int, column: int) -> list[str]:
    return [one.text for one in document.tables[table].rows[0].cells[column].paragraphs]


def test_the_page_is_as_the_decree_wants_it() -> None:
    document = read(week(row()), form())
    section, style = document.sections[0], document.styles["Normal"]
    assert [round(one.mm) for one in (section.page_width, section.left_margin)] == [210, 30]
    assert (style.font.name, style.font.size) == ("Times New Roman", Pt(14))
    assert section.different_first_page_header_footer
    assert (
        "PAGE" in section.header._element.xml
        and "PAGE" not in section.first_page_header._element.xml
    )


def test_the_head_names_who_issues_it_and_the_state() -> None:
    document = read(week(row()), form())
    left, right = cell(document, 0, 0), cell(document, 0, 1)
    assert left[:2] == ["ỦY BAN NHÂN DÂN", "XÃ MẪU SƠN"] and f"Số:{NO_NUMBER}/LCT-UBND" in left
    assert right[0] == NATION and MOTTO in right
    assert "Mẫu Sơn, ngày 06 tháng 02 năm 2026" in right


def test_the_party_has_a_head_of_its_own() -> None:
    document = read(week(row()), form("dang_uy"))
    left, right = cell(document, 0, 0), cell(document, 0, 1)
    assert right[0] == PARTY_HEAD and NATION not in right and MOTTO not in right
    assert "*" in left and f"Số{NO_NUMBER}-LCT/ĐU" in left


def test_title_week_days_and_entries_stand_as_offices_write_them() -> None:
    told = texts(read(week(row(), row("14:05", 2)), form()))
    assert told[:3] == [
        "LỊCH LÀM VIỆC CỦA LÃNH ĐẠO UBND XÃ MẪU SƠN",
        "(Tuần thứ 07, từ ngày 09/02/2026 đến ngày 15/02/2026)",
        REPLACES,
    ]
    assert told[3:8] == [
        "THỨ HAI (09/02/2026):",
        "* SÁNG:",
        "1. 08 giờ 00': Họp giao ban (Giao Phòng Kinh tế chuẩn bị nội dung).",
        "Chủ trì: Lý A Páo, Chủ tịch UBND xã.",
        "Thành phần tham dự: Trưởng phòng Kinh tế.",
    ]
    assert "* CHIỀU:" in told and any("14 giờ 05'" in line for line in told)
    assert told[-1].endswith("./.")


def test_a_whole_offices_schedule_without_replacing_invitations() -> None:
    told = texts(read(week(row()), form("", replaces_invitations=False)))
    assert told[0] == "LỊCH CÔNG TÁC TUẦN" and REPLACES not in told


def test_an_online_meeting_says_who_calls_it_and_from_where() -> None:
    link = OnlineLink(
        link="l", title="", url="https://x/y?tk=1", organiser="UBND tỉnh", site="Tầng 2"
    )
    told = [line.text for line in schedule_lines(week(row(links=(link,))))]
    assert "Đơn vị triệu tập: UBND tỉnh." in told and "Điểm cầu: Tầng 2." in told
    assert not any("https" in line for line in told)


def test_what_was_cancelled_is_left_out_and_an_empty_day_says_so() -> None:
    told = [line.text for line in schedule_lines(week(row(state="cancelled")))]
    assert not any("giao ban" in line for line in told)
    assert told.count("Không có lịch họp.") == 5


def test_titles_that_several_have_come_with_names() -> None:
    one = PersonSet(person="1", name="A", title="Chuyên viên")
    other = PersonSet(person="2", name="B", title="Chuyên viên")
    assert people_words((one, other, CHAIR)) == "A, Chuyên viên; B, Chuyên viên; Chủ tịch UBND xã"


def test_a_title_that_tells_its_unit_in_short_is_not_followed_by_it() -> None:
    chair = msgspec.structs.replace(CHAIR, unit="Ủy ban nhân dân xã")
    assert person_words(chair) == "Lý A Páo, Chủ tịch UBND xã"
    commander = PersonSet(person="q", name="Q", title="Chỉ huy trưởng", unit="Ban CHQS xã")
    assert person_words(commander) == "Q, Chỉ huy trưởng Ban CHQS xã"


def test_columns_are_as_wide_for_every_program() -> None:
    [head, _foot] = read(week(row()), form()).tables
    cells = [cell.width for cell in head.rows[0].cells]
    assert cells == [column.width for column in head.columns]
    assert cells[0] < cells[1]


def test_who_signs_stands_at_the_right_and_who_receives_it_at_the_left() -> None:
    document = read(week(row()), form(signer_name="Lý Thị Sáo"))
    assert cell(document, 1, 0)[0] == "Nơi nhận:" and "- Lưu: VT." in cell(document, 1, 0)
    assert cell(document, 1, 1)[:2] == ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]
    assert cell(document, 1, 1)[-1] == "Lý Thị Sáo"


@hypothesis(max_examples=25)
@given(st.text(max_size=200), st.text(max_size=60))
def test_any_letters_make_a_document_that_opens(title: str, place: str) -> None:
    document = read(week(row(title=title, place=place)), form())
    assert sum("08 giờ 00'" in line for line in texts(document)) == 1


def test_a_body_that_the_office_has_not_has_no_schedule() -> None:
    assert is_one_of(DIRECTORY, "") and is_one_of(DIRECTORY, "ubnd")
    assert not is_one_of(DIRECTORY, "hdnd")
    assert is_one_of(Directory(), "words of an office without bodies")


def test_a_long_head_and_signs_no_document_may_hold_make_a_document_all_the_same() -> None:
    around = form(
        title="LỊCH\x0b " + "A" * 300, letterhead=("Ủ" * 140, "X" * 140), sign="LCT\x00-A",
    )  # fmt: skip
    document = read(week(row(title="=1+1\x01")), around)
    assert len(document.core_properties.title) == len(document.core_properties.author) == 255
    assert any("=1+1" in words for words in texts(document))
