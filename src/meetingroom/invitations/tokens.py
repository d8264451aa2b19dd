"""The pieces a date or an hour is written in, found in plain words.

Every pattern is bounded and begins at a digit or a whole word, so that reading is linear.
"""

import re
from collections.abc import Callable, Iterator
from datetime import tzinfo
from itertools import chain
from typing import NamedTuple

from meetingroom.invitations.phrases import any_of
from meetingroom.invitations.plain import Reading
from meetingroom.invitations.zones import (
    EASTERN_ZONE,
    ZONE,
    ZONE_WORDS,
    ZULU,
    is_zone,
    zone_of,
)


class Day(NamedTuple):
    """A date as written: the year may be missing."""

    day: int
    month: int
    year: int | None
    is_sure: bool = True  # written as nothing but a date can be


class Weekday(NamedTuple):
    """Monday is 0. `weeks`: 0 this week, 1 the next one, None not said."""

    weekday: int
    weeks: int | None = None


class Hour(NamedTuple):
    """Minutes after midnight; `half` is "am" or "pm" where said."""

    start: int
    end: int | None = None
    half: str = ""
    is_sure: bool = True


class Shift(NamedTuple):
    """Days after the day the letter was written; `half` as in "sáng mai"."""

    days: int
    half: str = ""


class Half(NamedTuple):
    """A part of the day: morning, noon, afternoon or evening."""

    name: str


class Zone(NamedTuple):
    """A time zone."""

    zone: tzinfo


Value = Day | Weekday | Hour | Shift | Half | Zone


class Token(NamedTuple):
    """A piece and its place."""

    start: int
    end: int
    value: Value


_MINUTE = r"(?:[0-5o][0-9o])"
# 8h, 8h00, 08 giờ 00', 8 giờ 30 phút, 08giờ00', 8:00; but no hour is "Buổi 1: 08 giờ"
CLOCK = (
    r"(?:[01]?[0-9]|2[0-4])(?:\s{0,3}(?:gio|(?:uhr|uur)(?![a-z])|hrs?|h|g(?=[0-9\s,.;)-]))"
    rf"(?:\s{{0,3}}(?:{_MINUTE})(?![0-9]|\s?[/.][0-9]|-[0-9]{{1,2}}-)(?:\s{{0,2}}(?:phut|ph(?![a-z])|p(?![a-z])|'{{1,2}}|\""
    rf"|m(?![a-z])))?"
    r"|\s{0,2}ruoi)?|\s{1,2}ruoi(?![a-z])"
    r"|\s?:(?:\s(?!\d\d\s{0,3}(?:gio|h(?![a-z]))))?[0-5][0-9]"
    r"(?::[0-5][0-9](?:\.[0-9]{3,9})?)?(?![0-9])"
    r"|\.[0-5][0-9]\s?(?:uhr|uur)(?![a-z])|\s?[時时点點시]\s?(?:[0-5][0-9]\s?[分분])?)"
)
_AMPM = r"(?:\s{0,2}(?:(?:[ap]\.\s?m\.?|am|pm|sa|ch)(?![a-z])|上午|下午|午前|午後|오전|오후))"
_TO = r"\s{0,2}(?:-{1,2}>?|den|toi|to|until|till|bis|tot|as?(?= )|→)\s{0,2}(?:khoang\s|luc\s|at\s)?"
# What follows "T09:15" is an offset: "2026-12-08T09:15-05:00".
_NO_STAMP = r"(?<!t[0-9]{2}:[0-9]{2})(?<!t[0-9]{2}:[0-9]{2}:[0-9]{2})(?<!:[0-9]{2}\.[0-9]{3})"
_HOURS = re.compile(
    rf"(?<![0-9a-su-z.,:/])(?<![a-z]t)(?P<a>{CLOCK})(?P<x>{_AMPM})?"
    rf"(?:{_NO_STAMP}{_TO}(?P<b>{CLOCK})(?P<y>{_AMPM})?)?(?![0-9])"
)
# 8-10h, 8 AM, 2 pm - 4 pm, từ 8 đến 11 giờ
_SHORT = re.compile(
    rf"(?<![0-9a-z.,:/-])(?P<a>[01]?[0-9]|2[0-4]){_TO}(?P<b>(?:[01]?[0-9]|2[0-4])\s?(?:h"
    rf"|gio|uhr|uur)(?![a-z0-9]))"
)
_BARE_AMPM = re.compile(
    rf"(?<![0-9a-z.,:/-])(?P<a>(?:1[0-2]|0?[1-9])(?:\.[0-5][0-9])?)(?P<x>{_AMPM})"
    rf"(?:{_TO}(?P<b>(?:1[0-2]|0?[1-9])(?:\.[0-5][0-9])?)(?P<y>{_AMPM}))?"
)
_BARE_RANGE = re.compile(
    rf"(?<![0-9a-z.,:/-])(?P<a>1[0-2]|0?[1-9]){_TO}(?P<b>(?:1[0-2]"
    rf"|0?[1-9])(?::[0-5][0-9])?)(?P<y>{_AMPM})"
)
_PARTS = re.compile(r"(?P<h>[0-9]{1,2})\D{0,6}(?P<m>[0-5o][0-9o])?")

