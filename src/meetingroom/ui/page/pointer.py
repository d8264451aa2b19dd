"""What a mouse, a pen or a tapping finger does on a page with the chosen tool."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QGuiApplication, QPainter

from meetingroom.domain.geometry import Rect
from meetingroom.domain.marks import FreeText, Mark, Note
from meetingroom.domain.reshaping import touches
from meetingroom.ui.page.drawing import DrawnGrip, StampGrip
from meetingroom.ui.page.erasing import EraserGrip, RubberGrip
from meetingroom.ui.page.grip import Grip, Touch
from meetingroom.ui.page.pen_grip import PenGrip
from meetingroom.ui.page.picking import PickGrip
from meetingroom.ui.page.tools import DRAWN, ON_WORDS, Tool

if TYPE_CHECKING:
    from meetingroom.ui.page.page_view import PageView

NEAR = 3.0  # points around a mark that still touch it
TEXT_WIDTH, TEXT_LEAST, TEXT_HEIGHT = 220.0, 60.0, 40.0


class HandGrip(Grip):
    """Moves the page; a press alone chooses a mark."""

    _start = _last = Touch(QPointF(), None)  # type: ignore[arg-type]

    def press(self, touch: Touch) -> None:
        self._start = self._last = touch
        self.view.choose_words(None)
        self.view.picks.clear()

    def move(self, touch: Touch) -> None:
        moved = touch.where - self._last.where
        self._last = touch
        self.view.scroll_page(-moved.x(), -moved.y())

    def release(self) -> None:
        if self._last.is_click_after(self._start):
            chosen = self.view.pointer.mark_at(self._start.where)
            if chosen is not None:
                self.view.mark_chosen.emit(chosen.id)
            else:
                self.view.links.follow(self._start.where)


class WordsGrip(Grip):
    """Chooses words along the lines, and marks them where the tool says how."""

    def press(self, touch: Touch) -> None:
        index = self.view.words.at(touch.at.x, touch.at.y)
        self.view.picks.clear()
        self.view.choose_words((index, index) if index is not None else None)

    def move(self, touch: Touch) -> None:
        view = self.view
        if view.chosen is not None:
            index = view.words.at(touch.at.x, touch.at.y)
            if index is not None and index != view.chosen[1]:
                view.choose_words((view.chosen[0], index))

    def release(self) -> None:
        if self.view.tool in (Tool.HIGHLIGHT, Tool.UNDERLINE, Tool.STRIKEOUT):
            self.view.mark_words(self.view.tool.value)
        else:
            self.view.offer_actions()

    def cancel(self) -> None:
        self.view.choose_words(None)

    def use(self) -> bool:
        if self.view.tool is Tool.SELECT or self.view.chosen is None:
            return False
        self.view.mark_words(self.view.tool.value)
        return True


class WritingGrip(Grip):
    """Asks for the words of a note or a text where it is pressed."""

    def press(self, touch: Touch) -> None:
        self.view.picks.clear()
        self.view.pointer.write(touch.where, self.view.tool)

    def use(self) -> bool:
        self.view.pointer.write(self.middle(), self.view.tool)
        return True


class Pointer:
    """Hands what is pressed, moved and let go to the grip of the tool."""

    def __init__(self, view: "PageView") -> None:
        self._view = view
        self._held: Grip | None = None
        words, writing = WordsGrip(view), WritingGrip(view)
        self._grips: dict[Tool, Grip] = {
            Tool.HAND: HandGrip(view),
            Tool.PEN: PenGrip(view),
            Tool.STAMP: StampGrip(view),
            Tool.ERASER: EraserGrip(view),
            Tool.RUBBER: RubberGrip(view),
            Tool.PICK: PickGrip(view),
            Tool.NOTE: writing,
            Tool.TEXT: writing,
            **dict.fromkeys(ON_WORDS, words),
            **{tool: DrawnGrip(view, tool) for tool in DRAWN},
        }

    @property
    def is_busy(self) -> bool:
        """Whether something is held down."""
        return self._held is not None

    def press(self, where: QPointF, tool: Tool, pressure: float = 0.5) -> None:
        """Begin what the tool does."""
        self.finish()
        if self._view.lens.box().isEmpty():
            return
        self._held = self._grips[tool]
        self._held.press(self._touch(where, pressure))

    def move(self, where: QPointF, pressure: float = 0.5) -> None:
        """Go on with it."""
        if self._held is not None:
            self._held.move(self._touch(where, pressure))

    def release(self) -> None:
        """The hand is lifted: the mark is made, and on its way to the disk."""
        held, self._held = self._held, None
        if held is not None:
            held.release()

    def cancel(self) -> None:
        """The hand did not mean it."""
        held, self._held = self._held, None
        if held is not None:
            held.cancel()

    def finish(self) -> None:
        """Keep what is under way: nothing that was drawn is lost."""
        held = self._held
        if isinstance(held, HandGrip | WordsGrip | WritingGrip):
            self._held = None
        elif held is not None:
            self.release()

    def use(self) -> bool:
        """Enter does by key what the tool does with the hand; whether it does something."""
        return not self._view.lens.box().isEmpty() and self._grips[self._view.tool].use()

    def paint(self, painter: QPainter, damaged: QRect) -> None:
        """What is under way, over the page."""
        if self._held is not None:
            self._held.paint(painter, damaged)

    def write(self, where: QPointF, tool: Tool) -> None:
        """Ask for the words of a note or a text at a place."""
        view = self._view
        at = view.lens.page_place(where)
        if tool is Tool.NOTE:
            view.ask_words(where, Note(at=at))
            return
        size = view.pages.size(view.blob, view.page)
        is_on_paper = size is not None and at.x < size.width
        edge = size.width - 10 if size is not None and is_on_paper else at.x + TEXT_WIDTH
        right = max(at.x + TEXT_LEAST, min(at.x + TEXT_WIDTH, edge))
        view.ask_words(where, FreeText(box=Rect(at.x, at.y, right, at.y + TEXT_HEIGHT)))

    def mark_at(self, where: QPointF) -> Mark | None:
        """The topmost mark at a place of the view."""
        sheet = self._view.lens.sheet_at(where)
        if sheet is None:
            return None
        at = sheet.to_page(where)
        for mark in reversed(self._view.marks_on(sheet.leaf)):
            if touches(mark.shape, at, NEAR):
                return mark
        return None

    def _touch(self, where: QPointF, pressure: float) -> Touch:
        shifted = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        return Touch(where, self._view.lens.page_place(where), pressure, bool(shifted))
