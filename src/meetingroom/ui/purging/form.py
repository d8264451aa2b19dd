"""The one place where a person confirms: withdrawing a paper cannot be undone."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.ui.controls import Button, Card, FoldingRow, IconLabel, Label, empty
from meetingroom.ui.controls.folding_row import side_by_side
from meetingroom.ui.controls.held_button import HeldButton
from meetingroom.ui.purging.purge_words import goes_words, stays_words
from meetingroom.wording import tr

LEAST = 320  # px of each of the two lists beside the other, also where text is large


class PurgeForm(Card):
    """Says what goes and what stays; `confirmed` with the paper and the reason."""

    confirmed = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(edge="live", parent=parent)
        self._paper = ""
        self.title = Label("", "title", wraps=True)
        self.body.addWidget(self.title)
        self.body.addWidget(
            Label(
                tr("It disappears from every computer for good. This cannot be taken back."),
                "body",
                "live",
                wraps=True,
            )
        )
        self.reasons = QButtonGroup(self)
        for place, (key, words, told) in enumerate(
            (
                ("secret", tr("It was found to be secret"), tr("Nobody is told its title.")),
                ("recalled", tr("It is recalled"), tr("A wrong paper or a wrong version.")),
            )
        ):
            radio = QRadioButton(words)
            radio.setProperty("reason", key)
            radio.setAccessibleDescription(told)
            self.reasons.addButton(radio, place)
            self.body.addWidget(radio)
            self.body.addWidget(Label(told, "small", "ink_soft", wraps=True))
        where, goes, stays = QWidget(), QWidget(), QWidget()
        goes.setMinimumWidth(LEAST)
        stays.setMinimumWidth(LEAST)
        self._where, self._goes, self._stays = (QVBoxLayout(one) for one in (where, goes, stays))
        for lines in (self._where, self._goes, self._stays):
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(4)
        self.body.addWidget(where)
        self.body.addWidget(FoldingRow(goes, stays, (1, 1)))
        self.body.addWidget(self._buttons())
        self.hint = Label("", "small", "ink_soft", wraps=True)
        self.body.addWidget(self.hint)

    def _buttons(self) -> QWidget:
        self.hold = HeldButton(tr("Hold to withdraw"), "trash-2")
        self.hold.held.connect(self._on_held)
        self.hold.let_go.connect(lambda: self._say(tr("Keep it pressed until the bar is full")))
        self.keep = Button(tr("No, keep it"), "outlined", extent="large")
        self.keep.clicked.connect(self.left)
        return side_by_side(self.keep, self.hold)

    def show_paper(self, meeting: Meeting, paper: Paper, where: str) -> None:
        """Ask about this paper; no reason is chosen for the person."""
        if self._paper != paper.paper:
            self._paper = paper.paper
            self.reasons.setExclusive(False)
            for radio in self.reasons.buttons():
                radio.setChecked(False)
            self.reasons.setExclusive(True)
            self.hint.setText("")
        number = meeting.number_of(paper.paper)
        self.title.setText(tr("Withdraw “{0}”?").format(f"{number} {paper.title}".strip()))
        _fill(self._where, "", "map-pin", "accent", [where])
        goes = goes_words(meeting, paper)
        _fill(self._goes, tr("This goes"), "trash-2", "live", goes)
        title = tr("This the program cannot reach, or it stays")
        _fill(self._stays, title, "info", "attention", stays_words())

    def _on_held(self) -> None:
        chosen = self.reasons.checkedButton()
        if chosen is None:
            self._say(tr("Choose the reason first: it decides what people are told."))
            return
        self.confirmed.emit(self._paper, str(chosen.property("reason")))

    def _say(self, words: str) -> None:
        self.hint.setText(words)


def _fill(column: QVBoxLayout, title: str, icon: str, role: str, lines: list[str]) -> None:
    empty(column)
    if title:
        column.addWidget(Label(title, "strong", wraps=True))
    for words in lines:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, role, 16))
        row.addWidget(Label(words, "body", wraps=True), 1)
        column.addWidget(line)
    column.addStretch(1)
