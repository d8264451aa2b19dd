"""Questions asked in writing: who has not answered, reminding, closing, what came of them."""

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.opinions import Consultation
from meetingroom.services.opinion_words import place_words
from meetingroom.ui.consultation_dialog import Asked, ConsultationDialog
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    Card,
    Chip,
    EmptyPlace,
    GradualRows,
    Label,
    ProgressBar,
    WrapRow,
)
from meetingroom.ui.opinion_list import Do
from meetingroom.ui.stage.due_words import due_words
from meetingroom.ui.stage.moments import local
from meetingroom.wording import tr


@dataclass(frozen=True)
class Answer:
    """One line of a question's answers."""

    person: str
    choice: str
    text: str
    when: str
    is_after_due: bool


@dataclass(frozen=True)
class Row:
    """What one question's card says."""

    consultation: str
    question: str
    second: str
    is_open: bool
    asked: int
    answers: tuple[Answer, ...]
    waiting: tuple[str, ...]
    reminded: str
    tally: tuple[tuple[str, int], ...]


class Consultations(QWidget):
    """A card a question, the newest first; a button asks another."""

    def __init__(self, context: DeskContext, do: Do) -> None:
        super().__init__()
        self._context, self._do = context, do
        self._meeting: Meeting | None = None
        self.dialog: ConsultationDialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        top = QHBoxLayout()
        self.new = Button(tr("Ask in writing…"), "primary", "send")
        self.new.clicked.connect(lambda _checked=False: self.on_new())
        words = tr("Members answer on their laptops, before the meeting or in it.")
        top.addWidget(Label(words, "body", "ink_soft", wraps=True), 1)
        top.addWidget(self.new)
        column.addLayout(top)
        advice = tr("A question, its choices, who is asked, and until when.")
        self.none = EmptyPlace("message-square", tr("Nothing was asked in writing yet"), advice)
        self.rows = GradualRows(self._card, 12)
        column.addWidget(self.none)
        column.addWidget(self.rows)
        column.addStretch(1)

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """All questions of the meeting."""
        self._meeting = meeting
        asked = list(meeting.opinions.consultations.values())[::-1]
        self.none.setVisible(not asked)
        self.new.setEnabled(
            meeting.state in ("issued", "open") and self._context.opinions is not None
        )
        values = [_row(meeting, directory, one) for one in asked]
        self.rows.show_rows([(row.consultation, row) for row in values])

    def _card(self, row: Row) -> Card:
        card = Card(padding=16)
        head = QHBoxLayout()
        head.addWidget(Label(row.question, "section", wraps=True), 1)
        if row.is_open:
            head.addWidget(Chip(tr("Being answered"), "accent"))
        else:
            head.addWidget(Chip(tr("Closed", "question"), "draft"))
        card.body.addLayout(head)
        card.body.addWidget(Label(row.second, "caption", "ink_soft", wraps=True))
        card.body.addLayout(self._count(row))
        for choice, count in row.tally:
            card.body.addLayout(_bar(choice, count, row.asked))
        for answer in row.answers:
            card.body.addWidget(_answer(answer))
        if row.waiting:
            words = tr("Not answered yet: {0}").format(", ".join(row.waiting))
            card.body.addWidget(Label(words, "body", "attention", wraps=True))
        if row.is_open:
            card.body.addLayout(self._acts(row))
        return card

    def _count(self, row: Row) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        count = len(row.answers)
        line.addWidget(Label(tr("{0} of {1} have answered").format(count, row.asked), "strong"))
        bar = ProgressBar("good")
        bar.set_share(count, row.asked)
        bar.setAccessibleName(tr("{0} of {1} have answered").format(count, row.asked))
        line.addWidget(bar, 1)
        return line

    def _acts(self, row: Row) -> WrapRow:
        acts = WrapRow()
        opinions, meeting = self._context.opinions, self._meeting
        if opinions is None or meeting is None:
            return acts
        if row.waiting:
            one, many = tr("Remind one person"), tr("Remind {0} people")
            words = one if len(row.waiting) == 1 else many.format(len(row.waiting))
            remind = Button(words, "accent", "bell", extent="small")
            remind.clicked.connect(
                lambda _checked=False: self._do(opinions.remind(meeting.id, row.consultation))
            )
            acts.addWidget(remind)
        close = Button(tr("Close the question"), "outlined", extent="small")
        close.setToolTip(tr("Nobody can answer or change an answer any more."))
        close.clicked.connect(
            lambda _checked=False: self._do(opinions.close(meeting.id, row.consultation))
        )
        acts.addWidget(close)
        if row.reminded:
            acts.addWidget(Label(row.reminded, "caption", "ink_soft"))
        return acts

    def on_new(self) -> None:
        """Write a question."""
        if self._meeting is None:
            return
        directory = self._context.desk.directory
        self.dialog = ConsultationDialog(self._meeting, directory, self)
        self.dialog.asked.connect(self._ask)
        self.dialog.open()

    def _ask(self, asked: Asked) -> None:
        opinions, meeting = self._context.opinions, self._meeting
        if opinions is not None and meeting is not None:
            self._do(
                opinions.ask(
                    meeting.id,
                    asked.question,
                    asked.people,
                    asked.due,
                    choices=asked.choices,
                    paper=asked.paper,
                    shows_answers=asked.shows_answers,
                )
            )


def _row(meeting: Meeting, directory: Directory, one: Consultation) -> Row:
    opened = one.opened
    about = place_words(meeting, opened.item, opened.paper, -1)
    parts = [
        about if opened.item or opened.paper else "",
        due_words(opened.due),
        tr("everyone reads the answers once it is closed") if opened.shows_answers else "",
    ]
    last = max(one.reminded.values(), default="")
    return Row(
        consultation=one.id,
        question=opened.question,
        second="  ·  ".join(part for part in parts if part),
        is_open=one.is_open,
        asked=len(opened.people),
        answers=tuple(
            Answer(
                person=directory.name_of(person),
                choice=answer.fact.choice,
                text=answer.fact.text,
                when=f"{local(answer.at):%H:%M %d/%m}",
                is_after_due=one.is_after_due(answer),
            )
            for person, answer in one.answers.items()
        ),
        waiting=tuple(directory.name_of(person) for person in one.waits_for),
        reminded=tr("Reminded {0}").format(f"{local(last):%H:%M %d/%m}") if last else "",
        tally=tuple(zip(opened.choices, one.tally(), strict=True)),
    )


def _bar(choice: str, count: int, total: int) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(12)
    line.addWidget(Label(choice, "body", wraps=True), 2)
    bar = ProgressBar("accent")
    bar.set_share(count, total)
    bar.setAccessibleName(f"{choice}: {count}")
    line.addWidget(bar, 5)
    line.addWidget(Label(str(count), "strong", tabular=True))
    return line


def _answer(answer: Answer) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(Label(answer.person, "strong", wraps=True), 3)
    words = ". ".join(part for part in (answer.choice, answer.text) if part)
    row.addWidget(Label(words, "body", wraps=True), 7)
    when = tr("{0}, after the day it was due").format(answer.when)
    row.addWidget(Label(when if answer.is_after_due else answer.when, "caption", "ink_soft"))
    return line
