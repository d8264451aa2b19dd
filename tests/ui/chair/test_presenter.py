"""The chair hands the page-turning to a presenter and takes it back, on a real hub."""

import pytest

from meetingroom.ui.chair.console import ChairConsole
from meetingroom.ui.reader.taking_part import TakingPart
from meetingroom.ui.reader.turning_strip import TurningStrip

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def console(office, qtbot):
    """The console at item 2, which person-b presents, its paper on the screen."""
    meeting = office.issued()
    made = ChairConsole(office.secretary)
    made.complete()
    qtbot.addWidget(made)
    made.resize(1150, 768)
    made.show()
    made.open_meeting(meeting)
    office.secretary.leading.go_to_item(meeting, "item-2").result(10)
    paper = next(iter(made.live.meeting.papers))
    office.secretary.leading.show_paper(meeting, paper).result(10)
    office.wait(made.presenter.give.isVisible)
    return made


@pytest.fixture
def strip(office, console, qtbot):
    """The presenter's strip."""
    member = office.join("person-b")
    office.wait(lambda: member.desk.meeting(console.meeting_id))
    blob = next(iter(member.desk.meeting(console.meeting_id).papers.values())).current.blob
    office.wait(lambda: member.desk.paper_path(blob))
    parts = TakingPart(member)
    qtbot.addWidget(parts)
    parts.open_meeting(console.meeting_id)
    parts.show()
    found = next(part for part in parts.parts if isinstance(part, TurningStrip))
    found.kept_with = parts
    return found


def test_a_presenter_turns_the_pages_until_it_is_taken_back(office, console, strip):
    assert strip.isHidden()
    console.presenter.give.click()
    office.wait(strip.isVisible)
    office.wait(lambda: console.presenter.words.text() == "Nông Thị Hiền turns the pages")
    strip.turning.to(2)
    office.wait(lambda: console.live.stage().page == 2)
    office.wait(lambda: strip.page.text() == "3 / 3")
    assert console.live.stage().controller == "person-b"
    console.presenter.take_back.click()
    office.wait(strip.isHidden)


def test_a_presenter_gives_it_back_and_it_ends_with_the_item(office, console, strip):
    console.presenter.give.click()
    office.wait(strip.isVisible)
    strip.give_back.click()
    office.wait(console.presenter.give.isVisible)
    console.presenter.give.click()
    office.wait(strip.isVisible)
    office.secretary.leading.go_to_item(console.meeting_id, "item-1").result(10)
    office.wait(strip.isHidden)
    assert console.live.meeting.turner == ""


def test_on_and_back_work_where_the_room_sees_a_paper(office, console, strip):
    console.presenter.give.click()
    office.wait(strip.isVisible)
    office.wait(strip.forward.isEnabled)
    office.secretary.leading.show_scene(console.meeting_id, "break").result(10)
    office.wait(lambda: not strip.forward.isEnabled())
    assert "as soon as" in strip.words.text()


def test_who_did_what_is_told_and_more_on_request(office, console):
    feed = console.feed
    office.wait(feed.isVisible)
    office.wait(lambda: feed.newest.text().endswith("Hương Giang showed the paper 2.1 Báo cáo"))
    assert " Secretary " in feed.newest.text()
    feed.more.click()
    rows = console.lists["story"].rows
    office.wait(lambda: len(rows.rows()) >= 3)
    assert rows.isVisible() and rows.rows()[0].text() == feed.newest.text()
