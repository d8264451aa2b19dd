"""The ring around what has the focus, shown only after a key was used."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QWindow
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from meetingroom.ui.theme import current_theme

_MOVES = {
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_F6,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
}
_JUMPS = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_F6}
_FOLLOWED = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show}
_POINTING = {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.TabletPress}


class _Ring(QWidget):
    """The drawing of the ring; it lies over a window and takes no input."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded ring just within the edge."""
        theme = current_theme()
        width = theme.number("focus.width")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("focus"), width))
        inner = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        radius = theme.radius("field") + theme.number("focus.offset")
        painter.drawRoundedRect(inner, radius, radius)


class FocusRing(QObject):
    """Watches keys, the pointer and the focus of an application, and places the ring.

    Make one for the application and keep it. A widget with the property
    `no_focus_ring` set shows its focus itself.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._by_key = False
        self._ring: _Ring | None = None
        self._followed: list[QObject] = []
        self._windows: set[QWindow] = set()
        app.focusChanged.connect(self._focus_moved)
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    def shown_around(self) -> QRect:
        """Where the ring is, in the window's px; empty when it is not shown."""
        if self._ring is None or self._ring.isHidden():
            return QRect()
        return self._ring.geometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys show the ring, pointing hides it; it follows what it surrounds."""
        kind = event.type()
        if not isinstance(watched, QWindow):
            if kind in _FOLLOWED:
                self._place()
        elif kind == QEvent.Type.KeyPress:
            self._key_used(event)
        elif kind in _POINTING:
            self._by_key = False
            self._place()
        return False

    def _key_used(self, event: QEvent) -> None:
        key = event.key() if isinstance(event, QKeyEvent) else 0
        typing = isinstance(QApplication.focusWidget(), (QLineEdit, QTextEdit, QPlainTextEdit))
        if key in _JUMPS or (key in _MOVES and not typing):
            self._by_key = True
            self._place()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None and window not in self._windows:
            self._windows.add(window)
            window.installEventFilter(self)
            window.destroyed.connect(self._forget_window)

    def _forget_window(self, window: QObject) -> None:
        self._windows.discard(window)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, QAbstractItemView) and old.selectionModel() is not None:
            old.selectionModel().currentChanged.disconnect(self._place)
        for followed in self._followed:
            if isValid(followed):  # a row may have been made anew under the focus
                followed.removeEventFilter(self)
        self._followed = []
        at = new
        while at is not None and not at.isWindow():
            at.installEventFilter(self)
            self._followed.append(at)
            at = at.parentWidget()
        if isinstance(new, QAbstractItemView) and new.selectionModel() is not None:
            new.selectionModel().currentChanged.connect(self._place)
        self._place()

    def _place(self, *_ignored: object) -> None:
        target = QApplication.focusWidget()
        quiet = target is None or bool(target.property("no_focus_ring"))
        if target is None or quiet or not self._by_key or not target.isVisible():
            if self._ring is not None:
                self._ring.hide()
            return
        ring = self._ring_of(target.window())
        ring.setGeometry(_place_around(target))
        ring.show()
        ring.raise_()

    def _ring_of(self, window: QWidget) -> _Ring:
        if self._ring is None or self._ring.parentWidget() is not window:
            if self._ring is not None:
                self._ring.hide()
                self._ring.deleteLater()
            self._ring = _Ring(window)
            self._ring.destroyed.connect(self._forget_ring)
        return self._ring

    def _forget_ring(self, ring: QObject) -> None:
        if ring is self._ring:
            self._ring = None


def _place_around(target: QWidget) -> QRect:
    """Outside a control by the ring's offset and width; within the row of a list."""
    theme = current_theme()
    window = target.window()
    if isinstance(target, QAbstractItemView) and target.currentIndex().isValid():
        row = target.visualRect(target.currentIndex())
        view = target.viewport()
        row = row.intersected(view.rect())
        return QRect(view.mapTo(window, row.topLeft()), row.size())
    box = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
    if isinstance(target, QAbstractScrollArea):
        return box
    out = round(theme.number("focus.width") + theme.number("focus.offset"))
    return box.adjusted(-out, -out, out, out).intersected(window.rect())
