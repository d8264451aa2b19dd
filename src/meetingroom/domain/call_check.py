"""What is looked at before an online meeting, and what is to be made of it: a row for each thing,
good, to be looked at, or ticked by hand where no computer can know."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec

from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.ids import is_room
from meetingroom.domain.online_day import checked_at
from meetingroom.domain.records import moment_of
from meetingroom.domain.rehearsal import (
    ANSWER_SECONDS,
    CallSeen,
    Rehearsal,
    RehearsalReport,
)

Level = Literal["good", "look", "hand", "wait"]
CODES = (
    "hub", "display", "screen", "sound", "microphone", "camera", "link", "program", "system",
    "power", "contact", "test",
)  # fmt: skip
"""In the order of the list."""
OF_A_LINK = ("link", "program", "system", "contact", "test")
MOST_TICKS = 4 * len(CODES)
BEGINS = timedelta(minutes=60)  # before the meeting: from then on it is looked at by itself
PHONE = re.compile(r"(?:\+?84|0)[\d .\-()]{7,14}\d")


class Tick(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody looked at it by hand, or took that back; the newest counts."""

    is_done: bool
    at: str
    by: str = ""


Ticks = Mapping[str, Tick]


class CheckRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing; `fields` fill its sentence. `tick` is the hand's word, where there is one."""

    code: str
    level: Level
    fields: dict[str, Any] = {}
    tick: Tick | None = None

    @property
    def is_done(self) -> bool:
        """Whether nobody need think of it any more."""
        return self.level == "good" or (self.tick is not None and self.tick.is_done)


def tick_name(code: str, link: OnlineLink) -> str:
    """What a hand's word is kept under: what is about one link names it."""
    return f"{code} {link.link}" if code in OF_A_LINK else code


def newest(one: Ticks, other: Ticks) -> dict[str, Tick]:
    """The newest word on each thing: the same in whatever order they are joined."""
    merged = dict(one)
    for code, tick in other.items():
        known = merged.get(code)
        if known is None or _order(known) < _order(tick):
            merged[code] = tick
    return merged


def _order(tick: Tick) -> tuple[datetime, bool, str]:
    return moment_of(tick.at), tick.is_done, tick.by


def check_rows(
    link: OnlineLink,
    seen: Rehearsal | None,
    ticks: Ticks,
    now: datetime,
    *,
    is_online: bool,
) -> list[CheckRow]:
    """Every row of an online meeting; `is_online` is whether who asks reaches the hub."""
    found = dict(_rows(link, seen, now, is_online=is_online))
    return [
        CheckRow(
            code=code,
            level=found[code][0],
            fields=found[code][1],
            tick=ticks.get(tick_name(code, link)),
        )
        for code in CODES
        if code in found
    ]


Judged = tuple[str, tuple[Level, dict[str, Any]]]


def _rows(
    link: OnlineLink, seen: Rehearsal | None, now: datetime, *, is_online: bool
) -> Iterable[Judged]:
    yield "hub", ("good" if is_online else "look", {})
    report, level = _report(seen)
    if report is None:
        yield "display", (level, {})
    else:
        yield "display", ("good", {})
    yield from _computer(report, has_own=not link.url)
    if link.url:
        yield from _way(link, report)
    else:
        yield "system", ("hand", {})
    has_phone = PHONE.search(link.contact) is not None
    state = "phone" if has_phone else "name" if link.contact else "none"
    yield "contact", ("good" if has_phone else "look", {"contact": link.contact, "state": state})
    check = checked_at(link)
    if check is not None:
        yield "test", ("wait" if now < check else "hand", {"at": check})


def _report(seen: Rehearsal | None) -> tuple[RehearsalReport | None, Level]:
    """What the display told, or how it stands without: it is asked, or away."""
    if seen is None:
        return None, "wait"
    rows = [row for row in seen.rows if is_room(row.principal) and row.report is not None]
    found = max(rows, key=lambda row: row.is_online, default=None)
    if found is not None:
        return found.report, "good"
    is_asked = any(row.is_called and row.is_online for row in seen.rows)
    return None, "wait" if is_asked and seen.seconds <= ANSWER_SECONDS else "look"


def _computer(report: RehearsalReport | None, *, has_own: bool) -> Iterable[Judged]:
    """The large screen, what is heard and seen, and the mains. Where the higher level has a
    system of its own, that has camera and microphone: only hands know."""
    call = (report.for_call if report else None) or CallSeen()
    yield "screen", _screen(report)
    tells = call.tells and not has_own
    for code, names in (("microphone", call.microphones), ("camera", call.cameras)):
        level: Level = "hand" if not tells else "good" if names else "look"
        yield code, (level, {"names": names if tells else (), "own": has_own})
    is_missing = tells and not call.speakers
    fields = {"names": call.speakers if tells else (), "sound": call.sound, "own": has_own}
    yield "sound", ("look" if is_missing else "hand", fields)
    if report is not None:
        is_fed = report.is_plugged or report.battery < 0
        yield "power", ("good" if is_fed else "look", {"share": report.battery})


def _screen(report: RehearsalReport | None) -> tuple[Level, dict[str, Any]]:
    if report is None:
        return "hand", {"state": "unknown"}
    room = next((screen for screen in report.screens if screen.is_room), None)
    if report.is_screen_lost or room is None:
        return "look", {"state": "lost" if report.is_screen_lost else "none"}
    fields = {"name": room.name, "width": room.width, "height": room.height}
    return "good", {"state": "there", **fields}


def _way(link: OnlineLink, report: RehearsalReport | None) -> Iterable[Judged]:
    host = link.url.removeprefix("https://").partition("/")[0]
    tried = next((one for one in (report.links if report else ()) if one.host in host), None)
    if tried is None:
        yield "link", ("wait" if report else "hand", {"host": host, "problem": ""})
    else:
        level: Level = "look" if tried.problem else "good"
        yield "link", (level, {"host": tried.host, "problem": tried.problem})
    ways = report.for_call.ways if report and report.for_call else ()
    way = next((one for one in ways if one.link == link.link), None)
    if way is None:
        yield "program", ("hand", {"program": "", "state": "unknown"})
    elif way.warnings:
        yield "program", ("look", {"program": way.program, "state": "unsafe"})
    else:
        state = "program" if way.program else "browser"
        yield "program", ("good", {"program": way.program, "state": state})
