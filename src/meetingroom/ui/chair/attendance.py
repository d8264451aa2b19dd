"""The roll call: here, online, absent or stood in for, by the chair's or secretary's hand."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.directory import Directory, Person
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.chair.lists import Do
from meetingroom.ui.chair.roll_steps import RollSteps, Step
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    ElidedLabel,
    GradualRows,
    IconButton,
    IconLabel,
    Label,
    ScrolledColumn,
    UndoToast,
    WrapRow,
)
from meetingroom.ui.stage.lobby_code import LobbyCode
from meetingroom.ui.stage.roll_words import answer_words, quorum_words, stay_words
from meetingroom.wording import tr

CODE_MS = 2000


@dataclass(frozen=True)
class RollRow:
    """What a row says; `asks` is what is being typed in it: "reason", "substitute" or nothing."""

    person: str
    name: str
    told: str
    is_here: bool
    steps: tuple[str, ...] = ()
    is_open: bool = False
    asks: str = ""


class Attendance(ScrolledColumn):
    """Everybody with one large button; what is rarer opens under the row. All can be undone."""

    def __init__(self, context: DeskContext, do: Do) -> None:
        super().__init__(tr("Roll call"), 8)
        self._context, self._do = context, do
        self.steps = RollSteps(context.leading, context.me)
        self._meeting: Meeting | None = None
        self._directory: Directory | None = None
        self._open, self._asks, self._only_missing = "", "", False
        self._undo: Callable[[], Future[Any]] | None = None
        self._rows = GradualRows(self._row, 4)
        self.quorum = Label("", "body", "ink_soft", wraps=True)
        self.missing = Button("", "outlined", "list-filter", extent="small")
        self.missing.clicked.connect(self.on_missing)
        self.column.addWidget(self.quorum)
        self.column.addWidget(self.missing, 0, Qt.AlignmentFlag.AlignLeft)
        self.code = Label("", "small", "ink_soft", wraps=True)
        self.code.hide()
        self.column.addWidget(self.code)
        self._codes = LobbyCode(context, self)
        self._clock = QTimer(self)
        self._clock.setInterval(CODE_MS)
        self._clock.timeout.connect(self.show_code)
        self._clock.start()
        self.column.addWidget(self._rows)
        self.column.addStretch(1)
        self.toast = UndoToast(self)
        self.toast.undo_requested.connect(self.on_undo)

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """List the people anew where something changed."""
        self._meeting, self._directory = meeting, directory
        self.quorum.setText(quorum_words(meeting, directory))
        people = [p for p in directory.in_protocol_order() if p.person in meeting.people]
        away = [p for p in people if not meeting.is_here(p.person)]
        self.missing.set_words(
            tr("Show everybody")
            if self._only_missing
            else tr("Only who is not here: {0}").format(len(away))
        )
        self.missing.setVisible(bool(away) or self._only_missing)
        shown = away if self._only_missing else people
        self._rows.show_rows([(p.person, self._row_of(meeting, directory, p)) for p in shown])

    def show_code(self) -> None:
        """For those who come late, when the room sees no lobby: the code to be read out."""
        meeting = self._meeting
        may = meeting is not None and meeting.state in ("issued", "open") and self.isVisible()
        found = self._codes.shown(meeting) if meeting is not None and may else None
        if found is not None:
            code, address = found[0], found[1].removeprefix("http://")
            words = tr("Check-in by phone: {0}, code {1}")
            self.code.setText(words.format(address, f"{code[:3]} {code[3:]}"))
        self.code.setVisible(found is not None)

    def _row_of(self, meeting: Meeting, directory: Directory, person: Person) -> RollRow:
        key = person.person
        return RollRow(
            person=key,
            name=person.name,
            told=told(meeting, directory, person),
            is_here=meeting.is_here(key),
            steps=tuple(step.words for step in self.steps.waiting(meeting, key)),
            is_open=key == self._open,
            asks=self._asks if key == self._open else "",
        )

    def _show(self) -> None:
        if self._meeting is not None and self._directory is not None:
            self.show_meeting(self._meeting, self._directory)

    # --- rows -----------------------------------------------------------------------------

    def _row(self, row: RollRow) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._line(row))
        meeting = self._meeting
        if meeting is not None:
            waiting = self.steps.waiting(meeting, row.person)
            if waiting:
                column.addWidget(self._buttons(row, waiting))
            if row.asks:
                column.addLayout(self._field(row))
            elif row.is_open:
                column.addWidget(self._buttons(row, self.steps.rarer(meeting, row.person)))
        return holder

    def _line(self, row: RollRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        icon = "circle-check" if row.is_here else "circle"
        line.addWidget(IconLabel(icon, "good" if row.is_here else "ink_soft", 18))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(row.name, "body"))
        if row.told:
            words.addWidget(ElidedLabel(row.told, "caption", "ink_soft"))
        line.addLayout(words, 1)
        step = self.steps.first(self._meeting, row.person, is_here=row.is_here)
        line.addWidget(self._button(row, step, "outlined" if row.is_here else "accent", "normal"))
        more = IconButton(
            "chevron-up" if row.is_open else "ellipsis", tr("More: {0}").format(row.name)
        )
        more.clicked.connect(lambda: self.open_row("" if row.is_open else row.person))
        line.addWidget(more)
        return line

    def _buttons(self, row: RollRow, steps: list[Step]) -> QWidget:
        holder = QWidget()
        wrap = WrapRow(holder)
        wrap.setContentsMargins(26, 0, 0, 6)
        for step in steps:
            wrap.addWidget(self._button(row, step, "outlined", "small"))
        return holder

    def _button(self, row: RollRow, step: Step, kind: Any, extent: Any) -> Button:
        button = Button(step.words, kind, extent=extent)
        button.setAccessibleName(f"{step.words}: {row.name}")
        button.clicked.connect(lambda: self.on_step(row, step))
        return button

    def _field(self, row: RollRow) -> QHBoxLayout:
        """Where a reason, or who comes instead, is typed."""
        line = QHBoxLayout()
        line.setContentsMargins(26, 0, 0, 6)
        field = QLineEdit()
        is_name = row.asks == "substitute"
        field.setPlaceholderText(tr("Who comes?") if is_name else tr("Reason"))
        field.setAccessibleName(field.placeholderText())
        if is_name and self._directory is not None:
            names = [p.name for p in self._directory.in_protocol_order() if p.person != row.person]
            completer = QCompleter(names, field)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            field.setCompleter(completer)
        note = Button(tr("Note it"), "accent", extent="small")
        for signal in (field.returnPressed, note.clicked):
            signal.connect(lambda *_args: self.on_typed(row, field.text()))
        line.addWidget(field, 1)
        line.addWidget(note)
        field.setFocus()
        return line

    # --- acting ---------------------------------------------------------------------------

    def open_row(self, person: str) -> None:
        """Show what else can be noted of somebody."""
        self._open, self._asks = person, ""
        self._show()
        QTimer.singleShot(0, self, self._show_whole_row)

    def _show_whole_row(self) -> None:
        row = self._rows.row(self._open)
        if row is not None:
            self.ensureWidgetVisible(row, 0, 8)

    def on_missing(self) -> None:
        self._only_missing = not self._only_missing
        self._show()

    def on_step(self, row: RollRow, step: Step) -> None:
        """Do it, or ask for what has to be typed."""
        if step.asks:
            self._open, self._asks = row.person, step.asks
            self._show()
        elif step.act is not None:
            self._act(row.name, step)

    def on_typed(self, row: RollRow, words: str) -> None:
        """A reason or a substitute was typed."""
        meeting, directory, words = self._meeting, self._directory, words.strip()
        if meeting is None or directory is None or not words:
            return
        if row.asks == "reason":
            step = self.steps.absent(meeting, row.person, words)
        else:
            known = (p.person for p in directory.in_protocol_order() if p.name == words)
            step = self.steps.substitute(meeting, row.person, next(known, words), words)
        self._act(row.name, step)

    def _act(self, name: str, step: Step) -> None:
        if step.act is None:
            return
        self._do(step.act())
        self._undo, self._open, self._asks = step.undo, "", ""
        if step.undo is not None:
            self.toast.tell(f"{name}: {step.told or step.words}")
        self._show()

    def on_undo(self) -> None:
        """Take the newest step back."""
        undo, self._undo = self._undo, None
        if undo is not None:
            self._do(undo())


def told(meeting: Meeting, directory: Directory, person: Person) -> str:
    """When somebody came and left, or what they answered; who stands in, since when."""
    stays = stay_words(meeting, person.person)
    if stays:
        return stays
    answer = meeting.answers.get(person.person)
    instead = stay_words(meeting, answer.substitute) if answer and answer.substitute else ""
    words = answer_words(meeting, directory, person.person)
    return f"{words} · {instead}" if instead else words
