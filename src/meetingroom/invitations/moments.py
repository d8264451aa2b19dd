"""Dates and hours that stand together are one moment; a moment and a base day make a time."""

import re
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from meetingroom.invitations.plain import Reading
from meetingroom.invitations.tokens import (
    Day,
    Half,
    Hour,
    Shift,
    Token,
    Value,
    Weekday,
    tokens,
)
from meetingroom.invitations.zones import stamped

_WORDS = (
    r"(?:ngay|vao|luc|hoi|cua|bat dau|tu|cung|at|on|from|khai mac|buoi|gio|la|the|time|date|khoang"
    r"|thoi gian|start|starts|nham|tuc|dung|thu|mot|1 buoi|01 buoi|universal|zone|timezone"
    r"|mui gio|uhr|um|heures?|de|alle|klockan|om|ore|h|hora|horario|por|по|godz)"
)
_GLUE = re.compile(
    rf"[\s,:.()\[\]'\"@〜/|*~·-]*(?:{_WORDS}(?![a-z])[\s,:.()\[\]'\"@〜/|*-]*){{0,4}}"
)
_UNTIL = re.compile(
    r"[\s,()]*(?:-{1,2}>?|den|toi|to|until|till|→)[\s,:]*(?:luc |khoang |het |ngay )?"
)
_OPENS = re.compile(r"\.\s{1,4}(?:khai mac|bat dau)(?![a-z])")
_AND_DAY = re.compile(r"\s{0,3}(?:va|&|\+)\s{0,3}(?:ngay\s{1,3})?")
_MOST_GLUE, _MOST_LINES = 48, 2
GUESSES = {"am": 8 * 60, "noon": 11 * 60 + 30, "pm": 14 * 60, "eve": 19 * 60 + 30, "": 8 * 60}


class Moment(NamedTuple):
    """What is said about one moment, and where."""

    start: int
    end: int
    day: Day | None = None
    last_day: Day | None = None
    weekday: Weekday | None = None
    shift: Shift | None = None
    hour: Hour | None = None
    last_hour: Hour | None = None
    half: str = ""
    zone: tzinfo | None = None

    @property
    def has_date(self) -> bool:
        """Whether it tells a day in any way."""
        return self.day is not None or self.weekday is not None or self.shift is not None


class Known(NamedTuple):
    """A moment as a time; `doubts` says what had to be guessed."""

    starts_at: str
    ends_at: str | None
    doubts: tuple[str, ...]

    @property
    def day(self) -> date:
        """The day it begins on."""
        return date.fromisoformat(self.starts_at[:10])


def moments(reading: Reading) -> list[Moment]:
    """All moments of the letter, in their order."""
    found: list[Moment] = []
    pieces = tokens(reading)
    for at, token in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        joined = _joined(found[-1], token, following, reading.plain) if found else None
        if joined is not None:
            found[-1] = joined
        else:
            found.append(_begun(token))
    return [one for one in found if one.has_date or one.hour or one.half]


def _begun(token: Token) -> Moment:
    return _put(Moment(token.start, token.end), token.value, token.end)


def _joined(moment: Moment, token: Token, after: Token | None, plain: str) -> Moment | None:
    gap = plain[moment.end : token.start]
    if len(gap) > _MOST_GLUE or gap.count("\n") > _MOST_LINES:
        return None
    if moment.hour or moment.day:
        until = _until(moment, token, gap)
        if until is not None:
            return until
    if "\n" in gap and "thoi gian" in gap:
        return None  # a label of its own line begins something new
    if _OPENS.match(gap) is not None:
        return None  # "Hạn gửi: 10/12. Khai mạc: 8h00"
    if _GLUE.fullmatch(gap) is None or _is_said(moment, token.value):
        return None
    if isinstance(token.value, Half) and _belongs_on(moment, token, after, plain):
        return None
    return _put(moment, token.value, token.end)


def _until(moment: Moment, token: Token, gap: str) -> Moment | None:
    is_days = isinstance(token.value, Day) and _AND_DAY.fullmatch(gap) is not None
    if not is_days and _UNTIL.fullmatch(gap) is None:
        return None
    if isinstance(token.value, Hour) and moment.hour and not moment.last_hour:
        return moment._replace(last_hour=token.value, end=token.end)
    if isinstance(token.value, Day) and moment.day and not moment.last_day:
        return moment._replace(last_day=token.value, end=token.end)
    return None


def _is_said(moment: Moment, value: Value) -> bool:
    """Whether the moment has one of this kind: then another moment begins."""
    if isinstance(value, Day):
        if moment.last_hour and moment.day and not moment.last_day:
            return False
        return moment.day is not None
    if isinstance(value, Hour):
        return moment.hour is not None
    if isinstance(value, Weekday):
        return moment.weekday is not None
    if isinstance(value, Shift):
        return moment.shift is not None or moment.day is not None
    if isinstance(value, Half):
        return bool(moment.half)
    return moment.zone is not None or moment.hour is None


