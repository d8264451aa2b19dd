"""Brings each screen of a window to view and takes its picture."""

import tomllib
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from meetingroom.demo import reading_acts
from meetingroom.demo.cast import Actor
from meetingroom.demo.hands import live, press, wait_for
from meetingroom.resources import resource
from meetingroom.services.folder_issue import issue_folder
from meetingroom.ui.first_run import FirstRun
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

SETTLE_MS = 350
MADE_UP_KEY = "-".join(["2345", "ABCD", "EFGH", "JKLM", "NPQR", "STUV", "WXYZ"] * 2)
FAST_PNG = 80  # of 100: less work for a larger file


def picture(actor: Actor, path: str, width: int, height: int, over: str = "") -> str:
    """Make the window so large (in its own units), let it settle, and keep its picture.

    `over` opens a menu or a dialog over it for the picture.
    """
    window: QWidget = actor.notes.get("window") or actor.display or actor.desk
    if (window.width(), window.height()) != (width, height):
        window.resize(width, height)
    live(SETTLE_MS)
    _until_sharp(actor)
    if over:
        reading_acts.open_over(actor, over)
    image = window.grab()
    if over:
        _paint_over(image, window)
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(target), "PNG", FAST_PNG):
        raise OSError(f"cannot write {target}")
    return f"{image.width()}x{image.height()}"


def _paint_over(image: QPixmap, window: QWidget) -> None:
    """What lies over the window is a window of its own: paint it too, and close it."""
    painter = QPainter(image)
    for one in QApplication.topLevelWidgets():
        if one is not window and one.isVisible() and isinstance(one, QMenu | QDialog):
            corner = window.mapFromGlobal(one.mapToGlobal(QPoint(0, 0)))
            painter.drawPixmap(corner, one.grab())
            painter.setPen(current_theme().colour("line_strong"))
            painter.drawRect(QRect(corner, one.size()).adjusted(0, 0, -1, -1))
            one.close()
    painter.end()


def _until_sharp(actor: Actor) -> None:
    if actor.notes.get("window") is not None:
        return
    if actor.display is not None:
        canvas = actor.display.canvas
        if canvas.meeting is not None and canvas.meeting.scene.scene == "paper":
            stage = canvas.stage()
            wait_for(lambda: canvas._told == (stage.blob, stage.page), "the page is sharp")  # noqa: SLF001
            live(SETTLE_MS)
        return
    if actor.desk.context is None or actor.desk.stack.currentWidget() is not actor.desk.room:
        return
    reading_acts.views_are_sharp(actor)
    live(50)


# --- the first run ------------------------------------------------------------------------


def see_first_run(actor: Actor, step: str) -> None:
    """Joining with a code, founding an office, or its recovery key (made up here)."""
    first = actor.desk.centralWidget()
    if not isinstance(first, FirstRun):
        return
    first.complete()
    first.stack.setCurrentIndex({"join": 0, "found": 1, "key": 2}[step])
    office = tomllib.loads(resource("sample", "office.toml").read_text(encoding="utf-8"))
    if step == "found":
        first.found_card.name.setText(office["name"])
        first.found_card.letterhead.setText(" / ".join(office["letterhead"]))
        first.found_card.room.setText(office["room"])
        first.found_card.take_list(resource("sample", "people.csv"))
        wait_for(first.found_card.count.text, "the list of people is read")
    elif step == "key":
        first.recovery_card.show_key(office["name"], MADE_UP_KEY)


# --- the secretary ------------------------------------------------------------------------


def issue_from_folder(actor: Actor, folder: str) -> int:
    """Issue a folder as `meetingroom meeting issue` does, with the window open; the revision."""
    context = actor.context
    if context.drafting is None or context.issuing is None:
        return 0
    wait_for(lambda: actor.office.link_state.state == "online", "the hub")
    with ThreadPoolExecutor(1) as work:
        future: Future[dict[str, Any]] = work.submit(
            issue_folder, context.desk, context.drafting, context.issuing, Path(folder)
        )
        wait_for(future.done, "the folder is issued", 90)
    issued = future.result()
    wait_for(lambda: actor.office.meeting(issued["meeting"]), "the meeting is here")
    return int(issued["revision"])


def see_desk(actor: Actor, step: str) -> None:
    """A step of the newest meeting at the secretary's desk; "list" for all meetings."""
    actor.desk.go("prepare")
    desk = actor.desk.secretary
    if step == "list":
        desk.show_list()
        return
    meeting = actor.meeting().id
    if desk.meeting_id != meeting or desk.stack.currentIndex() == 0:
        desk.open_meeting(meeting)
        live(SETTLE_MS)
    if step not in ("follow", "collect") and desk._draft is None:  # noqa: SLF001
        press(desk, tr("Change and issue again"))
        wait_for(lambda: desk._draft, "the draft opens")  # noqa: SLF001
    desk.go(step)


def see_people(actor: Actor, shows_code: bool = False) -> None:
    """People and computers of the office, or a code for one of them."""
    actor.desk.go("people")
    room = actor.desk.people
    room.code_card.hide()
    if shows_code:
        person = actor.office.directory.in_protocol_order()[2]
        room.on_code(person.person, person.name)
        wait_for(room.code_card.isVisible, "the code")


# --- officials ----------------------------------------------------------------------------


def see_calendar(actor: Actor) -> None:
    """The meetings of an official."""
    actor.desk.go("home")


def see_settings(actor: Actor) -> None:
    """What a person may change, and what this program is."""
    actor.desk.go("settings")


def see_contents(actor: Actor, tab: str) -> None:
    """A tab of what the meeting contains: the agenda, the pages in small, the outline."""
    actor.desk.room.contents.tabs.choose(tab)
    live(2 * SETTLE_MS)


# --- the chair and the room ---------------------------------------------------------------


def see_console(actor: Actor, tab: str) -> None:
    """A tab of the chair's console."""
    actor.desk.lead(actor.meeting().id)
    actor.desk.console.tabs.choose(tab)


def lock_room(actor: Actor) -> None:
    """Take the display's right to steer away, if it has it."""
    room = next(iter(actor.office.directory.rooms))
    if room in actor.meeting().unlocked:
        actor.context.leading.lock_display(actor.meeting().id, room)
    wait_for(lambda: room not in actor.meeting().unlocked, "the display is locked")


def see_idle(actor: Actor) -> None:
    """The display between meetings."""
    wait_for(lambda: actor.room.meeting is None, "no meeting is near")


def see_panel(actor: Actor, is_open: bool, is_locked: bool = False) -> None:
    """The panel at the display's edge."""
    room = actor.room
    room.close_panel()
    if is_open:
        wait_for(lambda: room.is_unlocked != is_locked, "the lock")
        room.panel.pad.sentence.setText("")
        room.open_panel()


ACTS = {
    name.__name__: name
    for name in (
        picture, see_first_run, issue_from_folder, see_desk, see_people, see_calendar,
        see_settings,
        see_contents, see_console, lock_room, see_idle, see_panel,
    )
}  # fmt: skip
