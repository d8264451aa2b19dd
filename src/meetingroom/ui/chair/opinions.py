"""The console's opinions: read, put before the room or not, answer; questions in writing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.chair.lists import Do
from meetingroom.ui.consultations import Consultations
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Label
from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.ui.opinion_list import OpinionList
from meetingroom.wording import tr


class Opinions(QScrollArea):
    """The list, scrolling."""

    def __init__(self, context: DeskContext, do: Do) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Opinions"))
        scroll_by_touch(self)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        self.list = OpinionList(context, do)
        column.addWidget(self.list)
        self.asked_head = Label(tr("Written consultation"), "section")
        self.asked = Consultations(context, do)
        for widget in (self.asked_head, self.asked):
            widget.hide()
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(inner)

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """What was heard so far, and what was asked in writing, if anything."""
        has_asked = bool(meeting.opinions.consultations)
        for widget in (self.asked_head, self.asked):
            widget.setVisible(has_asked)
        self.asked.show_meeting(meeting, directory)
        self.list.show_meeting(meeting, directory)


def heard_count(meeting: Meeting) -> str:
    """For the tab: how many opinions this person has heard."""
    count = sum(not row.refusal for row in meeting.opinions.given.values())
    return str(count) if count else ""
