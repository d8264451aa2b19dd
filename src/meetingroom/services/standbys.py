"""What a hub gives those who may take over from it: copies, sealed, and apart from them the key.

Standbys get every record, the hub's small secrets and every file, sealed with a key that only
the devices of people who may take over are given. Under the hub's lock.
"""

import base64
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from meetingroom.domain.errors import CallError, RefusedError
from meetingroom.domain.ids import new_id
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.ports import Accepted, Blobs, HubLog, Seal
from meetingroom.domain.succession import may_take_over, standbys
from meetingroom.services.doors import Session

if TYPE_CHECKING:
    from meetingroom.services.hub import HubOffice

KEY, CHANGES = "standby_key", "standby_changes"
AT = "standby_at:"  # and a device's id: where a standby is reached
ROWS, BYTES = 400, 256 << 10  # of one answer
KEPT_VALUES = ("pin:", "secret:", "purge_due:", "starts", AT)
LONGEST_PLACES = 16
Reply = dict[str, Any]


class SealedWith(msgspec.Struct, frozen=True, kw_only=True):
    """The key of this office's standbys, and the devices it was given to."""

    name: str
    key: bytes
    given: tuple[str, ...] = ()


class StandbyAt(msgspec.Struct, frozen=True, kw_only=True):
    """Where a standby is reached: for the key at `port`, with this TLS certificate; as a hub
    it will be at `hub_port`."""

    addresses: tuple[str, ...]
    port: int
    tls: str
    hub_port: int


class HubSecrets(msgspec.Struct, frozen=True, kw_only=True):
    """What a new hub needs beside records and files."""

    office_key: bytes
    recovery: bytes
    certificate: bytes
    values: dict[str, bytes]


class Keeper(msgspec.Struct, frozen=True, kw_only=True):
    """What `assembly` gives a hub that can have standbys."""

    office_key: Callable[[], bytes]
    recovery: Callable[[], bytes]
    new_key: Callable[[], bytes]
    seal: Callable[[bytes], Seal]
    folder: Path
    """Where sealed files lie until every standby has them."""


