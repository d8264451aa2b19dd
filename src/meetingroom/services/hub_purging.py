"""What the hub does to make a paper disappear, beside the log: files, uploads, backups.

A purge that is not finished stands among the hub's small values, kept in one transaction with
the record: after a crash the hub finishes it when it starts.
"""

import logging
from collections.abc import Callable, Iterable

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry
from meetingroom.domain.errors import StoreError
from meetingroom.domain.ports import Blobs, HubLog
from meetingroom.domain.purging import files_of
from meetingroom.services.ledger import Ledger

log = logging.getLogger(__name__)
DUE = "purge_due:"
UPLOADS = "upload:"
Renew = Callable[[], int]
"""Remove every backup on this computer and make a fresh one; how many were removed."""


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A purge whose files are not yet gone."""

    stream: str
    paper: str
    blobs: tuple[str, ...]


def due_of(purge: Entry, gone: Iterable[Entry]) -> tuple[str, bytes | None]:
    """The small value to keep with a purge: what is still to be done for it."""
    fact = purge.fact
    assert isinstance(fact, facts.Purged)  # noqa: S101
    blobs = tuple(dict.fromkeys((*fact.blobs, *files_of(gone))))
    due = Due(stream=purge.head.stream, paper=fact.paper, blobs=blobs)
    return DUE + purge.head.id, msgspec.json.encode(due)


class HubPurging:
    """Finishes purges; blocks, so not under the hub's lock."""

    def __init__(self, hub_log: HubLog, blobs: Blobs, renew_backups: Renew | None) -> None:
        self._log, self._blobs, self._renew = hub_log, blobs, renew_backups

    def due(self) -> dict[str, Due]:
        """What is to be done: the purge's record → what goes."""
        rows = self._log.values(DUE)
        return {
            name.removeprefix(DUE): msgspec.json.decode(raw, type=Due) for name, raw in rows.items()
        }

    def finish(self, name: str, due: Due, ledger: Ledger) -> facts.PurgeDone | None:
        """Everything but the log's rows goes; the receipt, or None where it must be tried again."""
        try:
            files = sum(self._remove(blob, ledger) for blob in due.blobs)
            self._log.scrub()
            backups = self._renew() if self._renew is not None else 0
        except (OSError, StoreError) as error:
            log.warning("a purge is not finished and is tried again: %s", error)
            return None
        self._log.set_value(DUE + name, None)
        return facts.PurgeDone(purge=name, files=files, backups=backups)

    def _remove(self, blob: str, ledger: Ledger) -> bool:
        """Whether the file went: one that another paper opens stays for that one."""
        if ledger.lines_opening(blob):
            return False
        was_here = self._blobs.path(blob) is not None
        self._blobs.remove(blob)
        self._blobs.remove_parts(blob)
        for upload in self._log.values(UPLOADS):
            if upload.endswith(f":{blob}"):
                self._log.set_value(upload, None)
        return was_here
