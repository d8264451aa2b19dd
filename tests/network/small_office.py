"""A small office for the network's tests: a hub's door and a desk's inbox over plain values."""

import hashlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meetingroom.domain.directory import Device
from meetingroom.domain.errors import (
    CallError,
    EnrolmentError,
    MeetingError,
    RefusedError,
    StoreError,
)
from meetingroom.domain.ids import new_id
from meetingroom.domain.ports import Delivered, Position
from meetingroom.domain.records import Head, Kept, SignedRecord, payload_hash, read_head
from meetingroom.domain.rehearsal import RehearsalCall
from meetingroom.domain.stage import Laser, Stage, Steer, Stroke, steered
from meetingroom.network.addresses import Address
from meetingroom.network.certificates import hash_of_file, new_certificate
from meetingroom.network.link import HubLink
from meetingroom.network.server import HubServer
from meetingroom.services.copybook import CERTIFICATE_CONTEXT
from meetingroom.services.doors import (
    Answer,
    Ballot,
    CodeClaim,
    DeviceShutOut,
    Grant,
    HubCertificate,
    HubEvent,
    HubHello,
    LaserMoved,
    LinkChanged,
    NewForDevices,
    Parcel,
    Session,
    StageMoved,
    StrokeGrew,
    Vouched,
    Wanted,
)

SALT = bytes(16)


class Key:
    """An Ed25519 key in memory; implements `Signer`."""

    def __init__(self) -> None:
        self._key = Ed25519PrivateKey.generate()

    @property
    def public_key(self) -> str:
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def note(text: str, record: str = "") -> SignedRecord:
    """A record as the network sees it: a head and some words."""
    head = Head(
        id=record or new_id("note"),
        stream="meeting-1",
        kind="note",
        author="person-1",
        device="device-1",
        at="2026-11-23T08:00:00.000Z",
        payload_hash=payload_hash(SALT, text),
    )
    return SignedRecord(
        head=msgspec.json.encode(head).decode(), payload=text, salt=SALT, signature=bytes(64)
    )


