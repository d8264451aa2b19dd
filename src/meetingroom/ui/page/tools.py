"""What the pointer does on a page."""

from enum import Enum


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
