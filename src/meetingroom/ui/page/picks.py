"""Own marks that are taken up: outlined, moved, resized, recoloured or removed together."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPen

from meetingroom.domain.geometry import Point, Rect
from meetingroom.domain.marks import FreeText, Mark, Note, Shape, Stamp, bounds
from meetingroom.domain.reshaping import can_move, handles, moved, pulled
from meetingroom.ui.page.mark_layer import is_wash
from meetingroom.ui.page.painting import WASHES, colours_of, paint_mark
from meetingroom.ui.page.sheet import Leaf
from meetingroom.ui.page.shown_marks import changed
from meetingroom.ui.page.tools import Tool
from meetingroom.ui.theme import current_theme

if TYPE_CHECKING:
    from meetingroom.ui.page.marked import MarkedView

HANDLE_PX, TAKEN_PX = 9.0, 22.0  # as drawn; as large as a finger takes
AROUND_PX = 5.0
NUDGE, LEAP = 2.0, 20.0  # points an arrow key moves; with Ctrl
NUDGED_MS = 400  # after the last arrow key: one step for a run of them
STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
WITH_WORDS = (Note, FreeText, Stamp)


class Picks:
    """The taken marks of one page; while hands move them they are painted over the page."""

    def __init__(self, view: "MarkedView") -> None:
        self._view = view
        self._leaf = Leaf("", 0)
        self._names: list[str] = []
        self._moving: dict[str, tuple[Mark, Mark]] = {}
        self._nudged = QTimer(view)
        self._nudged.setSingleShot(True)
        self._nudged.setInterval(NUDGED_MS)
        self._nudged.timeout.connect(self.keep)

    # --- which ------------------------------------------------------------------------------

    @property
    def marks(self) -> list[Mark]:
        """As they are shown now; those that went meanwhile are left out."""
        found = []
        for name in self._names:
            if name in self._moving:
                found.append(self._moving[name][1])
                continue
            mark = self._view.shown.find(self._leaf, name)
            if mark is not None:
                found.append(mark)
        return found

    @property
    def is_any(self) -> bool:
        """Whether something is taken on the current page."""
        return self._leaf == self._view.leaf and bool(self.marks)

    def has(self, mark: Mark) -> bool:
        """Whether a mark is taken."""
        return any(one.id == mark.id for one in self.marks)

    def choose(self, names: Iterable[str]) -> None:
        """Take these marks of the current page, and no others."""
        self.keep()
        self._paint_again()
        self._leaf, self._names = self._view.leaf, list(names)
        self._paint_again()
        self.show_bar()

    def toggle(self, mark: Mark) -> None:
        """Take one more, or leave one."""
        names = [one.id for one in self.marks if one.id != mark.id]
        self.choose(names if self.has(mark) else [*names, mark.id])

    def clear(self) -> None:
        """Leave them."""
        if self._names:
            self.choose(())

    def choose_all(self) -> None:
        """All own marks of the page."""
        self.keep()
        self.choose(mark.id for mark in self._own())

    def choose_next(self, step: int = 1) -> None:
        """The next own mark in reading order: by key one reaches every one."""
        self.keep()
        own = sorted(self._own(), key=lambda mark: _reading_order(mark.shape))
        if not own:
            return
        names = [mark.id for mark in own]
        now = self.marks[-1].id if self.is_any else ""
        at = names.index(now) + step if now in names else (0 if step > 0 else -1)
        self.choose([names[at % len(names)]])
        self._view.reveal(bounds(own[at % len(own)].shape))

    def _own(self) -> list[Mark]:
        return [mark for mark in self._view.marks if self._view.is_mine(mark)]

    # --- hands ------------------------------------------------------------------------------

    def handle_at(self, where: QPointF) -> int | None:
        """The handle of the one taken mark at a place of the view."""
        marks = self.marks if self.is_any else []
        if len(marks) != 1:
            return None
        near = [
            ((where - self._in_view(point)).manhattanLength(), number)
            for number, point in enumerate(handles(marks[0].shape))
        ]
        distance, number = min(near, default=(TAKEN_PX, 0))
        return number if distance < TAKEN_PX else None

    def shift(self, dx: float, dy: float) -> None:
        """Show them elsewhere, by points from where they are kept."""
        self._preview([(mark, moved(mark.shape, dx, dy)) for mark in self._kept()])

    def pull(self, handle: int, to: Point) -> None:
        """Show the one with a handle elsewhere."""
        self._preview([(mark, pulled(mark.shape, handle, to)) for mark in self._kept()])

    def _kept(self) -> list[Mark]:
        return [self._moving[one.id][0] if one.id in self._moving else one for one in self.marks]

    def _preview(self, rows: Sequence[tuple[Mark, Shape]]) -> None:
        view = self._view
        view.pick_bar.hide()
        self._paint_again()
        for base, shape in rows:
            if not can_move(shape) or view.is_pending(base):
                continue
            if base.id not in self._moving:
                view.repaint_areas(view.shown.draft(base, None))
            self._moving[base.id] = base, changed(base, shape=shape)
        self._paint_again()

    def keep(self) -> None:
        """What hands moved stays where it is now, as one step."""
        self._nudged.stop()
        moving, self._moving = self._moving, {}
        rows: list[tuple[Mark, Mark | None]] = [
            (base, new) for base, new in moving.values() if base.shape != new.shape
        ]
        same = [base.id for base, new in moving.values() if base.shape == new.shape]
        self._view.repaint_areas(self._view.shown.settle_drafts(same))
        if rows:
            self._view.keep_edits(rows)
        if moving:
            self.show_bar()

    def recolour(self, colour: str) -> None:
        """Another colour for all that can have it."""
        self.keep()
        rows: list[tuple[Mark, Mark | None]] = [
            (mark, changed(mark, colour=colour))
            for mark in self.marks
            if mark.colour != colour and _may_be(mark, colour) and not self._view.is_pending(mark)
        ]
        if rows:
            self._view.keep_edits(rows)

    def remove(self) -> None:
        """Take them away, as one step."""
        self.keep()
        rows: list[tuple[Mark, Mark | None]] = [
            (mark, None) for mark in self.marks if not self._view.is_pending(mark)
        ]
        self.clear()
        if rows:
            self._view.keep_edits(rows)

    def edit(self) -> None:
        """Write the words of the one again."""
        self.keep()
        if self.has_words:
            self._view.edit(self.marks[0])

    @property
    def has_words(self) -> bool:
        """Whether it is one mark whose words can be written again."""
        marks = self.marks
        return len(marks) == 1 and isinstance(marks[0].shape, WITH_WORDS)

    # --- keys -------------------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """Whether a key did something to them."""
        if self._view.tool is Tool.PICK and event.matches(QKeySequence.StandardKey.SelectAll):
            self.choose_all()
            return True
        if not self.is_any:
            return False
        key = Qt.Key(event.key())
        if key in STEPS:
            self._nudge(STEPS[key], event.modifiers())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove()
        elif key == Qt.Key.Key_Escape:
            self.clear()
        elif key == Qt.Key.Key_F2 and self.has_words:
            self.edit()
        else:
            return False
        return True

    def _nudge(self, way: tuple[int, int], modifiers: Qt.KeyboardModifier) -> None:
        """Move all, or with Shift the end of the one; a run of keys is one step."""
        far = LEAP if modifiers & Qt.KeyboardModifier.ControlModifier else NUDGE
        dx, dy = way[0] * far, way[1] * far
        rows: list[tuple[Mark, Shape]] = []
        for base, now in zip(self._kept(), self.marks, strict=True):
            if modifiers & Qt.KeyboardModifier.ShiftModifier:
                rows.append((base, _grown(now.shape, dx, dy)))
            else:
                rows.append((base, moved(now.shape, dx, dy)))
        self._preview(rows)
        self._nudged.start()

    # --- seen -------------------------------------------------------------------------------

    def _in_view(self, point: Point) -> QPointF:
        return self._view.lens.view_rect(Rect(point.x, point.y, point.x, point.y)).topLeft()

    def outline(self, mark: Mark) -> QRectF:
        """Where a mark's outline lies in the view."""
        side = AROUND_PX
        return self._view.lens.view_rect(bounds(mark.shape)).adjusted(-side, -side, side, side)

    def _paint_again(self) -> None:
        side = int(HANDLE_PX) + 2
        for mark in self.marks:
            box = self.outline(mark).toAlignedRect()
            self._view.update(box.adjusted(-side, -side, side, side))

    def show_bar(self) -> None:
        """What can be done with them, beside them."""
        bar = self._view.pick_bar
        boxes = [self.outline(mark) for mark in self.marks] if self.is_any else []
        if not boxes:
            bar.hide()
            return
        whole = boxes[0]
        for box in boxes[1:]:
            whole = whole.united(box)
        bar.show_for(self.marks, whole, has_words=self.has_words)

    def paint(self, painter: QPainter, damaged: QRect) -> None:
        """What is being moved, and outlines and handles of all."""
        sheet = self._view.lens.sheet()
        if not self._names or not self.is_any or sheet is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._moving:
            painter.save()
            painter.setTransform(sheet.transform(), combine=True)
            for _, mark in self._moving.values():
                paint_mark(painter, mark, colours_of(mark, self._view.me, 0))
            painter.restore()
        for mark in self.marks:
            self._paint_outline(painter, mark, damaged)

    def _paint_outline(self, painter: QPainter, mark: Mark, damaged: QRect) -> None:
        box, theme = self.outline(mark), current_theme()
        if not box.adjusted(-9, -9, 9, 9).intersects(QRectF(damaged)):
            return
        pen = QPen(theme.colour("accent"), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        if len(self._names) > 1:
            return
        painter.setPen(QPen(theme.colour("accent"), 1.5))
        painter.setBrush(theme.colour("paper"))
        for point in handles(mark.shape):
            half = HANDLE_PX / 2
            corner = self._in_view(point) - QPointF(half, half)
            painter.drawRect(QRectF(corner, corner + QPointF(HANDLE_PX, HANDLE_PX)))


def _may_be(mark: Mark, colour: str) -> bool:
    """Whether a mark can have a colour: some are for lines alone."""
    return colour in WASHES or not (is_wash(mark) or isinstance(mark.shape, Note))


def _grown(shape: Shape, dx: float, dy: float) -> Shape:
    """A shape whose last corner or end is put further."""
    points = handles(shape)
    if not points:
        return shape
    number = 2 if len(points) == 4 else 1
    end = points[number]
    return pulled(shape, number, Point(end.x + dx, end.y + dy))


def _reading_order(shape: Shape) -> tuple[float, float]:
    box = bounds(shape)
    return box.y0, box.x0
