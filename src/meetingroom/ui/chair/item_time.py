"""More time for the running item, beside the way to the next one."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from meetingroom.domain.meeting import Meeting
from meetingroom.ui.chair.lists import Do
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button
from meetingroom.wording import tr

MORE_MINUTES = 5


class ItemTime(QWidget):
    """A press gives minutes; `beside` stands in the same line."""

    def __init__(self, context: DeskContext, do: Do, beside: QWidget) -> None:
        super().__init__()
        self._context, self._do = context, do
        self._meeting: Meeting | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.more = Button(tr("+{0} min").format(MORE_MINUTES), "outlined", extent="small")
        self.more.setToolTip(tr("More time for this item"))
        self.more.setAccessibleName(tr("More time for this item"))
        self.more.clicked.connect(self.on_more)
        line.addWidget(self.more)
        line.addWidget(beside, 1)

    def show_meeting(self, meeting: Meeting) -> None:
        """Of this meeting, as it stands."""
        self._meeting = meeting
        self.more.setVisible(meeting.state == "open" and bool(meeting.current_item))

    def on_more(self) -> None:
        """Some minutes for the item that runs."""
        meeting, speaking = self._meeting, self._context.speaking
        if meeting is not None and meeting.current_item and speaking is not None:
            self._do(speaking.give_time(meeting.id, meeting.current_item, MORE_MINUTES))
