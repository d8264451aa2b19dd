"""A rehearsal: what every computer of a meeting says of itself, and what is to be made of it."""

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from meetingroom.domain.directory import Device, Directory
from meetingroom.domain.ids import HUB, is_room
from meetingroom.domain.meeting import Meeting

Level = Literal["bad", "look", "wait", "good"]
WORST_FIRST: tuple[Level, ...] = ("bad", "look", "wait", "good")
MOST_NAMED = 50  # papers or pages in one report
ANSWER_SECONDS = 10.0  # then a computer that is on line is silent
SLOW_MS = 500
CLOCK_LOOK, CLOCK_BAD = 30.0, 300.0  # seconds
DISK_BAD, DISK_LOOK = 200, 1000  # MB
BATTERY_LOW = 30  # per cent


class ScreenSeen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A screen of a display's computer, in pixels; `is_room` is the one the room sees."""

    name: str
    width: int
    height: int
    is_room: bool = False


class LinkSeen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whether the host of an online meeting answered; `problem` is a code, "" for yes."""

    host: str
    problem: str = ""


class PageSeen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page that could not be drawn; pages count from 0."""

    paper: str
    page: int


class WaySeen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What would open an online meeting: the program of the service named so, else the browser
    (""); and how many warnings there are of its address."""

    link: str
    program: str = ""
    warnings: int = 0


class CallSeen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a display's computer has for an online meeting.

    `tells` is whether this system says what is plugged in at all. `sound` is what became of
    the tone that was asked for: "" none was, "played", or why not.
    """

    cameras: tuple[str, ...] = ()
    microphones: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    tells: bool = False
    sound: str = ""
    ways: tuple[WaySeen, ...] = ()


