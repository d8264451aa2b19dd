"""One PDF in a window of its own, without an office: `meetingroom read FILE`."""

from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from meetingroom.domain.paper import ALONE
from meetingroom.domain.ports import Pages
from meetingroom.ui.bridge import Bridge
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import InfoBar
from meetingroom.ui.page.lens import Fit
from meetingroom.ui.page.page_view import PageView
from meetingroom.ui.page.roll import Roll
from meetingroom.wording import tr

OUTSIDE = ("https", "http", "mailto")  # a file's links open nothing else: no file, no program


class OneFile:
    """What a page view asks of a desk: who reads, and where a paper lies."""

    person = ""

    def __init__(self, file: Path) -> None:
        self._file = file

    def run(self, task: Any) -> "Future[Any]":
        """Done at once: nothing is looked up."""
        future: Future[Any] = Future()
        future.set_result(task())
        return future

    def paper_path(self, _blob: str) -> Path:
        return self._file

    def transfer(self, _blob: str) -> tuple[int, int]:
        return 0, 0


@dataclass(frozen=True)
class FileContext:
    """As much of a `DeskContext` as a page view needs."""

    desk: OneFile
    pages: Pages
    bridge: Bridge = field(default_factory=Bridge)
    me: str = ""


class FileWindow(QWidget):
    """Reads one file; there is nobody to mark it for."""

    def __init__(self, file: Path, pages: Pages) -> None:
        super().__init__()
        self._file, self._address = file, ""
        self._context = FileContext(OneFile(file), pages)
        self.view = PageView(cast(DeskContext, self._context), lambda _person: 0)
        self.view.actions_bar.offer_marks(are_offered=False)
        self.info = InfoBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.info)
        column.addWidget(self.view, 1)
        self.setWindowTitle(file.name)
        self._wire()
        self.view.set_fit(Fit.PAGE)
        self.view.show_page(ALONE, 0)
        self.view.setFocus()

    def _wire(self) -> None:
        view = self.view
        view.pages.shape_known.connect(self.on_shape)
        view.page_requested.connect(self.turn)
        view.edge_requested.connect(self.go_to_edge)
        view.page_reached.connect(lambda *_where: self._show_place())
        view.link_followed.connect(view.show_page)
        view.outside_link_touched.connect(self.on_outside_link)
        self.info.action_requested.connect(self.on_action)

    def on_shape(self, *_blob: str) -> None:
        """The file is open: all its pages can be scrolled through."""
        shape = self.view.pages.shape(ALONE)
        if shape is not None and len(self.view.lens.roll) != len(shape.pages):
            self.view.show_roll(Roll([(ALONE, len(shape.pages))]))
            self._show_place()

    def turn(self, delta: int, at_end: bool) -> None:
        index = self.view.lens.neighbour(delta)
        if index is not None:
            self.view.show_page(*self.view.lens.roll.leaf(index), at_end=at_end)
            self._show_place()

    def go_to_edge(self, page: int) -> None:
        """The first (0) or last (-1) page."""
        last = len(self.view.lens.roll) - 1
        self.view.show_page(ALONE, last if page < 0 else page)
        self._show_place()

    def on_outside_link(self, address: str) -> None:
        """It opens only after a second touch."""
        self._address = address
        actions = ((tr("Open the link"), "link"), (tr("Later"), "later"))
        self.info.tell("attention", tr("This link leads outside the papers."), address, actions)

    def on_action(self, key: str) -> None:
        self.info.withdraw()
        if key == "link":
            from PySide6.QtCore import QUrl  # noqa: PLC0415 - seldom
            from PySide6.QtGui import QDesktopServices  # noqa: PLC0415

            address = QUrl(self._address)
            if address.scheme() in OUTSIDE:
                QDesktopServices.openUrl(address)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Answers that come now are for nobody."""
        self._context.bridge.end()
        super().closeEvent(event)

    def _show_place(self) -> None:
        place = tr("Page {0} of {1}").format(self.view.page + 1, len(self.view.lens.roll))
        self.setWindowTitle(f"{self._file.name} · {place}")
