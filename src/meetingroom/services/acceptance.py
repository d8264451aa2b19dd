"""How the hub takes a record in: verify, judge once, number, chain, and tell who may read."""

from collections.abc import Callable, Sequence

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.directory import Principal
from meetingroom.domain.entries import Entry
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.ids import HUB, OFFICE
from meetingroom.domain.ports import Accepted, HubLog, Signer, Verify
from meetingroom.domain.records import (
    ENVELOPE_CONTEXT,
    Envelope,
    Head,
    SignedEnvelope,
    SignedRecord,
    is_too_deep,
    next_chain,
    payload_is_whole,
    read_head,
    utc_text,
)
from meetingroom.domain.rights import PERMISSION_KINDS, frozen_readers, may_write
from meetingroom.services.authoring import Clock
from meetingroom.services.doors import Answer, Session
from meetingroom.services.ledger import Ledger, Line

MayRefer = Callable[[Session, str], bool]
Delivery = tuple[str, str, str, str]
# Whoever may write one of these had the blob; marks and receipts only quote a blob's name.
REFERRING = (
    facts.PaperPut,
    facts.TemplateSet,
    facts.MinutesDrafted,
    facts.MinutesConfirmed,
    facts.ConclusionIssued,
)


class Acceptance:
    """Takes records in, one batch at a time; its owner holds a lock around every call."""

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

    def take(
        self, session: Session, records: Sequence[SignedRecord], *, is_batch: bool
    ) -> tuple[list[Answer], frozenset[str], list[Line]]:
        """Answers, the devices that have something new, and what was accepted."""
        answers: list[Answer] = []
        new: dict[str, tuple[Accepted, Line]] = {}
        for record in records:
            answer, taken = self._judge(session, record, new)
            answers.append(answer)
            if taken is not None:
                new[answer.record] = taken
                self.ledger.add([taken[1]])
        if is_batch and not all(answer.is_accepted for answer in answers):
            self.forget_uncommitted(bool(new))
            return [_refused_with_batch(answer) for answer in answers], frozenset(), []
        lines = [line for _, line in new.values()]
        return answers, self._commit([accepted for accepted, _ in new.values()], lines), lines

    def forget_uncommitted(self, is_dirty: bool) -> None:
        """Back to what the log holds."""
        if is_dirty:
            self.ledger = Ledger(self._log)

    def bring_all_up_to_date(self) -> None:
        """Heal what a crash between an enrolment and its first delivery left undone."""
        for device in self.ledger.directory.devices.values():
            if device.is_active:
                self.bring_up_to_date(device.device, device.principal)

    def bring_up_to_date(self, device: str, principal: str) -> bool:
        """Tell a device all its principal may read now; whether there was anything."""
        steps = self._all_differences(device, principal)
        if steps:
            self._log.deliver(steps)
            self.ledger.note_delivered(steps)
        return bool(steps)

    def _all_differences(self, device: str, principal: str) -> list[Delivery]:
        return [
            step
            for stream in self.ledger.streams()
            for step in self.ledger.differences(device, principal, stream)
        ]

    def _commit(self, accepted: list[Accepted], lines: list[Line]) -> frozenset[str]:
        if not accepted:
            return frozenset()
        deliveries = self._deliveries(lines)
        try:
            self._log.append(accepted, deliveries)
        except BaseException:
            self.forget_uncommitted(True)
            raise
        self.ledger.note_delivered(deliveries)
        return frozenset(device for device, _, _, _ in deliveries)

    def _deliveries(self, lines: list[Line]) -> list[Delivery]:
        changed = [line for line in lines if line.entry.head.kind in PERMISSION_KINDS]
        streams = {line.entry.head.stream for line in changed}
        if any(line.entry.head.kind in ("person_removed", "room_set") for line in changed):
            streams = set(self.ledger.streams())
        rest = [line for line in lines if line.entry.head.stream not in streams]
        back = {getattr(line.entry.fact, "person", "") for line in changed}
        steps: list[Delivery] = []
        for device in self.ledger.directory.devices.values():
            if not device.is_active:
                continue
            if not self.ledger.held(device.device, OFFICE):
                # New: its enrolment brings it up to date in order. Or its person left, and is back.
                if device.principal in back:
                    steps += self._all_differences(device.device, device.principal)
                continue
            for stream in sorted(streams):
                steps += self.ledger.differences(device.device, device.principal, stream)
            steps += self.ledger.differences_for_new(device.device, device.principal, rest)
        return steps

    def _judge(
        self, session: Session, record: SignedRecord, new: dict[str, tuple[Accepted, Line]]
    ) -> tuple[Answer, tuple[Accepted, Line] | None]:
        try:
            head = read_head(record)
        except MeetingError:
            return Answer(record="", is_accepted=False, refusal="malformed"), None
        known = new[head.id][0] if head.id in new else self._log.find(head.id)
        if known is not None:
            is_same = known.record.head == record.head
            return _answer(head.id, None if is_same else "conflict"), None
        refusal = self._forged(session, record, head)
        if refusal is not None:
            return _answer(head.id, refusal), None
        entry = Entry(head=head, fact=facts.read_fact(head.kind, head.version, record.payload))
        meeting = self.ledger.meeting(head.stream)
        principal = Principal(id=session.principal, device=session.device)
        refusal = may_write(principal, entry, self.ledger.directory, meeting)
        if refusal is None and isinstance(entry.fact, REFERRING):
            refusal = None if self._may_refer(session, entry.fact.blob) else "blob_missing"
        if refusal is not None:
            return _answer(head.id, refusal), None
        return _answer(head.id, None), self._number(record, entry)

    def _forged(self, session: Session, record: SignedRecord, head: Head) -> str | None:
        if head.device != session.device or head.author != session.principal:
            return "not_you"
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

    def _number(self, record: SignedRecord, entry: Entry) -> tuple[Accepted, Line]:
        head = entry.head
        epoch, number, chain = self.ledger.head(head.stream, self._epoch)
        meeting = self.ledger.meeting(head.stream)
        envelope = Envelope(
            stream=head.stream,
            epoch=max(epoch, self._epoch),
            number=number + 1,
            record=head.id,
            head_hash=record.head_hash,
            chain=next_chain(chain, record.head_hash),
            received=utc_text(self._clock()),
            hub=self._hub,
            late=meeting is not None and meeting.state == "closed",
        )
        body = msgspec.json.encode(envelope).decode()
        signature = self._signer.sign(ENVELOPE_CONTEXT + body.encode())
        readers = frozen_readers(head, meeting)
        accepted = Accepted(
            record=record,
            envelope=SignedEnvelope(body=body, signature=signature),
            readers=readers,
        )
        numbered = msgspec.structs.replace(entry, envelope=envelope)
        return accepted, Line(entry=numbered, readers=readers)


def _answer(record: str, refusal: str | None) -> Answer:
    return Answer(record=record, is_accepted=refusal is None, refusal=refusal or "")


def _refused_with_batch(answer: Answer) -> Answer:
    return answer if not answer.is_accepted else _answer(answer.record, "batch")
