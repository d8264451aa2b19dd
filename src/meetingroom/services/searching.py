"""Searching as one types: all that this person may read now, the nearest and best first.

The folded meetings decide what may be shown, not the index: a paper that may not be read
any more is never asked for, even while its words are still being deleted.
"""

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from typing import Any

import msgspec

from meetingroom.domain.errors import StoreError
from meetingroom.domain.folding import composed, folded
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.paper import Word
from meetingroom.domain.search import Answer, Hit, HitKind, Query, ReadSoFar, Scope, snippet_of
from meetingroom.domain.search_places import HitPlace, hit_places
from meetingroom.domain.search_ports import PaperTexts, Place, SearchIndex
from meetingroom.services.desk import Desk
from meetingroom.services.errands import Errands
from meetingroom.services.indexing import Indexer, by_nearness
from meetingroom.services.news import PapersRead

LABELS = 12  # titles, items and marks in one answer


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """Words that are not on a page: a paper's title, an item, what a mark says."""

    kind: HitKind
    paper: str
    blob: str
    page: int
    text: str
    flat: str


class Searching:
    """Everything public may be called from any thread."""

    def __init__(
        self, desk: Desk, open_index: Callable[[], SearchIndex], texts: PaperTexts
    ) -> None:
        self._desk = desk
        self._indexer = Indexer(desk, open_index, texts, self._tell)
        self._asker, self._placer = Errands("search"), Errands("search-places")
        self._tickets = itertools.count(1)
        self._newest = 0
        self._labels: dict[str, tuple[Meeting, tuple[Label, ...]]] = {}
        desk.before_closing(self.close)

    def start(self, after: float = 0.0) -> None:
        """Begin to read what is on this computer, in so many seconds."""
        self._indexer.start(after)

    def close(self) -> None:
        self._interrupt()
        self._indexer.close()
        self._asker.close()
        self._placer.close()

    @property
    def reading(self) -> ReadSoFar:
        """How far the papers are read."""
        return self._indexer.reading

    def wait(self, seconds: float) -> bool:
        """Whether all papers were read within so many seconds."""
        return self._indexer.wait(seconds)

    def find(self, text: str, scope: Scope, limit: int = 12) -> "Future[Answer]":
        """Where the words stand. An older question that is not answered yet is cancelled.

        Fails with StoreError where the index cannot be opened.
        """
        self._newest = ticket = next(self._tickets)
        self._interrupt()
        return self._asker.run(lambda: self._answer(ticket, text, scope, limit))

    def hits_on(
        self, text: str, blob: str, page: int, words: Callable[[], "Future[tuple[Word, ...]]"]
    ) -> "Future[tuple[HitPlace, ...]]":
        """Where the hits of a page stand; `words` asks for the words it has of its own."""
        return self._placer.run(lambda: self._places(text, Place(blob, page), words))

    def scanned_words(self, blob: str, page: int) -> "Future[tuple[Word, ...]]":
        """The words read off a page's picture, so far; none for any other page."""
        return self._placer.run(lambda: self._read_off(Place(blob, page)) or ())

    def _read_off(self, place: Place) -> tuple[Word, ...] | None:
        opened = self._indexer.opened
        try:
            return opened.result().scan_words(place) if opened.done() else None
        except StoreError:
            return None

    def _places(
        self, text: str, place: Place, words: Callable[[], "Future[tuple[Word, ...]]"]
    ) -> tuple[HitPlace, ...]:
        read = self._read_off(place)
        return hit_places(words().result() if read is None else read, Query.of(text))

    # --- asking -----------------------------------------------------------------------------

    def _tell(self, reading: ReadSoFar) -> None:
        self._desk.announce(PapersRead(reading=reading))

    def _index(self) -> SearchIndex:
        return self._indexer.opened.result()

    def _interrupt(self) -> None:
        opened = self._indexer.opened
        if opened.done() and not opened.cancelled() and opened.exception() is None:
            opened.result().interrupt()

    def _answer(self, ticket: int, text: str, scope: Scope, limit: int) -> Answer:
        query = Query.of(text)
        if query.is_empty:
            return Answer(text=text)
        while ticket == self._newest:
            try:
                return self._found(query, text, scope, limit)
            except StoreError as error:
                if error.code != "search.given_up":
                    raise
        raise CancelledError

    def _found(self, query: Query, text: str, scope: Scope, limit: int) -> Answer:
        meetings = self._meetings(scope)
        papers = _papers(meetings, scope)
        page = scope.page if scope.reach == "page" else None
        index = self._index()
        found = index.find(query, tuple(papers), page, limit)
        labels = tuple(itertools.islice(self._named(query, meetings, scope), LABELS))
        hits = []
        for place, words in zip(found.places, index.texts(found.places), strict=True):
            meeting, paper = papers[place.blob]
            snippet = snippet_of(words, query.spans(words))
            hits.append(
                Hit(
                    kind="page", meeting=meeting, paper=paper, blob=place.blob, page=place.page,
                    snippet=snippet,
                )
            )  # fmt: skip
        return Answer(text=text, hits=(*labels, *hits), pages=found.pages)

    def _meetings(self, scope: Scope) -> list[Meeting]:
        meetings = dict(self._desk.meetings)
        if scope.reach != "all":
            meetings = {key: row for key, row in meetings.items() if key == scope.meeting}
        return by_nearness(meetings.values(), scope.meeting)

    # --- what is not on a page ----------------------------------------------------------------

    def _named(self, query: Query, meetings: list[Meeting], scope: Scope) -> Iterator[Hit]:
        for meeting in meetings:
            for label in self._labels_of(meeting):
                if not _is_within(label, scope) or not all(
                    word in label.flat for word in query.bare
                ):
                    continue
                spans = query.spans(label.text)
                if spans:
                    yield Hit(
                        kind=label.kind, meeting=meeting.id, paper=label.paper, blob=label.blob,
                        page=label.page, snippet=snippet_of(label.text, spans),
                    )  # fmt: skip

    def _labels_of(self, meeting: Meeting) -> tuple[Label, ...]:
        """A meeting's words, folded once for as long as it does not change."""
        kept = self._labels.get(meeting.id)
        if kept is None or kept[0] is not meeting:
            known = {one.text: one.flat for one in kept[1]} if kept else {}
            kept = self._labels[meeting.id] = meeting, tuple(_labels(meeting, known))
        return kept[1]