_D, _M, _Y = (
    r"(?:0?[1-9]|[12][0-9]|3[01])",
    r"(?:0?[1-9]|1[0-2])",
    r"(?:20[0-9]{2}|[0-9]{2}(?![0-9:h]))",
)
_TO_DAY = any_of(",", "-", "va", "den", "va ngay", "den ngay", "den het ngay")


def _dated(pattern: str, *, is_named: bool) -> re.Pattern[str]:
    """A date's pattern; behind `ngày` a list of days may stand before its month."""
    more = rf"(?:\s?{_TO_DAY if is_named else '-'}\s?{_D}(?![0-9]))?"
    before = "" if is_named else r"(?<![0-9a-z/.,:~-])(?<!thu )"
    return re.compile(rf"{before}(?P<d>{_D}){more}{pattern}")


_HALF_DAY = r"(?!\s{0,2}(?:ngay|buoi)(?![a-z]|\s?[0-9]))"  # 1/2 ngày
_IN_FIGURES = (
    rf"\s?(?P<s>[/.-])\s?(?P<m>{_M})(?![0-9]){_HALF_DAY}"
    rf"(?:\s?(?P=s)\s?(?P<y>{_Y}))?(?![0-9])"
)
_WORDED = {
    "muoi mot": 11, "muoi hai": 12, "mot": 1, "gieng": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4,
    "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "chap": 12,
}  # fmt: skip
_IN_WORDS = (
    rf"\s{{0,3}}(?:thang|thg\.?|th\.)\s{{0,3}}(?P<m>{_M}(?![0-9])|(?:{'|'.join(_WORDED)})(?![a-z]))"
    rf"(?:\s{{0,3}}(?:nam|,|/|-)?\s{{0,3}}(?P<y>20[0-9]{{2}}))?"
)
_NAMED_DAYS = tuple(_dated(one, is_named=True) for one in (_IN_FIGURES, _IN_WORDS))
_DAYS = tuple(_dated(one, is_named=False) for one in (_IN_FIGURES, _IN_WORDS))
_SLASHED = re.compile(
    r"(?<![0-9/.,:~-])(?P<m>0?[1-9]|1[0-2])/(?P<d>1[3-9]|2[0-9]|3[01])/(?P<y>20[0-9]{2})(?![0-9])"
)
_ISO = re.compile(
    r"(?<![0-9/.-])(?P<y>20[0-9]{2})[-/.](?P<m>0[1-9]|1[0-2])[-/.](?P<d>0[1-9]|[12][0-9]"
    r"|3[01])(?![0-9])(?:t(?=[0-9]{2}:))?"
)
_MILITARY = re.compile(r"(?P<h>[01][0-9]|2[0-3])(?P<m>[0-5][0-9])\s?(?:utc|gmt)(?![a-z])")
_COMPACT = re.compile(
    r"(?<![0-9a-z])(?P<y>20[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])t"
    r"(?P<h>[01][0-9]|2[0-3])(?P<min>[0-5][0-9])(?:[0-5][0-9])?(?=z?(?![0-9a-z]))"
)
_EASTERN = re.compile(
    rf"(?P<y>20[0-9]{{2}})\s?[年년]\s?(?P<m>{_M})\s?[月월]\s?(?P<d>{_D})\s?[日일]"
)
# English first; what other calendars write instead (Russian without its marks).
_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12, "fev": 2, "avr": 4, "mai": 5, "jui": 6, "aou": 8, "okt": 10,
    "dez": 12, "ene": 1, "abr": 4, "ago": 8, "dic": 12, "gen": 1, "maa": 3, "mag": 5, "mei": 5,
    "giu": 6, "lug": 7, "set": 9, "ott": 10, "out": 10,
    "sty": 1, "lut": 2, "kwi": 4, "maj": 5, "cze": 6, "lip": 7, "sie": 8, "wrz": 9, "paz": 10,
    "lis": 11, "gru": 12,
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9,
    "окт": 10, "ноя": 11, "дек": 12,
}  # fmt: skip
_MONTH = (
    r"(?P<m>jan(?:uary?|uari|vier|eiro|v)?|feb(?:ruary?|ruari|rero|braio)?|fevr(?:ier)?|fevereiro"
    r"|mar(?:ch|s|zo|co|z)?|maart|apr(?:il|ile)?|avr(?:il)?|mayo?|maio|mai(?= 20)|maggio|mei(?= 20)"
    r"|gennaio|giugno|luglio|settembre|setembro|ottobre|outubro|octubre|setiembre"
    r"|jun(?:io|ho|i|e)?|juin|jul(?:io|ho|i|y)?|juil(?:let)?|aug(?:ust(?:us)?)?|aout"
    r"|sept?(?:ember|embre|iembre)?|oct(?:ober|obre)?|okt(?:ober)?|nov(?:ember|embre|iembre|embro)?"
    r"|dec(?:ember|embre)?|dez(?:ember|embro)?|ene(?:ro)?|abr(?:il)?|ago(?:sto)?"
    r"|dic(?:iembre|embre)?"
    r"|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|wrzesnia|pazdziernika|listopada"
    r"|grudnia|(?:янв|фев|мар|апр|июн|июл|авг|сен|окт|ноя|дек)[а-я]{0,6}|мая)\.?"
)
_ENGLISH = re.compile(
    rf"(?<![a-z]){_MONTH}\s{{0,2}}(?P<d>{_D})(?:st|nd|rd"
    rf"|th)?(?![0-9:])(?:\s?,?\s{{0,2}}(?P<y>20[0-9]{{2}}))?"
)
_BRITISH = re.compile(
    rf"(?<![0-9/.])(?P<d>{_D})(?:st|nd|rd"
    rf"|th|\.)?\s?(?:(?:of|de)\s)?-?{_MONTH}(?![a-z])(?:\s?,?\s{{0,2}}(?:de\s)?-?(?P<y>20[0-9]{{2}}))?"
)
_WEEK = r"(?:\s{0,2}(?P<w>tuan (?:nay|toi|sau|ke tiep)|nay|toi(?!\s?(?:[a-z0-9])))(?![a-z]))?"
_NOT_COUNTED = "".join(f"(?<!{word} )" for word in ("lan", "hop", "khoa", "tuan", "phien", "ky"))
_WEEKDAY = re.compile(
    rf"(?<![a-z]){_NOT_COUNTED}(?:thu\s{{0,2}}(?P<vi>hai|ba|tu|nam|sau|bay|[2-7](?![0-9]))"
    r"|(?P<cn>chu nhat|cn(?=\s?[,(\s]))|t(?P<t>[2-7])(?=\s?[,(]|\s(?:ngay|[0-9])))(?![a-z0-9])"
    rf"{_WEEK}|(?<![a-z])(?:th(?P<th>[2-7])|th (?P<g>[2-7]))(?=,)"
)
_MONTH_AHEAD = rf"{_MONTH.replace('?P<m>', '?:')}\s?[0-9]"
_ENGLISH_WEEKDAY = re.compile(
    r"(?<![a-z])(?P<next>next |this )?(?P<e>mon|tue|wed|thu|fri|sat|sun)"
    rf"(?:day|sday|nesday|rsday|urday|r?s?(?=\s?[,.]|\s(?:[0-9]|{_MONTH_AHEAD})))(?![a-z])"
)
_OFFSET = re.compile(
    r"(?P<sign>[+-])(?:(?<=:[0-9]{2}\+)|(?<=:[0-9]{2} \+)|(?<=t[0-9]{2}:[0-9]{2}-)"
    r"|(?<=:[0-9]{2}\.[0-9]{3}[+-])|(?<=:[0-9]{2}:[0-9]{2}-)|(?<=:[0-9]{2}:[0-9]{2} -))"
    r"(?P<h>0[0-9]|1[0-4]):?(?P<m>[0-5][0-9])(?![0-9])"
)
_SHIFT = re.compile(
    r"(?<![a-z])(?:(?P<t>hom nay|today|trong ngay|(?:sang|chieu|toi|trua) nay)"
    r"|(?P<m>ngay mai|tomorrow|(?:sang|chieu|toi|trua) mai(?![a-z]))|(?P<k>ngay kia|ngay mot))"
)
_HALF = re.compile(
    r"(?<![a-z])(?:(?P<am>sang|morning)|(?P<noon>trua|noon)|(?P<pm>chieu|afternoon)|(?P<eve>toi"
    r"|evening|dem))(?![a-z])"
)
_AM_PM = dict.fromkeys(("am", "sa", "上午", "午前", "오전"), "am")
_AM_PM |= dict.fromkeys(("pm", "ch", "下午", "午後", "오후"), "pm")
_HALVES = {"sang": "am", "trua": "noon", "chieu": "pm", "toi": "eve"}
_VI = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_EN = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}

