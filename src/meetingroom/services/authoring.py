"""Writing records: salt, hash, head and signature, the same for a person and the hub."""

import secrets

import msgspec

from meetingroom.domain.clock import Clock, utc_now
from meetingroom.domain.errors import CallError
from meetingroom.domain.facts import Fact, kind_of, write_fact
from meetingroom.domain.ids import new_id
from meetingroom.domain.ports import Signer
from meetingroom.domain.records import (
    RECORD_CONTEXT,
    Head,
    SignedRecord,
    is_too_long,
    payload_hash,
    utc_text,
)


class Author:
    """Somebody who can sign records: a principal on a device."""

    def __init__(self, principal: str, device: str, signer: Signer, clock: Clock = utc_now) -> None:
        self.principal = principal
        self.device = device
        self._signer = signer
        self._clock = clock

    def write(
        self,
        stream: str,
        fact: Fact,
        *,
        audience: tuple[str, ...] = (),
        on_behalf_of: str | None = None,
    ) -> SignedRecord:
        """A signed record of this fact. Raises CallError("record.too_long"): nothing is kept."""
        kind = kind_of(fact)
        payload = write_fact(fact)
        salt = secrets.token_bytes(16)
        head = Head(
            id=new_id("record"),
            stream=stream,
            kind=kind.name,
            version=kind.version,
            author=self.principal,
            device=self.device,
            on_behalf_of=on_behalf_of,
            at=utc_text(self._clock()),
            audience=audience,
            critical=kind.critical,
            payload_hash=payload_hash(salt, payload),
        )
        text = msgspec.json.encode(head).decode()
        if is_too_long(text, payload):
            # Kept, it would be refused for ever, and unreadable at the next start.
            raise CallError("record.too_long")
        signature = self._signer.sign(RECORD_CONTEXT + text.encode())
        return SignedRecord(head=text, payload=payload, salt=salt, signature=signature)
