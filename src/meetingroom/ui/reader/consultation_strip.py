"""A question asked in writing: answered before its day, changed until it is closed."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.opinions import Consultation
from meetingroom.sentences import sentence_of
from meetingroom.services.opinion_words import place_words
from meetingroom.services.opinions import Unsent
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, Chip, ElidedLabel, IconButton, Label, Panel, WrapRow
from meetingroom.ui.controls.words_field import WordsField
from meetingroom.ui.reader.unfolded import Unfolded
from meetingroom.ui.stage.due_words import due_words
from meetingroom.wording import tr

KEEP_MS = 250


class ConsultationStrip(Panel):
    """One question at a time, those without an answer first; also before the meeting opens."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__("field")
        self._context = context
        self._meeting: Meeting | None = None
        self._asked: Consultation | None = None
        self._choice = ""
        self._is_filling = False
        self._put_away: set[str] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 6)
        column.setSpacing(8)
        column.addLayout(self._head())
        self.body = self._body()
        column.addWidget(self.body)
        self.body.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEEP_MS)
        self._pause.timeout.connect(self.flush)
        self.hide()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self.question = ElidedLabel("", "strong")
        self.due = Label("", "small", "ink_soft")
        self.state = Chip("", "draft")
        self.next = Button("", "quiet", extent="small")
        self.next.clicked.connect(lambda _checked=False: self.on_next())
        self.open = Button(tr("Answer…"), "accent", extent="small")
        self.open.setCheckable(True)
        self.open.toggled.connect(self.on_open)
        self.away = IconButton("x", tr("Put the question away"), extent="small", size=16)
        self.away.clicked.connect(lambda _checked=False: self.on_away())
        row.addWidget(self.question, 1)
        for widget in (self.due, self.state, self.next, self.open, self.away):
            row.addWidget(widget)
        return row

    def _body(self) -> QWidget:
        body = Panel("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.whole = Label("", "body", wraps=True)
        column.addWidget(self.whole)
        self._choices = WrapRow()
        self.choices: list[Button] = []
        column.addLayout(self._choices)
        self.words = WordsField()
        self.words.setPlaceholderText(tr("What you want to say to it"))
        self.words.setAccessibleName(tr("What you want to say to it"))
        self.words.textChanged.connect(self._on_changed)
        self.words.send_requested.connect(self.on_send)
        self.words.given_up.connect(lambda: self.open.setChecked(False))
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.promise = Label("", "caption", "ink_soft", wraps=True)
        self.send = Button(tr("Send the answer"), "primary", "send", extent="small")
        self.send.clicked.connect(lambda _checked=False: self.on_send())
        row.addWidget(self.promise, 1)
        row.addWidget(self.send)
        column.addLayout(row)
        return Unfolded(body)

    # --- showing --------------------------------------------------------------------------

    def show_meeting(self, meeting: Meeting) -> None:
        """The question that waits, or the one being answered."""
        if self._meeting is not None and self._meeting.id != meeting.id:
            self._leave()
        self._meeting = meeting
        rows = self._waiting()
        is_on = meeting.state in ("issued", "open") and self._context.opinions is not None
        known = {row.id: row for row in rows}
        if not rows or not is_on:
            self._leave()
            self.hide()
            return
        current = known.get(self._asked.id) if self._asked else None
        if current is None or (not self.open.isChecked() and self._mine(current)):
            current = rows[0]
        self._show_one(current, rows)
        self.show()

    def _waiting(self) -> list[Consultation]:
        """Open questions to this person: without an answer first."""
        if self._meeting is None:
            return []
        rows = self._meeting.opinions.asked_of(self._context.me)
        rows = [row for row in rows if row.id not in self._put_away or not self._mine(row)]
        return sorted(rows, key=lambda row: self._mine(row) is not None)

    def _mine(self, asked: Consultation) -> Any:
        return asked.answers.get(self._context.me)

    def _show_one(self, asked: Consultation, rows: list[Consultation]) -> None:
        is_other = self._asked is None or self._asked.id != asked.id
        self._asked = asked
        mine = self._mine(asked)
        opened = asked.opened
        self.question.setText(tr("Written consultation: {0}").format(opened.question))
        self.due.setText(due_words(opened.due))
        self._show_state(asked)
        self.next.setVisible(len(rows) > 1)
        place = [row.id for row in rows].index(asked.id) + 1
        self.next.set_words(tr("{0} of {1}: next").format(place, len(rows)))
        if not self.open.isChecked():
            self.open.set_words(tr("Change the answer") if mine else tr("Answer…"))
        self.away.setVisible(mine is not None)
        if is_other:
            self._show_body(asked)

    def _show_state(self, asked: Consultation) -> None:
        mine = self._mine(asked)
        if mine is None and self._context.me in asked.reminded:
            self.state.set_state(tr("The secretary reminds you"), "attention")
        elif mine is None:
            self.state.set_state(tr("Not answered yet"), "attention")
        elif not mine.is_at_hub:
            self.state.set_state(tr("On this computer"), "attention")
        else:
            self.state.set_state(mine.fact.choice or tr("Answered"), "good", "check")

    def _show_body(self, asked: Consultation) -> None:
        opened, mine, meeting = asked.opened, self._mine(asked), self._meeting
        if meeting is None:
            return
        place = place_words(meeting, opened.item, opened.paper, -1)
        is_about = bool(opened.item or opened.paper)
        self.whole.setText(f"{opened.question}\n{place}" if is_about else opened.question)
        if opened.shows_answers:
            words = tr("Chair and secretary read it; everyone does once the question is closed.")
        else:
            words = tr("Only the chair and the secretary read it.")
        self.promise.setText(f"{words} {tr('You may change it until the question is closed.')}")
        self._make_choices(opened.choices)
        self._fill(mine.fact.choice if mine else "", mine.fact.text if mine else "")
        self._ask_for_unsent(asked)

    def _make_choices(self, choices: tuple[str, ...]) -> None:
        for button in self.choices:
            self._choices.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.choices = []
        for choice in choices:
            button = Button(choice, "outlined")
            button.clicked.connect(lambda _checked=False, choice=choice: self.on_choice(choice))
            self._choices.addWidget(button)
            self.choices.append(button)

    def _fill(self, choice: str, text: str) -> None:
        self._is_filling = True
        self._choice = choice
        self.words.set_words(text)
        self._is_filling = False
        self._show_choice()

    def _show_choice(self) -> None:
        opened = self._asked.opened if self._asked else None
        for button, choice in zip(self.choices, opened.choices if opened else (), strict=False):
            is_chosen = choice == self._choice
            button.set_kind("accent" if is_chosen else "outlined")
            button.set_icon("check" if is_chosen else "")
        has_choice = bool(self._choice) or not self.choices
        has_words = bool(self.words.words()) or bool(self.choices)
        self.send.setEnabled(has_choice and has_words)

    # --- acting ---------------------------------------------------------------------------

    def on_open(self, is_open: bool) -> None:
        """Unfold to answer, or fold; what is written stays."""
        self.body.setVisible(is_open)
        self.open.set_words(tr("Close") if is_open else tr("Answer…"))
        if is_open:
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._meeting is not None:
            self.flush()
            self.show_meeting(self._meeting)

    def on_next(self) -> None:
        """Another question."""
        rows = self._waiting()
        if self._asked is None or not rows:
            return
        self.flush()
        ids = [row.id for row in rows]
        at = ids.index(self._asked.id) if self._asked.id in ids else -1
        self._show_one(rows[(at + 1) % len(rows)], rows)

    def on_away(self) -> None:
        """It was answered and need not be seen any more."""
        if self._asked is not None and self._meeting is not None:
            self._put_away.add(self._asked.id)
            self.open.setChecked(False)
            self._asked = None
            self.show_meeting(self._meeting)

    def on_choice(self, choice: str) -> None:
        """Choose; it is sent with the words."""
        self._choice = choice
        self._on_changed()

    def on_send(self) -> None:
        """Keep the answer and send it."""
        opinions, meeting, asked = self._context.opinions, self._meeting, self._asked
        if opinions is None or meeting is None or asked is None or not self.send.isEnabled():
            return
        self._pause.stop()
        task = opinions.reply(meeting.id, asked.id, self._choice, self.words.words())
        self._context.bridge.when_done(
            task, lambda _done: self.open.setChecked(False), self._complain
        )

    def flush(self) -> None:
        """What is written now is kept now."""
        is_due = self._pause.isActive()
        self._pause.stop()
        opinions, meeting, asked = self._context.opinions, self._meeting, self._asked
        if not is_due or opinions is None or meeting is None or asked is None:
            return
        unsent = Unsent(text=self.words.words(), choice=self._choice)
        self._context.bridge.when_done(
            opinions.keep(meeting.id, unsent, asked.id), None, self._complain
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """The window is closed: the last letters are kept, too."""
        self.flush()
        super().hideEvent(event)

    def _ask_for_unsent(self, asked: Consultation) -> None:
        opinions, meeting = self._context.opinions, self._meeting
        if opinions is None or meeting is None:
            return

        def found(unsent: Unsent) -> None:
            is_here = self._asked is not None and self._asked.id == asked.id
            if is_here and (unsent.text or unsent.choice) and not self._pause.isActive():
                self._fill(unsent.choice, unsent.text)

        self._context.bridge.when_done(opinions.unsent(meeting.id, asked.id), found)

    def _leave(self) -> None:
        self.flush()
        self._asked = None
        self.open.setChecked(False)

    def _on_changed(self) -> None:
        if not self._is_filling:
            self._pause.start()
        self._show_choice()

    def _complain(self, error: MeetingError) -> None:
        self.promise.setText(sentence_of(error))
