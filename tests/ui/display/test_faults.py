"""What the display cannot do: the room stays calm, who leads is told."""

import logging

import msgspec
import pytest
from shown_paper import show_the_paper

from meetingroom.assembly import RunningHub
from meetingroom.domain import facts
from meetingroom.domain.errors import StoreError
from meetingroom.ui.chair.cue_pad import CuePad
from meetingroom.ui.chair.display_faults import fault_words
from meetingroom.ui.chair.only_you import OnlyYou
from meetingroom.ui.stage.more_scenes import MORE_SCENES

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def codes(office, made) -> set[str]:
    """The faults the secretary's computer knows of."""
    meeting = office.secretary.desk.meeting(made.canvas.meeting_id)
    return {fault.code for fault in meeting.faults.values()}


def look_long(made) -> None:
    """As long as a fault must last before it is told."""
    for _ in range(3):
        made.faults.look()


def paper_lost(office, made):
    """The paper on the screen, whose file is not on the display's computer."""
    paper = next(iter(made.meeting.papers.values()))
    desk = made._context.desk
    desk.paper_path = lambda _blob: None  # as long as it has not come from the hub
    made.turning.show_paper(paper.paper)
    office.wait(lambda: made.meeting.scene.scene == "paper")
    office.wait(lambda: made.canvas.pages.is_away(paper.current.blob))
    return paper


def test_a_paper_that_is_not_there_is_told_to_who_leads(office, display, qtbot):
    made = display()
    paper_lost(office, made)
    look_long(made)
    office.wait(lambda: codes(office, made) == {"display.paper_away"})
    listed = OnlyYou(office.secretary, CuePad(office.secretary))
    qtbot.addWidget(listed)
    listed.show_meeting(made.meeting, office.secretary.desk.directory)
    meeting = office.secretary.desk.meeting(made.canvas.meeting_id)
    (fault,) = meeting.faults.values()
    words = fault_words(fault, meeting, office.secretary.desk.directory)
    assert "Paper 2.1 is not on the display's computer yet" in words
    listed.show_meeting(meeting, office.secretary.desk.directory)
    assert len(listed.faults.rows()) == 1


def test_a_fault_that_is_over_is_taken_back(office, display):
    made = display()
    paper_lost(office, made)
    look_long(made)
    office.wait(lambda: codes(office, made))
    office.secretary.leading.show_scene(made.canvas.meeting_id, "lobby").result(10)
    office.wait(lambda: made.meeting.scene.scene == "lobby")
    look_long(made)
    office.wait(lambda: not codes(office, made))


def test_a_paper_that_only_just_opens_is_no_fault(office, display):
    made = display()
    paper_lost(office, made)
    made.faults.look()
    office.secretary.leading.show_scene(made.canvas.meeting_id, "lobby").result(10)
    office.wait(lambda: made.meeting.scene.scene == "lobby")
    look_long(made)
    made._context.desk.run(lambda: None).result(10)
    assert not made.meeting.faults


def test_nobody_but_who_leads_hears_of_a_fault(office, display):
    member = office.join("person-b")
    made = display()
    made.faults.arise("display.may_sleep")
    office.wait(lambda: codes(office, made) == {"display.may_sleep"})
    office.secretary.leading.show_break(made.canvas.meeting_id).result(10)
    told = lambda: member.desk.meeting(made.canvas.meeting_id)  # noqa: E731
    office.wait(lambda: told() and told().scene.scene == "break")
    assert not told().faults


def test_a_scene_of_a_newer_program_is_the_lobby_here_and_told(office, display):
    made = display()
    meeting = made.canvas.meeting_id
    newer = facts.SceneShown(scene="hologram")
    office.secretary.leading.show_again(meeting, newer).result(10)
    office.wait(lambda: made.meeting.scene.scene == "hologram")
    look_long(made)
    office.wait(lambda: codes(office, made) == {"display.too_old"})
    assert made.canvas.grab().toImage().pixelColor(5, 5).lightness() < 60


def test_a_bug_in_a_scene_shows_the_offices_name_and_is_logged_whole(
    office, display, monkeypatch, caplog
):
    def broken(*_given: object) -> None:
        raise ZeroDivisionError

    made = display()
    monkeypatch.setitem(MORE_SCENES, "next", broken)
    office.secretary.leading.show_scene(made.canvas.meeting_id, "next").result(10)
    office.wait(lambda: codes(office, made) == {"display.bug"})
    rows = [row for row in caplog.records if row.levelno >= logging.WARNING]
    assert rows and all(row.exc_info[0] is ZeroDivisionError for row in rows)
    office.secretary.leading.show_scene(made.canvas.meeting_id, "lobby").result(10)
    office.wait(lambda: made.meeting.scene.scene == "lobby")
    caplog.clear()


def test_while_the_hub_is_away_the_meeting_goes_on_and_is_told_afterwards(office, display):
    made = display()
    show_the_paper(office, made)
    office.hub.stop()
    office.wait(lambda: made._context.desk.link_state.state != "online")
    made.turn(1)
    office.wait(lambda: made.canvas.stage().view is not None or made.canvas.stage().page)
    made.panel.item_requested.emit("item-2")
    office.wait(lambda: made.meeting.current_item == "item-2")
    office.wait(lambda: made.meeting.scene.scene == "item")
    made.toggle_black()
    office.wait(lambda: made.meeting.scene.scene == "black")
    made.toggle_black()
    office.wait(lambda: made.meeting.scene.scene == "item")
    office.hub = RunningHub(office.root / "s", announces=False)
    office.hub.start()
    there = lambda: office.secretary.desk.meeting(made.canvas.meeting_id)  # noqa: E731
    office.wait(lambda: there().current_item == "item-2")
    office.wait(lambda: there().scene.scene == "item")


def test_a_meeting_without_an_agenda_shows_its_lobby_where_an_item_was_wanted(office, display):
    made = display()
    bare = msgspec.structs.replace(made.meeting.issued, agenda=())
    meeting = msgspec.structs.replace(
        made.meeting, issued=bare, scene=facts.SceneShown(scene="item")
    )
    made._context.desk._copybook.meetings[meeting.id] = meeting
    assert made.canvas.grab().toImage().pixelColor(5, 5).lightness() < 60


def test_a_full_disk_is_told_by_the_hubs_own_word(office, display, monkeypatch):
    made = display()
    desk = made._context.desk

    def full(*_given: object, **_named: object) -> None:
        raise StoreError("store.full", file="device.db")

    with monkeypatch.context() as broken:
        broken.setattr(desk.log, "append_own", full)
        made._context.bridge.problem_arose.emit(StoreError("store.full", file="device.db"))
        office.wait(lambda: codes(office, made) == {"store.full"})
    made.faults._forget("store.full")
    office.wait(lambda: not codes(office, made))


def test_a_passcode_that_does_not_come_is_told_to_who_leads(office, display):
    made = display("https://zoom.us/j/81234567890?pwd=482915")
    refuse = lambda _name, _plain: None  # noqa: E731 - the hub gives no answer
    made.canvas.online._ask = refuse
    office.secretary.leading.show_passcode(made.canvas.meeting_id, "").result(10)
    office.wait(lambda: made.meeting.scene.passcode)
    made.canvas.grab()
    for _ in range(4):
        made.faults.look()
    code = (office.room, "display.passcode_away")
    office.wait(lambda: code in office.secretary.desk.meeting(made.canvas.meeting_id).faults)
    assert made.canvas.online.shown(made.meeting, offers=True).passcode == ""
