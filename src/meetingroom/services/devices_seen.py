"""Which devices are on line at the hub, and since when the others are not."""

import threading
from collections import Counter

import msgspec

from meetingroom.domain.clock import Clock
from meetingroom.domain.ports import HubLog
from meetingroom.domain.purging import Seen
from meetingroom.domain.records import utc_text
from meetingroom.services.doors import Session

SEEN = "devices_seen"
KEEP_SECONDS = 60.0  # of what a crash may cost


class DevicesSeen:
    """Told by the server of every line that begins and ends. Safe for threads."""

    def __init__(self, hub_log: HubLog, clock: Clock) -> None:
        self._log, self._clock = hub_log, clock
        self._lock = threading.Lock()
        raw = hub_log.value(SEEN)
        self._last: dict[str, str] = msgspec.json.decode(raw, type=dict[str, str]) if raw else {}
        self._lines: Counter[str] = Counter()
        self._sessions: dict[str, Session] = {}
        self._kept_at = 0.0

    def came(self, session: Session) -> None:
        """A device is on line (perhaps once more: after a cut an old line may linger)."""
        with self._lock:
            self._lines[session.device] += 1
            self._sessions[session.device] = session
        self._note(session.device)

    def left(self, session: Session) -> None:
        with self._lock:
            self._lines[session.device] -= 1
            self._lines = +self._lines
        self._note(session.device)

    def is_online(self, device: str) -> bool:
        with self._lock:
            return self._lines[device] > 0

    def session(self, device: str) -> Session | None:
        """What a device said of itself when it came last."""
        return self._sessions.get(device)

    def state(self, device: str) -> Seen:
        """Whether it is on line, and when it was heard last ("" for never)."""
        with self._lock:
            return Seen(is_online=self._lines[device] > 0, last=self._last.get(device, ""))

    def keep(self) -> None:
        """Have the times outlive this process."""
        with self._lock:
            now = utc_text(self._clock())
            self._last |= dict.fromkeys(self._lines, now)
            raw = msgspec.json.encode(self._last)
        self._log.set_value(SEEN, raw)

    def _note(self, device: str) -> None:
        now = self._clock()
        with self._lock:
            self._last[device] = utc_text(now)
            is_due = abs(now.timestamp() - self._kept_at) > KEEP_SECONDS
            if is_due:
                self._kept_at = now.timestamp()
        if is_due:
            self.keep()
