"""What a mouse, a pen or a tapping finger does on a page with the chosen tool."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from meetingroom.domain.geometry import InkPoint, Rect
from meetingroom.domain.marks import FreeText, Ink, Mark, Note, bounds
from meetingroom.ui.page.tools import ON_WORDS, Tool

if TYPE_CHECKING:
    from meetingroom.ui.page.page_view import PageView

CLICK_PX = 4.0
NEAR = 3.0  # points around a mark that still touch it
TEXT_WIDTH, TEXT_LEAST, TEXT_HEIGHT = 220.0, 60.0, 40.0


class Pointer:
    """Pressed, moved, let go: each tool's own movement of the hand."""

    def __init__(self, view: "PageView") -> None:
        self._view = view
        self._tool: Tool | None = None
        self._last = QPointF()
        self._start = QPointF()

    @property
    def is_busy(self) -> bool:
        """Whether something is held down."""
        return self._tool is not None

    def press(self, where: QPointF, tool: Tool, pressure: float = 0.5) -> None:
        """Begin what the tool does."""
        view = self._view
        if view.lens.box().isEmpty():
            return
        self._tool, self._last, self._start = tool, where, where
        at = view.lens.page_place(where)
        if tool is Tool.PEN:
            view.begin_ink()
            view.add_ink(InkPoint(at.x, at.y, round(pressure, 3)), where, where)
        elif tool in ON_WORDS:
            index = view.words.at(at.x, at.y)
            view.choose_words((index, index) if index is not None else None)
        elif tool is Tool.ERASER:
            self._erase(where)
        elif tool in (Tool.NOTE, Tool.TEXT):
            self._tool = None
            self.write(where, tool)
        else:
            view.choose_words(None)

    def move(self, where: QPointF, pressure: float = 0.5) -> None:
        """Go on with it."""
        view, tool = self._view, self._tool
        before, self._last = self._last, where
        at = view.lens.page_place(where)
        if tool is Tool.HAND:
            moved = where - before
            view.scroll_page(-moved.x(), -moved.y())
        elif tool is Tool.PEN and view.ink.is_down:
            view.add_ink(InkPoint(at.x, at.y, round(pressure, 3)), before, where)
        elif tool in ON_WORDS and view.chosen is not None:
            index = view.words.at(at.x, at.y)
            if index is not None and index != view.chosen[1]:
                view.choose_words((view.chosen[0], index))
        elif tool is Tool.ERASER:
            self._erase(where)

    def release(self) -> None:
        """The pen is lifted: the mark is made, and on its way to the disk."""
        view = self._view
        tool, self._tool = self._tool, None
        if tool is Tool.PEN:
            self.finish_ink()
        elif tool in ON_WORDS and tool is not Tool.SELECT and tool is not None:
            view.mark_words(tool.value)
        elif tool is Tool.SELECT:
            view.offer_actions()
        elif tool is Tool.HAND and (self._last - self._start).manhattanLength() < CLICK_PX:
            chosen = self.mark_at(self._start)
            if chosen is not None:
                view.mark_chosen.emit(chosen.id)
            else:
                view.links.follow(self._start)

    def finish_ink(self) -> None:
        """Make a mark of the stroke under way, if there is one."""
        view = self._view
        if not view.ink.is_down:
            return
        stroke, damaged = view.ink.end()
        view.make(Ink(strokes=(stroke,), width=view.pen_width), colour="pen")
        view.update(damaged)

    def write(self, where: QPointF, tool: Tool) -> None:
        """Ask for the words of a note or a text at a place."""
        view = self._view
        at = view.lens.page_place(where)
        if tool is Tool.NOTE:
            view.ask_words(where, Note(at=at))
            return
        size = view.pages.size(view.blob, view.page)
        right = min(at.x + TEXT_WIDTH, size.width - 10) if size else at.x + TEXT_WIDTH
        box = Rect(at.x, at.y, max(at.x + TEXT_LEAST, right), at.y + TEXT_HEIGHT)
        view.ask_words(where, FreeText(box=box))

    def mark_at(self, where: QPointF) -> Mark | None:
        """The topmost mark at a place of the view."""
        sheet = self._view.lens.sheet_at(where)
        if sheet is None:
            return None
        at = sheet.to_page(where)
        for mark in reversed(self._view.marks_on(sheet.leaf)):
            if bounds(mark.shape).grown(NEAR).contains(at.x, at.y):
                return mark
        return None

    def _erase(self, where: QPointF) -> None:
        mark = self.mark_at(where)
        if mark is not None and self._view.is_mine(mark):
            self._view.erase(mark)
