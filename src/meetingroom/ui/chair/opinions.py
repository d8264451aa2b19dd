"""The console's opinions: read, put before the room or not, answer."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.chair.lists import Do
from meetingroom.ui.context import DeskContext
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
        self.setWidget(inner)

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """What was heard so far."""
        self.list.show_meeting(meeting, directory)


def heard_count(meeting: Meeting) -> str:
    """For the tab: how many opinions this person has heard."""
    count = sum(not row.refusal for row in meeting.opinions.given.values())
    return str(count) if count else ""
