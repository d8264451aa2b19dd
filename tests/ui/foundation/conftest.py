"""What tests of the foundation share: a dressed application."""

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from meetingroom.ui.theme import Theme, apply_theme, load_theme


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme, worn by the application."""
    light = load_theme("light", less_motion=True)
    apply_theme(qapp, light)
    yield light
    apply_theme(qapp, load_theme("light", less_motion=True))