class SmallDoor:
    """Implements `HubDoor`: everybody reads everything; remembers who asked for what."""

    def __init__(self, folder: Path, office_key: Key | None = None) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.office_key = office_key or Key()
        self.hub_key = Key()
        certificate, private, tls = new_certificate()
        (folder / "tls.crt").write_bytes(certificate)
        (folder / "tls.key").write_bytes(private)
        text = msgspec.json.encode(
            HubCertificate(
                office="office-1",
                hub="hub-1",
                public_key=self.hub_key.public_key,
                tls=tls,
                epoch=1,
                issued="2026-11-23T08:00:00.000Z",
                until="2066-11-23T08:00:00.000Z",
            )
        )
        self.certificate = text.decode()
        self.signature = self.office_key.sign(CERTIFICATE_CONTEXT + text)
        self.devices: dict[str, Device] = {}
        self.sequence: list[SignedRecord] = []
        self.accepted: list[str] = []
        self.is_free = True
        self.batches: list[tuple[bool, int]] = []
        self.codes: dict[str, str] = {}
        self.code_problem: dict[str, str] = {}
        self.tries: list[str] = []
        self.readable: dict[tuple[str, str], Path] = {}
        self.uploaded: list[str] = []
        self.refusals: dict[str, str] = {}
        self.stage = Stage(meeting="meeting-1", revision=1)
        self.listeners: list[Callable[[HubEvent], None]] = []
        self.takeover: SignedRecord | None = None
        self.told: list[str] = []
        self.here: list[str] = []
        self.lock = threading.RLock()

    # --- set up -------------------------------------------------------------------------

    def admit(self, key: Key, device: str = "device-1", principal: str = "person-1") -> str:
        self.devices[device] = Device(device=device, principal=principal, public_key=key.public_key)
        return device

    def put_blob(self, content: bytes, record: str = "paper-1") -> str:
        blob = hashlib.sha256(content).hexdigest()
        path = self.folder / blob
        path.write_bytes(content)
        self.readable[blob, record] = path
        return blob

    def revoke(self, device: str) -> None:
        del self.devices[device]
        self.tell(DeviceShutOut(device=device))

    def tell(self, event: HubEvent) -> None:
        for listener in self.listeners:
            listener(event)

    def say(self, *records: SignedRecord) -> None:
        with self.lock:
            self.sequence += records
        self.tell(NewForDevices(devices=frozenset(self.devices)))

    # --- HubDoor ------------------------------------------------------------------------

    def hello(self) -> HubHello:
        return HubHello(
            office="office-1",
            office_name="UBND xã Thử",
            office_key=self.office_key.public_key,
            incarnation="incarnation-1",
            certificate=self.certificate,
            certificate_signature=self.signature,
            takeover=self.takeover,
        )

    def device(self, device: str) -> Device | None:
        return self.devices.get(device)

    def came(self, session: Session) -> None:
        self.here.append(session.device)

    def left(self, session: Session) -> None:
        self.here.remove(session.device)

    def turned_away(self, device: str) -> str:
        return "link.revoked"

    def fence(self, certificate: str, signature: bytes) -> bool:
        self.told.append(certificate)
        return False

    def subscribe(self, listener: Callable[[HubEvent], None]) -> None:
        self.listeners.append(listener)

    def accept(
        self, session: Session, records: Sequence[SignedRecord], *, is_batch: bool
    ) -> list[Answer]:
        answers = []
        with self.lock:
            self.batches.append((is_batch, len(records)))
            for record in records:
                name = read_head(record).id
                refusal = self.refusals.get(name, "")
                answers.append(Answer(record=name, is_accepted=not refusal, refusal=refusal))
                if not refusal and name not in self.accepted:
                    self.accepted.append(name)
                    self.sequence.append(record)
        self.tell(NewForDevices(devices=frozenset(self.devices)))
        return answers

    def accept_all(self, parcels: Sequence[Parcel]) -> list[list[Answer]]:
        return [self.accept(p.session, p.records, is_batch=p.is_batch) for p in parcels]

    def cast_all(self, ballots: Sequence[Ballot]) -> list[MeetingError | None]:
        return [CallError("call.unknown", name="vote.cast") for _ in ballots]

    def is_behind(self) -> bool:
        return False

    def catch_up(self) -> None:
        """There are no votes here."""

    def delivered_after(self, session: Session, since: int, limit: int) -> list[Delivered]:
        with self.lock:
            records = self.sequence[since : since + limit]
        return [
            Delivered(
                seq=since + n + 1,
                stream="meeting-1",
                record=read_head(record).id,
                kept=Kept(record=record),
            )
            for n, record in enumerate(records)
        ]

    def stages_for(self, session: Session) -> list[Stage]:
        return [self.stage]

    def steer(self, session: Session, wish: Steer) -> Stage:
        moved = steered(self.stage, wish, session.principal)
        if moved is None:
            raise RefusedError("stage.stale", revision=self.stage.revision)
        self.stage = moved
        self.tell(StageMoved(stage=moved, devices=frozenset(self.devices)))
        return moved

    def steer_at_once(self, session: Session, wish: Steer) -> Stage | None:
        return self.steer(session, wish) if self.is_free else None

    def point(self, session: Session, laser: Laser, on_behalf_of: str | None) -> None:
        others = frozenset(self.devices) - {session.device}
        self.tell(LaserMoved(laser=laser, devices=others))

    def draw(self, session: Session, stroke: Stroke, on_behalf_of: str | None) -> None:
        others = frozenset(self.devices) - {session.device}
        self.tell(StrokeGrew(stroke=stroke, devices=others))

    def blob_path(self, session: Session, blob: str, record: str) -> Path | None:
        return self.readable.get((blob, record))

    def upload_part(self, session: Session, blob: str) -> Path:
        if session.principal == "person-reader":
            raise RefusedError("no_right")
        return self.folder / f"{blob}.{session.device}"

    def upload_done(self, session: Session, blob: str) -> None:
        part = self.upload_part(session, blob)
        if hashlib.sha256(part.read_bytes()).hexdigest() != blob:
            part.unlink()
            raise StoreError("blob.damaged", blob=blob)
        self.uploaded.append(blob)

    def claim_code(self, slot: str) -> CodeClaim:
        self.tries.append(slot)
        if slot in self.code_problem:
            raise EnrolmentError(self.code_problem[slot])
        if slot not in self.codes:
            raise EnrolmentError("code.unknown")
        return CodeClaim(slot=slot, secret=self.codes[slot], principal="person-2", role="person")

    def enrol(self, claim: CodeClaim, device: str, public_key: str, name: str) -> Grant:
        self.devices[device] = Device(
            device=device, principal="person-2", public_key=public_key, name=name
        )
        self.code_problem[claim.slot] = "code.used"
        return Grant(
            office="office-1",
            office_name="UBND xã Thử",
            office_key=self.office_key.public_key,
            device=device,
            principal="person-2",
            name="Nguyễn Văn Thử",
        )

    def ask(self, session: Session, name: str, body: dict[str, Any]) -> dict[str, Any]:
        if name != "echo":
            raise CallError("call.unknown", name=name)
        return {"said": body, "to": session.principal}


