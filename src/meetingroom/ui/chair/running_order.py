"""The agenda with its papers, to go to and to show."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.controls import Button, IconLabel, Label
from meetingroom.wording import tr


class RunningOrder(QScrollArea):
    """Items in order; the running one is marked, done ones are ticked."""

    item_requested = Signal(str)
    paper_requested = Signal(str)
    link_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Agenda"))
        self._shown: object = None

    def show_meeting(self, meeting: Meeting) -> None:
        """List the items and papers anew where something changed."""
        agenda = meeting.issued.agenda if meeting.issued else ()
        papers = tuple((p.paper, p.current.blob) for p in meeting.in_reading_order())
        links = meeting.issued.links if meeting.issued else ()
        times = tuple(meeting.item_times)
        shown = (agenda, papers, links, meeting.current_item, meeting.scene, times)
        if shown == self._shown:
            return
        self._shown = shown
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for number, row in enumerate(agenda, 1):
            column.addLayout(self._item(meeting, number, row.item, row.title))
            for paper in meeting.papers_of(row.item):
                words = f"{meeting.number_of(paper.paper)} {paper.title}"
                is_shown = meeting.scene.paper == paper.paper and meeting.scene.scene == "paper"
                column.addLayout(self._paper(words, paper.paper, paper.is_restricted, is_shown))
        if links:
            column.addWidget(Label(tr("Online meetings"), "strong"))
        for link in links:
            is_shown = meeting.scene.scene == "online" and meeting.scene.link in ("", link.link)
            column.addLayout(self._link(link, is_shown))
        column.addStretch(1)
        self.setWidget(inner)

    def _link(self, link: OnlineLink, is_shown: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 0, 0)
        line.addWidget(IconLabel("video", "ink_soft", 16))
        line.addWidget(Label(link.title or link.url, "small", "ink_soft", wraps=True), 1)
        button = Button(tr("On screen") if is_shown else tr("Show"), "outlined", extent="small")
        button.setAccessibleName(tr("Show {0}").format(link.title or link.url))
        button.setEnabled(not is_shown)
        button.clicked.connect(lambda: self.link_requested.emit(link.link))
        line.addWidget(button)
        return line

    def _item(self, meeting: Meeting, number: int, item: str, title: str) -> QHBoxLayout:
        line = QHBoxLayout()
        is_running = item == meeting.current_item
        if item in meeting.item_times and not is_running:
            line.addWidget(IconLabel("check", "good", 16))
        ink = "live" if is_running else "ink"
        line.addWidget(Label(f"{number}. {title}", "strong", ink, wraps=True), 1)
        button = Button(tr("Running") if is_running else tr("Go to"), "accent", extent="small")
        button.setAccessibleName(tr("Go to item {0}").format(number))
        button.setEnabled(not is_running or meeting.scene.scene != "item")
        button.clicked.connect(lambda _checked=False, item=item: self.item_requested.emit(item))
        line.addWidget(button)
        return line

    def _paper(self, words: str, paper: str, is_restricted: bool, is_shown: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 0, 0)
        line.addWidget(IconLabel("lock" if is_restricted else "file-text", "ink_soft", 16))
        line.addWidget(Label(words, "small", "ink_soft", wraps=True), 1)
        button = Button(tr("On screen") if is_shown else tr("Show"), "outlined", extent="small")
        button.setAccessibleName(tr("Show {0}").format(words))
        button.setEnabled(not is_restricted and not is_shown)
        if is_restricted:
            button.setToolTip(tr("Only for named persons: never on the display."))
        button.clicked.connect(lambda _checked=False: self.paper_requested.emit(paper))
        line.addWidget(button)
        return line
