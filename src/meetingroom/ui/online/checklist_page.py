"""The checklist of a meeting's online part as a page of its own."""

from PySide6.QtWidgets import QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_day import shown_link
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Label, ScrolledColumn
from meetingroom.ui.online.checklist import Checklist
from meetingroom.ui.stage import moments
from meetingroom.ui.stage.online_words import online_line
from meetingroom.wording import tr


class ChecklistPage(ScrolledColumn):
    """For a meeting's secretaries, beside what else they follow up."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(spacing=12, parent=parent)
        self.title = Label("", "section", wraps=True)
        self.second = Label("", "body", "ink_soft", wraps=True)
        self.checklist = Checklist(context)
        for widget in (self.title, self.second, self.checklist):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """Its online meeting, or that it has none."""
        link = shown_link(meeting)
        self.checklist.setVisible(link is not None)
        self.second.setVisible(link is not None)
        if link is None or meeting.issued is None:
            self.title.setText(tr("This meeting has no online part."))
            return
        starts = moments.local(meeting.issued.starts_at)
        when = f"{moments.time_words(starts)}, {moments.date_words(starts)}"
        self.title.setText(link.title or meeting.issued.title)
        self.second.setText(f"{when}   ·   {online_line(link, meeting, directory)}")
        self.checklist.show_link(meeting, link)
