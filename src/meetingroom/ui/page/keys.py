"""Keys on a page: turn, scroll, zoom, choose words, use the tool."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from meetingroom.ui.page.lens import STEP
from meetingroom.ui.page.tools import ON_WORDS

if TYPE_CHECKING:
    from meetingroom.ui.page.page_view import PageView

LINE_PX = 60.0
SCREENFUL = 0.85
EDGES = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
TURNS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_PageUp: -1,
}
ALONG = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class PageKeys:
    """What each key does with the page that is shown."""

    def __init__(self, view: "PageView") -> None:
        self._view = view

    def handle(self, event: QKeyEvent) -> bool:
        """Whether the key did something."""
        if self._view.picks.key(event):
            return True
        return self._key_of_words(event) or self._key_of_zoom(event) or self._key_of_place(event)

    def _key_of_words(self, event: QKeyEvent) -> bool:
        view, key = self._view, event.key()
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            view.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll) and view.words.words:
            view.choose_words((0, len(view.words.words) - 1))
        elif key == Qt.Key.Key_Escape and view.chosen is not None:
            view.choose_words(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return view.pointer.use()
        elif view.tool in ON_WORDS and is_shifted and key in ALONG:
            return view.word_choice.extend(Qt.Key(key))
        else:
            return False
        return True

    def _key_of_zoom(self, event: QKeyEvent) -> bool:
        view = self._view
        is_equal = event.key() == Qt.Key.Key_Equal
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.ZoomIn) or (is_equal and with_control):
            view.zoom_by(STEP)
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            view.zoom_by(1 / STEP)
        else:
            return False
        return True

    def _key_of_place(self, event: QKeyEvent) -> bool:
        view, key = self._view, event.key()
        if key in TURNS:
            view.turn_page(TURNS[Qt.Key(key)])
        elif key in EDGES:
            view.edge_requested.emit(EDGES[Qt.Key(key)])
        elif key == Qt.Key.Key_Space:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._scroll(view.height() * SCREENFUL * (-1 if back else 1))
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._scroll(LINE_PX if key == Qt.Key.Key_Down else -LINE_PX)
        else:
            return False
        return True

    def _scroll(self, step: float) -> None:
        """A key is pressed once for one thing: at the end it turns at once."""
        if not self._view.scroll_page(0, step):
            self._view.turn_page(1 if step > 0 else -1, at_end=step < 0)
