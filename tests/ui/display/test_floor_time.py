"""A speaker's time: what the light, the digits and the words say, second for second."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtGui import QImage, QPainter
from scene_world import speaking, world

from meetingroom.domain.clock import tell_time_by
from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.stage.floor_words import FloorTime, floor_time, strip_words
from meetingroom.ui.stage.moments import warning_words
from meetingroom.ui.stage.speaker_scene import paint_speaker
from meetingroom.ui.theme import load_theme
from meetingroom.wording import choose_language


@pytest.mark.parametrize(
    ("used", "given", "light", "digits"),
    [
        (0, 300, "green", "05:00"),
        (239, 300, "green", "01:01"),
        (240, 300, "amber", "01:00"),
        (299.5, 300, "amber", "00:01"),
        (300, 300, "red", "+00:00"),
        (372, 300, "red", "+01:12"),
        (47, 60, "green", "00:13"),
        (48, 60, "amber", "00:12"),
        (3725, 0, "none", "62:05"),
    ],
)
def test_the_light_turns_amber_before_the_end_and_red_after_it(used, given, light, digits) -> None:
    time = FloorTime(used, given)
    assert (time.light, time.digits) == (light, digits)


def test_each_light_has_words_of_its_own(qapp) -> None:
    words = {FloorTime(used, given).words for used, given in ((0, 9), (8, 9), (10, 9), (5, 0))}
    assert len(words) == 4


def test_the_clock_goes_on_by_the_rooms_time_without_anybody_telling(qapp) -> None:
    meeting, directory = world(8)
    meeting = speaking(meeting, used=10)
    then = datetime.now(UTC) + timedelta(seconds=60)
    tell_time_by(lambda: then)
    try:
        assert 69 <= floor_time(meeting.speaking.speaker).used <= 71
        assert "03:5" in strip_words(meeting, directory)[0]
    finally:
        tell_time_by(lambda: datetime.now(UTC))


def painted(meeting, directory) -> QImage:
    image = QImage(1280, 720, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_speaker(
        Brush(painter, load_theme("dark", for_display=True), 1280, 720), meeting, directory
    )
    painter.end()
    return image


def test_where_nobody_speaks_or_waits_the_room_sees_the_item(qapp) -> None:
    meeting, directory = world(8)
    empty = painted(speaking(meeting, waiting=0), directory)
    assert empty != painted(speaking(meeting, waiting=2), directory)
    assert empty != painted(speaking(meeting, used=5, waiting=0), directory)


@pytest.mark.parametrize(
    ("rest", "words"), [(500, ""), (100, "Ending soon · "), (-1, "Over time · ")]
)
def test_the_time_of_an_item_warns_in_words_too(rest, words) -> None:
    choose_language("en")
    assert warning_words((rest, 600)) == words
