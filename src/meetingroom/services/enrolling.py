"""One-time codes at the hub: made by the administrator, tried a few times, used once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from meetingroom.domain.clock import Clock
from meetingroom.domain.codes import SECRET_LENGTH, SLOT_LENGTH, TRIES, new_letters, shown
from meetingroom.domain.errors import EnrolmentError
from meetingroom.domain.ports import HubLog
from meetingroom.services.doors import CodeClaim

LIFETIME = timedelta(hours=24)


class OpenCode(msgspec.Struct, kw_only=True):
    """A code as the hub keeps it, until some days after it ended (so that it can say why)."""

    slot: str
    secret: str
    principal: str
    role: str
    expires: datetime
    tries: int = 0
    is_used: bool = False
    used_by: str = ""
    """The device, and its public key, that the code was used for."""


class CodeBook:
    """The hub's one-time codes; its owner holds a lock."""

    def __init__(self, log: HubLog, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    def make(self, principal: str, role: str) -> tuple[str, datetime]:
        """A new code as printed, and when it expires; an older one for the same ends."""
        self._sweep(lambda code: code.principal == principal and not code.is_used)
        slot = new_letters(SLOT_LENGTH)
        while self._read(slot) is not None:
            slot = new_letters(SLOT_LENGTH)
        code = OpenCode(
            slot=slot,
            secret=new_letters(SECRET_LENGTH),
            principal=principal,
            role=role,
            expires=self._clock() + LIFETIME,
        )
        self._keep(code)
        return shown(code.slot, code.secret), code.expires

    def claim(self, slot: str) -> CodeClaim:
        """Count a try. Raises EnrolmentError: code.unknown, .expired, .used, .too_many."""
        code = self._usable(slot)
        code.tries += 1
        self._keep(code)
        return CodeClaim(slot=slot, secret=code.secret, principal=code.principal, role=code.role)

    def use_up(self, claim: CodeClaim, used_by: str) -> None:
        """A code both sides confirmed; no other computer can use it again.

        The same one may: the hub may have gone away before its answer arrived.
        Raises EnrolmentError.
        """
        code = self._read(claim.slot)
        is_same = code is not None and (code.secret, code.principal) == (
            claim.secret,
            claim.principal,
        )
        if code is None or not is_same or (code.is_used and code.used_by != used_by):
            raise EnrolmentError("code.used")
        code.is_used, code.used_by = True, used_by
        self._keep(code)

    def _usable(self, slot: str) -> OpenCode:
        code = self._read(slot)
        if code is None:
            raise EnrolmentError("code.unknown")
        if code.is_used and (not code.used_by or code.tries >= TRIES):
            raise EnrolmentError("code.used")
        if code.expires < self._clock():
            raise EnrolmentError("code.expired")
        if code.tries >= TRIES:
            raise EnrolmentError("code.too_many")
        return code

    def _sweep(self, is_replaced: Callable[[OpenCode], bool]) -> None:
        long_ago = self._clock() - timedelta(days=7)
        for name, raw in self._log.values("code:").items():
            code = msgspec.json.decode(raw, type=OpenCode)
            if is_replaced(code) or code.expires < long_ago:
                self._log.set_value(name, None)

    def _read(self, slot: str) -> OpenCode | None:
        raw = self._log.value(f"code:{slot}")
        return None if raw is None else msgspec.json.decode(raw, type=OpenCode)

    def _keep(self, code: OpenCode) -> None:
        self._log.set_value(f"code:{code.slot}", msgspec.json.encode(code))
