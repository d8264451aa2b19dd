"""Joins the rooms for everything without a window: hub, desk, exports. Tests use it too."""

import logging
import socket
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from meetingroom.desk_home import keep_profile, read_profile
from meetingroom.domain.errors import CallError, LinkError, StoreError
from meetingroom.domain.ids import new_id
from meetingroom.network.addresses import address_of
from meetingroom.network.certificates import hash_of_file, new_certificate
from meetingroom.network.discovery import Announcer, find_hubs
from meetingroom.network.enrolment import enrol
from meetingroom.network.server import HubServer
from meetingroom.services.desk import Profile
from meetingroom.services.founding import (
    Charter,
    certificate_fact,
    certify,
    enrol_first_device,
    found_office,
)
from meetingroom.services.hub import HubOffice
from meetingroom.settings import Settings, read_settings, write_settings
from meetingroom.store.backup import (
    new_recovery_key,
    read_backup,
    recovery_from_text,
    recovery_public,
    recovery_text,
    write_backup,
)
from meetingroom.store.blobs import FileBlobs
from meetingroom.store.hub_log import SqliteHubLog
from meetingroom.store.keys import Ed25519Signer, SystemSecrets, verify, write_private
from meetingroom.store.lock import FolderLock

log = logging.getLogger(__name__)
DAY = 24 * 3600


# --- the hub ------------------------------------------------------------------------------


def _hub_key(folder: Path, name: str) -> Ed25519Signer:
    return Ed25519Signer((folder / "keys" / name).read_bytes())


def found(data: Path, charter: Charter, *, port: int = 47800, computer: str = "") -> str:
    """A new office; this computer is its hub and the secretary's. The recovery key's text.

    Raises StoreError("office.exists").
    """
    folder = data / "hub"
    if (folder / "hub.db").exists() or (data / "device" / "profile.json").exists():
        raise StoreError("office.exists", folder=str(data))
    lock = FolderLock(folder, "hub")
    try:
        return _found(data, folder, charter, port, computer)
    finally:
        lock.release()


def _found(data: Path, folder: Path, charter: Charter, port: int, computer: str) -> str:
    office_key, hub_key = Ed25519Signer.new(), Ed25519Signer.new()
    certificate, private, tls = new_certificate()
    recovery = new_recovery_key()
    for name, content in (
        ("office.key", office_key.private_bytes),
        ("hub.key", hub_key.private_bytes),
        ("tls.crt", certificate),
        ("tls.key", private),
        ("recovery.pub", recovery_public(recovery)),
    ):
        write_private(folder / "keys" / name, content)
    write_settings(data, Settings(hub_port=port))
    hub_log = SqliteHubLog(folder / "hub.db")
    try:
        blobs = FileBlobs(folder / "blobs")
        hub = found_office(hub_log, blobs, office_key, hub_key, verify, charter, tls=tls)
        secretary = next(row for row in charter.people if "secretary" in row.rights)
        secrets = SystemSecrets(data / "device")
        signer = Ed25519Signer.new()
        grant = enrol_first_device(hub, secretary.person, new_id("device"), signer.public_key)
        keep_profile(data, secrets, signer, grant, f"127.0.0.1:{port}")
    finally:
        hub_log.close()
    return recovery_text(recovery)


