"""The chair leads from a laptop."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from meetingroom.domain import facts
from meetingroom.ui.chair.console import ChairConsole
from meetingroom.ui.theme import apply_theme, load_theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def console(office, qtbot):
    """The console of an issued meeting at the secretary's desk (who may lead too)."""

    def make(link=""):
        meeting = office.issued(link)
        made = ChairConsole(office.secretary)
        made.complete()
        qtbot.addWidget(made)
        made.resize(1150, 768)
        made.show()
        made.open_meeting(meeting)
        office.wait(made.title.text)
        return made

    return make


def show_the_paper(office, console):
    """The only paper on the room's screen, its pages known."""
    paper = next(iter(console.live.meeting.papers.values()))
    console.turning.show_paper(paper.paper)
    office.wait(lambda: console.live.stage().paper == paper.paper)
    office.wait(lambda: console.live.pages.shape(paper.current.blob))
    office.wait(lambda: console.live.meeting.scene.scene == "paper")


def test_the_dark_screen_gives_the_very_page_back(office, console):
    made = console()
    made.start.click()
    show_the_paper(office, made)
    made.turning.to(1)
    office.wait(lambda: made.live.stage().page == 1)
    made.black.click()
    office.wait(lambda: made.live.meeting.scene.scene == "black")
    office.wait(lambda: made.black.text() == "Show again")
    made.black.click()
    office.wait(lambda: made.live.meeting.scene.scene == "paper")
    assert made.live.stage().page == 1


def test_the_marked_scene_pressed_again_ends_the_dark(office, console):
    made = console()
    made.start.click()
    made.scenes.choose("break")
    office.wait(lambda: made.live.meeting.scene.scene == "break")
    made.show_scene("black")
    office.wait(lambda: made.live.meeting.scene.scene == "black")
    QTest.mouseClick(made.scenes._buttons["break"], Qt.MouseButton.LeftButton)
    office.wait(lambda: made.live.meeting.scene.scene == "break")


def test_one_press_goes_on_to_the_next_item(office, console):
    made = console()
    office.wait(lambda: made.onward.text() == "On to item 1")
    made.onward.click()
    office.wait(lambda: made.live.meeting.current_item == "item-1")
    office.wait(lambda: made.onward.text() == "On to item 2")
    made.onward.click()
    office.wait(lambda: made.live.meeting.current_item == "item-2")
    office.wait(lambda: not made.onward.isVisible())


def test_a_meeting_closed_by_mistake_is_opened_again(office, console):
    made = console()
    made.start.click()
    office.wait(made.end.isVisible)
    made.end.click()
    office.wait(lambda: made.live.meeting.state == "closed")
    office.wait(lambda: not made.scenes.isEnabled())
    made.start.click()
    office.wait(lambda: made.live.meeting.state == "open")
    office.wait(made.scenes.isEnabled)


def test_online_is_offered_only_where_there_is_a_link(office, console):
    assert not console().scenes._buttons["online"].isEnabled()
    assert console("https://zoom.us/j/1").scenes._buttons["online"].isEnabled()


def test_the_next_picture_shows_what_the_next_press_will_show(office, console):
    made = console()
    made.start.click()
    show_the_paper(office, made)
    stage = made.live.stage()
    office.wait(lambda: made.next.pages.shape(stage.blob))
    page, view = made.next._next_view(stage.blob, stage)
    made.turning.forward()
    office.wait(lambda: made.live.stage().revision > stage.revision)
    assert (made.live.stage().page, made.live.stage().view) == (page, view)


def test_a_pin_of_letters_is_refused_beside_the_field(office, console):
    made = console()
    made.tabs.choose("you")
    made.only_you.pin.editor.setText("abcd")
    QTest.keyClick(made.only_you.pin.editor, Qt.Key.Key_Return)
    assert "4 to 8 digits" in made.only_you.pin.below.text()
    made.only_you.pin.editor.setText("2468")
    QTest.keyClick(made.only_you.pin.editor, Qt.Key.Key_Return)
    office.wait(lambda: made.info.title_label.text() == "Your PIN is set.")
    assert made.only_you.pin.editor.text() == ""


def test_who_is_missing_is_named_on_request(office, console):
    made = console()
    made.tabs.choose("you")
    names = made.only_you._missing
    office.wait(lambda: names.title.text() == "3 not here")
    office.secretary.leading.check_in(made.meeting_id, "person-a").result(10)
    office.wait(lambda: names.title.text() == "2 not here")
    assert "Hoàng Văn Páo" not in names.second.text()


def test_the_console_fits_the_smallest_laptop_beside_a_side_bar(office, console):
    made = console("https://zoom.us/j/1")
    made.start.click()
    show_the_paper(office, made)
    assert made.minimumSizeHint().width() <= 1150
    assert made.minimumSizeHint().height() <= 768


def test_with_very_large_text_all_is_within_a_small_laptops_screen(office, console, qapp):
    apply_theme(qapp, load_theme("light", 2.0, less_motion=True))
    made = console()
    made.start.click()
    office.wait(made.end.isVisible)
    made.resize(1150, 700)
    office.wait(lambda: made.body.row.is_folded)
    assert (made.width(), made.height()) == (1150, 700)
    made.tabs.choose("people")
    shown = lambda: made.attendance.widget().visibleRegion().boundingRect()  # noqa: E731
    office.wait(lambda: shown().height() > 200)
    bar = made.body.verticalScrollBar()
    bar.setValue(0)
    assert made.forward.visibleRegion().boundingRect().height() > 60
    arrows = made.tabs._arrows
    assert [arrow.isVisible() for arrow in arrows] == [True, True]


def test_at_the_usual_size_nothing_of_the_console_scrolls(office, console):
    made = console()
    made.resize(1366, 768)
    made.start.click()
    office.wait(made.end.isVisible)
    assert not made.body.row.is_folded
    office.wait(lambda: made.body.verticalScrollBar().maximum() == 0)


def test_a_key_turns_the_page_at_once_also_before_anybody_has_turned(office, console):
    made = console()
    made.start.click()
    paper = next(iter(made.live.meeting.papers))
    shown = facts.SceneShown(scene="paper", paper=paper)
    office.secretary.leading.show_again(made.meeting_id, shown).result(10)
    office.wait(made.forward.isEnabled)
    office.wait(lambda: made.live.pages.shape(made.live.shown_paper().current.blob))
    presses = []
    made.forward.clicked.connect(lambda: presses.append(1))
    QTest.keyClick(made, Qt.Key.Key_PageDown)
    assert presses == [1]
    office.wait(lambda: made.live.stage().revision)
