"""Figures of online meetings on the secretary's desk: sums, bars, a table, and out to Excel."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.online_figures import MONTHS, Figures, Rates, Sums
from meetingroom.sentences import sentence_of
from meetingroom.services.figure_sheets import heads, month_words, note_words, numbers
from meetingroom.services.online_figures import OnlineFigures
from meetingroom.ui.calendar_dialog import with_ending
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    Card,
    Field,
    HairLine,
    IconButton,
    InfoBar,
    Label,
    NumberField,
    ScrolledColumn,
    WrapRow,
    empty,
)
from meetingroom.ui.freshness import WhenSeen
from meetingroom.ui.secretary.figure_chart import FigureChart
from meetingroom.ui.theme import current_theme
from meetingroom.wording import language, tr

KEEP_MS = 600  # after the last change of a number
FARTHEST, DEAREST = 3000, 10_000_000
FIELD_WIDE, SUM_WIDE = 170, 150


class FiguresPage(QWidget):
    """`back_requested` leads to the list."""

    back_requested = Signal()

    def __init__(
        self, context: DeskContext, figures: OnlineFigures, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._figures = context, figures
        self.year = figures.this_year()
        self.shown: Figures | None = None
        self._numbers: dict[str, NumberField] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEEP_MS)
        self._pause.timeout.connect(self._keep)
        self.title = Label("", "page_title")
        self.info = InfoBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(self._top())
        column.addWidget(self.info)
        column.addWidget(self._body(), 1)
        self._fresh = WhenSeen(self, self.refresh)
        bridge = context.bridge
        for signal in (bridge.meeting_changed, bridge.meeting_gone, bridge.directory_changed):
            signal.connect(self._fresh.ask)
        self._fresh.ask()

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(8)
        back = IconButton("arrow-left", tr("All meetings"))
        back.clicked.connect(self.back_requested)
        before = IconButton("chevron-left", tr("The year before"))
        after = IconButton("chevron-right", tr("The year after"))
        before.clicked.connect(lambda: self.show_year(self.year - 1))
        after.clicked.connect(lambda: self.show_year(self.year + 1))
        self.export = Button(tr("Export to Excel"), "primary", "file-spreadsheet")
        self.export.clicked.connect(lambda _on=False: self.on_export())
        top.addWidget(back)
        top.addWidget(self.title, 1)
        for button in (before, after, self.export):
            top.addWidget(button)
        return top

    def _body(self) -> ScrolledColumn:
        body = ScrolledColumn(tr("Figures of online meetings"), 12, scrolls_sideways=True)
        self.sums = WrapRow(spacing=24)
        sums = Card(padding=16)
        sums.body.addLayout(self.sums)
        self.chart = FigureChart()
        chart = Card(tr("Meetings by month and level"), padding=16)
        chart.body.addWidget(self.chart)
        self.table = QGridLayout()
        self.table.setHorizontalSpacing(16)
        self.table.setVerticalSpacing(6)
        table = Card(tr("Month by month"), padding=16)
        table.body.addLayout(self.table)
        self.notes = Label("", "caption", "ink_soft", wraps=True)
        table.body.addWidget(self.notes)
        for card in (sums, chart, table, self._rates_card()):
            body.column.addWidget(card)
        body.column.addStretch(1)
        return body

    def _rates_card(self) -> Card:
        card = Card(tr("What a way would be"), tr("kept on this computer"), padding=16)
        row = WrapRow(spacing=16)
        for key, label, most in (
            ("km_central", tr("Km to the central level"), FARTHEST),
            ("km_province", tr("Km to the province"), FARTHEST),
            ("km_commune", tr("Km for the commune's own"), FARTHEST),
            ("km_other", tr("Km to others"), FARTHEST),
            ("people_per_car", tr("People in a car"), 60),
            ("cost_per_km", tr("Đồng a kilometre"), DEAREST),
            ("cost_per_day", tr("Đồng a person and day"), DEAREST),
        ):
            number = NumberField(1 if key == "people_per_car" else 0, most)
            number.setGroupSeparatorShown(True)
            number.setMinimumWidth(current_theme().scaled(FIELD_WIDE))
            number.valueChanged.connect(lambda _value: self._pause.start())
            self._numbers[key] = number
            row.addWidget(Field(label, number))
        card.body.addLayout(row)
        return card

    # --- showing --------------------------------------------------------------------------

    def show_year(self, year: int) -> None:
        """Another year."""
        self.year = year
        self.refresh()

    def refresh(self) -> None:
        """Ask for the figures, and show them."""
        self.title.setText(tr("Online meetings in {0}").format(self.year))
        self._context.bridge.when_done(self._figures.figures(self.year), self._show, self._complain)

    def _show(self, figures: Figures) -> None:
        if figures.year != self.year or figures == self.shown:
            return
        self.shown = figures
        self.chart.show_figures(figures)
        self._show_sums(figures.total)
        self._show_table(figures)
        self.notes.setText("\n".join(note_words(figures)))
        if not self._pause.isActive():
            self._show_rates(figures.rates)

    def _show_sums(self, total: Sums) -> None:
        empty(self.sums)
        for number, words in (
            (total.meetings, tr("Meetings")),
            (total.hours, tr("Hours")),
            (total.people, tr("People")),
            (total.km, tr("Kilometres not driven")),
            (total.money, tr("Đồng not spent")),
        ):
            holder = QWidget()
            holder.setMinimumWidth(current_theme().scaled(SUM_WIDE))
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(Label(shown_number(number), "figure", tabular=True))
            column.addWidget(Label(words, "caption", "ink_soft"))
            self.sums.addWidget(holder)

    def _show_table(self, figures: Figures) -> None:
        empty(self.table)
        for place, column in enumerate(heads(), 1):
            self.table.addWidget(_cell(column.head, "ink_soft", "caption"), 0, place)
        rows = zip(MONTHS, figures.months, strict=True)
        for line, (month, sums) in enumerate(rows, 1):
            self._add_row(line, month_words(month), sums, "body")
        under = len(figures.months) + 1
        self.table.addWidget(HairLine(), under, 0, 1, len(heads()) + 1)
        self._add_row(under + 1, tr("The whole year"), figures.total, "strong")

    def _add_row(self, line: int, name: str, sums: Sums, role: str) -> None:
        self.table.addWidget(Label(name, role), line, 0)
        for place, number in enumerate(numbers(sums), 1):
            ink = "ink" if number else "ink_faint"
            self.table.addWidget(_cell(shown_number(number), ink, role), line, place)

    def _show_rates(self, rates: Rates) -> None:
        for key, number in self._numbers.items():
            number.blockSignals(True)
            number.setValue(getattr(rates, key))
            number.blockSignals(False)

    # --- keeping and writing --------------------------------------------------------------

    def _keep(self) -> None:
        rates = Rates(**{key: number.value() for key, number in self._numbers.items()})
        kept = self._figures.keep_rates(rates)
        self._context.bridge.when_done(kept, lambda _none: self.refresh(), self._complain)

    def on_export(self) -> None:
        """Ask where, and write."""
        name = tr("Online meetings in {0}").format(self.year)
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Export to Excel"), f"{name}.xlsx", "Excel (*.xlsx)"
        )
        if chosen:
            self.export_to(with_ending(chosen, ".xlsx"))

    def export_to(self, path: Path) -> None:
        """Write the year that is shown."""
        self.export.setEnabled(False)

        def done(count: int) -> None:
            self.info.tell("good", tr("{0} meetings are in {1}").format(count, path.name))

        self._when(self._figures.save(path, self.year), done)

    def _when(self, future: "Future[Any]", done: Callable[[Any], None]) -> None:
        def finished(value: Any) -> None:
            self.export.setEnabled(True)
            done(value)

        self._context.bridge.when_done(future, finished, self._complain)

    def _complain(self, error: MeetingError) -> None:
        self.export.setEnabled(True)
        self.info.tell("attention", sentence_of(error))


def shown_number(number: object) -> str:
    """A figure as the language chosen writes it; tenths only where there are some."""
    whole = f"{number:,.1f}".removesuffix(".0") if isinstance(number, float) else f"{number:,}"
    return whole.translate(str.maketrans(",.", ".,")) if language() == "vi" else whole


def _cell(words: str, ink: str, role: str) -> Label:
    label = Label(words, role, ink, tabular=True, wraps=role == "caption")
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label
