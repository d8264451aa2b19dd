"""The hub's office: what the server's door opens on. Safe for threads; knows no sockets."""

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.clock import Clock, utc_now
from meetingroom.domain.codes import SLOT_LENGTH
from meetingroom.domain.directory import Device, Principal
from meetingroom.domain.errors import CallError, MeetingError, RefusedError
from meetingroom.domain.ids import HUB, OFFICE
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.ports import BallotBox, Blobs, Delivered, HubLog, Signer, Verify
from meetingroom.domain.records import Kept, SignedRecord
from meetingroom.domain.rights import blob_opened, may_steer, may_steer_so
from meetingroom.domain.ruling import may_read_paper
from meetingroom.domain.stage import Laser, Stage, Steer, Stroke, may_be_drawn, steered
from meetingroom.services.acceptance import Acceptance
from meetingroom.services.authoring import Author
from meetingroom.services.ballot_news import BallotNews
from meetingroom.services.certifying import certificate_fact
from meetingroom.services.counting import Counting
from meetingroom.services.devices_seen import DevicesSeen
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
    NewForDevices,
    Parcel,
    Session,
    StageMoved,
    SteppedBack,
    StrokeGrew,
)
from meetingroom.services.enrolling import CodeBook
from meetingroom.services.hub_delays import HubDelays
from meetingroom.services.hub_purging import HubPurging, Renew
from meetingroom.services.ledger import Ledger, line_of
from meetingroom.services.merging import Merging
from meetingroom.services.newcomers import Newcomers
from meetingroom.services.phone_check_in import PhoneCheckIn
from meetingroom.services.rehearsing_hub import Rehearsals
from meetingroom.services.reign import Reign
from meetingroom.services.requests import Requests
from meetingroom.services.standbys import Keeper, Standbys
from meetingroom.services.subscriptions import Subscriptions

log = logging.getLogger(__name__)
TAKEOVER = "takeover"  # the record this incarnation began with
SEALED = "standby"  # in place of a record: a standby asks for a sealed file