def hit_facts(desk: Desk, hit: Hit) -> dict[str, Any]:
    """A hit as a script reads it; pages count from 1."""
    row = desk.meetings[hit.meeting]
    paper = row.papers.get(hit.paper)
    return {
        "kind": hit.kind,
        "meeting": hit.meeting,
        "meeting_title": row.issued.title if row.issued else "",
        "paper": hit.paper,
        "paper_title": f"{row.number_of(hit.paper)} {paper.title}" if paper else "",
        "sha256": hit.blob,
        "page": hit.page + 1,
        "text": hit.snippet.text,
        "hits": [[span.start, span.end] for span in hit.snippet.hits],
        "exact": hit.snippet.is_exact,
    }


def _is_within(label: Label, scope: Scope) -> bool:
    if scope.reach in ("all", "meeting"):
        return True
    is_there = label.kind == "mark" and label.paper == scope.paper
    return is_there and (scope.reach == "paper" or label.page == scope.page)


def _papers(meetings: list[Meeting], scope: Scope) -> dict[str, tuple[str, str]]:
    """Blob → (meeting, paper), the open paper first; a file of two meetings is the nearer's."""
    papers: dict[str, tuple[str, str]] = {}
    for meeting in meetings:
        rows = meeting.in_reading_order()
        if meeting.id == scope.meeting:
            rows.sort(key=lambda row: row.paper != scope.paper)
        for row in rows:
            is_asked = scope.reach in ("all", "meeting") or row.paper == scope.paper
            if is_asked:
                papers.setdefault(row.current.blob, (meeting.id, row.paper))
    return papers


def _labels(meeting: Meeting, known: dict[str, str]) -> Iterator[Label]:
    def label(kind: HitKind, text: str, paper: str = "", blob: str = "", page: int = 0) -> Label:
        text = composed(text)
        flat = known.get(text) or folded(text)
        return Label(kind=kind, paper=paper, blob=blob, page=page, text=text, flat=flat)

    papers = meeting.in_reading_order()
    for paper in papers:
        yield label("title", paper.title, paper.paper, paper.current.blob)
    for item in meeting.issued.agenda if meeting.issued else ():
        first = next((row for row in papers if row.item == item.item), None)
        if first is None:
            yield label("item", item.title)
        else:
            yield label("item", item.title, first.paper, first.current.blob)
    for paper in papers:
        for mark in meeting.marks_of(paper):
            if mark.text:
                yield label("mark", mark.text, paper.paper, mark.blob, mark.page)
