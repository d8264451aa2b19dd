"""The secrecy guard: does a file carry a secrecy stamp? Pure; nothing here keeps anything.

Levels: "none", "mat", "toi_mat", "tuyet_mat", or "unknown" where there is no text to judge.
The rules are those of DOMAIN 3.3: a stamp stands by itself in capitals; a law that only
speaks of secrets is no secret.
"""

import re
import unicodedata
from collections.abc import Iterable

import msgspec

from meetingroom.domain.geometry import Rect

LEVELS = {"MẬT": "mat", "TỐI MẬT": "toi_mat", "TUYỆT MẬT": "tuyet_mat"}
_SIGNS = (
    re.compile(r"^ĐỘ MẬT\s*:\s*(TUYỆT MẬT|TỐI MẬT|MẬT)\b"),
    re.compile(r"^DẤU CHỈ ĐỘ MẬT\s*:\s*(TUYỆT MẬT|TỐI MẬT|MẬT)\b"),
)
_CLAUSES = ("ĐƯỢC PHÉP SAO, CHỤP", "THU HỒI TÀI LIỆU", "CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ")
_NAME_TWO = re.compile(r"(?<!\w)(TUYỆT MẬT|TỐI MẬT)(?!\w)")
_NAME_ONE = re.compile(r"(?<!\w)MẬT(?!\w)")
_HANDLING = {
    "LƯU HÀNH NỘI BỘ": "internal",
    "XEM XONG TRẢ LẠI": "return",
    "HỎA TỐC": "flash",
    "HOẢ TỐC": "flash",
    "THƯỢNG KHẨN": "most_urgent",
    "KHẨN": "urgent",
}


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of page 1 with its box in points, and the page's size."""

    text: str
    box: Rect
    width: float
    height: float


def plain(text: str) -> str:
    """NFC, single spaces, letter-spaced stamps ("M Ậ T") joined."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    text = text.strip("-–_*[]()|. ")
    if re.fullmatch(r"(?:\w ){2,}\w", text):
        joined = text.replace(" ", "")
        return {"TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}.get(joined, joined)
    return text


def level_of_lines(lines: Iterable[Line]) -> str:
    """The level stamped on page 1: "none" or a level."""
    rows = [(plain(line.text), line) for line in lines]
    for text, line in rows:
        if text in LEVELS and _is_where_stamps_are(line):
            return LEVELS[text]
        for sign in _SIGNS:
            matched = sign.match(text.upper())
            if matched:
                return LEVELS[matched[1]]
    return (
        "mat"
        if any(text in _CLAUSES and _is_where_stamps_are(line) for text, line in rows)
        else "none"
    )


def _is_where_stamps_are(line: Line) -> bool:
    is_left = line.box.x0 < 0.5 * line.width
    is_high = line.box.y0 < 0.4 * line.height
    return is_left and is_high


def level_of_name(name: str) -> str:
    """The level a file's name speaks of: a token by itself in capitals, two words in any case."""
    text = unicodedata.normalize("NFC", name).replace("_", " ").replace("-", " ")
    two = _NAME_TWO.search(text.upper())
    if two:
        return LEVELS[two[1]]
    return "mat" if _NAME_ONE.search(text) else "none"


def level_of_properties(values: Iterable[str]) -> str:
    """The level a document property names: equal to it, or "Độ mật: …"."""
    for value in values:
        text = plain(value).upper()
        if text in LEVELS:
            return LEVELS[text]
        for sign in _SIGNS:
            matched = sign.match(text)
            if matched:
                return LEVELS[matched[1]]
    return "none"


def level_of_stamps(texts: Iterable[str]) -> str:
    """The level a stamp put on as an annotation names."""
    return next((LEVELS[plain(text)] for text in texts if plain(text) in LEVELS), "none")


def handling_of_lines(lines: Iterable[Line]) -> str | None:
    """Handling marks of page 1 ("internal,urgent"), or None."""
    found = [_HANDLING[plain(line.text)] for line in lines if plain(line.text) in _HANDLING]
    return ",".join(dict.fromkeys(found)) or None


def worst(levels: Iterable[str]) -> str:
    """The highest of several levels."""
    order = ("none", "unknown", "mat", "toi_mat", "tuyet_mat")
    return max(levels, key=order.index, default="none")