class HubOffice:
    """Implements `HubDoor` over a log, blobs and the hub's key."""

    def __init__(
        self,
        hub_log: HubLog,
        blobs: Blobs,
        signer: Signer,
        verify: Verify,
        *,
        clock: Clock = utc_now,
        make_backup: Callable[[], Path] | None = None,
        box: BallotBox | None = None,
        renew_backups: Renew | None = None,
        free_mb: Callable[[], int] = lambda: -1,
        keeper: Keeper | None = None,
        recertify: Callable[[int], None] | None = None,
    ) -> None:
        self._log = hub_log
        self._blobs = blobs
        self._clock = clock
        self._lock = threading.RLock()
        self._listeners: list[Callable[[HubEvent], None]] = []
        self._stages: dict[str, Stage] = {}
        self.delays = HubDelays()
        self._hearing: dict[tuple[str, str], frozenset[str]] = {}  # until the next record
        # Revisions after a restart are above all earlier ones, so that nobody takes old for new.
        starts = int(hub_log.value("starts") or b"0") + 1
        hub_log.set_value("starts", str(starts).encode())
        self._first_revision = starts * 1_000_000
        self._signer, self._recertify = signer, recertify
        self.reign = Reign(hub_log)
        self._read_certificate()
        self._incarnation = (hub_log.value("incarnation") or b"").decode()
        raw = hub_log.value(TAKEOVER)
        self._takeover = msgspec.json.decode(raw, type=SignedRecord) if raw else None
        self._acceptance = Acceptance(
            hub_log, signer, verify, hub=self.certificate.hub, epoch=self.certificate.epoch,
            clock=clock, may_refer=self._may_refer,
        )  # fmt: skip
        self._acceptance.bring_all_up_to_date()
        self._ballot_news = BallotNews(hub_log, self.ledger)
        self._counting = Counting(lambda: self.ledger, self.say, box, self.reign.check_takes_new)
        self.merging = Merging(hub_log, blobs, self._acceptance, verify)
        self._codes = CodeBook(hub_log, clock)
        self.seen = DevicesSeen(hub_log, clock)
        self._purging = HubPurging(hub_log, blobs, renew_backups, lambda: self.ledger, self.say)
        self.phones = PhoneCheckIn(lambda: self.ledger, self.say, hub_log, clock, self._lock)
        ours = (lambda: self.ledger, hub_log, self.phones, clock, self._lock)
        self.subscriptions = Subscriptions(*ours)
        self.rehearsals = Rehearsals(self, hub_log, blobs, clock, self._announce, free_mb)
        self._newcomers = Newcomers(self, self._codes)
        self.standbys = Standbys(self, hub_log, blobs, keeper)
        self._requests = Requests(self, hub_log, self._codes, clock, make_backup)

    def _read_certificate(self) -> None:
        certificate = self._log.value("certificate")
        signature = self._log.value("certificate_signature")
        if certificate is None or signature is None:
            raise CallError("hub.not_founded")
        self._certificate, self._certificate_signature = certificate.decode(), signature
        self.certificate = msgspec.json.decode(certificate, type=HubCertificate)
        self._author = Author(HUB, self.certificate.hub, self._signer, self._clock)

    # --- what the room sees of it -------------------------------------------------------

    @property
    def ledger(self) -> Ledger:
        """The hub's folded memory (read it under the door's calls only)."""
        return self._acceptance.ledger

    @property
    def incarnation(self) -> str:
        return self._incarnation

    def places(self) -> list[str]:
        """Where this office's hub may be one day: for who looks for one that took over."""
        with self._lock:
            return self.standbys.places()

    def heads(self) -> tuple[tuple[str, int, str], ...]:
        """Each stream's last number and chain head."""
        rows = ((stream, self.ledger.head(stream, 1)) for stream in self.ledger.streams())
        return tuple((stream, number, chain) for stream, (_, number, chain) in rows)

    def hello(self) -> HubHello:
        office = self.ledger.directory.office
        return HubHello(
            office=self.certificate.office,
            office_name=office.name if office else "",
            office_key=office.office_key if office else "",
            incarnation=self._incarnation,
            certificate=self._certificate,
            certificate_signature=self._certificate_signature,
            takeover=self._takeover,
        )

    def device(self, device: str) -> Device | None:
        if self.reign.fenced_by:
            return None
        with self._lock:
            known = self.ledger.directory.devices.get(device)
        return known if known is not None and known.is_active else None

    def turned_away(self, device: str) -> str:
        """Why a device that may not come on line is told to go: a code."""
        if self.reign.fenced_by:
            return "hub.fenced"
        with self._lock:
            is_known = device in self.ledger.directory.devices
        # Its enrolment may be among what comes back.
        return "hub.restoring" if self.is_restoring and not is_known else "link.revoked"

    def subscribe(self, listener: Callable[[HubEvent], None]) -> None:
        self._listeners.append(listener)

    def meeting(self, stream: str) -> Meeting | None:
        """The meeting as the hub folds it."""
        with self._lock:
            return self.ledger.meeting(stream)

    # --- records ------------------------------------------------------------------------

    def accept(
        self, session: Session, records: Sequence[SignedRecord], *, is_batch: bool
    ) -> list[Answer]:
        parcel = Parcel(session=session, records=tuple(records), is_batch=is_batch)
        return self.accept_all([parcel])[0]

    def accept_all(self, parcels: Sequence[Parcel]) -> list[list[Answer]]:
        with self._lock:
            if any(parcel.session.principal != HUB for parcel in parcels):
                self.reign.check_takes_new()
            answers, devices, lines = self._acceptance.take(parcels)
            self._ballot_news.note(lines)
            self._hearing.clear()
            if any(isinstance(line.entry.fact, facts.Purged) for line in lines):
                self.standbys.changed()
        self._announce_new(devices)
        for line in lines:
            if isinstance(line.entry.fact, facts.DeviceRevoked):
                self._announce(DeviceShutOut(device=line.entry.fact.device))
            if isinstance(line.entry.fact, facts.Purged):
                self._leave_stage(line.entry.head.stream, line.entry.fact.paper)
            if isinstance(line.entry.fact, facts.MeetingIssued):
                self._leave_lost_paper(line.entry.head.stream)
        if any(isinstance(line.entry.fact, facts.Purged) for line in lines):
            self._purging.begin()
        with self._lock:
            self._counting.after(lines)
        return answers

    def cast_all(self, ballots: Sequence[Ballot]) -> list[MeetingError | None]:
        with self._lock:
            return self._counting.cast_secretly(ballots, self._check_still_here)

    def is_behind(self) -> bool:
        return self._ballot_news.is_behind

    def catch_up(self) -> None:
        with self._lock:
            devices = self._ballot_news.tell_some()
        self._announce_new(devices)

    def finish_purges(self) -> None:
        """Remove the files of what was purged and a crash left; returns at once."""
        self._purging.begin()

    def close(self) -> None:
        """The hub stops: what runs beside it ends, before its log is closed."""
        self._purging.stop()
        self.seen.keep()

    # --- who is on line -----------------------------------------------------------------

    def came(self, session: Session) -> None:
        self.seen.came(session)

    def left(self, session: Session) -> None:
        self.seen.left(session)

    def _leave_lost_paper(self, meeting: str) -> None:
        """A paper that was taken out, or is not for the room now, is on the display no longer."""
        with self._lock:
            stage, folded = self._stages.get(meeting), self.ledger.meeting(meeting)
            paper = folded.papers.get(stage.paper) if stage and folded else None
        if stage is not None and stage.paper and (paper is None or paper.is_restricted):
            self._leave_stage(meeting, stage.paper)

    def _leave_stage(self, meeting: str, paper: str) -> None:
        """A purged paper is on the display no longer."""
        with self._lock:
            stage = self._stages.get(meeting)
            if stage is None or stage.paper != paper:
                return
            empty = Stage(meeting=meeting, revision=stage.revision + 1)
            self._stages[meeting] = empty
            devices = self._hearers(empty)
        self._announce(StageMoved(stage=empty, devices=devices))

    # --- another incarnation's records ----------------------------------------------------

    @property
    def is_restoring(self) -> bool:
        """Whether it only takes back what was numbered, until a secretary says "go on"."""
        return self.reign.is_restoring

    def go_on(self) -> None:
        """A restored hub has back what it will get: new records are taken again."""
        if self.reign.go_on():
            self.counting.cancel_secret_votes()  # no backup has their ballots
            self._announce_new(frozenset(self.ledger.directory.devices))

    def fence(self, certificate: str, signature: bytes) -> bool:
        with self._lock:
            fact = facts.HubCertified(certificate=certificate, signature=signature.hex())
            verdict = self.reign.judge(self.certificate, self.merging.certificate(fact))
            if verdict == "above" and self._recertify is not None:
                self._rise_above(certificate, self._recertify)
        if verdict == "fenced":
            self._announce(SteppedBack())
        return verdict == "fenced"

    def _rise_above(self, certificate: str, recertify: Callable[[int], None]) -> None:
        """Who restores a backup wants just this hub: it begins above every one devices knew."""
        other = msgspec.json.decode(certificate.encode(), type=HubCertificate)
        recertify(other.epoch + 1)
        self._read_certificate()
        self._acceptance.become(self.certificate.hub, self.certificate.epoch)
        self.say(OFFICE, certificate_fact(self._log))

    def hand_in(self, rows: Sequence[Kept]) -> int:
        """Take numbered records of another incarnation in; how many were new."""
        with self._lock:
            count, devices, lines = self.merging.take(rows)
            self._hearing.clear()
            if devices or lines:
                self.standbys.changed()
        self._announce_new(devices)
        for line in lines:
            if isinstance(line.entry.fact, facts.DeviceRevoked):
                self._announce(DeviceShutOut(device=line.entry.fact.device))
        if lines:
            self.finish_purges()
            with self._lock:
                self._counting.call_off_older([] if self.is_restoring else lines)
        return count

    def put_taken_over(self, record: SignedRecord) -> None:
        """The record with which this hub begins, once its caller has judged it."""
        with self._lock:
            self._acceptance.put_unjudged(record)
            self._log.set_value(TAKEOVER, msgspec.json.encode(record))

    def say(self, stream: str, fact: facts.Fact, audience: tuple[str, ...] = ()) -> None:
        """Write a record as the hub. Raises RefusedError where even the hub may not."""
        session = Session(device=self.certificate.hub, principal=HUB)
        record = self._author.write(stream, fact, audience=audience)
        answer = self.accept(session, [record], is_batch=False)[0]
        if not answer.is_accepted:
            raise RefusedError(answer.refusal)

    def delivered_after(self, session: Session, since: int, limit: int) -> list[Delivered]:
        if self.is_restoring:
            return []  # who was shut out after the backup is not known yet
        return self._log.delivered_after(session.device, since, limit)

    @property
    def counting(self) -> Counting:
        """The votes; call it under `ask` or before the hub is served."""
        return self._counting

    # --- the stage ----------------------------------------------------------------------

    def stages_for(self, session: Session) -> list[Stage]:
        with self._lock:
            return [
                stage for stage in self._stages.values() if self._may_hear(session.principal, stage)
            ]

    def steer(self, session: Session, wish: Steer) -> Stage:
        with self._lock:
            self._check_still_here(session)
            meeting = self.ledger.meeting(wish.meeting)
            principal = Principal(id=session.principal, device=session.device)
            if meeting is None or not may_steer_so(principal, wish, meeting):
                raise RefusedError("no_right")
            paper = meeting.papers.get(wish.paper)
            if paper is None or paper.is_restricted:
                raise RefusedError("not_for_the_room")
            versions = (v for v in paper.versions if v.blob == wish.blob and wish.can_be_seen)
            if not any(0 <= wish.page < version.pages for version in versions):
                raise RefusedError("unknown_paper")
            empty = Stage(meeting=wish.meeting, revision=self._first_revision)
            stage = self._stages.get(wish.meeting, empty)
            if not stage.paper and wish.base <= stage.revision:
                # Nothing was shown since this hub started: any older base will do.
                wish = msgspec.structs.replace(wish, base=stage.revision)
            moved = steered(stage, wish, wish.on_behalf_of or session.principal)
            if moved is None:
                raise RefusedError("stage.stale", revision=stage.revision)
            self._stages[wish.meeting] = moved
            self.delays.turned(stage, moved)
            devices = self._hearers(moved)
        self._announce(StageMoved(stage=moved, devices=devices))
        return moved

    def steer_at_once(self, session: Session, wish: Steer) -> Stage | None:
        if not self._lock.acquire(blocking=False):
            return None
        try:
            return self.steer(session, wish)
        finally:
            self._lock.release()

    def point(self, session: Session, laser: Laser, on_behalf_of: str | None) -> None:
        with self._lock:
            stage = self._pointed_at(session, laser.meeting, on_behalf_of)
            if stage is None or not laser.can_be_seen:
                return
            devices = self._hearers(stage) - {session.device}
        self._announce(LaserMoved(laser=laser, devices=devices))

    def draw(self, session: Session, stroke: Stroke, on_behalf_of: str | None) -> None:
        with self._lock:
            stage = self._pointed_at(session, stroke.meeting, on_behalf_of)
            if stage is None or not may_be_drawn(stroke, stage):
                return
            devices = self._hearers(stage) - {session.device}
        stroke = msgspec.structs.replace(stroke, author=session.principal)
        self._announce(StrokeGrew(stroke=stroke, devices=devices))

    def _pointed_at(self, session: Session, meeting: str, behalf: str | None) -> Stage | None:
        """What somebody who leads points at. Raises RefusedError("no_right")."""
        self._check_still_here(session)
        folded, stage = self.ledger.meeting(meeting), self._stages.get(meeting)
        if folded is None or stage is None:
            return None
        principal = Principal(id=session.principal, device=session.device)
        if not may_steer(principal, behalf, folded):
            raise RefusedError("no_right")
        return stage

    def _hearers(self, stage: Stage) -> frozenset[str]:
        """Asked sixty times a second while somebody points: only records change the answer."""
        key = (stage.meeting, stage.paper)
        if key not in self._hearing:
            self._hearing[key] = frozenset(
                device.device
                for device in self.ledger.directory.devices.values()
                if device.is_active and self._may_hear(device.principal, stage)
            )
        return self._hearing[key]

    def _may_hear(self, principal: str, stage: Stage) -> bool:
        meeting = self.ledger.meeting(stage.meeting)
        if meeting is None:
            return False
        directory = self.ledger.directory
        is_in = principal in directory.rooms or (
            principal in meeting.people and principal in directory.people
        )
        return is_in and may_read_paper(principal, stage.paper, meeting)

    # --- blobs --------------------------------------------------------------------------

    def blob_path(self, session: Session, blob: str, record: str) -> Path | None:
        if record == SEALED:
            return self.standbys.sealed_file(session, blob)
        with self._lock:
            if self.is_restoring or not self._may_read_by(session.principal, blob, record):
                return None
        return self._blobs.path(blob)

    def _may_read_by(self, principal: str, blob: str, record: str) -> bool:
        accepted = self._log.find(record)
        if accepted is None:
            return False
        line = line_of(accepted)
        is_opened = blob_opened(line.entry.fact) == blob
        return is_opened and self.ledger.may_read(principal, line)

    def upload_part(self, session: Session, blob: str) -> Path:
        is_secretary = self.ledger.directory.has_right(session.principal, "secretary")
        with self._lock:
            may_bring = is_secretary or self.merging.may_bring(session.principal, blob)
        if not may_bring:
            raise RefusedError("no_right")
        if self._is_secret(blob):
            raise RefusedError("purged")
        return self._blobs.part(blob, session.device)

    def _is_secret(self, blob: str) -> bool:
        """Whether a file was purged as a secret: in no meeting may it come back."""
        ledger = self.ledger
        meetings = (ledger.meeting(stream) for stream in ledger.streams())
        return any(
            purge.reason == "secret" and blob in purge.blobs
            for meeting in meetings
            if meeting is not None
            for purge in meeting.purges.values()
        )

    def upload_done(self, session: Session, blob: str) -> None:
        self._blobs.finish(blob, session.device)
        self._log.set_value(f"upload:{session.principal}:{blob}", b"1")

    def _may_refer(self, session: Session, blob: str) -> bool:
        if self._blobs.path(blob) is None:
            return False
        if self._log.value(f"upload:{session.principal}:{blob}") is not None:
            return True
        lines = self.ledger.lines_opening(blob)
        return any(self.ledger.may_read(session.principal, line) for line in lines)

    # --- enrolment, requests ------------------------------------------------------------

    def claim_code(self, slot: str) -> CodeClaim:
        with self._lock:
            return self._codes.claim(slot)

    def enrol(self, claim: CodeClaim, device: str, public_key: str, name: str) -> Grant:
        with self._lock:
            grant = self._newcomers.enrol(claim, device, public_key, name)
        self._announce_new(frozenset({device}))
        return grant

    def open_door(self, principal: str) -> CodeClaim:
        """A claim on a fresh code, for the computer the office is founded on."""
        with self._lock:
            code, _ = self._codes.make(principal, "person")
            return self._codes.claim(code[:SLOT_LENGTH])

    def ask(self, session: Session, name: str, body: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            self._check_still_here(session)
            answer = self._requests.answer(session, name, body)
        return answer() if callable(answer) else answer

    def _check_still_here(self, session: Session) -> None:
        """What waited in a queue while its device was revoked, or its person left, is refused."""
        is_in = self.ledger.directory.has(session.principal)
        if self.device(session.device) is None or not is_in:
            raise RefusedError("no_right")

    # --- news ---------------------------------------------------------------------------

    def _announce_new(self, devices: frozenset[str]) -> None:
        if devices:
            self._announce(NewForDevices(devices=devices))

    def _announce(self, event: HubEvent) -> None:
        for listener in self._listeners:
            listener(event)
