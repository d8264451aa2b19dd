"""Own notes on the console: written, seen beside the picture, kept, and never on the display."""

import pytest

from meetingroom.ui.chair.console import ChairConsole
from meetingroom.ui.chair.cue_pad import CuePad

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def console(office, qtbot):
    """The console at item 1."""
    meeting = office.issued()
    made = ChairConsole(office.secretary)
    made.complete()
    qtbot.addWidget(made)
    made.resize(1150, 768)
    made.show()
    made.open_meeting(meeting)
    office.secretary.leading.go_to_item(meeting, "item-1").result(10)
    office.wait(lambda: made.cues.title.text().startswith("My note for item 1"))
    return made


def test_a_note_is_seen_beside_the_picture_while_its_item_runs(office, console):
    console.cues.words.setPlainText("Chào đại biểu")
    assert console.cue.isVisible() and console.cue.words.text() == "Chào đại biểu"
    office.secretary.leading.go_to_item(console.meeting_id, "item-2").result(10)
    office.wait(console.cue.isHidden)
    assert console.cues.words.toPlainText() == ""
    office.secretary.leading.go_to_item(console.meeting_id, "item-1").result(10)
    office.wait(console.cue.isVisible)


def test_notes_are_prepared_for_any_item_and_read_again(office, console, qtbot):
    console.cues.step(1)
    assert console.cues.title.text().startswith("My note for item 2")
    console.cues.words.setPlainText("Nhắc thời gian")
    assert console.cue.isHidden()
    office.wait(
        lambda: (
            office.secretary.cues.read(console.meeting_id).result(10)
            == {"item-2": "Nhắc thời gian"}
        )
    )
    again = CuePad(office.secretary)
    qtbot.addWidget(again)
    again.show_meeting(office.secretary.desk.meeting(console.meeting_id))
    office.wait(lambda: again.notes == {"item-2": "Nhắc thời gian"})


def test_what_others_do_leaves_what_is_being_typed_alone(office, console):
    console.tabs.choose("you")
    console.cues.step(-1)
    console.cues.words.setPlainText("cả cuộc họp")
    office.secretary.leading.check_in(console.meeting_id, "person-b").result(10)
    office.wait(lambda: console.live.meeting.is_here("person-b"))
    office.wait(lambda: console.tabs.tabText(1).endswith("1/3"))
    assert console.cues.words.toPlainText() == "cả cuộc họp"
    assert console.cues.title.text() == "My note for the whole meeting"
