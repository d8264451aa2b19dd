"""What five metres away can be read: sizes and contrast of every scene."""

import pytest
from PySide6.QtGui import QImage, QPainter
from scene_world import LONGEST, scenes_to_look_at

from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.stage.online_words import know_title, service_of
from meetingroom.ui.theme import load_theme


class NotingBrush(Brush):
    """Paints, and notes every line of words: (words, height in px, ink role, right end)."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.noted: list[tuple[str, int, str, float]] = []

    def line(self, x, y, text, role, ink="ink", weight=500):
        end = super().line(x, y, text, role, ink, weight)
        self.noted.append((text, self.font(role, weight).pixelSize(), ink, end))
        return end

    def title(self, y, text, role="title", room=0.0, most=2):
        end = super().title(y, text, role, room, most)
        self.noted.append((text, self.painter.font().pixelSize(), "title", 0.0))
        return end

    def words(self, y, text, bottom):
        end = super().words(y, text, bottom)
        self.noted.append((text, self.painter.font().pixelSize(), "ink", 0.0))
        assert end <= bottom
        return end


def painted(height: int, people: int = 60) -> list[tuple[str, int, str, float]]:
    """The words of all scenes on a screen of this height."""
    image = QImage(height * 16 // 9, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    theme = load_theme("dark", for_display=True)
    brush = NotingBrush(painter, theme, image.width(), image.height())
    for _name, paint in scenes_to_look_at(people):
        paint(brush)
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
    counts = [text for text in words if text.endswith((" more", " người khác"))]
    told = [text for text in counts if text.startswith(("and ", "và "))]
    assert len(told) == 1
    assert shown >= 20


def test_all_names_show_where_they_have_room(qapp):
    words = [row[0] for row in painted(1080, people=23)]
    assert not any(text.startswith(("and ", "và ")) for text in words)


def test_until_a_service_is_known_its_host_is_said():
    address = "https://us02web.zoom.us/j/8123"
    assert service_of(address) == "us02web.zoom.us"
    know_title(address, "Zoom")
    assert service_of(address) == "Zoom"
    assert service_of("https://evilzoom.us/j/1") == "evilzoom.us"


@pytest.mark.parametrize("height", [768, 1080, 2160])
def test_a_title_however_long_is_cut_at_a_word_and_stays_readable(qapp, height):
    image = QImage(height * 16 // 9, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    brush = Brush(painter, load_theme("dark", for_display=True), image.width(), height)
    line = brush.height_of("title", 700) * 0.6
    bottom = brush.title(0, f"{LONGEST} {LONGEST}", most=3)
    size = painter.font().pixelSize()
    painter.end()
    assert size >= height / 18
    assert bottom <= 3.2 * line


def test_a_word_without_a_space_stays_on_the_screen(qapp):
    image = QImage(1920, 1080, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    brush = Brush(painter, load_theme("dark", for_display=True), 1920, 1080)
    brush.title(0, "m" * 400)
    painter.end()
    right = [image.pixelColor(x, y).lightness() for x in range(1850, 1920) for y in range(300)]
    assert max(right) == 0
