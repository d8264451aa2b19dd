"""Which of a letter's moments are the meeting's: not its own date, a cited one, a deadline."""

import re
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from meetingroom.domain.invitation import Letter
from meetingroom.invitations.moments import Known, Moment, day_of, known, moments
from meetingroom.invitations.phrases import (
    BASED,
    BEFOREHAND,
    BREAK,
    CALLS,
    CHANGED_AWAY,
    CHANGED_FROM,
    CHANGED_TO,
    CITED,
    DENIED,
    HAND_IN,
    HEADERS,
    HELD,
    HELD_AGAIN,
    HOUR_SOON,
    LABEL,
    LABEL_OF_HALF,
    LIMIT,
    MAILED,
    OWN_BLANK,
    OWN_PLACE,
    PLACE_AHEAD,
    SIGNED,
    TEST,
    TEST_AHEAD,
    TITLED,
    WELCOME,
    WELCOME_AHEAD,
    WROTE,
)
from meetingroom.invitations.plain import Reading
from meetingroom.invitations.zones import HOME, stamped

Kind = Literal["meeting", "test", "own", "cited", "deadline", "mail", "beside"]

_LOOK_BACK, _LOOK_ON = 170, 60
_MOST_MOMENTS = 300
_SESSION = re.compile(r"\s{0,20}(?:[-+*•]|\d{1,2}[.)])?\s{0,4}(?:buoi )?")
_ITEM = re.compile(r"\s{0,20}(?:[-+*•]|\d{1,2}[.)])\s{0,4}(?:luc |vao )?")


class Placed(NamedTuple):
    """A moment, what it is, how much speaks for its being the meeting's."""

    moment: Moment
    kind: Kind
    weight: int
    is_labelled: bool


class Held(NamedTuple):
    """A meeting's time and where it was read."""

    known: Known
    start: int
    end: int
    weight: int


class Times(NamedTuple):
    """What a letter says of time: its meetings, the main one first, and the testing time."""

    held: tuple[Held, ...]
    test_at: str | None
    test_spot: tuple[int, int] | None
    written: date


def read_times(reading: Reading, base: date) -> Times:
    """The meetings' times; `base` is the day the letter came, its own date is better."""
    placed = [_placed(reading, one) for one in moments(reading)[:_MOST_MOMENTS]]
    own = _own_date(reading, placed, base)
    base = own or base
    held = _held(reading, placed, base)
    test, spot = _test(reading, placed, held, base)
    return Times(tuple(held), test, spot, base)


def written_on(letter: Letter, today: date) -> date:
    """The day the letter was sent; today where it does not say."""
    try:
        return datetime.fromisoformat(letter.sent_at).date()
    except ValueError:
        return today


def clause_before(plain: str, start: int) -> str:
    """The words before a place, as far as they belong to it."""
    before = plain[max(0, start - _LOOK_BACK) : start]
    last = 0
    for found in BREAK.finditer(before):
        last = found.end()
    return before[last:]


def _placed(reading: Reading, moment: Moment) -> Placed:
    plain = reading.plain
    clause = clause_before(plain, moment.start)
    after = plain[moment.end : moment.end + _LOOK_ON]
    is_labelled = LABEL.search(clause) is not None
    kind = _kind(reading, moment, clause, after)
    return Placed(moment, kind, _weight(moment, clause, after), is_labelled)


def _kind(reading: Reading, moment: Moment, clause: str, after: str) -> Kind:
    if _is_mail(reading.plain, moment, after) or SIGNED.search(clause):
        return "mail"
    if _is_own(reading, moment):
        return "own"
    if _is_test(clause, after):
        return "test"
    if moment.hour is None and _is_cited(clause):
        return "cited"
    if LIMIT.search(clause) or HAND_IN.search(clause):
        return "deadline"
    if CHANGED_FROM.search(clause) and not CHANGED_TO.search(clause):
        return "cited"
    if _is_left(reading, moment):
        return "cited"
    is_beside = moment.hour is not None and (_is_welcome(clause, after) or _is_beside(clause))
    return "beside" if is_beside else "meeting"


def _is_left(reading: Reading, moment: Moment) -> bool:
    """Whether the meeting is moved from this moment to the next one."""
    found = CHANGED_AWAY.match(reading.plain, moment.end)
    return found is not None and reading.text[slice(*found.span("to"))].isascii()


def _is_welcome(clause: str, after: str) -> bool:
    """Whether people only arrive then: "7h30: đón tiếp đại biểu"."""
    if WELCOME.search(clause) is not None:
        return True
    ahead = WELCOME_AHEAD.match(after)
    return ahead is not None and HOUR_SOON.match(after, ahead.end()) is None


