"""The console's opinions: read, put before the room or not, answer; questions in writing."""

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.chair.lists import Do
from meetingroom.ui.consultations import Consultations
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Label, ScrolledColumn
from meetingroom.ui.opinion_list import OpinionList
from meetingroom.wording import tr


class Opinions(ScrolledColumn):
    """The list, scrolling."""

    def __init__(self, context: DeskContext, do: Do) -> None:
        super().__init__(tr("Opinions"))
        self.list = OpinionList(context, do)
        self.column.addWidget(self.list)
        self.asked_head = Label(tr("Written consultation"), "section")
        self.asked = Consultations(context, do)
        for widget in (self.asked_head, self.asked):
            widget.hide()
            self.column.addWidget(widget)
        self.column.addStretch(1)

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
