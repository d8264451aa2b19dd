"""No meeting now: the wall shows the office's week."""

from datetime import datetime, timedelta

import msgspec
import pytest
from PySide6.QtGui import QImage, QPainter
from test_scenes import NotingBrush
from week_world import WEDNESDAY, a_full_week, a_week

from meetingroom import wording
from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.office_week import Week
from meetingroom.ui.stage import choosing, moments, week_scene
from meetingroom.ui.stage.week_scene import paint_office
from meetingroom.ui.theme import load_theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "support raise")


@pytest.fixture
def at(monkeypatch):
    """The hub's clock at a moment; the words are English."""
    wording.choose_language("en")

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(moments._Clock, "lacks", moment - datetime.now(moments.ZONE))

    return set_to


def words(meetings: list[Meeting], directory: Directory, coming: Meeting | None = None):
    image = QImage(1920, 1080, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    brush = NotingBrush(painter, load_theme("dark", for_display=True), 1920, 1080)
    paint_office(brush, "UBND xã", directory, meetings, coming)
    painter.end()
    return [row[0] for row in brush.noted]


def test_every_meeting_of_a_usual_week_is_told_with_its_hour(qapp, at):
    meetings, directory, now = a_week()
    at(now)
    told = words(meetings, directory)
    hours = [moments.local(one.issued.starts_at).strftime("%H:%M") for one in meetings]
    assert all(told.count(hour) >= hours.count(hour) for hour in hours)
    assert "Today, Wednesday" in told


def test_an_online_meeting_says_who_invites(qapp, at):
    meetings, directory, now = a_week()
    at(now)
    assert "Invited by UBND tỉnh Lào Cai" in " ".join(words(meetings, directory))


def test_what_does_not_fit_is_counted(qapp, at):
    meetings, directory, now = a_full_week()
    at(now)
    many = meetings * 3
    told = words(many, directory)
    counted = [text for text in told if text.startswith("+")]
    assert len(counted) >= 3
    shown = sum(text[:2].isdigit() and text[2:3] == ":" for text in told) - 1  # but the clock
    assert shown + sum(int(text[1:].split()[0]) for text in counted) == len(many)


def test_at_midnight_of_sunday_the_week_changes(qapp, at):
    meetings, directory, _now = a_week()
    at(datetime(2026, 11, 22, 23, 59, 58, tzinfo=moments.ZONE) - timedelta(days=1))
    next_week = "Week 48: 23/11 – 27/11/2026"
    assert next_week in words(meetings, directory)  # a weekend on which nothing more comes
    at(datetime(2026, 11, 23, 0, 0, 1, tzinfo=moments.ZONE))
    assert next_week in words(meetings, directory)
    assert "Today, Monday" in words(meetings, directory)
    at(datetime(2026, 11, 27, 23, 59, 58, tzinfo=moments.ZONE))
    assert "Today, Friday" in words(meetings, directory)
    at(datetime(2026, 11, 30, 0, 0, 1, tzinfo=moments.ZONE))
    assert next_week not in words(meetings, directory)


def test_a_week_without_meetings_shows_the_clock_and_what_comes(qapp, at):
    meetings, directory, now = a_week()
    at(now - timedelta(days=30))
    told = words(meetings, directory, meetings[3])
    assert "Next meeting" in told and "The week's meetings" not in told


def test_the_idle_display_shows_the_week_with_the_issued_meeting(office, display, monkeypatch):
    monkeypatch.setattr(moments, "now", lambda: WEDNESDAY)
    monkeypatch.setattr(choosing, "now", lambda: WEDNESDAY)
    painted: list[Week] = []
    monkeypatch.setattr(week_scene, "paint_week", lambda *given: painted.append(given[2]))
    friday = WEDNESDAY + timedelta(days=2)
    made = display(unlocked=False, starts_at=friday.isoformat())
    office.wait(lambda: bool(painted))
    assert [row.meeting for row in painted[-1].engagements] == [made.meeting.id]


def test_a_cancelled_meeting_says_so(qapp, at):
    meetings, directory, now = a_week()
    at(now)
    gone = msgspec.structs.replace(meetings[0], state="cancelled")
    assert any("Cancelled" in text for text in words([gone], directory))


def test_no_name_title_or_place_of_a_usual_week_is_cut(qapp, at):
    meetings, directory, now = a_week()
    at(now)
    assert not [text for text in words(meetings, directory) if text.endswith("…")]
