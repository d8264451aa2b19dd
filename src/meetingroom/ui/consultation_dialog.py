"""A question in writing: its words, choices, whom it is put to, and until when."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QDate, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.meeting_types import answers_due, type_of
from meetingroom.domain.ruling import may_read_paper
from meetingroom.domain.vote_rights import may_vote
from meetingroom.ui.controls import Button, Field, Label, RowList
from meetingroom.ui.controls.spin_fields import DateField, TimeField
from meetingroom.ui.controls.tall_dialog import TallDialog
from meetingroom.ui.stage.moments import ZONE, local, now
from meetingroom.wording import tr

KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Asked:
    """What was typed."""

    question: str
    people: tuple[str, ...]
    due: str
    choices: tuple[str, ...]
    paper: str
    shows_answers: bool


class ConsultationDialog(TallDialog):
    """`asked` carries an `Asked`; members are ticked, choices and day are the meeting type's."""

    asked = Signal(object)

    def __init__(self, meeting: Meeting, directory: Directory, parent: QWidget) -> None:
        super().__init__(tr("Ask in writing"), 640, parent)
        self._meeting = meeting
        column = self.column
        self.question = QPlainTextEdit()
        self.question.setTabChangesFocus(True)
        self.question.setFixedHeight(self.fontMetrics().lineSpacing() * 4)
        self.question.textChanged.connect(self._show_state)
        column.addWidget(Field(tr("Question", "in writing"), self.question))
        column.addWidget(self._about(meeting))
        issued = meeting.issued
        rules = type_of(issued.kind if issued else "", directory)
        self.choices = QLineEdit("; ".join(rules.choices))
        hint = tr("Apart by semicolons; empty where only words are wanted")
        column.addWidget(Field(tr("Choices"), self.choices, hint))
        self.choices.textChanged.connect(lambda _words: self._show_state())
        due = answers_due(rules, now(), local(issued.starts_at) if issued else now())
        column.addLayout(self._until(due))
        column.addWidget(Label(tr("Who is asked"), "caption", "ink_soft", weight=500))
        column.addWidget(self._people(meeting, directory), 1)
        self.shows = QCheckBox(tr("Once closed, everyone at the meeting reads the answers"))
        column.addWidget(self.shows)
        self._add_buttons()
        self._show_state()

    def _about(self, meeting: Meeting) -> Field:
        self.paper = QComboBox()
        self.paper.addItem(tr("No paper"), "")
        for paper in meeting.in_reading_order():
            self.paper.addItem(f"{meeting.number_of(paper.paper)} {paper.title}", paper.paper)
        self.paper.activated.connect(lambda _index: self._show_state())
        return Field(tr("About the paper"), self.paper)

    def _until(self, due: datetime) -> QHBoxLayout:
        self.date = DateField(QDate(due.year, due.month, due.day))
        self.time = TimeField(QTime(due.hour, due.minute))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field(tr("Answers by"), self.date))
        row.addWidget(Field(tr("Time"), self.time))
        row.addStretch(1)
        return row

    def _people(self, meeting: Meeting, directory: Directory) -> RowList:
        members = set(may_vote(meeting))
        self.people = RowList(tr("Who is asked"))
        for person in directory.in_protocol_order():
            if person.person not in meeting.people:
                continue
            item = QListWidgetItem(", ".join(p for p in (person.name, person.title) if p))
            item.setData(KEY, person.person)
            is_in = person.person in members
            item.setCheckState(Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)
            self.people.addItem(item)
        self.people.itemChanged.connect(lambda _item: self._show_state())
        return self.people

    def _add_buttons(self) -> None:
        self.trouble = Label("", "caption", "attention", wraps=True)
        cancel = Button(tr("Cancel"), "plain")
        self.send = Button(tr("Put the question"), "primary", "send")
        cancel.clicked.connect(self.reject)
        self.send.clicked.connect(self.on_send)
        self.foot.addWidget(self.trouble, 1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.send)

    def _show_state(self) -> None:
        """What is still missing is said, not asked for afterwards."""
        if not hasattr(self, "send"):
            return
        typed = self.typed()
        words = ""
        if not typed.question:
            words = tr("The question is still missing.")
        elif not typed.people:
            words = tr("Nobody is ticked.")
        elif len(typed.choices) == 1:
            words = tr("One choice is none: give two, or leave them out.")
        elif not all(may_read_paper(one, typed.paper, self._meeting) for one in typed.people):
            words = tr("Somebody who is ticked may not read this paper.")
        self.trouble.setText(words)
        self.send.setEnabled(not words)

    def typed(self) -> Asked:
        """What stands in the fields."""
        items = [self.people.item(place) for place in range(self.people.count())]
        chosen = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        words = (choice.strip() for choice in self.choices.text().split(";"))
        date, time = self.date.date(), self.time.time()
        due = datetime(
            date.year(), date.month(), date.day(), time.hour(), time.minute(), tzinfo=ZONE
        )
        return Asked(
            question=self.question.toPlainText().strip(),
            people=tuple(item.data(KEY) for item in chosen),
            due=due.isoformat(),
            choices=tuple(dict.fromkeys(choice for choice in words if choice)),
            paper=self.paper.currentData(),
            shows_answers=self.shows.isChecked(),
        )

    def on_send(self) -> None:
        """Ask."""
        self.asked.emit(self.typed())
        self.accept()