class RunningHub:
    """The hub of a data folder, listening, with its daily backup."""

    def __init__(self, data: Path, port: int | None = None, *, announces: bool = True) -> None:
        self.folder = data / "hub"
        if not (self.folder / "hub.db").is_file():
            raise CallError("hub.not_founded", folder=str(data))
        self._lock = FolderLock(self.folder, "hub")
        self._settings = read_settings(data)
        try:
            self.log = SqliteHubLog(self.folder / "hub.db")
        except StoreError:
            self._lock.release()
            raise
        self.blobs = FileBlobs(self.folder / "blobs")
        self.office = HubOffice(
            self.log,
            self.blobs,
            _hub_key(self.folder, "hub.key"),
            verify,
            make_backup=self.back_up,
        )
        keys = self.folder / "keys"
        self.server = HubServer(
            self.office,
            host="0.0.0.0",  # noqa: S104 - the LAN is whom it serves
            port=self._settings.hub_port if port is None else port,
            certificate=keys / "tls.crt",
            key=keys / "tls.key",
        )
        self._announces = announces
        self._announcer: Announcer | None = None
        self._is_stopped = threading.Event()

    def start(self) -> None:
        """Listen and announce. Raises LinkError("hub.port_taken")."""
        try:
            self.server.start()
        except LinkError:
            self.log.close()
            self._lock.release()
            raise
        if self._announces:
            hello = self.office.hello()
            self._announcer = Announcer(hello.office, hello.office_name, self.server.port)
        threading.Thread(target=self._daily, name="backup", daemon=True).start()

    def stop(self) -> None:
        self._is_stopped.set()
        if self._announcer is not None:
            self._announcer.stop()
        self.server.stop()
        self.log.close()
        self._lock.release()

    def stop_unstarted(self) -> None:
        """Let go of a hub that never listened."""
        self.log.close()
        self._lock.release()

    def back_up(self) -> Path:
        """Write an encrypted backup now; where it lies."""
        now = datetime.now(UTC)
        target = self.folder / "backups" / f"meetingroom-{now:%Y%m%d-%H%M%S}.backup"
        keys = {
            path.name: path.read_bytes()
            for path in (self.folder / "keys").iterdir()
            if path.suffix != ".new"
        }
        write_backup(
            target,
            database=self.folder / "hub.db",
            blobs=self.blobs,
            keys=keys,
            recovery=keys["recovery.pub"],
        )
        self._thin_out(target.parent)
        return target

    def _thin_out(self, folder: Path) -> None:
        for old in sorted(folder.glob("meetingroom-*.backup"))[: -self._settings.backups_kept]:
            old.unlink()

    def _daily(self) -> None:
        while not self._is_stopped.is_set():
            newest = max(
                (p.stat().st_mtime for p in (self.folder / "backups").glob("*.backup")),
                default=0.0,
            )
            wait = newest + DAY - time.time()
            if wait > 0:
                self._is_stopped.wait(min(wait, 600))
                continue
            try:
                self.back_up()
            except StoreError as error:
                log.warning("the daily backup failed and is tried again: %s", error)
                self._is_stopped.wait(600)


def restore(data: Path, source: Path, recovery: str) -> None:
    """A hub from a backup, as a new incarnation. Raises StoreError, CallError.

    The folder must have no hub. What devices hold beyond the backup comes back with a
    later version of the program.
    """
    key = recovery_from_text(recovery)
    folder = data / "hub"
    if (folder / "hub.db").exists():
        raise StoreError("office.exists", folder=str(data))
    lock = FolderLock(folder, "hub")
    try:
        for name, content in read_backup(source, key, folder).items():
            write_private(folder / "keys" / name, content)
        _new_incarnation(folder)
    finally:
        lock.release()


def _new_incarnation(folder: Path) -> None:
    hub_log = SqliteHubLog(folder / "hub.db")
    try:
        before = HubOffice(
            hub_log, FileBlobs(folder / "blobs"), _hub_key(folder, "hub.key"), verify
        )
        certify(
            hub_log,
            _hub_key(folder, "office.key"),
            _hub_key(folder, "hub.key"),
            office=before.certificate.office,
            tls=hash_of_file(folder / "keys" / "tls.crt"),
            epoch=before.certificate.epoch + 1,
        )
        hub = HubOffice(hub_log, FileBlobs(folder / "blobs"), _hub_key(folder, "hub.key"), verify)
        hub.say("office", certificate_fact(hub_log))
    finally:
        hub_log.close()


# --- a device -----------------------------------------------------------------------------


def join(data: Path, code: str, address: str = "") -> Profile:
    """Enrol this computer with a one-time code; without an address the LAN is searched.

    Raises EnrolmentError, LinkError, CallError, StoreError("office.joined").
    """
    if read_profile(data) is not None:
        raise StoreError("office.joined")
    addresses = [address_of(address)] if address else [hub.address for hub in find_hubs(3.0)]
    if not addresses:
        raise LinkError("link.not_found")
    signer = Ed25519Signer.new()
    last: LinkError | None = None
    for one in addresses:
        try:
            grant = enrol(one, code, signer, socket.gethostname())
        except LinkError as error:
            last = error
            continue
        return keep_profile(data, SystemSecrets(data / "device"), signer, grant, one.url)
    raise last or LinkError("link.not_found")
