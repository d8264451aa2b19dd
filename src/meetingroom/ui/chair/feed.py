"""Who did what just now: one line on the console, and a list of its own on request."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.services.chronicle import Told
from meetingroom.ui.chair.lists import Do
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, ElidedLabel, GradualRows, Label, ScrolledColumn
from meetingroom.ui.stage.moments import local
from meetingroom.wording import tr

SOON_MS = 150  # many records come together
FEW, MANY = 2, 200


class Newest(QTimer):
    """Asks for the newest of a meeting's log, soon after something changed."""

    def __init__(self, widget: QWidget, context: DeskContext, limit: int) -> None:
        super().__init__(widget)
        self._widget, self._context, self._limit = widget, context, limit
        self.meeting: Meeting | None = None
        self.show: Callable[[list[Told]], None] = lambda _told: None
        self.setSingleShot(True)
        self.setInterval(SOON_MS)
        self.timeout.connect(self._ask)

    def follow(self, meeting: Meeting) -> None:
        """Tell of this meeting, soon."""
        self.meeting = meeting
        if not self.isActive():
            self.start()

    def _ask(self) -> None:
        if self._context.retelling is not None and self.meeting is not None:
            asked = self.meeting.id
            future = self._context.retelling.latest(asked, self._limit)
            self._context.bridge.when_done(future, lambda told: self._answer(asked, told), None)

    def _answer(self, asked: str, told: list[Told]) -> None:
        if isValid(self._widget) and self.meeting is not None and self.meeting.id == asked:
            self.show(told)

    def words(self, one: Told) -> str:
        """When, who as what, and what."""
        meeting, who = self.meeting, one.who
        if meeting is not None and meeting.is_chair(one.author):
            who = tr("Chair {0}").format(who)
        elif meeting is not None and meeting.is_secretary(one.author):
            who = tr("Secretary {0}").format(who)
        return f"{local(one.at):%H:%M}  {who} {one.words}"


class Feed(QWidget):
    """One line; nothing before the meeting is opened."""

    more_requested = Signal()

    def __init__(self, context: DeskContext) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.newest = ElidedLabel("", "small", "ink")
        self.more = Button(tr("See more"), "quiet", extent="small")
        self.more.clicked.connect(self.more_requested)
        row.addWidget(Label(tr("Just now:"), "small", "ink_soft"))
        row.addWidget(self.newest, 1)
        row.addWidget(self.more)
        self._news = Newest(self, context, FEW)
        self._news.show = self._show
        self.hide()

    def show_meeting(self, meeting: Meeting) -> None:
        """Tell the newest."""
        self._news.follow(meeting)

    def _show(self, told: list[Told]) -> None:
        self.setVisible(bool(told))
        self.newest.setText(self._news.words(told[0]) if told else "")
        self.more.setVisible(len(told) > 1)


class Story(ScrolledColumn):
    """What happened in this meeting, newest first."""

    def __init__(self, context: DeskContext, _do: Do) -> None:
        super().__init__(tr("What happened"))
        self.rows = GradualRows(lambda words: Label(words, "body", wraps=True), 8)
        self.column.addWidget(self.rows)
        self.column.addStretch(1)
        self._news = Newest(self, context, MANY)
        self._news.show = self._show

    def show_meeting(self, meeting: Meeting, _directory: Directory) -> None:
        """List what happened."""
        self._news.follow(meeting)

    def _show(self, told: list[Told]) -> None:
        lines = [self._news.words(one) for one in told] or [tr("Nothing has happened yet.")]
        self.rows.show_rows([(len(told) - n, words) for n, words in enumerate(lines)])
