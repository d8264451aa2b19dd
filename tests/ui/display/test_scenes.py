"""What five metres away can be read: sizes and contrast of every scene."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtGui import QImage, QPainter

from meetingroom.domain.directory import Directory
from meetingroom.domain.facts import (
    AgendaItem,
    Invited,
    MeetingIssued,
    OfficeFounded,
    OnlineLink,
    PersonSet,
    SceneShown,
)
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.stage import scenes
from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.theme import load_theme

LONG = "Hội nghị trực tuyến toàn tỉnh về phòng, chống đói, rét cho cây trồng, vật nuôi vụ đông"
LINK = OnlineLink(link="link-1", title=LONG, url="https://us02web.zoom.us/j/81234567890")


class NotingBrush(Brush):
    """Paints, and notes every line of words: (words, height in px, ink role, right end)."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.noted: list[tuple[str, int, str, float]] = []

    def line(self, x, y, text, role, ink="ink", weight=500):
        end = super().line(x, y, text, role, ink, weight)
        self.noted.append((text, self.font(role, weight).pixelSize(), ink, end))
        return end

    def title(self, y, text, role="title", room=0.0):
        end = super().title(y, text, role, room)
        self.noted.append((text, self.painter.font().pixelSize(), "title", 0.0))
        return end


def world(people: int) -> tuple[Meeting, Directory]:
    """A running meeting with so many people and long words everywhere."""
    known = {
        f"person-{n}": PersonSet(
            person=f"person-{n}", name=f"Nguyễn Thị Minh Phượng {n}", title="Phó Giám đốc", order=n
        )
        for n in range(people)
    }
    started = datetime.now(UTC) - timedelta(minutes=33)
    issued = MeetingIssued(
        revision=1, base=0, title=LONG, kind="other", body="", place="Hội trường tầng 2",
        starts_at=(datetime.now(UTC) + timedelta(minutes=12)).isoformat(), chair="person-0",
        secretaries=("person-1",), people=tuple(Invited(person=key) for key in known),
        agenda=tuple(
            AgendaItem(item=f"item-{n}", title=LONG, presenter="person-1", minutes=40)
            for n in range(3)
        ),
        links=(LINK,),
    )  # fmt: skip
    meeting = Meeting(
        id="meeting-1", issued=issued, state="open", current_item="item-1",
        item_started_at=started.isoformat(), scene=SceneShown(scene="item"),
    )  # fmt: skip
    office = OfficeFounded(office="office-1", name="Ủy ban nhân dân xã Mẫu Sơn")
    return meeting, Directory(office=office, people=known)


def painted(height: int, people: int = 60) -> list[tuple[str, int, str, float]]:
    """The words of all scenes on a screen of this height."""
    meeting, directory = world(people)
    image = QImage(height * 16 // 9, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    theme = load_theme("dark", for_display=True)
    brush = NotingBrush(painter, theme, image.width(), image.height())
    scenes.paint_idle(brush, "Ủy ban nhân dân xã Mẫu Sơn", meeting)
    scenes.paint_lobby(brush, meeting, directory)
    scenes.paint_item(brush, meeting, directory)
    scenes.paint_online(brush, meeting, LINK, join=True)
    scenes.paint_break(brush, meeting)
    words, ink = scenes.time_words_left(meeting)
    scenes.paint_strip(brush, "2.1", LONG, "15 / 48", words, ink)
    painter.end()
    return brush.noted


@pytest.mark.parametrize("height", [768, 1080, 2160])
def test_no_word_is_smaller_than_a_36th_of_the_screen(qapp, height):
    small = [row for row in painted(height) if row[1] < height / 36 - 0.5]
    assert small == []


@pytest.mark.parametrize("height", [768, 1080, 2160])
def test_titles_are_at_least_an_18th_of_the_screen(qapp, height):
    titles = [row[1] for row in painted(height) if row[2] == "title"]
    assert min(titles) >= height / 18 - 0.5


def test_no_words_leave_the_screen(qapp):
    wide = 1080 * 16 / 9
    assert [row for row in painted(1080) if row[3] > wide] == []


def test_every_ink_on_the_screen_has_a_contrast_of_seven(qapp):
    theme = load_theme("dark", for_display=True)

    def light(colour):
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    ground = light(theme.colour("desk"))
    inks = {row[2] for row in painted(1080)} - {"title"} | {"ink", "live", "good"}
    weak = [i for i in inks if (light(theme.colour(i)) + 0.05) / (ground + 0.05) < 7]
    assert weak == []


def test_names_that_have_no_room_are_counted(qapp):
    words = [row[0] for row in painted(1080, people=60)]
    shown = sum(text.startswith("Nguyễn Thị") for text in words)
    told = [text for text in words if text.startswith(("and ", "và "))]
    assert len(told) == 1
    assert shown >= 20


def test_all_names_show_where_they_have_room(qapp):
    words = [row[0] for row in painted(1080, people=23)]
    assert not any(text.startswith(("and ", "và ")) for text in words)


def test_a_service_is_called_by_its_name_and_an_unknown_one_by_its_host():
    assert scenes.service_of("https://us02web.zoom.us/j/8123") == "Zoom"
    assert scenes.service_of("https://hop.laocai.gov.vn/x") == "hop.laocai.gov.vn"
    assert scenes.service_of("https://evilzoom.us/j/1") == "evilzoom.us"
