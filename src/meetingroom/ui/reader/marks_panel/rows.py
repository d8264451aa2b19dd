"""The rows of the list of marks: found, grouped, in order, replies under their marks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from meetingroom.domain.marks import Mark, bounds, mark_kind
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.domain.replies import replies_by_root
from meetingroom.services.collecting import collected_papers, kind_words, version_words
from meetingroom.services.hidden_people import is_hidden
from meetingroom.services.room_ink import is_of_the_screen
from meetingroom.ui.controls.finding import is_found
from meetingroom.ui.reader.marks_panel.wish import Here, Sieve, Wish
from meetingroom.wording import tr

KINDS = (
    "highlight", "underline", "strikeout", "ink", "note", "text", "box", "arrow", "line", "stamp",
)  # fmt: skip


class InFile(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wrote in the paper's own file with another program; `at` may be ""."""

    kind: str
    page: int
    author: str
    text: str
    at: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row: a mark, a reply, the head of a group, a mark that is gone, a note in the file.

    `key` tells rows apart; `title` is what a head says; `place` says where a mark stands.
    """

    key: str
    kind: Literal["group", "gone", "mark", "reply", "file"]
    title: str = ""
    count: int = 0
    mark: Mark | None = None
    place: str = ""
    version: str = ""
    replies: int = 0
    paper: str = ""
    page: int = 0
    note: InFile | None = None


AT_ONCE = 100  # marks whose words are folded without a pause


@dataclass(frozen=True)
class Marks:
    """All there is to list, for whom.

    `names` are people's names by id, one's own as "Me"; `hidden` are people whose marks are
    not wanted now ("everyone": all others); `stands_for` tells which own mark took the place of
    one that is gone; `in_files` has the notes in a paper's own file by blob.
    """

    meeting: Meeting
    me: str
    names: Mapping[str, str]
    hidden: frozenset[str] = frozenset()
    stands_for: Mapping[str, str] = field(default_factory=dict)
    in_files: Mapping[str, tuple[InFile, ...]] = field(default_factory=dict)

    def name_of(self, person: str) -> str:
        """A person's name."""
        return self.names.get(person, person)

    def answered_by(self, reply: Mark) -> Mark | None:
        """What a reply answers, or what took the place of that."""
        name = reply.reply_to
        known = self.meeting.marks
        return known.get(name) or known.get(self.stands_for.get(name, ""))

    def is_hidden(self, person: str) -> bool:
        """Whether somebody's marks are not wanted now."""
        return is_hidden(person, self.me, self.hidden)


class Thread(msgspec.Struct, frozen=True, kw_only=True):
    """A mark with its replies; without the mark where it is gone."""

    root: Mark | None
    replies: tuple[Mark, ...]

    @property
    def first(self) -> Mark:
        """The mark that says where the thread stands."""
        return self.root or self.replies[0]


