"""The interface's thread does no file, network, database or PDF work, whatever is on screen."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pymupdf
import pytest
from interface_guard import guarded
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from meetingroom.assembly import RunningHub, found, join
from meetingroom.demo.hands import live
from meetingroom.desktop import OpenDesk, first_steps, open_home
from meetingroom.documents.crew import Crew
from meetingroom.domain.facts import PersonSet
from meetingroom.services.founding import Charter
from meetingroom.settings import read_settings
from meetingroom.store.blobs import FileBlobs
from meetingroom.ui.desk_window import DeskWindow
from meetingroom.ui.display.room_display import RoomDisplay
from meetingroom.ui.first_run import FirstRun
from meetingroom.ui.page.tools import Tool
from meetingroom.ui.reader.print_dialog import PrintDialog
from real_office import free_port

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", "Mouse event occurs outside"),
    pytest.mark.usefixtures("theme"),
]
SECRETARY = PersonSet(person="person-s", name="Thư ký", rights=("secretary", "administrator"))
LEFT = Qt.MouseButton.LeftButton
LONG_MS = 60_000


def make_pdf(path: Path, pages: int = 5) -> Path:
    with pymupdf.open() as document:
        for number in range(pages):
            page = document.new_page()
            page.insert_text((80, 100), f"Trang {number + 1} của báo cáo", fontsize=14)
        document.save(path)
    return path


@pytest.fixture
def office(tmp_path):
    """A small office: its hub, listening; the secretary's folder; the port."""
    port = free_port()
    charter = Charter(name="UBND xã Thử", room_name="Hội trường", people=(SECRETARY,))
    found(tmp_path / "A", charter, port=port)
    hub = RunningHub(tmp_path / "A", announces=False)
    hub.start()
    yield tmp_path, port
    hub.stop()


@pytest.fixture
def window(office, qtbot):
    """The secretary's window, not yet shown; closed afterwards."""
    folder, _ = office
    crew, work = Crew(1), ThreadPoolExecutor(2)
    data = folder / "A"
    made = DeskWindow(
        lambda: work.submit(open_home, data, crew),
        lambda home: OpenDesk(home, crew),
        first_steps(data, work),
    )
    qtbot.addWidget(made)
    yield made
    made.end()
    work.shutdown(wait=True)
    crew.close()