class SmallInbox:
    """Implements `LinkInbox` over lists; `wait` blocks until a condition holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.at = Position()
        self.received: list[str] = []
        self.outbox: list[tuple[str, list[SignedRecord]]] = []
        self.answers: list[Answer] = []
        self.stages: list[Stage] = []
        self.lasers: list[Laser] = []
        self.strokes: list[Stroke] = []
        self.calls: list[RehearsalCall] = []
        self.changes: list[LinkChanged] = []
        self.wanted: list[Wanted] = []
        self.progress: list[tuple[str, int]] = []
        self.arrived: list[str] = []
        self.failed: list[tuple[str, str]] = []
        self.changed = threading.Condition()
        self.before_take: Callable[[], None] = lambda: None
        self.known: Vouched | None = None
        self.trusts = True

    def wait(self, holds: Callable[[], object], seconds: float = 40) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: bool(holds()), seconds), "did not happen"

    def _note(self, change: Callable[[], object]) -> None:
        with self.changed:
            change()
            self.changed.notify_all()

    @property
    def state(self) -> str:
        return self.changes[-1].state if self.changes else "off"

    @property
    def problem(self) -> str:
        return self.changes[-1].problem if self.changes else ""

    def put(self, *records: SignedRecord, batch: str = "") -> None:
        self.outbox.append((batch, list(records)))

    # --- LinkInbox ----------------------------------------------------------------------

    def position(self) -> Position:
        return self.at

    def take(self, steps: Sequence[Delivered], position: Position) -> None:
        self.before_take()

        def change() -> None:
            self.received += [step.record for step in steps]
            self.at = position

        self._note(change)

    def outgoing(self) -> list[tuple[str, list[SignedRecord]]]:
        done = {answer.record for answer in self.answers}
        batches = (
            (batch, [record for record in records if read_head(record).id not in done])
            for batch, records in list(self.outbox)
        )
        return [(batch, records) for batch, records in batches if records]

    def answered(self, answers: Sequence[Answer]) -> None:
        self._note(lambda: self.answers.extend(answers))

    def followed(self) -> Vouched | None:
        return self.known

    def may_follow(self, hub: Vouched, takeover: SignedRecord) -> bool:
        return self.trusts

    def follow(self, hub: Vouched) -> None:
        self.known = hub

    def to_hand_in(self, incarnation: str) -> list[str]:
        return []

    def kept(self, records: Sequence[str]) -> list[Kept]:
        return []

    def handed_in(self, incarnation: str) -> None:
        """Nothing is ever handed in."""

    def files_here(self) -> list[str]:
        return []

    def file_path(self, blob: str) -> Path | None:
        return None

    def stage_heard(self, stage: Stage) -> None:
        self._note(lambda: self.stages.append(stage))

    def laser_heard(self, laser: Laser) -> None:
        self._note(lambda: self.lasers.append(laser))

    def stroke_heard(self, stroke: Stroke) -> None:
        self._note(lambda: self.strokes.append(stroke))

    def rehearsal_called(self, call: RehearsalCall) -> None:
        self._note(lambda: self.calls.append(call))

    def link_changed(self, change: LinkChanged) -> None:
        self._note(lambda: self.changes.append(change))

    def wanted_blobs(self) -> list[Wanted]:
        return [one for one in self.wanted if one.blob not in self.arrived]

    def blob_part(self, blob: str) -> Path:
        return self.folder / f"{blob}.part"

    def blob_progress(self, blob: str, done: int, size: int) -> None:
        self._note(lambda: self.progress.append((blob, done)))

    def blob_arrived(self, blob: str) -> None:
        content = self.blob_part(blob).read_bytes()
        if hashlib.sha256(content).hexdigest() != blob:
            self.blob_part(blob).unlink()
            raise MeetingError("blob.damaged", blob=blob)
        self._note(lambda: self.arrived.append(blob))

    def blob_failed(self, blob: str, code: str) -> None:
        self._note(lambda: self.failed.append((blob, code)))


def serve(door: SmallDoor, port: int = 0) -> HubServer:
    """A started hub on loopback."""
    server = HubServer(
        door,
        host="127.0.0.1",
        port=port,
        blob_port=0,
        certificate=door.folder / "tls.crt",
        key=door.folder / "tls.key",
    )
    server.start()
    return server


def link_to(
    door: SmallDoor, server: HubServer | int, inbox: SmallInbox, key: Key, device: str = "device-1"
) -> HubLink:
    """A device's link (not started) that knows one address."""
    port = server if isinstance(server, int) else server.port
    return HubLink(
        inbox,
        office_key=door.office_key.public_key,
        device=device,
        signer=key,
        addresses=lambda: [Address("127.0.0.1", port)],
    )


def tls_of(door: SmallDoor) -> str:
    """SHA-256 of the hub's TLS certificate."""
    return hash_of_file(door.folder / "tls.crt")
