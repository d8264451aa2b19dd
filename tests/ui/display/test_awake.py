"""The display's computer stays awake while the room is shown, and only then."""

import logging

import pytest
from wakepy import Mode

from meetingroom.desktop import stay_awake


def test_it_is_awake_within_the_block_and_released_at_its_end(monkeypatch):
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "1")
    failed: list[bool] = []
    awake = stay_awake(lambda: failed.append(True))
    assert isinstance(awake, Mode)
    with awake as mode:
        assert mode.active
    assert not mode.active
    assert failed == []


def test_it_is_released_when_the_display_ends_with_a_bug(monkeypatch):
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "1")
    awake = stay_awake(lambda: None)
    with pytest.raises(ZeroDivisionError), awake:
        raise ZeroDivisionError
    assert not awake.active


def test_where_it_may_sleep_that_is_logged_and_told_and_the_display_goes_on(monkeypatch, caplog):
    monkeypatch.setenv("WAKEPY_FORCE_FAILURE", "1")
    failed: list[bool] = []
    with stay_awake(lambda: failed.append(True)):
        assert failed == [True]
    (row,) = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert "may fall asleep" in row.getMessage()
    caplog.clear()
