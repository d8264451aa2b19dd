"""Joins the rooms for everything without a window: hub, desk, exports. Tests use it too."""

import logging
import shutil
import socket
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from meetingroom.desk_home import keep_profile, read_profile
from meetingroom.domain.errors import (
    CallError,
    EnrolmentError,
    LinkError,
    MeetingError,
    StoreError,
)
from meetingroom.domain.ids import new_id
from meetingroom.domain.office_facts import HubRestored
from meetingroom.hub_process import FENCED as FENCED_FILE
from meetingroom.network.addresses import Address, address_of
from meetingroom.network.certificates import hash_of_file, new_certificate
from meetingroom.network.check_in_port import CheckInPort
from meetingroom.network.discovery import Announcer, find_hubs
from meetingroom.network.enrolment import enrol
from meetingroom.network.lookout import Lookout
from meetingroom.network.server import HubServer
from meetingroom.office.calendar_file import calendar_file
from meetingroom.services.certifying import certificate_fact, certify
from meetingroom.services.desk import Profile
from meetingroom.services.doors import Grant, HubEvent, SteppedBack
from meetingroom.services.founding import (
    Charter,
    enrol_first_device,
    found_office,
)
from meetingroom.services.hub import TAKEOVER, HubOffice
from meetingroom.services.merging import CAME_BACK_ANY
from meetingroom.services.reign import FENCED, RESTORING
from meetingroom.services.standbys import Keeper
from meetingroom.settings import Settings, read_settings, write_settings
from meetingroom.store.backup import (
    WORK,
    new_recovery_key,
    put_in_place,
    read_backup,
    recovery_from_text,
    recovery_public,
    recovery_text,
    write_backup,
)
from meetingroom.store.ballot_box import FileBallotBox
from meetingroom.store.blobs import FileBlobs, disk_error
from meetingroom.store.computer import free_mb
from meetingroom.store.hub_log import SqliteHubLog
from meetingroom.store.keys import Ed25519Signer, SystemSecrets, verify, write_private
from meetingroom.store.lock import FolderLock
from meetingroom.store.standby_seal import StandbySeal, new_key

log = logging.getLogger(__name__)
DAY, LOOK_AGAIN = 24 * 3600, 600  # seconds
FENCED_SECONDS = 60.0  # a hub that was taken over tells who comes, then ends
# A newcomer waits for a hub that was cut off longer than for one that never answered.
CUT_OFF = ("link.lost", "link.slow")
NO_ANSWER = ("link.nothing_there", "link.not_a_hub")
JOINING = "joining"
CHECK_IN_PORT = 2  # above the hub's; the blobs' is the next one
CUT_PATIENCE, FIRST_PATIENCE = 60.0, 8.0


# --- the hub ------------------------------------------------------------------------------


def _hub_key(folder: Path, name: str) -> Ed25519Signer:
    try:
        return Ed25519Signer((folder / "keys" / name).read_bytes())
    except (OSError, ValueError) as error:
        raise StoreError("store.damaged", file=name) from error


def found(data: Path, charter: Charter, *, port: int = 47800) -> str:
    """A new office; this computer is its hub and the secretary's. The recovery key's text.

    Raises StoreError("office.exists" | "store.full" …).
    """
    folder = data / "hub"
    if (folder / "hub.db").exists() or (data / "device" / "profile.json").exists():
        raise StoreError("office.exists", folder=str(data))
    lock = FolderLock(folder, "hub")
    work = folder / WORK
    try:
        shutil.rmtree(work, ignore_errors=True)
        return _found(data, work, charter, port)
    except OSError as error:
        raise disk_error(error, folder.name) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
        lock.release()


