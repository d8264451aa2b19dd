"""The window of a laptop or office PC: assembles the places a person may go to."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.sentences import sentence_of
from meetingroom.ui.chair.console import ChairConsole
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import MessagePage, SideBar
from meetingroom.ui.first_run import FirstRun, FirstSteps
from meetingroom.ui.reader.home import ReaderHome
from meetingroom.ui.reader.reading_room import ReadingRoom
from meetingroom.ui.secretary.desk import SecretaryDesk
from meetingroom.ui.secretary.people_room import PeopleRoom
from meetingroom.ui.stage.choosing import meeting_for_room
from meetingroom.wording import tr

FOLDED_BELOW = 1600


class OpenedDesk(Protocol):
    """What `desktop` opens for an enrolled computer."""

    context: DeskContext

    def start(self) -> None: ...

    def close(self) -> None: ...


class DeskWindow(QMainWindow):
    """The first run, or the desk of this computer's person."""

    def __init__(self, open_desk: Callable[[], OpenedDesk], steps: FirstSteps) -> None:
        super().__init__()
        self._open_desk = open_desk
        self._steps = steps
        self._opened: OpenedDesk | None = None
        self.side_bar: SideBar | None = None
        self.setWindowTitle(tr("Meeting room"))
        self.resize(1366, 768)

    def begin(self) -> None:
        """Show what this computer can show."""
        if self._steps.is_enrolled():
            self.open_desk()
        else:
            first = FirstRun(self._steps)
            first.finished.connect(self.open_desk)
            first.language_changed.connect(self.begin)
            self.setCentralWidget(first)

    def open_desk(self) -> None:
        """The desk, or why it cannot be opened."""
        try:
            self._opened = self._open_desk()
        except MeetingError as error:
            title = tr("The program cannot be opened here")
            self.setCentralWidget(MessagePage("file-warning", title, sentence_of(error)))
            return
        self._build(self._opened.context)
        self._opened.start()

    def end(self) -> None:
        """Keep what is queued and let the folder go."""
        if self._opened is not None:
            opened, self._opened = self._opened, None
            opened.close()

    @property
    def context(self) -> DeskContext | None:
        return self._opened.context if self._opened else None

    # --- the desk -------------------------------------------------------------------------

    def _build(self, context: DeskContext) -> None:
        central = QWidget()
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.side_bar = SideBar(
            tr("Meeting room"),
            context.desk.profile.office_name,
            (
                ("home", "calendar", tr("Meeting calendar")),
                ("lead", "presentation", tr("Conduct the session")),
                ("prepare", "notebook-pen", tr("Prepare meetings")),
                ("people", "users", tr("People and computers")),
            ),
        )
        self.stack = QStackedWidget()
        self.home = ReaderHome(context)
        self.room = ReadingRoom(context)
        self.console = ChairConsole(context)
        self.secretary = SecretaryDesk(context)
        self.people = PeopleRoom(context)
        self._places = {
            "home": self.home,
            "room": self.room,
            "lead": self.console,
            "prepare": self.secretary,
            "people": self.people,
        }
        for place in self._places.values():
            self.stack.addWidget(place)
        row.addWidget(self.side_bar)
        row.addWidget(self.stack, 1)
        self.setCentralWidget(central)
        self._wire(context)
        self._show_rights()
        QTimer.singleShot(0, self._open_running)

    def _wire(self, context: DeskContext) -> None:
        assert self.side_bar is not None  # noqa: S101
        self.side_bar.place_changed.connect(self.go)
        self.home.meeting_requested.connect(self.read)
        self.room.home_requested.connect(lambda: self.go("home"))
        self.secretary.lead_requested.connect(self.lead)
        context.bridge.directory_changed.connect(lambda _what: self._show_rights())
        context.bridge.meeting_changed.connect(lambda _what: self._show_rights())

    def go(self, key: str) -> None:
        """Go to a place."""
        if key == "lead" and self.context is not None:
            self.console.open_meeting(self._led_meeting())
        self.stack.setCurrentWidget(self._places[key])
        if self.side_bar is not None:
            self.side_bar.setVisible(key != "room")

    def read(self, meeting: str) -> None:
        """Read a meeting's papers."""
        self.room.open_meeting(meeting)
        self.go("room")
        self.room.view.setFocus()

    def lead(self, meeting: str) -> None:
        """Lead a meeting."""
        self.go("lead")
        self.console.open_meeting(meeting)

    def _led_meeting(self) -> str:
        context = self.context
        if context is None:
            return ""
        mine = {
            key: row for key, row in context.desk.meetings.items() if context.leading.may_lead(key)
        }
        return meeting_for_room(mine)

    def _open_running(self) -> None:
        """A meeting that runs now opens by itself."""
        context = self.context
        running = [m for m in context.desk.meetings.values() if m.is_running] if context else []
        if running and self.stack.currentWidget() is self.home:
            self.read(running[0].id)

    def _show_rights(self) -> None:
        context, bar = self.context, self.side_bar
        if context is None or bar is None:
            return
        person = context.desk.directory.people.get(context.me)
        bar.set_person(
            person.name if person else context.desk.profile.name, person.title if person else ""
        )
        bar.set_visible_entry("lead", bool(self._led_meeting()))
        bar.set_visible_entry("prepare", context.is_secretary)
        bar.set_visible_entry("people", context.is_administrator)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.side_bar is not None:
            self.side_bar.set_folded(self.width() < FOLDED_BELOW and self.width() < 1200)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing a window never ends a meeting: the hub is its own process."""
        event.accept()
