"""A page under glass: read, turned, zoomed, and written on."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, QTimer, Signal
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

from meetingroom.domain.geometry import Quad, Rect
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.company import AccompanyingLens, Standpoint
from meetingroom.ui.page.glass import Glass
from meetingroom.ui.page.hands import Hands
from meetingroom.ui.page.hits import Chosen, Hits
from meetingroom.ui.page.keys import PageKeys
from meetingroom.ui.page.lens import ALIKE, Fit
from meetingroom.ui.page.links import PageLinks
from meetingroom.ui.page.live_ink import LiveInk
from meetingroom.ui.page.mark_signs import MarkSigns
from meetingroom.ui.page.marked import MarkedView
from meetingroom.ui.page.momentum import Momentum
from meetingroom.ui.page.mouse import Mouse
from meetingroom.ui.page.password_sheet import PasswordSheet
from meetingroom.ui.page.pointer import Pointer
from meetingroom.ui.page.roll import Roll
from meetingroom.ui.page.scroll_bars import ScrollBars
from meetingroom.ui.page.selection import PageWords
from meetingroom.ui.page.selection_bar import SelectionBar
from meetingroom.ui.page.shades import Shades
from meetingroom.ui.page.sheet import Leaf
from meetingroom.ui.page.tools import ON_WORDS, Tool, cursor_of
from meetingroom.ui.page.word_choice import WordChoice
from meetingroom.ui.stage.pages import StagePages
from meetingroom.wording import tr

PULL_PX = 90.0  # beyond the end before the page turns: one notch of a wheel
SETTLE_MS = 70


class PageView(MarkedView):
    """Shows a run of pages, one of them the current one; `order_of` gives a person's place
    for colours. `pages` may be shared with other views."""

    page_requested = Signal(int, bool)
    """A wish to turn by so many pages; true to see the new page's end first."""
    edge_requested = Signal(int)
    """A wish for the paper's first (0) or last (-1) page."""
    page_reached = Signal(str, int, int)
    """Another page became the current one under somebody's hands: blob, page, number in the run."""
    ink_grew = Signal(object)
    """The points of the stroke under way, or None where it was not meant."""
    moved_by_hand = Signal()
    """Somebody scrolled or zoomed here."""
    link_followed = Signal(str, int)
    """A link inside the paper was touched: blob and page."""
    outside_link_touched = Signal(str)
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
        super().__init__(context.me, parent)
        self._context = context
        self.pages = pages if pages is not None else StagePages(context, self)
        self.lens = AccompanyingLens(lambda leaf: self.pages.size(*leaf))
        self.ink = LiveInk()
        self.word_choice, self.links = WordChoice(self, context), PageLinks(self, context)
        self.shades, self.hits = Shades(), Hits()
        self._told: tuple[str, int] = ("", -1)
        self.overlays: list[Callable[[QPainter, QRect], None]] = []
        """What is painted over everything else, by others."""
        self._pulled = 0.0
        self.signs = MarkSigns(self, context.me, order_of)
        self._glass = Glass(self, context, order_of)
        self.width_of = self._glass.width_of
        self.pointer, self._keys = Pointer(self), PageKeys(self)
        self.hands, self._mouse = Hands(self), Mouse(self)
        self._momentum = Momentum(self, self.scroll_page)
        self.bars = ScrollBars(self)
        self.actions_bar, self.password_sheet = SelectionBar(self), PasswordSheet(self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._wire()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setTabletTracking(True)  # a pen that hovers tells that it is near
        self.setAccessibleName(tr("Page"))
        self.setMinimumSize(200, 160)
        self.setMouseTracking(True)

    def _wire(self) -> None:
        self.pages.page_ready.connect(self._on_ready)
        self.pages.shape_known.connect(self._on_ready)
        self._context.bridge.transfer_moved.connect(self._on_transfer)
        self._settling.timeout.connect(self.update)
        self.bars.moved.connect(self._on_bars)
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
        self._rest()
        self.lens.show(index or 0, at_end=at_end)
        self._at_page()
        self.moved()

    def accompany(self, part: Rect, own: Standpoint, *, is_near: bool) -> None:
        """Show a part of the current page that somebody else shows; `own` is one's own view."""
        self._rest()
        was = self.lens.scale
        self.lens.show_part(part, own, is_near=is_near)
        if is_near and abs(self.lens.scale - was) > ALIKE:
            self._settling.start()  # the next scale is on its way: the nearest picture will do
        self.moved()

    def come_back(self, stood: Standpoint) -> None:
        """Stand on the current page as one stood before."""
        self._rest()
        self.lens.return_to(stood)
        self.moved()

    def _rest(self) -> None:
        self._momentum.stop()
        self._mouse.rest()

    def _at_page(self) -> None:
        """Another page is the current one."""
        self._pulled = 0.0
        self.choose_words(None)
        self.picks.clear()
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
        self.pointer.finish()
        self.picks.keep()
        if self.editor.is_open:
            self.editor.finish()

    def show_hits(self, hits: Mapping[Leaf, Sequence[Quad]], chosen: Chosen | None = None) -> None:
        """Draw the places of searched words on their pages, `chosen` (page, places) stronger."""
        if self.hits.set(hits, chosen):
            self.update()

    def set_tool(self, tool: Tool) -> None:
        """Choose what the pointer does; a marking tool marks the words that are chosen."""
        chosen = self.chosen
        self.tool = tool
        if chosen is not None and tool in ON_WORDS and tool is not Tool.SELECT:
            self.mark_words(tool.value)
        elif tool not in ON_WORDS:
            self.choose_words(None)
        self.picks.clear()
        self.setCursor(cursor_of(tool))
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
        self.moved_by_hand.emit()
        self.moved()

    @property
    def is_zooming(self) -> bool:
        """Whether the scale changes from moment to moment."""
        return self._settling.isActive()

    def set_fit(self, fit: Fit) -> None:
        """Fit the width or the whole page, also after the window changes."""
        self.lens.set_fit(fit)
        self.moved_by_hand.emit()
        self.moved()

    def reveal(self, box: Rect) -> None:
        """Scroll no more than is needed to see a part of the current page."""
        self.lens.reveal(box)
        self.moved()

    def scroll_page(self, dx: float, dy: float) -> bool:
        """Move the view over the page; whether it moved."""
        before = self.lens.index
        moved = self.lens.scroll_by(dx, dy)
        if moved:
            self._pulled = 0.0
            self._tell_reached(before)
            self.moved_by_hand.emit()
            self.moved()
        return moved

    def fling(self, across: float, down: float) -> None:
        """A finger left the page in motion, in px a second: it glides on and slows down."""
        self._momentum.start(-across, -down)

    @property
    def is_gliding(self) -> bool:
        """Whether it still moves by itself."""
        return self._momentum.is_gliding

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

    def set_room(self, *, has_room: bool) -> None:
        """Whether there is room to write in beside the pages."""
        if has_room != self.lens.has_room:
            self.lens.set_room(has_room=has_room)
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
        """A finger presses and leaves; the hand that holds a pen does not mean it."""
        if self.hands.pen.is_near:
            return
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
        if self.pick_bar.isVisible():
            self.picks.show_bar()
        self.update()

    def _on_bars(self, x: float, y: float) -> None:
        before = self.lens.index
        self.lens.scroll_to(x, y)
        self._tell_reached(before)
        self.moved_by_hand.emit()
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

    # --- events -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        self.hands.tablet(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._mouse.wheel(event)

    def event(self, event: QEvent) -> bool:
        """Fingers, gestures and tool tips; the rest goes its usual way."""
        is_done = False
        if isinstance(event, QTouchEvent):
            is_done = not self._is_on_top(event) and self.hands.touch(event)
        elif isinstance(event, QNativeGestureEvent | QHelpEvent):
            is_done = self._mouse.other(event)
        return is_done or super().event(event)

    def _is_on_top(self, event: QTouchEvent) -> bool:
        """Whether a finger comes down on a note's editor or a bar: they get it as a press."""
        is_first = event.type() == QEvent.Type.TouchBegin and bool(event.points())
        return is_first and self.childAt(event.points()[0].position().toPoint()) is not None

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
