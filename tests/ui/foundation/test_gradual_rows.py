"""Rows that are made some at a time, and collections kept short."""

import gc

import pytest
from PySide6.QtWidgets import QLabel

from meetingroom.ui.controls import GradualRows
from meetingroom.ui.controls import gradual_rows as module
from meetingroom.ui.in_steps import InSteps
from meetingroom.ui.quiet_collector import QuietCollector

pytestmark = pytest.mark.usefixtures("theme")


@pytest.fixture
def rows(qtbot):
    made = GradualRows(lambda value: QLabel(str(value)))
    qtbot.addWidget(made)
    return made


def words(rows):
    return [label.text() for label in rows.rows()]


def test_rows_whose_value_is_the_same_keep_their_widget(rows, qtbot):
    rows.show_rows([("a", 1), ("b", 2)])
    qtbot.waitUntil(lambda: rows.is_filled)
    kept = rows.row("a")
    rows.show_rows([("b", 3), ("a", 1), ("c", 4)])
    qtbot.waitUntil(lambda: rows.is_filled)
    assert words(rows) == ["3", "1", "4"] and rows.row("a") is kept


def test_many_rows_are_made_in_several_turns_of_the_loop(rows, qtbot, monkeypatch):
    monkeypatch.setattr(module, "SLICE_SECONDS", 0.0)
    rows.show_rows([(n, n) for n in range(20)])
    assert len(words(rows)) < 20 and not rows.is_filled
    with qtbot.waitSignal(rows.filled):
        pass
    assert words(rows) == [str(n) for n in range(20)]


def test_new_rows_replace_those_still_being_made(rows, qtbot, monkeypatch):
    monkeypatch.setattr(module, "SLICE_SECONDS", 0.0)
    rows.show_rows([(n, n) for n in range(20)])
    rows.show_rows([("only", "this")])
    qtbot.waitUntil(lambda: rows.is_filled)
    assert words(rows) == ["this"]


class Three(InSteps):
    """Made in three parts."""

    def __init__(self, *, in_steps: bool) -> None:
        self.parts: list[int] = []
        self.start_making(in_steps=in_steps)

    def _parts(self):
        for part in range(3):
            self.parts.append(part)
            yield


def test_a_screen_is_made_part_by_part_or_all_at_once():
    slow, quick = Three(in_steps=True), Three(in_steps=False)
    slow.step()
    assert slow.parts == [0] and not slow.is_whole
    assert quick.parts == [0, 1, 2] and quick.is_whole and not quick.step()


def test_what_the_start_made_is_not_looked_at_by_later_collections(qapp):
    before = gc.get_threshold()
    collector = QuietCollector(every_ms=1_000_000)
    try:
        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold()[2] >= 1_000_000
        collector.collect()
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
