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

    def make_room(self, width: int, needed: int) -> None:
        """Close panels, the first row's first, until `needed` px are there beside them."""
        for button, panel, _ in self._rows:
            if width < needed and panel.isVisible() and needed > PANEL * 3:
                width += panel.width()
                button.setChecked(False)

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