def _belongs_on(moment: Moment, token: Token, after: Token | None, plain: str) -> bool:
    """Whether "…, sáng" speaks of what follows: "14h00 ngày 25/11, sáng 26/11"."""
    if after is None or not (moment.hour and moment.has_date):
        return False
    is_next = isinstance(after.value, Day | Hour)
    return is_next and _GLUE.fullmatch(plain[token.end : after.start][:_MOST_GLUE]) is not None


def _put(moment: Moment, value: Value, end: int) -> Moment:
    if isinstance(value, Day):
        if moment.day is not None:
            return moment._replace(last_day=value, end=end)
        return moment._replace(day=value, end=end)
    if isinstance(value, Hour):
        return moment._replace(hour=value, end=end)
    if isinstance(value, Weekday):
        return moment._replace(weekday=value, end=end)
    if isinstance(value, Shift):
        half = moment.half or value.half
        return moment._replace(shift=value, half=half, end=end)
    if isinstance(value, Half):
        return moment._replace(half=value.name, end=end)
    return moment._replace(zone=value.zone, end=end)


def known(moment: Moment, base: date, fallback: date | None = None) -> Known | None:
    """The moment as a time. `base`: when the letter was written; `fallback`: the day meant
    where the moment tells none."""
    day, doubts = _day_of(moment, base)
    day = day or fallback
    if day is None:
        return None
    if moment.hour is None:
        doubts = (*doubts, "time_not_said")
    start = _start(moment)
    starts = datetime.combine(day, datetime.min.time()) + timedelta(minutes=start)
    return Known(stamped(starts, moment.zone), _end_of(moment, starts, base), doubts)


def day_of(day: Day, base: date) -> date | None:
    """A written date; without its year the one that is next, a month ago at the most."""
    if day.year is not None:
        return _date(day.year, day.month, day.day)
    oldest = base - timedelta(days=31)
    years = (_date(base.year + more, day.month, day.day) for more in (-1, 0, 1, 2))
    return next((one for one in years if one is not None and one >= oldest), None)


def _day_of(moment: Moment, base: date) -> tuple[date | None, tuple[str, ...]]:
    if moment.day is not None:
        return _agreed(moment, base)
    if moment.shift is not None:
        return base + timedelta(days=moment.shift.days), ()
    if moment.weekday is not None:
        return _weekday_of(moment.weekday, base), ()
    return None, ()


def _agreed(moment: Moment, base: date) -> tuple[date | None, tuple[str, ...]]:
    """The date, its weekday agreeing: 11/5 on a Thursday may be the fifth of November."""
    day = moment.day
    if day is None:
        return None, ()
    found = day_of(day, base)
    if found is None or moment.weekday is None or found.weekday() == moment.weekday.weekday:
        return found, ()
    turned = day_of(day._replace(day=day.month, month=day.day), base) if day.day <= 12 else None
    if turned is not None and turned.weekday() == moment.weekday.weekday and turned >= base:
        return turned, ()
    return found, ("weekday_differs",)


def _weekday_of(weekday: Weekday, base: date) -> date:
    monday = base - timedelta(days=base.weekday())
    if weekday.weeks is not None:
        return monday + timedelta(days=7 * weekday.weeks + weekday.weekday)
    return base + timedelta(days=(weekday.weekday - base.weekday()) % 7)


def _start(moment: Moment) -> int:
    if moment.hour is None:
        return GUESSES[moment.half]
    return _halved(moment.hour.start, moment.half if not moment.hour.half else "")


def _halved(minutes: int, half: str) -> int:
    hour = minutes // 60
    if (half == "pm" and 1 <= hour < 7) or (half == "eve" and 5 <= hour < 12):
        return minutes + 12 * 60
    if half == "noon" and hour in {1, 2}:
        return minutes + 12 * 60
    return minutes


def _end_of(moment: Moment, starts: datetime, base: date) -> str | None:
    hour, last = moment.hour, moment.last_hour
    if hour is None:
        return None
    minutes = last.start if last else hour.end
    if minutes is None:
        return None
    minutes = _halved(minutes, moment.half if not (last or hour).half else "")
    day = day_of(moment.last_day, base) if moment.last_day else starts.date()
    ends = datetime.combine(day or starts.date(), datetime.min.time()) + timedelta(minutes=minutes)
    if ends <= starts and moment.last_day is None and starts.hour >= 18:
        ends += timedelta(days=1)
    return stamped(ends, moment.zone) if ends > starts else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
