"""The agenda with its papers, to go to and to show."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.controls import (
    Button,
    ElidedLabel,
    GradualRows,
    IconLabel,
    Label,
    ScrolledColumn,
)
from meetingroom.ui.stage.time_words import end_and_plan_words, item_times
from meetingroom.wording import tr

TICK_MS = 10_000


@dataclass(frozen=True)
class ItemRow:
    """What a row of an item says."""

    number: int
    item: str
    title: str
    is_running: bool
    is_on_screen: bool
    is_done: bool


@dataclass(frozen=True)
class PaperRow:
    """What a row of a paper says."""

    words: str
    paper: str
    is_restricted: bool
    is_shown: bool


@dataclass(frozen=True)
class LinkRow:
    """What a row of an online meeting says."""

    link: OnlineLink
    is_shown: bool


AnyRow = ItemRow | PaperRow | LinkRow | str


class ItemLine(QWidget):
    """An item: its title, when it was or will be, and the way to it."""

    def __init__(self, row: ItemRow) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        if row.is_done:
            line.addWidget(IconLabel("check", "good", 16))
        words = QVBoxLayout()
        words.setSpacing(0)
        ink = "live" if row.is_running else "ink"
        words.addWidget(Label(f"{row.number}. {row.title}", "strong", ink, wraps=True))
        self.times = ElidedLabel("", "caption", "ink_soft")
        words.addWidget(self.times)
        line.addLayout(words, 1)
        self.go = Button(tr("Running") if row.is_running else tr("Go to"), "accent", extent="small")
        self.go.setAccessibleName(tr("Go to item {0}").format(row.number))
        self.go.setEnabled(not row.is_on_screen)
        line.addWidget(self.go)


class RunningOrder(ScrolledColumn):
    """Items in order; the running one is marked, done ones are ticked."""

    item_requested = Signal(str)
    paper_requested = Signal(str)
    link_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Agenda"), parent=parent)
        self._meeting: Meeting | None = None
        self._rows = GradualRows(self._row, 6)
        self._rows.filled.connect(self._show_times)
        self.end = ElidedLabel("", "small", "ink_soft")
        self.end.hide()
        self.column.addWidget(self.end)
        self.column.addWidget(self._rows)
        self.column.addStretch(1)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show_times)
        self._tick.start()

    def show_meeting(self, meeting: Meeting) -> None:
        """List the items and papers; only what changed is made anew."""
        self._meeting = meeting
        agenda = meeting.issued.agenda if meeting.issued else ()
        rows: list[tuple[str, AnyRow]] = []
        for number, row in enumerate(agenda, 1):
            rows.append((row.item, _item_row(meeting, number, row.item, row.title)))
            for paper in meeting.papers_of(row.item):
                words = f"{meeting.number_of(paper.paper)} {paper.title}"
                is_shown = meeting.scene.paper == paper.paper and meeting.scene.scene == "paper"
                made = PaperRow(words, paper.paper, paper.is_restricted, is_shown)
                rows.append((paper.paper, made))
        links = meeting.issued.links if meeting.issued else ()
        if links:
            rows.append(("links", tr("Online meetings")))
        for link in links:
            is_shown = meeting.scene.scene == "online" and meeting.scene.link in ("", link.link)
            rows.append((link.link, LinkRow(link, is_shown)))
        self._rows.show_rows(rows)

    def _show_times(self) -> None:
        """Planned against real; the rows stay while the minutes go on."""
        if self._meeting is None or not self.isVisibleTo(self.window()):
            return
        end = end_and_plan_words(self._meeting)
        self.end.setText(end)
        self.end.setVisible(bool(end))
        for item, words in item_times(self._meeting).items():
            row = self._rows.row(item)
            if isinstance(row, ItemLine):
                row.times.setText(words)

    def _row(self, row: AnyRow) -> QWidget:
        match row:
            case ItemRow():
                return self._item(row)
            case PaperRow():
                return self._paper(row)
            case LinkRow():
                return self._link(row.link, row.is_shown)
            case _:
                return Label(row, "strong")

    def _link(self, link: OnlineLink, is_shown: bool) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(16, 0, 0, 0)
        line.addWidget(IconLabel("video", "ink_soft", 16))
        line.addWidget(Label(link.title or link.url, "small", "ink_soft", wraps=True), 1)
        button = Button(tr("On screen") if is_shown else tr("Show"), "outlined", extent="small")
        button.setAccessibleName(tr("Show {0}").format(link.title or link.url))
        button.setEnabled(not is_shown)
        button.clicked.connect(lambda: self.link_requested.emit(link.link))
        line.addWidget(button)
        return holder

    def _item(self, row: ItemRow) -> QWidget:
        holder = ItemLine(row)
        holder.go.clicked.connect(lambda: self.item_requested.emit(row.item))
        return holder

    def _paper(self, row: PaperRow) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(16, 0, 0, 0)
        line.addWidget(IconLabel("lock" if row.is_restricted else "file-text", "ink_soft", 16))
        line.addWidget(Label(row.words, "small", "ink_soft", wraps=True), 1)
        button = Button(tr("On screen") if row.is_shown else tr("Show"), "outlined", extent="small")
        button.setAccessibleName(tr("Show {0}").format(row.words))
        button.setEnabled(not row.is_restricted and not row.is_shown)
        if row.is_restricted:
            button.setToolTip(tr("Only for named persons: never on the display."))
        button.clicked.connect(lambda: self.paper_requested.emit(row.paper))
        line.addWidget(button)
        return holder


def _item_row(meeting: Meeting, number: int, item: str, title: str) -> ItemRow:
    is_running = item == meeting.current_item
    return ItemRow(
        number=number,
        item=item,
        title=title,
        is_running=is_running,
        is_on_screen=is_running and meeting.scene.scene == "item",
        is_done=item in meeting.item_times and not is_running,
    )