_SAID = {
    "sang": "sáng",
    "chieu": "chiều",
    "trua": "trưa",
    "toi": "tối",
    "dem": "đêm",
}


def tokens(reading: Reading) -> list[Token]:
    """All pieces in their order; of two that overlap, the one that begins first, or is longer."""
    found = sorted(_all(reading), key=lambda one: (one.start, -one.end))
    kept: list[Token] = []
    for token in found:
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    return kept


def _all(reading: Reading) -> Iterator[Token]:
    plain = reading.plain
    for run in _DIGITS.finditer(plain):
        if run.end() - run.start() <= 4:
            yield from _numbers(plain, run.start(), run.end())
    for word in _WORD.finditer(plain):
        for reads in _WORDS.get(word[0], ()):
            token = reads(reading, word.start())
            if token is not None:
                yield token
    for found in _COMPACT.finditer(plain):
        yield from _stamp(found)
    for found in chain(_OFFSET.finditer(plain), EASTERN_ZONE.finditer(plain), ZULU.finditer(plain)):
        yield Token(found.start(), found.end(), Zone(zone_of(found)))


def _stamp(found: re.Match[str]) -> Iterator[Token]:
    """20261208T0600: a day and an hour without anything between their figures."""
    day = Day(int(found["d"]), int(found["m"]), int(found["y"]))
    yield Token(found.start(), found.start("h"), day)
    hour = Hour(int(found["h"]) * 60 + int(found["min"]))
    yield Token(found.start("h"), found.end(), hour)


