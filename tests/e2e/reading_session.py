"""A person reads 80 pages in the real window of an office's computer, by keys or by touch only.

    python reading_session.py keys|touch DATA

Everything goes the way of events; only what is waited for is looked up. Prints what was done.
"""

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from meetingroom.demo.hands import find_button, live, wait_for, write
from meetingroom.desktop import Crew, new_desk_window
from meetingroom.ui.application import make_application
from meetingroom.ui.page.tools import Tool
from meetingroom.wording import tr

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
PAGES = 80


class Session:
    """The window, and what both kinds of hands look at."""

    def __init__(self, data: Path) -> None:
        self.crew, self.work = Crew(), ThreadPoolExecutor(2)
        app = make_application(data)
        self.window: Any = new_desk_window(data, self.crew, self.work)
        app.setProperty("kept", self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.begin()
        wait_for(lambda: self.window.context and self.window.context.desk.meetings, "a meeting")
        wait_for(self.window.home.isVisible, "the calendar")
        self.seen: set[tuple[str, int]] = set()

    @property
    def room(self) -> Any:
        return self.window.room

    @property
    def view(self) -> Any:
        return self.room.view

    @property
    def place(self) -> tuple[str, int]:
        """The paper's number and the page from 1."""
        place, meeting = self.room.place, self.room.meeting
        return (meeting.number_of(place.paper), place.page + 1)

    def marks(self) -> list[str]:
        """The kinds of the meeting's marks."""
        return sorted(type(mark.shape).__name__ for mark in self.room.meeting.marks.values())

    def see(self) -> None:
        """The page that is open is sharp: it counts as read."""

        def is_sharp() -> bool:
            wide = round(self.view.lens.box().width() * self.view.devicePixelRatioF())
            return bool(wide > 0 and self.view.pages.is_sharp(self.view.blob, self.view.page, wide))

        wait_for(is_sharp, f"page {self.place} is sharp")
        self.seen.add(self.place)

    def wait(self, is_so: Callable[[], Any], what: str) -> None:
        wait_for(is_so, what, 20)

    def end(self) -> None:
        self.window.end()
        self.work.shutdown()
        self.crew.close()


# --- keys -----------------------------------------------------------------------------------


class Keys:
    """Keys go where the focus is, and nowhere else."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        target: QWidget = QApplication.focusWidget() or self.session.window
        QTest.keyClick(target, key, modifiers)
        live(1)

    def tab_to(self, is_it: Callable[[QWidget], bool], what: str) -> None:
        """Go on with Tab until the focus is there."""
        for _ in range(120):
            focus = QApplication.focusWidget()
            if focus is not None and is_it(focus):
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"no way by Tab to {what}")


def read_by_keys(session: Session) -> dict[str, Any]:
    """Open, read all pages, jump, zoom, mark words, write a note, undo, compare side by side."""
    keys, view = Keys(session), session.view
    opening = {tr("Read"), tr("Open", "meeting")}
    keys.tab_to(lambda one: one.accessibleName().split(":")[0] in opening, "the meeting")
    keys.key(Qt.Key.Key_Return)
    session.wait(lambda: session.room.place, "the papers open")
    keys.tab_to(lambda one: one is view, "the page")
    keys.key(Qt.Key.Key_Home)
    session.see()
    while len(session.seen) < PAGES:
        before = session.place
        keys.key(Qt.Key.Key_PageDown)
        session.wait(lambda before=before: session.place != before, f"on from {before}")
        session.see()
    told: dict[str, Any] = {"pages": len(session.seen), "end": session.place}
    keys.key(Qt.Key.Key_G, CONTROL)
    for digit in (Qt.Key.Key_1, Qt.Key.Key_2):
        keys.key(digit)
    keys.key(Qt.Key.Key_Return)
    told["typed"] = session.place
    return told | _mark_by_keys(session, keys) | _look_by_keys(session, keys)


def _mark_by_keys(session: Session, keys: Keys) -> dict[str, Any]:
    view, bar = session.view, session.room.bar
    told: dict[str, Any] = {}
    _press_shortcut(keys, bar.buttons[Tool.HIGHLIGHT])
    session.wait(lambda: view.words.words, "the page's words")
    for _ in range(3):
        keys.key(Qt.Key.Key_Right, SHIFT)
    keys.key(Qt.Key.Key_Return)
    session.wait(lambda: "TextMark" in session.marks(), "the words are marked")
    _press_shortcut(keys, bar.buttons[Tool.NOTE])
    keys.key(Qt.Key.Key_Return)
    session.wait(view.editor.isVisible, "the note opens")
    write(view.editor.words, "Đề nghị làm rõ", ends=False)
    keys.key(Qt.Key.Key_Return, CONTROL)
    session.wait(lambda: "Note" in session.marks(), "the note is kept")
    told["marks"] = session.marks()
    keys.key(Qt.Key.Key_Z, CONTROL)
    session.wait(lambda: "Note" not in session.marks(), "the note is taken back")
    session.wait(bar.redo.isEnabled, "it can be done again")
    keys.key(Qt.Key.Key_Y, CONTROL)
    session.wait(lambda: "Note" in session.marks(), "the note is back")
    return told


def _press_shortcut(keys: Keys, button: Any) -> None:
    """Press the keys that the tool's tip names."""
    combination = button.shortcut()[0]
    keys.key(combination.key(), combination.keyboardModifiers())
    wait_for(button.isChecked, "the tool is chosen")


def _look_by_keys(session: Session, keys: Keys) -> dict[str, Any]:
    view = session.view
    before = view.lens.percent
    keys.key(Qt.Key.Key_Plus, CONTROL)
    session.wait(lambda: view.lens.percent > before, "the page is larger")
    told: dict[str, Any] = {"zoomed": True}
    keys.key(Qt.Key.Key_0, CONTROL)
    keys.key(Qt.Key.Key_2, CONTROL)
    told["columns"] = view.lens.columns
    keys.key(Qt.Key.Key_R, CONTROL)
    told["turned"] = view.lens.turn(view.blob)
    keys.key(Qt.Key.Key_R, CONTROL | SHIFT)
    keys.key(Qt.Key.Key_2, CONTROL | ALT)
    told["panes"] = len(session.room.panes.panes)
    keys.key(Qt.Key.Key_1, CONTROL | ALT)
    return told


# --- touch ----------------------------------------------------------------------------------


class Finger:
    """Touches the window's glass; a tap is all that buttons get."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.device: QPointingDevice = QTest.createTouchDevice()

    def tap(self, target: QWidget, where: QPoint | None = None) -> None:
        place = target.mapTo(self.session.window, where or target.rect().center())
        self._touch(("press", place))
        live(5)
        self._touch(("release", place))
        live(20)

    def press(self, root: QWidget, words: str) -> None:
        """Tap a button by its words."""
        self.tap(wait_for(lambda: find_button(root, words), f"button {words!r}"))

    def draw(self, target: QWidget, places: list[QPoint]) -> None:
        """Put one finger down, move it, take it away."""
        on_glass = [target.mapTo(self.session.window, place) for place in places]
        self._touch(("press", on_glass[0]))
        for place in on_glass[1:]:
            live(4)
            self._touch(("move", place))
        live(4)
        self._touch(("release", on_glass[-1]))
        live(5)

    def pinch(self, target: QWidget, start: int, end: int) -> None:
        """Two fingers go apart from `start` to `end` px from the middle."""
        middle, steps = target.mapTo(self.session.window, target.rect().center()), 8
        for number in range(steps + 1):
            apart = QPoint(start + (end - start) * number // steps, 0)
            kind = "move" if number else "press"
            self._touch((kind, middle - apart), (kind, middle + apart))
            live(4)
        self._touch(("release", middle - apart), ("release", middle + apart))
        live(5)

    def _touch(self, *fingers: tuple[str, QPoint]) -> None:
        event = QTest.touchEvent(self.session.window, self.device, False)
        for number, (kind, place) in enumerate(fingers):
            getattr(event, kind)(number, place, self.session.window)
        event.commit()


def read_by_touch(session: Session) -> dict[str, Any]:
    """Open, scroll through all pages with throws, pinch, draw, write a note, undo."""
    finger, window = Finger(session), session.window
    wait_for(lambda: not window.context.desk.wanted_blobs(), "all papers are here")
    live(500)  # the calendar says so anew
    button = wait_for(
        lambda: (
            find_button(window.home, tr("Read"))
            or find_button(window.home, f"{tr('Open', 'meeting')}: Họp")
        ),
        "the meeting",
    )
    finger.tap(button)
    session.wait(lambda: session.room.place, "the papers open")
    session.see()
    _scroll_through(session, finger)
    told: dict[str, Any] = {"pages": len(session.seen), "end": session.place}
    before = session.view.lens.percent
    finger.pinch(session.view, 40, 120)
    told["zoomed"] = session.view.lens.percent > before
    return told | _mark_by_touch(session, finger)


def _scroll_through(session: Session, finger: Finger) -> None:
    view = session.view
    x, low, high = view.width() // 2, view.height() - 30, 30
    for _ in range(PAGES * 6):
        if len(session.seen) >= PAGES:
            return
        finger.draw(view, [QPoint(x, low - (low - high) * n // 6) for n in range(7)])
        session.seen.add(session.place)
        for _ in range(400):  # it glides on; every page it comes by is seen
            session.seen.add(session.place)
            if not view.is_gliding:
                break
            live(4)
        session.see()


def _mark_by_touch(session: Session, finger: Finger) -> dict[str, Any]:
    room, view = session.room, session.view
    told: dict[str, Any] = {}
    finger.tap(room.bar.buttons[Tool.NOTE])
    finger.tap(view, view.rect().center())
    session.wait(view.editor.isVisible, "the note opens")
    write(view.editor.words, "Đồng ý", ends=False)  # as a keyboard on the glass does
    finger.press(view.editor, tr("Keep"))
    session.wait(lambda: "Note" in session.marks(), "the note is kept")
    finger.tap(room.bar.buttons[Tool.HIGHLIGHT])
    told["marks"] = session.marks()
    finger.tap(room.bar.undo)
    session.wait(lambda: "Note" not in session.marks(), "the note is taken back")
    finger.tap(room.bar.redo)
    session.wait(lambda: "Note" in session.marks(), "the note is back")
    return told


def main() -> int:
    """Read, and print what came of it."""
    kind, data = sys.argv[1], Path(sys.argv[2])
    session = Session(data)
    told = {"keys": read_by_keys, "touch": read_by_touch}[kind](session)
    session.end()
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
