"""Doors between services and the network: what each side calls, and the values they pass.

`HubDoor` is what the hub's server calls (implemented by `services.hub.HubOffice`);
`LinkInbox` is what a device's link calls (implemented by `services.desk.Desk`); `Link`
is what the desk calls. All methods may be called from any thread but the interface's and
may touch the disk.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Literal, Protocol

import msgspec

from meetingroom.domain.directory import Device
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.ports import Delivered, Position
from meetingroom.domain.records import Kept, SignedRecord
from meetingroom.domain.rehearsal import RehearsalCall
from meetingroom.domain.stage import Laser, Stage, Steer, Stroke


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """An authenticated device and whose it is.

    `clock_offset` is what its clock lacked of the hub's when it connected, in seconds (negative
    where it goes ahead); None where it did not tell. `program` is the version of its program,
    empty where that is too old to tell.
    """

    device: str
    principal: str
    clock_offset: float | None = None
    program: str = ""


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the hub says of one record it was sent: accepted, or refused with a code."""

    record: str
    is_accepted: bool
    refusal: str = ""


class HubHello(msgspec.Struct, frozen=True, kw_only=True):
    """Who the hub is. `certificate` is the JSON text the office key signed."""

    office: str
    office_name: str
    office_key: str
    incarnation: str
    certificate: str
    certificate_signature: bytes
    takeover: SignedRecord | None = None
    """The record this hub began with, where it took over from another one."""


class HubCertificate(msgspec.Struct, frozen=True, kw_only=True):
    """The content of a hub's certificate; `tls` is SHA-256 of its TLS certificate (DER)."""

    office: str
    hub: str
    public_key: str
    tls: str
    epoch: int
    issued: str
    until: str


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A blob to fetch, by a record that refers to it; the smallest urgency goes first."""

    blob: str
    size: int
    record: str
    stream: str
    urgency: int = 0


class CodeClaim(msgspec.Struct, frozen=True, kw_only=True):
    """What the hub knows of a one-time code when somebody claims its slot."""

    slot: str
    secret: str
    principal: str
    role: str


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """Credentials after both confirmations."""

    office: str
    office_name: str
    office_key: str
    device: str
    principal: str
    name: str


class NewForDevices(msgspec.Struct, frozen=True, kw_only=True):
    """Devices whose delivery sequence grew."""

    devices: frozenset[str]


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """Records a device hands in together; a batch is accepted whole or not at all."""

    session: Session
    records: tuple[SignedRecord, ...]
    is_batch: bool = False


class Ballot(msgspec.Struct, frozen=True, kw_only=True):
    """A secret ballot a device hands in; `cast` names this act of voting."""

    session: Session
    meeting: str
    vote: str
    choice: str
    cast: str


class DeviceShutOut(msgspec.Struct, frozen=True, kw_only=True):
    """A device was revoked: its sockets and downloads end now."""

    device: str


class StageMoved(msgspec.Struct, frozen=True, kw_only=True):
    """The stage changed; only these devices may hear."""

    stage: Stage
    devices: frozenset[str]


class LaserMoved(msgspec.Struct, frozen=True, kw_only=True):
    laser: Laser
    devices: frozenset[str]


class StrokeGrew(msgspec.Struct, frozen=True, kw_only=True):
    stroke: Stroke
    devices: frozenset[str]


class RehearsalCalled(msgspec.Struct, frozen=True, kw_only=True):
    """These devices are asked how they are."""

    call: RehearsalCall
    devices: frozenset[str]


class SteppedBack(msgspec.Struct, frozen=True, kw_only=True):
    """Another hub took over from this one: every line ends."""


HubEvent = (
    SteppedBack
    | NewForDevices
    | DeviceShutOut
    | StageMoved
    | LaserMoved
    | StrokeGrew
    | RehearsalCalled
)


class HubDoor(Protocol):
    """What the hub's server calls."""

    def hello(self) -> HubHello: ...

    def device(self, device: str) -> Device | None:
        """An enrolled device; None if unknown or revoked, or this hub serves nobody."""
        ...

    def turned_away(self, device: str) -> str:
        """Why `device` answers None: link.revoked, hub.restoring or hub.fenced."""
        ...

    def came(self, session: Session) -> None:
        """A line of this device begins; never called on a loop."""
        ...

    def left(self, session: Session) -> None:
        """One of its lines ended."""
        ...

    def fence(self, certificate: str, signature: bytes) -> bool:
        """Step back for a hub of a higher epoch, if the office's key vouches for it."""
        ...

    def subscribe(self, listener: Callable[[HubEvent], None]) -> None:
        """`listener` is called after the commit, on the hub's own threads."""
        ...

    def accept(
        self, session: Session, records: Sequence[SignedRecord], *, is_batch: bool
    ) -> list[Answer]:
        """Judge and keep records; a batch is accepted whole or not at all. Committed on return."""
        ...

    def accept_all(self, parcels: Sequence[Parcel]) -> list[list[Answer]]:
        """The same for what came in at once from several devices, in this order."""
        ...

    def cast_all(self, ballots: Sequence[Ballot]) -> list[MeetingError | None]:
        """Keep secret ballots that came in at once; of each why not, or None. On disk on return."""
        ...

    def delivered_after(self, session: Session, since: int, limit: int) -> list[Delivered]: ...

    def is_behind(self) -> bool:
        """Whether devices are to be told of records that they may read since a vote's close."""
        ...

    def catch_up(self) -> None:
        """Tell a few of them. Raises StoreError."""
        ...

    def stages_for(self, session: Session) -> list[Stage]:
        """The stages a device may hear, to agree after a reconnect."""
        ...

    def steer(self, session: Session, wish: Steer) -> Stage:
        """The stage afterwards. Raises RefusedError("stage.stale" | "no_right" | …)."""
        ...

    def steer_at_once(self, session: Session, wish: Steer) -> Stage | None:
        """The same on a loop: None where it would have to wait for something else now."""
        ...

    def point(self, session: Session, laser: Laser, on_behalf_of: str | None) -> None: ...

    def draw(self, session: Session, stroke: Stroke, on_behalf_of: str | None) -> None: ...

    def blob_path(self, session: Session, blob: str, record: str) -> Path | None:
        """Where the blob lies if a record the device may read refers to it; else None."""
        ...

    def upload_part(self, session: Session, blob: str) -> Path:
        """Where the device's upload of this blob is collected (never shared by hash)."""
        ...

    def upload_done(self, session: Session, blob: str) -> None:
        """Verify a whole upload. Raises StoreError("blob.damaged"), ("store.full")."""
        ...

    def claim_code(self, slot: str) -> CodeClaim:
        """Count a try. Raises EnrolmentError: code.unknown, .expired, .used, .too_many."""
        ...

    def enrol(self, claim: CodeClaim, device: str, public_key: str, name: str) -> Grant:
        """After both confirmations: the code is used up and the device enrolled.

        Raises EnrolmentError: code.used, also where the code was replaced meanwhile, and
        code.wrong for a device's id that is taken.
        """
        ...

    def ask(self, session: Session, name: str, body: dict[str, Any]) -> dict[str, Any]:
        """Requests that are not records: codes, revoking, PIN, passcodes, status, backup.

        Raises RefusedError or CallError("call.unknown").
        """
        ...


