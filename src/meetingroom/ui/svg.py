"""The drawings of all icons as text, read once, and given a colour and a stroke."""

import re
from functools import cache

from meetingroom.resources import resource

_STROKE = re.compile(r'stroke-width="[^"]*"')


@cache
def drawings() -> dict[str, str]:
    """Icon name to SVG text."""
    folder = resource("icons")
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.rglob("*.svg"))}


@cache
def coloured_svg(name: str, colour: str, stroke: float) -> str:
    """One icon in a colour (any SVG colour) and stroke width (in a box of 24).

    Raises KeyError for a name that is not bundled.
    """
    drawing = drawings()[name].replace("currentColor", colour)
    return _STROKE.sub(f'stroke-width="{stroke:g}"', drawing)
