"""What was looked at by hand before an online meeting, at the hub: the same for all who lead."""

from typing import TYPE_CHECKING, Any

import msgspec

from meetingroom.domain.call_check import CODES, MOST_TICKS, Tick, newest
from meetingroom.domain.clock import Clock
from meetingroom.domain.errors import CallError, RefusedError
from meetingroom.domain.ports import HubLog
from meetingroom.domain.records import moment_of, utc_text
from meetingroom.domain.ruling import leads
from meetingroom.services.doors import Session

if TYPE_CHECKING:
    from meetingroom.services.hub import HubOffice

KEPT = "call-ticks:"


class CallTicks:
    """Answers under the hub's lock."""

    def __init__(self, office: "HubOffice", hub_log: HubLog, clock: Clock) -> None:
        self._office, self._log, self._clock = office, hub_log, clock

    def tick(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        """Take in what a laptop knows, and tell all that is known."""
        meeting = self._office.meeting(str(body["meeting"]))
        if meeting is None or not leads(session.principal, meeting):
            raise RefusedError("no_right")
        try:
            told = msgspec.convert(body["ticks"], dict[str, Tick])
        except msgspec.ValidationError as error:
            raise CallError("call.malformed", field="ticks") from error
        codes = {code.partition(" ")[0] for code in told}
        if len(told) > MOST_TICKS or not codes <= set(CODES):
            raise CallError("call.malformed", field="ticks")
        known = self._known(meeting.id)
        new = {code: tick for code, tick in told.items() if known.get(code) != tick}
        merged = newest(known, {code: self._signed(session, one) for code, one in new.items()})
        if merged != known:
            self._log.set_value(KEPT + meeting.id, msgspec.json.encode(merged))
        return {"ticks": msgspec.to_builtins(merged)}

    def _signed(self, session: Session, tick: Tick) -> Tick:
        """By who says so, and not later than now."""
        at = utc_text(min(moment_of(tick.at), self._clock()))
        return msgspec.structs.replace(tick, at=at, by=session.principal)

    def _known(self, meeting: str) -> dict[str, Tick]:
        raw = self._log.value(KEPT + meeting)
        return msgspec.json.decode(raw, type=dict[str, Tick]) if raw else {}