LinkState = Literal["off", "looking", "connecting", "online", "refused"]


class LinkChanged(msgspec.Struct, frozen=True, kw_only=True):
    """The link's state; `problem` is a known error's code with `fields` for its sentence."""

    state: LinkState
    address: str = ""
    problem: str = ""
    fields: dict[str, Any] = {}


class Vouched(msgspec.Struct, frozen=True, kw_only=True):
    """A hub's certificate, as the JSON text the office key signed, and the signature."""

    certificate: str
    signature: bytes

    @property
    def rank(self) -> tuple[int, str]:
        """Of two hubs of an office the one with the higher rank is the one to follow."""
        read = msgspec.json.decode(self.certificate.encode(), type=HubCertificate)
        return read.epoch, read.hub


class LinkInbox(Protocol):
    """What a device's link calls; every call may touch the disk and is made off its loop."""

    def position(self) -> Position: ...

    def take(self, steps: Sequence[Delivered], position: Position) -> None:
        """Keep what came, committed when this returns; only then is `since` moved on."""
        ...

    def outgoing(self) -> list[tuple[str, list[SignedRecord]]]:
        """Batches to send, oldest first: (batch name or "", records)."""
        ...

    def answered(self, answers: Sequence[Answer]) -> None: ...

    def followed(self) -> Vouched | None:
        """The highest hub this device has met."""
        ...

    def may_follow(self, hub: Vouched, takeover: SignedRecord) -> bool:
        """Whether one that took over was opened by somebody who may, as far as is known here."""
        ...

    def follow(self, hub: Vouched) -> None:
        """A hub the office's key vouches for, as high as any met before."""
        ...

    def to_hand_in(self, incarnation: str) -> list[str]:
        """Numbered records to offer this incarnation, revocations first; none once offered."""
        ...

    def kept(self, records: Sequence[str]) -> list[Kept]:
        """Those of these numbered records that are here."""
        ...

    def handed_in(self, incarnation: str) -> None:
        """This incarnation has what it lacked: nothing more is offered to it."""
        ...

    def files_here(self) -> list[str]:
        """All files that are whole on this computer."""
        ...

    def file_path(self, blob: str) -> Path | None:
        """Where a whole file lies, to be brought to a hub that lacks it."""
        ...

    def stage_heard(self, stage: Stage) -> None: ...

    def laser_heard(self, laser: Laser) -> None: ...

    def stroke_heard(self, stroke: Stroke) -> None: ...

    def rehearsal_called(self, call: RehearsalCall) -> None:
        """The hub asks how this computer is; it answers with a request of its own."""
        ...

    def link_changed(self, change: LinkChanged) -> None: ...

    def wanted_blobs(self) -> list[Wanted]: ...

    def blob_part(self, blob: str) -> Path: ...

    def blob_progress(self, blob: str, done: int, size: int) -> None: ...

    def blob_arrived(self, blob: str) -> None:
        """All bytes are in the part file: verify and keep. A damaged one is fetched anew."""
        ...

    def blob_failed(self, blob: str, code: str) -> None: ...


class Link(Protocol):
    """A device's line to the hub; reconnects by itself."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def wake(self) -> None:
        """There is something to send or to fetch."""
        ...

    def ask(self, name: str, body: dict[str, Any], timeout: float = 10) -> "Future[dict[str, Any]]":
        """A request to the hub. Fails with LinkError("link.offline") or what the hub raised."""
        ...

    def steer(self, wish: Steer) -> "Future[Stage]": ...

    def point(self, laser: Laser, on_behalf_of: str | None) -> None: ...

    def draw(self, stroke: Stroke, on_behalf_of: str | None) -> None: ...

    def upload(
        self, blob: str, path: Path, progress: Callable[[int, int], None] | None = None
    ) -> "Future[None]":
        """Send a blob, resuming; done when the hub has verified it."""
        ...
