"""Hands for a story: they press, type, drop and draw on real widgets, and wait for what comes."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

SECONDS = 45.0
LEFT = Qt.MouseButton.LeftButton
T = TypeVar("T")


class StoryError(Exception):
    """A step of the story did not come about."""


def live(milliseconds: int) -> None:
    """Let the window live for a while.

    `QTest.qWait` would keep Python's lock meanwhile, and with it every thread that draws,
    keeps or sends something.
    """
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_for(is_so: Callable[[], T | None], what: str, seconds: float = SECONDS) -> T:
    """Let the window live until something is so; its value."""
    end = time.monotonic() + seconds
    while not (found := is_so()):
        if time.monotonic() > end:
            raise StoryError(f"waited in vain: {what}")
        live(5)
    return found


def find_button(root: QWidget, words: str) -> QAbstractButton | None:
    """A visible, enabled button by its words or accessible name."""
    for button in root.findChildren(QAbstractButton):
        names = (button.text().replace("&", ""), button.accessibleName(), button.toolTip())
        if words in names and button.isVisible() and button.isEnabled():
            return button
    return None


def press(root: QWidget, words: str) -> None:
    """Click a button once it is there."""
    button = wait_for(lambda: find_button(root, words), f"button {words!r}")
    QTest.mouseClick(button, LEFT)


def write(editor: QWidget, words: str, *, ends: bool = True) -> None:
    """Type words as a Vietnamese keyboard does: composed and committed."""
    editor.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(editor, event)
    if ends:
        QTest.keyClick(editor, Qt.Key.Key_Return)


def rewrite(editor: QWidget, words: str) -> None:
    """Replace what is written."""
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write(editor, words)


def choose(box: QComboBox, value: Any) -> None:
    """Choose an entry by its value."""
    place = box.findData(value)
    if place < 0:
        raise StoryError(f"nothing to choose: {value!r}")
    box.setCurrentIndex(place)
    box.activated.emit(place)


def drop(target: QWidget, files: list[Path]) -> None:
    """Drop files on a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    place, copy = target.rect().center(), Qt.DropAction.CopyAction
    none = Qt.KeyboardModifier.NoModifier
    # Qt delivers a drop only to the widget that was entered.
    QApplication.sendEvent(target, QDragEnterEvent(place, copy, data, LEFT, none))
    QApplication.sendEvent(target, QDropEvent(QPointF(place), copy, data, LEFT, none))


def drag(target: QWidget, places: list[QPointF]) -> None:
    """Press at the first place, move over the others, let go at the last."""
    kinds = [QEvent.Type.MouseButtonPress, *[QEvent.Type.MouseMove] * (len(places) - 1)]
    for kind, place in zip(kinds, places, strict=True):
        _mouse(target, kind, place, LEFT)
        live(2)
    _mouse(target, QEvent.Type.MouseButtonRelease, places[-1], Qt.MouseButton.NoButton)


def _mouse(target: QWidget, kind: QEvent.Type, at: QPointF, held: Qt.MouseButton) -> None:
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    where = QPointF(target.mapToGlobal(QPoint(round(at.x()), round(at.y()))))
    event = QMouseEvent(kind, at, where, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, event)
