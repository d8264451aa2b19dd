"""Lists and long pages that a finger moves, with a throw, as it moves a page."""

from PySide6.QtWidgets import QAbstractScrollArea, QScroller


def scroll_by_touch(area: QAbstractScrollArea) -> None:
    """Let a finger drag and throw what is in an area; a tap stays a press."""
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
