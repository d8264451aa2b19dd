"""The checklist before an online meeting: the display looks at itself, people tick the rest.

What was ticked is kept on this computer at once and told to the hub, so that all who lead see
the same list; while the hub is away the own list goes on.
"""

from concurrent.futures import Future
from typing import Any

import msgspec

from meetingroom.domain.call_check import Tick, newest
from meetingroom.domain.clock import utc_now
from meetingroom.domain.errors import LinkError, MeetingError
from meetingroom.domain.records import utc_text
from meetingroom.domain.rehearsal import Rehearsal
from meetingroom.services.desk import Desk
from meetingroom.services.errands import Errands

NAME = "call-ticks:"
HUB_SECONDS = 5.0


class CallState(msgspec.Struct, frozen=True, kw_only=True):
    """What is known: the display's last word, and the ticks. `problem` is why the hub did not
    answer, "" where it did."""

    seen: Rehearsal | None = None
    ticks: dict[str, Tick] = {}
    problem: str = ""


class CallChecking:
    """For a meeting's chair and secretaries."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # An own thread: it waits for the hub, and nobody waits for it.
        self._errands = Errands("call-check")
        desk.before_closing(self._errands.close)
        self._seen: dict[str, Rehearsal | None] = {}

    def start(self, meeting: str, *, sound: bool = False) -> "Future[dict[str, Any]]":
        """Ask the display; with `sound` a tone is heard there. Fails with LinkError, CallError."""
        body = {"meeting": meeting, "call": True, "sound": sound}
        return self._desk.ask("rehearsal.start", body)

    def look(self, meeting: str) -> "Future[CallState]":
        """How it stands; what waits here for the hub is told on the way."""
        return self._errands.run(lambda: self._look(meeting))

    def tick(self, meeting: str, name: str, *, is_done: bool) -> "Future[CallState]":
        """It was looked at by hand, or that is taken back: kept here first."""
        tick = Tick(is_done=is_done, at=utc_text(utc_now()), by=self._desk.person)

        def task() -> CallState:
            self._keep(meeting, newest(self._ticks(meeting), {name: tick}))
            return self._look(meeting)

        return self._errands.run(task)

    def _look(self, meeting: str) -> CallState:
        ticks = self._ticks(meeting)
        body = {"meeting": meeting, "ticks": msgspec.to_builtins(ticks)}
        try:
            told = self._ask("rehearsal.tick", body)["ticks"]
            seen = self._ask("rehearsal.look", {"meeting": meeting, "call": True})["rehearsal"]
        except MeetingError as error:
            return CallState(seen=self._seen.get(meeting), ticks=ticks, problem=error.code)
        known = msgspec.convert(told, dict[str, Tick])
        if known != ticks:
            self._keep(meeting, known)
        self._seen[meeting] = msgspec.convert(seen, Rehearsal | None)
        return CallState(seen=self._seen[meeting], ticks=known)

    def _ask(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            return self._desk.ask(name, body).result(HUB_SECONDS)
        except TimeoutError as error:
            raise LinkError("link.slow") from error

    def _ticks(self, meeting: str) -> dict[str, Tick]:
        raw = self._desk.log.values(NAME + meeting).get(NAME + meeting)
        return msgspec.json.decode(raw, type=dict[str, Tick]) if raw else {}

    def _keep(self, meeting: str, ticks: dict[str, Tick]) -> None:
        self._desk.log.set_value(NAME + meeting, msgspec.json.encode(ticks))
