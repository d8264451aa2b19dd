"""Rows to records and back, the same at the hub and on a device."""

from typing import Any

from meetingroom.domain.records import Kept, SignedEnvelope, SignedRecord

RECORD_COLUMNS = "head, payload, salt, signature, envelope, envelope_signature"


def record_of(row: tuple[Any, ...]) -> SignedRecord:
    """The record of a row that starts with head, payload, salt, signature."""
    return SignedRecord(head=row[0], payload=row[1], salt=row[2], signature=row[3])


def envelope_of(row: tuple[Any, ...]) -> SignedEnvelope | None:
    """The envelope of a row of RECORD_COLUMNS."""
    return None if row[4] is None else SignedEnvelope(body=row[4], signature=row[5])


def kept_of(row: tuple[Any, ...], place: int = 0, refused: str | None = None) -> Kept:
    """A row of RECORD_COLUMNS as kept."""
    return Kept(record=record_of(row), envelope=envelope_of(row), place=place, refused=refused)
