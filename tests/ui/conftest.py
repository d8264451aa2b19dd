"""What tests of windows share: a dressed application, a desk, a reading room, an office."""

import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import office_on_screen
from one_desk import MEETING, OneDesk, one_desk
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from meetingroom.documents.crew import Crew
from meetingroom.ui.theme import Theme, apply_theme, load_theme


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme, worn by the application."""
    light = load_theme("light", less_motion=True)
    apply_theme(qapp, light)
    yield light
    apply_theme(qapp, load_theme("light", less_motion=True))


@pytest.fixture
def desk(theme: Theme, tmp_path: Path) -> Iterator[OneDesk]:
    """A person's desk with a meeting of two papers, of three and two pages."""
    with one_desk(tmp_path / "device") as made:
        yield made


@pytest.fixture
def make_room(desk: OneDesk, qtbot) -> Callable[[], object]:
    """A reading room on the meeting, open and shown."""
    from meetingroom.ui.reader.reading_room import ReadingRoom

    def make():
        room = ReadingRoom(desk.context, read_ms=0)
        room.complete()
        qtbot.addWidget(room)
        room.resize(1366, 768)
        with qtbot.waitExposed(room):
            room.show()
        room.open_meeting(MEETING)
        qtbot.waitUntil(
            lambda: room.place is not None and bool(room.view.pages.shape(room.view.blob))
        )
        return room

    return make


@pytest.fixture
def room(make_room):
    """The reading room at its first page."""
    return make_room()


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    """The workers of one file of tests."""
    made = Crew()
    yield made
    made.close()


@pytest.fixture
def office(tmp_path: Path, qapp, qtbot, crew: Crew) -> Iterator[office_on_screen.Office]:
    """A hub and its secretary."""
    with office_on_screen.office(tmp_path, qapp, qtbot, crew) as made:
        yield made
        # Pictures lie in the workers' memory: they go before the workers do.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
