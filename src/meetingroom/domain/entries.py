"""Entries: records as the fold reads them, in the one order every computer agrees on."""

from collections.abc import Iterable

import msgspec

from meetingroom.domain.facts import Fact, read_fact
from meetingroom.domain.records import Envelope, Head, Kept, read_envelope, read_head


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One record, opened: head, payload, and the hub's envelope if it has one."""

    head: Head
    fact: Fact
    envelope: Envelope | None = None
    place: int = 0
    refused: str | None = None

    @property
    def at(self) -> str:
        """When it happened, for showing: by the hub's clock once numbered, else the author's."""
        if self.envelope is None:
            return self.head.at
        return self.envelope.written or self.envelope.received

    @property
    def was_offline(self) -> bool:
        """Whether it was written while the author's computer was away from the hub."""
        return self.envelope is not None and bool(self.envelope.written)

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Numbered by (epoch, number); own unnumbered ones after them in outbox order.

        Two hubs that opened the same epoch gave some numbers twice: then the id decides.
        """
        if self.envelope is None:
            return (1 << 62, 0, self.place, "")
        return (self.envelope.epoch, self.envelope.number, 0, self.head.id)


def entry_of(kept: Kept) -> Entry:
    """Open a kept record. Raises MeetingError("record.malformed")."""
    head = read_head(kept.record)
    return Entry(
        head=head,
        fact=read_fact(head.kind, head.version, kept.record.payload),
        envelope=read_envelope(kept.envelope) if kept.envelope else None,
        place=kept.place,
        refused=kept.refused,
    )


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Each record once, in fold order; a numbered copy wins over an unnumbered one."""
    unique: dict[str, Entry] = {}
    for entry in entries:
        other = unique.get(entry.head.id)
        if other is None or (other.envelope is None and entry.envelope is not None):
            unique[entry.head.id] = entry
    return sorted(unique.values(), key=lambda entry: entry.order)
