"""What the program knows of a paper's file: pages, words, outline, pixels asked for."""

from typing import Literal

import msgspec

from meetingroom.domain.geometry import Quad, Rect, Size

STEPS_PER_POINT = 64  # a scale step is 1/64 device pixel per point: integers make sound keys


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


DrawingOutcome = Literal["drawn", "dropped", "failed"]
