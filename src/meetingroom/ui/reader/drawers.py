"""Panels beside the page that become drawers where the window is narrow or the text large."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from meetingroom.ui.theme import current_theme

PANEL = 240


class Drawers(QObject):
    """Rows of (button, panel, width of the room from which the panel stands open).

    Folds them anew when the room gets another width or the text another size.
    """

    def __init__(self, room: QWidget, *rows: tuple[QAbstractButton, QWidget, int]) -> None:
        super().__init__(room)
        self._room, self._rows = room, rows
        self._text_scale = 0.0
        self._needed = 0
        self._closed: list[QAbstractButton] = []
        self.fold()
        room.installEventFilter(self)

    def fold(self) -> None:
        """Open or close every panel."""
        theme = current_theme()
        self._text_scale = theme.text_scale
        for button, panel, least in self._rows:
            panel.setMinimumWidth(theme.widened(PANEL))
            button.setChecked(self._room.width() >= theme.widened(least))
            panel.setVisible(button.isChecked())
        self._closed.clear()
        self._close_for_room()

    def make_room(self, needed: int) -> None:
        """Close panels, the first row's first, until `needed` px are there beside them.

        Where less is needed than before, those that were closed for room come back.
        """
        if needed < self._needed:
            closed, self._closed = self._closed, []
            for button in closed:
                button.setChecked(True)
        self._needed = needed
        self._close_for_room()

    def _close_for_room(self) -> None:
        open_rows = [row for row in self._rows if row[0].isChecked()]
        left = self._room.width() - sum(self._width(panel) for _, panel, _ in open_rows)
        for button, panel, _ in open_rows:
            if left < self._needed and self._needed > PANEL * 3:
                left += self._width(panel)
                self._closed.append(button)
                button.setChecked(False)

    def _width(self, panel: QWidget) -> int:
        return max(panel.minimumWidth(), panel.width() if panel.isVisible() else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See what changes the room there is."""
        is_new_text = self._text_scale != current_theme().text_scale
        # Another height leaves open what somebody opened.
        is_new_width = (
            isinstance(event, QResizeEvent) and event.size().width() != event.oldSize().width()
        )
        if is_new_width or (event.type() == QEvent.Type.StyleChange and is_new_text):
            self.fold()
        return super().eventFilter(watched, event)
