"""The day of an online meeting in the story and the album: reminder, checklist, passcode."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from meetingroom.demo.cast import Actor
from meetingroom.demo.hands import live, press, wait_for
from meetingroom.ui.stage.moments import now
from meetingroom.wording import tr

LAST = timedelta(seconds=42)


def see_reminder(actor: Actor) -> str:
    """Wait for the bar that reminds of an online meeting; its words."""
    bar = actor.desk.reminder
    wait_for(bar.isVisible, "the reminder", 30)
    return str(bar.title_label.text())


def answer_reminder(actor: Actor) -> None:
    """Press "Later"."""
    press(actor.desk.reminder, tr("Later"))
    wait_for(actor.desk.reminder.isHidden, "the bar goes")


def see_follow_up(actor: Actor, tab: str) -> None:
    """A page beside the board of who has which paper."""
    actor.desk.secretary.go("follow")
    page = actor.desk.secretary.pages["follow"]
    page.tabs.choose(tab)
    if tab == "online":
        wait_for(lambda: _is_told(page.more(tab).checklist), "the display told", 30)


def _is_told(checklist: object) -> bool:
    rows = {row.code: row.level for row in checklist.found()}  # type: ignore[attr-defined]
    return rows.get("display") == "good" and rows.get("link") != "wait"


def show_passcode(actor: Actor) -> None:
    """One press shows it on the display."""
    console = actor.desk.console
    console.tabs.choose("online")
    press(console.lists["online"], tr("Show the passcode"))
    wait_for(lambda: actor.meeting().scene.passcode, "the passcode is to be seen")


def hide_passcode(actor: Actor) -> None:
    """And the next press hides it."""
    press(actor.desk.console.lists["online"], tr("Hide the passcode"))
    wait_for(lambda: not actor.meeting().scene.passcode, "the passcode is gone")


def see_passcode(actor: Actor) -> bool:
    """Wait until the room sees it; never what it is."""
    room = actor.room

    def is_here() -> bool:
        meeting = room.meeting
        return meeting is not None and bool(room.canvas.online.shown(meeting, offers=True).passcode)

    wait_for(is_here, "the passcode")
    live(30)
    return True


def see_last_minute(actor: Actor, is_seen: bool) -> None:
    """The countdown before the display enters by itself, held still for a picture."""
    room = actor.room
    wait_for(lambda: room.meeting and not room.meeting.scene.passcode, "the scene without it")
    online = room.canvas.online
    room.own_opening.hold(is_seen)
    online.is_counting, online.opens_at = is_seen, now() + LAST if is_seen else None
    room.canvas.update()


def see_way_back(actor: Actor) -> None:
    """The room's window comes up while the call goes on: where to from here."""
    room = actor.room
    wait_for(lambda: room.calling.is_aside, "the window made room for the call")
    room.calls.on_papers()
    press(room.panel, tr("Join online"))
    wait_for(lambda: room.panel.choices.kind == "join", "the ways on")


def come_back(actor: Actor, scene: str) -> str:
    """Esc leads out of the call: what the room saw before."""
    room = actor.room
    QTest.keyClick(room, Qt.Key.Key_Escape)
    wait_for(lambda: room.meeting and room.meeting.scene.scene == scene, f"the room sees {scene}")
    room.close_panel()
    return scene


ACTS = {
    name.__name__: name
    for name in (
        see_reminder, answer_reminder, see_follow_up, show_passcode, hide_passcode, see_passcode,
        see_last_minute, see_way_back, come_back,
    )
}  # fmt: skip