def _found(data: Path, work: Path, charter: Charter, port: int) -> str:
    """Everything beside its place first: an office stands whole or not at all."""
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
        write_private(work / "keys" / name, content)
    write_settings(data, Settings(hub_port=port))
    hub_log = SqliteHubLog(work / "hub.db")
    try:
        blobs = FileBlobs(work / "blobs")
        hub = found_office(hub_log, blobs, office_key, hub_key, verify, charter, tls=tls)
        secretary = next(row for row in charter.people if "secretary" in row.rights)
        signer = Ed25519Signer.new()
        grant = enrol_first_device(hub, secretary.person, new_id("device"), signer.public_key)
    finally:
        hub_log.close()
    secrets = SystemSecrets(data / "device")
    profile = keep_profile(data, secrets, signer, grant, f"127.0.0.1:{port}")
    try:
        put_in_place(work, data / "hub")
    except OSError:
        (data / "device" / "profile.json").unlink(missing_ok=True)
        raise
    log.info("founded %s", profile.office)
    return recovery_text(recovery)


class RunningHub:
    """The hub of a data folder, listening, with its daily backup."""

    def __init__(self, data: Path, port: int | None = None, *, announces: bool = True) -> None:
        self.folder = data / "hub"
        if not (self.folder / "hub.db").is_file():
            raise CallError("hub.not_founded", folder=str(data))
        if (self.folder / FENCED_FILE).is_file():
            raise CallError("hub.fenced_here")
        self._lock = FolderLock(self.folder, "hub")
        self._settings = read_settings(data)
        self._backing_up = threading.RLock()
        try:
            self._open(self._settings.hub_port if port is None else port)
        except MeetingError:
            self._lock.release()
            raise
        self._announces = announces
        self._announcer: Announcer | None = None
        self._is_stopped = threading.Event()
        self.is_over = threading.Event()
        self.office.subscribe(self._on_event)
        self.lookout = Lookout(
            self.office.certificate.office,
            self.office.places,
            self.office.fence,
            searches=announces,
        )

    def _open(self, port: int) -> None:
        self.blobs = FileBlobs(self.folder / "blobs")
        self.blobs.sweep()
        signer = _hub_key(self.folder, "hub.key")
        self.log = SqliteHubLog(self.folder / "hub.db")
        try:
            self.office = HubOffice(
                self.log,
                self.blobs,
                signer,
                verify,
                make_backup=self.back_up,
                box=FileBallotBox(self.folder / "ballots"),
                renew_backups=self._renew_backups,
                free_mb=lambda: free_mb(self.folder),
                keeper=self._keeper(),
                recertify=lambda epoch: self._certify_again(epoch, signer),
            )
        except MeetingError:
            self.log.close()
            raise
        self.office.subscriptions.write = calendar_file
        keys = self.folder / "keys"
        self.server = HubServer(
            self.office,
            host="0.0.0.0",  # noqa: S104 - the LAN is whom it serves
            port=port,
            certificate=keys / "tls.crt",
            key=keys / "tls.key",
        )
        self._phones: CheckInPort | None = None

    def start(self) -> None:
        """Listen and announce. Raises LinkError("hub.port_taken")."""
        self.lookout.look_now()
        try:
            self.server.start()
        except LinkError:
            self.log.close()
            self._lock.release()
            raise
        if self._announces:
            hello = self.office.hello()
            self._announcer = Announcer(hello.office, hello.office_name, self.server.port)
        port, data = self.server.port + CHECK_IN_PORT, self.folder.parent
        self._phones = CheckInPort(
            self.office.phones,
            port,
            lambda: read_settings(data).check_in_by_code,
            self.office.subscriptions.calendar,
        )
        office = self.office
        office.phones.rests = lambda: office.is_restoring or bool(office.reign.fenced_by)
        self._phones.start()
        self.lookout.start()
        self.office.finish_purges()
        self.office.counting.heal()
        threading.Thread(target=self._daily, name="backup", daemon=True).start()

    def stop(self) -> None:
        """End it, once: a test that ends early stops what it had stopped."""
        if self._is_stopped.is_set():
            return
        self._is_stopped.set()
        self.lookout.stop()
        if self._announcer is not None:
            self._announcer.stop()
        if self._phones is not None:
            self._phones.stop()
        self.server.stop()
        self.office.close()
        self.log.close()
        self._lock.release()

    def _keeper(self) -> Keeper:
        keys = self.folder / "keys"
        sealed = self.folder / "sealed"
        return Keeper(
            office_key=(keys / "office.key").read_bytes,
            recovery=(keys / "recovery.pub").read_bytes,
            new_key=new_key,
            seal=StandbySeal,
            folder=sealed,
        )

    def _certify_again(self, epoch: int, signer: Ed25519Signer) -> None:
        certify(
            self.log,
            _hub_key(self.folder, "office.key"),
            signer,
            office=self.office.certificate.office,
            tls=hash_of_file(self.folder / "keys" / "tls.crt"),
            epoch=epoch,
            is_same=True,
        )

    def _on_event(self, event: HubEvent) -> None:
        """Another hub took over: say so for a while to who comes here, then stop for good."""
        if isinstance(event, SteppedBack) and not self.is_over.is_set():
            (self.folder / FENCED_FILE).write_text("", encoding="utf-8")
            timer = threading.Timer(FENCED_SECONDS, self.is_over.set)
            timer.daemon = True
            timer.start()

    def stop_unstarted(self) -> None:
        """Let go of a hub that never listened."""
        self.log.close()
        self._lock.release()

    def back_up(self) -> Path:
        """Write an encrypted backup now; where it lies."""
        with self._backing_up:
            return self._back_up()

    def _back_up(self) -> Path:
        now = datetime.now(UTC)
        target = self.folder / "backups" / f"meetingroom-{now:%Y%m%d-%H%M%S}.backup"
        keys = {
            path.name: path.read_bytes()
            for path in ((self.folder / "keys").glob("*"))
            if path.suffix != ".new"
        }
        settings = self.folder.parent / "settings.toml"
        if settings.is_file():
            # The port: the office's computers look for their hub where it was.
            keys[settings.name] = settings.read_bytes()
        write_backup(
            target,
            database=self.folder / "hub.db",
            blobs=self.blobs,
            keys=keys,
            recovery=keys["recovery.pub"],
        )
        self._thin_out(target.parent)
        return target

    def _renew_backups(self) -> int:
        """What is sealed to a key that is not here cannot be rewritten: all go, for a fresh one.

        The fresh one comes first: with a full disk the office keeps what it has.
        """
        with self._backing_up:  # one that was begun before would bring back what went
            old = list((self.folder / "backups").glob("*.backup*"))
            fresh = self._back_up()
            for file in old:
                if file != fresh:
                    file.unlink(missing_ok=True)
        return len(old)

    def _thin_out(self, folder: Path) -> None:
        for old in sorted(folder.glob("meetingroom-*.backup"))[: -self._settings.backups_kept]:
            old.unlink()

    def _daily(self) -> None:
        while not self._is_stopped.is_set():
            wait = until_next_backup(self.folder / "backups", time.time())
            if wait > 0:
                self._is_stopped.wait(min(wait, LOOK_AGAIN))
                continue
            try:
                self.back_up()
            except (StoreError, OSError) as error:
                log.warning("the daily backup failed and is tried again: %s", error)
                self._is_stopped.wait(LOOK_AGAIN)


