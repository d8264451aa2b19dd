"""Keyboard and presenter clicker of the room's display."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from meetingroom.ui.stage.zooming import STEP

Key = Qt.Key
FORWARD = (Key.Key_Right, Key.Key_Down, Key.Key_PageDown, Key.Key_Space)
BACK = (Key.Key_Left, Key.Key_Up, Key.Key_PageUp, Key.Key_Backspace)
MENU = (Key.Key_M, Key.Key_F1, Key.Key_Menu)
TAKES_BACK = (Key.Key_Backspace, Key.Key_Escape)
BLACK = (Key.Key_B, Key.Key_Period)
NEARER = (Key.Key_Plus, Key.Key_Equal, Key.Key_ZoomIn)
FURTHER = (Key.Key_Minus, Key.Key_Underscore, Key.Key_ZoomOut)
ENTER = (Key.Key_Return, Key.Key_Enter)
LAST = 1_000_000


class Driven(Protocol):
    """What keys do to the display; all but the panel's does nothing where it is locked."""

    def toggle_panel(self) -> None: ...

    def toggle_whole_screen(self) -> None: ...

    def leave(self) -> None: ...

    def turn(self, delta: int) -> None: ...

    def toggle_black(self) -> None: ...

    def toggle_laser(self) -> None: ...

    def toggle_pen(self) -> None: ...

    def undo_ink(self) -> None: ...

    def zoom(self, factor: float) -> None: ...

    def go_to_page(self, page: int) -> None: ...

    def present(self) -> None: ...

    def type_digit(self, digit: str) -> None: ...

    def untype(self, *, whole: bool) -> None: ...

    def enter(self) -> None: ...


def press(event: QKeyEvent, display: Driven, *, is_typing: bool) -> bool:
    """Do what a key means; whether it means anything. A key held down only turns pages."""
    key = event.key()
    if event.isAutoRepeat() and key not in (*FORWARD, *BACK, *NEARER, *FURTHER):
        return True
    if is_typing and key in TAKES_BACK:
        display.untype(whole=key == Key.Key_Escape)
    elif key in FORWARD:
        display.turn(1)
    elif key in BACK:
        display.turn(-1)
    elif key in NEARER:
        display.zoom(STEP)
    elif key in FURTHER:
        display.zoom(1 / STEP)
    elif event.text().isdecimal():
        display.type_digit(event.text())
    else:
        return _command(key, display)
    return True


def _command(key: int, display: Driven) -> bool:
    if key in MENU:
        display.toggle_panel()
    elif key in BLACK:
        display.toggle_black()
    elif key in ENTER:
        display.enter()
    else:
        commands: dict[int, Callable[[], None]] = {
            int(Key.Key_Escape): display.leave,
            int(Key.Key_F): display.toggle_whole_screen,
            int(Key.Key_L): display.toggle_laser,
            int(Key.Key_P): display.toggle_pen,
            int(Key.Key_Z): display.undo_ink,
            int(Key.Key_F5): display.present,  # a clicker's "start the show"
            int(Key.Key_Home): lambda: display.go_to_page(0),
            int(Key.Key_End): lambda: display.go_to_page(LAST),
        }
        command = commands.get(key)
        if command is None:
            return False
        command()
    return True
