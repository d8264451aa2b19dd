"""What is looked for, where, and what was found: values of the search."""

import re
from typing import Literal

import msgspec

from meetingroom.domain.folding import WORD, composed, fold, folded, marked

MAX_WORDS = 24
BEFORE, LENGTH = 48, 150  # characters of a snippet before its first hit, and in all
_GAP = r"[\W_]+"
_LEADER = re.compile(r"\s*([^\w\s]|_)(?:\s?\1){3,}\s*|\s{2,}|[^\S ]")


class Span(msgspec.Struct, frozen=True, array_like=True):
    """A hit in a text: from `start` up to `end`; exact where marks are as typed."""

    start: int
    end: int
    is_exact: bool = False


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """Words as typed, lower case, with their marks and without.

    `is_open`: the last word is still being typed, so words that begin with it are meant.
    """

    words: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    is_open: bool = False

    @classmethod
    def of(cls, text: str) -> "Query":
        """The query somebody typed so far."""
        whole = marked(composed(text))
        words = tuple(WORD.findall(whole))[:MAX_WORDS]
        # A word that is nothing but marks folds to nothing.
        bare = tuple(WORD.findall(folded(" ".join(words))))
        is_open = bool(words) and bool(WORD.fullmatch(whole[-1]))
        return cls(words=words, bare=bare, is_open=is_open)

    @property
    def is_empty(self) -> bool:
        return not self.bare

    @property
    def is_hardly_begun(self) -> bool:
        """One or two letters without marks: nothing is meant by their having none."""
        return self.is_open and self.words == self.bare and len("".join(self.bare)) <= 2

    def spans(self, text: str) -> list[Span]:
        """All hits in an NFC text, of the best kind it has.

        Phrases with the marks as typed, else phrases without regard to marks, else each
        of the words where all are there.
        """
        if self.is_empty:
            return []
        flat = fold(text)
        found = [
            flat.span(*one.span()) for one in _phrase(self.bare, self.is_open).finditer(flat.text)
        ]
        if found:
            exact = self._exact(text)
            spans = [Span(start, end, (start, end) in exact) for start, end in found]
            return [one for one in spans if one.is_exact] or spans
        singles: set[tuple[int, int]] = set()
        for number, word in enumerate(self.bare):
            is_open = self.is_open and number == len(self.bare) - 1
            runs = {flat.span(*one.span()) for one in _phrase((word,), is_open).finditer(flat.text)}
            if not runs:
                return []
            singles |= runs
        return [Span(start, end) for start, end in sorted(singles)]

    def _exact(self, text: str) -> set[tuple[int, int]]:
        lower = marked(text)
        return {one.span() for one in _phrase(self.words, self.is_open).finditer(lower)}


def _phrase(words: tuple[str, ...], is_open: bool) -> re.Pattern[str]:
    rest = r"[^\W_]*" if is_open else r"(?![^\W_])"
    return re.compile(r"(?<![^\W_])" + _GAP.join(map(re.escape, words)) + rest)


class Snippet(msgspec.Struct, frozen=True, kw_only=True):
    """Some words around a hit, on one line; `hits` are runs of `text` to show in bold."""

    text: str
    hits: tuple[Span, ...] = ()

    @property
    def is_exact(self) -> bool:
        return any(hit.is_exact for hit in self.hits)


def snippet_of(text: str, spans: list[Span]) -> Snippet:
    """The words around the first hit; the beginning where there is none."""
    first = spans[0].start if spans else 0
    start = 0 if first <= BEFORE else _next_word(text, first - BEFORE, first)
    end = len(text) if start + LENGTH >= len(text) else _last_word(text, start + LENGTH, first)
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    inside = [one for one in spans if start <= one.start and one.end <= end]
    edges = [place - start for one in inside for place in (one.start, one.end)]
    shown, edges = _without_leaders(text[start:end], edges)
    places = [len(head) + edge for edge in edges]
    hits = (
        Span(first, last, one.is_exact)
        for one, first, last in zip(inside, places[::2], places[1::2], strict=True)
    )
    return Snippet(text=head + shown + tail, hits=tuple(hits))


def _without_leaders(text: str, places: list[int]) -> tuple[str, list[int]]:
    """Text on one line, rows of dots and lines drawn with signs left out; places moved along."""
    moved, pieces, last = list(places), [], 0
    for run in _LEADER.finditer(text):
        pieces += [text[last : run.start()], " "]
        moved = [
            now - (len(run[0]) - 1) if place >= run.end() else now
            for now, place in zip(moved, places, strict=True)
        ]
        last = run.end()
    pieces.append(text[last:])
    return "".join(pieces), moved


def _next_word(text: str, place: int, latest: int) -> int:
    while place < latest and not text[place - 1].isspace():
        place += 1
    return place


def _last_word(text: str, place: int, earliest: int) -> int:
    end = place
    while end > earliest and not text[end].isspace():
        end -= 1
    return end if end > earliest else place


# --- where ---------------------------------------------------------------------------------

Reach = Literal["page", "paper", "meeting", "all"]


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Where to look: all this person may read, or a meeting, a paper or a page of it.

    What lies at hand (the open meeting and paper) comes first in wider scopes, too.
    """

    reach: Reach = "all"
    meeting: str = ""
    paper: str = ""
    page: int = 0


# --- what was found -------------------------------------------------------------------------

HitKind = Literal["page", "title", "item", "mark"]


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One place where the words stand: a page, a paper's title, an item, a mark's words.

    `page` counts from 0; `blob` is the file it was found in; an item has no paper.
    """

    kind: HitKind
    meeting: str
    paper: str = ""
    blob: str = ""
    page: int = 0
    snippet: Snippet


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What was found, best first; `pages` is on how many pages, `hits` at most `limit`."""

    text: str
    hits: tuple[Hit, ...] = ()
    pages: int = 0

    @property
    def is_cut(self) -> bool:
        """Whether there is more than what is listed."""
        return sum(hit.kind == "page" for hit in self.hits) < self.pages


class ReadSoFar(msgspec.Struct, frozen=True, kw_only=True):
    """How far the papers on this computer are read: pages in all, read, and scans.

    `scans` are pages without text, `scans_left` those still to be read; `can_scan` is
    False where nothing on this computer reads pictures.
    """

    pages: int = 0
    read: int = 0
    scans: int = 0
    scans_left: int = 0
    can_scan: bool = True

    @property
    def is_done(self) -> bool:
        return self.read >= self.pages
