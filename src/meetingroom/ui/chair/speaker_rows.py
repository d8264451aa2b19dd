"""Rows of the console's list of speakers: who waits, who was left over, who has spoken."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.speaking import Speech
from meetingroom.ui.controls import Button, ElidedLabel, GradualRows, IconButton, Label
from meetingroom.ui.controls.grip import Grip, dragged
from meetingroom.ui.stage.floor_words import (
    clock_words,
    floor_time,
    speaker_name,
    speaker_title,
)
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

KIND = "speech"


@dataclass(frozen=True)
class Waiting:
    """What a row of the queue says; its place is told apart, so that the row may stay."""

    speech: str
    name: str
    second: str


def waiting_row(speech: Speech, meeting: Meeting, directory: Directory) -> Waiting:
    """One who waits, in words."""
    agenda = meeting.issued.agenda if meeting.issued else ()
    number = next((n for n, row in enumerate(agenda, 1) if row.item == speech.asked.item), 0)
    is_elsewhere = number and speech.asked.item != meeting.current_item
    parts = (
        tr("Question") if speech.asked.is_question else "",
        tr("Item {0}").format(number) if is_elsewhere else "",
        "" if speech.is_at_hub else tr("not sent yet"),
        speaker_title(speech.person, directory),
    )
    name = speaker_name(speech.person, directory)
    return Waiting(speech.id, name, " · ".join(filter(None, parts)))


class SpeakerRow(QWidget):
    """One who waits: dragged by the grip, moved by arrows, called, taken off."""

    moved = Signal(str, int)
    called = Signal(str)
    removed = Signal(str)
    held = Signal(bool)

    def __init__(self, row: Waiting, *, is_ordered: bool = True) -> None:
        super().__init__()
        self.speech = row.speech
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        self.grip = Grip(KIND, row.speech, row.name)
        self.grip.moved.connect(lambda by: self.moved.emit(self.speech, by))
        self.grip.held.connect(self.held)
        self.number = Label("", "strong", "ink_soft", tabular=True)
        self.number.setMinimumWidth(current_theme().scaled(18))
        line.addWidget(self.grip)
        line.addWidget(self.number)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(row.name, "body"))
        if row.second:
            words.addWidget(ElidedLabel(row.second, "caption", "ink_soft"))
        line.addLayout(words, 1)
        self.up = self._icon("chevron-up", tr("Move up"), row.name, lambda: self._move(-1))
        self.down = self._icon("chevron-down", tr("Move down"), row.name, lambda: self._move(1))
        self.call = Button(tr("Call", "a speaker"), "accent", extent="small")
        self.call.setAccessibleName(f"{tr('Call', 'a speaker')}: {row.name}")
        self.call.clicked.connect(lambda: self.called.emit(self.speech))
        off = self._icon("x", tr("Take off the list"), row.name, self._remove)
        for widget in (self.up, self.down, self.call, off):
            line.addWidget(widget)
        for part in (self.grip, self.number, self.up, self.down):
            if not is_ordered:
                part.hide()

    def _icon(self, icon: str, words: str, name: str, act: Callable[[], None]) -> IconButton:
        button = IconButton(icon, f"{words}: {name}", size=16, extent="small")
        button.clicked.connect(lambda _checked=False: act())
        return button

    def _move(self, by: int) -> None:
        self.moved.emit(self.speech, by)

    def _remove(self) -> None:
        self.removed.emit(self.speech)

    def set_place(self, number: int, last: int) -> None:
        """Which one it is now, from 1."""
        self.number.setText(str(number))
        self.up.setEnabled(number > 1)
        self.down.setEnabled(number < last)


class Queue(QWidget):
    """Who waits, in order; `ordered` carries the whole order somebody made."""

    ordered = Signal(tuple)
    called = Signal(str)
    removed = Signal(str)

    def __init__(self, *, is_ordered: bool = True) -> None:
        super().__init__()
        self._is_ordered = is_ordered
        self._wanted: list[tuple[str, Waiting]] = []
        self._is_held = False
        self.setAcceptDrops(is_ordered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.rows = GradualRows(self._row, 4)
        self.rows.filled.connect(self._number)
        column.addWidget(self.rows)

    def show_queue(self, rows: list[Waiting]) -> None:
        """These wait; while one is dragged the rows stay as they are."""
        self._wanted = [(row.speech, row) for row in rows]
        if not self._is_held:
            self.rows.show_rows(self._wanted)

    def keys(self) -> list[str]:
        """The speeches in the order shown."""
        return [key for key, _ in self._wanted]

    def _row(self, row: Waiting) -> SpeakerRow:
        made = SpeakerRow(row, is_ordered=self._is_ordered)
        made.moved.connect(self.move_by)
        made.called.connect(self.called)
        made.removed.connect(self.removed)
        made.held.connect(self._on_held)
        return made

    def _number(self) -> None:
        rows = [row for row in self.rows.rows() if isinstance(row, SpeakerRow)]
        for number, row in enumerate(rows, 1):
            row.set_place(number, len(rows))

    def _on_held(self, is_held: bool) -> None:
        self._is_held = is_held
        if not is_held:
            self.rows.show_rows(self._wanted)

    def move_by(self, speech: str, by: int) -> None:
        """One place up or down."""
        keys = self.keys()
        if speech in keys:
            self.move_to(speech, keys.index(speech) + by)

    def move_to(self, speech: str, place: int) -> None:
        """To a place of the list without it."""
        keys = self.keys()
        if speech not in keys or not 0 <= place < len(keys):
            return
        rest = [key for key in keys if key != speech]
        rest.insert(place, speech)
        if rest != keys:
            self.ordered.emit(tuple(rest))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A row of this list may be dropped."""
        if dragged(event, KIND) in self.keys():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The row goes where it was let go."""
        speech = dragged(event, KIND)
        at = self.rows.mapFrom(self, event.position().toPoint()).y()
        above = [
            row
            for row in self.rows.rows()
            if isinstance(row, SpeakerRow)
            and row.speech != speech
            and row.geometry().center().y() < at
        ]
        event.acceptProposedAction()
        self.move_to(speech, len(above))


def spoken_rows(meeting: Meeting, directory: Directory) -> list[tuple[str, str]]:
    """(name, how often and how long) of everybody who spoke, the longest first."""
    times: dict[str, list[float]] = {}
    for turn in meeting.speaking.turns():
        used = turn.used if turn.ended_at else floor_time(turn).used
        times.setdefault(turn.person, []).append(used)
    people = sorted(times, key=lambda person: -sum(times[person]))
    return [
        (
            speaker_name(person, directory),
            tr("{0} × · {1}").format(len(times[person]), clock_words(sum(times[person]))),
        )
        for person in people
    ]