def _numbers(plain: str, start: int, end: int) -> Iterator[Token]:
    if end - start == 4:
        if found := _MILITARY.match(plain, start):
            yield Token(start, end, Hour(int(found["h"]) * 60 + int(found["m"])))
        patterns: tuple[re.Pattern[str], ...] = (_ISO, _EASTERN)
    elif end - start <= 2:
        for pattern in (_HOURS, _SHORT, _BARE_AMPM, _BARE_RANGE):
            if found := pattern.match(plain, start):
                yield Token(start, found.end(), _hour(found))
        patterns = (*_DAYS, _SLASHED, _BRITISH)
    else:
        return
    named = _NGAY.search(plain, max(0, start - 16), start)
    for pattern in (*_NAMED_DAYS, *patterns) if named else patterns:
        found = pattern.match(plain, start)
        day = _day(found, is_named=named is not None) if found else None
        if found and day:
            yield Token(named.start() if named else start, found.end(), day)


def _month_first(reading: Reading, start: int) -> Token | None:
    found = _ENGLISH.match(reading.plain, start)
    day = _day(found) if found else None
    return Token(start, found.end(), day) if found and day else None


def _shift(reading: Reading, start: int) -> Token | None:
    found = _SHIFT.match(reading.plain, start)
    if found is None:
        return None
    days = 0 if found["t"] else 1 if found["m"] else 2
    return Token(start, found.end(), Shift(days, _HALVES.get(found[0].split()[0], "")))


def _part(reading: Reading, start: int) -> Token | None:
    found = _HALF.match(reading.plain, start)
    if found is None or not _is_said(reading, found):
        return None
    return Token(start, found.end(), Half(found.lastgroup or ""))


def _zone(reading: Reading, start: int) -> Token | None:
    found = ZONE.match(reading.plain, start)
    if found is None or not is_zone(found, reading.text[start : found.end()]):
        return None
    return Token(start, found.end(), Zone(zone_of(found)))


def hour_of(plain: str, start: int) -> tuple[Hour, int] | None:
    """The hour written at a place of plain words, and where it ends."""
    found = _HOURS.match(plain, start)
    return (_hour(found), found.end()) if found else None


def _hour(found: re.Match[str]) -> Hour:
    groups = found.groupdict()
    first, last = groups.get("x") or "", groups.get("y") or ""
    half, end_half = _half(first or last), _half(last or first)
    start = _minutes(found["a"], half)
    end = _minutes(found["b"], end_half) if found["b"] else None
    if end is not None and start > end and not first:
        start = _minutes(found["a"], "")  # 11:00 - 1:00 PM
    return Hour(start, end, half)


