"""Speakers at the display itself: the panel calls and stops, the time goes on without the hub."""

import pytest

from meetingroom.assembly import RunningHub
from meetingroom.ui.stage.floor_words import floor_time, strip_words

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def wall(office, display):
    """An unlocked display with its panel open; two wait to speak."""
    made = display()
    meeting, secretary = made.canvas.meeting_id, office.secretary
    secretary.leading.go_to_item(meeting, "item-2").result(10)
    for person in ("person-a", "person-b"):
        secretary.speaking.ask(meeting, person).result(10)
    office.wait(lambda: len(made.meeting.speaking.queue("item-2")) == 2)
    made.open_panel()
    return made


def press(wall, words):
    """Two touches: the speakers, then what is to be done."""
    wall.panel.scenes["speakers"].click()
    next(one for one in wall.panel.choices.buttons if one.text() == words).click()


def speaker(wall):
    return wall.meeting.speaking.speaker


def turns_at_the_secretary(office, wall):
    return office.secretary.desk.meeting(wall.canvas.meeting_id).speaking.turns()


def test_the_panel_calls_the_next_and_ends_the_speech(office, wall):
    press(wall, "Next speaker")
    office.wait(lambda: speaker(wall) and speaker(wall).person == "person-a")
    office.wait(lambda: wall.meeting.scene.scene == "speaker")
    press(wall, "End the speech")
    office.wait(lambda: speaker(wall) is None)
    office.wait(lambda: [turn for turn in turns_at_the_secretary(office, wall) if turn.ended_at])
    assert wall.panel.told.text() == ""


def test_the_time_goes_on_and_the_next_is_called_while_the_hub_is_away(office, wall):
    press(wall, "Next speaker")
    office.wait(lambda: speaker(wall) and speaker(wall).is_start_at_hub)
    office.hub.stop()
    office.wait(lambda: wall._context.desk.link_state.state != "online")
    before = floor_time(speaker(wall)).used
    office.wait(lambda: floor_time(speaker(wall)).used > before + 0.5)
    press(wall, "Next speaker")
    office.wait(lambda: speaker(wall).person == "person-b")
    assert strip_words(wall.meeting, wall._context.desk.directory)[0].startswith("Nông Thị Hiền")
    office.hub = RunningHub(office.root / "s", announces=False)
    office.hub.start()
    desk, meeting = office.secretary.desk, wall.canvas.meeting_id
    office.wait(lambda: desk.meeting(meeting).speaking.speaker.person == "person-b")
    first, second = desk.meeting(meeting).speaking.turns()
    assert first.ended_at == second.started_at
