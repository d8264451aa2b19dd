"""The letter itself beside the form: its pages, with the words marked that something was read
from. Links in it are only looked at."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.ids import new_id
from meetingroom.domain.invitation import Spot
from meetingroom.domain.paper import Word
from meetingroom.domain.ports import Pages
from meetingroom.services.proposals import ReadLetter
from meetingroom.services.spot_places import words_of_spot
from meetingroom.ui.bridge import Bridge
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, ElidedLabel, IconButton, Label, Panel
from meetingroom.ui.page.lens import Fit
from meetingroom.ui.page.page_view import PageView
from meetingroom.ui.page.roll import Roll
from meetingroom.ui.page.selection import PageWords
from meetingroom.ui.page.sheet import Leaf
from meetingroom.wording import tr

ZOOM = 1.25


class _Letters:
    """What a page view asks of a desk: where a letter's pages lie."""

    person = ""

    def __init__(self, desk: Any) -> None:
        self._desk = desk
        self.paths: dict[str, Path] = {}

    def run(self, task: Any) -> "Future[Any]":
        return cast("Future[Any]", self._desk.run(task))

    def paper_path(self, blob: str) -> Path | None:
        return self.paths.get(blob)

    def transfer(self, _blob: str) -> tuple[int, int]:
        return 0, 0


@dataclass(frozen=True)
class _LettersContext:
    """As much of a `DeskContext` as a page view needs."""

    desk: _Letters
    pages: Pages
    bridge: Bridge
    me: str = ""


