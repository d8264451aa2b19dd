"""What to print and on which printer, in the program's own words."""

import re
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from meetingroom.ui.controls import Button, Field, Label, NumberField
from meetingroom.wording import tr

_PART = re.compile(r"\s*(\d{1,5})?\s*([-–])?\s*(\d{1,5})?\s*")


@dataclass(frozen=True)
class PrintChoice:
    """`printer` is a printer's name, "" for a PDF file; pages count from 0."""

    printer: str
    pages: tuple[int, ...]
    copies: int = 1
    is_two_sided: bool = False
    has_marks: bool = False


def pages_of(text: str, count: int) -> tuple[int, ...]:
    """Pages as people write them ("1-3, 7, 9-"), from 0, each once; empty where unreadable."""
    found: list[int] = []
    for part in text.split(","):
        match = _PART.fullmatch(part)
        if match is None or not (match[1] or match[3]):
            return ()
        first = int(match[1] or 1)
        last = int(match[3] or count) if match[2] else first
        if not (match[2] or match[1]) or first > last:
            return ()
        found += range(max(1, first), min(count, last) + 1)
    return tuple(dict.fromkeys(page - 1 for page in found if 0 < page <= count))


class PrintDialog(QDialog):
    """`chosen` carries a `PrintChoice`."""

    chosen = Signal(object)

    def __init__(
        self, title: str, count: int, page: int, parent: QWidget, *, may_copy: bool, marks: int
    ) -> None:
        super().__init__(parent)
        self._count, self._page = count, page
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Print"))
        self.setMinimumWidth(460)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(title, "strong", wraps=True))
        self.printer = QComboBox()
        self._fill_printers(may_copy=may_copy)
        column.addWidget(Field(tr("Printer"), self.printer))
        self.pages = QLineEdit(f"1-{count}" if count > 1 else "1")
        self.pages_field = Field(tr("Pages"), self.pages, tr("For example 1-3, 7"))
        column.addWidget(self.pages_field)
        column.addLayout(self._page_buttons())
        self.copies = NumberField(1, 99)
        column.addWidget(Field(tr("Copies"), self.copies))
        self.two_sided = QCheckBox(tr("On both sides"))
        self.marks = QCheckBox(tr("With the notes you see ({0})").format(marks))
        self.marks.setEnabled(marks > 0)
        column.addWidget(self.two_sided)
        column.addWidget(self.marks)
        column.addLayout(self._buttons())
        self.pages.textChanged.connect(self._judge)
        self._judge()

    def _fill_printers(self, *, may_copy: bool) -> None:
        for name in QPrinterInfo.availablePrinterNames():
            self.printer.addItem(name, name)
        default = self.printer.findData(QPrinterInfo.defaultPrinterName())
        if may_copy:
            self.printer.addItem(tr("Into a PDF file"), "")
        self.printer.setCurrentIndex(max(0, default))

    def _page_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for words, text in (
            (tr("All pages"), f"1-{self._count}" if self._count > 1 else "1"),
            (tr("This page"), str(self._page + 1)),
        ):
            button = Button(words, "quiet", extent="small")
            button.clicked.connect(lambda _on=False, text=text: self.pages.setText(text))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        cancel = Button(tr("Cancel"), "plain")
        self.go = Button(tr("Print"), "primary", "printer")
        self.go.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.go)
        return row

    def _judge(self) -> None:
        pages = pages_of(self.pages.text(), self._count)
        wrong = tr("Write pages of 1 to {0}, such as 1-3, 7").format(self._count)
        self.pages_field.set_error("" if pages else wrong)
        has_printer = self.printer.count() > 0
        self.go.setEnabled(bool(pages) and has_printer)
        if not has_printer:
            self.printer.setPlaceholderText(tr("No printer is set up on this computer"))

    def _on_go(self) -> None:
        choice = PrintChoice(
            printer=str(self.printer.currentData()),
            pages=pages_of(self.pages.text(), self._count),
            copies=self.copies.value(),
            is_two_sided=self.two_sided.isChecked(),
            has_marks=self.marks.isChecked(),
        )
        self.accept()
        self.chosen.emit(choice)
