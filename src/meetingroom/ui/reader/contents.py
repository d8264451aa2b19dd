"""The agenda with its papers, the pages of the pack, and the outline of the open paper."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.domain.paper import PaperShape
from meetingroom.ui.controls import Panel, RowList, TabRow
from meetingroom.ui.reader.agenda_rows import LINE, NOW, AgendaLine, AgendaRows, start_times
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

KEY = Qt.ItemDataRole.UserRole
NEVER_PARTED = "\u00a0"


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
        self.agenda.setItemDelegate(AgendaRows(self.agenda))
        self.agenda.setResizeMode(RowList.ResizeMode.Adjust)
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
        issued, starts = meeting.issued, start_times(meeting)
        for number, row in enumerate(issued.agenda if issued else (), 1):
            item = QListWidgetItem(f"{number}  {row.title}")
            icon, role = "", "ink_soft"
            if row.item == meeting.current_item:
                icon, role = NOW, "live"
            elif row.item in meeting.item_times:
                icon, role = "check", "good"
            start = starts.get(row.item, "")
            papers = meeting.papers_of(row.item)
            is_here = icon == NOW or any(paper.paper == open_paper for paper in papers)
            line = AgendaLine(str(number), row.title, start, icon, role, True, is_here)
            item.setData(LINE, tuple(line))
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsSelectable)
            self.agenda.addItem(item)
            for paper in papers:
                shown = self._paper_row(meeting, paper)
                self.agenda.addItem(shown)
                if paper.paper == open_paper:
                    self.agenda.setCurrentItem(shown)

    def _paper_row(self, meeting: Meeting, paper: Paper) -> QListWidgetItem:
        words = f"{meeting.number_of(paper.paper)} {paper.title}"
        if paper.current.version > 1:
            newer = tr("version {0}").format(paper.current.version).replace(" ", NEVER_PARTED)
            words = f"{words} ({newer})"
        pages = tr("{0} p.", "pages of a paper").format(paper.current.pages)
        row = QListWidgetItem(f"{words}  {pages}")
        row.setData(KEY, (paper.paper, -1))
        row.setData(LINE, tuple(AgendaLine("", words, pages, "file-text")))
        return row

    def show_place(self, paper: str, page: int, pages: int) -> None:
        """The page (from 1) of so many that is read in a paper stands beside it."""
        for at in range(self.agenda.count()):
            row = self.agenda.item(at)
            place = row.data(KEY)
            if not place:
                continue
            line = AgendaLine(*row.data(LINE))
            right = tr("{0} p.", "pages of a paper").format(pages)
            if place[0] == paper:
                right = f"{page}/{pages}"
            elif "/" in line.right:
                right = tr("{0} p.", "pages of a paper").format(line.right.split("/")[1])
            else:
                continue
            if right != line.right:
                row.setData(LINE, tuple(line._replace(right=right)))

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
