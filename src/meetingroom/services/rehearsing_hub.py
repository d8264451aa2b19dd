"""Rehearsals at the hub: asks every computer of a meeting, keeps what each says.

The last one of each meeting is kept, so that chair and secretaries see the same list, also
later and after the hub started again.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from meetingroom import __version__
from meetingroom.domain.clock import Clock
from meetingroom.domain.errors import CallError, RefusedError
from meetingroom.domain.ids import HUB, is_room, new_id
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.ports import Blobs, HubLog
from meetingroom.domain.records import moment_of, utc_text
from meetingroom.domain.rehearsal import (
    MOST_NAMED,
    CallSeen,
    Rehearsal,
    RehearsalCall,
    RehearsalReport,
    RehearsalRow,
    asked_devices,
    without_computer,
)
from meetingroom.domain.ruling import leads
from meetingroom.services.doors import RehearsalCalled, Session

if TYPE_CHECKING:
    from meetingroom.services.hub import HubOffice

KEPT = "rehearsal:"
LARGEST_REPORT = 32 << 10  # bytes: those of a whole meeting go out in one frame
AGAIN_SECONDS = 5.0  # two who press at once get one rehearsal
Reply = dict[str, Any]


class Rehearsals:
    """Answers under the hub's lock; `announce` hands a call to the server."""

    def __init__(
        self,
        office: "HubOffice",
        hub_log: HubLog,
        blobs: Blobs,
        clock: Clock,
        announce: Callable[[RehearsalCalled], None],
        free_mb: Callable[[], int],
    ) -> None:
        self._office, self._log, self._blobs, self._clock = office, hub_log, blobs, clock
        self._announce, self._free_mb = announce, free_mb
        self._running: dict[str, Rehearsal] = {}
        self._began: dict[str, float] = {}

    def start(self, session: Session, body: dict[str, Any]) -> Reply:
        """Ask them all. While a vote runs nobody is disturbed."""
        meeting = self._led(session, str(body["meeting"]))
        if meeting.voting.open is not None:
            raise CallError("rehearsal.voting")
        is_for_call, plays_sound = body.get("call") is True, body.get("sound") is True
        key = _key(meeting.id, is_for_call=is_for_call)
        known = self._running.get(key)
        if known is not None and self._seconds(known) < AGAIN_SECONDS and not plays_sound:
            return {"rehearsal": known.rehearsal}
        name = new_id("rehearsal")
        rows = self._rows(meeting)
        if is_for_call:
            rows = [row for row in rows if is_room(row.principal)]
        self._began[name] = time.monotonic()
        self._running[key] = Rehearsal(
            rehearsal=name,
            meeting=meeting.id,
            by=session.principal,
            at=utc_text(self._clock()),
            program=__version__,
            revision=meeting.issued.revision if meeting.issued else 0,
            rows=tuple(rows) if is_for_call else (self._own_row(meeting), *rows),
            is_for_call=is_for_call,
        )
        self._keep(self._running[key])
        self._call(self._running[key], session.device, plays_sound=plays_sound)
        return {"rehearsal": name}

    def _rows(self, meeting: Meeting) -> list[RehearsalRow]:
        directory, seen = self._office.ledger.directory, self._office.seen
        rows = []
        for device in asked_devices(meeting, directory):
            state, session = seen.state(device.device), seen.session(device.device)
            program = session.program if session is not None else ""
            rows.append(
                RehearsalRow(
                    principal=device.principal,
                    device=device.device,
                    name=device.name,
                    is_online=state.is_online,
                    is_called=state.is_online and bool(program),
                    last=state.last,
                    program=program,
                )
            )
        without = without_computer(meeting, directory)
        return [*rows, *(RehearsalRow(principal=one) for one in without)]

    def _own_row(self, meeting: Meeting) -> RehearsalRow:
        """The hub's own: what its disk has, and whether every paper is there to be fetched."""
        papers = meeting.papers.values()
        missing = [one.paper for one in papers if self._blobs.path(one.current.blob) is None]
        report = RehearsalReport(
            program=__version__,
            free_mb=self._free_mb(),
            revision=meeting.issued.revision if meeting.issued else 0,
            papers=len(papers),
            missing=tuple(missing[:MOST_NAMED]),
            draws=False,
            is_done=True,
        )
        return RehearsalRow(principal=HUB, device=HUB, is_online=True, report=report)

    def _call(self, rehearsal: Rehearsal, asker: str, *, plays_sound: bool) -> None:
        """The way out is tried by the display; by who asks where there is none on line."""
        called = [row for row in rehearsal.rows if row.is_called]
        testers = {row.device for row in called if is_room(row.principal)} or {asker}
        for tests_links in (True, False):
            devices = {row.device for row in called if (row.device in testers) == tests_links}
            call = RehearsalCall(
                rehearsal=rehearsal.rehearsal,
                meeting=rehearsal.meeting,
                tests_links=tests_links,
                is_for_call=rehearsal.is_for_call,
                plays_sound=plays_sound,
            )
            if devices:
                self._announce(RehearsalCalled(call=call, devices=frozenset(devices)))

    def tell(self, session: Session, body: dict[str, Any]) -> Reply:
        """What a computer that was asked says of itself."""
        name, report = str(body["rehearsal"]), _report(body["report"])
        running = next((one for one in self._running.values() if one.rehearsal == name), None)
        if running is None:
            raise CallError("rehearsal.over")
        row = next((row for row in running.rows if row.device == session.device), None)
        if row is None or not row.is_called:
            raise RefusedError("no_right")
        if row.report is not None and row.report.step >= report.step:
            return {}  # requests overtake each other
        changes: dict[str, Any] = {"report": report}
        if row.report is None:
            changes["ms"] = round(1000 * (time.monotonic() - self._began[name]))
            if report.now:
                lacks = (self._clock() - moment_of(report.now)).total_seconds()
                changes["offset"] = round(lacks, 3)
        told = msgspec.structs.replace(row, **changes)
        rows = tuple(told if one is row else one for one in running.rows)
        key = _key(running.meeting, is_for_call=running.is_for_call)
        self._running[key] = msgspec.structs.replace(running, rows=rows)
        if report.is_done:
            self._keep(self._running[key])
        return {}

    def look(self, session: Session, body: dict[str, Any]) -> Reply:
        """The last rehearsal of a meeting as it stands; null where there was none."""
        meeting = self._led(session, str(body["meeting"]))
        key = _key(meeting.id, is_for_call=body.get("call") is True)
        found = self._running.get(key) or self._kept(key)
        if found is None:
            return {"rehearsal": None}
        rows = tuple(self._as_now(row) for row in found.rows)
        seconds = self._seconds(found)
        now = msgspec.structs.replace(found, rows=rows, seconds=seconds)
        return {"rehearsal": msgspec.to_builtins(now)}

    def _as_now(self, row: RehearsalRow) -> RehearsalRow:
        """Whether it is still on line matters until it is done."""
        if not row.device or row.device == HUB or (row.report is not None and row.report.is_done):
            return row
        state = self._office.seen.state(row.device)
        return msgspec.structs.replace(row, is_online=state.is_online, last=state.last)

    def _seconds(self, rehearsal: Rehearsal) -> float:
        began = self._began.get(rehearsal.rehearsal)
        if began is None:  # of an earlier life of this hub
            return (self._clock() - moment_of(rehearsal.at)).total_seconds()
        return time.monotonic() - began

    def _led(self, session: Session, name: str) -> Meeting:
        meeting = self._office.meeting(name)
        if meeting is None or not leads(session.principal, meeting):
            raise RefusedError("no_right")
        return meeting

    def _keep(self, rehearsal: Rehearsal) -> None:
        key = _key(rehearsal.meeting, is_for_call=rehearsal.is_for_call)
        self._log.set_value(KEPT + key, msgspec.json.encode(rehearsal))

    def _kept(self, key: str) -> Rehearsal | None:
        raw = self._log.value(KEPT + key)
        return msgspec.json.decode(raw, type=Rehearsal) if raw else None


def _key(meeting: str, *, is_for_call: bool) -> str:
    """A check before an online meeting does not replace the rehearsal of the whole room."""
    return f"call:{meeting}" if is_for_call else meeting


def _report(raw: object) -> RehearsalReport:
    """Raises CallError("call.malformed")."""
    try:
        report = msgspec.convert(raw, RehearsalReport)
        if report.now:
            moment_of(report.now)
    except (msgspec.ValidationError, ValueError) as error:
        raise CallError("call.malformed", field="report") from error
    lists = (report.missing, report.damaged, report.unopened, report.locked, report.bad_pages)
    seen = report.for_call or CallSeen()
    devices = (seen.cameras, seen.microphones, seen.speakers, seen.ways)
    is_long = max(map(len, (*lists, report.screens, report.links, *devices))) > MOST_NAMED
    if is_long or len(msgspec.json.encode(report)) > LARGEST_REPORT:
        raise CallError("call.malformed", field="report")
    return report
