"""A page under glass: read, turned, zoomed, and written on."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from meetingroom.domain.geometry import InkPoint, Point, Rect, rounded
from meetingroom.domain.marks import FreeText, Ink, Mark, Note, TextMark, bounds
from meetingroom.domain.paper import Word
from meetingroom.services.marking import Content
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.inline_editor import InlineEditor
from meetingroom.ui.page.painting import colours_of, paint_mark, paint_stroke
from meetingroom.ui.page.selection import text_mark, word_at
from meetingroom.ui.page.tools import ON_WORDS, Tool
from meetingroom.ui.stage.pages import StagePages
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

LEAST, MOST = 0.25, 8.0
MARGIN = 16.0
ALIKE = 0.01


class PageView(QWidget):
    """Shows one page of one paper at a time; `order_of` gives a person's place for colours."""

    page_requested = Signal(int)
    """A wish to turn: +1 or -1 beyond the page's end, or a whole page by key."""
    mark_made = Signal(object)
    mark_removed = Signal(str)
    mark_chosen = Signal(str)
    zoom_changed = Signal(int)
    painted = Signal(str, int)

    def __init__(
        self,
        context: DeskContext,
        order_of: Callable[[str], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._order_of = order_of
        self.pages = StagePages(context, self)
        self.pages.page_ready.connect(self._on_ready)
        self.pages.shape_known.connect(self._on_ready)
        self.blob, self.page = "", 0
        self.tool = Tool.HAND
        self.colour = "yellow"
        self.audience: tuple[str, ...] = ("me",)
        self.pen_width = 2.4
        self._marks: list[Mark] = []
        self._zoom = 0.0
        self._scroll = QPointF(0, 0)
        self._stroke: list[InkPoint] = []
        self._words: dict[tuple[str, int], tuple[Word, ...]] = {}
        self._chosen: tuple[int, int] | None = None
        self._grab: QPointF | None = None
        self._told: tuple[str, int] = ("", -1)
        self.editor = InlineEditor(self)
        self.editor.finished.connect(self._on_edited)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Page"))
        self.setMinimumSize(200, 160)

    # --- what is shown ----------------------------------------------------------------------

    def show_page(self, blob: str, page: int, *, at_end: bool = False) -> None:
        """Show a page from its top (or its end)."""
        if (blob, page) != (self.blob, self.page):
            self.editor.cancel()
        self.blob, self.page = blob, page
        self._chosen, self._stroke = None, []
        self._scroll = QPointF(self._scroll.x(), 1e9 if at_end else 0)
        self.setAccessibleDescription(tr("Page {0}").format(page + 1))
        self._clamp()
        self.update()

    def set_marks(self, marks: list[Mark]) -> None:
        """The marks of this page, oldest first."""
        if marks != self._marks:
            self._marks = marks
            self.update()

    def set_tool(self, tool: Tool) -> None:
        self.tool = tool
        self._chosen = None
        shapes = {Tool.HAND: Qt.CursorShape.OpenHandCursor, Tool.PEN: Qt.CursorShape.CrossCursor}
        shape = (
            Qt.CursorShape.IBeamCursor if tool in ON_WORDS else Qt.CursorShape.PointingHandCursor
        )
        self.setCursor(shapes.get(tool, shape))
        if tool in ON_WORDS:
            self._ask_words()
        self.update()

    def zoom_by(self, factor: float) -> None:
        """Larger or smaller, around the middle."""
        self.set_zoom(self._scale() * factor)

    def set_zoom(self, scale: float) -> None:
        """Pixels per point; 0 fits the width."""
        self._zoom = min(MOST, max(LEAST, scale)) if scale else 0.0
        self._clamp()
        self.zoom_changed.emit(round(self._scale() * 100))
        self.update()

    def fit_page(self) -> None:
        """The whole page."""
        size = self.pages.size(self.blob, self.page)
        if size is not None:
            across = (self.width() - 2 * MARGIN) / size.width
            self.set_zoom(min(across, (self.height() - 2 * MARGIN) / size.height))

    def _scale(self) -> float:
        size = self.pages.size(self.blob, self.page)
        if self._zoom or size is None:
            return self._zoom or 1.0
        return max(LEAST, min(1.9, (self.width() - 2 * MARGIN) / size.width))

    def _box(self) -> QRectF:
        """The page's place on the widget."""
        size = self.pages.size(self.blob, self.page)
        if size is None:
            return QRectF()
        scale = self._scale()
        wide, high = size.width * scale, size.height * scale
        left = max((self.width() - wide) / 2, MARGIN) - self._scroll.x()
        return QRectF(left, MARGIN - self._scroll.y(), wide, high)

    def _clamp(self) -> None:
        size = self.pages.size(self.blob, self.page)
        if size is None:
            return
        scale = self._scale()
        most_y = max(0.0, size.height * scale + 2 * MARGIN - self.height())
        most_x = max(0.0, size.width * scale + 2 * MARGIN - self.width())
        self._scroll = QPointF(
            min(max(0.0, self._scroll.x()), most_x), min(max(0.0, self._scroll.y()), most_y)
        )

    def _on_ready(self, *_what: object) -> None:
        self._clamp()
        if self.tool in ON_WORDS:
            self._ask_words()
        self.update()

    # --- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page, the marks, and what the pen is drawing."""
        painter = QPainter(self)
        try:
            self._paint(painter, event)
        finally:
            painter.end()  # also where a bug's traceback would keep it open

    def _paint(self, painter: QPainter, event: QPaintEvent) -> None:
        theme = current_theme()
        painter.fillRect(event.rect(), theme.colour("canvas"))
        box = self._box()
        if box.isEmpty():
            return
        painter.fillRect(box, theme.colour("paper"))
        wide = round(box.width() * self.devicePixelRatioF())
        image = self.pages.picture(self.blob, self.page, wide)
        if image is not None:
            sharp = abs(image.width() - wide) <= 1
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not sharp)
            painter.drawImage(box, image)
        elif (self.blob, self.page) in self.pages.failed:
            painter.setPen(theme.colour("attention"))
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            words = tr("This page cannot be drawn. The other pages and your notes are safe.")
            painter.drawText(box, flags, words)
        self._paint_marks(painter, box)
        if self.pages.is_sharp(self.blob, self.page, wide):
            self._tell()
            self.pages.draw_ahead(self.blob, self.page, wide)

    def _paint_marks(self, painter: QPainter, box: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.translate(box.topLeft())
        painter.scale(self._scale(), self._scale())
        for mark in self._marks:
            colours = colours_of(mark, self._context.me, self._order_of(mark.author))
            paint_mark(painter, mark, colours)
        if self._stroke:
            ink = current_theme().marks.mine["pen"]
            paint_stroke(painter, tuple(self._stroke), self.pen_width, ink)
        self._paint_chosen(painter)
        painter.restore()

    def _paint_chosen(self, painter: QPainter) -> None:
        words = self._words.get((self.blob, self.page), ())
        if self._chosen is None or not words:
            return
        mark = text_mark(words, *self._chosen, "highlight")
        for quad in mark.quads if mark else ():
            edge = quad.bounds()
            shade = current_theme().colour("accent_line")
            shade.setAlpha(120)
            painter.fillRect(QRectF(edge.x0, edge.y0, edge.x1 - edge.x0, edge.y1 - edge.y0), shade)

    def _tell(self) -> None:
        if self._told != (self.blob, self.page):
            self._told = (self.blob, self.page)
            self.painted.emit(self.blob, self.page)

    # --- pointer ----------------------------------------------------------------------------

    def _place(self, where: QPointF) -> Point:
        box, scale = self._box(), self._scale()
        return Point(rounded((where.x() - box.x()) / scale), rounded((where.y() - box.y()) / scale))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin what the tool does."""
        if event.button() != Qt.MouseButton.LeftButton or self._box().isEmpty():
            return
        at = self._place(event.position())
        if self.tool is Tool.HAND:
            self._grab = event.position()
            chosen = self._mark_at(at)
            if chosen is not None:
                self.mark_chosen.emit(chosen.id)
        elif self.tool is Tool.PEN:
            self._stroke = [InkPoint(at.x, at.y)]
            self.update()
        elif self.tool in ON_WORDS:
            self._begin_words(at)
        elif self.tool is Tool.ERASER:
            self._erase(at)
        else:
            self._begin_text(at, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it; only what changed is painted again."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        at = self._place(event.position())
        if self.tool is Tool.HAND and self._grab is not None:
            self._scroll -= event.position() - self._grab
            self._grab = event.position()
            self._clamp()
            self.update()
        elif self.tool is Tool.PEN and self._stroke:
            before = self._stroke[-1]
            self._stroke.append(InkPoint(at.x, at.y))
            self._update_between(before, at)
        elif self.tool in ON_WORDS and self._chosen is not None:
            index = word_at(self._words.get((self.blob, self.page), ()), at.x, at.y)
            if index is not None:
                self._chosen = (self._chosen[0], index)
                self.update()
        elif self.tool is Tool.ERASER:
            self._erase(at)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The pen is lifted: the mark is made, and on its way to the disk."""
        self._grab = None
        if self.tool is Tool.PEN and self._stroke:
            stroke, self._stroke = tuple(self._stroke), []
            self._make(Ink(strokes=(stroke,), width=self.pen_width), colour="pen")
        elif self.tool in ON_WORDS and self._chosen is not None and self.tool is not Tool.SELECT:
            words = self._words.get((self.blob, self.page), ())
            mark = text_mark(words, *self._chosen, self.tool.value)
            self._chosen = None
            if mark is not None:
                self._make(mark)
            self.update()

    def _update_between(self, before: InkPoint, at: Point) -> None:
        box, scale = self._box(), self._scale()
        reach = self.pen_width * scale + 2
        x0, x1 = sorted((box.x() + before.x * scale, box.x() + at.x * scale))
        y0, y1 = sorted((box.y() + before.y * scale, box.y() + at.y * scale))
        dirty = QRectF(x0, y0, x1 - x0, y1 - y0).adjusted(-reach, -reach, reach, reach)
        self.update(dirty.toAlignedRect())

    def _mark_at(self, at: Point) -> Mark | None:
        for mark in reversed(self._marks):
            if bounds(mark.shape).grown(3).contains(at.x, at.y):
                return mark
        return None

    def _erase(self, at: Point) -> None:
        mark = self._mark_at(at)
        if mark is not None and mark.author == self._context.me:
            self.mark_removed.emit(mark.id)

    def _begin_words(self, at: Point) -> None:
        index = word_at(self._words.get((self.blob, self.page), ()), at.x, at.y)
        self._chosen = (index, index) if index is not None else None
        self.update()

    def _begin_text(self, at: Point, where: QPointF) -> None:
        size = self.pages.size(self.blob, self.page)
        right = min(at.x + 220, size.width - 10) if size else at.x + 220
        if self.tool is Tool.NOTE:
            self.editor.open(where.toPoint(), Note(at=at))
        else:
            box = Rect(at.x, at.y, max(at.x + 60, right), at.y + 40)
            self.editor.open(where.toPoint(), FreeText(box=box))

    def _on_edited(self, shape: Note | FreeText, text: str) -> None:
        self._make(shape, text=text)

    def _make(
        self, shape: TextMark | Ink | Note | FreeText, *, text: str = "", colour: str = ""
    ) -> None:
        content = Content(
            shape=shape, text=text, colour=colour or self.colour, audience=self.audience
        )
        self.mark_made.emit(content)

    def _ask_words(self) -> None:
        key = (self.blob, self.page)
        if key in self._words or self.pages.size(*key) is None:
            return
        self._words[key] = ()

        def got(words: tuple[Word, ...]) -> None:
            self._words[key] = words

        self._context.bridge.when_done(
            self._context.pages.words(self.blob, self.page), got, lambda _error: None
        )

    # --- keys, wheel ------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn, scroll, copy."""
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown):
            self.page_requested.emit(1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self.page_requested.emit(-1)
        elif key == Qt.Key.Key_Space:
            self._scroll_or_turn(self.height() * 0.85)
        elif key == Qt.Key.Key_Down:
            self._scroll_or_turn(60)
        elif key == Qt.Key.Key_Up:
            self._scroll_or_turn(-60)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.0015 ** event.angleDelta().y())
        else:
            step = event.pixelDelta().y() or event.angleDelta().y() * 0.75
            self._scroll_or_turn(-step)

    def _scroll_or_turn(self, step: float) -> None:
        before = self._scroll.y()
        self._scroll = QPointF(self._scroll.x(), before + step)
        self._clamp()
        if abs(self._scroll.y() - before) < ALIKE:
            self.page_requested.emit(1 if step > 0 else -1)
        self.update()

    def copy(self) -> None:
        """The chosen words to the clipboard, NFC."""
        words = self._words.get((self.blob, self.page), ())
        if self._chosen is not None and words:
            mark = text_mark(words, *self._chosen, "highlight")
            QGuiApplication.clipboard().setText(mark.quote if mark else "")

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._clamp()
        if not self._zoom:
            self.zoom_changed.emit(round(self._scale() * 100))
