"""The window of a laptop or office PC: assembles the places a person may go to."""

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.errors import MeetingError
from meetingroom.sentences import sentence_of
from meetingroom.ui.bridge import Bridge
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import InfoBar, MessagePage, SideBar
from meetingroom.ui.hub_bar import HubBar
from meetingroom.ui.in_steps import InSteps
from meetingroom.ui.online.reminder_bar import ReminderBar
from meetingroom.ui.quiet_collector import set_aside
from meetingroom.ui.reader.home import ReaderHome
from meetingroom.ui.reader.reading_room import ReadingRoom
from meetingroom.ui.reader.summons_bar import SummonsBar
from meetingroom.ui.stage.choosing import meeting_for_room
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

if TYPE_CHECKING:  # loaded when a person first needs them: the first window comes sooner
    from meetingroom.ui.chair.console import ChairConsole
    from meetingroom.ui.first_steps import FirstSteps
    from meetingroom.ui.secretary.desk import SecretaryDesk
    from meetingroom.ui.secretary.people_room import PeopleRoom

FOLDED_BELOW, READER_FOLDED_BELOW = 1600, 1080
START_MS = 200  # the first paper comes before what talks to the hub is loaded
PAUSE_MS = 5  # between two steps of making a place: whoever presses something goes first
# Only the place in sight says how wide the window must be at least.
TAKES_ROOM = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
TAKES_NO_ROOM = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
FIRST_PAUSE_MS = 1000  # the first paper is there by then
LATE = {
    "lead": "meetingroom.ui.chair.console",
    "prepare": "meetingroom.ui.secretary.desk",
    "people": "meetingroom.ui.secretary.people_room",
    "settings": "meetingroom.ui.settings_room",
}
OF_THE_LINE = ("link.", "blob.")
FIRST_RUN = "meetingroom.ui.first_run"


class OpenedDesk(Protocol):
    """What `desktop` opens for an enrolled computer."""

    context: DeskContext

    def start(self) -> None: ...

    def close(self) -> None: ...


