"""An office on screen."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import office_on_screen


@pytest.fixture
def office(tmp_path: Path, qapp, qtbot) -> Iterator[office_on_screen.Office]:
    """A hub and its secretary; no pages are drawn."""
    with office_on_screen.office(tmp_path, qapp, qtbot) as made:
        yield made