class RowMaker:
    """Makes rows of marks; remembers what is costly for thousands of them."""

    def __init__(self) -> None:
        self._sieve = Sieve()
        self._tops: dict[tuple[str, int, str, int], tuple[float, float]] = {}

    def rows(self, marks: Marks, here: Here, wish: Wish) -> list[Row]:
        """What to list, in order."""
        papers = {paper.paper: paper for paper in collected_papers(marks.meeting)}
        order = {paper: place for place, paper in enumerate(papers)}
        threads = [
            found
            for thread in self._threads(marks, here, wish)
            if thread.first.paper in papers
            and (found := self._asked_for(thread, marks, wish)) is not None
        ]
        threads.sort(key=lambda thread: self._place(thread.first, papers, order))
        rows = self._grouped(threads, papers, marks, wish)
        return rows + _rows_in_files(marks, papers, here, wish)

    def get_ready(self, marks: Marks) -> Iterator[None]:
        """Fold the words of all marks, some between two yields, before somebody looks for them."""
        for number, mark in enumerate(list(marks.meeting.marks.values()), 1):
            self._sieve.words_of(mark, marks.name_of(mark.author))
            if number % AT_ONCE == 0:
                yield

    # --- finding --------------------------------------------------------------------------

    def _threads(self, marks: Marks, here: Here, wish: Wish) -> Iterable[Thread]:
        everything = marks.meeting.marks_at_newest()
        replies = replies_by_root(everything.values(), marks.stands_for)
        for mark in everything.values():
            below = tuple(replies.get(mark.id, ()))
            is_note = bool(below) or not is_of_the_screen(mark)
            if not mark.reply_to and is_note and _is_in_scope(mark, here, wish):
                yield Thread(root=mark, replies=below)
        for name, answers in replies.items():
            root = everything.get(name)
            is_gone = root is None or root.reply_to
            if is_gone and _is_in_scope(answers[0], here, wish):
                yield Thread(root=None, replies=tuple(answers))

    def _asked_for(self, thread: Thread, marks: Marks, wish: Wish) -> Thread | None:
        """The part of a thread that is wanted: all under a wanted mark, else what is found."""
        if not marks.hidden and not wish.is_filtered:
            return thread
        is_mine_too = any(reply.author == marks.me for reply in thread.replies)
        if thread.root and marks.is_hidden(thread.root.author) and not is_mine_too:
            return None
        shown = tuple(reply for reply in thread.replies if not marks.is_hidden(reply.author))
        is_wanted = thread.root is not None and self._is_wanted(thread.root, marks, wish)
        if not is_wanted:
            shown = tuple(reply for reply in shown if self._is_wanted(reply, marks, wish))
        if not is_wanted and not shown:
            return None
        is_whole = len(shown) == len(thread.replies)
        return thread if is_whole else Thread(root=thread.root, replies=shown)

    def _is_wanted(self, mark: Mark, marks: Marks, wish: Wish) -> bool:
        return self._sieve.lets_through(mark, wish, marks.name_of(mark.author))

    # --- order ----------------------------------------------------------------------------

    def _place(
        self, mark: Mark, papers: Mapping[str, Paper], order: Mapping[str, int]
    ) -> tuple[object, ...]:
        is_old = mark.blob != papers[mark.paper].current.blob
        return (order[mark.paper], mark.page, is_old, *self._top(mark), mark.id)

    def _top(self, mark: Mark) -> tuple[float, float]:
        standing = mark.stands.get(mark.blob)
        key = (mark.id, mark.revision, mark.blob, standing.revision if standing else 0)
        top = self._tops.get(key)
        if top is None:
            box = bounds(mark.shape)
            top = self._tops[key] = (box.y0, box.x0)
        return top

    def _grouped(
        self, threads: list[Thread], papers: Mapping[str, Paper], marks: Marks, wish: Wish
    ) -> list[Row]:
        group_of = _grouping(wish, marks, papers)
        groups: dict[tuple[object, str], list[Thread]] = {}
        for thread in threads:
            groups.setdefault(group_of(thread.first), []).append(thread)
        rows: list[Row] = []
        places: dict[tuple[str, int], tuple[str, str, str, int]] = {}
        by_place = wish.grouping == "page"
        for key in list(groups) if by_place else sorted(groups, key=lambda key: (key[0], key[1])):
            found = groups[key]
            if key[1]:
                count = sum((thread.root is not None) + len(thread.replies) for thread in found)
                rows.append(Row(key=f"group:{key[1]}", kind="group", title=key[1], count=count))
            for thread in found:
                spot = (thread.first.blob, thread.first.page)
                if spot not in places:
                    places[spot] = _where(thread.first, papers, marks, wish)
                rows += _rows_of(thread, places[spot])
        return rows


def _is_in_scope(mark: Mark, here: Here, wish: Wish) -> bool:
    if wish.scope == "meeting":
        return True
    if wish.scope == "paper":
        return mark.paper == here.paper
    return mark.blob == here.blob and mark.page == here.page


