"""The list of one's notes on a new version: which need an eye, which moved, which stand as
before."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain.marks import Ink, Mark, TextMark, bounds, mark_kind
from meetingroom.services.carrying import Carried
from meetingroom.services.collecting import kind_words
from meetingroom.ui.controls import (
    Button,
    GradualRows,
    HairLine,
    IconButton,
    IconLabel,
    Label,
    Panel,
    WrapRow,
)
from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

SHOWN = 300
QUOTED = 160
WIDTH = 300


@dataclass(frozen=True)
class Heading:
    """The words over a group, how many it has, and its sign."""

    words: str
    count: int
    icon: str
    role: str


@dataclass(frozen=True)
class Row:
    """A note in a group; `how` is what can be done: "look", "unplaced", "waiting" or ""."""

    mark: Mark
    how: str
    was_page: int
    count: int = 1
    """Strokes of a page that need nothing are one row."""


class CarriedPanel(Panel):
    """Beside the pages; every row leads to its note."""

    mark_requested = Signal(object)
    place_requested = Signal(object)
    confirm_requested = Signal(list)
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("right_panel", parent)
        self._guesses: list[Mark] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 8, 8)
        top = QHBoxLayout()
        self.title = Label("", "section", wraps=True)
        close = IconButton("x", tr("Close this list"), extent="small")
        close.clicked.connect(self.close_requested)
        top.addWidget(self.title, 1)
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        words = tr("Nothing is lost: the older version keeps every note as it was.")
        column.addWidget(Label(words, "small", "ink_soft", wraps=True))
        column.addWidget(self._scroller(), 1)
        self.all_well = Button(tr("All guesses are right"), "outlined", "check-check")
        self.all_well.clicked.connect(lambda: self.confirm_requested.emit(self._guesses))
        column.addWidget(self.all_well)
        self.setMinimumWidth(current_theme().widened(WIDTH))
        self.setAccessibleName(tr("Your notes on the new version"))
        self.hide()

    def _scroller(self) -> QScrollArea:
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, 6, 0)
        self.rows = GradualRows(self._made, 6)
        body.addWidget(self.rows)
        body.addStretch(1)
        scroller.setWidget(inner)
        inner.setAutoFillBackground(False)
        scroll_by_touch(scroller)
        return scroller

    def show_report(self, report: Carried) -> None:
        """List the notes, those that need an eye first."""
        self.title.setText(tr("Your notes on version {0}").format(report.version))
        self._guesses = list(report.look)
        self.all_well.setVisible(len(report.look) > 1)
        groups: tuple[tuple[Heading, tuple[Row, ...]], ...] = (
            _group(tr("No place found: put them by hand"), "circle-alert", "live", "unplaced",
                   report.unplaced, report),
            _group(tr("Please look at these"), "triangle-alert", "attention", "look",
                   report.look, report),
            _group(tr("Still on the older version"), "history", "ink_soft", "waiting",
                   report.waiting, report),
            _group(tr("Moved with their words"), "move-horizontal", "accent", "",
                   report.words, report),
            _group(tr("At their place"), "circle-check", "good", "",
                   (*report.exact, *report.placed), report),
        )  # fmt: skip
        rows: list[tuple[str, object]] = []
        for heading, marks in groups:
            if marks:
                rows.append((heading.words, heading))
                rows += [(row.mark.id, row) for row in marks]
        self.rows.show_rows(rows[:SHOWN])

    def _made(self, shown: Heading | Row) -> QWidget:
        return _heading(shown) if isinstance(shown, Heading) else self._row(shown)

    def _row(self, shown: Row) -> QWidget:
        mark = shown.mark
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(3)
        words = words_of(mark)
        if shown.count > 1:
            words = f"{words} ({shown.count})"
        page = Button(tr("p. {0}").format(mark.page + 1), "quiet", extent="small")
        page.setAccessibleName(f"{tr('Page {0}').format(mark.page + 1)}: {words}")
        page.clicked.connect(lambda: self.mark_requested.emit(mark))
        said = QVBoxLayout()
        said.setContentsMargins(0, 5, 0, 0)  # the first line is level with the button's
        said.addWidget(Label(words, "small", wraps=True))
        if shown.was_page != mark.page:
            was = tr("was p. {0}").format(shown.was_page + 1)
            said.addWidget(Label(was, "caption", "ink_soft"))
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(page, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(said, 1)
        column.addLayout(top)
        if shown.how in ("look", "unplaced"):
            column.addWidget(self._choices(shown))
        column.addWidget(HairLine())
        return row

    def _choices(self, shown: Row) -> QWidget:
        line, mark = QWidget(), shown.mark
        choices = WrapRow(line)
        if shown.how == "look":
            well = Button(tr("It is right"), "accent", "check", extent="small")
            well.clicked.connect(lambda: self.confirm_requested.emit([mark]))
            choices.addWidget(well)
        by_hand = Button(tr("Put it by hand"), "outlined", "map-pin", extent="small")
        by_hand.clicked.connect(lambda: self.place_requested.emit(mark))
        choices.addWidget(by_hand)
        return line


def _group(
    words: str, icon: str, role: str, how: str, marks: tuple[Mark, ...], report: Carried
) -> tuple[Heading, tuple[Row, ...]]:
    rows: list[Row] = []
    for mark in sorted(marks, key=_place):
        row = Row(mark, how, report.was_pages.get(mark.id, mark.page))
        like = next((n for n, one in enumerate(rows) if _is_like(one, row)), -1)
        if like >= 0:
            rows[like] = replace(rows[like], count=rows[like].count + 1)
        else:
            rows.append(row)
    return Heading(words, len(marks), icon, role), tuple(rows)


def _place(mark: Mark) -> tuple[int, float, float]:
    box = bounds(mark.shape)
    return mark.page, box.y0, box.x0


def _is_like(one: Row, other: Row) -> bool:
    """Whether two are strokes of one page that need nothing."""
    are_ink = all(isinstance(row.mark.shape, Ink) and not row.mark.text for row in (one, other))
    pages = (one.mark.page, one.was_page) == (other.mark.page, other.was_page)
    return are_ink and pages and not one.how and not other.how


def _heading(shown: Heading) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 8, 0, 0)
    row.setSpacing(6)
    row.addWidget(IconLabel(shown.icon, shown.role, 18), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(f"{shown.words}  {shown.count}", "strong", wraps=True), 1)
    return line


def words_of(mark: Mark) -> str:
    """What a note says, or the words it marks, or what it is."""
    quote = mark.shape.quote if isinstance(mark.shape, TextMark) else ""
    return mark.text or (f"“{quote[:QUOTED]}”" if quote else kind_words(mark_kind(mark.shape)))
