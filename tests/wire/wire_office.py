"""A real hub on 127.0.0.1 and raw devices that keep every frame they ever received."""

import asyncio
import hashlib
import http.client
import re
import ssl
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from meetingroom.domain.facts import Fact, PersonSet
from meetingroom.domain.ids import OFFICE, new_id
from meetingroom.domain.ports import Delivered, Position
from meetingroom.domain.records import SignedRecord, read_head
from meetingroom.network import protocol as wire
from meetingroom.network.certificates import new_certificate
from meetingroom.network.server import HubServer
from meetingroom.services.authoring import Author
from meetingroom.services.doors import Answer, Session
from meetingroom.services.founding import Charter, enrol_first_device, found_office
from meetingroom.store.blobs import FileBlobs
from meetingroom.store.hub_log import SqliteHubLog
from meetingroom.store.keys import Ed25519Signer, verify

MARKER = re.compile(r"MK\d+X")
PEOPLE = ("person-s", "person-t", "person-c", "person-a", "person-b")
WAIT = 20


def loopback() -> ssl.SSLContext:
    """TLS without names: these tests pin nothing, they only listen."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class Loop:
    """An event loop on a thread of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(WAIT)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


async def dialled(url: str) -> ClientConnection:
    return await connect(
        url, ssl=loopback(), max_size=None, compression=None, proxy=None, close_timeout=1
    )


class Step:
    """One delivered record as it came over the wire."""

    def __init__(self, delivered: Delivered) -> None:
        kept = delivered.kept
        self.record = delivered.record
        self.text = f"{kept.record.head}{kept.record.payload}" if kept else ""
        self.head = read_head(kept.record) if kept else None
        self.markers = set(MARKER.findall(self.text))


class Device:
    """A raw WebSocket client of one principal."""

    def __init__(self, office: "WireOffice", principal: str) -> None:
        self.office, self.principal = office, principal
        self.name = new_id("device")
        signer = Ed25519Signer.new()
        self.signer, self.author = signer, Author(principal, self.name, signer)
        enrol_first_device(office.hub, principal, self.name, signer.public_key)
        self.frames: list[str] = []
        self.new_steps: list[Step] = []
        self.holds: dict[str, Step] = {}
        self.answers: dict[int, tuple[Answer, ...]] = {}
        self.position = Position()
        self.line: ClientConnection | None = None
        self._n = 0

    # --- the line -------------------------------------------------------------------------

    def come(self) -> None:
        url = f"wss://127.0.0.1:{self.office.server.port}/device"
        self.line = self.office.loop.wait(dialled(url))
        hello = self._hear()
        assert isinstance(hello, wire.Hello)
        signed = wire.auth_bytes(hello.nonce, self.office.tls, self.name)
        self.incarnation = hello.incarnation
        self._say(
            wire.Authenticate(
                device=self.name, signature=self.signer.sign(signed), position=self.position
            )
        )
        welcome = self._hear()
        assert isinstance(welcome, wire.Welcome), welcome
        self.token, self.blob_port = welcome.token, welcome.blob_port
        self.web = http.client.HTTPSConnection(
            "127.0.0.1", welcome.blob_port, timeout=WAIT, context=loopback()
        )

    def go(self) -> None:
        if self.line is not None:
            self.office.loop.wait(self.line.close())
            self.web.close()
        self.line = None

    def _say(self, message: wire.Message) -> None:
        assert self.line is not None
        self.office.loop.wait(self.line.send(wire.encode(message)))

    def _hear(self) -> wire.AnyMessage:
        assert self.line is not None
        frame = str(self.office.loop.wait(self.line.recv()))
        self.frames.append(frame)
        return wire.decode(frame)

    def _take_one(self) -> None:
        message = self._hear()
        if isinstance(message, wire.Answers):
            self.answers[message.n] = message.answers
        elif isinstance(message, wire.Deliver):
            for delivered in message.steps:
                assert delivered.seq == self.position.since + 1
                self._keep(Step(delivered))
                self.position = Position(incarnation=self.incarnation, since=delivered.seq)
            self._say(wire.Took(since=self.position.since))

    def _keep(self, step: Step) -> None:
        if step.text:
            self.holds[step.record] = step
            self.new_steps.append(step)
        else:
            self.holds.pop(step.record, None)

    def settle(self) -> None:
        """Take all the hub has for this device."""
        end = self.office.last_seq(self.name)
        while self.line is not None and self.position.since < end:
            self._take_one()

    # --- acting ---------------------------------------------------------------------------

    def write(self, stream: str, fact: Fact, audience: tuple[str, ...] = ()) -> SignedRecord:
        return self.author.write(stream, fact, audience=audience)

    def send(self, *records: SignedRecord, is_batch: bool = False) -> list[str]:
        """The refusals, "" for what was accepted."""
        self._n += 1
        self._say(wire.Records(n=self._n, records=records, is_batch=is_batch))
        while self._n not in self.answers:
            self._take_one()
        return [answer.refusal for answer in self.answers[self._n]]

    def get(self, blob: str, record: str) -> tuple[int, dict[str, str], bytes]:
        """The hub's answer for a blob by reference; its date apart."""
        path = f"/blob/{blob}?record={record}"
        self.web.request("GET", path, headers={"Authorization": f"Bearer {self.token}"})
        answer = self.web.getresponse()
        headers = {key: value for key, value in answer.getheaders() if key != "Date"}
        return answer.status, headers, answer.read()


