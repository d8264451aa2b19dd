"""The roll call: who is here, by the chair's or secretary's hand."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory, Person
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.controls import Button, ElidedLabel, GradualRows, IconLabel, Label
from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.ui.stage.roll_words import answer_words, quorum_words, stay_words
from meetingroom.wording import tr


class Attendance(QScrollArea):
    """Everybody of the meeting with a button to check in or to note that they left."""

    check_in_requested = Signal(str)
    leave_requested = Signal(str)
    decided = Signal(str, bool)
    stand_in_requested = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll_by_touch(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Roll call"))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        self._rows = GradualRows(lambda value: self._row(*value[:4]), 4)
        self.quorum = Label("", "body", "ink_soft", wraps=True)
        column.addWidget(self.quorum)
        column.addWidget(self._rows)
        column.addStretch(1)
        self.setWidget(inner)
        self.me = ""
        self._meeting: Meeting | None = None

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """List the people anew where something changed."""
        self._meeting = meeting
        self.quorum.setText(quorum_words(meeting, directory))
        people = [p for p in directory.in_protocol_order() if p.person in meeting.people]
        self._rows.show_rows(
            [
                (
                    p.person,
                    (p.person, p.name, meeting.is_here(p.person), told(meeting, directory, p)),
                )
                for p in people
            ]
        )

    def _row(self, person: str, name: str, is_here: bool, second: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        icon = "circle-check" if is_here else "circle"
        line.addWidget(IconLabel(icon, "good" if is_here else "ink_soft", 18))
        words_column = QVBoxLayout()
        words_column.setSpacing(0)
        words_column.addWidget(ElidedLabel(name, "body"))
        if second:
            words_column.addWidget(ElidedLabel(second, "caption", "ink_soft"))
        line.addLayout(words_column, 1)
        for words, slot in self._steps(person):
            step = Button(words, "outlined", extent="small")
            step.setAccessibleName(f"{words}: {name}")
            step.clicked.connect(lambda _checked=False, slot=slot: slot())
            line.addWidget(step)
        words = tr("Left") if is_here else tr("Check in")
        button = Button(words, "outlined" if is_here else "accent", extent="small")
        button.setAccessibleName(f"{words}: {name}")
        signal = self.leave_requested if is_here else self.check_in_requested
        button.clicked.connect(lambda _checked=False: signal.emit(person))
        line.addWidget(button)
        return row

    def _steps(self, person: str) -> list[tuple[str, Callable[[], None]]]:
        """What an answer still wants: the chair's word, or a substitute to come in."""
        meeting = self._meeting
        answer = meeting.answers.get(person) if meeting else None
        if meeting is None or answer is None or answer.answer == "comes":
            return []
        if person not in meeting.decided:
            if not meeting.is_chair(self.me):
                return []
            return [
                (tr("Agree"), lambda: self.decided.emit(person, True)),
                (tr("Decline"), lambda: self.decided.emit(person, False)),
            ]
        name = answer.substitute
        if not meeting.substitute_agreed(name, person):
            return []
        if meeting.is_here(name):
            return [(tr("Substitute left"), lambda: self.leave_requested.emit(name))]
        return [(tr("Substitute is here"), lambda: self.stand_in_requested.emit(name, person))]


def told(meeting: Meeting, directory: Directory, person: Person) -> str:
    """When somebody came and left, or what they answered."""
    stays = stay_words(meeting, person.person)
    return stays or answer_words(meeting, directory, person.person)
