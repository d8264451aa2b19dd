"""The entries of one day in words: hours, who leads, and the labels behind them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain

from meetingroom.invitations.phrases import any_of
from meetingroom.invitations.plain import Reading, plain
from meetingroom.invitations.tokens import CLOCK, Hour, hour_of

_FIELDS = (
    (
        "people",
        any_of(
            r"thanh phan[^:\n]{0,40}:",
            "thanh phan(?: tham du| du)? (?=gom)",
            r"(?:nguoi|cung) du\s?:",
        ),
    ),
    ("place", any_of(r"dia diem[^:\n]{0,20}:", r"[,.;]? ?diem tai (?=\S)", r"noi hop\s?:")),
    ("when", r"thoi gian(?:, dia diem| va dia diem)?\s?:"),
    ("chair", r"(?:nguoi )?chu tri\s?:|lanh dao(?: du)?\s?:"),
    (
        "unit",
        any_of(
            r"(?:don vi |co quan )?chuan bi(?: noi dung| tai lieu)?\s?:",
            r"don vi (?:chu tri|tham muu)\s?:",
        ),
    ),
    ("organiser", r"(?:don vi|co quan) (?:trieu tap|moi)(?: hop)?\s?:"),
    ("site", r"diem cau\s?:"),
    ("note", r"(?:ghi chu|phuong tien|lai xe|hinh thuc(?: hop)?)\s?:"),
)
_LABEL = re.compile(
    "(?<![a-z])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _FIELDS) + ")"
)
_PREPARES = any_of(
    "chuan bi", "tham muu", "dam bao", "bao dam", "phoi hop chuan bi", "chiu trach nhiem"
)
_GIVEN = re.compile(
    rf"\((?:giao )?(?P<unit>[^()\n]{{3,90}}?) {_PREPARES}[^()]{{0,160}}\)"
    rf"|(?<![a-z])giao (?P<unit2>[^().\n]{{3,90}}?) {_PREPARES}[^.\n]{{0,120}}"
)
_INVITED = re.compile(r",? moi (?P<who>[^.\n]{4,400}?) cung (?:du|di|tham du)(?![a-z])")

# What begins something stands at a line's begin, behind a mark, or behind a bullet or number.
_AT = r"(?:\n|(?<=[\t|;*])|(?<=[.:;)\]/*|-] ))[ \t*+•|-]{0,8}(?:[0-9]{1,2}[.)/] {0,3}|[a-zđ]\) )?"
_HALF = re.compile(
    rf"{_AT}(?:buoi )?(?P<h>sang|chieu|toi|trua)(?![a-z])"
    r"(?P<mark>\s{0,2}[:.*\t|-]|\s{0,2}\n| (?=lam viec|hop|du |di |tiep|\d))"
)
_HALVES = {"sang": "morning", "trua": "morning", "chieu": "afternoon", "toi": "evening"}
_ROLE = any_of(
    "chu tich",
    "pho chu tich",
    r"pct\.?",
    "ct",
    "bi thu",
    "pho bi thu",
    r"pbt\.?",
    "(?:pho )?chanh van phong",
    "(?:pho )?giam doc",
    "(?:pho )?hieu truong",
    "thuong truc",
    "(?:tap the )?lanh dao",
    "truong phong",
    "uy vien",
    "ubnd",
    "dang uy",
    "hdnd",
    "dong chi",
    "d/c",
    "ong",
    "ba",
)
_PERSON = re.compile(rf"{_AT}(?P<who>{_ROLE}(?![a-z])[^:.;(\n]{{0,110}}?)\s?:(?![0-9])")
_NUMBERED = re.compile(r"\n[ \t*]{0,6}(?:[-+•●*]|[0-9]{1,2}[.)])\s{1,3}(?=\S)")
_BEGINS = re.compile(rf"(?:{_AT}\(?|(?<=(?:tu|oi) )|(?<=luc ))(?={CLOCK})")
_AFTER_HOUR = re.compile(r"[\s:,.'’*)–-]{0,6}")
# Cells of a web page's table, each a line of its own, rows apart by several blank ones.
_ROW = re.compile(r"(?:\n[ \t]{0,20}){5,12}(?=\S)")
_ROOM_LINE = re.compile(
    r"\n[ \t]{0,8}(?=(?:p\.? ?hop|phong hop|hoi truong|tru so|ph |trung tam"
    r"|nha van hoa)[^\n:]{0,60}\n)"
)
_ROLE_LINE = re.compile(
    r"\n[ \t]{0,8}(?=(?:ct|pct|pcttt|cac pho chu tich|chu tich|pho chu tich"
    r"|d/c)[ .,][^\n:.0-9]{0,50}\n)"
)
_AT_END = re.compile(
    r"\s?\((?P<h>sang|chieu|toi|ngay"
    r"|ca ngay)(?:[;,]\s?(?:du:?\s?)?(?P<who>[^()]{2,120}))?\)\W{0,3}$"
)
_MOST_ENTRIES = 400
_TO_PLACE = re.compile(r"(?:^|\s)tại\s+(.{3,160})$")


@dataclass
class Started:
    """An entry as it is being read."""

    start: int
    end: int
    half: str = ""
    hour: Hour | None = None
    fields: dict[str, str] = field(default_factory=dict)

    def times(self, on: date) -> tuple[datetime | None, datetime | None]:
        """Its beginning and end on a day, as far as said."""
        if self.hour is None:
            return None, None
        midnight = datetime(on.year, on.month, on.day)
        starts = midnight + timedelta(minutes=_of_half(self.hour.start, self.half))
        if self.hour.end is None:
            return starts, None
        ends = midnight + timedelta(minutes=_of_half(self.hour.end, self.half))
        return starts, ends if ends > starts else None


@dataclass(frozen=True)
class _Cut:
    """Something begins here: a kind and what it says."""

    start: int
    end: int
    kind: str
    value: str = ""
    hour: Hour | None = None
    is_weak: bool = False  # a half of the day within a person's line


def entries_in(reading: Reading, span: tuple[int, int], half: str) -> list[Started]:
    """The entries of a day's or a cell's words."""
    found: list[Started] = []
    chair = ""
    for cut, words, end in _pieces(reading, span):
        if cut.kind == "half":
            half, chair = cut.value, chair if cut.is_weak else ""
        elif cut.kind == "person":
            chair = cut.value
        if cut.kind in {"half", "person", "entry", "begin", "hour"}:
            if not words and cut.kind != "hour":
                continue
            if cut.kind == "hour" and found and _waits(found[-1]):
                _start_late(found[-1], cut, words, end)
                continue
            entry = Started(cut.start, end, half, cut.hour, {"title": words, "chair": chair})
            found.append(entry)
        elif found:
            _put(found[-1], cut, words, end)
        if len(found) >= _MOST_ENTRIES:
            break
    done = [_finished(one) for one in found if one.fields.get("title")]
    return [one for one in done if one.fields["title"]]


def _waits(entry: Started) -> bool:
    """Whether an hour is what the last entry waits for: after `Thời gian:` or a bare number."""
    return entry.hour is None and entry.fields.get("when") == ""


def _start_late(entry: Started, cut: _Cut, words: str, end: int) -> None:
    entry.hour, entry.end = cut.hour, end
    at = _TO_PLACE.search(words)
    if at and not entry.fields.get("place"):
        entry.fields["place"] = at[1]
    entry.fields["when"] = "read"


def _put(entry: Started, cut: _Cut, words: str, end: int) -> None:
    entry.end = end
    if cut.kind == "when":
        entry.fields["when"] = words
    elif not entry.fields.get(cut.kind):
        entry.fields[cut.kind] = words
    elif cut.kind != "chair":
        entry.fields[cut.kind] = f"{entry.fields[cut.kind]}; {words}"
    else:
        entry.fields["chair"] = words


def _pieces(reading: Reading, span: tuple[int, int]) -> Iterator[tuple[_Cut, str, int]]:
    cuts = sorted(_cuts(reading, span), key=lambda one: (one.start, -one.end))
    kept: list[_Cut] = [_Cut(span[0], span[0], "begin")]
    for cut in cuts:
        if cut.start >= kept[-1].end or (len(kept) == 1 and cut.end > span[0]):
            kept.append(cut)
    for at, cut in enumerate(kept):
        end = kept[at + 1].start if at + 1 < len(kept) else span[1]
        yield cut, _clean(reading.text[cut.end : end]), end


def _cuts(reading: Reading, span: tuple[int, int]) -> Iterator[_Cut]:
    words = "\n" + reading.plain[span[0] : span[1]]  # a cell begins as a line does
    moved = span[0] - 1
    for found in _LABEL.finditer(words):
        yield _cut(found, moved, found.lastgroup or "")
    for found in _HALF.finditer(words):
        start = found.start("h") + moved
        said = reading.text[start : start + len(found["h"])].lower()
        if said != "sang" or ":" in found["mark"]:
            is_weak = found["mark"] == " "
            yield _cut(found, moved, "half", _HALVES[found["h"]], is_weak=is_weak)
    for found in _PERSON.finditer(words):
        start, end = (place + moved for place in found.span("who"))
        yield _cut(found, moved, "person", _clean(reading.text[start:end]))
    for found in chain(_NUMBERED.finditer(words), _ROW.finditer(words)):
        yield _cut(found, moved, "entry")
    for found in _ROOM_LINE.finditer(words):
        yield _cut(found, moved, "place")
    for found in _ROLE_LINE.finditer(words):
        yield _cut(found, moved, "chair")
    for found in _BEGINS.finditer(words):
        hour = hour_of(words, found.end())
        if hour is not None:
            after = _AFTER_HOUR.match(words, hour[1])
            end = after.end() if after else hour[1]
            yield _Cut(max(0, found.start() + moved), end + moved, "hour", "", hour[0])


def _cut(
    found: re.Match[str], moved: int, kind: str, value: str = "", *, is_weak: bool = False
) -> _Cut:
    start = max(0, found.start() + moved)
    return _Cut(start, found.end() + moved, kind, value, is_weak=is_weak)


def _finished(entry: Started) -> Started:
    """The unit out of `(Giao Phòng … chuẩn bị nội dung)`."""
    words = entry.fields.get("title", "")
    given = _GIVEN.search(_plain(words))
    if given is not None:
        group = "unit" if given["unit"] else "unit2"
        unit = words[given.start(group) : given.end(group)]
        if _plain(unit).startswith("giao "):
            unit = unit[5:]
        entry.fields.setdefault("unit", "")
        entry.fields["unit"] = entry.fields["unit"] or _clean(unit)
        entry.fields["title"] = _clean(words[: given.start()] + " " + words[given.end() :])
    invited = _INVITED.search(_plain(entry.fields["title"]))
    if invited is not None and not entry.fields.get("people"):
        words = entry.fields["title"]
        entry.fields["people"] = _clean(words[slice(*invited.span("who"))])
        entry.fields["title"] = _clean(words[: invited.start()] + words[invited.end() :])
    if entry.hour is None:
        _take_hour(entry)
    ended = _AT_END.search(_plain(entry.fields["title"]))
    if ended is not None:
        words = entry.fields["title"]
        entry.half = entry.half or _HALVES.get(ended["h"], "")
        if ended["who"] and not entry.fields.get("people"):
            entry.fields["people"] = _clean(words[slice(*ended.span("who"))])
        entry.fields["title"] = _clean(words[: ended.start()])
    title, place = entry.fields["title"], entry.fields.get("place", "")
    entry.fields["title"] = title[:1].upper() + title[1:]
    if place[:4].lower() == "tại ":
        entry.fields["place"] = place[4:]
    return entry


def _take_hour(entry: Started) -> None:
    """The hour a title begins with: `(8h30) Hội nghị …`."""
    words = entry.fields["title"]
    bare = _plain(words)
    hour = hour_of(bare, 1 if bare.startswith("(") else 0)
    after = _AFTER_HOUR.match(bare, hour[1]) if hour else None
    if hour is not None and after is not None:
        entry.hour, entry.fields["title"] = hour[0], words[after.end() :]


def _plain(words: str) -> str:
    return plain(words)


def _of_half(minutes: int, half: str) -> int:
    hour = minutes // 60
    if (half == "afternoon" and 1 <= hour < 6) or (half == "evening" and 5 <= hour < 12):
        return minutes + 12 * 60
    return minutes


def _clean(words: str) -> str:
    return " ".join(words.split()).strip(" \t,;:.*|-–+•")
