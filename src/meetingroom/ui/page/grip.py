"""A grip: what one tool does from the press of a hand to its letting go."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter

from meetingroom.domain.geometry import Point

if TYPE_CHECKING:
    from meetingroom.ui.page.page_view import PageView

CLICK_PX = 4.0


@dataclass(frozen=True)
class Touch:
    """Where a hand is: px of the view, points of the current page; how hard, and with Shift."""

    where: QPointF
    at: Point
    pressure: float = 0.5
    is_shifted: bool = False

    def is_click_after(self, start: "Touch") -> bool:
        """Whether the hand hardly moved since."""
        return (self.where - start.where).manhattanLength() < CLICK_PX


class Grip:
    """Does nothing; tools do more. `press` comes first, then moves, then `release` or `cancel`."""

    def __init__(self, view: "PageView") -> None:
        self.view = view

    def press(self, touch: Touch) -> None:
        """Begin."""

    def move(self, touch: Touch) -> None:
        """Go on."""

    def release(self) -> None:
        """Keep what was done."""

    def cancel(self) -> None:
        """As if it had not begun."""

    def use(self) -> bool:
        """Do by key what the tool does with a hand; whether there is something to do."""
        return False

    def paint(self, painter: QPainter, damaged: QRect) -> None:
        """What is under way, over the page."""

    def reach(self, px: float) -> float:
        """Px as points of the current page."""
        return px / self.view.lens.scale

    def middle(self) -> QPointF:
        """The middle of what is seen of the current page."""
        seen = self.view.lens.box().intersected(QRectF(self.view.rect()))
        return seen.center()