def until_next_backup(folder: Path, now: float) -> float:
    """Seconds until a backup is due; 0 where there is none or a clock was set back."""
    times = [path.stat().st_mtime for path in folder.glob("*.backup")]
    ages = [now - made for made in times if made <= now + LOOK_AGAIN]
    return max(0.0, DAY - min(ages)) if ages else 0.0


def restore(data: Path, source: Path, recovery: str) -> None:
    """A hub from a backup, as a new incarnation. Raises StoreError, CallError.

    The folder must have no hub; it gets one whole or stays as it was. What devices hold
    beyond the backup they hand in by themselves; new records wait until a secretary says
    "go on".
    """
    key = recovery_from_text(recovery)
    folder = data / "hub"
    if (folder / "hub.db").exists():
        raise StoreError("office.exists", folder=str(data))
    lock = FolderLock(folder, "hub")
    try:
        work = read_backup(source, key, folder)
        _new_incarnation(work)
        put_in_place(work, folder)
        kept = folder / "keys" / "settings.toml"
        if kept.is_file() and not (data / "settings.toml").exists():
            kept.replace(data / "settings.toml")
        kept.unlink(missing_ok=True)
    finally:
        lock.release()


def _new_incarnation(folder: Path) -> None:
    hub_log = SqliteHubLog(folder / "hub.db")
    try:
        blobs, hub_key = FileBlobs(folder / "blobs"), _hub_key(folder, "hub.key")
        before = HubOffice(hub_log, blobs, hub_key, verify)
        certify(
            hub_log,
            _hub_key(folder, "office.key"),
            hub_key,
            office=before.certificate.office,
            tls=hash_of_file(folder / "keys" / "tls.crt"),
            epoch=before.certificate.epoch + 1,
        )
        for name in hub_log.values(CAME_BACK_ANY):
            hub_log.set_value(name, None)
        hub_log.set_value(FENCED, None)
        hub_log.set_value(TAKEOVER, None)
        hub_log.set_value(RESTORING, b"1")
        hub = HubOffice(hub_log, blobs, hub_key, verify)
        heads = hub.heads()
        hub.say("office", certificate_fact(hub_log))
        own = hub.certificate
        hub.say("office", HubRestored(hub=own.hub, epoch=own.epoch, heads=heads))
    finally:
        hub_log.close()


