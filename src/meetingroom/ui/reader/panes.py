"""One, two or three papers side by side, each with its own place."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QVBoxLayout, QWidget

from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, IconButton, Label, Panel
from meetingroom.ui.controls.labels import plain_tip, repolish
from meetingroom.ui.page.page_view import PageView
from meetingroom.ui.reader.pack import Place
from meetingroom.ui.stage.pages import StagePages
from meetingroom.wording import tr

MOST = 3
TOUCHING = {
    QEvent.Type.FocusIn,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
    QEvent.Type.Wheel,
}


class PaneHead(Panel):
    """Which paper a pane shows, where in it, and a way to another one."""

    paper_requested = Signal(str)
    turn_requested = Signal(int)
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pane_head", parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 8, 3)
        row.setSpacing(4)
        self.title = Button("", "plain", "chevron-down", extent="small", icon_after=True)
        self.title.setAccessibleDescription(tr("Choose another paper"))
        self.title.clicked.connect(self._choose)
        self.title.setMinimumWidth(56)  # however long the title, three heads fit a small window
        back = IconButton("chevron-left", tr("Previous page"), extent="small")
        self.where = Label("", "body", "ink_soft", tabular=True)
        forward = IconButton("chevron-right", tr("Next page"), extent="small")
        close = IconButton("x", tr("Close this paper"), extent="small")
        row.addWidget(self.title)
        row.addStretch(1)
        for widget in (back, self.where, forward, close):
            row.addWidget(widget)
        back.clicked.connect(lambda: self.turn_requested.emit(-1))
        forward.clicked.connect(lambda: self.turn_requested.emit(1))
        close.clicked.connect(self.close_requested)
        self._papers: list[tuple[str, str]] = []
        self._words, self._pages = "", 0

    def show_place(self, words: str, page: int, pages: int, papers: list[tuple[str, str]]) -> None:
        """The open paper in words, its page (from 1) of so many; all papers (id, words)."""
        self._papers, self._words, self._pages = papers, words, pages
        self.show_page(page)
        self.title.setAccessibleName(words)
        self.title.setToolTip(plain_tip(words))
        self._fit()

    def show_page(self, page: int) -> None:
        """Another page (from 1) of the same paper."""
        self.where.setText(f"{page} / {self._pages}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much of the title as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(60, self.width() - 230)
        words = self.title.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.title.setText(words.replace("&", "&&"))

    def _choose(self) -> None:
        menu = QMenu(self)
        for paper, words in self._papers:
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(
                lambda _on=False, paper=paper: self.paper_requested.emit(paper)
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.title.mapToGlobal(self.title.rect().bottomLeft()))


class Pane(QWidget):
    """A page view with its place; `touched` when somebody works in it."""

    touched = Signal()

    def __init__(
        self, context: DeskContext, order_of: Callable[[str], int], pages: StagePages
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = PaneHead()
        self.view = PageView(context, order_of, pages=pages)
        column.addWidget(self.head)
        column.addWidget(self.view, 1)
        self.place: Place | None = None
        self.head.hide()
        self.view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See that somebody works here, before the page acts on it."""
        if event.type() in TOUCHING:
            self.touched.emit()
        return super().eventFilter(watched, event)

    def show_active(self, *, is_active: bool, is_alone: bool) -> None:
        """Say whether tools act on this one."""
        self.head.setVisible(not is_alone)
        self.head.setProperty("active", is_active)
        repolish(self.head)


class Panes(QSplitter):
    """`active` is the pane that the bars speak of; there is always one."""

    pane_made = Signal(object)
    """A new pane that nobody has wired yet."""
    active_changed = Signal()

    def __init__(self, context: DeskContext, order_of: Callable[[str], int]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._context, self._order_of = context, order_of
        self.setChildrenCollapsible(False)
        self.setHandleWidth(2)
        self.pages = StagePages(context, self)
        self.panes: list[Pane] = []
        self.active = self._add()

    @property
    def views(self) -> list[PageView]:
        """All page views, from left to right."""
        return [pane.view for pane in self.panes]

    def open(self) -> Pane | None:
        """One more pane to the right, the active one from now on; None where no more fit."""
        if len(self.panes) >= MOST:
            return None
        old = self.active.view
        pane = self._add()
        view = pane.view
        view.set_tool(old.tool)
        view.colour, view.audience, view.pen_width = old.colour, old.audience, old.pen_width
        view.set_fit(old.lens.fit)
        self.pane_made.emit(pane)
        self.activate(pane)
        self.setSizes([1000] * len(self.panes))
        return pane

    def close_pane(self, pane: Pane) -> None:
        """Close a pane, if it is not the last; what is being written in it is kept."""
        if len(self.panes) == 1:
            return
        pane.view.finish()
        at = self.panes.index(pane)
        self.panes.remove(pane)
        pane.hide()
        pane.setParent(None)
        pane.deleteLater()
        was = self.active
        self.activate(self.panes[max(0, at - 1)])
        if self.active is was:
            self.active_changed.emit()  # it has more room now, and perhaps nothing beside it

    def keep_only_one(self) -> None:
        """Close all panes but the first."""
        while len(self.panes) > 1:
            self.close_pane(self.panes[-1])

    def activate(self, pane: Pane) -> None:
        """Let the bars speak of this pane."""
        is_new = pane is not self.active
        self.active = pane
        for one in self.panes:
            one.show_active(is_active=one is pane, is_alone=len(self.panes) == 1)
        if is_new or pane.place is None:
            self.active_changed.emit()

    def _add(self) -> Pane:
        pane = Pane(self._context, self._order_of, self.pages)
        pane.touched.connect(lambda: self.activate(pane))
        pane.head.close_requested.connect(lambda: self.close_pane(pane))
        self.panes.append(pane)
        self.addWidget(pane)
        return pane
