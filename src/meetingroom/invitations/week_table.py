"""A week as a table: rows whose cells are apart by tabs or bars, named by their heading."""

import re
from typing import NamedTuple

from meetingroom.invitations.plain import Reading
from meetingroom.invitations.tokens import Hour, hour_of

Span = tuple[int, int]

_GAP = re.compile(r"\t| ?\| ?")
_NAMES = (
    ("day", r"thu|ngay|thu ngay|thu ?[,/-] ?ngay|ngay ?[,/-] ?thu|ngay thang|day|date"),
    ("half", r"buoi"),
    ("hour", r"thoi gian|gio|time"),
    ("title", r"noi dung.*|cong viec.*|noi dung cong viec|content|chuong trinh.*"),
    ("morning", r"(?:buoi )?sang"),
    ("afternoon", r"(?:buoi )?chieu"),
    ("evening", r"(?:buoi )?toi"),
    ("chair", r"chu tri.*|lanh dao.*|nguoi chu tri|chu toa"),
    ("people", r"thanh phan.*|nguoi du|tham du"),
    ("place", r"dia diem.*|noi hop"),
    (
        "unit",
        r"(?:don vi |co quan )?(?:chuan bi|tham muu|thuc hien|chu tri).*|chuan bi.*|phong ban",
    ),
    ("note", r"ghi chu|stt|tt|phuong tien|xe.*"),
)
_OTHERS: tuple[str, ...] = ("chair", "people", "place", "unit")
_HALVES = {"sang": "morning", "trua": "morning", "chieu": "afternoon", "toi": "evening"}


class Row(NamedTuple):
    """A row: its words by the half of the day, and its other cells."""

    start: int
    texts: tuple[tuple[str, Span], ...]
    fields: dict[str, str]
    hour: Hour | None


def rows(reading: Reading) -> list[Row]:
    """The rows under a heading of a week's table; none where there is no such heading."""
    names: list[str] = []
    found: list[Row] = []
    half, place = "", 0
    for line in reading.plain.split("\n"):
        cells = _cells(line, place)
        place += len(line) + 1
        if len(cells) < 3:
            continue
        if not names:
            named = [_name(reading.plain[slice(*one)]) for one in cells]
            names = named if named.count("") < len(named) / 2 and _is_week(named) else []
            continue
        row = _row(reading, cells, names, half)
        if row is not None:
            half = row.texts[-1][0]
            found.append(row)
    return found


def _is_week(named: list[str]) -> bool:
    return "day" in named and bool({"title", "morning"} & set(named))


def _name(words: str) -> str:
    bare = " ".join(words.split()).strip(" *:().")
    return next((name for name, words in _NAMES if re.fullmatch(words, bare)), "")


def _cells(line: str, place: int) -> list[Span]:
    cells, start = [], 0
    for gap in [*_GAP.finditer(line), None]:
        end = gap.start() if gap else len(line)
        cells.append((place + start, place + end))
        start = gap.end() if gap else end
    if line.startswith("|"):
        cells = cells[1:]
    return cells[:-1] if line.rstrip().endswith("|") else cells


def _row(reading: Reading, cells: list[Span], names: list[str], half: str) -> Row | None:
    cells = _aligned(reading, cells, names)
    by_name = dict(zip(names, cells, strict=False))
    halves = ("morning", "afternoon", "evening")
    texts = [(name, by_name[name]) for name in halves if name in by_name]
    if "half" in by_name:
        half = _HALVES.get(_bare(reading, by_name["half"]).split(" ")[-1], half)
    hour = None
    if "hour" in by_name:
        start = by_name["hour"][0]
        start += len(reading.plain[slice(*by_name["hour"])]) - len(
            reading.plain[slice(*by_name["hour"])].lstrip()
        )
        read_hour = hour_of(reading.plain, start)
        hour = read_hour[0] if read_hour else None
    if "title" in by_name:
        texts.append((half, by_name["title"]))
    if not texts:
        return None
    fields: dict[str, str] = {
        name: " ".join(reading.text[slice(*by_name[name])].split()).strip(" -;,.")
        for name in _OTHERS
        if name in by_name
    }
    return Row(cells[0][0], tuple(texts), fields, hour)


def _aligned(reading: Reading, cells: list[Span], names: list[str]) -> list[Span]:
    """Rows under a merged day or half lack those cells: they begin with an hour or a half."""
    lacking = len(names) - len(cells)
    empty = [(cells[0][0], cells[0][0])]
    return empty * lacking + cells if lacking > 0 else cells


def _bare(reading: Reading, span: Span) -> str:
    return " ".join(reading.plain[slice(*span)].split()).strip(" *:.")