class Walk:
    """Walks through the screens as people do."""

    def __init__(self, window, qtbot) -> None:
        self.window, self.qtbot = window, qtbot

    def wait(self, is_so) -> None:
        self.qtbot.waitUntil(lambda: bool(is_so()), timeout=LONG_MS)

    @property
    def desk(self):
        return self.window.context.desk

    def open(self) -> None:
        self.window.resize(1366, 768)
        self.window.show()
        self.window.begin()
        self.wait(lambda: self.window.context is not None and not self.window.is_preparing)
        self.wait(lambda: self.desk.link_state.state == "online" and self.desk.directory.people)
        self.wait(lambda: not self.window.is_preparing)

    def prepare(self, pdf: Path) -> str:
        """Every step of the secretary, to an issued meeting."""
        self.window.go("prepare")
        desk, drafting = self.window.secretary, self.window.context.drafting
        desk.on_new()
        self.wait(lambda: desk.meeting_id and drafting.draft(desk.meeting_id))
        meeting = desk.meeting_id
        desk.edit(
            lambda draft: msgspec.structs.replace(
                draft, title="Họp thử", chair="person-s", members=("person-s",),
                starts_at="2026-11-26T08:00:00+07:00", place="Hội trường",
                items=tuple(
                    msgspec.structs.replace(row, title="Báo cáo", presenter="person-s")
                    for row in draft.items
                ),
            )
        )  # fmt: skip
        for step in ("info", "agenda", "people"):
            desk.go(step)
            live(1)
        desk.go("agenda")
        desk.add_files(drafting.draft(meeting).items[0].item, [pdf])
        self.wait(lambda: drafting.draft(meeting).papers)
        for step in ("check", "issue"):
            desk.go(step)
            live(1)
        self.wait(desk.issue_button.isEnabled)
        desk.on_issue()
        self.wait(lambda: self.desk.meeting(meeting) and self.desk.meeting(meeting).papers)
        self.wait(lambda: desk.steps.current_key() == "follow")
        desk.go("collect")
        desk.show_list()
        return meeting

    def read(self, meeting: str) -> None:
        """Open, turn, zoom, look at small pictures, mark, undo."""
        self.window.go("home")
        live(30)
        self.window.read(meeting)
        room = self.window.room
        self.wait(lambda: room.place is not None and self._is_sharp(room.view))
        room.contents.tabs.choose("pages")
        self.wait(lambda: room.thumbnails.pictures.kept_bytes > 0)
        QTest.keyClick(room.view, Qt.Key.Key_PageDown)
        room.view.zoom_by(1.5)
        self.wait(lambda: self._is_sharp(room.view))
        room.bar.choose(Tool.HIGHLIGHT)
        self.wait(lambda: room.view.words.words)
        room.bar.choose(Tool.NOTE)
        QTest.mouseClick(room.view, LEFT, pos=QPoint(200, 200))
        QTest.keyClicks(room.view.editor.words, "xem")
        room.view.finish()
        self.wait(room.bar.undo.isEnabled)
        room.own_marks.undo()
        self.wait(room.bar.redo.isEnabled)

    def look_around(self, meeting: str) -> None:
        """Search, lay papers and versions side by side, list, filter and answer notes."""
        room = self.window.room
        room.reading.search.setText("bao cao")
        self.wait(lambda: room.seeking.answer and room.seeking.answer.hits)
        QTest.keyClick(room.reading.search, Qt.Key.Key_Return)
        live(30)
        room.seeking.leave()
        room.places.show_side_by_side(2)
        self.wait(lambda: len(room.panes.panes) == 2 and self._is_sharp(room.view))
        paper = room.paper()
        room.comparing.start(paper, paper.current.blob)
        self.wait(room.compare_bar.back.isHidden)
        live(30)
        room.comparing.end()
        room.view.set_tool(Tool.NOTE)
        QTest.mouseClick(room.view, LEFT, pos=QPoint(200, 200))
        QTest.keyClicks(room.view.editor.words, "hoi")
        room.view.finish()
        self.wait(lambda: self.desk.meeting(meeting).marks)
        (mark,) = self.desk.meeting(meeting).marks
        room.notes.finding.look_for(words="hoi", scope="meeting")
        self.wait(lambda: room.notes.show_mark(mark) or room.notes.card.mark)
        room.notes.card.start_reply()
        QTest.keyClicks(room.notes.card.field, "co")
        # A list that is made anew closes the card for a moment; what is written stays.
        self.wait(lambda: room.notes.show_mark(mark) or room.notes.card.field.words() == "co")
        room.notes.keep_unsent()
        room.notes.card.send()
        self.wait(lambda: len(self.desk.meeting(meeting).marks) == 2)
        room.carried.open_list()

    def take_away(self, folder: Path, pdf: Path) -> None:
        """Print into a file, save a copy, take notes in, back the own marks up and bring back."""
        room = self.window.room
        exchange = room.exchange
        exchange.ask_to_print()
        self.wait(lambda: room.findChildren(PrintDialog))
        dialog = room.findChildren(PrintDialog)[0]
        dialog.printer.setCurrentIndex(dialog.printer.findData(""))
        dialog.marks.setChecked(True)
        dialog.go.click()
        self.wait(lambda: exchange.printing.run is None and (folder / "out.pdf").stat().st_size)
        self._touch(lambda: exchange.choose_copy(has_marks=True), exchange.told)
        exchange.take(pdf)
        self.wait(lambda: not room.info.title_label.text().startswith("Đang"))
        self.window.go("settings")
        card = self.window.stack.currentWidget().own_backup
        self._touch(lambda: card.back_up(folder, "mưa rừng Tây Bắc", True), card.told)
        (file,) = folder.glob("*.marks")
        self._touch(lambda: card.restore(file, "mưa rừng Tây Bắc"), card.told)
        card.stop.click()
        self.wait(card.stop.isHidden)

    def _touch(self, act, told) -> None:
        with self.qtbot.waitSignal(told, timeout=LONG_MS):
            act()

    def _is_sharp(self, view) -> bool:
        wide = round(view.lens.box().width() * view.devicePixelRatioF())
        return wide > 0 and view.pages.is_sharp(view.blob, view.page, wide)

    def enrol_display(self, folder: Path, port: int):
        """A code from the people's room; the display's desk, opened on another thread."""
        self.window.go("people")
        live(30)
        room = next(iter(self.desk.directory.rooms))
        answer = self.desk.ask("code.make", {"principal": room})
        self.wait(answer.done)
        code = answer.result()["code"]
        with ThreadPoolExecutor(1) as work:
            joined = work.submit(join, folder, code, f"127.0.0.1:{port}")
            self.wait(joined.done)
            joined.result()
            home = work.submit(open_home, folder, None)
            self.wait(home.done)
        return home.result()

    def lead(self, meeting: str, display: RoomDisplay) -> None:
        """Unlock the display, open the meeting, show a paper, turn, close."""
        window, leading = self.window, self.window.context.leading
        window.lead(meeting)
        console = window.console
        self.wait(lambda: display.meeting is not None)
        for tab in ("people", "you", "agenda"):
            console.tabs.choose(tab)
            live(30)
        console.only_you.unlock_requested.emit(next(iter(self.desk.directory.rooms)))
        self.wait(lambda: display.is_unlocked)
        leading.open_meeting(meeting)
        self.wait(lambda: self.desk.meeting(meeting).state == "open")
        console.order.item_requested.emit(self.desk.meeting(meeting).issued.agenda[0].item)
        paper = next(iter(self.desk.meeting(meeting).papers))
        console.order.paper_requested.emit(paper)
        with self.qtbot.waitSignal(display.canvas.painted, timeout=LONG_MS):
            pass
        QTest.keyClick(display, Qt.Key.Key_PageDown)
        self.wait(lambda: self.desk.stage(meeting).revision > 1)
        display.open_panel()
        live(30)
        leading.close_meeting(meeting)
        self.wait(lambda: self.desk.meeting(meeting).state == "closed")


