"""What happens at the room display in the story: touch, keyboard, clicker."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from meetingroom.demo.cast import Actor
from meetingroom.demo.chair_acts import wait_for_turn
from meetingroom.demo.hands import live, press, wait_for
from meetingroom.ui.display.room_display import RoomDisplay
from meetingroom.wording import tr


def unlock(actor: Actor, pin: str) -> bool:
    """Type the chair's PIN on the pad."""
    room = actor.room
    wait_for(lambda: room.meeting, "the display knows the meeting", 60)
    for _ in range(6):
        if not room.panel.isVisible():
            QTest.keyClick(room, Qt.Key.Key_M)
        wait_for(room.panel.isVisible, "the panel opens")
        room.panel.pad.sentence.setText("")
        for digit in pin:
            press(room.panel.pad, digit)
        press(room.panel.pad, tr("Unlock"))
        wait_for(lambda: room.is_unlocked or room.panel.pad.sentence.text(), "an answer")
        if room.is_unlocked:
            break
        live(2000)  # the hub was away: the pad said so
    QTest.keyClick(room, Qt.Key.Key_Escape)
    return room.is_unlocked


def display_at(actor: Actor, scene: str, number: str = "", page: int = 0) -> str:
    """Wait until the room sees a scene, or a page (from 1) of a paper, sharp."""
    room = actor.room
    wait_for(lambda: room.meeting and room.meeting.scene.scene == scene, f"the room sees {scene}")
    if number:
        blob = actor.paper(number).current.blob
        wait_for(lambda: room.canvas._told == (blob, page - 1), f"the room sees page {page}", 60)  # noqa: SLF001
    live(30)
    return scene


def click(actor: Actor, times: int) -> int:
    """Turn with a presenter's clicker until the page has changed so often; the page from 1."""
    room = actor.room
    for _ in range(times):
        before = room.canvas.stage().page
        for _ in range(6):
            revision = room.canvas.stage().revision
            QTest.keyClick(room, Qt.Key.Key_PageDown)
            wait_for_turn(room.canvas, room.turning, revision)
            if room.canvas.stage().page != before:
                break
        _wait_for_page(room)
    return room.canvas.stage().page + 1


def _wait_for_page(room: RoomDisplay) -> None:
    stage = room.canvas.stage()
    wait_for(lambda: room.canvas._told == (stage.blob, stage.page), "the room sees it", 60)  # noqa: SLF001


def join_online(actor: Actor) -> list[str]:
    """One touch opens the online meeting."""
    room = actor.room
    QTest.keyClick(room, Qt.Key.Key_M)
    wait_for(room.panel.isVisible, "the panel opens")
    before = len(actor.browser.opened)
    press(room.panel, tr("Join online"))
    wait_for(lambda: room.meeting and room.meeting.scene.scene == "online", "the address shows")
    wait_for(lambda: len(actor.browser.opened) > before, "the browser opens", 30)
    return actor.browser.opened[before:]


ACTS = {name.__name__: name for name in (unlock, display_at, click, join_online)}
