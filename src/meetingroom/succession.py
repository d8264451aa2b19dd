"""Joins the rooms for a takeover: a standby's sealed copy becomes the hub of this computer."""

import contextlib
import logging
import shutil
import socket
import threading
from dataclasses import replace
from pathlib import Path

import msgspec

from meetingroom.domain.errors import CallError, MeetingError, StoreError
from meetingroom.domain.ids import OFFICE
from meetingroom.domain.ports import Accepted, Seal, StandbyStore
from meetingroom.domain.records import SignedRecord
from meetingroom.hub_process import ensure_hub, hub_is_running
from meetingroom.network.certificates import new_certificate
from meetingroom.services.certifying import certificate_fact, certify
from meetingroom.services.doors import HubCertificate
from meetingroom.services.hub import HubOffice
from meetingroom.services.opening import Offer, check_signed, next_epoch
from meetingroom.services.standbys import HubSecrets
from meetingroom.settings import read_settings, write_settings
from meetingroom.store.backup import put_in_place
from meetingroom.store.blobs import FileBlobs, disk_error
from meetingroom.store.hub_log import SqliteHubLog
from meetingroom.store.keys import Ed25519Signer, verify, write_private
from meetingroom.store.standby_seal import StandbySeal

log = logging.getLogger(__name__)
WORK = "taking-over"
STARTS_AHEAD = 10  # stage revisions of the new hub are above all of the lost one


class Heir:
    """Opens the hub on this computer in two steps: `begin` with the key, `finish` when signed."""

    def __init__(self, data: Path, store: StandbyStore, device: str) -> None:
        self._data, self._store, self._device = data, store, device
        self._lock = threading.Lock()
        self._begun: _Begun | None = None

    def begin(self, key: bytes, known_epoch: int) -> Offer:
        """What this computer would go on from. Raises StoreError, CallError."""
        with self._lock:
            self._give_up()
            if not self._store.secrets():
                raise CallError("standby.none")
            if hub_is_running(self._data):
                raise CallError("standby.hub_runs")
            work = self._data / WORK
            shutil.rmtree(work, ignore_errors=True)
            try:
                self._begun = _Begun(work, self._store, StandbySeal(key), self._device, known_epoch)
            except OSError as error:
                raise disk_error(error, WORK) from error
            return self._begun.offer

    def finish(self, record: SignedRecord) -> int:
        """The hub's port, once its process was started. Raises RefusedError, StoreError."""
        with self._lock:
            begun = self._begun
            if begun is None:
                raise CallError("standby.none")
            begun.open(record)
            self._begun = None
            folder = self._data / "hub"
            _put_aside(folder)
            folder.mkdir(parents=True, exist_ok=True)
            put_in_place(begun.work, folder)
            port = free_hub_port(read_settings(self._data).hub_port)
            write_settings(self._data, replace(read_settings(self._data), hub_port=port))
            ensure_hub(self._data)
        threading.Thread(
            target=begun.bring_files, args=(folder,), name="unsealing", daemon=True
        ).start()
        return port

    def give_up(self) -> None:
        """Nobody signed."""
        with self._lock:
            self._give_up()

    def _give_up(self) -> None:
        if self._begun is not None:
            self._begun.close()
            shutil.rmtree(self._begun.work, ignore_errors=True)
            self._begun = None


class _Begun:
    """A hub in a folder beside its place, before anybody signed for it."""

    def __init__(
        self, work: Path, store: StandbyStore, seal: Seal, device: str, known_epoch: int
    ) -> None:
        self.work, self._store, self._seal = work, store, seal
        self._is_closed = False
        secrets = msgspec.json.decode(seal.open("secrets", store.secrets()), type=HubSecrets)
        rows = [
            row
            for chunk in store.chunks()
            for row in msgspec.json.decode(seal.open("rows", chunk), type=list[Accepted])
        ]
        own = msgspec.json.decode(secrets.certificate, type=HubCertificate)
        epoch = next_epoch(rows, own, known_epoch)
        office_key, hub_key = Ed25519Signer(secrets.office_key), Ed25519Signer.new()
        certificate, private, tls = new_certificate()
        for name, content in (
            ("office.key", secrets.office_key),
            ("hub.key", hub_key.private_bytes),
            ("tls.crt", certificate),
            ("tls.key", private),
            ("recovery.pub", secrets.recovery),
        ):
            write_private(work / "keys" / name, content)
        self._log = SqliteHubLog(work / "hub.db")
        try:
            self._fill(rows, secrets)
            certify(self._log, office_key, hub_key, office=own.office, tls=tls, epoch=epoch)
            self.hub = HubOffice(self._log, FileBlobs(work / "blobs"), hub_key, verify)
            name = self.hub.certificate.hub
            self.offer = Offer(hub=name, epoch=epoch, heads=self.hub.heads(), standby=device)
            self._names = {seal.name_of(blob): blob for blob in self.hub.ledger.blobs()}
        except BaseException:
            self._log.close()
            raise

    def _fill(self, rows: list[Accepted], secrets: HubSecrets) -> None:
        values = dict(secrets.values)
        starts = int(values.pop("starts", b"0")) + STARTS_AHEAD
        self._log.append(rows, [], [], {**values, "starts": str(starts).encode()})

    def open(self, record: SignedRecord) -> None:
        """Write the first records of the new epoch; secret votes are off."""
        try:
            check_signed(self.hub, record, self.offer, verify)
            self.hub.say(OFFICE, certificate_fact(self._log))
            self.hub.put_taken_over(record)
            self.hub.counting.cancel_secret_votes()
        finally:
            self.close()

    def close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self.hub.close()
            self._log.close()

    def bring_files(self, folder: Path) -> None:
        """Open the sealed papers beside the hub, which already runs; what is damaged or missing
        the computers bring that have it."""
        blobs = FileBlobs(folder / "blobs")
        for name in self._store.files():
            blob = self._names.get(name)
            if blob is None or blobs.path(blob) is not None:
                continue
            try:
                self._seal.open_file(self._store.file(name), blobs.part(blob, "standby"))
                blobs.finish(blob, "standby")
            except (MeetingError, OSError) as error:
                log.warning("a paper of the copy cannot be opened: %s", error)


def _put_aside(folder: Path) -> None:
    """An older hub of this computer, which another one took over from, stays beside it."""
    if not (folder / "hub.db").is_file():
        return
    number = 1
    while (aside := folder.with_name(f"{folder.name}-before-{number}")).exists():
        number += 1
    try:
        folder.rename(aside)
    except OSError as error:
        raise disk_error(error, folder.name) from error


def free_hub_port(wanted: int) -> int:
    """The wanted port if it and the two after it are free here; else any such."""
    for port in (wanted, *range(47820, 47900, 10), 0):
        with contextlib.ExitStack() as opened:
            try:
                return _bound(opened, port)
            except OSError:
                continue
    raise StoreError("store.unwritable", file="hub", reason="no port is free")


def _bound(opened: contextlib.ExitStack, port: int) -> int:
    """Raises OSError where a port of the three is taken."""
    for place in range(3):  # the line's, the papers', the telephones'
        line = opened.enter_context(socket.socket())
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.bind(("0.0.0.0", port + place if port else 0))  # noqa: S104 - as the hub will
        port = port or int(line.getsockname()[1])
    return port
