"""Two versions of a paper beside each other, turned together, with what differs tinted."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.geometry import Quad
from meetingroom.domain.meeting import Paper
from meetingroom.domain.paper import Comparison, PagePair
from meetingroom.sentences import sentence_of
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, ElidedLabel, IconButton, Panel
from meetingroom.ui.page.shades import Tint
from meetingroom.ui.page.sheet import Leaf
from meetingroom.ui.reader.pack import Place
from meetingroom.ui.reader.panes import Pane, Panes
from meetingroom.ui.reader.places import Places
from meetingroom.wording import tr


class CompareBar(Panel):
    """How many pages differ, and the way from one to the next."""

    step_requested = Signal(int)
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("top_bar", parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(8)
        self.words = ElidedLabel("", "strong")
        self.back = Button(tr("Previous change"), "outlined", "chevron-up", extent="small")
        self.forward = Button(tr("Next change"), "outlined", "chevron-down", extent="small")
        close = IconButton("x", tr("End the comparison"), extent="small")
        row.addWidget(self.words, 1)
        for widget in (self.back, self.forward, close):
            row.addWidget(widget)
        self.back.clicked.connect(lambda: self.step_requested.emit(-1))
        self.forward.clicked.connect(lambda: self.step_requested.emit(1))
        close.clicked.connect(self.close_requested)
        self.hide()

    def say(self, words: str, *, can_step: bool) -> None:
        """What is compared and what came of it."""
        self.words.setText(words)
        for button in (self.back, self.forward):
            button.setVisible(can_step)
        self.show()


class Comparing(QObject):
    """Keeps the two panes at pages that belong together, as long as the comparison lasts."""

    began = Signal()
    ended = Signal()

    def __init__(self, context: DeskContext, panes: Panes, places: Places, bar: CompareBar) -> None:
        super().__init__(panes)
        self._context, self._panes, self._places, self._bar = context, panes, places, bar
        self._comparison = Comparison(pairs=())
        self._blobs = ("", "")
        self._at = 0
        bar.step_requested.connect(self.step)
        bar.close_requested.connect(self.end)
        places.reached.connect(lambda _is_new: self._follow())
        panes.active_changed.connect(self._on_panes)

    @property
    def is_on(self) -> bool:
        """Whether two versions lie beside each other."""
        return bool(self._blobs[0])

    def start(self, paper: Paper, old: str) -> None:
        """Show the older version at the left and the current one at the right."""
        new = paper.current.blob
        place = self._places.place
        page = place.page if place is not None else 0
        self._panes.keep_only_one()
        self._places.go(Place(paper=paper.paper, page=page, blob=old))
        self._panes.open()
        self._places.go(Place(paper=paper.paper, page=page))
        self._blobs, self._comparison, self._at = (old, new), Comparison(pairs=()), 0
        self.began.emit()
        self._panes.active_changed.emit()
        self._bar.say(tr("Comparing the versions…"), can_step=False)
        desk, bridge = self._context.desk, self._context.bridge
        paths = desk.run(lambda: (desk.paper_path(old), desk.paper_path(new)))
        bridge.when_done(paths, lambda both: self._compare((old, new), *both))

    def end(self) -> None:
        """Back to one pane with the current version."""
        if not self.is_on:
            return
        self._blobs = ("", "")
        self._bar.hide()
        for view in self._panes.views:
            view.shades.set(())
            view.update()
        self._panes.activate(self._panes.panes[-1])
        while len(self._panes.panes) > 1:
            self._panes.close_pane(self._panes.panes[0])
        self.ended.emit()

    def step(self, delta: int) -> None:
        """The next or previous pair of pages that differ."""
        changed = self._comparison.changed
        if changed:
            self._at = (self._at + delta) % len(changed)
            self._show(changed[self._at])

    def _compare(self, blobs: tuple[str, str], old: Path | None, new: Path | None) -> None:
        if blobs != self._blobs:
            return
        if old is None or new is None:
            self._bar.say(tr("One of the versions is not on this computer."), can_step=False)
            return
        self._context.bridge.when_done(
            self._context.pages.compare(old, new),
            lambda comparison: self._compared(blobs, comparison),
            self._failed,
        )

    def _failed(self, error: MeetingError) -> None:
        if self.is_on:
            self._bar.say(sentence_of(error), can_step=False)

    def _compared(self, blobs: tuple[str, str], comparison: Comparison) -> None:
        if blobs != self._blobs:
            return
        self._comparison, self._at = comparison, -1
        places: list[tuple[Leaf, Tint, tuple[Quad, ...]]] = []
        for pair in comparison.pairs:
            if pair.old_page is not None:
                places.append((Leaf(blobs[0], pair.old_page), "removed", pair.removed))
            if pair.new_page is not None:
                places.append((Leaf(blobs[1], pair.new_page), "added", pair.added))
        for view in self._panes.views:
            view.shades.set(places)
            view.update()
        count = len(comparison.changed)
        words = tr("{0} pages differ").format(count) if count else tr("The versions do not differ")
        if count == 1:
            words = tr("One page differs")
        self._bar.say(words, can_step=count > 0)

    def _show(self, pair: PagePair) -> None:
        for pane, page in zip(self._panes.panes, (pair.old_page, pair.new_page), strict=False):
            if page is not None:
                self._move(pane, page)
        self._places.tell()

    def _follow(self) -> None:
        """One pane was turned: the other shows the page that belongs to it."""
        if not self.is_on or len(self._panes.panes) != 2:
            return
        active = self._panes.active
        is_old = active is self._panes.panes[0]
        page = active.view.page
        for pair in self._comparison.pairs:
            here, there = pair.old_page, pair.new_page
            if not is_old:
                here, there = there, here
            if here == page and there is not None:
                self._move(self._panes.panes[1 if is_old else 0], there)

    def _move(self, pane: Pane, page: int) -> None:
        place, view = pane.place, pane.view
        if place is None or view.page == page:
            return
        index = view.lens.roll.find(Leaf(view.blob, page))
        if index is not None:
            view.show_page(view.blob, page, near=index)
            pane.place = Place(paper=place.paper, page=page, blob=place.blob)
            pane.head.show_page(page + 1)

    def _on_panes(self) -> None:
        if self.is_on and len(self._panes.panes) != 2:
            self.end()
