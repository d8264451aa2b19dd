"""The agenda with its papers, the pages of the pack, and the outline of the open paper."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.paper import PaperShape
from meetingroom.ui.controls import Panel, RowList, TabRow
from meetingroom.ui.icons import icon
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

KEY = Qt.ItemDataRole.UserRole


class Contents(Panel):
    """`place_requested` carries a paper's id and a page."""

    place_requested = Signal(str, int)

    def __init__(self, thumbnails: QWidget, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 8)
        self.tabs = TabRow(
            (("agenda", tr("Agenda")), ("pages", tr("Pages")), ("outline", tr("Outline"))),
            tr("Contents of the meeting"),
        )
        column.addWidget(self.tabs)
        self.agenda = RowList(tr("Agenda"))
        self.outline = RowList(tr("Outline"))
        self.stack = QStackedWidget()
        for page in (self.agenda, thumbnails, self.outline):
            self.stack.addWidget(page)
        column.addWidget(self.stack, 1)
        self.setMinimumWidth(236)
        keys = ("agenda", "pages", "outline")
        self.tabs.tab_changed.connect(lambda key: self.stack.setCurrentIndex(keys.index(key)))
        for rows in (self.agenda, self.outline):
            rows.setWordWrap(True)
            rows.itemClicked.connect(self._on_clicked)
            rows.itemActivated.connect(self._on_clicked)

    def show_meeting(self, meeting: Meeting, open_paper: str) -> None:
        """List the items and papers; the running item and the open paper stand out."""
        self.agenda.clear()
        issued = meeting.issued
        for number, row in enumerate(issued.agenda if issued else (), 1):
            item = QListWidgetItem(f"{number}  {row.title}")
            font = current_theme().font("strong")
            item.setFont(font)
            if row.item == meeting.current_item:
                item.setForeground(current_theme().colour("live"))
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsSelectable)
            self.agenda.addItem(item)
            for paper in meeting.papers_of(row.item):
                words = f"{meeting.number_of(paper.paper)}  {paper.title}"
                version = f" · {tr('version {0}').format(paper.current.version)}"
                pages = tr("{0} p.", "pages of a paper").format(paper.current.pages)
                newer = version if paper.current.version > 1 else ""
                count = f"({pages}{newer})".replace(" ", "\u00a0")  # never parted
                line = QListWidgetItem(icon("file-text", "ink_soft"), f"{words}  {count}")
                line.setData(KEY, (paper.paper, -1))
                self.agenda.addItem(line)
                if paper.paper == open_paper:
                    self.agenda.setCurrentItem(line)

    def show_outline(self, paper: str, shape: PaperShape | None) -> None:
        """The outline of the open paper."""
        self.outline.clear()
        for entry in shape.outline if shape else ():
            item = QListWidgetItem("    " * max(0, entry.level) + entry.title)
            item.setData(KEY, (paper, entry.page))
            self.outline.addItem(item)
        if shape is not None and not shape.outline:
            words = tr("This paper has no outline. Look for the page under “Pages”.")
            advice = QListWidgetItem(words)
            advice.setForeground(current_theme().colour("ink_soft"))
            advice.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.outline.addItem(advice)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        place = item.data(KEY)
        if place:
            self.place_requested.emit(place[0], place[1])
