"""Carrying: this person's marks go to the new version of a paper, in the background and once.

What was found is a record a mark, so it is kept like the mark, and a crash in between leaves
only the rest to do. Where a mark stands already, nothing is done again: not on this computer,
and not by another of the person's whose places came here first.
"""

import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import CancelledError, Future
from functools import partial

import msgspec

from meetingroom.domain.errors import PaperError
from meetingroom.domain.facts import Fact, MarkCarried
from meetingroom.domain.ids import is_person
from meetingroom.domain.marks import Mark, Placement
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.domain.ports import Carrier
from meetingroom.services.desk import Desk
from meetingroom.services.marking import Marking, Put
from meetingroom.services.news import MeetingChanged, News, PaperArrived

log = logging.getLogger(__name__)
TOGETHER = 200  # records kept in one transaction
WHEN = frozenset({"paper_put", "meeting_issued", "mark_put", "mark_removed", "mark_carried"})
CERTAIN = ("exact", "words", "placed")
Errand = tuple[str, str, str, str]  # meeting, paper, from blob, to blob


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a person's marks of older versions on the current one of a paper.

    Marks that stand on it are as they are there; `unplaced` and `waiting` ones (nobody looked
    for their place yet) as they are on the version they were made on. `was_pages` has the page
    (from 0) each came from.
    """

    paper: str = ""
    version: int = 0
    exact: tuple[Mark, ...] = ()
    words: tuple[Mark, ...] = ()
    look: tuple[Mark, ...] = ()
    unplaced: tuple[Mark, ...] = ()
    placed: tuple[Mark, ...] = ()
    waiting: tuple[Mark, ...] = ()
    was_pages: dict[str, int] = {}

    @property
    def all(self) -> tuple[Mark, ...]:
        """Every mark the report speaks of."""
        return (*self.exact, *self.words, *self.placed, *self.look, *self.unplaced, *self.waiting)

    @property
    def needs_eye(self) -> tuple[Mark, ...]:
        """What its author should look at."""
        return (*self.look, *self.unplaced)


class Carrying:
    """The places of this person's marks on new versions of all papers."""

    def __init__(self, desk: Desk, marking: Marking, carrier: Carrier) -> None:
        self._desk, self._marking, self._carrier = desk, marking, carrier
        self._under_way: set[Errand] = set()
        self._failed: set[Errand] = set()
        desk.listen(self._on_news)
        desk.run(self._look_everywhere)

    # --- what a reader sees and does ----------------------------------------------------

    def report(self, meeting: Meeting, paper: Paper) -> Carried:
        """What became of this person's marks; empty where there is only one version."""
        return carried(meeting, paper, self._desk.person)

    def came_from(self, meeting: Meeting, mark: Mark, paper: Paper) -> Mark:
        """A mark on the older version its place on the current one was looked for from."""
        return _came_from(meeting, mark, paper.current.blob)

    def is_under_way(self, meeting: str, paper: str) -> bool:
        """Whether places are being looked for now."""
        return any(errand[:2] == (meeting, paper) for errand in list(self._under_way))

    def place(self, meeting: str, put: Put) -> "Future[None]":
        """Put an own mark by hand; can be undone."""
        return self._marking.place(meeting, [put])

    def confirm(self, meeting: str, marks: Sequence[Mark]) -> "Future[None]":
        """These marks, as they stand on a later version, are well placed; can be undone."""
        rows = [Put(mark=m.id, blob=m.blob, page=m.page, shape=m.shape) for m in marks]
        return self._marking.place(meeting, rows)

    def seen(self, meeting: str, paper: Paper) -> bool:
        """Whether the person closed the report on this version; not on the interface's thread."""
        return self._desk.log.value(_seen_name(meeting, paper)) is not None

    def keep_seen(self, meeting: str, paper: Paper) -> "Future[None]":
        name = _seen_name(meeting, paper)
        return self._desk.run(lambda: self._desk.log.set_value(name, b"1"))

    # --- in the background --------------------------------------------------------------

    def _on_news(self, what: News) -> None:
        if isinstance(what, PaperArrived):
            self._desk.run(self._look_everywhere)
        elif isinstance(what, MeetingChanged) and what.kinds & WHEN:
            self._desk.run(lambda: self._look(what.meeting.id))

    def _look_everywhere(self) -> None:
        for meeting in self._desk.meetings:
            self._look(meeting)

    def _look(self, name: str) -> None:
        meeting = self._desk.meeting(name)
        if meeting is None or not is_person(self._desk.person):
            return
        for paper in meeting.papers.values():
            if len(paper.versions) > 1:
                self._look_at(meeting, paper)

    def _look_at(self, meeting: Meeting, paper: Paper) -> None:
        new = self._desk.paper_path(paper.current.blob)
        if new is None:
            return
        for blob, marks in _by_source(meeting, paper, self._desk.person).items():
            errand = (meeting.id, paper.paper, blob, paper.current.blob)
            old = self._desk.paper_path(blob)
            if old is None or errand in self._under_way or errand in self._failed:
                continue  # an old version with marks comes, too, and is looked at then
            self._under_way.add(errand)
            future = self._carrier.carry(old, new, marks)
            future.add_done_callback(partial(self._found, errand))

    def _found(self, errand: Errand, done: "Future[tuple[Placement, ...]]") -> None:
        self._desk.run(lambda: self._keep(errand, done))

    def _keep(self, errand: Errand, done: "Future[tuple[Placement, ...]]") -> None:
        try:
            placements = done.result()
            for start in range(0, len(placements), TOGETHER):
                self._write(errand, placements[start : start + TOGETHER])
        except CancelledError:
            return
        except PaperError as error:
            log.info("marks could not be carried: %s", error.code)
            self._failed.add(errand)
        except Exception:
            log.exception("marks could not be carried")
            self._failed.add(errand)
        finally:
            self._under_way.discard(errand)
        self._look(errand[0])  # what was marked meanwhile
        self._tell_failure(errand)

    def _tell_failure(self, errand: Errand) -> None:
        """Nothing was written that would tell whoever waits."""
        meeting = self._desk.meeting(errand[0])
        if errand in self._failed and meeting is not None:
            self._desk.announce(MeetingChanged(meeting=meeting, kinds=frozenset({"mark_carried"})))

    def _write(self, errand: Errand, placements: Iterable[Placement]) -> None:
        meeting = self._desk.meeting(errand[0])
        if meeting is None:
            return
        rows = [
            _record(meeting.marks[found.mark], found, errand)
            for found in placements
            if found.mark in meeting.marks and errand[3] not in meeting.marks[found.mark].stands
        ]
        if rows:
            self._desk.write_step(errand[0], rows, {})


