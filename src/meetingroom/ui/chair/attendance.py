"""The roll call: who is here, by the chair's or secretary's hand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.controls import Button, ElidedLabel, GradualRows, IconLabel
from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.wording import tr


class Attendance(QScrollArea):
    """Everybody of the meeting with a button to check in or to note that they left."""

    check_in_requested = Signal(str)
    leave_requested = Signal(str)

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
        self._rows = GradualRows(lambda value: self._row(*value), 4)
        column.addWidget(self._rows)
        column.addStretch(1)
        self.setWidget(inner)

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """List the people anew where something changed."""
        here = {key for key, one in meeting.presence.items() if not one.left_at}
        people = [p for p in directory.in_protocol_order() if p.person in meeting.people]
        self._rows.show_rows([(p.person, (p.person, p.name, p.person in here)) for p in people])

    def _row(self, person: str, name: str, is_here: bool) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        icon = "circle-check" if is_here else "circle"
        line.addWidget(IconLabel(icon, "good" if is_here else "ink_soft", 18))
        line.addWidget(ElidedLabel(name, "body"), 1)
        words = tr("Left") if is_here else tr("Check in")
        button = Button(words, "outlined" if is_here else "accent", extent="small")
        button.setAccessibleName(f"{words}: {name}")
        signal = self.leave_requested if is_here else self.check_in_requested
        button.clicked.connect(lambda _checked=False: signal.emit(person))
        line.addWidget(button)
        return row
