"""What disappears with a paper, and which computers have said that it is gone."""

from collections.abc import Iterable, Mapping

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry

REASONS = ("secret", "recalled", "retention")
BACKUPS = "backups"  # what the hub's receipt is `pending` of when only fresh backups are due
POINTING = (
    facts.PaperPut
    | facts.PaperRemoved
    | facts.Receipt
    | facts.ReminderSent
    | facts.MarkPut
    | facts.MarkRemoved
    | facts.MarkCarried
    | facts.OpinionGiven
    | facts.OpinionShown
    | facts.OpinionAnswered
    | facts.ConsultationOpened
    | facts.ConsultationAnswered
    | facts.Unknown
)
"""Kinds whose content goes with the paper they name. A vote's outcome is no paper's content."""
ABOUT_AN_OPINION = facts.OpinionShown | facts.OpinionAnswered


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a device is on line at the hub, and when it was heard last ("" for never)."""

    is_online: bool = False
    last: str = ""


class Purge(msgspec.Struct, frozen=True, kw_only=True):
    """One paper that was purged: by which record, why, by whom, when, and each receipt.

    `paper` and `blobs` are kept so that nothing points to it again. Before it `is_at_hub`, only
    the computer it was written on knows of it.
    """

    record: str
    paper: str
    item: str
    reason: str
    blobs: tuple[str, ...]
    by: str
    at: str
    is_at_hub: bool = True
    receipts: dict[str, "PurgeReceipt"] = {}


class PurgeReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """What one computer said."""

    device: str
    principal: str
    at: str
    done: facts.PurgeDone


def with_purge(purges: Mapping[str, Purge], entry: Entry) -> dict[str, Purge]:
    """With one more purge; a paper is purged once."""
    fact = entry.fact
    assert isinstance(fact, facts.Purged)  # noqa: S101
    name = entry.head.id
    known = purges.get(name)
    purge = Purge(
        record=name,
        paper=fact.paper,
        item=fact.item,
        reason=fact.reason,
        blobs=fact.blobs,
        by=entry.head.author,
        at=entry.at,
        is_at_hub=entry.envelope is not None,
        receipts=known.receipts if known else {},
    )
    return {**purges, name: purge}


def with_receipt(purges: Mapping[str, Purge], entry: Entry) -> dict[str, Purge]:
    """With a computer's receipt; one for a purge that is not known here is nothing."""
    fact = entry.fact
    assert isinstance(fact, facts.PurgeDone)  # noqa: S101
    known = purges.get(fact.purge)
    if known is None:
        return dict(purges)
    head = entry.head
    receipt = PurgeReceipt(device=head.device, principal=head.author, at=entry.at, done=fact)
    receipts = {**known.receipts, head.device: receipt}
    return {**purges, fact.purge: msgspec.structs.replace(known, receipts=receipts)}


def names_purged(fact: facts.Fact, purges: Mapping[str, Purge]) -> bool:
    """Whether a fact points to a paper that was purged, or brings its file back."""
    if not purges or isinstance(fact, facts.Purged | facts.PurgeDone):
        return False
    paper, blob = getattr(fact, "paper", ""), getattr(fact, "blob", "")
    return any(
        (paper and paper == purge.paper)
        or (blob and blob in purge.blobs and purge.reason == "secret")
        for purge in purges.values()
    )


def pointing_to(entries: Iterable[Entry], paper: str) -> list[Entry]:
    """The records whose content goes with a paper, whoever wrote them, private ones too."""
    rows = list(entries)
    found = [row for row in rows if isinstance(row.fact, POINTING) and row.fact.paper == paper]
    opinions = {row.fact.opinion for row in found if isinstance(row.fact, facts.OpinionGiven)}
    found += [
        row
        for row in rows
        if isinstance(row.fact, ABOUT_AN_OPINION) and row.fact.opinion in opinions
    ]
    return list({row.head.id: row for row in found}.values())


def files_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The files that these records name: the versions of a paper."""
    named = (row.fact.blob for row in entries if isinstance(row.fact, facts.PaperPut))
    return tuple(dict.fromkeys(named))
