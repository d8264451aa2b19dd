"""The second touch: a few large choices in place of the panel's list."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from meetingroom.ui.display.touch import TouchButton

Choice = tuple[str, Callable[[], None]]


class Choices(QWidget):
    """Buttons side by side, or rows where words are long; each closes it and acts."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = ""
        self.buttons: list[TouchButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def offer(self, kind: str, choices: Sequence[Choice], *, columns: int = 3) -> None:
        """Show these choices; `kind` is what they are about."""
        self.close_choices()
        self.kind = kind
        for place, (words, act) in enumerate(choices):
            button = TouchButton(words, is_row=columns == 1)
            button.clicked.connect(self._acting(act))
            self._grid.addWidget(button, place // columns, place % columns)
            self.buttons.append(button)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self.show()

    def _acting(self, act: Callable[[], None]) -> Callable[[], None]:
        def press() -> None:
            self.close_choices()
            self.closed.emit()
            act()

        return press

    def close_choices(self) -> None:
        """Back to the list."""
        self.kind = ""
        self.hide()
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
