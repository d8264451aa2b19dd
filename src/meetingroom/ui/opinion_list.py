"""The opinions one has heard, by item and page, to answer and (leading) to show to everyone."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.opinions import Opinion
from meetingroom.services.opinion_words import (
    answer_words,
    audience_words,
    author_name,
    in_agenda_order,
    where,
)
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, Card, Chip, GradualRows, Label, WrapRow
from meetingroom.ui.controls.words_field import WordsField
from meetingroom.ui.stage.moments import local
from meetingroom.wording import tr

Do = Callable[["Future[Any]"], None]


@dataclass(frozen=True)
class Row:
    """What one row says."""

    opinion: str
    author: str
    second: str
    text: str
    answer: str
    answer_text: str
    is_shown: bool
    may_show: bool
    is_late: bool


class AnswerCard(Card):
    """Where an answer is written; it stays while the list below changes."""

    def __init__(self, send: Callable[[str, str, str], None]) -> None:
        super().__init__(padding=12)
        self._send = send
        self.opinion = ""
        self._written: dict[str, str] = {}  # to opinions left for another, or on their way
        self.body.setSpacing(8)
        self.what = Label("", "strong", wraps=True)
        self.words = WordsField()
        self.words.setPlaceholderText(tr("The answer; may be empty"))
        self.words.setAccessibleName(tr("Answer"))
        self.words.given_up.connect(self.leave)
        self.body.addWidget(self.what)
        self.body.addWidget(self.words)
        row = WrapRow()
        for answer, kind in (("accepted", "accent"), ("explained", "outlined"),
                             ("noted", "outlined")):  # fmt: skip
            button = Button(answer_words(answer), kind, extent="small")  # type: ignore[arg-type]
            button.clicked.connect(lambda _checked=False, answer=answer: self._on_answer(answer))
            row.addWidget(button)
        leave = Button(tr("Cancel"), "quiet", extent="small")
        leave.clicked.connect(lambda _checked=False: self.leave())
        row.addWidget(leave)
        self.body.addLayout(row)
        self.hide()

    def begin(self, row: Row) -> None:
        """Answer this one; a former answer is changed, and what was begun goes on."""
        self.put_by()
        self.opinion = row.opinion
        self.what.setText(tr("Answer to {0}: {1}").format(row.author, row.text[:120]))
        self.words.set_words(self._written.pop(row.opinion, row.answer_text))
        self.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_by(self) -> None:
        """Something else is looked at: what is written waits."""
        if self.opinion and self.words.words():
            self._written[self.opinion] = self.words.words()
        self.leave()

    def forget_sent(self, opinion: str, words: str) -> None:
        """It was answered so."""
        if self._written.get(opinion) == words:
            del self._written[opinion]

    def leave(self) -> None:
        """Answer nothing."""
        self.opinion = ""
        self.words.set_words("")
        self.hide()

    def _on_answer(self, answer: str) -> None:
        self._send(self.opinion, answer, self.words.words())
        self.put_by()  # until it is there: it may be refused


class OpinionList(QWidget):
    """One row an opinion; `can_show` where its reader may steer the display."""

    def __init__(self, context: DeskContext, do: Do) -> None:
        super().__init__()
        self._context, self._do = context, do
        self._meeting = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.none = Label(tr("Nobody has sent you an opinion yet."), "body", "ink_soft", wraps=True)
        self.answering = AnswerCard(self.on_answer)
        self.rows = GradualRows(self._row, 12)
        for widget in (self.none, self.answering, self.rows):
            column.addWidget(widget)
        column.addStretch(1)

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """By item, paper and page."""
        self._meeting = meeting.id
        heard = [row for row in meeting.opinions.given.values() if not row.refusal]
        ordered = in_agenda_order(meeting, heard)
        may = meeting.state in ("issued", "open")
        rows = [self._value(meeting, directory, one, may_show=may) for one in ordered]
        self.none.setVisible(not rows)
        self.rows.show_rows([(row.opinion, row) for row in rows])
        for one in meeting.opinions.answers.values():
            self.answering.forget_sent(one.fact.opinion, one.fact.text)
        if self.answering.opinion not in meeting.opinions.given:
            self.answering.put_by()

    def _value(
        self, meeting: Meeting, directory: Directory, one: Opinion, *, may_show: bool
    ) -> Row:
        answer = meeting.opinions.answers.get(one.id)
        paper = meeting.papers.get(one.given.paper)
        is_open = paper is None or not paper.is_restricted
        parts = (where(meeting, one), audience_words(one.audience), f"{local(one.at):%H:%M %d/%m}")
        return Row(
            opinion=one.id,
            author=author_name(directory, one),
            second="  ·  ".join(parts),
            text=one.given.text,
            answer=answer.fact.answer if answer else "",
            answer_text=answer.fact.text if answer else "",
            is_shown=one.id in meeting.opinions.shown,
            may_show=may_show and is_open,
            is_late=one.is_late,
        )

    def _row(self, row: Row) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = WrapRow()
        head.addWidget(Label(row.author, "strong"))
        for is_so, words, kind in (
            (row.is_shown, tr("On the display"), "accent"),
            (bool(row.answer), answer_words(row.answer), "good"),
            (row.is_late, tr("Sent late"), "draft"),
        ):
            if is_so:
                head.addWidget(Chip(words, kind))  # type: ignore[arg-type]
        column.addLayout(head)
        column.addWidget(Label(row.text, "body", wraps=True))
        column.addWidget(Label(row.second, "caption", "ink_soft", wraps=True))
        if row.answer_text:
            words = f"{tr('Answer')}: {row.answer_text}"
            column.addWidget(Label(words, "small", "ink_soft", wraps=True))
        column.addLayout(self._acts(row))
        return line

    def _acts(self, row: Row) -> WrapRow:
        acts = WrapRow()
        show, hide = tr("Show on the display"), tr("Take off the display")
        if row.is_shown:
            wanted = [(hide, "outlined", lambda: self.on_take_off(row.opinion))]
        elif row.may_show:
            unnamed = tr("Show unnamed")
            wanted = [
                (show, "accent", lambda: self.on_show(row.opinion, is_named=True)),
                (unnamed, "outlined", lambda: self.on_show(row.opinion, is_named=False)),
            ]
        else:
            wanted = []
        words = tr("Change the answer") if row.answer else tr("Answer…")
        wanted.append((words, "outlined", lambda: self.answering.begin(row)))
        for words, kind, act in wanted:
            button = Button(words, kind, extent="small")  # type: ignore[arg-type]
            button.setAccessibleName(f"{words}: {row.author}")
            button.clicked.connect(lambda _checked=False, act=act: act())
            acts.addWidget(button)
        return acts

    # --- acting ---------------------------------------------------------------------------

    def on_show(self, opinion: str, *, is_named: bool) -> None:
        """Everyone may see it, and the display does."""
        if self._context.opinions is not None:
            self._do(self._context.opinions.show(self._meeting, opinion, is_named=is_named))

    def on_take_off(self, opinion: str) -> None:
        """Nobody sees it any more whom it was not for."""
        if self._context.opinions is not None:
            self._do(self._context.opinions.take_off(self._meeting, opinion))

    def on_answer(self, opinion: str, answer: str, text: str) -> None:
        """Its author hears."""
        if self._context.opinions is not None and opinion:
            self._do(self._context.opinions.answer(self._meeting, opinion, answer, text))
