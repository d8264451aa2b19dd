"""A page under glass: read, turned, zoomed, and written on."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from meetingroom.domain.geometry import InkPoint, Rect
from meetingroom.domain.marks import FreeText, Mark, Note, Shape
from meetingroom.services.marking import Content
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.glass import Glass
from meetingroom.ui.page.hands import Hands
from meetingroom.ui.page.inline_editor import InlineEditor
from meetingroom.ui.page.keys import PageKeys
from meetingroom.ui.page.lens import Fit, Lens
from meetingroom.ui.page.links import PageLinks
from meetingroom.ui.page.live_ink import LiveInk
from meetingroom.ui.page.momentum import Momentum
from meetingroom.ui.page.pointer import Pointer
from meetingroom.ui.page.roll import Roll
from meetingroom.ui.page.scroll_bars import ScrollBars
from meetingroom.ui.page.selection import PageWords
from meetingroom.ui.page.selection_bar import SelectionBar
from meetingroom.ui.page.shades import Shades
from meetingroom.ui.page.sheet import Leaf
from meetingroom.ui.page.tools import ON_WORDS, Tool
from meetingroom.ui.page.word_choice import WordChoice
from meetingroom.ui.stage.pages import StagePages
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

PULL_PX = 90.0  # beyond the end before the page turns: one notch of a wheel
SETTLE_MS = 70


class PageView(QWidget):
    """Shows a run of pages, one of them the current one; `order_of` gives a person's place
    for colours. `pages` may be shared with other views."""

    page_requested = Signal(int, bool)
    """A wish to turn by so many pages; true to see the new page's end first."""
    edge_requested = Signal(int)
    """A wish for the paper's first (0) or last (-1) page."""
    page_reached = Signal(str, int, int)
    """Another page became the current one under somebody's hands: blob, page, number in the run."""
    link_followed = Signal(str, int)
    """A link inside the paper was touched: blob and page."""
    outside_link_touched = Signal(str)
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
        pages: StagePages | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.pages = pages if pages is not None else StagePages(context, self)
        self.tool = Tool.HAND
        self.colour = "yellow"
        self.audience: tuple[str, ...] = ("me",)
        self.pen_width = 2.4
        self._marks: dict[Leaf, list[Mark]] = {}
        self.lens, self.ink = Lens(lambda leaf: self.pages.size(*leaf)), LiveInk()
        self.word_choice, self.links = WordChoice(self, context), PageLinks(self, context)
        self.shades = Shades()
        self._pending: list[tuple[str, int, Content]] = []
        self._edited: tuple[str, int, Mark | None] = ("", 0, None)
        self._told: tuple[str, int] = ("", -1)
        self._pulled = 0.0
        self._glass = Glass(self, context, order_of)
        self.width_of = self._glass.width_of
        self.pointer, self._hands, self._keys = Pointer(self), Hands(self), PageKeys(self)
        self._momentum = Momentum(self, self.scroll_page)
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
        self.setMouseTracking(True)

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

    @property
    def blob(self) -> str:
        """The file of the current page, "" of none."""
        return self.lens.leaf.blob if self.lens.leaf is not None else ""

    @property
    def page(self) -> int:
        """The current page in its file, from 0."""
        return self.lens.leaf.page if self.lens.leaf is not None else 0

    def show_roll(self, roll: Roll) -> None:
        """The run of pages one scrolls through; the current page stays if it is in it."""
        if roll.runs != self.lens.roll.runs:
            self.lens.set_roll(roll)
            self.moved()

    def show_page(
        self, blob: str, page: int, *, at_end: bool = False, near: int | None = None
    ) -> None:
        """Show a page from its top (or its end); what was being written on the old one is kept.

        A page that is not in the run is shown alone; `near` is its number in the run.
        """
        leaf = Leaf(blob, page)
        if leaf != self.lens.leaf:
            self.finish()
            self.pages.try_again(blob, page)
        index = self.lens.roll.find(leaf, near)
        if index is None:
            self.lens.set_roll(Roll.of_leaf(leaf))
        self._momentum.stop()
        self.lens.show(index or 0, at_end=at_end)
        self._at_page()
        self.moved()

    def _at_page(self) -> None:
        """Another page is the current one."""
        self._pulled = 0.0
        self.choose_words(None)
        self.setAccessibleDescription(tr("Page {0}").format(self.page + 1))
        if self.tool in ON_WORDS:
            self.word_choice.ask()

    def take(self, where: QPointF) -> None:
        """Make the page under a place of the view the current one."""
        before = self.lens.index
        if self.lens.take_at(where):
            self._tell_reached(before)

    def _tell_reached(self, before: int) -> None:
        if self.lens.index != before:
            self._at_page()
            self.page_reached.emit(self.blob, self.page, self.lens.index)

    def finish(self) -> None:
        """Keep what is being written or drawn."""
        self.pointer.finish_ink()
        if self.editor.is_open:
            self.editor.finish()

    @property
    def marks(self) -> list[Mark]:
        """The marks of the current page, oldest first."""
        return self.marks_on(Leaf(self.blob, self.page))

    def marks_on(self, leaf: Leaf) -> list[Mark]:
        """The marks of a page, oldest first."""
        return self._marks.get(leaf, [])

    def set_marks(self, marks: list[Mark]) -> None:
        """The marks of all pages in the run, oldest first."""
        shapes = [mark.shape for mark in marks]
        self._pending = [row for row in self._pending if row[2].shape not in shapes]
        before, self._marks = self._marks, {}
        for mark in marks:
            self._marks.setdefault(Leaf(mark.blob, mark.page), []).append(mark)
        if self._marks != before:
            self.update()

    def settle(self, content: Content) -> None:
        """A mark that was made is kept (or was not): it is shown only if it is kept."""
        self._pending = [row for row in self._pending if row[2] is not content]
        self.update()

    @property
    def pending(self) -> list[Content]:
        """Marks of the current page on their way to the disk."""
        return self.pending_on(Leaf(self.blob, self.page))

    def pending_on(self, leaf: Leaf) -> list[Content]:
        """Marks of a page on their way to the disk."""
        return [row[2] for row in self._pending if row[:2] == leaf]

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
            self.word_choice.ask()

    # --- zooming and scrolling ----------------------------------------------------------------

    def zoom_by(self, factor: float, anchor: QPointF | None = None) -> None:
        """Larger or smaller, around a place of the view (its middle)."""
        place = anchor if anchor is not None else QPointF(self.rect().center())
        before = self.lens.index
        self.lens.zoom(self.lens.scale * factor, place)
        self._tell_reached(before)
        self._settling.start()
        self.moved()

    def set_fit(self, fit: Fit) -> None:
        """Fit the width or the whole page, also after the window changes."""
        self.lens.set_fit(fit)
        self.moved()

    def scroll_page(self, dx: float, dy: float) -> bool:
        """Move the view over the page; whether it moved."""
        before = self.lens.index
        moved = self.lens.scroll_by(dx, dy)
        if moved:
            self._pulled = 0.0
            self._tell_reached(before)
            self.moved()
        return moved

    def fling(self, across: float, down: float) -> None:
        """A finger left the page in motion, in px a second: it glides on and slows down."""
        self._momentum.start(-across, -down)

    def hold(self) -> None:
        """A finger stops a page that glides."""
        self._momentum.stop()

    def set_columns(self, columns: int) -> None:
        """One page or two beside each other."""
        self.lens.set_columns(columns)
        self.moved()

    def set_continuous(self, *, is_continuous: bool) -> None:
        """Whether one scrolls on into the next page, or turns to it."""
        self.lens.set_continuous(is_continuous=is_continuous)
        self.moved()

    def rotate(self, degrees: int) -> None:
        """Turn the current paper clockwise."""
        self.lens.set_turn(self.blob, self.lens.turn(self.blob) + degrees)
        self.moved()

    def can_scroll_sideways(self) -> bool:
        return self.lens.scroll_range().width() >= 1

    def pinch(self, factor: float, anchor: QPointF) -> None:
        """Two fingers go apart or together."""
        self.zoom_by(factor, anchor)

    def tap(self, where: QPointF) -> None:
        """A finger presses and leaves."""
        tool = self.tool if self.tool is not Tool.PEN else Tool.HAND
        self.take(where)
        self.pointer.press(where, tool)
        self.pointer.release()

    def turn_page(self, delta: int, *, at_end: bool = False) -> None:
        self.page_requested.emit(delta, at_end)

    def scroll_or_turn(self, step: float) -> None:
        """Scroll; who goes on pulling at the end turns the page."""
        if self.scroll_page(0, step):
            return
        self._pulled += step
        if abs(self._pulled) >= PULL_PX:
            forward = self._pulled > 0
            self._pulled = 0.0
            self.turn_page(1 if forward else -1, at_end=not forward)

    def moved(self) -> None:
        self.bars.follow(self.lens)
        self.zoom_changed.emit(self.lens.percent)
        if self.actions_bar.isVisible():
            self.offer_actions()
        self.update()

    def _on_bars(self, x: float, y: float) -> None:
        before = self.lens.index
        self.lens.scroll_to(x, y)
        self._tell_reached(before)
        self.moved()

    def _on_ready(self, *_what: object) -> None:
        self.lens.refresh()
        if self.tool in ON_WORDS:
            self.word_choice.ask()
        self.moved()

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
        if is_sharp and self.blob and self._told != (self.blob, self.page):
            self._told = (self.blob, self.page)
            self.painted.emit(self.blob, self.page)

    # --- words ------------------------------------------------------------------------------

    @property
    def words(self) -> PageWords:
        """The words of the current page, none while they are not known."""
        return self.word_choice.words

    @property
    def chosen(self) -> tuple[int, int] | None:
        """The first and last chosen word of the current page."""
        return self.word_choice.chosen

    def choose_words(self, chosen: tuple[int, int] | None) -> None:
        self.word_choice.choose(chosen)

    def offer_actions(self) -> None:
        self.word_choice.offer_actions()

    def mark_words(self, style: str) -> None:
        """Mark the chosen words: "highlight", "underline" or "strikeout"."""
        self.word_choice.mark(style)

    def copy(self) -> None:
        self.word_choice.copy()

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
        leaf = Leaf(mark.blob, mark.page)
        self._marks[leaf] = [one for one in self.marks_on(leaf) if one is not mark]
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
        return self.lens.view_rect(Rect(x, y, x, y)).topLeft()

    def _on_edited(self, shape: Note | FreeText, text: str) -> None:
        blob, page, mark = self._edited
        if mark is None:
            self.make(shape, text=text, where=(blob, page))
        elif text != mark.text:
            content = Content(shape=shape, text=text, colour=mark.colour, audience=mark.audience)
            self.mark_changed.emit(mark.id, content)

    # --- events -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hands.release(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        self._hands.pen(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._hands.wheel(event)

    def event(self, event: QEvent) -> bool:
        """Fingers, gestures and tool tips go to the hands, the rest its usual way."""
        is_for_hands = isinstance(event, QTouchEvent | QNativeGestureEvent | QHelpEvent)
        return (is_for_hands and self._hands.other(event)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn, scroll, zoom, choose and copy."""
        if not self._keys.handle(event):
            super().keyPressEvent(event)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.lens.set_view(self.width(), self.height(), self.devicePixelRatioF())
        self.moved()

    def hideEvent(self, event: QHideEvent) -> None:
        """Who leaves the page, or closes the window, loses nothing."""
        self.finish()
        super().hideEvent(event)
