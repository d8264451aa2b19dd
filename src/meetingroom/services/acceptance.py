"""How the hub takes records in: verify, judge once, number, chain, and tell who may read."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.clock import Clock
from meetingroom.domain.directory import Principal
from meetingroom.domain.entries import Entry
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.ids import HUB, OFFICE
from meetingroom.domain.ports import Accepted, HubLog, Signer, Verify
from meetingroom.domain.purging import pointing_to
from meetingroom.domain.records import (
    ENVELOPE_CONTEXT,
    Envelope,
    Head,
    SignedEnvelope,
    SignedRecord,
    is_too_deep,
    moment_of,
    next_chain,
    payload_is_whole,
    read_head,
    utc_text,
)
from meetingroom.domain.rights import (
    MEETING_PERMISSIONS,
    MEMBERSHIP_KINDS,
    blob_opened,
    frozen_readers,
    may_write,
)
from meetingroom.services.doors import Answer, Parcel, Session
from meetingroom.services.hub_purging import due_of
from meetingroom.services.ledger import Delivery, Ledger, Line, Savepoint

AT_ONCE = timedelta(minutes=1)  # what comes later than that was written away from the hub
MayRefer = Callable[[Session, str], bool]


class Acceptance:
    """Takes parcels of records in; its owner holds a lock around every call."""

    def __init__(
        self,
        log: HubLog,
        signer: Signer,
        verify: Verify,
        *,
        hub: str,
        epoch: int,
        clock: Clock,
        may_refer: MayRefer,
    ) -> None:
        self._log = log
        self._signer = signer
        self._verify = verify
        self._hub = hub
        self._epoch = epoch
        self._clock = clock
        self._may_refer = may_refer
        self.ledger = Ledger(log)

    def become(self, hub: str, epoch: int) -> None:
        """Number as this hub, in this epoch, from now on."""
        self._hub, self._epoch = hub, epoch

    def take(
        self, parcels: Sequence[Parcel]
    ) -> tuple[list[list[Answer]], frozenset[str], list[Line]]:
        """Answers to each parcel, the devices that have something new, and what was accepted.

        All that came in at once is kept in one go: on disk together, told together.
        """
        before = self.ledger.savepoint()
        told: list[list[Answer]] = []
        new: list[tuple[Accepted, Line]] = []
        taken_now: dict[str, SignedRecord] = {}
        try:
            for parcel in parcels:
                answers, taken = self._take_parcel(parcel, taken_now)
                told.append(answers)
                new += taken
        except BaseException:
            self.ledger.go_back(before)
            raise
        lines = [line for _, line in new]
        return told, self._commit([accepted for accepted, _ in new], lines, before), lines

    def _take_parcel(
        self, parcel: Parcel, taken_now: dict[str, SignedRecord]
    ) -> tuple[list[Answer], list[tuple[Accepted, Line]]]:
        """Judge a parcel into the ledger; of a batch that is not whole nothing stays there."""
        before = self.ledger.savepoint() if parcel.is_batch else None
        answers: list[Answer] = []
        new: list[tuple[Accepted, Line]] = []
        for record in parcel.records:
            answer, taken = self._judge(parcel.session, record, taken_now)
            answers.append(answer)
            if taken is not None:
                new.append(taken)
                taken_now[answer.record] = record
                self.ledger.add([taken[1]])
        if before is None or all(answer.is_accepted for answer in answers):
            return answers, new
        self.ledger.go_back(before)
        for _, line in new:
            del taken_now[line.entry.head.id]
        return [_refused_with_batch(answer) for answer in answers], []

    def put_unjudged(self, record: SignedRecord) -> None:
        """Number a record whose right to be here its caller has judged (a takeover's first)."""
        before = self.ledger.savepoint()
        head = read_head(record)
        entry = Entry(head=head, fact=facts.read_fact(head.kind, head.version, record.payload))
        session = Session(device=head.device, principal=head.author)
        taken, line = self._number(session, record, entry)
        self.ledger.add([line])
        self._commit([taken], [line], before)

    def bring_all_up_to_date(self) -> None:
        """Heal what a crash between an enrolment and its first delivery left undone."""
        for device in self.ledger.directory.devices.values():
            if device.is_active:
                self.bring_up_to_date(device.device, device.principal)

    def bring_up_to_date(self, device: str, principal: str) -> bool:
        """Tell a device all its principal may read now; whether there was anything."""
        steps = self.all_differences(device, principal)
        if steps:
            self._log.deliver(steps)
            self.ledger.note_delivered(steps)
        return bool(steps)

    def all_differences(self, device: str, principal: str) -> list[Delivery]:
        """What a device must be told of all streams, the office first."""
        streams = self.ledger.streams()
        return [
            step
            for stream in streams
            for step in self.ledger.differences(device, principal, stream)
        ]

    def _commit(
        self, accepted: list[Accepted], lines: list[Line], before: Savepoint
    ) -> frozenset[str]:
        if not accepted:
            return frozenset()
        try:
            emptied = self._emptied_by(lines)
            deliveries = self._deliveries(lines)
            gone = [row.head.id for _, rows in emptied for row in rows]
            due = dict(due_of(line.entry, rows) for line, rows in emptied)
            self._log.append(accepted, deliveries, gone, due)
        except BaseException:
            self.ledger.go_back(before)
            raise
        self.ledger.note_delivered(deliveries)
        for line, rows in emptied:
            self.ledger.empty(line.entry.head.stream, [row.head.id for row in rows])
        return frozenset(device for device, _, _, _ in deliveries)

    def _emptied_by(self, lines: list[Line]) -> list[tuple[Line, list[Entry]]]:
        """What was purged just now, each with the records whose content goes with it."""
        return [
            (line, pointing_to(self.ledger.entries(line.entry.head.stream), fact.paper))
            for line in lines
            if isinstance(fact := line.entry.fact, facts.Purged)
        ]

    def _deliveries(self, lines: list[Line]) -> list[Delivery]:
        """What every device must be told, each in the order of its streams."""
        heads = [line.entry.head for line in lines]
        streams = sorted({head.stream for head in heads if head.kind in MEETING_PERMISSIONS})
        members = {_member(line) for line in lines if line.entry.head.kind in MEMBERSHIP_KINDS}
        rest = [line for line in lines if line.entry.head.stream not in streams]
        new = {head.id for head in heads}
        touched = [
            older
            for line in rest
            for older in self.ledger.touched_by(line)
            if older.entry.head.id not in new
        ]
        steps: list[Delivery] = []
        for device in self.ledger.directory.devices.values():
            if not device.is_active:
                continue
            name, principal = device.device, device.principal
            is_stranger = not self.ledger.held(name, OFFICE)
            if is_stranger and not self.ledger.directory.has(principal):
                continue
            if is_stranger or principal in members:
                steps += self.all_differences(name, principal)
                continue
            for stream in streams:
                steps += self.ledger.differences(name, principal, stream)
            steps += self.ledger.differences_in(name, principal, (*touched, *rest))
        return steps + self._taken_unread(lines, steps)

    def _taken_unread(self, lines: list[Line], steps: list[Delivery]) -> list[Delivery]:
        """An accepted record its own author may not read leaves the outbox that sent it."""
        told = {(device, record) for device, _, _, record in steps}
        devices = self.ledger.directory.devices
        return [
            (head.device, "forget", head.stream, head.id)
            for head in (line.entry.head for line in lines)
            if head.device in devices and (head.device, head.id) not in told
        ]

    def _judge(
        self, session: Session, record: SignedRecord, taken_now: dict[str, SignedRecord]
    ) -> tuple[Answer, tuple[Accepted, Line] | None]:
        try:
            head = read_head(record)
        except MeetingError:
            return Answer(record="", is_accepted=False, refusal="malformed"), None
        if head.device != session.device or head.author != session.principal:
            return _answer(head.id, "not_you"), None
        known = taken_now.get(head.id) or self._kept(head.id)
        if known is not None:
            is_purged = known.payload is None and known.head == record.head
            is_same = known == record or is_purged
            return _answer(head.id, None if is_same else "conflict"), None
        refusal = self._forged(session, record, head)
        if refusal is not None:
            return _answer(head.id, refusal), None
        entry = Entry(head=head, fact=facts.read_fact(head.kind, head.version, record.payload))
        meeting = self.ledger.meeting(head.stream)
        principal = Principal(id=session.principal, device=session.device)
        answered = self.ledger.answered_by(entry)
        refusal = may_write(principal, entry, self.ledger.directory, meeting, answered)
        blob = blob_opened(entry.fact)
        if refusal is None and blob:
            refusal = None if self._may_refer(session, blob) else "blob_missing"
        if refusal is not None:
            return _answer(head.id, refusal), None
        return _answer(head.id, None), self._number(session, record, entry)

    def _kept(self, record: str) -> SignedRecord | None:
        found = self._log.find(record)
        return found.record if found is not None else None

    def _forged(self, session: Session, record: SignedRecord, head: Head) -> str | None:
        if record.payload is None or not payload_is_whole(record, head):
            return "malformed"
        if is_too_deep(record.head) or is_too_deep(record.payload):
            return "malformed"
        if session.principal == HUB:
            return None
        device = self.ledger.directory.devices.get(session.device)
        if device is None or not device.is_active or device.principal != session.principal:
            return "not_you"
        if not self.ledger.directory.has(session.principal):
            return "no_right"
        is_signed = self._verify(device.public_key, record.signed_bytes, record.signature)
        return None if is_signed else "bad_signature"

    def _number(
        self, session: Session, record: SignedRecord, entry: Entry
    ) -> tuple[Accepted, Line]:
        head = entry.head
        epoch, number, chain = self.ledger.head(head.stream, self._epoch)
        meeting, now = self.ledger.meeting(head.stream), self._clock()
        envelope = Envelope(
            stream=head.stream,
            epoch=max(epoch, self._epoch),
            number=number + 1,
            record=head.id,
            head_hash=record.head_hash,
            chain=next_chain(chain, record.head_hash),
            received=utc_text(now),
            hub=self._hub,
            late=meeting is not None and meeting.state == "closed",
            written=_written_offline(head, session, now),
        )
        body = msgspec.json.encode(envelope).decode()
        signature = self._signer.sign(ENVELOPE_CONTEXT + body.encode())
        readers = readers_of(self.ledger, entry)
        accepted = Accepted(
            record=record,
            envelope=SignedEnvelope(body=body, signature=signature),
            readers=readers,
        )
        numbered = msgspec.structs.replace(entry, envelope=envelope)
        return accepted, Line(entry=numbered, readers=readers)


def readers_of(ledger: Ledger, entry: Entry) -> tuple[str, ...]:
    """Who may read a record, frozen as everything stands in this ledger."""
    head = entry.head
    if isinstance(entry.fact, facts.MarkCarried):
        # Its place is for those who have the mark, though others be secretary or chair now.
        return ledger.readers_of_mark(head.stream, entry.fact.mark)
    return frozen_readers(head, ledger.meeting(head.stream), ledger.answered_by(entry))


def _written_offline(head: Head, session: Session, now: datetime) -> str:
    """When a record was written by our clock, if its computer was away from the hub; else ""."""
    if session.clock_offset is None:
        return ""
    try:
        written = moment_of(head.at) + timedelta(seconds=session.clock_offset)
    except (OverflowError, ValueError):  # no clock can be so wrong
        return ""
    return utc_text(written) if now - written > AT_ONCE else ""


def _member(line: Line) -> str:
    """The person or room whose belonging to the office a record changes."""
    fact = line.entry.fact
    return fact.room if isinstance(fact, facts.RoomSet) else str(getattr(fact, "person", ""))


def _answer(record: str, refusal: str | None) -> Answer:
    return Answer(record=record, is_accepted=refusal is None, refusal=refusal or "")


def _refused_with_batch(answer: Answer) -> Answer:
    return answer if not answer.is_accepted else _answer(answer.record, "batch")
