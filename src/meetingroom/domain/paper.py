"""What the program knows of a paper's file: pages, words, outline, pixels asked for."""

from typing import Literal

import msgspec

from meetingroom.domain.geometry import Point, Quad, Rect, Size

STEPS_PER_POINT = 64  # a scale step is 1/64 device pixel per point: integers make sound keys

ALONE = "file"  # the blob of a file that is read without an office
OUTSIDE = ("http://", "https://", "mailto:", "tel:")
LONGEST_URI = 2000


class OutlineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a paper's outline; `page` counts from 0."""

    level: int
    title: str
    page: int


class PaperShape(msgspec.Struct, frozen=True, kw_only=True):
    """What is known once a paper is open: page sizes in points as seen, labels, outline."""

    pages: tuple[Size, ...]
    labels: tuple[str, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()


class Word(msgspec.Struct, frozen=True, array_like=True):
    """One word of a page (NFC) with its box in points and its line's number."""

    text: str
    quad: Quad
    line: int


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A box on a page (in points) that leads to a page of the same paper, or outside.

    `page` counts from 0 and is None where `uri` leads outside; `at` is the place on that
    page, None where the link names none.
    """

    box: Rect
    page: int | None = None
    at: Point | None = None
    uri: str = ""


def leads_outside(uri: str) -> bool:
    """Whether an address is one a person may be asked to follow: no paper starts a program."""
    return uri.lower().startswith(OUTSIDE) and len(uri) <= LONGEST_URI


class FileAnnotation(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wrote on a paper in another program, kept in the paper's own file.

    `kind` is a mark's kind where there is such a mark ("highlight", "underline", "strikeout",
    "ink", "note", "text", "box", "line", "stamp"), else "squiggly", "circle", "polygon",
    "polyline", "caret", "file", "redact" or "other". `box` is in points. `at` is when, in
    ISO 8601, or "" where the file does not say.
    """

    kind: str
    page: int
    box: Rect
    author: str = ""
    text: str = ""
    at: str = ""


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """A wish for pixels: one page (or a clip of it) of one file at one scale step.

    `step` is device pixels per point times STEPS_PER_POINT. `clip` is in points; None
    is the whole page. `urgency` orders the queue: 0 is on screen now, 1 next to it,
    2 thumbnails. Two drawings with the same `key` are the same.
    """

    blob: str
    page: int
    step: int
    clip: Rect | None = None
    urgency: int = 0

    @property
    def key(self) -> tuple[str, int, int, Rect | None]:
        """What makes two wishes the same pixels."""
        return (self.blob, self.page, self.step, self.clip)


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """What `meetingroom paper` prints of one file; None where not known or not read.

    `problem` is a known error's code ("paper.damaged"), never prose. On a secrecy hit
    `sha256` is None and nothing of the file is kept.
    """

    file: str
    sha256: str | None = None
    size: int | None = None
    pages: int | None = None
    words: int | None = None
    annotations: int | None = None
    signatures: int | None = None
    secrecy: str | None = None
    handling: str | None = None
    problem: str | None = None
    seconds: float = 0.0


class ExportedMark(msgspec.Struct, frozen=True, kw_only=True):
    """A mark with the words an export prints: who, where, when (ISO 8601).

    `answers` is whose mark a reply answers, and its first words; "" for no reply.
    """

    id: str
    author: str
    paper: str
    page: int
    kind: str
    text: str
    quote: str
    audience: str
    at: str
    was_offline: bool = False
    answers: str = ""


class PagePair(msgspec.Struct, frozen=True, kw_only=True):
    """A page of an older version and the page that stands for it in a newer one.

    `old_page` is None for a page that was added, `new_page` for one that was taken out.
    `removed` are words (or, where a page has none, parts of its picture) that only the old
    page has, `added` those that only the new one has, in points of their pages.
    """

    old_page: int | None
    new_page: int | None
    removed: tuple[Quad, ...] = ()
    added: tuple[Quad, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether a reader would see a difference."""
        is_both = self.old_page is not None and self.new_page is not None
        return not is_both or bool(self.removed or self.added)


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two versions of a paper side by side, in the new one's order."""

    pairs: tuple[PagePair, ...]

    @property
    def changed(self) -> tuple[PagePair, ...]:
        """The pairs that differ."""
        return tuple(pair for pair in self.pairs if pair.is_changed)


DrawingOutcome = Literal["drawn", "dropped", "failed"]
