"""The receipt board of a purge: every computer that may hold the paper, and what it said."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from meetingroom.domain.directory import Device, Directory
from meetingroom.domain.ids import HUB, is_room
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.purging import BACKUPS, Purge, PurgeReceipt, Seen
from meetingroom.domain.rights import was_given

State = Literal["failed", "shut_out", "waiting", "working", "done"]
WORST_FIRST: tuple[State, ...] = ("failed", "shut_out", "waiting", "working", "done")


class BoardRow(msgspec.Struct, frozen=True, kw_only=True):
    """One computer. `since` is when it was heard last, for one that is away.

    failed: it says what stands in the way and tries again. shut_out: it was revoked, or its
    person left the office, so that no purge reaches it any more. waiting: away. working: on
    line, not done yet.
    """

    device: str
    principal: str
    name: str
    state: State
    since: str = ""
    receipt: PurgeReceipt | None = None

    @property
    def is_done(self) -> bool:
        return self.state == "done"


def holders(meeting: Meeting, directory: Directory) -> list[Device]:
    """The devices that may hold something of a meeting, of whatever time, revoked ones too."""
    return [
        device
        for device in directory.devices.values()
        if was_given(device.principal, meeting)
        and (device.is_active or device.revoked_at >= meeting.first_issued_at)
    ]


def board_of(
    meeting: Meeting, purge: Purge, directory: Directory, seen: Mapping[str, Seen]
) -> list[BoardRow]:
    """The hub and every computer, the worst first; `seen` may lack some (the hub is away)."""
    rows = [
        _row(
            device,
            purge,
            seen.get(device.device),
            is_in=device.is_active and directory.has(device.principal),
        )
        for device in holders(meeting, directory)
    ]
    said = [one for one in purge.receipts.values() if one.principal == HUB]
    newest = max(said, key=lambda one: one.at, default=None)
    state = _told(newest) if newest is not None else "working"
    rows.append(BoardRow(device=HUB, principal=HUB, name="", state=state, receipt=newest))
    places = {p.person: place for place, p in enumerate(directory.in_protocol_order())}
    return sorted(
        rows,
        key=lambda row: (
            WORST_FIRST.index(row.state),
            row.principal != HUB,
            not is_room(row.principal),
            places.get(row.principal, len(places)),
            row.name,
        ),
    )


def _row(device: Device, purge: Purge, seen: Seen | None, *, is_in: bool) -> BoardRow:
    receipt = purge.receipts.get(device.device)
    state: State = "working"
    if receipt is not None:
        state = _told(receipt)
    elif not is_in:
        state = "shut_out"
    elif seen is None or not seen.is_online:
        state = "waiting"
    return BoardRow(
        device=device.device,
        principal=device.principal,
        name=device.name,
        state=state,
        since=seen.last if seen is not None and state == "waiting" else "",
        receipt=receipt,
    )


def _told(receipt: PurgeReceipt) -> State:
    """A hub that only makes its fresh backup has nothing of the paper where it is used."""
    pending = receipt.done.pending
    if not pending:
        return "done"
    return "working" if pending == BACKUPS else "failed"
