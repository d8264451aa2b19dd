"""Shared marks by paper and page, and their exports; opinions; questions in writing."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.paper import ExportedMark
from meetingroom.services.collecting import (
    collected_papers,
    exported,
    kind_words,
    names_of,
    shared_marks,
)
from meetingroom.ui.consultations import Consultations
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    EmptyPlace,
    FoldingRow,
    Label,
    ProgressRow,
    TabRow,
    WrapRow,
)
from meetingroom.ui.controls.labels import plain_tip
from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.ui.opinion_list import Do, OpinionList
from meetingroom.ui.stage.moments import local
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

WORDS = 4


class Collected(QWidget):
    """`export_requested` carries a folder and the formats."""

    export_requested = Signal(Path, set)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[ExportedMark] = []
        self._folder = Path()
        self.files: list[str] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        self.tabs = TabRow(
            (
                ("marks", tr("Shared marks")),
                ("opinions", tr("Opinions")),
                ("asked", tr("Written consultation")),
            ),
            tr("Collect"),
        )
        self.tabs.tab_changed.connect(lambda _key: self._show_tab())
        self.buttons: list[Button] = []
        self.table_of = Button(tr("Table of opinions and answers…"), "outlined", "download")
        self.table_of.clicked.connect(lambda _checked=False: self._choose("opinions"))
        self.table_of.hide()
        self.buttons.append(self.table_of)
        outer.addWidget(FoldingRow(self.tabs, self.table_of))
        self.progress = ProgressRow(tr("Writing the files"), can_stop=False)
        self.progress.bar.setRange(0, 0)
        self.progress.hide()
        outer.addWidget(self.progress)
        outer.addLayout(self._result())
        self.views = QStackedWidget()
        outer.addWidget(self.views, 1)
        self.opinions: OpinionList | None = None
        self.asked: Consultations | None = None
        marks = QWidget()
        self.views.addWidget(marks)
        column = QVBoxLayout(marks)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._head())
        self.stack = QStackedWidget()
        advice = tr("Marks that officials share with the secretary or everyone gather here.")
        self.stack.addWidget(EmptyPlace("message-square", tr("No shared marks yet"), advice))
        self.stack.addWidget(self._table())
        column.addWidget(self.stack, 1)

    def look_with(self, context: DeskContext, do: Do) -> None:
        """Opinions and questions are answered and asked with this."""
        self.opinions, self.asked = OpinionList(context, do), Consultations(context, do)
        for widget in (self.opinions, self.asked):
            scroller = QScrollArea()
            scroller.setWidgetResizable(True)
            scroller.setFrameShape(QScrollArea.Shape.NoFrame)
            scroll_by_touch(scroller)
            scroller.setWidget(widget)
            self.views.addWidget(scroller)

    def _show_tab(self) -> None:
        keys = ("marks", "opinions", "asked")
        place = keys.index(self.tabs.current_key())
        self.views.setCurrentIndex(place)
        self.table_of.setVisible(place > 0)

    def _head(self) -> QWidget:
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        self.count = Label("", "section")
        for words, kind, told in (
            (tr("PDF with marks…"), "pdf", tr("A copy of each paper with everybody's marks")),
            ("XFDF…", "xfdf", tr("The marks alone, for programs that read PDF marks")),
            (tr("Table…"), "csv", tr("One line a mark, for Excel")),
        ):
            button = Button(words, "outlined", "download")
            button.setToolTip(told)
            button.setAccessibleDescription(told)
            button.clicked.connect(lambda _checked=False, kind=kind: self._choose(kind))
            self.buttons.append(button)
            row.addWidget(button)
        return FoldingRow(self.count, buttons)

    def _result(self) -> WrapRow:
        row = WrapRow()
        self.written = Label("", "body", "good")
        self.open = Button(tr("Open the folder"), "accent", "folder-open", extent="small")
        self.open.clicked.connect(self._open_folder)
        row.addWidget(self.written)
        row.addWidget(self.open)
        self.written.hide()
        self.open.hide()
        return row

    def _table(self) -> QTableWidget:
        self.table = QTableWidget(0, 7)
        headers = [
            tr("Paper"), tr("Page"), tr("Person"), tr("Kind of mark"), tr("Words"),
            tr("For whom"), tr("Time"),
        ]  # fmt: skip
        self.table.setHorizontalHeaderLabels(headers)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(current_theme().size("control.row_board"))
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(WORDS, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, current_theme().scaled(260))
        self.table.setWordWrap(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setAccessibleName(tr("Shared marks"))
        return self.table

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """List the shared marks, opinions and questions."""
        self._show_voices(meeting, directory)
        names = names_of(directory)
        rows = [
            exported(meeting, paper, mark, names)
            for paper in collected_papers(meeting)
            for mark in shared_marks(meeting, paper)
        ]
        self.count.setText(tr("{0} shared marks").format(len(rows)))
        self.stack.setCurrentIndex(1 if rows else 0)
        if rows == self._shown:
            return
        self._shown = rows
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(_cells(row)):
                cell = QTableWidgetItem(text)
                cell.setToolTip(plain_tip(text))
                self.table.setItem(number, column, cell)

    def _show_voices(self, meeting: Meeting, directory: Directory) -> None:
        if self.opinions is None or self.asked is None:
            return
        self.opinions.show_meeting(meeting, directory)
        self.asked.show_meeting(meeting, directory)
        self.tabs.set_count("opinions", len(meeting.opinions.given))
        self.tabs.set_count("asked", len(meeting.opinions.consultations))

    def wait(self, *, is_waiting: bool) -> None:
        """Writing, or done with it."""
        self.progress.setVisible(is_waiting)
        for button in self.buttons:
            button.setEnabled(not is_waiting)

    def show_written(self, folder: Path, files: list[str], missing: list[str]) -> None:
        """Say what was written, and where; and for which papers (titles) no file could be made."""
        self.wait(is_waiting=False)
        self._folder = folder
        self.files = files
        one, many = tr("One file written to {1}"), tr("{0} files written to {1}")
        words = (one if len(files) == 1 else many).format(len(files), folder)
        lines = [words if files else tr("There was nothing to write.")]
        lines += [tr("No file could be made for: {0}").format(title) for title in missing]
        self.written.setText("\n".join(lines))
        self.written.show()
        self.open.setVisible(bool(files))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _choose(self, kind: str) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Where to write"))
        if folder:
            self.export_requested.emit(Path(folder), {kind})


def _cells(row: ExportedMark) -> tuple[str, ...]:
    words = " — ".join(part for part in (row.quote, row.text) if part)
    if row.answers:
        words = f"↳ {words}   ({row.answers})"
    when = f"{local(row.at):%H:%M %d/%m}" if row.at else ""
    return (row.paper, str(row.page), row.author, kind_words(row.kind), words, row.audience, when)
