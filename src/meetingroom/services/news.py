"""News a desk tells its listeners: immutable values, told after the commit."""

from typing import Any

import msgspec

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.rehearsal import RehearsalCall
from meetingroom.domain.search import ReadSoFar
from meetingroom.domain.stage import Laser, Stage, Stroke
from meetingroom.services.doors import LinkChanged


class News(msgspec.Struct, frozen=True, kw_only=True):
    """Something changed. Told on a thread of the services, never on the interface's."""


class DirectoryChanged(News, frozen=True):
    directory: Directory


class MeetingChanged(News, frozen=True):
    """`meeting` is the whole meeting as folded now; `kinds` names what just came."""

    meeting: Meeting
    kinds: frozenset[str] = frozenset()


class MeetingGone(News, frozen=True):
    """The person may not read this meeting any more."""

    meeting: str


class StageHeard(News, frozen=True):
    stage: Stage


class LaserHeard(News, frozen=True):
    laser: Laser


class StrokeHeard(News, frozen=True):
    stroke: Stroke


class RehearsalAsked(News, frozen=True):
    """The hub asks how this computer is."""

    call: RehearsalCall


class LinkNews(News, frozen=True):
    change: LinkChanged


class HubNews(News, frozen=True):
    """How the hub is changed: the watch's condition says how."""


class TransferMoved(News, frozen=True):
    """Bytes of a blob on this computer so far, of `size`."""

    blob: str
    done: int
    size: int


class PaperArrived(News, frozen=True):
    """All bytes are here and verified."""

    blob: str


class PaperGone(News, frozen=True):
    """The person may not read this file any more: it was deleted from this computer."""

    blob: str


class PaperPurged(News, frozen=True):
    """A paper was purged: nothing of it may stay on this computer."""

    meeting: str
    paper: str
    files: tuple[str, ...] = ()
    """Files that may stand in no draft any more, for whatever meeting."""


class CopiesLeft(News, frozen=True):
    """Files with a purged paper that this program could not reach: changed, moved or sealed."""

    files: tuple[str, ...]


class PapersRead(News, frozen=True):
    """How far the papers on this computer are read for the search."""

    reading: ReadSoFar


class OutboxChanged(News, frozen=True):
    """How many own records wait for the hub."""

    waiting: int


class RecordsAccepted(News, frozen=True):
    """The hub said that it took these own records."""

    records: frozenset[str]


class RecordRefused(News, frozen=True):
    record: str
    kind: str
    reason: str


class Problem(News, frozen=True):
    """A known error that no caller waits for; `code` and `fields` make its sentence."""

    code: str
    fields: dict[str, Any] = {}
