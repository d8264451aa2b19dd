"""The floor from the console to the reading room and back, on a real hub."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from room_parts import console_list, part_of

from meetingroom.assembly import RunningHub
from meetingroom.ui.chair.console import ChairConsole
from meetingroom.ui.chair.speaker_rows import KIND, SpeakerRow
from meetingroom.ui.chair.speakers import Speakers
from meetingroom.ui.controls.grip import MIME
from meetingroom.ui.reader.speech_strip import SpeechStrip
from meetingroom.ui.stage.moments import now

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def meeting(office):
    """A meeting whose second item runs."""
    made = office.issued(kind="ubnd_regular", starts_at=now().isoformat())
    office.secretary.leading.go_to_item(made, "item-2").result(10)
    return made


@pytest.fixture
def strip(office, meeting, qtbot):
    """A member's strip."""
    member = office.join("person-b")
    office.wait(lambda: member.desk.meeting(meeting) and member.desk.meeting(meeting).current_item)
    found = part_of(member, meeting, SpeechStrip, qtbot)
    found.kept_with.show()
    return found


@pytest.fixture
def speakers(office, meeting, qtbot):
    """The console's list, shown anew at each change."""
    with console_list(Speakers, office.secretary, meeting, qtbot) as made:
        made.resize(420, 700)
        made.show()
        yield made


def put(office, speakers, *people: str):
    """Put people on the list, one after the other."""
    for person in people:
        speakers.person.setCurrentIndex(speakers.person.findData(person))
        before = len(speakers.queue.keys())
        speakers.add.click()
        office.wait(lambda before=before: len(speakers.queue.keys()) == before + 1)


def names(speakers):
    """Who waits, as the hub has it in this desk."""
    folded = speakers._context.desk.meeting(speakers._meeting.id)
    return [one.person for one in folded.speaking.queue(folded.current_item)]


def rows(speakers):
    return [row for row in speakers.queue.rows.rows() if isinstance(row, SpeakerRow)]


def test_a_member_asks_is_called_is_given_time_and_finishes(office, meeting, strip, speakers):
    strip.ask.click()
    office.wait(lambda: "number 1" in strip.words.text())
    office.wait(speakers.next.isEnabled)
    speakers.next.click()
    office.wait(lambda: strip.words.text().startswith("Please speak"))
    office.wait(lambda: not speakers.card.isHidden())
    speakers.more[1].click()
    office.wait(lambda: "of 7 minutes" in speakers.state.text())
    office.wait(lambda: not office.secretary.desk.waiting())
    strip.end.click()
    office.wait(speakers.card.isHidden)
    turn = office.secretary.desk.meeting(meeting).speaking.turns()[0]
    assert (turn.state, turn.seconds) == ("spoken", 420)
    assert office.secretary.desk.meeting(meeting).scene.scene == "speaker"


def test_a_question_is_withdrawn_again(office, strip, speakers):
    strip.question.click()
    office.wait(lambda: names(speakers) == ["person-b"])
    office.wait(strip.withdraw.isVisible)
    strip.withdraw.click()
    office.wait(lambda: names(speakers) == [])
    office.wait(strip.ask.isVisible)


def test_the_queue_is_ordered_by_buttons_by_keys_and_by_dragging(office, speakers):
    put(office, speakers, "person-s", "person-a", "person-b")
    rows(speakers)[2].up.click()
    office.wait(lambda: names(speakers) == ["person-s", "person-b", "person-a"])
    QTest.keyClick(rows(speakers)[0].grip, Qt.Key.Key_Down)
    office.wait(lambda: names(speakers) == ["person-b", "person-s", "person-a"])
    drop(speakers.queue, rows(speakers)[2].speech, above=rows(speakers)[0])
    office.wait(lambda: names(speakers) == ["person-a", "person-b", "person-s"])
    assert [row.number.text() for row in rows(speakers)] == ["1", "2", "3"]
    assert not rows(speakers)[0].up.isEnabled()


def drop(queue, speech, above):
    """Let a dragged row go above another one."""
    data = QMimeData()
    data.setData(MIME + KIND, speech.encode())
    place = QPointF(above.mapTo(queue, above.rect().topLeft()))
    queue.dropEvent(
        QDropEvent(
            place, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip


def test_two_fast_presses_on_next_call_two_different_people(office, meeting, speakers):
    put(office, speakers, "person-a", "person-b")
    speakers.next.click()
    speakers.next.click()
    office.wait(lambda: names(speakers) == [] and not office.secretary.desk.waiting())
    floor = office.secretary.desk.meeting(meeting).speaking
    assert [one.person for one in floor.turns()] == ["person-a", "person-b"]
    assert floor.speaker.person == "person-b"


def test_calling_by_name_keeps_the_paper_the_room_looks_at(office, meeting, speakers):
    context = office.secretary
    paper = next(iter(context.desk.meeting(meeting).papers))
    context.leading.show_paper(meeting, paper).result(10)
    put(office, speakers, "person-a", "person-b")
    rows(speakers)[1].call.click()
    office.wait(lambda: context.desk.meeting(meeting).speaking.speaker)
    assert context.desk.meeting(meeting).speaking.speaker.person == "person-b"
    assert context.desk.meeting(meeting).scene.scene == "paper"


def test_what_is_asked_without_the_hub_says_so_and_arrives_later(office, strip, speakers):
    office.hub.stop()
    office.wait(lambda: strip._context.desk.link_state.state != "online")
    strip.ask.click()
    office.wait(lambda: "as soon as the hub is back" in strip.words.text())
    assert names(speakers) == []
    office.hub = RunningHub(office.root / "s", announces=False)
    office.hub.start()
    office.wait(lambda: names(speakers) == ["person-b"])
    office.wait(lambda: "number 1" in strip.words.text())


def test_who_was_on_the_list_of_another_item_is_kept_apart(office, meeting, speakers):
    put(office, speakers, "person-b")
    office.secretary.leading.go_to_item(meeting, "item-1").result(10)
    office.wait(lambda: speakers.queue.keys() == [])
    assert len(speakers.left_over.keys()) == 1


def test_minutes_given_to_the_item_move_its_end_and_the_meetings(office, meeting, qtbot):
    context = office.secretary
    console = ChairConsole(context)
    qtbot.addWidget(console)
    console.open_meeting(meeting)
    console.resize(1150, 768)
    console.show()
    office.wait(lambda: "Ends at about" in console.order.end.text())
    before = console.order.end.text()
    line = console.order._rows.row("item-2")
    console.item_time.more.click()
    office.wait(lambda: context.desk.meeting(meeting).speaking.given == {"item-2": 5})
    office.wait(lambda: console.order.end.text() != before)
    assert console.order._rows.row("item-2") is line  # the minutes go on, the row stays
    assert console.of.text() == "of 25 minutes"
    assert "left out" in console.order._rows.row("item-1").times.text()


def test_the_minutes_of_a_speaker_are_remembered_on_this_computer(office, speakers, qtbot):
    speakers.minutes.box.setValue(3)
    context = office.secretary
    office.wait(lambda: context.preferences.read().result(10).speech_minutes == 3)
    again = Speakers(context, lambda _future: None)
    qtbot.addWidget(again)
    office.wait(lambda: again.minutes.minutes() == 3)
