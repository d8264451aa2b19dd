"""Into the online meeting from the own laptop, where the invitation allows it; one low line."""

from concurrent.futures import Future
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.meeting import Meeting
from meetingroom.sentences import sentence_of
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, ElidedLabel, wrapping
from meetingroom.ui.stage import moments
from meetingroom.wording import tr


class CallStrip(QWidget):
    """Shown on the meeting's day and while it is open; several online meetings take turns."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__()
        self._context = context
        self._meeting: Meeting | None = None
        self._link: OnlineLink | None = None
        self._failed = ""  # said until the next press
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 16, 3)
        row.setSpacing(8)
        self.words = ElidedLabel("", "body")
        row.addWidget(self.words, 1)
        self.join = Button(tr("Join online"), "primary", "video", extent="small")
        self.join_here = Button(
            tr("Join and check in online"), "accent", "user-check", extent="small"
        )
        self.leave = Button(tr("I am out of the call"), "outlined", "log-out", extent="small")
        self.other = Button(tr("The other online meeting"), "outlined", extent="small")
        self.join.clicked.connect(lambda: self.on_join(checks_in=False))
        self.join_here.clicked.connect(lambda: self.on_join(checks_in=True))
        self.leave.clicked.connect(self.on_leave)
        self.other.clicked.connect(self.on_other)
        row.addWidget(wrapping(self.join_here, self.join, self.leave, self.other))
        self.hide()

    def show_meeting(self, meeting: Meeting) -> None:
        """What may be joined, and whether one is in it."""
        self._meeting = meeting
        links = self._links()
        names = [link.link for link in links]
        if self._link is None or self._link.link not in names:
            self._link = links[0] if links else None
        self._link = next(
            (one for one in links if self._link and one.link == self._link.link), None
        )
        self._show()

    def _links(self) -> list[OnlineLink]:
        meeting = self._meeting
        if meeting is None or meeting.issued is None or self._context.me not in meeting.people:
            return []
        starts = moments.local(meeting.issued.starts_at)
        is_today = meeting.state == "issued" and starts.date() == moments.now().date()
        if meeting.state != "open" and not is_today:
            return []
        return [link for link in meeting.issued.links if link.is_for_all and link.url]

    def _show(self) -> None:
        link, meeting = self._link, self._meeting
        if link is None or meeting is None:
            self.hide()
            return
        call = meeting.calls.get((self._context.me, link.link))
        is_in = call is not None and call.is_in
        buttons = {
            self.join: True,
            self.join_here: not is_in and not meeting.is_here(self._context.me),
            self.leave: is_in,
            self.other: len(self._links()) > 1,
        }
        for button in sorted(buttons, key=lambda one: buttons[one]):  # hide first: room is scarce
            button.setVisible(buttons[button])
        self.join.setText(tr("Join again") if is_in else tr("Join online"))
        told = self._told(link, call.joined_at if call is not None and is_in else "")
        self.words.setText(self._failed or told)
        self.show()

    def _told(self, link: OnlineLink, since: str) -> str:
        title = link.title or link.url
        if since:
            words = tr("You are in the online meeting {0} since {1}")
            return words.format(title, f"{moments.local(since):%H:%M}")
        return tr("You may join from here: {0}").format(title)

    def on_join(self, *, checks_in: bool) -> None:
        """Into the call; with the same press one is here, online."""
        meeting, link, calling = self._meeting, self._link, self._context.calling
        if meeting is None or link is None or calling is None:
            return
        self._failed = ""
        opened = calling.open(meeting.id, link.link)

        def done(_opened: object) -> None:
            if checks_in:
                leading = self._context.leading
                self._do(leading.check_in(meeting.id, self._context.me, "online"))

        self._context.bridge.when_done(opened, done, self._complain)

    def on_leave(self) -> None:
        """Out of the call, as the log has it."""
        self._failed = ""
        if self._meeting is not None and self._link is not None:
            calling = self._context.calling
            if calling is not None:
                self._do(calling.leave(self._meeting.id, self._link.link))

    def on_other(self) -> None:
        """The next online meeting of the same meeting."""
        links = self._links()
        names = [link.link for link in links]
        if self._link is not None and self._link.link in names:
            self._link = links[(names.index(self._link.link) + 1) % len(links)]
            self._show()

    def _do(self, future: "Future[Any]") -> None:
        self._context.bridge.when_done(future, None, self._complain)

    def _complain(self, error: MeetingError) -> None:
        self._failed = sentence_of(error)
        self._show()