def _record(mark: Mark, found: Placement, errand: Errand) -> tuple[Fact, tuple[str, ...]]:
    fact = MarkCarried(
        mark=mark.id,
        revision=1,
        paper=mark.paper,
        from_blob=errand[2],
        to_blob=errand[3],
        page=found.page,
        shape=found.shape,
        certainty=found.certainty,
        content=mark.revision,
    )
    return fact, mark.audience


def _by_source(meeting: Meeting, paper: Paper, person: str) -> dict[str, list[Mark]]:
    """The marks that have no place on the current version yet, by the newest version on
    which each stands for certain, as they stand there."""
    older = [version.blob for version in reversed(paper.versions[:-1])]
    sources: dict[str, list[Mark]] = {}
    for mark in meeting.marks.values():
        if _waits(meeting, mark, paper, person):
            shown = (mark.on_version(blob) for blob in older)
            certain = (one for one in shown if one and one.certainty in ("", *CERTAIN))
            source = next(certain, None)
            if source is not None:
                sources.setdefault(source.blob, []).append(source)
    return sources


def _waits(meeting: Meeting, mark: Mark, paper: Paper, person: str) -> bool:
    """Whether a mark is the person's, of an older version, and its place not yet looked for.

    A reply stands where what it answers does, and waits for nothing.
    """
    blob = paper.current.blob
    is_own = mark.author == person and mark.paper == paper.paper
    is_there = mark.blob == blob or blob in mark.stands
    return is_own and not is_there and mark.reply_to not in meeting.marks


def carried(meeting: Meeting, paper: Paper, person: str) -> Carried:
    """What became of a person's marks of older versions on the current one."""
    groups: dict[str, list[Mark]] = {}
    if len(paper.versions) > 1:
        for mark in meeting.marks.values():
            name = _group(meeting, mark, paper, person)
            if name:
                shown = mark.on_version(paper.current.blob)
                groups.setdefault(name, []).append(shown or mark)
    return Carried(
        paper=paper.paper,
        version=paper.current.version,
        was_pages={
            mark.id: _came_from(meeting, mark, paper.current.blob).page
            for marks in groups.values()
            for mark in marks
        },
        **{name: tuple(sorted(marks, key=_place)) for name, marks in groups.items()},
    )


def _came_from(meeting: Meeting, mark: Mark, blob: str) -> Mark:
    """A mark as it stood on the version its place on this one was found from."""
    made = meeting.marks[mark.id]
    standing = made.stands.get(blob)
    return (made.on_version(standing.from_blob) if standing else None) or made


def _group(meeting: Meeting, mark: Mark, paper: Paper, person: str) -> str:
    if _waits(meeting, mark, paper, person):
        return "waiting"
    if mark.author != person or mark.paper != paper.paper:
        return ""
    standing = mark.stands.get(paper.current.blob)
    return standing.certainty if standing is not None else ""


def _place(mark: Mark) -> tuple[int, str]:
    return mark.page, mark.id


def _seen_name(meeting: str, paper: Paper) -> str:
    return f"carried-seen:{meeting}/{paper.current.blob}"
