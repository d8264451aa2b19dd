"""Among what only who leads sees: whether all is ready for the online meeting."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from meetingroom.domain.call_check import check_rows
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_day import shown_link
from meetingroom.services.call_check_words import row_words
from meetingroom.services.call_checking import CallState
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, IconLabel, Label
from meetingroom.ui.stage import moments
from meetingroom.wording import tr


class OnlyYouLine(QWidget):
    """How many things are ready and which is the first that is not; a press leads to the list."""

    pressed = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._meeting: Meeting | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(IconLabel("video", "ink_soft", 18))
        self.words = Label("", "body", wraps=True)
        row.addWidget(self.words, 1)
        self.more = Button(tr("Checklist"), "quiet", extent="small")
        self.more.clicked.connect(self.pressed)
        row.addWidget(self.more)
        self.hide()

    def show_meeting(self, meeting: Meeting) -> None:
        """Of this meeting; hidden where it has no online part, or is over."""
        self._meeting = meeting
        is_meant = shown_link(meeting) is not None and meeting.state in ("issued", "open")
        self.setVisible(is_meant)
        if is_meant and self.isVisible():
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _ask(self) -> None:
        service, meeting = self._context.call_checking, self._meeting
        if service is None or meeting is None:
            return

        def told(state: CallState) -> None:
            if isValid(self) and self._meeting is not None and self._meeting.id == meeting.id:
                self._show(meeting, state)

        self._context.bridge.when_done(service.look(meeting.id), told)

    def _show(self, meeting: Meeting, state: CallState) -> None:
        link = shown_link(meeting)
        if link is None:
            return
        is_online = self._context.desk.link_state.state == "online"
        rows = check_rows(link, state.seen, state.ticks, moments.now(), is_online=is_online)
        left = [row for row in rows if not row.is_done]
        counts = tr("Online meeting: {0} of {1} things are ready").format(
            len(rows) - len(left), len(rows)
        )
        first = row_words(left[0])[0] if left else ""
        self.words.setText(f"{counts}. {first}" if first else counts)
