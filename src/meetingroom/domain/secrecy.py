"""The secrecy guard: does a file carry a secrecy stamp? Pure; nothing here keeps anything.

Levels: "none", "mat", "toi_mat", "tuyet_mat", or "unknown" where there is no text to judge.
The rules are those of DOMAIN 3.3: a stamp stands by itself in capitals; a law that only
speaks of secrets is no secret.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

from meetingroom.domain.geometry import Rect

TOP_ROWS = 40  # of a text without pages
LEVELS = {"MẬT": "mat", "TỐI MẬT": "toi_mat", "TUYỆT MẬT": "tuyet_mat"}
_SIGNS = (
    re.compile(r"^(?:DẤU CHỈ )?ĐỘ MẬT\s*:\s*(TUYỆT MẬT|TỐI MẬT|MẬT)\b"),
    # Written without marks; one word alone would be any of mắt, mặt, mất.
    re.compile(r"^(?:DAU CHI )?DO MAT\s*:\s*(TUYET MAT|TOI MAT|MAT)\b"),
)
# What only a secret paper says of itself, on a line of its own.
_CLAUSES = re.compile(
    r"(?:KHÔNG )?ĐƯỢC PHÉP SAO,? CHỤP|THU HỒI TÀI LIỆU|BÍ MẬT NHÀ NƯỚC|BẢN SỐ\s*:?\s*\d*"
    r"|CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ"
)
_TERM = re.compile(r"^THỜI HẠN BẢO VỆ BÍ MẬT(?: NHÀ NƯỚC)?\s*:")
_NAME_TWO = re.compile(r"(?<!\w)(TUYỆT ?MẬT|TỐI ?MẬT|TUYET ?MAT)(?!\w)")
_NAME_FOLDED = re.compile(r"(?<!\w)(TOI ?MAT)(?!\w)")
_NAME_ONE = re.compile(r"(?<!\w)MẬT(?!\w)")
# Words in which MẬT is no level: bảo mật, mật khẩu, mật độ, mật ong …
_BEFORE = re.compile(r"(?:BẢO|BÍ|CƠ|THÂN|CẨN|NIÊM|MUỐI|ĐƯỜNG) $")
_AFTER = re.compile(r"^ (?:KHẨU|ĐỘ|MÃ|ONG|THIẾT|THƯ|DANH|HIỆU|NGHỊ|ĐÀM)(?!\w)")
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


def stamped(text: str) -> str:
    """The level that a text by itself in capitals names, or "none"."""
    folded = {"TUYET MAT": "tuyet_mat", "TOI MAT": "toi_mat"}
    return LEVELS.get(plain(text)) or folded.get(plain(text)) or "none"


def _signed(text: str) -> str:
    """The level after "Độ mật:", or "none"."""
    for sign in _SIGNS:
        matched = sign.match(text.upper())
        if matched:
            marks = {"TUYET MAT": "TUYỆT MẬT", "TOI MAT": "TỐI MẬT", "MAT": "MẬT"}
            return LEVELS[marks.get(matched[1], matched[1])]
    return "none"


def level_of_lines(lines: Iterable[Line]) -> str:
    """The level stamped on page 1: "none" or a level."""
    rows = list(lines)
    stamps = [line for line in rows if _is_where_stamps_are(line)]
    levels = [stamped(text) for text in (*(line.text for line in stamps), *_rows_of(stamps))]
    levels += [_signed(plain(line.text)) for line in rows]
    if any(_CLAUSES.fullmatch(plain(line.text)) for line in stamps):
        levels.append("mat")
    if any(_TERM.match(plain(line.text).upper()) for line in rows):
        levels.append("mat")
    return worst(levels)


def level_of_text(text: str) -> str:
    """The level that words without places name: a stamp on a line of its own near the top."""
    rows = [one for row in text.splitlines() for one in row.split("\t") if one.strip()]
    levels = [stamped(one) for one in rows[:TOP_ROWS]]
    levels += [_signed(plain(one)) for one in rows[:TOP_ROWS]]
    return worst(levels)


def _rows_of(lines: Sequence[Line]) -> list[str]:
    """Short pieces that stand beside each other, joined: a stamp set letter by letter."""
    pieces = sorted(
        (line for line in lines if len(plain(line.text)) <= 5),
        key=lambda line: (line.box.y0, line.box.x0),
    )
    rows: list[list[Line]] = []
    for piece in pieces:
        if rows and abs(rows[-1][-1].box.y0 - piece.box.y0) < 3:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    in_order = (sorted(row, key=lambda line: line.box.x0) for row in rows)
    return [" ".join(plain(line.text) for line in row) for row in in_order]


def _is_where_stamps_are(line: Line) -> bool:
    is_left = line.box.x0 < 0.5 * line.width
    is_high = line.box.y0 < 0.4 * line.height
    return is_left and is_high


def level_of_name(name: str) -> str:
    """The level a file's name speaks of: a token by itself in capitals, two words in any case."""
    text = re.sub(r"[_\-.\s]+", " ", unicodedata.normalize("NFC", name)).strip()
    if stamped(text) != "none" or stamped(text.rpartition(" ")[0]) != "none":
        return worst((stamped(text), stamped(text.rpartition(" ")[0])))
    two = _NAME_TWO.search(text.upper()) or _NAME_FOLDED.search(text)
    if two:
        return "toi_mat" if two[1].startswith(("TỐI", "TOI")) else "tuyet_mat"
    is_stamp = any(
        not _BEFORE.search(text[: found.start()].upper())
        and not _AFTER.match(text[found.end() :].upper())
        for found in _NAME_ONE.finditer(text)
    )
    return "mat" if is_stamp else "none"


def level_of_properties(values: Iterable[str]) -> str:
    """The level a document property names: one of its words by itself, or "Độ mật: …"."""
    levels = ["none"]
    for value in values:
        levels += [_signed(plain(value)), level_of_name(value)]
        levels += [stamped(part.upper()) for part in re.split(r"[,;|\n]", value)]
    return worst(levels)


def level_of_annotations(texts: Iterable[str]) -> str:
    """The level a stamp or note put on as an annotation names, on a line of its own."""
    return worst(stamped(line) for text in texts for line in re.split(r"[\r\n]", text))


def handling_of_lines(lines: Iterable[Line]) -> str | None:
    """Handling marks of page 1 ("internal,urgent"), or None."""
    found = [_HANDLING[plain(line.text)] for line in lines if plain(line.text) in _HANDLING]
    return ",".join(dict.fromkeys(found)) or None


def worst(levels: Iterable[str]) -> str:
    """The highest of several levels."""
    order = ("none", "unknown", "mat", "toi_mat", "tuyet_mat")
    return max(levels, key=order.index, default="none")
