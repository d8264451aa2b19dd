"""What the pointer does on a page."""

from enum import Enum

from PySide6.QtCore import Qt


class Tool(Enum):
    """Hand moves the page; the others mark it, or take marks to change them."""

    HAND = "hand"
    SELECT = "select"
    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    STRIKEOUT = "strikeout"
    PEN = "pen"
    NOTE = "note"
    TEXT = "text"
    BOX = "box"
    ARROW = "arrow"
    LINE = "line"
    STAMP = "stamp"
    ERASER = "eraser"
    RUBBER = "rubber"
    """Takes away only the part of a stroke it goes over."""
    PICK = "pick"
    """Takes own marks: to move, resize, recolour or remove them."""


ON_WORDS = (Tool.SELECT, Tool.HIGHLIGHT, Tool.UNDERLINE, Tool.STRIKEOUT)
DRAWN = (Tool.BOX, Tool.ARROW, Tool.LINE)
ERASING = (Tool.ERASER, Tool.RUBBER)
FOR_FINGERS = (Tool.PEN, *DRAWN, *ERASING, Tool.PICK)
"""What a finger does by moving, where fingers may draw."""


def cursor_of(tool: Tool) -> Qt.CursorShape:
    """What the pointer looks like over a page."""
    if tool in ON_WORDS:
        return Qt.CursorShape.IBeamCursor
    if tool in (Tool.PEN, Tool.STAMP, *DRAWN, *ERASING):
        return Qt.CursorShape.CrossCursor
    usual = Qt.CursorShape.PointingHandCursor
    known = {Tool.HAND: Qt.CursorShape.OpenHandCursor, Tool.PICK: Qt.CursorShape.ArrowCursor}
    return known.get(tool, usual)
