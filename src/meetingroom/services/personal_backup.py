"""A person's own backup: private marks, those still waiting, places and undo outlive a laptop.

Private records never left the old computer, so nobody else has them. They come back as they
were: as the old device signed them, with their times and ids, because that keeps them what
the person wrote then and lets nothing come twice. So do those the hub refused, with its reason:
nobody sends them again. The signature is checked with the key the
office enrolled for a device of this person; where that key is not known here (an office put
back from an older backup), the words are kept all the same, signed anew by this device: only
who knows the passphrase could have written the file. Shared marks that had not reached the hub
are always signed anew: the hub takes a record only from the device that signed it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec

from meetingroom.domain.clock import utc_now
from meetingroom.domain.entries import entry_of
from meetingroom.domain.errors import CallError, MeetingError, StoreError
from meetingroom.domain.facts import Fact, MarkCarried, MarkPut, MarkRemoved
from meetingroom.domain.ids import ME
from meetingroom.domain.ports import Verify
from meetingroom.domain.purging import names_purged
from meetingroom.domain.records import (
    Head,
    Kept,
    SignedRecord,
    payload_is_whole,
    read_head,
    utc_text,
)
from meetingroom.services import cue_notes, hidden_people, past_shares, unsent_words
from meetingroom.services.desk import Desk
from meetingroom.services.history import STANDS, STEPS
from meetingroom.services.marking import Marking

FORMAT = 1
LEAST_LETTERS = 8  # of a passphrase
ENDING = ".marks"
PLACES = ("place:", "seen:", "carried-seen:")
ABOUT_MARKS = (past_shares.NAME, unsent_words.NAME, hidden_people.NAME, cue_notes.NAME)
LAST, BY_HAND = "own-backup:last", "own-backup:by-hand"
KEY = "own-backup-key"
KEPT_BY_ITSELF = 5  # files
MARK_FACTS = (MarkPut, MarkRemoved, MarkCarried)


class Vault(Protocol):
    """Files sealed with a passphrase: `store.personal`."""

    def new_key(self, passphrase: str) -> str: ...
    def write(self, target: Path, content: bytes, key: str) -> None: ...
    def read(self, source: Path, passphrase: str) -> bytes: ...


class Personal(msgspec.Struct, frozen=True, kw_only=True):
    """What is in a backup: own private records, own marks that the hub has not got, values.

    `refused` has the hub's reason for those of `waiting` that it would not have.
    """

    format: int
    office: str
    principal: str
    device: str
    made: str
    private: list[SignedRecord]
    waiting: list[SignedRecord]
    values: dict[str, bytes]
    refused: dict[str, str] = {}


class BackedUp(msgspec.Struct, frozen=True, kw_only=True):
    """A backup that was made: when (ISO 8601 UTC), where, with how many records.

    `newest` is the place of the newest own record then: what is new since lies beyond it;
    `cues` tells the own notes of then from others.
    """

    at: str
    file: str
    records: int
    newest: int = 0
    is_by_itself: bool = False
    cues: str = ""


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What a restore brought: records new here, those known before, the meetings they are of,
    and when the backup was made (ISO 8601 UTC)."""

    records: int
    already: int
    meetings: int
    made: str


