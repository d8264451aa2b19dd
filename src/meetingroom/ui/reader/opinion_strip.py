"""One's opinions and what became of them; what the chair shows of others'; writing a new one."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.opinions import Opinion, Shown
from meetingroom.sentences import sentence, sentence_of
from meetingroom.services.opinion_words import answer_words, place_words, where
from meetingroom.services.opinions import Unsent
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, Chip, ElidedLabel, Label, Panel, empty
from meetingroom.ui.reader.opinion_form import OpinionForm, Target
from meetingroom.ui.reader.unfolded import Unfolded
from meetingroom.wording import tr


class OpinionStrip(Panel):
    """`entry` opens and closes it; closed, it shows itself only with what the chair shows."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__("field")
        self._context = context
        self._meeting: Meeting | None = None
        self._reading: Target = ("", "", -1)
        self._rows_told: object = None
        # A child from the start: what has no parent may be cleared away by any thread.
        self.entry = Button(
            tr("Opinions"), "outlined", "message-square", extent="small", parent=self
        )
        self.entry.setCheckable(True)
        self.entry.setToolTip(tr("Send an opinion on an item or on the page you read"))
        self.entry.toggled.connect(self.on_entry)
        self.entry.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 6)
        column.setSpacing(6)
        self.words = ElidedLabel("", "strong")
        column.addWidget(self.words)
        self.body = self._body()
        column.addWidget(self.body)
        self.body.hide()
        self.hide()

    def _body(self) -> QWidget:
        body = Panel("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.form = OpinionForm()
        self.form.send_requested.connect(self.on_send)
        self.form.changed.connect(self._keep)
        self.form.shut.clicked.connect(lambda _checked=False: self.entry.setChecked(False))
        self.form.words.given_up.connect(lambda: self.entry.setChecked(False))
        column.addWidget(self.form)
        self.rows = QWidget()
        self._rows = QVBoxLayout(self.rows)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(8)
        self.rows.hide()
        column.addWidget(self.rows)
        return Unfolded(body)

    # --- showing --------------------------------------------------------------------------

    def show_meeting(self, meeting: Meeting) -> None:
        """Mine, and what everyone may see."""
        is_other = self._meeting is None or self._meeting.id != meeting.id
        if is_other:
            self.leave()
        self._meeting = meeting
        may = self._context.opinions is not None and self._context.me in meeting.people
        self.entry.setVisible(may and meeting.state in ("issued", "open", "closed"))
        if is_other and may:
            self._ask_for_unsent(meeting)
        self._show_all()

    def show_place(self, paper: str, page: int) -> None:
        """Another page is read: an opinion is likeliest about that."""
        self._reading = ("", paper, page)
        if self.entry.isChecked():
            self._show_targets()

    def _show_all(self) -> None:
        meeting = self._meeting
        if meeting is None:
            return
        opinions, me = meeting.opinions, self._context.me
        mine, shown = opinions.of(me), list(opinions.shown.values())
        self.entry.set_words(f"{tr('Opinions')} {len(mine)}" if mine else tr("Opinions"))
        is_open = self.entry.isChecked()
        if is_open:
            self._show_targets()
            self._show_rows(meeting, mine, shown)
        elif shown:
            self.words.setText(self._shown_words(shown[-1]))
        self.words.setVisible(not is_open)
        # Later it is among all opinions; a line that stays would take the page's room.
        is_live = meeting.scene.scene == "opinion" and bool(shown)
        self.setVisible(not self.entry.isHidden() and (is_open or is_live))

    def _shown_words(self, shown: Shown) -> str:
        person = self._context.desk.directory.name_of(shown.fact.person)
        return f"{person or tr('An opinion')}: {shown.fact.text}"

    def _show_targets(self) -> None:
        meeting = self._meeting
        if meeting is None:
            return
        _, paper, page = self._reading
        known = meeting.papers.get(paper)
        item = meeting.current_item or (known.item if known else "")
        rows: list[Target] = [("", paper, page), ("", paper, -1)] if known else []
        if meeting.current_item:
            rows.insert(0, (item, "", -1))
        elif item:
            rows.append((item, "", -1))
        self.form.show_targets(meeting, [*rows, ("", "", -1)])

    def _show_rows(self, meeting: Meeting, mine: list[Opinion], shown: list[Shown]) -> None:
        others = [row for row in shown if row.fact.opinion not in {one.id for one in mine}]
        told = ([(row, meeting.opinions.answers.get(row.id)) for row in mine], others)
        self.rows.setVisible(bool(mine or others))
        if told == self._rows_told:
            return
        self._rows_told = told
        empty(self._rows)
        for row in reversed(mine):
            self._rows.addWidget(self._own_row(meeting, row))
        for one in reversed(others):
            fact = one.fact
            second = place_words(meeting, fact.item, fact.paper, fact.page)
            chip = Chip(tr("Shown to everyone"), "accent")
            self._rows.addWidget(_row(self._shown_words(one), second, chip))

    def _own_row(self, meeting: Meeting, mine: Opinion) -> QWidget:
        answer = meeting.opinions.answers.get(mine.id)
        second = where(meeting, mine)
        if answer is not None and answer.fact.text:
            second = f"{second}\n{tr('Answer')}: {answer.fact.text}"
        if mine.refusal:
            second = f"{second}\n{sentence(mine.refusal)}"
        return _row(mine.given.text, second, _state(meeting, mine))

    # --- acting ---------------------------------------------------------------------------

    def on_entry(self, is_open: bool) -> None:
        """Open it to write, or close it; what is written stays."""
        self.body.setVisible(is_open)
        if not is_open:
            self.form.flush()
        self._show_all()
        if is_open:
            self.form.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Another meeting is read: what was written for this one stays with it."""
        if self._meeting is not None and self.form.words.words():
            self.form.flush()
        self.form.clear()
        self.entry.setChecked(False)
        self._rows_told = None

    def on_send(self, said: Unsent) -> None:
        """Keep it and send it; it waits here where the hub is away."""
        opinions, meeting = self._context.opinions, self._meeting
        if opinions is None or meeting is None:
            return

        def sent(_opinion: Any) -> None:
            if self.form.unsent() == said:  # else more was written meanwhile
                self.form.clear()
            else:
                self.form.flush()

        self._context.bridge.when_done(opinions.give(meeting.id, said), sent, self._complain)

    def _ask_for_unsent(self, meeting: Meeting) -> None:
        opinions = self._context.opinions
        if opinions is None:
            return

        def found(unsent: Unsent) -> None:
            if self._meeting is not None and self._meeting.id == meeting.id and unsent.text:
                self.form.show_unsent(meeting, unsent)

        self._context.bridge.when_done(opinions.unsent(meeting.id), found, self._complain)

    def _keep(self, unsent: Unsent) -> None:
        opinions, meeting = self._context.opinions, self._meeting
        if opinions is not None and meeting is not None:
            self._context.bridge.when_done(opinions.keep(meeting.id, unsent), None, self._complain)

    def _complain(self, error: MeetingError) -> None:
        self.form.complain(sentence_of(error))


def _row(words: str, second: str, chip: Chip) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(Label(words, "body", wraps=True))
    column.addWidget(Label(second, "caption", "ink_soft", wraps=True))
    row.addLayout(column, 1)
    row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
    return line


def _state(meeting: Meeting, mine: Opinion) -> Chip:
    """How far an opinion is: here, at the hub, answered."""
    answer = meeting.opinions.answers.get(mine.id)
    if mine.refusal:
        return Chip(tr("Not taken"), "problem")
    if answer is not None:
        return Chip(answer_words(answer.fact.answer), "good", "check")
    if not mine.is_at_hub:
        return Chip(tr("On this computer"), "attention")
    return Chip(tr("Sent late"), "draft") if mine.is_late else Chip(tr("Sent"), "draft")
