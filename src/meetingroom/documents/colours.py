"""Colours of marks as exports write them: the same roles as on screen."""

WASH = {"yellow": "#FFE58A", "green": "#BDE7C9", "blue": "#BFD9FA", "pink": "#F6CDE3"}
INK = {
    "yellow": "#8F5B00",
    "green": "#176B3A",
    "blue": "#005A8C",
    "pink": "#A3195B",
    "purple": "#7A1FA2",
    "red": "#BE1E1E",
    "teal": "#0B6E99",
    "black": "#151A22",
}


def hex_colour(name: str, *, is_wash: bool) -> str:
    """The colour of a mark, as "#RRGGBB"; behind words (wash) or as a line."""
    return WASH.get(name, WASH["yellow"]) if is_wash else INK.get(name, INK["purple"])


def ink_colour(name: str, *, is_wash: bool) -> tuple[float, float, float]:
    """The same as three numbers from 0 to 1."""
    code = hex_colour(name, is_wash=is_wash)
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue
