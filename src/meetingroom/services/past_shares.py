"""What this computer knows of a mark's past: whom it was shared with before.

Sharing writes a fresh mark without a history, so the log cannot tell; only the computer where
the audience was changed can. Words are not kept here, only who and when.
"""

from collections.abc import Mapping

import msgspec

from meetingroom.domain.ids import ME
from meetingroom.domain.marks import Mark
from meetingroom.domain.meeting import Meeting
from meetingroom.services.desk import Desk

NAME = "shared:"


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """What a mark was before: under which id, for whom, and when last (ISO 8601 UTC)."""

    mark: str
    audience: tuple[str, ...]
    at: str


class PastShares:
    """The earlier audiences of this person's marks. `after` is called on the desk's thread."""

    def __init__(self, desk: Desk) -> None:
        self._known: dict[tuple[str, str], tuple[Share, ...]] = {}
        self.take_up(desk.log.values(NAME))

    def take_up(self, values: Mapping[str, bytes]) -> None:
        """What is on the disk now, by its names there."""
        for name, raw in values.items():
            meeting, mark = name.removeprefix(NAME).split("/")
            self._known[meeting, mark] = msgspec.json.decode(raw, type=tuple[Share, ...])

    def of(self, meeting: str, mark: str) -> tuple[Share, ...]:
        """Whom a mark was shared with before, oldest first."""
        return tuple(one for one in self._before(meeting, mark) if one.audience != (ME,))

    def _before(self, meeting: str, mark: str) -> tuple[Share, ...]:
        return self._known.get((meeting, mark), ())

    def stands_for(self, meeting: Meeting) -> dict[str, str]:
        """A mark that went when its audience was changed → the one in its place now."""
        return {
            share.mark: mark
            for (place, mark), shares in list(self._known.items())
            if place == meeting.id and mark in meeting.marks
            for share in shares
            if share.mark not in meeting.marks
        }

    def after(self, meeting: str, rows: list[tuple[Mark, str]]) -> dict[str, bytes]:
        """What to keep when each of these marks goes and another (its id) takes its place.

        The caller keeps it in the same transaction as the marks, and then has it taken up.
        """
        values: dict[str, bytes] = {}
        for source, target in rows:
            was_shared = not source.is_private and not source.is_refused
            audience = source.audience if was_shared else (ME,)
            now = Share(mark=source.id, audience=audience, at=source.at)
            before = (*self._before(meeting, target), *self._before(meeting, source.id))
            latest = {(share.mark, share.audience): share for share in (*before, now)}
            kept = tuple(sorted(latest.values(), key=lambda share: share.at))
            values[f"{NAME}{meeting}/{target}"] = msgspec.json.encode(kept)
        return values
