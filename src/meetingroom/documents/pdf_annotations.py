"""The annotations a PDF carries, as values; nothing in the file is trusted."""

import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pymupdf

from meetingroom.documents.foreign import Annotation, clean
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.pdf_words import as_words
from meetingroom.documents.supplement import KEY, LIMIT
from meetingroom.domain.errors import PaperError
from meetingroom.domain.records import utc_text

mupdf = pymupdf.mupdf
MAX_ON_A_PAGE = 20_000
MAX_NUMBERS = 200_000
_DATE = re.compile(
    r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([Zz+-])(\d\d)?'?(\d\d)?)?"
)
_SIZE = re.compile(r"([\d.]+)\s+Tf")
_FILL = re.compile(r"((?:[\d.]+\s+){1,4})(?:rg|g|k)(?![a-zA-Z])")
_STYLE = re.compile(r"(?<![-\w])color\s*:\s*(#[0-9a-fA-F]{6})")
_TAG = re.compile(r"<[^<>]*>")


def annotations_of(document: pymupdf.Document, at_page: int) -> Iterator[Annotation]:
    """All annotations of a page, links and forms too. Raises PaperError."""
    try:
        page = mupdf.pdf_lookup_page_obj(mupdf.PdfDocument(document.this), at_page)
        rows = mupdf.pdf_dict_gets(page, "Annots")
        count = min(MAX_ON_A_PAGE, mupdf.pdf_array_len(rows) if mupdf.pdf_is_array(rows) else 0)
    except FILE_AT_FAULT as error:
        raise PaperError("paper.page_failed", page=at_page) from error
    for number in range(count):
        try:
            row = mupdf.pdf_array_get(rows, number)
            found = _annotation(row, at_page) if mupdf.pdf_is_dict(row) else None
        except FILE_AT_FAULT:
            found = Annotation(kind="", page=at_page)
        if found is not None:
            yield found


def _annotation(row: Any, at_page: int) -> Annotation | None:
    kind = mupdf.pdf_to_name(_get(row, "Subtype")).casefold()
    parent = _get(row, "IRT")
    is_reply = mupdf.pdf_is_dict(parent) and _name(row, "RT") != "Group"
    look, flags = _text(row, "DA"), mupdf.pdf_to_int(_get(row, "F"))
    return Annotation(
        kind=kind,
        page=at_page,
        rect=_rect(row),
        rows=_rows(row, kind),
        inset=tuple(_numbers(_get(row, "RD"))),
        ends=_ends(row),
        text=clean(_text(row, "Contents") or _plain(_text(row, "RC"))),
        author=clean(_text(row, "T"), 200).replace("\n", " "),
        at=moment_text(_text(row, "CreationDate") or _text(row, "M")),
        colour=_letters_colour(row, look) if kind == "freetext" else _colour(row, "C"),
        name=clean(_text(row, "NM"), 200),
        reply_to=clean(_text(parent, "NM"), 200) if is_reply else "",
        width=_border(row),
        size=float((_SIZE.search(look) or ["", "12"])[1]) if _is_sized(look) else 12.0,
        flags=flags,
        icon=_file_name(row) if kind == "fileattachment" else _name(row, "Name"),
        is_state=bool(_text(row, "StateModel")),
        supplement=_text(row, KEY, LIMIT),
    )


def _get(row: Any, key: str) -> Any:
    return mupdf.pdf_dict_gets(row, key)


def _name(row: Any, key: str) -> str:
    return str(mupdf.pdf_to_name(_get(row, key)))


def _text(row: Any, key: str, limit: int = 100_000) -> str:
    found = _get(row, key)
    return as_words(mupdf.pdf_to_text_string(found))[:limit] if mupdf.pdf_is_string(found) else ""


def _plain(rich: str) -> str:
    """The words of a rich text, where there are no plain ones."""
    return _TAG.sub("", rich.replace("</p>", "\n"))