class DeskWindow(QMainWindow):
    """The first run, or the desk of this computer's person."""

    def __init__(
        self,
        open_home: Callable[[], "Future[Any]"],
        furnish: Callable[[Any], OpenedDesk],
        steps: "FirstSteps",
    ) -> None:
        super().__init__()
        self._open_home, self._furnish = open_home, furnish
        self._bridge = Bridge(self)
        self._steps = steps
        self._opened: OpenedDesk | None = None
        self.side_bar: SideBar | None = None
        self._places: dict[str, QWidget] = {}
        self._preparing = QTimer(self)
        self._preparing.setInterval(PAUSE_MS)
        self._preparing.timeout.connect(self._prepare_next)
        self._may_prepare, self._loads = False, 0
        self._loader = ThreadPoolExecutor(1, thread_name_prefix="screens")
        self.setWindowTitle(tr("Meeting room"))
        self.resize(1366, 768)

    def begin(self) -> None:
        """Show what this computer can show."""
        self.open_desk()

    def open_desk(self) -> None:
        """The desk, or why it cannot be opened; files are opened on another thread."""
        self._bridge.when_done(self._open_home(), self._on_home, self.on_closed)

    def _on_home(self, home: Any) -> None:
        self._opened = self._furnish(home)
        self._build(self._opened.context)
        QTimer.singleShot(START_MS, self._start)

    def _start(self) -> None:
        if self._opened is not None:
            self._opened.start()

    def on_closed(self, error: MeetingError) -> None:
        """The desk cannot be opened: join or found an office, or read why."""
        if error.code == "device.not_enrolled":
            self._load(FIRST_RUN, self._show_first_run)
            return
        title = tr("The program cannot be opened here")
        self.setCentralWidget(MessagePage("file-warning", title, sentence_of(error)))

    def _show_first_run(self) -> None:
        first = import_module(FIRST_RUN).FirstRun(self._steps, in_steps=True)
        first.finished.connect(self.open_desk)
        first.language_changed.connect(self.begin)
        self.setCentralWidget(first)
        self._make_rest(first)

    def _make_rest(self, first: Any) -> None:
        """The first run's parts one after another between events."""
        is_shown = self.centralWidget() is first
        if is_shown and first.step():
            QTimer.singleShot(PAUSE_MS, lambda: self._make_rest(first))

    def _load(self, name: str, then: Callable[[], None]) -> None:
        """Load what a screen is made of on another thread, then go on."""
        self._loads += 1

        def loaded(_module: object) -> None:
            self._loads -= 1
            then()

        self._bridge.when_done(self._loader.submit(import_module, name), loaded)

    def end(self) -> None:
        """Keep what is queued and let the folder go."""
        self._preparing.stop()
        self._loader.shutdown(wait=False)
        if self._opened is not None:
            opened, self._opened = self._opened, None
            opened.close()

    @property
    def context(self) -> DeskContext | None:
        return self._opened.context if self._opened else None

    @property
    def places(self) -> tuple[str, ...]:
        """The places made so far."""
        return tuple(self._places)

    @property
    def is_preparing(self) -> bool:
        """Whether places are still to be made in quiet moments."""
        return not self._may_prepare or self._preparing.isActive() or self._loads > 0

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
            foot=(("settings", "settings", tr("Settings")),),
        )
        self.stack, self.trouble = QStackedWidget(), InfoBar()
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.trouble)
        if context.hub_watch is not None:
            column.addWidget(HubBar(context, context.hub_watch, context.taking_over))
        self.summons = SummonsBar(context, self.look, lambda: self._shows("room"))
        column.addWidget(self.summons)
        self.reminder = ReminderBar(context, self.lead_online)
        column.addWidget(self.reminder)
        column.addWidget(self.stack, 1)
        row.addWidget(self.side_bar)
        row.addLayout(column, 1)
        self._places = {}
        self.setCentralWidget(central)
        self.side_bar.place_changed.connect(self.go)
        self.trouble.action_requested.connect(lambda _key: self.trouble.withdraw())
        context.bridge.problem_arose.connect(self.on_problem)
        context.bridge.bug_found.connect(lambda _words: self.on_bug())
        context.bridge.directory_changed.connect(lambda _what: self._show_rights())
        context.bridge.meeting_changed.connect(lambda _what: self._show_rights())
        self._show_rights()
        self._show_first()
        QTimer.singleShot(FIRST_PAUSE_MS, self._begin_preparing)

    def on_problem(self, error: MeetingError) -> None:
        """A known error that no screen waits for; how the line to the hub is, is seen anyway."""
        if not error.code.startswith(OF_THE_LINE):
            self.trouble.tell("attention", sentence_of(error), "", ((tr("Got it"), "done"),))

    def on_bug(self) -> None:
        """A wish met a bug: it is not passed over in silence."""
        advice = tr(
            "What was written before is kept. Please do it once more; if it happens again, "
            "send the folder “logs” to who looks after the program."
        )
        title = tr("Something in the program went wrong.")
        self.trouble.tell("attention", title, advice, ((tr("Got it"), "done"),))

    def _begun(self, key: str) -> QWidget:
        """A place of the desk, made when first wanted or in a quiet moment before; perhaps
        not whole yet."""
        if key not in self._places:
            assert self._opened is not None  # noqa: S101
            self._places[key] = self._make(key, self._opened.context)
            self._places[key].setSizePolicy(TAKES_NO_ROOM)
            self.stack.addWidget(self._places[key])
        return self._places[key]

    def _whole(self, key: str) -> Any:
        place = self._begun(key)
        if isinstance(place, InSteps):
            place.complete()
        return place

    def _make(self, key: str, context: DeskContext) -> QWidget:
        match key:
            case "room":
                room = ReadingRoom(context, in_steps=True)
                room.home_requested.connect(lambda: self.go("home"))
                return room
            case "lead":
                return cast(QWidget, import_module(LATE[key]).ChairConsole(context, in_steps=True))
            case "prepare":
                desk: SecretaryDesk = import_module(LATE[key]).SecretaryDesk(context)
                desk.lead_requested.connect(self.lead)
                return desk
            case "settings":
                return cast(QWidget, import_module(LATE[key]).SettingsRoom(context))
            case "people":
                return cast(QWidget, import_module(LATE[key]).PeopleRoom(context))
            case _:
                home = ReaderHome(context)
                home.meeting_requested.connect(self.read)
                return home

    def _begin_preparing(self) -> None:
        self._may_prepare = True
        self._preparing.start()

    def _prepare_next(self) -> None:
        """Make the places this person may go to, a step at a time between events."""
        for key in self._wanted():
            if key in LATE and LATE[key] not in sys.modules:
                self._preparing.stop()
                self._load(LATE[key], self._preparing.start)
                return
            place = self._begun(key)
            if isinstance(place, InSteps) and not place.is_whole:
                place.step()
                return
        self._preparing.stop()
        set_aside()

    def _wanted(self) -> list[str]:
        context, wanted = self.context, ["room"]
        if context is None:
            return []
        wanted += ["prepare"] if context.is_secretary else []
        wanted += ["people"] if context.is_administrator else []
        wanted += ["lead"] if self._led_meeting() else []
        wanted += ["settings"]
        return wanted

    @property
    def home(self) -> ReaderHome:
        return cast(ReaderHome, self._whole("home"))

    @property
    def room(self) -> ReadingRoom:
        return cast(ReadingRoom, self._whole("room"))

    @property
    def console(self) -> "ChairConsole":
        return cast("ChairConsole", self._whole("lead"))

    @property
    def secretary(self) -> "SecretaryDesk":
        return cast("SecretaryDesk", self._whole("prepare"))

    @property
    def people(self) -> "PeopleRoom":
        return cast("PeopleRoom", self._whole("people"))

    def go(self, key: str) -> None:
        """Go to a place."""
        if key == "lead" and self.context is not None:
            self.console.open_meeting(self._led_meeting())
        place, before = self._whole(key), self.stack.currentWidget()
        if before is not None:
            before.setSizePolicy(TAKES_NO_ROOM)
        place.setSizePolicy(TAKES_ROOM)
        self.stack.setCurrentWidget(place)
        if self.side_bar is not None:
            self.side_bar.setVisible(key != "room")
            if key == "room":
                self.summons.withdraw()
            self.side_bar.choose(key)
            self._fold()

    def read(self, meeting: str) -> None:
        """Read a meeting's papers."""
        self.room.open_meeting(meeting)
        self.go("room")
        self.room.view.setFocus()

    def look(self, meeting: str) -> None:
        """See what the chair shows; one click leads back."""
        if self.room.meeting_id == meeting:
            self.go("room")
        else:
            self.read(meeting)
        self.room.follower.follow()

    def _shows(self, key: str) -> bool:
        return self._places.get(key) is self.stack.currentWidget()

    def lead(self, meeting: str) -> None:
        """Lead a meeting."""
        self.go("lead")
        self.console.open_meeting(meeting)

    def lead_online(self, meeting: str, enters: bool = False) -> None:
        """Lead a meeting, at its online list: at the checklist, or where it is entered."""
        self.lead(meeting)
        self.console.tabs.choose("online")
        if not enters:
            self.console.lists["online"].show_checklist()

    def _led_meeting(self) -> str:
        context = self.context
        if context is None:
            return ""
        mine = {
            key: row for key, row in context.desk.meetings.items() if context.leading.may_lead(key)
        }
        return meeting_for_room(mine)

    def _show_first(self) -> None:
        """A meeting that runs now opens by itself; else the calendar."""
        context = self.context
        running = [m for m in context.desk.meetings.values() if m.is_running] if context else []
        if running:
            self.read(running[0].id)
        else:
            self.go("home")

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
        self._fold()
        if self._may_prepare:
            self._preparing.start()  # a new right brings a new place

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.side_bar is not None:
            self._fold()

    def _fold(self) -> None:
        """Who only reads sees words; where work needs the width, icons do below 1600."""
        context, bar = self.context, self.side_bar
        if context is not None and bar is not None:
            works = context.is_secretary or context.is_administrator or bar.current_key() == "lead"
            limit = FOLDED_BELOW if works else READER_FOLDED_BELOW
            bar.set_folded(self.width() < current_theme().scaled(limit))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing a window never ends a meeting: the hub is its own process."""
        event.accept()
