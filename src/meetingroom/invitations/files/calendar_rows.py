"""Calendar files as rows: unfolded, and made whole where they are cut off or broken."""

import re

MAX_ROWS = 50_000
MAX_OPEN = 8  # components within each other
_FOLD = re.compile(rb"\r?\n[ \t]")
_FOLDED = re.compile(r"(?:\r\n|\n|\r)[ \t]")
_ROW = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60})(?=[;:])")


def unfolded_bytes(data: bytes) -> bytes:
    """Folds taken out before the letters are read: some programs fold within a letter."""
    return data if b"\0" in data[:200] else _FOLD.sub(b"", data)


def rows_of(text: str) -> list[str]:
    """The rows of a calendar, each whole."""
    return [row for row in _FOLDED.sub("", text).splitlines()[:MAX_ROWS] if row.strip()]


def are_rows(rows: list[str]) -> bool:
    """Whether every line is a calendar's row: an ordinary text has lines of words too."""
    return bool(rows) and all(_ROW.match(row) for row in rows)


def whole(rows: list[str], *, zones: bool = True) -> str:
    """A calendar of these rows: what is no row left out, what was begun ended.

    Rows without a calendar around them are an event's.
    """
    kept: list[str] = []
    opened: list[str] = []
    has_events = any(row.strip().upper() == "BEGIN:VEVENT" for row in rows)
    if not has_events:
        opened = ["VCALENDAR", "VEVENT"]
        rows = [row for row in rows if not row.upper().startswith(("BEGIN:", "END:"))]
    for row in rows:
        matched = _ROW.match(row)
        if matched:
            _keep(row.strip(), matched[1].upper(), opened, kept)
    begun = [] if has_events else ["BEGIN:VCALENDAR", "BEGIN:VEVENT"]
    text = "\r\n".join((*begun, *kept, *(f"END:{name}" for name in reversed(opened)), ""))
    return text if zones else re.sub(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE\r\n", "", text, flags=re.S)


def _keep(row: str, name: str, opened: list[str], kept: list[str]) -> None:
    value = row.partition(":")[2].strip().upper()
    if name == "BEGIN":
        if value == "VCALENDAR" and opened:
            return
        if value == "VEVENT" and "VEVENT" in opened:
            _end("VEVENT", opened, kept)  # the one before was not ended
        if value == "VEVENT" and not opened:
            kept.append("BEGIN:VCALENDAR")
            opened.append("VCALENDAR")
        if len(opened) < MAX_OPEN:
            opened.append(value)
            kept.append(f"BEGIN:{value}")
    elif name == "END":
        if value in opened:
            _end(value, opened, kept)
    elif opened:
        kept.append(row)


def _end(name: str, opened: list[str], kept: list[str]) -> None:
    while opened:
        one = opened.pop()
        kept.append(f"END:{one}")
        if one == name:
            return
