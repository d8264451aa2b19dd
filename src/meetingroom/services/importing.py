"""Importing: what a person marked in another program becomes marks of that person.

A record's author is who signs it, so another author's name goes before the words. Imported
marks are private until they are shared. Marks that are here already stay as they are.
"""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from meetingroom.domain.errors import CallError, PaperError
from meetingroom.domain.foreign_marks import FoundMark, FoundMarks, LeftOut, PaperFile
from meetingroom.domain.marks import Mark, bounds, mark_kind
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.services.collecting import collected_papers
from meetingroom.services.desk import Desk
from meetingroom.services.marking import Content, Marking, Spot

STEP = 250  # marks kept together, and undone together
MOVED = 1.0  # points
LONGEST = 900_000  # bytes of a mark; a record takes a little more
PREFIX = "mark-"


class FindMarks(Protocol):
    """Reads a file for the paper it is about: a worker's job, see `documents.importing`."""

    def __call__(
        self, file: Path, papers: Sequence[PaperFile], *, is_chosen: bool
    ) -> FoundMarks: ...


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an import.

    `kinds` counts what was taken by our kinds, `became` by the kind it had in the file where
    we have none such. `already` were here before; `differing` of those are not as in the file.
    """

    paper: str
    blob: str
    marks: tuple[str, ...] = ()
    kinds: dict[str, int] = {}
    became: dict[str, int] = {}
    already: int = 0
    differing: int = 0
    left_out: tuple[LeftOut, ...] = ()


class Importing:
    """Imports for this person. Blocks: never on the interface's thread, nor on the desk's."""

    def __init__(self, desk: Desk, marking: Marking, find: FindMarks) -> None:
        self._desk, self._marking, self._find = desk, marking, find

    def take(self, meeting: str, file: Path, paper: str = "", likely: str = "") -> Taken:
        """Take in the marks of a file.

        `paper` is the only paper they may be for, `likely` the one to try first. Raises
        PaperError about the file, CallError("meeting.unknown" | "paper.unknown").
        """
        folded = self._folded(meeting)
        papers = self._papers(folded, paper, likely)
        found = self._find(file, papers, is_chosen=bool(paper or likely))
        known = folded.paper_with(found.blob)
        if known is None:
            raise CallError("paper.unknown")
        name = self._desk.directory.name_of(self._desk.person)
        sorting = Sorting(self._folded(meeting), self._desk.person, name, found)
        rows, taken = sorting.sorted_for(known)
        for start in range(0, len(rows), STEP):
            self._marking.take_in(meeting, rows[start : start + STEP]).result()
        return taken

    def _folded(self, meeting: str) -> Meeting:
        folded = self._desk.meeting(meeting)
        if folded is None:
            raise CallError("meeting.unknown")
        return folded

    def _papers(self, meeting: Meeting, paper: str, likely: str) -> list[PaperFile]:
        """The files here that a file may be a copy of, the likeliest first."""
        rows = [row for row in collected_papers(meeting) if paper in ("", row.paper)]
        if not rows:
            raise CallError("paper.unknown")
        rows.sort(key=lambda row: row.paper != likely)
        found = [
            PaperFile(blob=version.blob, path=str(path), names=names_of_paper(meeting, row))
            for row in rows
            for version in reversed(row.versions)
            if (path := self._desk.paper_path(version.blob)) is not None
        ]
        if not found:
            raise PaperError("marks.no_paper")
        return found


def names_of_paper(meeting: Meeting, paper: Paper) -> tuple[str, ...]:
    """What a file about this paper may be called, without ending."""
    titles = (paper.title, f"{meeting.number_of(paper.paper)} {paper.title}")
    files = tuple(Path(version.file_name).stem for version in paper.versions)
    return tuple(dict.fromkeys(name.strip() for name in (*titles, *files)))


class Sorting:
    """Sorts what was found in a file: what is new, what is here, what cannot be kept."""

    def __init__(self, meeting: Meeting, person: str, name: str, found: FoundMarks) -> None:
        self._meeting, self._person, self._found = meeting, person, found
        self._name = _plain(name)
        self._ids = self._given_ids()
        self._named = dict(zip((one.name for one in found.marks), self._ids, strict=True))

    def sorted_for(self, paper: Paper) -> tuple[list[tuple[str, Spot, Content]], Taken]:
        """The new marks, and the report."""
        rows: list[tuple[str, Spot, Content]] = []
        taken: list[FoundMark] = []
        left_out = list(self._found.left_out)
        already = differing = 0
        for one, mark in zip(self._found.marks, self._ids, strict=True):
            here = self._meeting.marks.get(mark)
            if here is not None:
                already += 1
                differing += not self._is_same(one, here)
                continue
            content = self._content(one)
            if len(msgspec.json.encode(content)) > LONGEST:
                left_out.append(LeftOut(kind=one.was, page=one.page, reason="too_long"))
                continue
            rows.append((mark, Spot(paper.paper, self._found.blob, one.page), content))
            taken.append(one)
        return rows, Taken(
            paper=paper.paper,
            blob=self._found.blob,
            marks=tuple(mark for mark, _, _ in rows),
            kinds=dict(Counter(mark_kind(one.shape) for one in taken)),
            became=dict(Counter(one.was for one in taken if one.was)),
            already=already,
            differing=differing,
            left_out=tuple(left_out),
        )

    def _given_ids(self) -> list[str]:
        """Each mark's id here: its own, or one that is the same each time the file is read."""
        times: Counter[bytes] = Counter()
        ids: list[str] = []
        for one in self._found.marks:
            is_ours = bool(one.blob) and one.name.startswith(PREFIX)
            if is_ours and (one.name in self._meeting.marks or self._was_mine(one)):
                ids.append(one.name)
                continue
            same = msgspec.json.encode(one)
            times[same] += 1
            parts = (self._meeting.id, self._person, one.name or f"{times[same]}")
            what = "\0".join(parts).encode() + (b"" if one.name else same)
            ids.append(PREFIX + hashlib.sha256(what).hexdigest()[:32])
        return ids

    def _was_mine(self, one: FoundMark) -> bool:
        """Whether a mark that is not here may have its id: two people may have one name."""
        gone = self._meeting.taken_back.get(one.name)
        return self._is_me(one) and (gone is None or gone.author == self._person)

    def _is_me(self, one: FoundMark) -> bool:
        return bool(one.author) and _plain(one.author) == self._name

    def _text(self, one: FoundMark) -> str:
        """The words, after their author's name where that is not the person who imports."""
        if not one.author or self._is_me(one):
            return one.text
        return f"{one.author}: {one.text}" if one.text else one.author

    def _content(self, one: FoundMark) -> Content:
        return Content(
            shape=one.shape, text=self._text(one), colour=one.colour, reply_to=self._answered(one)
        )

    def _answered(self, one: FoundMark) -> str:
        """The mark here that a found one answers; none where nothing here is it."""
        if not one.reply_to:
            return ""
        here = one.reply_to if one.reply_to in self._meeting.marks else ""
        return self._named.get(one.reply_to, here)

    def _is_same(self, one: FoundMark, here: Mark) -> bool:
        now, then = bounds(one.shape), bounds(here.shape)
        edges = zip((now.x0, now.y0, now.x1, now.y1), (then.x0, then.y0, then.x1, then.y1),
                    strict=True)  # fmt: skip
        is_there = all(abs(edge - other) <= MOVED for edge, other in edges)
        words = (_plain(one.text), _plain(self._text(one)))
        return (
            is_there
            and _plain(here.text) in words
            and mark_kind(one.shape) == mark_kind(here.shape)
        )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split())).casefold()
