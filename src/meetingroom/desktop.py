"""Joins the rooms for a window (the only place, with ui, that imports Qt)."""

import logging
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from meetingroom.desk_home import DeskHome, keep_settings, read_profile
from meetingroom.documents.crew import Crew
from meetingroom.documents.inspector import PaperInspector
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.facts import PersonSet
from meetingroom.domain.foreign_marks import FoundMarks, PaperFile
from meetingroom.domain.ids import is_person
from meetingroom.domain.meeting import Meeting
from meetingroom.hub_process import ensure_hub
from meetingroom.log_files import log_to_file
from meetingroom.sentences import sentence_of
from meetingroom.services.importing import Importing, Taken
from meetingroom.services.news import Problem
from meetingroom.services.personal_backup import BackedUp
from meetingroom.services.replacing import Replacing
from meetingroom.settings import read_settings
from meetingroom.ui.application import make_application
from meetingroom.ui.bridge import Bridge
from meetingroom.ui.context import DeskContext, Preferences, Safekeeping
from meetingroom.ui.first_steps import FirstSteps
from meetingroom.ui.stage import moments

if TYPE_CHECKING:
    from meetingroom.services.founding import Charter
    from meetingroom.ui.desk_window import DeskWindow
    from meetingroom.ui.display.room_display import RoomDisplay

log = logging.getLogger(__name__)
WATCH_SECONDS, OWN_BACKUP_SECONDS = 10.0, 600.0
READING_SECONDS = 2.0  # before papers are read for the search: the first page comes first
SOURCES = Path(__file__).resolve().parent