@pytest.fixture
def show_display(qtbot):
    """A room display on an opened desk; closed afterwards."""
    made = []

    def show(home) -> RoomDisplay:
        crew = Crew(1)
        opened = OpenDesk(home, crew)
        made.append(opened)
        display = RoomDisplay(opened.context)
        qtbot.addWidget(display)
        display.resize(1280, 720)
        display.show()
        opened.start()
        return display

    yield show
    for opened in made:
        opened.close()


@pytest.mark.timeout(240)
def test_no_screen_touches_files_network_database_or_pdf_on_the_interface_thread(
    office, window, show_display, qtbot, monkeypatch, tmp_path
):
    folder, port = office
    pdf = make_pdf(tmp_path / "bao-cao.pdf")
    walk = Walk(window, qtbot)
    chosen = (str(tmp_path / "out.pdf"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_what: chosen)
    with guarded(monkeypatch) as guard:
        walk.open()
        meeting = walk.prepare(pdf)
        walk.read(meeting)
        walk.look_around(meeting)
        walk.take_away(tmp_path, pdf)
        home = walk.enrol_display(folder / "B", port)
        walk.lead(meeting, show_display(home))
    assert not guard.violations, "\n".join(sorted(set(guard.violations)))


def test_the_first_run_leaves_files_alone_too(qtbot, monkeypatch, tmp_path):
    crew, work = Crew(1), ThreadPoolExecutor(2)
    steps = first_steps(tmp_path, work)
    window = DeskWindow(lambda: work.submit(open_home, tmp_path, crew), OpenDesk, steps)
    qtbot.addWidget(window)
    with guarded(monkeypatch) as guard:
        window.show()
        window.begin()
        qtbot.waitUntil(lambda: isinstance(window.centralWidget(), FirstRun), timeout=LONG_MS)
        steps.keep_language("en")
    assert not guard.violations, "\n".join(sorted(set(guard.violations)))
    work.shutdown(wait=True)
    crew.close()
    assert read_settings(tmp_path).language == "en"


def test_the_guard_sees_what_it_must(monkeypatch, tmp_path):
    """A guard that sees nothing would let everything pass."""
    (tmp_path / "settings.toml").write_text("", encoding="utf-8")
    with guarded(monkeypatch) as guard:
        read_settings(tmp_path)
        FileBlobs(tmp_path / "blobs").path("0" * 64)
        (tmp_path / "mine").write_text("a test may write", encoding="utf-8")
        with ThreadPoolExecutor(1) as work:
            before = len(guard.violations)
            work.submit(read_settings, tmp_path).result()
    told = " ".join(guard.violations)
    assert "read_settings" in told and len(guard.violations) == before
    assert "write_text" not in told and before >= 2
