"""The meetings of a weekly schedule that was read in, to tick those that are to be prepared."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.week_lines import PlannedMeeting
from meetingroom.ui.controls import Button, Chip, HairLine, Label, wrapping
from meetingroom.ui.controls.tall_dialog import TallDialog
from meetingroom.ui.stage.moments import date_words, local
from meetingroom.wording import tr

WIDE = 760


class WeekImport(TallDialog):
    """`chosen` carries those ticked; what is here already is not ticked at first."""

    chosen = Signal(object)

    def __init__(
        self, rows: Sequence[PlannedMeeting], directory: Directory, parent: QWidget
    ) -> None:
        super().__init__(tr("Meetings of the schedule"), WIDE, parent)
        self.rows = tuple(rows)
        words = tr("Ticked ones become drafts; each can still be changed before it is issued.")
        self.column.addWidget(Label(words, "body", "ink_soft", wraps=True))
        self.boxes: list[QCheckBox] = []
        day = ""
        for row in self.rows:
            if (shown := date_words(local(row.line.starts_at))) != day:
                day = shown
                self.column.addWidget(Label(day, "section"))
                self.column.addWidget(HairLine())
            self.column.addWidget(self._row(row, directory))
        self.column.addStretch(1)
        cancel = Button(tr("Cancel"), "plain")
        self.make = Button("", "primary", "plus")
        cancel.clicked.connect(self.reject)
        self.make.clicked.connect(self._on_make)
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.make)
        self._count()

    def _row(self, row: PlannedMeeting, directory: Directory) -> QWidget:
        line, starts = row.line, local(row.line.starts_at)
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 4, 0, 4)
        across.setSpacing(10)
        box = QCheckBox()
        box.setChecked(not row.known)
        box.setAccessibleName(f"{starts:%H:%M} {line.title}")
        box.toggled.connect(lambda _on: self._count())
        self.boxes.append(box)
        across.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        hour = Label(f"{starts:%H:%M}", "strong", "accent", tabular=True)
        across.addWidget(hour, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(line.title, "strong", wraps=True))
        chair = directory.name_of(row.chair) or line.chair
        where = "  ·  ".join(one for one in (line.place, chair, line.organiser) if one)
        if where:
            words.addWidget(Label(where, "small", "ink_soft", wraps=True))
        chips = _chips(row)
        if chips:
            words.addWidget(wrapping(*chips))
        across.addLayout(words, 1)
        return holder

    def ticked(self) -> tuple[PlannedMeeting, ...]:
        """Those that are to be prepared."""
        return tuple(row for row, box in zip(self.rows, self.boxes, strict=True) if box.isChecked())

    def _count(self) -> None:
        count = len(self.ticked())
        self.make.setText(tr("Make {0} drafts").format(count))
        self.make.setEnabled(count > 0)

    def _on_make(self) -> None:
        self.chosen.emit(self.ticked())
        self.accept()


def _chips(row: PlannedMeeting) -> list[QWidget]:
    chips: list[QWidget] = []
    if row.known == "same":
        chips.append(Chip(tr("Is here already"), "good"))
    if row.known == "moved":
        chips.append(Chip(tr("Is here at another hour"), "attention"))
    if not row.line.is_hour_said:
        chips.append(Chip(tr("The schedule says no hour"), "attention"))
    return chips
