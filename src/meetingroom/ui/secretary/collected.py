"""All shared marks by paper and page, and their exports."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.services.collecting import collected_papers, exported, names_of, shared_marks
from meetingroom.ui.controls import Button, Label
from meetingroom.wording import tr


class Collected(QWidget):
    """`export_requested` carries a folder and the formats."""

    export_requested = Signal(Path, set)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self.count = Label("", "section")
        row.addWidget(self.count, 1)
        for words, kind in (
            (tr("PDF with marks…"), "pdf"),
            ("XFDF…", "xfdf"),
            (tr("Table…"), "csv"),
        ):
            button = Button(words, "outlined", "download")
            button.clicked.connect(lambda _checked=False, kind=kind: self._choose(kind))
            row.addWidget(button)
        column.addLayout(row)
        self.table = QTableWidget(0, 5)
        headers = [tr("Paper"), tr("Page"), tr("Person"), tr("Words"), tr("For whom")]
        self.table.setHorizontalHeaderLabels(headers)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setAccessibleName(tr("Shared marks"))
        column.addWidget(self.table, 1)
        self.written = Label("", "body", "good", wraps=True)
        column.addWidget(self.written)

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """List the shared marks."""
        names = names_of(directory)
        rows = [
            exported(meeting, paper, mark, names)
            for paper in collected_papers(meeting)
            for mark in shared_marks(meeting, paper)
        ]
        self.count.setText(tr("{0} shared marks").format(len(rows)))
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            words = " — ".join(part for part in (row.quote, row.text) if part)
            for column, text in enumerate(
                (row.paper, str(row.page), row.author, words, row.audience)
            ):
                self.table.setItem(number, column, QTableWidgetItem(text))
        for column in (0, 2):
            self.table.resizeColumnToContents(column)

    def _choose(self, kind: str) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Where to write"))
        if folder:
            self.export_requested.emit(Path(folder), {kind})