class LetterView(Panel):
    """One letter at a time; `look_at` turns to a page and marks the words there."""

    back_requested = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__("right_panel", parent)
        self._context = context
        self._letters = _Letters(context.desk)
        inner = _LettersContext(self._letters, context.pages, context.bridge)
        self.view = PageView(cast(DeskContext, inner), lambda _person: 0)
        self.view.actions_bar.offer_marks(are_offered=False)
        self.view.setAccessibleName(tr("The letter"))
        self._blobs: list[str] = []
        self._names: list[str] = []
        self._words: dict[Leaf, tuple[Word, ...]] = {}
        self._wanted: tuple[Leaf, str] | None = None
        self._seeks = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.view, 1)
        self.view.set_fit(Fit.WIDTH)
        self._wire()

    def _head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(4)
        self.back = Button(tr("Back to the fields"), "outlined", "arrow-left", extent="small")
        self.back.hide()
        self.name = ElidedLabel("", "strong")
        self.place = Label("", "caption", "ink_soft", tabular=True)
        self.before = IconButton("chevron-left", tr("Page before"), extent="small", size=18)
        self.after = IconButton("chevron-right", tr("Next page"), extent="small", size=18)
        self.smaller = IconButton("zoom-out", tr("Smaller"), extent="small", size=18)
        self.larger = IconButton("zoom-in", tr("Larger"), extent="small", size=18)
        row.addWidget(self.back)
        row.addWidget(self.name, 1)
        row.addWidget(self.place)
        for button in (self.before, self.after, self.smaller, self.larger):
            row.addWidget(button)
        return head

    def _wire(self) -> None:
        self.view.pages.shape_known.connect(self._on_shape)
        self.view.page_requested.connect(self.turn)
        self.view.page_reached.connect(lambda *_where: self._show_place())
        self.back.clicked.connect(self.back_requested)
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        self.smaller.clicked.connect(lambda: self.view.zoom_by(1 / ZOOM))
        self.larger.clicked.connect(lambda: self.view.zoom_by(ZOOM))

    # --- what is shown ------------------------------------------------------------------

    def show_letters(self, letters: Sequence[ReadLetter]) -> None:
        """The letters whose pages can be looked at; the first such is shown."""
        self._letters.paths.clear()
        self._words.clear()
        self._wanted = None
        self._blobs, self._names = [], [letter.name for letter in letters]
        for letter in letters:
            blob = new_id("letter") if letter.pages is not None else ""
            self._blobs.append(blob)
            if letter.pages is not None:
                self._letters.paths[blob] = letter.pages
        first = next((blob for blob in self._blobs if blob), "")
        self.view.show_hits({})
        if first:
            self._go(first, 0)

    @property
    def has_pages(self) -> bool:
        return any(self._blobs)

    def can_look(self, letter: int) -> bool:
        """Whether there are pages of this letter."""
        return 0 <= letter < len(self._blobs) and bool(self._blobs[letter])

    def look_at(self, letter: int, spot: Spot | None) -> None:
        """Turn to a place and mark its words."""
        if not self.can_look(letter):
            return
        page = max(0, (spot.page or 1) - 1) if spot is not None else 0
        leaf = Leaf(self._blobs[letter], page)
        self._wanted = (leaf, spot.text if spot is not None else "")
        self._seeks = spot is not None and spot.page is None
        if Leaf(self.view.blob, self.view.page) != leaf:
            self._go(*leaf)
        self._mark()

    def _go(self, blob: str, page: int) -> None:
        self.view.show_page(blob, page)
        self._on_shape()
        self._show_place()

    def _on_shape(self, *_blob: str) -> None:
        blob, page = self.view.blob, self.view.page
        shape = self.view.pages.shape(blob) if blob else None
        if shape is not None and len(self.view.lens.roll) != len(shape.pages):
            self.view.show_roll(Roll([(blob, len(shape.pages))]))
            self.view.show_page(blob, min(page, len(shape.pages) - 1))
        self._show_place()
        self._mark()

    def _mark(self) -> None:
        """The wanted words, as soon as the page's words are known."""
        if self._wanted is None:
            return
        leaf, text = self._wanted
        shape = self.view.pages.shape(leaf.blob)
        if shape is None or leaf.page >= len(shape.pages):
            return  # it is told when the letter is open
        words = self._words.get(leaf)
        if words is None:
            self._context.bridge.when_done(
                self._context.pages.words(*leaf),
                lambda found: self._know(leaf, found),
                lambda _error: self._know(leaf, ()),
            )
            return
        place = words_of_spot(words, text)
        if place is None:
            self.view.show_hits({})
            self._look_on(leaf, text, len(shape.pages))
            return
        self._seeks = False
        if Leaf(self.view.blob, self.view.page) != leaf:
            self._go(*leaf)
        quads = PageWords(words).quads(*place)
        self.view.show_hits({leaf: quads}, (leaf, quads))
        self.view.reveal(quads[0].bounds())

    def _look_on(self, leaf: Leaf, text: str, pages: int) -> None:
        """What came without pages may stand on any."""
        if self._seeks and leaf.page + 1 < pages:
            self._wanted = (Leaf(leaf.blob, leaf.page + 1), text)
            self._mark()
        else:
            self._seeks = False

    def _know(self, leaf: Leaf, words: tuple[Word, ...]) -> None:
        self._words[leaf] = words
        if not isValid(self):  # the window went while the words were looked up
            return
        if self._wanted is not None and self._wanted[0] == leaf:
            self._mark()

    def turn(self, delta: int, at_end: bool = False) -> None:
        """Another page."""
        index = self.view.lens.neighbour(delta)
        if index is not None:
            self.view.show_page(*self.view.lens.roll.leaf(index), at_end=at_end)
            self._show_place()

    def _show_place(self) -> None:
        blob = self.view.blob
        if blob not in self._blobs:
            return
        count = len(self.view.lens.roll)
        self.name.setText(self._names[self._blobs.index(blob)])
        self.place.setText(tr("Page {0} of {1}").format(self.view.page + 1, count))
        self.before.setEnabled(self.view.lens.neighbour(-1) is not None)
        self.after.setEnabled(self.view.lens.neighbour(1) is not None)
        several = count > 1
        for widget in (self.place, self.before, self.after):
            widget.setVisible(several)


def problem_of(letter: ReadLetter) -> MeetingError | None:
    """Why a letter could not be read."""
    received = letter.received
    if received.problem is None:
        return None
    return MeetingError(received.problem, **{"file": letter.name, **received.fields})
