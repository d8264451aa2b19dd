"""A glass over the new version's pages on which a note is put by hand: it goes with the
pointer, and lies down where one clicks, taps or presses Enter."""

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QTouchEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from meetingroom.domain.geometry import Point
from meetingroom.domain.marks import Mark, Shape, TextMark, bounds, moved
from meetingroom.ui.page.page_view import PageView
from meetingroom.ui.page.painting import colours_of, paint_frame, paint_mark
from meetingroom.ui.page.sheet import Sheet
from meetingroom.wording import tr

STEP, SMALL_STEP = 14.0, 2.0  # px a press of an arrow moves the note
TAP_PX = 12.0
SOLID = 0.75
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
TURNS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
PUTS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PlacingGlass(QWidget):
    """Covers a page view; only pages of `blob` take the note."""

    put_requested = Signal(int, object, object)
    """The page, the note's shape there, and the place on the page that was touched."""
    stop_requested = Signal()

    def __init__(self, view: PageView, mark: Mark, blob: str, me: str) -> None:
        super().__init__(view)
        self._view, self._mark, self._blob = view, mark, blob
        self._colours = colours_of(mark, me, 0)
        self._at = QPointF(view.rect().center())
        self._pressed: QPointF | None = None
        self._scrolls = False
        self.setGeometry(view.rect())
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("Put the note on the new page"))
        self.setAccessibleDescription(
            tr("Arrow keys move it, Enter puts it down, Esc leaves it as it is.")
        )
        view.installEventFilter(self)
        self.show()
        self.raise_()
        self.setFocus()

    # --- what is seen -----------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The note where it would lie."""
        sheet = self._sheet()
        if sheet is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(sheet.transform(), combine=True)
        painter.setOpacity(SOLID)
        shape = self._shape_at(sheet.to_page(self._at))
        paint_mark(painter, replace(self._mark, shape=shape, certainty=""), self._colours)
        paint_frame(painter, shape)
        painter.end()

    def _sheet(self) -> Sheet | None:
        sheet = self._view.lens.sheet_at(self._at)
        return sheet if sheet is not None and sheet.leaf.blob == self._blob else None

    def _shape_at(self, place: Point) -> Shape:
        """The shape with its middle at a place; marked words begin there."""
        shape = self._mark.shape
        box = bounds(shape)
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        if isinstance(shape, TextMark) and shape.quads:
            first = shape.quads[0].bounds()
            x, y = first.x0, (first.y0 + first.y1) / 2
        return moved(shape, place.x - x, place.y - y)

    def _go(self, where: QPointF) -> None:
        inside = QRect(self.rect())
        x = min(max(where.x(), 0.0), float(inside.width() - 1))
        y = min(max(where.y(), 0.0), float(inside.height() - 1))
        self._at = QPointF(x, y)
        self.update()

    def put(self) -> None:
        """Lay it down where it is."""
        sheet = self._sheet()
        if sheet is not None:
            place = sheet.to_page(self._at)
            self.put_requested.emit(sheet.leaf.page, self._shape_at(place), place)

    # --- mouse, fingers, keys ---------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click puts it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(event.position())
            self.put()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The pages below scroll."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """A finger that moves scrolls the pages, one that taps puts the note."""
        if isinstance(event, QTouchEvent):
            self._touch(event)
            return True
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        event.accept()
        where = event.points()[0].position()
        if event.type() == QEvent.Type.TouchBegin:
            self._pressed, self._scrolls = where, False
        elif self._pressed is None:
            return
        elif event.type() == QEvent.Type.TouchUpdate:
            went = where - self._pressed
            if self._scrolls or went.manhattanLength() > TAP_PX:
                self._scrolls, self._pressed = True, where
                self._view.scroll_page(-went.x(), -went.y())
        elif event.type() == QEvent.Type.TouchEnd:
            self._pressed = None
            if not self._scrolls:
                self._go(where)
                self.put()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, put, leave; the pages turn as ever."""
        key = event.key()
        if key in ARROWS:
            is_fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            step = SMALL_STEP if is_fine else STEP
            across, down = ARROWS[Qt.Key(key)]
            self._go(self._at + QPointF(across * step, down * step))
        elif key in PUTS:
            self.put()
        elif key == Qt.Key.Key_Escape:
            self.stop_requested.emit()
        elif key in TURNS:
            self._view.turn_page(TURNS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the view whatever its size; keep the keys."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._view.rect())
        elif event.type() == QEvent.Type.FocusIn:
            self.setFocus()
        return super().eventFilter(watched, event)