def _half(words: str) -> str:
    bare = re.sub(r"[.\s]", "", words)
    return _AM_PM.get(bare, "")


def _minutes(words: str, half: str) -> int:
    parts = _PARTS.match(words.strip())
    if parts is None:
        return 0
    hour, minute = int(parts["h"]), int((parts["m"] or "0").replace("o", "0"))
    if words.rstrip().endswith("ruoi"):
        minute = 30
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return hour * 60 + minute


def _day(found: re.Match[str], *, is_named: bool = False) -> Day | None:
    groups = found.groupdict()
    month = groups["m"]
    number = _month(month)
    year = groups.get("y")
    sign = groups.get("s")
    is_sure = bool(year or is_named or not month.isdigit() or "thang" in found[0])
    if sign in {".", "-"} and not (year or is_named):
        return None
    whole = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    return Day(int(found["d"]), number, whole, is_sure)


def _month(words: str) -> int:
    if words.isdigit():
        return int(words)
    if words.startswith("juil"):
        return 7
    return _WORDED[" ".join(words.split())] if words in _WORDED else _MONTHS[words[:3]]


def _weekday(reading: Reading, start: int) -> Token | None:
    found = _WEEKDAY.match(reading.plain, start)
    if found is None:
        return None
    written = reading.text[start : found.end()].lower()
    if found["vi"] and "thứ" not in written and not _is_bare_week(written, reading, found.end()):
        return None
    weeks = None if not found["w"] else 0 if found["w"].endswith("nay") else 1
    return Token(start, found.end(), Weekday(_vietnamese(found), weeks))


def _english_weekday(reading: Reading, start: int) -> Token | None:
    found = _ENGLISH_WEEKDAY.match(reading.plain, start)
    written = reading.text[start : found.end()] if found else ""
    if found is None or not written.isascii():  # not `thứ`, `môn`
        return None
    if len(found["e"]) == len(written) and not written[:1].isupper():  # `hè thu 312 ha`
        return None
    weeks = 1 if found["next"] == "next " else None
    return Token(start, found.end(), Weekday(_EN[found["e"]], weeks))


def _is_bare_week(written: str, reading: Reading, end: int) -> bool:
    return (
        written.isascii()
        and _is_bare(reading, end)
        and not reading.plain[end : end + 4].lstrip().startswith("20")
    )


def _vietnamese(found: re.Match[str]) -> int:
    if found["cn"]:
        return 6
    word = found["vi"] or found["t"] or found["th"] or found["g"]
    return _VI[word] if word in _VI else int(word) - 2


def _is_said(reading: Reading, found: re.Match[str]) -> bool:
    """Whether the word is meant: `sáng`, not `sang`, unless nothing here has marks."""
    word = found[0]
    written = reading.text[found.start() : found.end()].lower()
    if word not in _SAID or written == _SAID[word]:
        return True
    return written == word and _is_bare(reading, found.start())


def _is_bare(reading: Reading, place: int) -> bool:
    """Whether the words around are written without marks."""
    around = slice(max(0, place - 60), place + 60)
    return not any("a" <= low != was.lower() for low, was in _pairs(reading, around))


def _pairs(reading: Reading, around: slice) -> Iterator[tuple[str, str]]:
    return zip(reading.plain[around], reading.text[around], strict=True)


_DIGITS, _WORD = re.compile(r"[0-9]+"), re.compile(r"[a-z]+")
_NGAY = re.compile(r"ngay:?\s{0,3}(?:m[uo]ng\s{1,2})?$")
_Reads = Callable[[Reading, int], Token | None]


def _by_first_word() -> dict[str, tuple[_Reads, ...]]:
    """What may begin with a word."""
    firsts: tuple[tuple[_Reads, str], ...] = (
        (_weekday, "thu chu cn t th"),
        (
            _english_weekday,
            "next this mon monday tue tues tuesday wed wednesday thu thur thurs thursday"
            " fri friday sat saturday sun sunday",
        ),
        (_shift, "hom today trong sang chieu toi trua ngay tomorrow"),
        (_part, "sang morning trua noon chieu afternoon toi evening dem"),
        (
            _month_first,
            "jan january feb february mar march apr april may jun june jul july aug august"
            " sep sept september oct october nov november dec december",
        ),
        (_zone, " ".join(ZONE_WORDS)),
    )
    found: dict[str, tuple[_Reads, ...]] = {}
    for reads, words in firsts:
        for word in words.split():
            found[word] = (*found.get(word, ()), reads)
    return found


_WORDS = _by_first_word()