# --- a device -----------------------------------------------------------------------------


def join(data: Path, code: str, address: str = "") -> Profile:
    """Enrol this computer with a one-time code; without an address the LAN is searched.

    A hub that goes away meanwhile is waited for, and one that does not run for a short time.
    Raises EnrolmentError, LinkError, CallError, StoreError("office.joined").
    """
    if read_profile(data) is not None:
        raise StoreError("office.joined")
    secrets = SystemSecrets(data / "device")
    signer, device = _newcomer(data, secrets)
    start, was_there = time.monotonic(), False
    while True:
        try:
            grant, one = _join_once(code, address, signer, device)
        except LinkError as error:
            was_there = was_there or error.code in CUT_OFF
            patience = CUT_PATIENCE if was_there else FIRST_PATIENCE
            is_away = error.code in (*CUT_OFF, *NO_ANSWER)
            if not is_away or time.monotonic() - start > patience:
                raise
            time.sleep(0.5)
        else:
            profile = keep_profile(data, secrets, signer, grant, one.url)
            (data / "device" / JOINING).unlink(missing_ok=True)
            return profile


def _newcomer(data: Path, secrets: SystemSecrets) -> tuple[Ed25519Signer, str]:
    """This computer's key and id, kept before the code is used up.

    Where the hub took it in and something then went wrong here (a full disk, a power cut),
    the same code lets the same computer finish.
    """
    pending, key = data / "device" / JOINING, secrets.get("device-key")
    if pending.is_file() and key is not None:
        return Ed25519Signer(bytes.fromhex(key)), pending.read_text(encoding="utf-8")
    signer, device = Ed25519Signer.new(), new_id("device")
    secrets.set("device-key", signer.private_bytes.hex())
    write_private(pending, device.encode())
    return signer, device


def _join_once(
    code: str, address: str, signer: Ed25519Signer, device: str
) -> tuple[Grant, Address]:
    addresses = [address_of(address)] if address else [hub.address for hub in find_hubs(3.0)]
    last: LinkError | EnrolmentError | None = None
    for one in addresses:
        try:
            return enrol(one, code, signer, socket.gethostname(), device=device), one
        except (LinkError, EnrolmentError) as error:
            # Another office's hub, or an impostor, may answer first on the same network.
            last = _more_telling(last, error)
    raise last or LinkError("link.not_found")


def _more_telling(
    last: LinkError | EnrolmentError | None, error: LinkError | EnrolmentError
) -> LinkError | EnrolmentError:
    """What to tell of several hubs: what one said of the code rather than that it knows none."""
    if isinstance(last, EnrolmentError) and last.code != "code.unknown":
        return last
    if isinstance(last, EnrolmentError) and isinstance(error, LinkError):
        return last
    return error
