"""What must be held is held a shorter time."""

import pytest

from meetingroom.ui.controls import held_button


@pytest.fixture(autouse=True)
def _held_shortly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_button, "HOLD_MS", 40)
