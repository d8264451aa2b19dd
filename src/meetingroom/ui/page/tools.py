"""What the pointer does on a page."""

from enum import Enum


class Tool(Enum):
    """Hand moves the page; the others mark it."""

    HAND = "hand"
    SELECT = "select"
    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    STRIKEOUT = "strikeout"
    PEN = "pen"
    NOTE = "note"
    TEXT = "text"
    ERASER = "eraser"


ON_WORDS = (Tool.SELECT, Tool.HIGHLIGHT, Tool.UNDERLINE, Tool.STRIKEOUT)
