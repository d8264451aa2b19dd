"""Rows that are made some at a time, and kept while what they say stays the same."""

import time
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

SLICE_SECONDS = 0.008


class GradualRows(QWidget):
    """A column of rows; `make` turns a row's value into its widget.

    Values are compared with ==. A row whose value is the same keeps its widget (and the
    focus in it); others are made anew, for some milliseconds between events, until
    `filled` tells that all are there.
    """

    filled = Signal()

    def __init__(
        self, make: Callable[[Any], QWidget], spacing: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._wanted: list[tuple[Hashable, object]] = []
        self._shown: dict[Hashable, tuple[object, QWidget]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._fill)

    @property
    def is_filled(self) -> bool:
        """Whether every row that was asked for is there."""
        return not self._next.isActive()

    def rows(self) -> list[QWidget]:
        """The rows made so far, from the top."""
        items = [self._column.itemAt(place) for place in range(self._column.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if widget is not None]

    def row(self, key: Hashable) -> QWidget | None:
        """The row with this key, if it is made."""
        return self._shown[key][1] if key in self._shown else None

    def show_rows(self, rows: Sequence[tuple[Hashable, object]]) -> None:
        """Show these (key, value) pairs in this order; keys are different from each other."""
        self._wanted = list(rows)
        keys = {key for key, _ in self._wanted}
        for gone in [key for key in self._shown if key not in keys]:
            self._drop(gone)
        self._fill()

    def _fill(self) -> None:
        end, made = time.perf_counter() + SLICE_SECONDS, 0
        for place, (key, value) in enumerate(self._wanted):
            if self._is_right(place, key, value):
                continue
            if made and time.perf_counter() > end:
                self._next.start()
                return
            self._put(place, key, value)
            made += 1
        self._next.stop()
        self.filled.emit()

    def _is_right(self, place: int, key: Hashable, value: object) -> bool:
        known = self._shown.get(key)
        item = self._column.itemAt(place)
        return (
            known is not None
            and item is not None
            and item.widget() is known[1]
            and known[0] == value
        )

    def _put(self, place: int, key: Hashable, value: object) -> None:
        known = self._shown.get(key)
        if known is not None and known[0] == value:
            self._column.removeWidget(known[1])
            self._column.insertWidget(place, known[1])
            return
        if known is not None:
            self._drop(key)
        widget = self._make(value)
        self._shown[key] = (value, widget)
        self._column.insertWidget(place, widget)

    def _drop(self, key: Hashable) -> None:
        widget = self._shown.pop(key)[1]
        self._column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