class Standbys:
    """Its calls are made under the hub's lock, but `sealed_file`."""

    def __init__(
        self, office: "HubOffice", hub_log: HubLog, blobs: Blobs, keeper: Keeper | None
    ) -> None:
        self._office, self._log, self._blobs, self._keeper = office, hub_log, blobs, keeper
        self._have: dict[str, set[str]] = {}

    # --- requests ---------------------------------------------------------------------------

    def copy(self, session: Session, generation: str, after: int) -> Reply:
        """The next rows for a standby, sealed; all from the start for another generation."""
        keeper = self._standby(session)
        known = self._key(keeper)
        now = self._generation(known)
        is_new = generation != now
        after = 0 if is_new else after
        seal = keeper.seal(known.key)
        rows = self._log.rows_after(after, ROWS + 1, BYTES)
        has_more = len(rows) > ROWS or self._has_more(rows)
        rows = rows[:ROWS]
        answer: Reply = {"generation": now, "after": rows[-1][0] if rows else after}
        answer["has_more"] = has_more
        sealed = seal.seal("rows", msgspec.json.encode([row for _, row in rows])) if rows else b""
        answer["rows"] = _text(sealed)
        is_due = bool(rows) or is_new
        secrets = msgspec.json.encode(self._secrets(keeper)) if is_due else b""
        answer["secrets"] = _text(seal.seal("secrets", secrets) if is_due else b"")
        return answer

    def _has_more(self, rows: list[tuple[int, Accepted]]) -> bool:
        return bool(rows) and bool(self._log.rows_after(rows[-1][0], 1, 1))

    def files(self, session: Session, here: list[str]) -> Reply:
        """Names and sizes of all sealed files, and their generation."""
        keeper = self._standby(session)
        known = self._key(keeper)
        seal = keeper.seal(known.key)
        rows = {}
        for blob in self._office.ledger.blobs():
            path = self._blobs.path(blob)
            if path is not None:
                rows[seal.name_of(blob)] = seal.size_of(path.stat().st_size)
        self._have[session.device] = set(here)
        self._sweep(keeper)
        return {"generation": self._generation(known), "files": list(rows.items())}

    def ready(self, session: Session, at: StandbyAt) -> Reply:
        """A standby says where it is reached."""
        self._standby(session)
        if len(at.addresses) > LONGEST_PLACES:
            raise CallError("call.malformed", field="addresses")
        raw = msgspec.json.encode(at)
        if self._log.value(AT + session.device) != raw:
            self._log.set_value(AT + session.device, raw)
        return {}

    def key(self, session: Session) -> Reply:
        """The key, and where the standbys are, for the device of who may take over."""
        keeper = self._keeper
        if keeper is None or not self._may(session.principal):
            raise RefusedError("no_right")
        known = self._key(keeper)
        if session.device not in known.given:
            known = msgspec.structs.replace(known, given=(*known.given, session.device))
            self._log.set_value(KEY, msgspec.json.encode(known))
        directory = self._office.ledger.directory
        rows = []
        for device, at in self._places().items():
            principal = directory.devices[device].principal
            rows.append({"device": device, "principal": principal, **msgspec.to_builtins(at)})
        return {"name": known.name, "key": known.key.hex(), "standbys": rows}

    def places(self) -> list[str]:
        """Where this office's hub may be found one day: addresses with ports."""
        return [
            f"{address}:{at.hub_port}" for at in self._places().values() for address in at.addresses
        ]

    # --- the state --------------------------------------------------------------------------

    def changed(self) -> None:
        """What standbys have is no longer right (a purge, readers reckoned anew): all again."""
        if self._keeper is not None:
            count = int(self._log.value(CHANGES) or b"0") + 1
            self._log.set_value(CHANGES, str(count).encode())
            # A file that was purged leaves no sealed copy either.
            for path in self._keeper.folder.glob("*"):
                with contextlib.suppress(OSError):
                    path.unlink()

    def names(self) -> tuple[str, ...]:
        """The devices that are to keep a copy."""
        return standbys(self._office.ledger.directory, self._meetings())

    def sealed_file(self, session: Session, name: str) -> Path | None:
        """A sealed file for a standby, made when first asked for; not under the lock."""
        keeper = self._keeper
        if keeper is None or session.device not in self.names():
            return None
        seal = keeper.seal(self._key(keeper).key)
        for blob in list(self._office.ledger.blobs()):
            path = self._blobs.path(blob)
            if path is not None and seal.name_of(blob) == name:
                target = keeper.folder / name
                if not target.is_file():
                    seal.seal_file(path, target)
                return target
        return None

    def _sweep(self, keeper: Keeper) -> None:
        """Sealed copies that every standby has are not kept here."""
        everywhere = set.intersection(*(self._have.get(name, set()) for name in self.names()))
        for path in keeper.folder.glob("*"):  # what a standby says is no path
            if path.name in everywhere:
                path.unlink(missing_ok=True)

    def _standby(self, session: Session) -> Keeper:
        if self._keeper is None or session.device not in self.names():
            raise RefusedError("no_right")
        return self._keeper

    def _may(self, principal: str) -> bool:
        return may_take_over(principal, self._office.ledger.directory, self._meetings())

    def _meetings(self) -> list[Meeting]:
        ledger = self._office.ledger
        rows = (ledger.meeting(stream) for stream in ledger.streams())
        return [row for row in rows if row is not None]

    def _key(self, keeper: Keeper) -> SealedWith:
        """The key of today: a new one where somebody who had it may not take over any more."""
        raw = self._log.value(KEY)
        known = msgspec.json.decode(raw, type=SealedWith) if raw else None
        if known is None or not all(self._still_may(device) for device in known.given):
            known = SealedWith(name=new_id("key"), key=keeper.new_key())
            self._log.set_value(KEY, msgspec.json.encode(known))
            self.changed()
        return known

    def _still_may(self, device: str) -> bool:
        known = self._office.ledger.directory.devices.get(device)
        return known is not None and known.is_active and self._may(known.principal)

    def _generation(self, known: SealedWith) -> str:
        changes = int(self._log.value(CHANGES) or b"0")
        return f"{self._office.incarnation}.{known.name}.{changes}"

    def _places(self) -> dict[str, StandbyAt]:
        rows = {name: self._log.value(AT + name) for name in self.names()}
        return {name: msgspec.json.decode(raw, type=StandbyAt) for name, raw in rows.items() if raw}

    def _secrets(self, keeper: Keeper) -> HubSecrets:
        values = {
            name: value
            for prefix in KEPT_VALUES
            for name, value in self._log.values(prefix).items()
        }
        return HubSecrets(
            office_key=keeper.office_key(),
            recovery=keeper.recovery(),
            certificate=msgspec.json.encode(self._office.certificate),
            values=values,
        )


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