class OpenDesk:
    """An enrolled computer with its workers, ready for a window; `close` ends everything."""

    def __init__(self, home: DeskHome, crew: Crew) -> None:
        self.home, self.crew, self.data = home, crew, home.data
        self.bridge = Bridge()
        self.home.rehearsing.pages = crew
        self.home.desk.listen(self.bridge.publish)
        self.bridge.link_changed.connect(moments.follow_clock)
        self._work = ThreadPoolExecutor(1, thread_name_prefix="export")
        self._is_closed = threading.Event()
        prepares = self.home.prepares_meetings
        self.context = DeskContext(
            desk=self.home.desk,
            marking=self.home.marking,
            reading=self.home.reading,
            leading=self.home.leading,
            voting=self.home.voting,
            call_checking=self.home.call_checking,
            calling=self.home.calling,
            opinions=self.home.opinions,
            retelling=self.home.retelling,
            cues=self.home.cues,
            purging=self.home.purging,
            speaking=self.home.speaking,
            room_ink=self.home.room_ink,
            following=self.home.following,
            rehearsing=self.home.rehearsing,
            calendars=self.home.calendars,
            schedules=self.home.schedules,
            figures=self.home.figures,
            week_reading=self.home.week_reading if prepares else None,
            bridge=self.bridge,
            pages=self.crew,
            carrying=self.home.carry_with(self.crew),
            replacing=Replacing(self.home.desk, self.crew) if prepares else None,
            drafting=self.home.drafting if prepares else None,
            issuing=self.home.issuing if prepares else None,
            export=self.export,
            import_marks=self.import_marks,
            save_copy=self.save_copy,
            open_address=open_address,
            preferences=self._preferences(),
            safekeeping=self._safekeeping(),
            searching=self.home.searching,
            hub_watch=self.home.hub_watch,
            taking_over=self.home.standing_by.taking_over,
            inviting=self.home.invite_with(self.crew) if prepares else None,
        )

    def _preferences(self) -> Preferences:
        """Settings are read and written on the desk's thread, one after another."""
        desk, data = self.home.desk, self.data
        return Preferences(
            read=lambda: desk.run(lambda: read_settings(data)),
            keep=lambda new: desk.run(lambda: keep_settings(data, new)),
            sources=SOURCES,
            show_sources=lambda: open_folder(SOURCES),
            has_hub=self.home.has_hub,
        )

    def _safekeeping(self) -> Safekeeping:
        home, work = self.home, self._work

        def state() -> tuple[BackedUp | None, str]:
            return home.own_backup.last(), read_settings(self.data).own_backup_folder

        return Safekeeping(
            state=lambda: work.submit(state),
            back_up=lambda folder, words, keeps: work.submit(
                home.back_up_own, folder, words, keeps=keeps
            ),
            restore=lambda file, words: work.submit(home.own_backup.restore, file, words),
            stop=lambda: work.submit(home.stop_own),
        )

    def start(self) -> None:
        """Connect; on the hub's computer, see that the hub runs."""
        self._work.submit(self._connect)
        threading.Thread(target=self._keep_own_up, name="own-backup", daemon=True).start()
        if is_person(self.home.desk.person):
            self.home.searching.start(READING_SECONDS)
        # Also where there is none yet: this computer may take the hub over.
        threading.Thread(target=self._watch_hub, name="hub-watch", daemon=True).start()

    def _keep_own_up(self) -> None:
        """The own backup, now and then while the window is open, and when it closes."""
        while not self._is_closed.wait(OWN_BACKUP_SECONDS):
            self._work.submit(self._keep_own_up_once)

    def _keep_own_up_once(self) -> None:
        try:
            self.home.keep_own_up()
        except MeetingError as error:
            log.warning("the own backup failed and is tried again: %s", error)
            self.home.desk.announce(Problem(code=error.code, fields=error.fields))

    def _connect(self) -> None:
        """Off the interface's thread: what talks to the hub takes a moment to load."""
        if not self._is_closed.is_set():
            self.home.link.start()

    def export(self, meeting: Meeting, folder: Path, formats: set[str]) -> "Future[dict[str, Any]]":
        """Write the shared marks of a meeting."""

        def write_pdf(source: Path, target: Path, marks: Any, names: dict[str, str]) -> int:
            return self.crew.export_pdf(source, target, marks, names).result()

        def write_xfdf(source: Path, target: Path, marks: Any, names: dict[str, str]) -> int:
            return self.crew.export_xfdf(source, target, marks, names).result()

        def write() -> dict[str, Any]:
            from meetingroom.exports import export_marks  # noqa: PLC0415 - seldom, and heavy

            return export_marks(self.home.desk, meeting, folder, formats, write_pdf, write_xfdf)

        return self._work.submit(write)

    def save_copy(self, meeting: str, blob: str, target: Path, has_marks: bool) -> "Future[None]":
        """Save a version of a paper, with the marks this person sees or as it was issued."""

        def write_pdf(source: Path, target: Path, marks: Any, names: dict[str, str]) -> int:
            return self.crew.export_pdf(source, target, marks, names).result()

        def save() -> None:
            from meetingroom.exports import save_copy  # noqa: PLC0415 - seldom, and heavy

            save_copy(self.home.desk, meeting, blob, target, write_pdf if has_marks else None)

        return self._work.submit(save)

    def import_marks(self, meeting: str, file: Path, likely: str) -> "Future[Taken]":
        """Take in the marks of a file; a worker reads it."""

        def find(file: Path, papers: Sequence[PaperFile], *, is_chosen: bool) -> FoundMarks:
            return self.crew.find_marks(file, papers, is_chosen=is_chosen).result()

        importing = Importing(self.home.desk, self.home.marking, find)
        return self._work.submit(lambda: importing.take(meeting, file, likely=likely))

    def close(self) -> None:
        self._is_closed.set()
        self.bridge.end()
        self._work.submit(self._keep_own_up_once)
        self._work.shutdown(wait=True)
        self.home.close()
        self.crew.close()

    def _watch_hub(self) -> None:
        """Start the hub if it does not run: now, and again some time after it died."""
        while not self._is_closed.is_set():
            if self.home.desk.link_state.state != "online":
                ensure_hub(self.data)
            self._is_closed.wait(WATCH_SECONDS)


def open_home(data: Path, crew: Crew) -> DeskHome:
    """Open what this computer keeps, drafts too; blocks, so a window has it done on another
    thread."""
    home = DeskHome(data, lambda: PaperInspector(crew))
    _open_ahead(home, crew)
    _ = home.searching
    if home.prepares_meetings:
        _ = home.issuing
    return home


def _open_ahead(home: DeskHome, crew: Crew) -> None:
    """The paper that a running meeting opens with, opened while its window is still made."""
    for meeting in home.desk.meetings.values():
        papers = meeting.in_reading_order()
        if meeting.is_running and papers:
            last = meeting.papers.get(home.reading.place(meeting.id).paper)
            blob = (last or papers[0]).current.blob
            path = home.desk.paper_path(blob)
            if path is not None:
                crew.open(blob, path)


