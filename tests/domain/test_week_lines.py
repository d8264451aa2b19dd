"""Lines of a schedule that was read in: what is here already, and whom they name."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from meetingroom.domain.directory import Directory
from meetingroom.domain.facts import PersonSet
from meetingroom.domain.office_schedule import people_words
from meetingroom.domain.office_week import Engagement
from meetingroom.domain.week_lines import WeekLine, people_named, planned

START = datetime(2026, 11, 25, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
ROW = Engagement(
    meeting="m", title="Phiên họp thường kỳ UBND xã", starts_at=START, place="Hội trường",
    ends_at=START + timedelta(hours=1),
)  # fmt: skip
PEOPLE = (
    PersonSet(person="c", name="Lý A Páo", title="Chủ tịch UBND xã", order=1),
    PersonSet(person="d", name="Nông Thị Hiền", title="Phó Chủ tịch UBND xã", order=2),
    PersonSet(person="e", name="Bàn Văn Dũng", title="Trưởng phòng", unit="Phòng Kinh tế", order=3),
    PersonSet(person="f", name="Hà Văn Đội", title="Chuyên viên", unit="Phòng Kinh tế", order=4),
    PersonSet(person="g", name="Mã Thị Kim", title="Chuyên viên", unit="Phòng Kinh tế", order=5),
)
DIRECTORY = Directory(people={one.person: one for one in PEOPLE})


def known(title: str, hour: str = "08:00", place: str = "", day: int = 25) -> tuple[str, str]:
    line = WeekLine(title=title, place=place, starts_at=f"2026-11-{day}T{hour}:00+07:00")
    (one,) = planned([line], [ROW], DIRECTORY)
    return one.known, one.meeting


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (("phien hop thuong ky UBND xa.",), "same"),
        (("Phiên họp thường kỳ UBND xã tháng 11",), "same"),
        (("Họp khác", "08:00", "Hội trường"), "same"),
        (("Họp khác", "08:00", "Nhà văn hóa"), ""),
        (("Phiên họp thường kỳ UBND xã", "14:00"), "moved"),
        (("Phiên họp thường kỳ UBND xã", "14:00", "", 26), ""),
    ],
)
def test_what_is_here_already_is_recognised(line: tuple, expected: str) -> None:
    assert known(*line) == (expected, "m" if expected else "")


def test_people_are_named_by_name_or_by_a_title_of_their_own() -> None:
    assert people_named("Nông Thị Hiền, Phó Chủ tịch UBND xã", DIRECTORY) == ("d",)
    assert people_named("Chủ tịch UBND xã", DIRECTORY) == ("c",)
    assert people_named("Chuyên viên Phòng Kinh tế; trưởng thôn", DIRECTORY) == ()
    assert people_named("", DIRECTORY) == ()


def test_a_deputys_title_is_not_the_chairs() -> None:
    assert people_named("Phó Chủ tịch UBND xã", DIRECTORY) == ("d",)


def test_those_the_own_schedule_names_are_found_again() -> None:
    found = people_named(people_words(PEOPLE), DIRECTORY)
    assert found == ("c", "d", "e", "f", "g")