class RehearsalCall(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the hub asks a computer: which rehearsal, of which meeting, and whether it tries the
    way to the online meeting. `is_for_call` asks for that alone, and no paper is gone through;
    with `plays_sound` it lets a tone be heard."""

    rehearsal: str
    meeting: str
    tests_links: bool = False
    is_for_call: bool = False
    plays_sound: bool = False


class RehearsalReport(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one computer says of itself; told again, whole, as its papers are gone through.

    `step` counts them: an older one that comes late changes nothing. -1 is: not known. `pages`
    and `pages_done` count pages drawn; a computer without a window draws none.
    """

    step: int = 0
    now: str = ""
    program: str = ""
    free_mb: int = -1
    revision: int = 0
    papers: int = 0
    missing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    unopened: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    bad_pages: tuple[PageSeen, ...] = ()
    pages: int = 0
    pages_done: int = 0
    draws: bool = True
    is_done: bool = False
    battery: int = -1
    is_plugged: bool = True
    screens: tuple[ScreenSeen, ...] = ()
    is_screen_lost: bool = False
    may_sleep: bool = False
    links: tuple[LinkSeen, ...] = ()
    for_call: CallSeen | None = None


class RehearsalRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One computer at the hub: `last` is when it was heard last, `ms` its way there and back,
    `offset` what its clock lacks of the hub's in seconds. Without `device`: a person (or room)
    that has none."""

    principal: str
    device: str = ""
    name: str = ""
    is_called: bool = False
    is_online: bool = False
    last: str = ""
    program: str = ""
    ms: int = -1
    offset: float | None = None
    report: RehearsalReport | None = None


class Rehearsal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rehearsal as it stands at the hub; `seconds` since it began."""

    rehearsal: str
    meeting: str
    by: str
    at: str
    program: str
    seconds: float = 0.0
    revision: int = 0
    rows: tuple[RehearsalRow, ...] = ()
    is_for_call: bool = False


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One line: a code with what fills its sentence."""

    level: Level
    code: str
    fields: dict[str, Any] = {}


class JudgedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A computer with what is found of it, the worst first."""

    row: RehearsalRow
    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level:
        levels = [one.level for one in self.findings]
        return min(levels, key=WORST_FIRST.index, default="good")


# --- who is asked -----------------------------------------------------------------------


def rooms_of(meeting: Meeting, directory: Directory) -> list[str]:
    """The room the meeting is in, by its name; all rooms where none is called so."""
    place = meeting.issued.place.strip().lower() if meeting.issued else ""
    named = [key for key, row in directory.rooms.items() if row.name.strip().lower() == place]
    return named or list(directory.rooms)


def asked_devices(meeting: Meeting, directory: Directory) -> list[Device]:
    """The computers of the meeting's people and of its room."""
    principals = (*rooms_of(meeting, directory), *meeting.people)
    return [device for one in principals for device in directory.devices_of(one)]


def without_computer(meeting: Meeting, directory: Directory) -> list[str]:
    """Who has none: people in protocol order, the room first."""
    principals = (*rooms_of(meeting, directory), *meeting.people)
    return [one for one in dict.fromkeys(principals) if not directory.devices_of(one)]


# --- what is to be made of it -----------------------------------------------------------


def judged(rehearsal: Rehearsal, directory: Directory) -> list[JudgedRow]:
    """Every computer with its findings, the worst first, then the hub, displays, protocol."""
    places = {p.person: place for place, p in enumerate(directory.in_protocol_order())}
    rows = [JudgedRow(row=row, findings=_findings(row, rehearsal)) for row in rehearsal.rows]
    return sorted(
        rows,
        key=lambda one: (
            WORST_FIRST.index(one.level),
            one.row.principal != HUB,
            not is_room(one.row.principal),
            places.get(one.row.principal, len(places)),
            one.row.name,
        ),
    )


def is_over(rehearsal: Rehearsal) -> bool:
    """Whether nothing more is to come: all that answer are done, the others had their time."""
    waits = any(
        row.is_called and row.is_online and row.report is not None and not row.report.is_done
        for row in rehearsal.rows
    )
    silent = any(row.is_called and row.report is None for row in rehearsal.rows)
    return not waits and (not silent or rehearsal.seconds > ANSWER_SECONDS)


def _findings(row: RehearsalRow, rehearsal: Rehearsal) -> tuple[Finding, ...]:
    found = list(_reached(row, rehearsal))
    report = row.report
    if report is not None:
        found += _computer(row, report, rehearsal)
        found += _papers(report, rehearsal, is_here=row.is_online or row.principal == HUB)
        if is_room(row.principal):
            found += _display(report)
        found += _links(report)
    return tuple(sorted(found, key=lambda one: WORST_FIRST.index(one.level)))


def _reached(row: RehearsalRow, rehearsal: Rehearsal) -> Iterable[Finding]:
    if row.principal == HUB:
        return
    if not row.device:
        code = "no_display" if is_room(row.principal) else "no_computer"
        yield Finding(level="look", code=code)
    elif row.report is not None:
        level: Level = "look" if row.ms > SLOW_MS else "good"
        yield Finding(level=level, code="reached", fields={"ms": row.ms})
        if not row.is_online:
            yield Finding(level="bad", code="went", fields={"last": row.last})
    elif not row.is_online:
        yield Finding(level="bad", code="away", fields={"last": row.last})
    elif not row.program:
        yield Finding(level="bad", code="too_old")
    elif rehearsal.seconds <= ANSWER_SECONDS:
        yield Finding(level="wait", code="asked")
    else:
        yield Finding(level="bad", code="silent")


def _computer(
    row: RehearsalRow, report: RehearsalReport, rehearsal: Rehearsal
) -> Iterable[Finding]:
    if report.program and report.program != rehearsal.program:
        fields = {"here": report.program, "hub": rehearsal.program}
        yield Finding(level="look", code="other_program", fields=fields)
    else:
        yield Finding(level="good", code="program", fields={"here": report.program})
    if row.offset is not None:
        off = abs(row.offset)
        level: Level = "bad" if off > CLOCK_BAD else "look" if off > CLOCK_LOOK else "good"
        yield Finding(level=level, code="clock", fields={"seconds": round(row.offset, 1)})
    if report.free_mb >= 0:
        free = report.free_mb
        level = "bad" if free < DISK_BAD else "look" if free < DISK_LOOK else "good"
        yield Finding(level=level, code="disk", fields={"mb": free})
    if report.battery >= 0 and not report.is_plugged:
        level = "bad" if report.battery < BATTERY_LOW else "look"
        yield Finding(level=level, code="battery", fields={"share": report.battery})


def _papers(report: RehearsalReport, rehearsal: Rehearsal, *, is_here: bool) -> Iterable[Finding]:
    if report.revision < rehearsal.revision:
        fields = {"here": report.revision, "hub": rehearsal.revision}
        yield Finding(level="bad", code="revision", fields=fields)
    for code, level, papers in (
        ("missing", "bad", report.missing),
        ("damaged", "bad", report.damaged),
        ("unopened", "bad", report.unopened),
        ("locked", "look", report.locked),
    ):
        if papers:
            yield Finding(level=level, code=code, fields={"papers": papers})  # type: ignore[arg-type]
    if report.bad_pages:
        yield Finding(level="bad", code="bad_pages", fields={"pages": report.bad_pages})
    counts = {"papers": report.papers, "pages": report.pages, "done": report.pages_done}
    if not report.is_done:
        yield Finding(level="wait" if is_here else "bad", code="going_through", fields=counts)
    elif not (report.missing or report.damaged or report.unopened or report.bad_pages):
        whole = report.draws or not report.papers
        yield Finding(level="good", code="papers" if whole else "unseen", fields=counts)


def _display(report: RehearsalReport) -> Iterable[Finding]:
    room = next((screen for screen in report.screens if screen.is_room), None)
    if report.is_screen_lost:
        yield Finding(level="bad", code="screen_lost")
    elif room is None:
        yield Finding(level="bad", code="no_screen")
    else:
        fields = {"name": room.name, "width": room.width, "height": room.height}
        yield Finding(level="good", code="screen", fields=fields)
    if report.may_sleep:
        yield Finding(level="look", code="may_sleep")


def _links(report: RehearsalReport) -> Iterable[Finding]:
    for link in report.links:
        fields = {"host": link.host, "problem": link.problem}
        yield Finding(level="bad" if link.problem else "good", code="link", fields=fields)
