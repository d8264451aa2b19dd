"""Several meetings in what was dropped, or a week's schedule: look at one, or tick some."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.services.proposals import ProposedMeeting
from meetingroom.ui.controls import (
    Button,
    Card,
    Chip,
    ElidedLabel,
    HairLine,
    Label,
    Panel,
    ScrolledColumn,
    empty,
)
from meetingroom.ui.secretary.received_words import summary, warning_words
from meetingroom.wording import tr


class ReceivedChoice(QWidget):
    """`one_requested` and `some_requested` carry places in the list."""

    one_requested = Signal(int)
    some_requested = Signal(object)
    leave_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: list[QCheckBox] = []
        self.heading = Label("", "title", wraps=True)
        words = tr("Open one to check it, or tick those you want and make them all at once.")
        scroller = ScrolledColumn(tr("Meetings in the letter"), 12)
        scroller.column.setContentsMargins(28, 20, 28, 20)
        scroller.column.addWidget(self.heading)
        scroller.column.addWidget(Label(words, "body", "ink_soft", wraps=True))
        self._rows = QVBoxLayout()
        scroller.column.addLayout(self._rows)
        scroller.column.addStretch(1)
        bottom = Panel("bottom_bar")
        row = QHBoxLayout(bottom)
        row.setContentsMargins(28, 10, 28, 10)
        row.setSpacing(12)
        self.make = Button("", "primary", "check")
        self.make.clicked.connect(self._on_make)
        leave = Button(tr("Do not use this letter"), "quiet")
        leave.clicked.connect(self.leave_requested)
        row.addWidget(self.make)
        row.addWidget(leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroller, 1)
        column.addWidget(bottom)

    def show_meetings(
        self,
        meetings: Sequence[ProposedMeeting],
        services: dict[str, str],
        made: Collection[int] = (),
    ) -> None:
        """One row a meeting; only what is whole and safe may be ticked without a look."""
        self.heading.setText(tr("{0} meetings were found. Which ones?").format(len(meetings)))
        empty(self._rows)
        self.boxes = []
        card = Card(padding=0)
        card.body.setSpacing(0)
        for place, meeting in enumerate(meetings):
            if place:
                card.body.addWidget(HairLine())
            card.body.addWidget(self._line(place, meeting, services, is_made=place in made))
        self._rows.addWidget(card)
        self._count()

    def _line(
        self, place: int, meeting: ProposedMeeting, services: dict[str, str], *, is_made: bool
    ) -> QWidget:
        title, second = summary(meeting, services)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        box = QCheckBox()
        box.setAccessibleName(f"{title}, {second}")
        box.toggled.connect(lambda _is_on: self._count())
        self.boxes.append(box)
        row.addWidget(box)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedLabel(title, "strong"))
        words.addWidget(ElidedLabel(second, "small", "ink_soft"))
        why = "" if is_made else why_not_at_once(meeting)
        box.setEnabled(not is_made)
        if why:
            words.addWidget(Label(why, "small", "attention_ink", wraps=True))
            box.setEnabled(False)
        row.addLayout(words, 1)
        if is_made:
            row.addWidget(Chip(tr("Made"), "good", "check"))
            return line
        button = Button(tr("Check it"), "outlined", extent="small")
        button.setAccessibleName(f"{tr('Check it')}: {title}")
        button.clicked.connect(lambda: self.one_requested.emit(place))
        row.addWidget(button)
        return line

    def _count(self) -> None:
        count = sum(box.isChecked() for box in self.boxes)
        words = tr("Make {0} meetings").format(count) if count else tr("Tick the meetings to make")
        self.make.set_words(words)
        self.make.setEnabled(count > 0)

    def _on_make(self) -> None:
        self.some_requested.emit([n for n, box in enumerate(self.boxes) if box.isChecked()])


def why_not_at_once(meeting: ProposedMeeting) -> str:
    """Why a meeting has to be looked at before it is made; "" where it need not."""
    warnings = [code for link in meeting.links for code in link.warnings]
    if warnings:
        return warning_words(warnings[0])
    if not meeting.value("starts_at"):
        return tr("It has no day and time yet.")
    if not meeting.value("title"):
        return tr("It has no title yet.")
    if sum(not link.is_empty for link in meeting.links) > 1:
        return tr("It has several links: choose one.")
    return ""