class WireOffice:
    """A founded office, its hub and one device a principal."""

    def __init__(self, folder: Path) -> None:
        self.loop = Loop()
        certificate, private, self.tls = new_certificate()
        (folder / "tls.crt").write_bytes(certificate)
        (folder / "tls.key").write_bytes(private)
        self.log = SqliteHubLog(folder / "hub.db")
        self.blobs = FileBlobs(folder / "blobs")
        self.hub = found_office(
            self.log,
            self.blobs,
            Ed25519Signer.new(),
            Ed25519Signer.new(),
            verify,
            Charter(name="UBND xã Thử", people=tuple(self.person(name) for name in PEOPLE)),
            tls=self.tls,
        )
        self.server = HubServer(
            self.hub,
            host="127.0.0.1",
            port=0,
            certificate=folder / "tls.crt",
            key=folder / "tls.key",
        )
        self.server.start()
        self.room = next(iter(self.hub.ledger.directory.rooms))
        self.devices: list[Device] = []
        for principal in (*PEOPLE, self.room):
            self.add_device(principal)

    @staticmethod
    def person(name: str) -> PersonSet:
        rights = ("secretary", "administrator") if name in ("person-s", "person-t") else ()
        return PersonSet(person=name, name=name, rights=rights)

    def add_device(self, principal: str) -> Device:
        device = Device(self, principal)
        device.come()
        self.devices.append(device)
        return device

    def device_of(self, principal: str) -> Device:
        """A connected device of a principal."""
        device = next(row for row in self.devices if row.principal == principal)
        if device.line is None:
            device.come()
        return device

    def last_seq(self, device: str) -> int:
        sql = "SELECT COALESCE(MAX(seq), 0) FROM deliveries WHERE device = ?"
        rows: list[Any] = self.log.database.read(sql, (device,))
        return int(rows[0][0])

    def settle(self) -> None:
        for device in self.devices:
            device.settle()

    def upload(self, device: Device, content: bytes) -> str:
        """A blob that this device's person has uploaded."""
        blob = hashlib.sha256(content).hexdigest()
        session = Session(device=device.name, principal=device.principal)
        self.hub.upload_part(session, blob).write_bytes(content)
        self.hub.upload_done(session, blob)
        return blob

    def set_office(self, fact: Fact) -> None:
        self.hub.say(OFFICE, fact)

    def close(self) -> None:
        for device in self.devices:
            device.go()
        self.loop.close()
        self.server.stop()
        self.hub.close()
        self.log.close()
