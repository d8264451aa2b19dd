"""A page under glass: read, turned, zoomed, and written on."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from meetingroom.domain.geometry import InkPoint
from meetingroom.domain.marks import FreeText, Mark, Note, Shape
from meetingroom.domain.paper import Word
from meetingroom.services.marking import Content
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.fingers import Fingers
from meetingroom.ui.page.glass import Glass
from meetingroom.ui.page.inline_editor import InlineEditor
from meetingroom.ui.page.lens import STEP, Fit, Lens
from meetingroom.ui.page.live_ink import LiveInk
from meetingroom.ui.page.pointer import Pointer
from meetingroom.ui.page.scroll_bars import ScrollBars
from meetingroom.ui.page.selection import PageWords
from meetingroom.ui.page.selection_bar import SelectionBar
from meetingroom.ui.page.tools import ON_WORDS, Tool
from meetingroom.ui.stage.pages import StagePages
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

LINE_PX = 60.0
SCREENFUL = 0.85
NOTCH = 0.75  # px of scrolling an angle unit of a wheel
PULL_PX = 90.0  # beyond the end before the page turns: one notch of a wheel
SETTLE_MS = 70
PEN = QPointingDevice.PointerType.Pen
ERASER = QPointingDevice.PointerType.Eraser
EDGES = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
TURNS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_PageUp: -1,
}


class PageView(QWidget):
    """Shows one page of one paper at a time; `order_of` gives a person's place for colours."""

    page_requested = Signal(int, bool)
    """A wish to turn by so many pages; true to see the new page's end first."""
    edge_requested = Signal(int)
    """A wish for the paper's first (0) or last (-1) page."""
    mark_made = Signal(str, int, object)
    """A new mark: the blob and page it stands on, and its content."""
    mark_changed = Signal(str, object)
    """New words of an own mark: its id and content."""
    mark_removed = Signal(str)
    mark_chosen = Signal(str)
    zoom_changed = Signal(int)
    """The scale in per cent."""
    painted = Signal(str, int)

    def __init__(
        self,
        context: DeskContext,
        order_of: Callable[[str], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.pages = StagePages(context, self)
        self.blob, self.page = "", 0
        self.tool = Tool.HAND
        self.colour = "yellow"
        self.audience: tuple[str, ...] = ("me",)
        self.pen_width = 2.4
        self.marks: list[Mark] = []
        self.chosen: tuple[int, int] | None = None
        self.lens, self.ink = Lens(), LiveInk()
        self._pending: list[tuple[str, int, Content]] = []
        self._words: dict[tuple[str, int], PageWords] = {}
        self._edited: tuple[str, int, Mark | None] = ("", 0, None)
        self._told: tuple[str, int] = ("", -1)
        self._pulled = 0.0
        self._glass = Glass(self, context, order_of)
        self.width_of = self._glass.width_of
        self._pointer, self._fingers = Pointer(self), Fingers(self)
        self.bars = ScrollBars(self)
        self.editor, self.actions_bar = InlineEditor(self), SelectionBar(self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._wire()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAccessibleName(tr("Page"))
        self.setMinimumSize(200, 160)

    def _wire(self) -> None:
        self.pages.page_ready.connect(self._on_ready)
        self.pages.shape_known.connect(self._on_ready)
        self._context.bridge.transfer_moved.connect(self._on_transfer)
        self._settling.timeout.connect(self.update)
        self.bars.moved.connect(self._on_bars)
        self.editor.finished.connect(self._on_edited)
        self.actions_bar.copy_requested.connect(self.copy)
        self.actions_bar.mark_requested.connect(self.mark_words)

    # --- what is shown ----------------------------------------------------------------------

    def show_page(self, blob: str, page: int, *, at_end: bool = False) -> None:
        """Show a page from its top (or its end); what was being written on the old one is kept."""
        if (blob, page) != (self.blob, self.page):
            self.finish()
            self.pages.try_again(blob, page)
        self.blob, self.page = blob, page
        self._pulled = 0.0
        self.choose_words(None)
        self.lens.set_page(self.pages.size(blob, page))
        self.lens.scroll_to(self.lens.scrolled.x(), 1e9 if at_end else 0)
        self.setAccessibleDescription(tr("Page {0}").format(page + 1))
        if self.tool in ON_WORDS:
            self._ask_words()
        self._moved()

    def finish(self) -> None:
        """Keep what is being written or drawn."""
        self._pointer.finish_ink()
        if self.editor.is_open:
            self.editor.finish()

    def set_marks(self, marks: list[Mark]) -> None:
        """The marks of this page, oldest first."""
        shapes = [mark.shape for mark in marks]
        self._pending = [row for row in self._pending if row[2].shape not in shapes]
        if marks != self.marks:
            self.marks = marks
            self.update()

    def settle(self, content: Content) -> None:
        """A mark that was made is kept (or was not): it is shown only if it is kept."""
        self._pending = [row for row in self._pending if row[2] is not content]
        self.update()

    @property
    def pending(self) -> list[Content]:
        """Marks of this page on their way to the disk."""
        return [row[2] for row in self._pending if row[:2] == (self.blob, self.page)]

    def is_mine(self, mark: Mark) -> bool:
        return mark.author == self._context.me

    def set_tool(self, tool: Tool) -> None:
        """Choose what the pointer does; a marking tool marks the words that are chosen."""
        chosen = self.chosen
        self.tool = tool
        if chosen is not None and tool in ON_WORDS and tool is not Tool.SELECT:
            self.mark_words(tool.value)
        elif tool not in ON_WORDS:
            self.choose_words(None)
        shapes = {Tool.HAND: Qt.CursorShape.OpenHandCursor, Tool.PEN: Qt.CursorShape.CrossCursor}
        on_words = Qt.CursorShape.IBeamCursor
        usual = on_words if tool in ON_WORDS else Qt.CursorShape.PointingHandCursor
        self.setCursor(shapes.get(tool, usual))
        if tool in ON_WORDS:
            self._ask_words()

    # --- zooming and scrolling ----------------------------------------------------------------

    def zoom_by(self, factor: float, anchor: QPointF | None = None) -> None:
        """Larger or smaller, around a place of the view (its middle)."""
        place = anchor if anchor is not None else QPointF(self.rect().center())
        self.lens.zoom(self.lens.scale * factor, place)
        self._settling.start()
        self._moved()

    def set_fit(self, fit: Fit) -> None:
        """Fit the width or the whole page, also after the window changes."""
        self.lens.set_fit(fit)
        self._moved()

    def scroll_page(self, dx: float, dy: float) -> bool:
        """Move the view over the page; whether it moved."""
        moved = self.lens.scroll_by(dx, dy)
        if moved:
            self._pulled = 0.0
            self._moved()
        return moved

    def can_scroll_sideways(self) -> bool:
        return self.lens.scroll_range().width() >= 1

    def pinch(self, factor: float, anchor: QPointF) -> None:
        """Two fingers go apart or together."""
        self.zoom_by(factor, anchor)

    def tap(self, where: QPointF) -> None:
        """A finger presses and leaves."""
        tool = self.tool if self.tool is not Tool.PEN else Tool.HAND
        self._pointer.press(where, tool)
        self._pointer.release()

    def turn_page(self, delta: int, *, at_end: bool = False) -> None:
        self.page_requested.emit(delta, at_end)

    def _scroll_or_turn(self, step: float) -> None:
        """Scroll; who goes on pulling at the end turns the page."""
        if self.scroll_page(0, step):
            return
        self._pulled += step
        if abs(self._pulled) >= PULL_PX:
            forward = self._pulled > 0
            self._pulled = 0.0
            self.turn_page(1 if forward else -1, at_end=not forward)

    def _moved(self) -> None:
        self.bars.follow(self.lens)
        self.zoom_changed.emit(self.lens.percent)
        if self.actions_bar.isVisible():
            self.offer_actions()
        self.update()

    def _on_bars(self, x: float, y: float) -> None:
        self.lens.scroll_to(x, y)
        self._moved()

    def _on_ready(self, *_what: object) -> None:
        self.lens.set_page(self.pages.size(self.blob, self.page) if self.blob else None)
        if self.tool in ON_WORDS:
            self._ask_words()
        self._moved()

    def _on_transfer(self, _what: object) -> None:
        if self.pages.is_away(self.blob):
            self.update()

    # --- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page, the marks, and what the pen is drawing; only where something changed."""
        painter = QPainter(self)
        try:
            is_sharp = self._glass.paint(painter, event.rect(), asks=not self._settling.isActive())
        finally:
            painter.end()  # also where a bug's traceback would keep it open
        if is_sharp and self._told != (self.blob, self.page):
            self._told = (self.blob, self.page)
            self.painted.emit(self.blob, self.page)

    # --- words ------------------------------------------------------------------------------

    @property
    def words(self) -> PageWords:
        """The words of this page, none while they are not known."""
        return self._words.get((self.blob, self.page)) or PageWords()

    def choose_words(self, chosen: tuple[int, int] | None) -> None:
        """Choose words from one to another by their places in the page's order."""
        if chosen is None:
            self.actions_bar.hide()
        if chosen != self.chosen:
            self.chosen = chosen
            self.update()

    def offer_actions(self) -> None:
        """Show what can be done with the chosen words, beside them."""
        if self.chosen is not None and self.words.words:
            quads = self.words.quads(*self.chosen)
            self.actions_bar.show_beside(self.lens.view_rect(quads[-1].bounds()))

    def mark_words(self, style: str) -> None:
        """Mark the chosen words: "highlight", "underline" or "strikeout"."""
        mark = self.words.mark(*self.chosen, style) if self.chosen is not None else None
        self.choose_words(None)
        if mark is not None:
            self.make(mark)

    def copy(self) -> None:
        """The chosen words to the clipboard, composed letters, line by line."""
        if self.chosen is not None and self.words.words:
            QGuiApplication.clipboard().setText(self.words.text(*self.chosen))

    def _ask_words(self) -> None:
        key = (self.blob, self.page)
        if not self.blob or key in self._words or self.pages.size(*key) is None:
            return
        self._words[key] = PageWords()

        def got(words: tuple[Word, ...]) -> None:
            self._words[key] = PageWords(words)

        self._context.bridge.when_done(
            self._context.pages.words(self.blob, self.page), got, lambda _error: None
        )

    def _extend(self, key: Qt.Key) -> bool:
        """Choose words by keys: along the line, or to the next."""
        words = self.words
        if not words.words:
            return False
        start, end = self.chosen or (words.first_in(self.lens.visible()),) * 2
        if self.chosen is not None:
            last = len(words.words) - 1
            steps = {Qt.Key.Key_Right: min(end + 1, last), Qt.Key.Key_Left: max(end - 1, 0)}
            lines = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            end = words.beside(end, lines[key]) if key in lines else steps[key]
        self.choose_words((start, end))
        self.lens.reveal(words.box(end))
        self._moved()
        self.offer_actions()
        return True

    # --- marks ------------------------------------------------------------------------------

    def begin_ink(self) -> None:
        colour = current_theme().marks.mine["pen"]
        width = self.pen_width * self.lens.scale
        self.ink.start(width, colour, self.size(), self.devicePixelRatioF())

    def add_ink(self, point: InkPoint, before: QPointF, to: QPointF) -> None:
        self.update(self.ink.add(point, before, to))

    def make(self, shape: Shape, *, text: str = "", colour: str = "",
             where: tuple[str, int] | None = None) -> None:  # fmt: skip
        """A new mark, shown at once; `where` is another blob and page than are shown now."""
        content = Content(
            shape=shape, text=text, colour=colour or self.colour, audience=self.audience
        )
        blob, page = where or (self.blob, self.page)
        self._pending.append((blob, page, content))
        self.mark_made.emit(blob, page, content)
        self.update()

    def erase(self, mark: Mark) -> None:
        self.marks = [one for one in self.marks if one is not mark]
        self.mark_removed.emit(mark.id)
        self.update()

    def ask_words(self, where: QPointF, shape: Note | FreeText, mark: Mark | None = None) -> None:
        """Write the words of a new note or text, or of an own one again."""
        self._edited = (self.blob, self.page, mark)
        self.editor.open(where.toPoint(), shape, mark.text if mark else "")

    def edit(self, mark: Mark) -> None:
        """Open an own note or text again."""
        shape = mark.shape
        if isinstance(shape, Note):
            self.ask_words(self._view_place(shape.at.x, shape.at.y), shape, mark)
        elif isinstance(shape, FreeText):
            self.ask_words(self._view_place(shape.box.x0, shape.box.y0), shape, mark)

    def _view_place(self, x: float, y: float) -> QPointF:
        box, scale = self.lens.box(), self.lens.scale
        return QPointF(box.x() + x * scale, box.y() + y * scale)

    def _on_edited(self, shape: Note | FreeText, text: str) -> None:
        blob, page, mark = self._edited
        if mark is None:
            self.make(shape, text=text, where=(blob, page))
        elif text != mark.text:
            content = Content(shape=shape, text=text, colour=mark.colour, audience=mark.audience)
            self.mark_changed.emit(mark.id, content)

    # --- mouse, pen, fingers ------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin what the tool does."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.press(event.position(), self.tool)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it; only what changed is painted again."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pointer.move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.release()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen draws, whatever the hand would do; its other end erases."""
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            tool = Tool.PEN if self.tool is Tool.HAND else self.tool
            tool = Tool.ERASER if event.pointerType() == ERASER else tool
            self._pointer.press(event.position(), tool, event.pressure())
        elif kind == QEvent.Type.TabletMove and self._pointer.is_busy:
            self._pointer.move(event.position(), event.pressure())
        elif kind == QEvent.Type.TabletRelease:
            self._pointer.release()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Fingers, gestures of a touch pad, and the words of a note under the pointer."""
        if isinstance(event, QTouchEvent):
            if self._pointer.is_busy:
                event.accept()  # a hand rests on the screen while the pen draws
                return True
            return self._fingers.handle(event) or super().event(event)
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1 + event.value(), event.position())
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self._pointer.mark_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), mark.text if mark else "", self)
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom around the pointer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.0015 ** event.angleDelta().y(), event.position())
            return
        across = event.pixelDelta().x() or event.angleDelta().x() * NOTCH
        down = event.pixelDelta().y() or event.angleDelta().y() * NOTCH
        if across:
            self.scroll_page(-across, 0)
        if down:
            self._scroll_or_turn(-down)

    # --- keys -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn, scroll, zoom, choose and copy."""
        if not (self._key_of_words(event) or self._key_of_zoom(event) or self._key_of_place(event)):
            super().keyPressEvent(event)

    def _key_of_words(self, event: QKeyEvent) -> bool:
        key = event.key()
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll) and self.words.words:
            self.choose_words((0, len(self.words.words) - 1))
        elif key == Qt.Key.Key_Escape and self.chosen is not None:
            self.choose_words(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._use_tool()
        elif self.tool in ON_WORDS and is_shifted and key in (
            Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down
        ):  # fmt: skip
            return self._extend(Qt.Key(key))
        else:
            return False
        return True

    def _use_tool(self) -> bool:
        """Enter does by key what the tool does with the pointer."""
        if self.tool in (Tool.NOTE, Tool.TEXT):
            self._pointer.write(QPointF(self.rect().center()), self.tool)
            return True
        if self.tool in ON_WORDS and self.tool is not Tool.SELECT and self.chosen is not None:
            self.mark_words(self.tool.value)
            return True
        return False

    def _key_of_zoom(self, event: QKeyEvent) -> bool:
        is_equal = event.key() == Qt.Key.Key_Equal
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.ZoomIn) or (is_equal and with_control):
            self.zoom_by(STEP)
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.zoom_by(1 / STEP)
        else:
            return False
        return True

    def _key_of_place(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in TURNS:
            self.turn_page(TURNS[Qt.Key(key)])
        elif key in EDGES:
            self.edge_requested.emit(EDGES[Qt.Key(key)])
        elif key == Qt.Key.Key_Space:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._key_scroll(self.height() * SCREENFUL * (-1 if back else 1))
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._key_scroll(LINE_PX if key == Qt.Key.Key_Down else -LINE_PX)
        else:
            return False
        return True

    def _key_scroll(self, step: float) -> None:
        """A key is pressed once for one thing: at the end it turns at once."""
        if not self.scroll_page(0, step):
            self.turn_page(1 if step > 0 else -1, at_end=step < 0)

    # --- the widget -------------------------------------------------------------------------

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.lens.set_view(self.width(), self.height(), self.devicePixelRatioF())
        self._moved()

    def hideEvent(self, event: QHideEvent) -> None:
        """Who leaves the page, or closes the window, loses nothing."""
        self.finish()
        super().hideEvent(event)