def open_address(address: str) -> None:
    """Open a web or mail address in the right program; nothing else is ever opened."""
    if QUrl(address).scheme() in ("https", "http", "mailto"):
        QDesktopServices.openUrl(QUrl(address))


def open_folder(folder: Path) -> None:
    """Show a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def stay_awake(failed: Callable[[], None]) -> AbstractContextManager[object]:
    """Neither the computer nor its screen sleeps while a meeting may be shown; released at the
    end of the block. Where no way is found, `failed` is called and the display goes on."""
    from wakepy import ActivationResult, keep  # noqa: PLC0415 - only the display pays for it

    def tell(result: ActivationResult) -> None:
        log.warning("this computer may fall asleep: %s", result.get_failure_text())
        failed()

    awake: AbstractContextManager[object] = keep.presenting(on_fail=tell)
    return awake


def run_display(data: Path, crew: Crew) -> int:
    """The room display, full screen; 1 where this computer is no display."""
    from meetingroom.ui.display.room_display import RoomDisplay  # noqa: PLC0415

    if read_profile(data) is None:
        return run_desk(data, crew, is_display=True)
    log_to_file(data, "display")
    app = make_application(data, is_display=True)
    try:
        desk = OpenDesk(open_home(data, crew), crew)
    except MeetingError as error:
        crew.close()
        print(sentence_of(error), file=sys.stderr)
        return 1
    status = _show_room(RoomDisplay(desk.context), desk, app.exec)
    desk.close()
    return int(status)


def _show_room(window: "RoomDisplay", desk: OpenDesk, run: Callable[[], int]) -> int:
    """The window is gone when this returns: pictures go before the workers they came from."""

    def may_sleep() -> None:
        window.faults.arise("display.may_sleep")
        desk.home.rehearsing.note_sleep()

    with stay_awake(may_sleep):
        window.use_screens(desk.home.settings.room_screen)
        desk.start()
        return run()


def new_desk_window(data: Path, crew: Crew, work: ThreadPoolExecutor) -> "DeskWindow":
    """The desktop program's window, wired to this computer; `begin` shows what is there."""
    from meetingroom.ui.desk_window import DeskWindow  # noqa: PLC0415

    return DeskWindow(
        lambda: work.submit(open_home, data, crew),
        lambda home: OpenDesk(home, crew),
        first_steps(data, work),
    )


def run_desk(data: Path, crew: Crew, *, is_display: bool = False) -> int:
    """The desktop program: the first run, or the desk of this computer's person.

    Its workers, started before Qt was loaded, end with it.
    """
    log_to_file(data, "window")
    app = make_application(data)
    work = ThreadPoolExecutor(2, thread_name_prefix="first-steps")
    window = new_desk_window(data, crew, work)
    window.show()
    window.begin()
    status = app.exec()
    window.end()
    work.shutdown(wait=False)
    crew.close()
    if is_display and read_profile(data) is not None:
        return run_display(data, Crew())
    return int(status)


def first_steps(data: Path, work: ThreadPoolExecutor) -> FirstSteps:
    """What the first run can do, off the interface's thread."""

    def keep_language(chosen: str) -> None:
        def keep() -> None:
            keep_settings(data, {"language": chosen})

        work.submit(keep)

    def start_office(charter: "Charter") -> str:
        from meetingroom.assembly import found  # noqa: PLC0415 - once in an office's life

        recovery = found(data, charter)
        ensure_hub(data)
        return recovery

    def join_office(code: str, address: str) -> str:
        from meetingroom.assembly import join  # noqa: PLC0415 - once in a computer's life

        return join(data, code, address).name

    def find_offices() -> list[str]:
        from meetingroom.network.discovery import find_hubs  # noqa: PLC0415 - as above

        return list(dict.fromkeys(hub.office_name for hub in find_hubs(4.0)))

    def read_people(path: Path) -> "list[PersonSet]":
        from meetingroom.services.people_file import read_people_file  # noqa: PLC0415 - as above

        return read_people_file(path)

    return FirstSteps(
        is_enrolled=lambda: read_profile(data) is not None,
        join=lambda code, address: work.submit(join_office, code, address),
        found=lambda charter: work.submit(start_office, charter),
        find_offices=lambda: work.submit(find_offices),
        read_people=lambda path: work.submit(read_people, path),
        keep_language=keep_language,
    )
