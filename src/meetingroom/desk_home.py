"""Joins the rooms for one person's (or room's) desk, without a window."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from meetingroom.domain.errors import CallError, StoreError
from meetingroom.domain.ids import is_person
from meetingroom.domain.invitation import Received
from meetingroom.domain.invitation_port import LetterReader
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_figures import Rates
from meetingroom.domain.ports import Carrier, Inspector
from meetingroom.domain.rehearsal import MOST_NAMED, CallSeen, RehearsalCall, WaySeen
from meetingroom.domain.week_lines import WeekLine
from meetingroom.hub_process import has_hub
from meetingroom.invitations.opening import ServicesOfTheFile
from meetingroom.office.calendar_file import calendar_file
from meetingroom.office.schedule_document import schedule_document
from meetingroom.office.workbook import write_workbook
from meetingroom.programs import SystemPrograms
from meetingroom.services import unsent_words
from meetingroom.services.authoring import Author
from meetingroom.services.calendars import Calendars
from meetingroom.services.call_checking import CallChecking
from meetingroom.services.calling import Calling
from meetingroom.services.carrying import Carrying
from meetingroom.services.cue_notes import CueNotes
from meetingroom.services.desk import Desk, Profile
from meetingroom.services.doors import Grant
from meetingroom.services.drafting import Drafting
from meetingroom.services.following import Following
from meetingroom.services.hub_watch import HubWatch
from meetingroom.services.inviting import Inviting, LetterReading, PageMaker
from meetingroom.services.issuing import Issuing
from meetingroom.services.leading import Leading
from meetingroom.services.marking import Marking
from meetingroom.services.online_figures import OnlineFigures, rates_of, settings_for
from meetingroom.services.opinions import Opinions
from meetingroom.services.personal_backup import BackedUp, PersonalBackup
from meetingroom.services.purging import Due, Purging
from meetingroom.services.reading import Reading
from meetingroom.services.rehearsing import Computer, Rehearsing
from meetingroom.services.retelling import Retelling
from meetingroom.services.room_ink import RoomInk
from meetingroom.services.schedules import Schedules
from meetingroom.services.searching import Searching
from meetingroom.services.speaking import Speaking
from meetingroom.services.voting import Voting
from meetingroom.services.week_reading import WeekReading
from meetingroom.settings import read_settings, write_settings
from meetingroom.standing_by import StandingBy
from meetingroom.store.blobs import FileBlobs, keep_file
from meetingroom.store.call_devices import call_devices
from meetingroom.store.computer import free_mb, power
from meetingroom.store.device_log import SqliteDeviceLog
from meetingroom.store.keys import Ed25519Signer, SystemSecrets, verify, write_private
from meetingroom.store.lock import FolderLock
from meetingroom.store.sound_check import play as play_tone

if TYPE_CHECKING:
    from meetingroom.network.link import HubLink

log = logging.getLogger(__name__)
OWN_BACKUP_KEY = "own-backup-key"
WAYS_SECONDS, LONGEST = 10.0, 80  # what is told of a program


def keep_profile(
    data: Path, secrets: SystemSecrets, signer: Ed25519Signer, grant: Grant, address: str
) -> Profile:
    """Keep whose computer this is: the key in the keyring (or a private file), the rest beside."""
    secrets.set("device-key", signer.private_bytes.hex())
    profile = Profile(
        office=grant.office,
        office_name=grant.office_name,
        office_key=grant.office_key,
        device=grant.device,
        principal=grant.principal,
        name=grant.name,
        address=address,
    )
    write_private(data / "device" / "profile.json", msgspec.json.encode(profile))
    return profile


def keep_settings(data: Path, new: dict[str, Any]) -> None:
    """Change some settings of this computer. Raises StoreError("store.unwritable")."""
    try:
        write_settings(data, replace(read_settings(data), **new))
    except OSError as error:
        raise StoreError(
            "store.unwritable", file="settings.toml", reason=error.strerror or ""
        ) from error


def read_profile(data: Path) -> Profile | None:
    """Whose computer this is; None before enrolment."""
    path = data / "device" / "profile.json"
    return msgspec.json.decode(path.read_bytes(), type=Profile) if path.is_file() else None


class DeskHome:
    """Everything of a person's (or room's) desk, without a window."""

    def __init__(self, data: Path, inspector: Callable[[], Inspector] | None = None) -> None:
        self.data = data
        self.has_hub = has_hub(data)
        profile = read_profile(data)
        if profile is None:
            raise CallError("device.not_enrolled")
        folder = data / "device"
        self._lock = FolderLock(folder, "device")
        self.settings = read_settings(data)
        self.secrets = SystemSecrets(folder)
        key = self.secrets.get("device-key")
        if key is None:
            self._lock.release()
            raise StoreError("device.key_missing")
        signer = Ed25519Signer(bytes.fromhex(key))
        try:
            device_log = SqliteDeviceLog(folder / "device.db")
        except StoreError:
            self._lock.release()
            raise
        author = Author(profile.principal, profile.device, signer)
        blobs = FileBlobs(folder / "blobs")
        blobs.sweep()
        self.desk = Desk(device_log, blobs, author, profile, verify)
        self.marking = Marking(self.desk)
        self.reading = Reading(self.desk, self.settings.receipt_seconds)
        self.leading = Leading(self.desk)
        self.voting = Voting(self.desk)
        self.call_checking = CallChecking(self.desk)
        self.calling = Calling(self.desk, self.secrets, ServicesOfTheFile(), SystemPrograms())
        self.opinions = Opinions(self.desk)
        self.retelling = Retelling(self.desk)
        self.cues = CueNotes(self.desk)
        self.speaking = Speaking(self.desk)
        self.hub_watch = HubWatch(self.desk)
        self.following = Following(self.desk)
        self.room_ink = RoomInk(self.desk, self.marking)
        self.purging = Purging(self.desk)
        self._wire_purging()
        self.rehearsing = Rehearsing(self.desk, self._computer())
        self.calendars = Calendars(self.desk, calendar_file, keep_file, self.secrets)
        self.schedules = Schedules(self.desk, schedule_document, keep_file, lambda: self._drafting)
        self.figures = OnlineFigures(
            self.desk, write_workbook, keep_file, self._rates, self._keep_rates
        )
        self.standing_by = StandingBy(self.desk, data, self.secrets)
        self.purging.begin()
        self._inspector = inspector
        self._drafting: Drafting | None = None
        self._issuing: Issuing | None = None
        self._signer = signer

    def _wire_purging(self) -> None:
        """What else forgets a purged paper, in this order."""
        self.purging.also(self._forget_in_search)
        self.purging.also(self.opinions.forget_paper)
        self.purging.also(lambda _due: unsent_words.forget_gone(self.desk))
        self.purging.also(self._renew_own_backup)  # last: what went is in no fresh one
        self.purging.also_sealed(self._sealed_backups)

    def _rates(self) -> Rates:
        return rates_of(read_settings(self.data))

    def _keep_rates(self, rates: Rates) -> None:
        keep_settings(self.data, settings_for(rates))

    def _computer(self) -> Computer:
        def reach(host: str, port: int) -> str:
            from meetingroom.network.reaching import reach  # noqa: PLC0415 - seldom

            return reach(host, port)

        folder = self.data / "device"
        return Computer(
            free_mb=lambda: free_mb(folder), power=power, reach=reach, see_call=self._see_call
        )

    def _see_call(self, call: RehearsalCall, meeting: Meeting | None) -> CallSeen:
        """What this computer has for an online meeting; blocks for a moment."""
        cameras, microphones, speakers, tells = call_devices()
        links = meeting.issued.links if meeting and meeting.issued else ()
        asked = [(link.link, self.calling.ways(link)) for link in links if link.url][:MOST_NAMED]
        found = [(link, future.result(WAYS_SECONDS)) for link, future in asked]
        return CallSeen(
            cameras=cameras,
            microphones=microphones,
            speakers=speakers,
            tells=tells,
            sound=play_tone() if call.plays_sound else "",
            ways=tuple(
                WaySeen(
                    link=link,
                    program=ways.service[:LONGEST] if ways.program else "",
                    warnings=len(ways.warnings),
                )
                for link, ways in found
            ),
        )

    @cached_property
    def link(self) -> "HubLink":
        """The line to the hub, made when first wanted; never on the interface's thread."""
        # A window shows its first paper before it loads what talks to the hub.
        from meetingroom.network.link import HubLink  # noqa: PLC0415

        profile = self.desk.profile
        link = HubLink(
            self.desk,
            office_key=profile.office_key,
            device=profile.device,
            signer=self._signer,
            addresses=self.standing_by.addresses,
        )
        self.desk.attach(link)
        return link

    def carry_with(self, carrier: Carrier) -> Carrying:
        """Have this person's marks carried to new versions from now on."""
        return Carrying(self.desk, self.marking, carrier)

    def invite_with(self, pages: PageMaker) -> Inviting:
        """What a secretary does with letters from higher levels."""

        # What reads is loaded when the first letter comes.
        def services() -> dict[str, str]:
            from meetingroom.invitations.online_services import online_services  # noqa: PLC0415

            rows = [row for row in online_services().service if "https" in row.schemes]
            return {row.name: row.title for row in reversed(rows)}

        folder = self.data / "device" / "letters"
        return Inviting(
            self.desk,
            self.drafting,
            LetterReading(self._read_letter, self._warm_letters_up, services),
            folder,
            pages,
        )

    def _warm_letters_up(self) -> None:
        self.letters.warm_up()

    @cached_property
    def week_reading(self) -> WeekReading:
        """Weekly schedules of others, read in by a secretary."""

        def read(file: Path) -> Sequence[WeekLine]:
            from meetingroom.invitations.week_file import week_lines  # noqa: PLC0415 - seldom

            return week_lines(file, self.letters)

        return WeekReading(self.desk, self.drafting, self.schedules, read)

    def _read_letter(self, file: Path) -> Received:
        from meetingroom.invitations.received import ReceivedFiles  # noqa: PLC0415

        return ReceivedFiles(lambda: self.letters).read(file)

    @cached_property
    def own_backup(self) -> PersonalBackup:
        """Backups of what this person wrote for nobody else."""
        from meetingroom.store import personal  # noqa: PLC0415 - heavy, and seldom

        return PersonalBackup(self.desk, self.marking, personal, verify)

    def back_up_own(self, folder: Path, passphrase: str, *, keeps: bool) -> BackedUp:
        """A backup now; with `keeps` further ones come into this folder by themselves.

        What makes those is the key, kept as this computer's other secrets are; the
        passphrase is kept nowhere.
        """
        made, key = self.own_backup.back_up(folder, passphrase)
        if keeps:
            self.secrets.set(OWN_BACKUP_KEY, key)
            keep_settings(self.data, {"own_backup_folder": str(folder)})
        return made

    def keep_own_up(self) -> BackedUp | None:
        """A further backup where one is to keep itself up and something is new."""
        folder = read_settings(self.data).own_backup_folder
        key = self.secrets.get(OWN_BACKUP_KEY) if folder else None
        return self.own_backup.keep_up(Path(folder), key) if key else None

    def stop_own(self) -> None:
        """Keep no backup up by itself any more."""
        keep_settings(self.data, {"own_backup_folder": ""})
        self.secrets.set(OWN_BACKUP_KEY, None)

    @cached_property
    def searching(self) -> Searching:
        """The search over what this person may read; it begins with `searching.start()`."""
        # Neither its file nor its worker is there before somebody starts it.
        from meetingroom.documents.text_reader import TextReader  # noqa: PLC0415
        from meetingroom.store.search_index import SqliteSearchIndex  # noqa: PLC0415

        place = self.data / "device" / "search.db"
        return Searching(self.desk, lambda: SqliteSearchIndex(place), TextReader())

    @cached_property
    def letters(self) -> LetterReader:
        """Reads what the office receives, in a process started when the first file comes."""
        from meetingroom.letter_process import letter_reader  # noqa: PLC0415 - seldom

        return letter_reader()

    def _forget_in_search(self, due: Due) -> None:
        """The words of a purged paper leave the index, whether somebody searches now or not."""
        from meetingroom.store.search_index import SqliteSearchIndex  # noqa: PLC0415 - as above

        place = self.data / "device" / "search.db"
        if place.is_file():
            index = SqliteSearchIndex(place)
            try:
                index.scrub(due.blobs)
            finally:
                index.close()

    def _renew_own_backup(self, _due: Due) -> None:
        folder = read_settings(self.data).own_backup_folder
        if folder and self.own_backup.last() is not None:
            self.own_backup.renew(Path(folder), self.secrets.get(OWN_BACKUP_KEY))

    def _sealed_backups(self) -> list[str]:
        return self.own_backup.by_hand() if is_person(self.desk.person) else []

    @property
    def drafting(self) -> Drafting:
        """The secretary's drafts."""
        if self._drafting is None:
            if self._inspector is None:
                raise CallError("call.unknown", name="drafting")
            self._drafting = Drafting(self.desk, self._inspector(), self.secrets)
        return self._drafting

    @property
    def issuing(self) -> Issuing:
        if self._issuing is None:
            self._issuing = Issuing(self.desk, self.drafting)
        return self._issuing

    @property
    def prepares_meetings(self) -> bool:
        """Whether drafts may lie here: a secretary's computer, or the hub's."""
        return self.has_hub or self.desk.directory.has_right(self.desk.person, "secretary")

    def close(self) -> None:
        """Keep what is queued and let the folder go."""
        if "letters" in self.__dict__:
            self.letters.close()
        self.desk.close()
        self._lock.release()
