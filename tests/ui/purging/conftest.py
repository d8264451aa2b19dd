"""An office on screen, with workers that draw pages."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from meetingroom.documents.crew import Crew
from meetingroom.ui.controls import held_button

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import office_on_screen


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    """The workers of one file of tests."""
    made = Crew()
    yield made
    made.close()


@pytest.fixture
def office(
    tmp_path: Path, qapp, qtbot, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> Iterator[office_on_screen.Office]:
    """A hub and its secretary; what must be held is held a shorter time."""
    monkeypatch.setattr(held_button, "HOLD_MS", 40)
    with office_on_screen.office(tmp_path, qapp, qtbot, crew) as made:
        yield made
        # Pictures lie in the workers' memory: they go before the workers do.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
