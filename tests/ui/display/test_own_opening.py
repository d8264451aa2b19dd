"""The display enters an online meeting by itself: seen coming, once, and not against a word."""

from datetime import timedelta

import pytest
from online_meeting import ADDRESS, online_meeting
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from told_time import told_time

from meetingroom.domain.facts import MotionPut
from meetingroom.ui.display.room_display import RoomDisplay
from meetingroom.ui.stage.moments import local, now

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "support raise")


@pytest.fixture
def made(office, room_display, request):
    """An unlocked display of an open meeting that starts in two hours and opens itself."""
    with told_time() as time:
        starts_at = (now() + timedelta(hours=2)).isoformat()
        said = {"opens_itself": True, **getattr(request, "param", {})}
        meeting = online_meeting(office, draft={"starts_at": starts_at}, **said)
        shown = room_display(meeting)
        shown.opened = office.programs.opened
        leading = office.secretary.leading
        leading.open_meeting(meeting).result(10)
        leading.unlock_display(meeting, office.room).result(10)
        office.wait(lambda: shown.is_unlocked and shown.meeting.state == "open")
        office.wait(shown.own_opening._once.read.done)
        url = shown.meeting.issued.links[0].url
        office.wait(lambda: not url or shown.canvas.online.ways)
        moment = local(shown.meeting.issued.starts_at)
        shown.before = lambda seconds: time.be(moment - timedelta(seconds=seconds))
        shown.own_opening.look()
        yield shown


def counting(made):
    made.own_opening.look()
    return made.canvas.online.is_counting and made.meeting.scene.scene == "online"


def test_it_says_when_and_waits(made):
    made.before(600)
    made.own_opening.look()
    assert made.canvas.online.opens_at == local(made.meeting.issued.starts_at)
    assert made.meeting.scene.scene == "lobby" and not made.canvas.online.is_counting


def test_everybody_sees_the_last_minute_then_it_enters_once(office, made):
    made.before(55)
    office.wait(lambda: counting(made))
    assert "later" in made.canvas.online.shown(made.meeting, offers=True).acts
    assert made.opened == []
    made.before(-1)
    made.own_opening.look()
    office.wait(lambda: made.opened == [ADDRESS])
    made.calling.come_back()
    office.wait(lambda: made.meeting.scene.scene == "lobby")
    made.own_opening.look()
    assert made.opened == [ADDRESS] and made.meeting.scene.scene == "lobby"


def test_not_now_is_one_touch_and_leads_back(office, made):
    made.before(40)
    office.wait(lambda: counting(made))
    place = made.canvas.online_boxes()["later"].center().toPoint()
    QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=place)
    office.wait(lambda: made.meeting.scene.scene == "lobby")
    made.before(-5)
    made.own_opening.look()
    assert made.opened == [] and not made.canvas.online.is_counting


def test_who_leads_goes_on_with_something_else(office, made):
    made.before(40)
    office.wait(lambda: counting(made))
    office.secretary.leading.show_scene(made.meeting.id, "item").result(10)
    office.wait(lambda: made.meeting.scene.scene == "item")
    made.own_opening.look()
    made.before(-5)
    made.own_opening.look()
    assert made.meeting.scene.scene == "item" and made.opened == []


def test_a_locked_display_enters_nothing(office, made):
    office.secretary.leading.lock_display(made.meeting.id, office.room).result(10)
    office.wait(lambda: not made.is_unlocked)
    made.before(-1)
    made.own_opening.look()
    assert made.opened == [] and made.meeting.scene.scene == "lobby"


def test_unlocked_a_little_late_it_still_counts_a_minute(office, made):
    made.before(-120)
    made.own_opening._rest()
    office.wait(lambda: counting(made))
    left = made.canvas.online.opens_at - now()
    assert timedelta(seconds=50) < left <= timedelta(seconds=60)


def test_a_display_started_again_knows_what_was_decided(office, made, qtbot):
    made.before(40)
    office.wait(lambda: counting(made))
    made.own_opening.postpone()
    office.wait(lambda: made.meeting.scene.scene == "lobby")
    again = RoomDisplay(made._context)
    qtbot.addWidget(again)
    office.wait(again.own_opening._once.read.done)
    made.before(-1)
    again.own_opening.look()
    assert again.canvas.online.opens_at is None and made.opened == []


@pytest.mark.parametrize("made", [{"url": "https://203.0.113.5/j/812"}], indirect=True)
def test_an_address_that_somebody_should_look_at_is_never_opened_by_itself(made):
    assert next(iter(made.canvas.online.ways.values())).warnings
    for seconds in (40, -1, -30):
        made.before(seconds)
        made.own_opening.look()
    assert not made.canvas.online.is_counting
    assert made.meeting.scene.scene == "lobby" and made.opened == []


@pytest.mark.parametrize("made", [{"url": ""}], indirect=True)
def test_over_the_higher_levels_own_system_there_is_nothing_to_open(office, made):
    made.before(-1)
    made.own_opening.look()
    assert made.meeting.scene.scene == "lobby" and made.opened == []


def test_a_technical_check_in_the_call_before_changes_nothing(office, made):
    made.before(1200)
    made.join_online()
    office.wait(lambda: made.opened == [ADDRESS] and made.calling.is_aside)
    made.own_opening.look()
    made.calling.come_back()
    office.wait(lambda: made.meeting.scene.scene == "lobby")
    made.before(50)
    office.wait(lambda: counting(made))


def test_who_is_in_when_it_begins_is_not_sent_in_again(office, made):
    made.before(70)
    made.join_online()
    office.wait(lambda: made.opened == [ADDRESS] and made.calling.is_aside)
    made.before(10)
    made.own_opening.look()
    made.calling.come_back()
    office.wait(lambda: made.meeting.scene.scene == "lobby")
    made.before(-1)
    made.own_opening.look()
    assert made.opened == [ADDRESS] and not made.canvas.online.is_counting


def test_the_room_is_not_led_away_from_a_vote(office, made):
    motion = MotionPut(motion="motion-1", text="Thông qua", choices=("Tán thành", "Không"))
    office.secretary.voting.open(made.meeting.id, motion).result(10)
    office.wait(lambda: made.meeting.voting.open is not None)
    made.before(30)
    made.own_opening.look()
    assert not made.canvas.online.is_counting
