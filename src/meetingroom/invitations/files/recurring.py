"""When an event that comes again comes next."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

AHEAD, BACK = timedelta(days=3 * 366), timedelta(days=30 * 366)
MOST = 15_000  # times looked at
_SELDOM = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")  # what comes more often is no meeting


def next_time(event: Any, start: datetime, today: datetime, gone: set[datetime]) -> datetime | None:
    """The first time from `today` on that is not among those `gone`; None where it is over.

    Raises ValueError for a rule that makes no sense.
    """
    rules = [rule for rule in _listed(event, "RRULE") if hasattr(rule, "to_ical")]
    if not recurs(event) or start < today - BACK:
        return start if start >= today and start not in gone else None
    later = _moments(event, "RDATE", start)
    without = _moments(event, "EXDATE", start) | gone
    found = [one for one in sorted(later | {start}) if one >= today and one not in without][:1]
    for rule in rules:
        coming = (one for one in _by_rule(rule, start, today) if one not in without)
        found += islice(coming, 1)
    return min(found, default=None)


def recurs(event: Any) -> bool:
    """Whether an event says that it comes again."""
    return "RRULE" in event or "RDATE" in event


def _by_rule(rule: Any, start: datetime, today: datetime) -> Iterator[datetime]:
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - seldom

    if str(rule.get("FREQ", [""])[0]).upper() not in _SELDOM:
        return
    kept = (one for one in rule.to_ical().decode().split(";"))
    words = ";".join(one for one in kept if not one.startswith(("UNTIL=", "COUNT=")))
    # The times are those of the place, whatever the clocks do in between.
    local, zone = start.replace(tzinfo=None), start.tzinfo
    last = today.astimezone(zone).replace(tzinfo=None) + AHEAD
    until = rule.get("UNTIL", [None])[0]
    if until is not None:
        last = min(last, _local(until, zone))
    most = min(MOST, int(rule.get("COUNT", [MOST])[0]))
    made: Any = rrulestr(words, dtstart=local)
    for one in islice(made.replace(until=last), most):
        moment = one.replace(tzinfo=zone)
        if moment >= today:
            yield moment


def _local(until: date, zone: Any) -> datetime:
    if not isinstance(until, datetime):
        return datetime.combine(until, time(23, 59, 59))
    return (until.astimezone(zone) if until.tzinfo else until).replace(tzinfo=None)


def _listed(event: Any, name: str) -> list[Any]:
    value = event.get(name)
    return [] if value is None else value if isinstance(value, list) else [value]


def _moments(event: Any, name: str, start: datetime) -> set[datetime]:
    """The times a list of the event names; days take the event's own time."""
    moments = set()
    for several in _listed(event, name):
        for one in getattr(several, "dts", ()):
            moments.add(as_moment(one.dt, start))
    return moments


def as_moment(value: Any, start: datetime) -> datetime:
    """A date or time as a moment, in the event's own zone where it names none."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=start.tzinfo)
    return datetime.combine(value, start.timetz())
