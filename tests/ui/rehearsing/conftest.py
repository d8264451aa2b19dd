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
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
