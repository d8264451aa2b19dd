"""Marks from a file while reading: chosen or dropped, told what came."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from one_desk import MEETING
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from meetingroom.domain.errors import PaperError
from meetingroom.domain.foreign_marks import FoundMark, FoundMarks, LeftOut
from meetingroom.domain.geometry import Point
from meetingroom.domain.marks import Note
from meetingroom.services.importing import Importing
from meetingroom.wording import choose_language

FILE = Path("/somewhere/Báo cáo đã ghi.pdf")
FOUND = FoundMarks(
    marks=(FoundMark(shape=Note(at=Point(90, 90)), page=1, text="số liệu?", author="Ông An"),),
    left_out=(LeftOut(kind="movie", page=0, reason="kind"),),
)


@pytest.fixture
def importing_room(desk, make_room):
    """A room whose files are read by the test; `asked` has the names of what was tried first."""
    choose_language("en")
    pool, asked = ThreadPoolExecutor(1), []

    def find(file, papers, *, is_chosen):
        asked.append((file, papers[0].names[0]))
        if file.suffix == ".xfdf":
            raise PaperError("marks.unsafe", file=file.name)
        return msgspec.structs.replace(FOUND, blob=papers[0].blob)

    importing = Importing(desk.desk, desk.context.marking, find)

    def take(meeting: str, file: Path, likely: str) -> "Future[object]":
        return pool.submit(lambda: importing.take(meeting, file, likely=likely))

    desk.context = replace(desk.context, import_marks=take)
    room = make_room()
    room.asked = asked
    yield room
    pool.shutdown()


def test_a_chosen_file_brings_its_marks_and_says_what_did_not_come(
    desk, importing_room, qtbot, monkeypatch
) -> None:
    room = importing_room
    chosen = staticmethod(lambda *_: (str(FILE), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    room.exchange.take_action.trigger()
    qtbot.waitUntil(lambda: room.info.title_label.text().startswith("One mark came to"))
    assert [mark.text for mark in desk.marks] == ["Ông An: số liệu?"]
    assert room.asked == [(FILE, "Một")]
    assert "Not taken: 1 × film" in room.info.advice_label.text()
    qtbot.waitUntil(lambda: desk.context.marking.can_undo(MEETING))


def drop(room, *files: Path) -> bool:
    """Drag files over the room and let go; whether it took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    keys, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(200, 300), copy, data, Qt.MouseButton.LeftButton, keys)
    enter.ignore()
    QApplication.sendEvent(room, enter)
    if not enter.isAccepted():
        return False
    fall = QDropEvent(QPointF(200, 300), copy, data, Qt.MouseButton.LeftButton, keys)
    QApplication.sendEvent(room, fall)
    return True


def test_a_dropped_file_is_taken_for_the_open_paper(desk, importing_room, qtbot) -> None:
    room = importing_room
    room.places.go_to_paper("paper-Hai", 0)
    assert drop(room, FILE)
    qtbot.waitUntil(lambda: len(desk.marks) == 1)
    assert room.asked == [(FILE, "Hai")]


@pytest.mark.parametrize("files", [("a.docx",), ("a.pdf", "b.pdf"), ()])
def test_what_can_hold_no_marks_is_not_taken(importing_room, files) -> None:
    assert not drop(importing_room, *(Path("/somewhere") / name for name in files))


def test_a_hostile_file_changes_nothing_and_says_so(desk, importing_room, qtbot) -> None:
    room = importing_room
    assert drop(room, FILE.with_suffix(".xfdf"))
    qtbot.waitUntil(lambda: "was not read" in room.info.title_label.text())
    assert desk.marks == []
