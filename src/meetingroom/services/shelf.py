"""The files of papers on this computer: which to fetch, and which must go."""

import contextlib
import logging
from collections.abc import Iterable

from meetingroom.domain.ids import is_person
from meetingroom.domain.meeting import Meeting, Version
from meetingroom.domain.ports import Blobs, DeviceLog
from meetingroom.services.copybook import Copybook
from meetingroom.services.doors import Wanted

log = logging.getLogger(__name__)
URGENCIES = {"open": 0, "issued": 1}
LAST = 3  # older versions come after everything current
GONE = "gone:"


class Shelf:
    """Knows blobs by the records that open them; its owner holds a lock around changes."""

    def __init__(self, device_log: DeviceLog, blobs: Blobs, copybook: Copybook) -> None:
        self._log = device_log
        self._blobs = blobs
        self._copybook = copybook
        self._gone = {name.removeprefix(GONE) for name in device_log.values(GONE)}

    # --- what to fetch ------------------------------------------------------------------

    def wanted(self, meetings: Iterable[Meeting], principal: str) -> list[Wanted]:
        """What is not here yet, the most urgent first.

        Every current version, and on people's computers older versions (and papers taken
        out) that carry marks: who reads a mark must be able to see what it stands on.
        """
        wanted: dict[str, Wanted] = {}
        for meeting in meetings:
            urgency = URGENCIES.get(meeting.state, 2)
            for paper in meeting.papers.values():
                self._want(wanted, meeting.id, paper.current, urgency)
            if is_person(principal):
                for version in _marked_versions(meeting):
                    self._want(wanted, meeting.id, version, LAST)
        return sorted(wanted.values(), key=lambda row: (row.urgency, row.size))

    def _want(self, wanted: dict[str, Wanted], stream: str, version: Version, urgency: int) -> None:
        known = wanted.get(version.blob)
        if known is not None and known.urgency <= urgency:
            return
        if self._blobs.path(version.blob) is None:
            wanted[version.blob] = Wanted(
                blob=version.blob,
                size=version.size,
                record=version.record,
                stream=stream,
                urgency=urgency,
            )

    # --- what must go -------------------------------------------------------------------

    def before_forgetting(self, blobs: Iterable[str]) -> None:
        """Write down what may have to go, so that a crash in between leaves nothing behind."""
        for blob in blobs:
            if blob not in self._gone:
                self._log.set_value(GONE + blob, b"1")
                self._gone.add(blob)

    def tidy(self) -> list[str]:
        """Delete the files that nothing here opens any more; the blobs that went.

        What cannot go now (Windows, while a page of it is being drawn) goes at the next
        opportunity, at the latest when the program starts again.
        """
        went = []
        for blob in list(self._gone):
            is_needed = self._copybook.opens(blob) or self._is_in_a_draft(blob)
            if not is_needed and not self._remove(blob):
                continue
            self._gone.discard(blob)
            self._log.set_value(GONE + blob, None)
            if not is_needed:
                went.append(blob)
        return went

    def put_away(self, blob: str) -> list[str]:
        """Delete one file that must not stay."""
        self.before_forgetting([blob])
        return self.tidy()

    def put_away_all(self, blobs: Iterable[str]) -> list[str]:
        """Delete files that must not stay, and whatever of them was fetched."""
        rows = list(blobs)
        for blob in rows:
            self._blobs.remove_parts(blob)
        self.before_forgetting(rows)
        went = self.tidy()
        return [blob for blob in went if blob in rows]

    def may_keep(self, blob: str) -> bool:
        """Whether a paper that just arrived may stay: its records may have gone meanwhile."""
        return self._copybook.opens(blob) or self._is_in_a_draft(blob)

    def discard_part(self, blob: str) -> None:
        """Delete what was fetched of a paper so far."""
        with contextlib.suppress(OSError):
            self._blobs.part(blob).unlink(missing_ok=True)

    def _is_in_a_draft(self, blob: str) -> bool:
        name = blob.encode()
        return any(name in draft for draft in self._log.values("draft:").values())

    def _remove(self, blob: str) -> bool:
        try:
            self._blobs.remove(blob)
            self._blobs.part(blob).unlink(missing_ok=True)
        except OSError as error:
            log.info("a paper cannot be deleted yet: %s", error.strerror)
            return False
        for name in self._log.values("progress:"):
            if name.endswith(f"/{blob}"):
                self._log.set_value(name, None)
        return True


def _marked_versions(meeting: Meeting) -> list[Version]:
    marked = {mark.blob for mark in meeting.marks.values()}
    older = [version for paper in meeting.papers.values() for version in paper.versions[:-1]]
    removed = [row for paper in meeting.removed_papers.values() for row in paper.versions]
    return [version for version in (*older, *removed) if version.blob in marked]
