"""The running item's time at the console: more of it, and when the meeting will end."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.domain.meeting import Meeting
from meetingroom.ui.chair.lists import Do
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, ElidedLabel
from meetingroom.ui.stage.time_words import end_and_plan_words
from meetingroom.wording import tr

MORE_MINUTES = 5
TICK_MS = 10_000


class ItemTime(QWidget):
    """A press gives minutes; `beside` stands in the same line."""

    def __init__(self, context: DeskContext, do: Do, beside: QWidget) -> None:
        super().__init__()
        self._context, self._do = context, do
        self._meeting: Meeting | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.end = ElidedLabel("", "small", "ink_soft")
        column.addWidget(self.end)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.more = Button(tr("+{0} min").format(MORE_MINUTES), "outlined", extent="small")
        self.more.setToolTip(tr("More time for this item"))
        self.more.setAccessibleName(tr("More time for this item"))
        self.more.clicked.connect(self.on_more)
        line.addWidget(self.more)
        line.addWidget(beside, 1)
        column.addLayout(line)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show_end)
        self._tick.start()

    def show_meeting(self, meeting: Meeting) -> None:
        """Of this meeting, as it stands."""
        self._meeting = meeting
        self.more.setVisible(meeting.state == "open" and bool(meeting.current_item))
        self._show_end()

    def _show_end(self) -> None:
        words = end_and_plan_words(self._meeting) if self._meeting else ""
        self.end.setText(words)
        self.end.setVisible(bool(words))

    def on_more(self) -> None:
        """Some minutes for the item that runs."""
        meeting, speaking = self._meeting, self._context.speaking
        if meeting is not None and meeting.current_item and speaking is not None:
            self._do(speaking.give_time(meeting.id, meeting.current_item, MORE_MINUTES))