def _is_beside(clause: str) -> bool:
    """Whether an hour is denied, or told in brackets of a letter before this one."""
    opened = clause.rfind("(", max(0, len(clause) - 40))
    is_cited = opened >= 0 and ")" not in clause[opened:] and CITED.search(clause[:opened])
    return bool(is_cited) or DENIED.search(clause) is not None


def _is_mail(plain: str, moment: Moment, after: str) -> bool:
    line = plain[max(0, moment.start - 20) : moment.start]
    if MAILED.search(line):
        around = plain[max(0, moment.start - 300) : moment.end + 300]
        return len(HEADERS.findall(around)) >= 2
    return WROTE.match(plain[moment.end : moment.end + 220]) is not None and bool(after)


def _is_own(reading: Reading, moment: Moment) -> bool:
    if moment.hour is not None or moment.day is None or moment.day.year is None:
        return False
    written = reading.plain[moment.start : moment.end]
    if not written.startswith("ngay") or "thang" not in written:
        return False
    line = reading.text[max(0, moment.start - 60) : moment.start]
    line = line[line.rfind("\n", 0, len(line.rstrip())) + 1 :]
    names = line.rstrip().rstrip(",").split()
    return (
        line.rstrip().endswith(",")
        and bool(names)
        and names[-1][:1].isupper()
        and (OWN_PLACE.search(line) is not None)
    )


def _is_test(clause: str, after: str) -> bool:
    last = 0
    for found in TEST.finditer(clause):
        last = found.end()
    if last:
        return HELD_AGAIN.search(clause[last:]) is None
    ahead = TEST_AHEAD.match(after)
    return ahead is not None and HOUR_SOON.match(after, ahead.end()) is None


def _is_cited(clause: str) -> bool:
    return (
        CITED.search(clause) is not None
        or TITLED.search(clause) is not None
        or (BASED.match(clause.lstrip()) is not None and LABEL.search(clause) is None)
    )


def _weight(moment: Moment, clause: str, after: str) -> int:
    weight = 30 if moment.hour and moment.has_date else 12 if moment.hour else 8
    if LABEL.search(clause):
        weight += 50
    elif LABEL_OF_HALF.search(clause):
        weight += 25
    if CALLS.search(clause):
        weight += 12
    if HELD.search(clause):
        weight += 10
    if (
        moment.day is not None
        and not moment.day.is_sure
        and not (moment.hour or moment.weekday or moment.shift)
    ):
        weight -= 15
    if PLACE_AHEAD.match(after):
        weight += 6
    return weight


def _own_date(reading: Reading, placed: list[Placed], base: date) -> date | None:
    for one in placed:
        if one.kind == "own" and one.moment.day is not None:
            return day_of(one.moment.day, base)
    blank = OWN_BLANK.search(reading.plain)
    if blank is None:
        return None
    first = date(int(blank["y"]), int(blank["m"]), 1)
    return base if (base.year, base.month) == (first.year, first.month) else first


def _held(reading: Reading, placed: list[Placed], base: date) -> list[Held]:
    found = _likely(placed)
    if not found:
        return []
    timed = [one for one in found if one.moment.hour]
    best = max(timed or found, key=lambda one: one.weight)
    if not timed or (not best.is_labelled and _dated_label(found)):
        best = max(found, key=lambda one: one.weight)
    main = _completed(best, found, base)
    if main is None:
        return []
    is_listed = not best.moment.has_date and _is_item_with_link(reading, best.moment)
    others = [
        one
        for one in timed
        if one.moment.has_date
        or _is_session(reading, best.moment, one.moment)
        or (is_listed and _is_item_with_link(reading, one.moment))
    ]
    if _has_own_way(reading, best.moment):
        others = [
            one._replace(weight=best.weight) if _has_own_way(reading, one.moment) else one
            for one in others
        ]
    others = [one if one.moment.has_date else one._replace(weight=best.weight) for one in others]
    return sorted([main, *_others(main, best, others, base)], key=lambda one: one.start)


def _likely(placed: list[Placed]) -> list[Placed]:
    """What may be a meeting's; an hour beside it gives its date, and itself if no other is."""
    found = [one for one in placed if one.kind in ("meeting", "beside") and one.weight > 0]
    if not any(one.kind == "meeting" and one.moment.hour for one in found):
        return found
    return [
        one if one.kind == "meeting" else _dated_only(one)
        for one in found
        if one.kind == "meeting" or one.moment.has_date
    ]


def _dated_only(one: Placed) -> Placed:
    return one._replace(moment=one.moment._replace(hour=None, last_hour=None), weight=8)


