"""The console's speakers: who speaks and how long still, who waits, who has spoken how long."""

from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.speaking import Speech
from meetingroom.services.speaking import Speaking
from meetingroom.ui.chair.lists import Do
from meetingroom.ui.chair.speaker_rows import Queue, spoken_rows, waiting_row
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    Card,
    ElidedLabel,
    GradualRows,
    Label,
    MinutesStepper,
    ProgressBar,
    ScrolledColumn,
    WrapRow,
)
from meetingroom.ui.stage.floor_words import INKS, floor_time, length_words, speaker_name
from meetingroom.wording import tr

MOST_MINUTES = 120
USUAL_MINUTES = 5


class Speakers(ScrolledColumn):
    """One press calls the next; everybody can be called, moved and taken off by hand."""

    def __init__(self, context: DeskContext, do: Do) -> None:
        super().__init__(tr("Speakers"), 8)
        self._context, self._do = context, do
        self._meeting: Meeting | None = None
        self._people: tuple[str, ...] = ()
        self.column.addLayout(self._first())
        self.column.addWidget(self._now())
        self.queue = self._queue()
        self._over = Label(tr("Asked on another item"), "caption", "ink_soft")
        self.column.addWidget(self._over)
        self.left_over = self._queue(is_ordered=False)
        self.column.addLayout(self._adding())
        self._told = Label(tr("Have spoken"), "caption", "ink_soft")
        self.column.addWidget(self._told)
        self.spoken = GradualRows(lambda row: _spoken_row(*row), 2)
        self.column.addWidget(self.spoken)
        self.column.addStretch(1)
        self._tick = QTimer(self)
        self._tick.setInterval(500)
        self._tick.timeout.connect(self._show_time)
        self._read_minutes()

    # --- building -------------------------------------------------------------------------

    def _first(self) -> WrapRow:
        """The one press, and how long everybody has."""
        line = WrapRow()
        self.next = Button(tr("Call the next"), "primary", "mic")
        self.next.clicked.connect(self.on_next)
        self.minutes = MinutesStepper(
            USUAL_MINUTES, tr("Minutes for each speaker"), most=MOST_MINUTES, step=1
        )
        self.minutes.box.setSpecialValueText(tr("no limit"))
        self.minutes.minutes_changed.connect(self._keep_minutes)
        self.minutes.setToolTip(tr("Minutes for each speaker"))
        for widget in (self.next, self.minutes):
            line.addWidget(widget)
        return line

    def _now(self) -> Card:
        self.card = Card(padding=12)
        self.card.body.setSpacing(6)
        self.speaker = ElidedLabel("", "section")
        self.digits = Label("", "title", tabular=True)
        self.state = ElidedLabel("", "small", "ink_soft")
        self.bar = ProgressBar()
        line = QHBoxLayout()
        line.addWidget(self.digits)
        line.addWidget(self.state, 1)
        self.card.body.addWidget(self.speaker)
        self.card.body.addLayout(line)
        self.card.body.addWidget(self.bar)
        acts = WrapRow()
        self.more = [
            Button(tr("+{0} min").format(minutes), "outlined", extent="small") for minutes in (1, 2)
        ]
        for minutes, button in zip((1, 2), self.more, strict=True):
            button.clicked.connect(
                lambda _checked=False, minutes=minutes: self._act("more_time", minutes * 60)
            )
            acts.addWidget(button)
        self.stop = Button(tr("End", "a speech"), "outlined", "square", extent="small")
        self.stop.setAccessibleName(tr("End the speech"))
        self.stop.clicked.connect(self.on_stop)
        acts.addWidget(self.stop)
        self.card.body.addLayout(acts)
        self.card.hide()
        return self.card

    def _queue(self, *, is_ordered: bool = True) -> Queue:
        queue = Queue(is_ordered=is_ordered)
        queue.ordered.connect(lambda keys: self._act("order", keys))
        queue.called.connect(lambda speech: self._act("call", speech, self._seconds()))
        queue.removed.connect(lambda speech: self._act("withdraw", speech))
        self.column.addWidget(queue)
        return queue

    def _adding(self) -> QHBoxLayout:
        """Put somebody on the list, to speak or with a question."""
        line = QHBoxLayout()
        self.person = QComboBox()
        self.person.setAccessibleName(tr("Who is to speak"))
        self.person.setMinimumContentsLength(8)
        self.person.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.add = Button(tr("Add", "a speaker"), "outlined", "plus", extent="small")
        self.add.setAccessibleName(tr("Put on the list"))
        self.add.setToolTip(tr("Put on the list"))
        self.add.clicked.connect(self.on_add)
        line.addWidget(self.person, 1)
        line.addWidget(self.add)
        return line

    # --- what is shown --------------------------------------------------------------------

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """The floor as it stands."""
        self._meeting = meeting
        speaking, item = meeting.speaking, meeting.current_item
        is_open = meeting.state == "open"
        queue, over = speaking.queue(item), speaking.left_over(item)
        self.next.setEnabled(is_open and bool(queue))
        may_ask = meeting.state in ("issued", "open")
        self.queue.setEnabled(is_open)
        self.left_over.setEnabled(is_open)
        self.add.setEnabled(may_ask)
        self.queue.show_queue([waiting_row(one, meeting, directory) for one in queue])
        self.left_over.show_queue([waiting_row(one, meeting, directory) for one in over])
        self._over.setVisible(bool(over))
        self._show_people(meeting, directory)
        self._show_speaker(speaking.speaker, directory)
        rows = spoken_rows(meeting, directory)
        self._told.setVisible(bool(rows))
        self.spoken.show_rows([(name, (name, words)) for name, words in rows])

    def _show_speaker(self, speaker: Speech | None, directory: Directory) -> None:
        self.card.setVisible(speaker is not None)
        if speaker is None:
            self._tick.stop()
            return
        name = speaker_name(speaker.person, directory)
        words = tr("{0} puts a question") if speaker.asked.is_question else tr("{0} is speaking")
        self.speaker.setText(words.format(name))
        self._tick.start()
        self._show_time()

    def _show_time(self) -> None:
        speaker = self._meeting.speaking.speaker if self._meeting else None
        if speaker is None:
            return
        time = floor_time(speaker)
        ink = "ink" if time.light in ("green", "none") else INKS[time.light]
        self.digits.setText(time.digits)
        self.digits.set_ink(ink)
        length = tr("of {0}", "the time given").format(length_words(time.given))
        self.state.setText(f"{time.words} · {length}" if time.given else time.words)
        self.bar.setVisible(bool(time.given))
        self.bar.set_role({"amber": "attention", "red": "live"}.get(time.light, "accent"))
        self.bar.set_share(min(time.used, time.given), time.given or 1)
        for button in self.more:
            button.setEnabled(bool(time.given))

    def _show_people(self, meeting: Meeting, directory: Directory) -> None:
        """Who is invited, and who is here for somebody; a choice being made stays."""
        here = (p for p, row in meeting.presence.items() if row.stands_in_for and not row.left_at)
        known = [p.person for p in directory.in_protocol_order() if p.person in meeting.people]
        people = tuple(dict.fromkeys((*known, *here)))
        if people == self._people:
            return
        self._people = people
        chosen = self.person.currentData()
        self.person.clear()
        for person in people:
            self.person.addItem(speaker_name(person, directory), person)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))

    # --- acting ---------------------------------------------------------------------------

    def on_next(self) -> None:
        """The first of the queue has the floor."""
        self._act("call_next", self._seconds())

    def on_stop(self) -> None:
        """The one that is seen has spoken."""
        speaker = self._meeting.speaking.speaker if self._meeting else None
        if speaker is not None:
            self._act("end", speaker.id)

    def on_add(self) -> None:
        """Whom nobody need wait for to find the button."""
        person = self.person.currentData()
        if person:
            self._act("ask", person)

    def _seconds(self) -> int:
        return self.minutes.minutes() * 60

    def _act(self, name: str, *given: Any) -> None:
        speaking: Speaking | None = self._context.speaking
        if speaking is not None and self._meeting is not None:
            future: Future[Any] = getattr(speaking, name)(self._meeting.id, *given)
            self._do(future)

    def _read_minutes(self) -> None:
        preferences = self._context.preferences
        if preferences is not None:
            self._context.bridge.when_done(
                preferences.read(),
                lambda settings: self.minutes.set_minutes(settings.speech_minutes),
            )

    def _keep_minutes(self, minutes: int) -> None:
        if self._context.preferences is not None:
            self._do(self._context.preferences.keep({"speech_minutes": minutes}))


def _spoken_row(name: str, words: str) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(ElidedLabel(name, "body"), 1)
    line.addWidget(Label(words, "small", "ink_soft", tabular=True))
    return row


def waiting_count(meeting: Meeting) -> str:
    """For the tab: how many wait."""
    return str(len(meeting.speaking.queue(meeting.current_item)) or "")
