"""What the chair does in the story, from the console on the own laptop."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from meetingroom.demo.cast import Actor
from meetingroom.demo.hands import live, press, wait_for, write
from meetingroom.ui.stage.canvas import StageCanvas
from meetingroom.ui.stage.turning import Turning
from meetingroom.wording import tr


def lead(actor: Actor) -> str:
    """Open the console of the meeting."""
    actor.desk.lead(actor.meeting().id)
    return actor.desk.console.title.text()


def set_pin(actor: Actor, pin: str) -> str:
    """Choose the PIN for the room display."""
    console = actor.desk.console
    console.tabs.choose("you")
    editor = console.only_you.pin.editor
    assert isinstance(editor, QLineEdit)  # noqa: S101
    for _ in range(6):
        editor.clear()
        write(editor, pin, ends=False)
        console.info.title_label.setText("")
        press(console.only_you, tr("Set the PIN"))
        words = wait_for(console.info.title_label.text, "the PIN is set")
        if words == tr("Your PIN is set."):
            return words
        live(2000)  # the hub was away: it said so
    return ""


def call_roll(actor: Actor, names: list[str]) -> int:
    """Check people in by hand."""
    console = actor.desk.console
    console.tabs.choose("people")
    for name in names:
        press(console.attendance, f"{tr('Check in')}: {name}")
    wait_for(lambda: len(actor.meeting().presence) >= len(names), "the people are here")
    return len(actor.meeting().presence)


def open_meeting(actor: Actor) -> str:
    """Press the button that opens the meeting."""
    press(actor.desk.console, tr("Open the meeting"))
    wait_for(lambda: actor.meeting().is_running, "the meeting is open")
    return actor.meeting().state


def go_to_item(actor: Actor, number: int) -> int:
    """Go to an item of the agenda."""
    console = actor.desk.console
    console.tabs.choose("agenda")
    press(console.order, tr("Go to item {0}").format(number))
    item = actor.meeting().issued.agenda[number - 1].item  # type: ignore[union-attr]
    wait_for(lambda: actor.meeting().current_item == item, "the item is called")
    return number


def show_paper(actor: Actor, number: str) -> str:
    """Put a paper on the room's screen."""
    console, paper = actor.desk.console, actor.paper(number)
    console.tabs.choose("agenda")
    press(console.order, tr("Show {0}").format(f"{number} {paper.title}"))
    wait_for(lambda: console.live.stage().paper == paper.paper, "the paper is on the stage", 60)
    return paper.title


def next_page(actor: Actor) -> int:
    """Press the big button until the page changes; the page from 1."""
    console = actor.desk.console
    before = console.live.stage().page
    revision = console.live.stage().revision
    for _ in range(6):
        QTest.mouseClick(console.forward, Qt.MouseButton.LeftButton)
        wait_for_turn(console.live, console.turning, revision)
        revision = console.live.stage().revision
        if console.live.stage().page != before:
            break
    return console.live.stage().page + 1


def wait_for_turn(canvas: StageCanvas, turning: Turning, revision: int) -> None:
    """Wait until the stage is newer than a revision and its turn is over."""
    wait_for(lambda: canvas.stage().revision > revision, "the stage moves", 60)
    wait_for(lambda: not turning._is_turning, "the turn is over")  # noqa: SLF001


def show_scene(actor: Actor, scene: str) -> str:
    """Choose a scene of the room's screen."""
    console = actor.desk.console
    console.scenes.choose(scene)
    wait_for(lambda: actor.meeting().scene.scene == scene, "the scene changes")
    return scene


def close_meeting(actor: Actor) -> str:
    """Press the button that closes the meeting."""
    press(actor.desk.console, tr("Close the meeting"))
    wait_for(lambda: actor.meeting().state == "closed", "the meeting is closed")
    return actor.meeting().state


ACTS = {
    name.__name__: name
    for name in (
        lead, set_pin, call_roll, open_meeting, go_to_item, show_paper, next_page, show_scene,
        close_meeting,
    )
}  # fmt: skip