def _has_own_way(reading: Reading, moment: Moment) -> bool:
    """Whether a way in stands behind a moment, on its line."""
    end = reading.plain.find("\n", moment.end)
    return "~" in reading.plain[moment.end : end if end >= 0 else len(reading.plain)]


def _is_session(reading: Reading, best: Moment, moment: Moment) -> bool:
    """Whether "Buổi chiều: 14h00" begins a session with a way in of its own, after another's."""
    plain = reading.plain
    line = plain.rfind("\n", 0, moment.start) + 1
    if not moment.half or moment.has_date or _SESSION.fullmatch(plain, line, moment.start) is None:
        return False
    return "~" in plain[best.end : moment.start] and "~" in plain[moment.end : moment.end + 200]


def _is_item_with_link(reading: Reading, moment: Moment) -> bool:
    """Whether an hour begins an item of a list that has a way in of its own."""
    plain = reading.plain
    line = plain.rfind("\n", 0, moment.start) + 1
    end = plain.find("\n", moment.end)
    is_first = _ITEM.fullmatch(plain, line, moment.start) is not None
    return is_first and "~" in plain[moment.end : end if end >= 0 else len(plain)]


def _dated_label(found: list[Placed]) -> bool:
    return any(one.is_labelled and one.moment.has_date for one in found)


def _completed(best: Placed, found: list[Placed], base: date) -> Held | None:
    """The best moment, its missing half from the nearest that has it."""
    moment = best.moment
    if moment.hour is None:
        near = _nearest(best, [one for one in found if one.moment.hour and not one.moment.has_date])
        if near is not None:
            moment = moment._replace(
                hour=near.moment.hour,
                half=near.moment.half or moment.half,
                zone=near.moment.zone,
                last_hour=near.moment.last_hour,
            )
    fallback: date | None = None
    doubts: tuple[str, ...] = ()
    if not moment.has_date:
        dated = _nearest(best, [one for one in found if one.moment.has_date])
        day = known(dated.moment, base) if dated is not None else None
        fallback, doubts = (day.day, ()) if day is not None else (base, ("day_not_said",))
    time = known(moment, base, fallback)
    if time is None:
        return None
    time = time._replace(doubts=(*time.doubts, *doubts))
    return Held(time, best.moment.start, best.moment.end, best.weight)


def _nearest(best: Placed, others: list[Placed]) -> Placed | None:
    near = [one for one in others if abs(one.moment.start - best.moment.start) < 600]
    return min(near, key=lambda one: abs(one.moment.start - best.moment.start), default=None)


def _others(main: Held, best: Placed, timed: list[Placed], base: date) -> list[Held]:
    """Further meetings of the same letter: told as surely as the main one, at other times."""
    seen, found = {main.known.starts_at}, []
    for one in timed:
        if one is best or one.weight < best.weight - 15:
            continue
        time = known(one.moment, base, main.known.day)
        if time is None or time.starts_at in seen or time.day < base:
            continue
        seen.add(time.starts_at)
        found.append(Held(time, one.moment.start, one.moment.end, one.weight))
    return found


def _test(
    reading: Reading, placed: list[Placed], held: list[Held], base: date
) -> tuple[str | None, tuple[int, int] | None]:
    tests = [one.moment for one in placed if one.kind == "test"]
    main = held[0] if held else None
    for moment in sorted(tests, key=lambda one: one.hour is None):
        time = known(moment, base, main.known.day if main else None)
        if time is not None and "time_not_said" not in time.doubts:
            return time.starts_at, (moment.start, moment.end)
    return _beforehand(reading, main) if main else (None, None)


def _beforehand(reading: Reading, main: Held) -> tuple[str | None, tuple[int, int] | None]:
    """ "Kết nối trước giờ họp 30 phút để kiểm tra kỹ thuật"."""
    for found in BEFOREHAND.finditer(reading.plain):
        around = (
            clause_before(reading.plain, found.start())
            + reading.plain[found.start() : found.end() + 80].split("\n\n")[0]
        )
        if TEST.search(around) is None or "time_not_said" in main.known.doubts:
            continue
        number = {"mot": 1, "nua": 0.5}.get(found["n"] or found["n2"])
        amount = float(found["n"] or found["n2"]) if number is None else number
        unit = found["u"] or found["u2"]
        minutes = amount if unit.startswith(("phut", "'", "min")) else amount * 60
        starts = datetime.fromisoformat(main.known.starts_at)
        at = starts - timedelta(minutes=minutes)
        return stamped(at, at.tzinfo or HOME), (found.start(), found.end())
    return None, None
