"""Whether a hub takes new records: not while it was restored and waits, nor once it is fenced."""

import logging
from typing import Literal

from meetingroom.domain.errors import RefusedError
from meetingroom.domain.ports import HubLog
from meetingroom.services.doors import HubCertificate

log = logging.getLogger(__name__)
RESTORING, FENCED = "restoring", "fenced"
Verdict = Literal["", "fenced", "above"]


class Reign:
    """Kept among the hub's small values; its owner holds a lock."""

    def __init__(self, hub_log: HubLog) -> None:
        self._log = hub_log
        self._is_restoring = hub_log.value(RESTORING) is not None
        self._fenced_by = int(hub_log.value(FENCED) or b"0")

    @property
    def is_restoring(self) -> bool:
        """Whether it only takes back what was numbered, until a secretary says "go on"."""
        return self._is_restoring

    @property
    def fenced_by(self) -> int:
        """The epoch of the hub that took over from this one; 0 while there is none."""
        return self._fenced_by

    def check_takes_new(self) -> None:
        """Raises RefusedError: what is sent now stays in its outbox."""
        if self._fenced_by:
            raise RefusedError("hub.fenced")
        if self._is_restoring:
            raise RefusedError("hub.restoring")

    def go_on(self) -> bool:
        """Whether it waited for this."""
        waited, self._is_restoring = self._is_restoring, False
        if waited:
            self._log.set_value(RESTORING, None)
        return waited

    def judge(self, own: HubCertificate, other: HubCertificate | None) -> Verdict:
        """Another hub the office's key vouches for: one that ranks higher fences this one, but
        a restored one that still waits is to rise above it."""
        if other is None or (other.epoch, other.hub) <= (own.epoch, own.hub):
            return ""
        if self._is_restoring:
            return "above"
        if not self._fenced_by:
            log.info("another hub took over with epoch %s: this one steps back", other.epoch)
        self._fenced_by = other.epoch
        self._log.set_value(FENCED, str(other.epoch).encode())
        return "fenced"
