"""What a new version of a paper does, told to the secretary before it goes out.

Only counts of shared marks, never what they say; nobody can count private ones. The hub
counts what this computer may not read; without the hub what is here is counted, and said so.
"""

from concurrent.futures import CancelledError, Future
from typing import Protocol

import msgspec

from meetingroom.domain.errors import MeetingError, PaperError
from meetingroom.domain.marks import Mark
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.paper import Comparison, PagePair
from meetingroom.domain.ports import Carrier, Pages
from meetingroom.services.desk import Desk
from meetingroom.services.drafting import Draft, DraftPaper
from meetingroom.services.errands import Errands

HUB_SECONDS, WORK_SECONDS = 5.0, 240.0


class Work(Pages, Carrier, Protocol):
    """Workers that compare two versions and find the places of marks."""


class ChangedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A pair of pages that differ; `marks` are the shared ones here on the old page."""

    pair: PagePair
    marks: int = 0

    @property
    def places(self) -> int:
        """How many places differ."""
        return max(len(self.pair.removed), len(self.pair.added))


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What replacing a paper's current version does.

    `people` and `marks` count shared marks on pages that change or go; `is_counted_by_hub`
    is false where only marks that this computer may read are counted. Of the readable ones
    on all pages, `kept` go with their words or stay, `look` need their author's eye.
    """

    paper: str
    title: str
    version: int
    pages: int
    people: int = 0
    marks: int = 0
    is_counted_by_hub: bool = False
    kept: int = 0
    look: int = 0
    changed: tuple[ChangedPage, ...] = ()
    problem: str = ""


def replaced_papers(draft: Draft, meeting: Meeting | None) -> list[tuple[DraftPaper, str]]:
    """The papers of a draft with another file than is issued, each with the old one's blob."""
    papers = meeting.papers if meeting is not None else {}
    return [
        (row, papers[row.paper].current.blob)
        for row in draft.papers
        if row.paper in papers and papers[row.paper].current.blob != row.blob
    ]


class Replacing:
    """Looks at replacements on a thread of its own; the same question is answered once."""

    def __init__(self, desk: Desk, work: Work) -> None:
        self._desk, self._work = desk, work
        self._errands = Errands("replacing")
        self._known: dict[tuple[str, str], Comparison] = {}
        desk.before_closing(self._errands.close)

    def effect(self, meeting: str, paper: DraftPaper) -> "Future[Effect]":
        """What this draft paper does to the version that is issued."""
        return self._errands.run(lambda: self._effect(meeting, paper))

    def _effect(self, name: str, paper: DraftPaper) -> Effect:
        meeting = self._desk.meeting(name)
        known = meeting.papers.get(paper.paper) if meeting else None
        effect = Effect(
            paper=paper.paper, title=paper.title, version=paper.version, pages=paper.pages
        )
        if meeting is None or known is None or known.current.blob == paper.blob:
            return effect
        old = known.current.blob
        try:
            comparison = self._compared(old, paper.blob)
        except MeetingError as error:
            return msgspec.structs.replace(effect, problem=error.code)
        changed = [row for row in comparison.changed if row.old_page is not None]
        pages = {row.old_page for row in changed if row.old_page is not None}
        here = [mark for mark in meeting.marks_on(old) if _is_shared(mark)]
        touched = [mark for mark in here if mark.page in pages]
        people, marks, is_by_hub = self._counted(name, old, pages, touched)
        look = self._needing_eyes(old, paper.blob, here)
        return msgspec.structs.replace(
            effect,
            people=people,
            marks=marks,
            is_counted_by_hub=is_by_hub,
            kept=len(here) - look,
            look=look,
            changed=tuple(
                ChangedPage(pair=row, marks=sum(mark.page == row.old_page for mark in here))
                for row in comparison.changed
            ),
        )

    def _compared(self, old: str, new: str) -> Comparison:
        if (old, new) not in self._known:
            first, second = self._desk.paper_path(old), self._desk.paper_path(new)
            if first is None or second is None:
                raise PaperError("blob.not_here")
            comparison = self._work.compare(first, second).result(WORK_SECONDS)
            self._known[old, new] = comparison
        return self._known[old, new]

    def _counted(
        self, meeting: str, blob: str, pages: set[int], here: list[Mark]
    ) -> tuple[int, int, bool]:
        """People and marks on these pages, by the hub if it is there, else of what is here."""
        body = {"meeting": meeting, "blob": blob, "pages": sorted(pages)}
        try:
            told = self._desk.ask("marks.count", body, HUB_SECONDS).result(HUB_SECONDS + 1)
            return int(told["people"]), int(told["marks"]), True
        except (MeetingError, TimeoutError):
            return len({mark.author for mark in here}), len(here), False

    def _needing_eyes(self, old: str, new: str, marks: list[Mark]) -> int:
        """How many of the marks that may be read here would find no certain place."""
        first, second = self._desk.paper_path(old), self._desk.paper_path(new)
        if not marks or second is None:
            return 0
        try:
            found = self._work.carry(first, second, marks).result(WORK_SECONDS)
        except (PaperError, CancelledError):
            return len(marks)
        return sum(one.certainty in ("look", "unplaced") for one in found)


def _is_shared(mark: Mark) -> bool:
    return not mark.is_private and not mark.is_refused