class PersonalBackup:
    """Backs up and restores for this person. Blocks: never on the interface's thread."""

    def __init__(
        self,
        desk: Desk,
        marking: Marking,
        vault: Vault,
        verify: Verify,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._desk, self._marking, self._vault = desk, marking, vault
        self._verify, self._clock = verify, clock

    # --- out --------------------------------------------------------------------------------

    def last(self) -> BackedUp | None:
        """The newest backup made on this computer."""
        raw = self._desk.log.value(LAST)
        return msgspec.json.decode(raw, type=BackedUp) if raw else None

    def back_up(self, folder: Path, passphrase: str) -> tuple[BackedUp, str]:
        """Write a new file into a folder; what was made, and the key for further ones.

        Raises CallError("passphrase.short"), StoreError("store.full" | "store.unwritable").
        """
        if len(passphrase.strip()) < LEAST_LETTERS:
            raise CallError("passphrase.short", letters=LEAST_LETTERS)
        key = self._vault.new_key(passphrase)
        return self._write(folder, key, is_by_itself=False), key

    def keep_up(self, folder: Path, key: str) -> BackedUp | None:
        """A backup made by itself, where something is new since the last; None if nothing is.

        A folder that is not there (a stick that was taken out) is nothing new, too. The newest
        few of these files are kept.
        """
        last = self.last()
        if not folder.is_dir() or (last is not None and not self._has_new(last)):
            return None
        made = self._write(folder, key, is_by_itself=True)
        for old in sorted(folder.glob(f"*-auto{ENDING}"))[:-KEPT_BY_ITSELF]:
            if old.name.startswith(self._stem()):
                old.unlink(missing_ok=True)
        return made

    def renew(self, folder: Path | None, key: str | None) -> None:
        """Backups made by themselves go, for a fresh one: something in them was purged.

        So do those made by hand with the key that is kept here. Others are sealed with words
        that only the person knows: see `by_hand`.
        """
        if folder is None or key is None or not folder.is_dir():
            return
        for old in folder.glob(f"*-auto{ENDING}"):
            if old.name.startswith(self._stem()):
                old.unlink(missing_ok=True)
        for file, mark in self._by_hand().items():
            if mark == _mark_of(key):
                Path(file).unlink(missing_ok=True)
        self._write(folder, key, is_by_itself=True)

    def by_hand(self) -> list[str]:
        """Where backups lie that only the person can open, as far as they still do."""
        kept = {file: mark for file, mark in self._by_hand().items() if Path(file).is_file()}
        if kept != self._by_hand():
            self._desk.log.set_value(BY_HAND, msgspec.json.encode(kept))
        return list(kept)

    def _by_hand(self) -> dict[str, str]:
        raw = self._desk.log.value(BY_HAND)
        return msgspec.json.decode(raw, type=dict[str, str]) if raw else {}

    def _write(self, folder: Path, key: str, *, is_by_itself: bool) -> BackedUp:
        now = self._clock()
        newest, cues = self._newest(), self._cues()
        content = self._collected(utc_text(now))
        auto = "-auto" if is_by_itself else ""
        target = folder / f"{self._stem()}{now:%Y%m%d-%H%M%S}{auto}{ENDING}"
        self._vault.write(target, msgspec.msgpack.encode(content), key)
        if not is_by_itself:
            known = {**self._by_hand(), str(target.absolute()): _mark_of(key)}
            self._desk.log.set_value(BY_HAND, msgspec.json.encode(known))
        made = BackedUp(
            at=utc_text(now),
            file=str(target),
            records=len(content.private) + len(content.waiting),
            newest=newest,
            is_by_itself=is_by_itself,
            cues=cues,
        )
        self._desk.log.set_value(LAST, msgspec.json.encode(made))
        return made

    def _stem(self) -> str:
        """The beginning of a file's name: whose it is, in letters every system takes."""
        name = self._desk.directory.name_of(self._desk.person) or self._desk.profile.name
        plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
        letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
        return f"meetingroom-{re.sub('[^A-Za-z0-9]+', '-', letters).strip('-')[:40]}-"

    def _has_new(self, last: BackedUp) -> bool:
        return last.newest < self._newest() or last.cues != self._cues()

    def _cues(self) -> str:
        kept = sorted(self._desk.log.values(cue_notes.NAME).items())
        return hashlib.sha256(msgspec.json.encode(kept)).hexdigest() if kept else ""

    def _newest(self) -> int:
        return max((kept.place for kept in self._desk.log.own_records()), default=0)

    def _own_records(self) -> tuple[list[SignedRecord], list[SignedRecord], dict[str, str]]:
        """Private ones, marks that the hub has not got, and why it would not have them."""
        private, waiting = [], []
        refused: dict[str, str] = {}
        for kept in self._desk.log.own_records():
            head = read_head(kept.record)
            if ME in head.audience:
                private.append(kept.record)
            elif isinstance(entry_of(kept).fact, MARK_FACTS):
                waiting.append(kept.record)
                refused |= {} if kept.refused is None else {head.id: kept.refused}
        return private, waiting, refused

    def _collected(self, now: str) -> Personal:
        private, waiting, refused = self._own_records()
        values: dict[str, bytes] = {}
        for prefix in (*PLACES, *ABOUT_MARKS, STANDS, STEPS):
            values |= self._desk.log.values(prefix)
        profile = self._desk.profile
        return Personal(
            format=FORMAT,
            office=profile.office,
            principal=profile.principal,
            device=profile.device,
            made=now,
            private=private,
            waiting=waiting,
            refused=refused,
            values=values,
        )

    # --- back -------------------------------------------------------------------------------

    def restore(self, file: Path, passphrase: str) -> Restored:
        """Bring back what a backup has and this computer has not; nothing comes twice.

        Raises StoreError: backup.not_one, .newer, .wrong_passphrase, .damaged,
        .other_office, .other_person.
        """
        content = self._opened(file, passphrase)
        return self._desk.run(lambda: self._bring_back(content)).result()

    def _opened(self, file: Path, passphrase: str) -> Personal:
        raw = self._vault.read(file, passphrase)
        try:
            content = msgspec.msgpack.decode(raw, type=Personal)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise StoreError("backup.damaged") from error
        if content.format != FORMAT:
            raise StoreError("backup.newer", file=file.name)
        profile = self._desk.profile
        if content.office != profile.office:
            raise StoreError("backup.other_office", file=file.name)
        if content.principal != profile.principal:
            raise StoreError("backup.other_person", file=file.name)
        return content

    def _bring_back(self, content: Personal) -> Restored:
        """On the desk's thread: one transaction for the records, values with them."""
        known = {read_head(kept.record).id for kept in self._desk.log.own_records()}
        records: list[SignedRecord] = []
        already = 0
        for record in (*content.private, *content.waiting):
            head = self._head(record)
            fresh = self._fresh(record, head, known, is_refused=head.id in content.refused)
            records += [fresh] if fresh is not None else []
            already += fresh is None
        values = {
            name: value
            for name, value in content.values.items()
            if self._is_wanted(name) and self._desk.log.value(name) is None
        }
        heads = [read_head(record) for record in records]
        refused = {h.id: content.refused[h.id] for h in heads if h.id in content.refused}
        self._desk.keep_own(records, values, refused)
        self._marking.take_up_kept()
        streams = {head.stream for head in heads}
        return Restored(
            records=len(records), already=already, meetings=len(streams), made=content.made
        )

    def _head(self, record: SignedRecord) -> Head:
        try:
            head = read_head(record)
        except MeetingError as error:
            raise StoreError("backup.damaged") from error
        if head.author != self._desk.person or not payload_is_whole(record, head):
            raise StoreError("backup.damaged")
        return head

    def _fresh(
        self, record: SignedRecord, head: Head, known: set[str], *, is_refused: bool
    ) -> SignedRecord | None:
        """The record to keep here: as it is, or signed anew; None where it is here already."""
        if head.id in known:
            return None
        fact = entry_of(Kept(record=record)).fact
        folded = self._desk.meeting(head.stream)
        if folded is not None and names_purged(fact, folded.purges):
            return None
        if is_refused:
            return record  # what it says stays in sight, as it did on the old computer
        if self._is_outdated(head.stream, fact):
            return None
        if ME in head.audience and self._is_signed(record, head):
            return record
        if not isinstance(fact, MARK_FACTS):
            return None
        return self._desk.author.write(head.stream, fact, audience=head.audience)

    def _is_outdated(self, meeting: str, fact: Fact) -> bool:
        """Whether this revision of a mark, or of its place, or a later one, is here."""
        folded = self._desk.meeting(meeting)
        if folded is None or not isinstance(fact, MARK_FACTS):
            return False
        here = folded.marks.get(fact.mark) or folded.taken_back.get(fact.mark)
        if here is not None and isinstance(fact, MarkCarried):
            place = here.stands.get(fact.to_blob)
            return place is not None and place.revision >= fact.revision
        return here is not None and here.revision >= fact.revision

    def _is_signed(self, record: SignedRecord, head: Head) -> bool:
        device = self._desk.directory.devices.get(head.device)
        if device is None or device.principal != self._desk.person:
            return False
        return self._verify(device.public_key, record.signed_bytes, record.signature)

    def _is_wanted(self, name: str) -> bool:
        """All but steps, where this computer has a history of that meeting."""
        if name.startswith((*PLACES, *ABOUT_MARKS, STANDS)):
            return True
        meeting = name.removeprefix(STEPS).rpartition("/")[0]
        return name.startswith(STEPS) and self._desk.log.value(STANDS + meeting) is None


def _mark_of(key: str) -> str:
    """Tells files of one key from those of another, and nothing of the key."""
    return hashlib.sha256(b"own backup by hand" + key.encode()).hexdigest()