def _numbers(row: Any) -> list[float]:
    if not mupdf.pdf_is_array(row):
        return []
    count = min(MAX_NUMBERS, mupdf.pdf_array_len(row))
    found = [float(mupdf.pdf_array_get_real(row, number)) for number in range(count)]
    return [value if math.isfinite(value) else 0.0 for value in found]


def _rect(row: Any) -> tuple[float, float, float, float]:
    found = _numbers(_get(row, "Rect"))
    if len(found) < 4:
        return 0, 0, 0, 0
    x0, y0, x1, y1 = found[:4]
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _rows(row: Any, kind: str) -> tuple[tuple[float, ...], ...]:
    if kind == "ink":
        lists = _get(row, "InkList")
        count = mupdf.pdf_array_len(lists) if mupdf.pdf_is_array(lists) else 0
        strokes = (_numbers(mupdf.pdf_array_get(lists, at)) for at in range(min(count, 5000)))
        return tuple(tuple(stroke) for stroke in strokes)
    if kind in ("polygon", "polyline"):
        return (tuple(_numbers(_get(row, "Vertices"))),)
    if kind == "line":
        return (tuple(_numbers(_get(row, "L"))),)
    flat = _numbers(_get(row, "QuadPoints"))
    return tuple(tuple(flat[at : at + 8]) for at in range(0, len(flat) - 7, 8))


def _ends(row: Any) -> tuple[str, str]:
    found = _get(row, "LE")
    if not mupdf.pdf_is_array(found) or mupdf.pdf_array_len(found) < 2:
        return "", ""
    names = [str(mupdf.pdf_to_name(mupdf.pdf_array_get(found, at))) for at in (0, 1)]
    return names[0], names[1]


def _border(row: Any) -> float:
    style = _get(row, "BS")
    if mupdf.pdf_is_dict(style) and mupdf.pdf_is_number(_get(style, "W")):
        return float(mupdf.pdf_to_real(_get(style, "W")))
    border = _numbers(_get(row, "Border"))
    return border[2] if len(border) > 2 else 1.0


def _colour(row: Any, key: str) -> str:
    return colour_code(_numbers(_get(row, key)))


def colour_code(values: list[float]) -> str:
    """Grey, RGB or CMYK numbers as "#RRGGBB"; empty for none."""
    values = [min(1.0, max(0.0, value)) for value in values]
    if len(values) == 1:
        values *= 3
    elif len(values) == 4:
        cyan, magenta, yellow, black = values
        values = [(1 - one) * (1 - black) for one in (cyan, magenta, yellow)]
    if len(values) != 3:
        return ""
    return "#" + "".join(f"{round(value * 255):02X}" for value in values)


def _is_sized(look: str) -> bool:
    found = _SIZE.search(look)
    return found is not None and found[1].count(".") <= 1 and found[1] != "."


def _letters_colour(row: Any, look: str) -> str:
    return letters_colour(_text(row, "DS"), look) or _colour(row, "C")


def letters_colour(style: str, look: str) -> str:
    """The colour of a free text's letters by its style or its default appearance."""
    found = _STYLE.search(style)
    if found:
        return found[1]
    rows = _FILL.findall(look)
    try:
        return colour_code([float(value) for value in rows[-1].split()]) if rows else ""
    except ValueError:
        return ""


def _file_name(row: Any) -> str:
    file = _get(row, "FS")
    if mupdf.pdf_is_dict(file):
        return clean(_text(file, "UF") or _text(file, "F"), 200)
    return ""


def moment_text(date: str) -> str:
    """A PDF's date as ISO 8601 in UTC; empty where it is none."""
    found = _DATE.match(date)
    if found is None:
        return ""
    year, month, day, hour, minute, second, sign, hours, minutes = found.groups()
    away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        zone = timezone(-away if sign == "-" else away) if sign in ("+", "-") else UTC
        moment = datetime(
            int(year), int(month or 1), int(day or 1),
            int(hour or 0), int(minute or 0), int(second or 0), tzinfo=zone,
        )  # fmt: skip
        return utc_text(moment)
    except (ValueError, OverflowError):
        return ""
