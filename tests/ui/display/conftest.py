"""An office on screen, with workers that draw pages."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from meetingroom.documents.crew import Crew

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import office_on_screen

from meetingroom.ui.display.room_display import RoomDisplay


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


@pytest.fixture
def display(office, qtbot):
    """The display of an issued meeting; `unlocked` lets it steer."""

    def make(link="", *, unlocked=True, **values: object):
        context = office.join(office.room)
        meeting = office.issued(link, **values)
        office.wait(lambda: context.desk.meeting(meeting))
        made = RoomDisplay(context)
        qtbot.addWidget(made)
        made.resize(1280, 720)
        made.show()
        if unlocked:
            office.secretary.leading.unlock_display(meeting, office.room).result(10)
            office.wait(lambda: made.is_unlocked)
        return made

    return make
