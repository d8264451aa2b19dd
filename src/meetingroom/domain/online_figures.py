"""What online meetings came to in a year: how many, how long, with whom, and what was not driven.

How long one was is told by when the commune's computers went into it and came back; where
nobody noted that, by when the session was opened and closed; else by its agenda's plan. What
lasted as long as nobody's call does was left open by mistake, and counts for nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Literal

import msgspec

from meetingroom.domain.calls import LONGEST
from meetingroom.domain.entries import Entry, in_order
from meetingroom.domain.facts import MeetingClosed, MeetingOpened
from meetingroom.domain.invitation import Level
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.office_week import Engagement
from meetingroom.domain.records import moment_of

Span = tuple[datetime, datetime]
Basis = Literal["joined", "session", "planned"]
LEVELS: tuple[Level, ...] = ("central", "province", "commune", "other")
MONTHS = range(1, 13)


class Rates(msgspec.Struct, frozen=True, kw_only=True):
    """What a way would have been and cost; kilometres are one way, money is đồng."""

    km_central: int = 0
    km_province: int = 0
    km_commune: int = 0
    km_other: int = 0
    cost_per_km: int = 0
    cost_per_day: int = 0
    people_per_car: int = 4

    def km_to(self, level: Level) -> int:
        """How far the place of a level's meetings is."""
        ways: dict[Level, int] = {
            "central": self.km_central,
            "province": self.km_province,
            "commune": self.km_commune,
        }
        return ways.get(level, self.km_other)

    def km_saved(self, level: Level, people: int) -> int:
        """There and back, for as many cars as the people would have taken."""
        return 2 * self.km_to(level) * ceil(people / max(1, self.people_per_car))

    def money_saved(self, level: Level, people: int) -> int:
        """The cars' ways, and a day's allowance for each."""
        if not self.km_to(level):
            return 0
        return self.km_saved(level, people) * self.cost_per_km + people * self.cost_per_day


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One online meeting that took place; `people` are those at the commune's site."""

    meeting: str
    title: str
    starts_at: datetime
    level: Level
    organisers: tuple[str, ...]
    people: int
    minutes: int
    basis: Basis
    km: int = 0
    money: int = 0


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """Several meetings together; `of_level` counts them by level."""

    meetings: int = 0
    minutes: int = 0
    people: int = 0
    km: int = 0
    money: int = 0
    of_level: dict[Level, int] = {}

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 1)


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """A year of online meetings."""

    year: int
    months: tuple[Sums, ...]
    levels: dict[Level, Sums]
    total: Sums
    held: tuple[Held, ...]
    rates: Rates

    def of_basis(self, basis: Basis) -> int:
        """How many meetings' length is known so."""
        return sum(row.basis == basis for row in self.held)

    @property
    def without_check_in(self) -> int:
        """How many meetings nobody checked in to: nobody counts as saved a way."""
        return sum(not row.people for row in self.held)


def level_of(row: Engagement) -> Level:
    """The highest level that invites; "other" where none is known."""
    known = {link.level for link in row.links}
    return next((level for level in LEVELS if level in known), "other")


def took_place(meeting: Meeting, row: Engagement, now: datetime) -> bool:
    """Whether an online meeting was held: joined, opened, or its time is over; not cancelled."""
    if not row.is_online or meeting.state in ("draft", "cancelled"):
        return False
    # A try before it begins is no meeting yet.
    was_joined = any(call.stays or call.is_in for call in meeting.calls.values())
    return (
        (was_joined and row.starts_at <= now)
        or meeting.state in ("open", "closed")
        or row.ends_at <= now
    )


def held_one(meeting: Meeting, row: Engagement, entries: Iterable[Entry], rates: Rates) -> Held:
    """A meeting's figures; `entries` are its own records."""
    people = sum(one.way != "online" for one in meeting.presence.values())
    level = level_of(row)
    minutes, basis = _length(meeting, row, in_order(entries))
    return Held(
        meeting=row.meeting,
        title=row.title,
        starts_at=row.starts_at,
        level=level,
        organisers=row.organisers,
        people=people,
        minutes=minutes,
        basis=basis,
        km=rates.km_saved(level, people),
        money=rates.money_saved(level, people),
    )


def _length(meeting: Meeting, row: Engagement, entries: Sequence[Entry]) -> tuple[int, Basis]:
    """(minutes, how they are known)."""
    joined = [
        (moment_of(start), moment_of(end))
        for call in meeting.calls.values()
        for start, end in call.stays
        if moment_of(end) > row.starts_at  # else a try before it began
    ]
    known: tuple[tuple[list[Span], Basis], ...] = (
        (joined, "joined"),
        (_sessions(entries), "session"),
    )
    for spans, basis in known:
        minutes = _together(span for span in spans if span[1] - span[0] < LONGEST)
        if minutes:
            return minutes, basis
    return round((row.ends_at - row.starts_at) / timedelta(minutes=1)), "planned"


def _sessions(entries: Sequence[Entry]) -> list[Span]:
    """From each opening of the session to its closing."""
    opened: datetime | None = None
    spans: list[Span] = []
    for entry in entries:
        if entry.refused is not None:
            continue
        if isinstance(entry.fact, MeetingOpened):
            opened = opened or moment_of(entry.at)
        elif isinstance(entry.fact, MeetingClosed) and opened is not None:
            spans.append((opened, moment_of(entry.at)))
            opened = None
    return spans


def _together(spans: Iterable[Span]) -> int:
    """The minutes covered by at least one span."""
    covered, reached = timedelta(), None
    for start, end in sorted(spans):
        since = start if reached is None else max(start, reached)
        if end > since:
            covered += end - since
            reached = end
    return round(covered / timedelta(minutes=1))


def figures_of(year: int, rows: Iterable[Held], rates: Rates) -> Figures:
    """A year's figures from its meetings; others are left out."""
    held = sorted((row for row in rows if row.starts_at.year == year), key=lambda r: r.starts_at)
    return Figures(
        year=year,
        months=tuple(_sums([r for r in held if r.starts_at.month == month]) for month in MONTHS),
        levels={level: _sums([r for r in held if r.level == level]) for level in LEVELS},
        total=_sums(held),
        held=tuple(held),
        rates=rates,
    )


def _sums(rows: list[Held]) -> Sums:
    return Sums(
        meetings=len(rows),
        minutes=sum(row.minutes for row in rows),
        people=sum(row.people for row in rows),
        km=sum(row.km for row in rows),
        money=sum(row.money for row in rows),
        of_level={level: sum(row.level == level for row in rows) for level in LEVELS},
    )