def _grouping(
    wish: Wish, marks: Marks, papers: Mapping[str, Paper]
) -> Callable[[Mark], tuple[object, str]]:
    """What gives a mark's group: its place among groups, and its title ("" for no head)."""
    if wish.grouping == "person":
        people = {person: place for place, person in enumerate(marks.meeting.people, 1)}
        last = len(people) + 1

        def by_person(mark: Mark) -> tuple[object, str]:
            place = 0 if mark.author == marks.me else people.get(mark.author, last)
            return place, marks.name_of(mark.author)

        return by_person
    if wish.grouping == "kind":
        kinds = {kind: (place, kind_words(kind)) for place, kind in enumerate(KINDS)}
        replies = (len(KINDS), kind_words("reply"))
        return lambda mark: replies if mark.reply_to else kinds[mark_kind(mark.shape)]
    if wish.scope == "meeting":
        titles = {name: paper_words(marks.meeting, paper) for name, paper in papers.items()}
        return lambda mark: (0, titles[mark.paper])
    return lambda _mark: (0, "")


def paper_words(meeting: Meeting, paper: Paper) -> str:
    """A paper's number and title."""
    return f"{meeting.number_of(paper.paper)} {paper.title}".strip()


def _where(
    mark: Mark, papers: Mapping[str, Paper], marks: Marks, wish: Wish
) -> tuple[str, str, str, int]:
    """What says where a thread stands: in words, its version, its paper, its page."""
    paper = papers[mark.paper]
    place = tr("p. {0}").format(mark.page + 1)
    if wish.scope == "meeting" and wish.grouping != "page":
        place = f"{marks.meeting.number_of(paper.paper)} · {place}".removeprefix(" · ")
    return place, version_words(paper, mark.blob), paper.paper, mark.page


def _rows_of(thread: Thread, where: tuple[str, str, str, int]) -> Iterable[Row]:
    if thread.root is None:
        first, title = thread.first, tr("The original note was removed")
        yield _row(f"gone:{first.reply_to}:{first.id}", "gone", None, where, title=title)
    else:
        yield _row(thread.root.id, "mark", thread.root, where, replies=len(thread.replies))
    for reply in thread.replies:
        yield _row(reply.id, "reply", reply, where)


def _row(
    key: str,
    kind: Literal["gone", "mark", "reply"],
    mark: Mark | None,
    where: tuple[str, str, str, int],
    *,
    title: str = "",
    replies: int = 0,
) -> Row:
    place, version, paper, page = where
    return Row(
        key=key,
        kind=kind,
        title=title,
        mark=mark,
        place=place,
        version=version,
        replies=replies,
        paper=paper,
        page=page,
    )


def _rows_in_files(marks: Marks, papers: Mapping[str, Paper], here: Here, wish: Wish) -> list[Row]:
    """What is in the papers' own files; a wish for a person, a kind or an audience is for marks."""
    if wish.person or wish.kind or wish.audience:
        return []
    rows: list[Row] = []
    for paper in papers.values():
        blob = paper.current.blob
        if wish.scope != "meeting" and paper.paper != here.paper:
            continue
        for number, note in enumerate(marks.in_files.get(blob, ())):
            if wish.scope == "page" and (blob, note.page) != (here.blob, here.page):
                continue
            if not _is_said(note, wish.words):
                continue
            rows.append(_row_in_file(marks, paper, number, note, wish))
    if not rows:
        return []
    title = tr("Already in the file")
    return [Row(key="group:file", kind="group", title=title, count=len(rows)), *rows]


def _row_in_file(marks: Marks, paper: Paper, number: int, note: InFile, wish: Wish) -> Row:
    place = tr("p. {0}").format(note.page + 1)
    if wish.scope == "meeting":
        place = f"{marks.meeting.number_of(paper.paper)} · {place}"
    key = f"file:{paper.paper}:{number}"
    return Row(key=key, kind="file", place=place, paper=paper.paper, page=note.page, note=note)


def _is_said(note: InFile, words: str) -> bool:
    return not words or is_found(words, note.text, note.author)
