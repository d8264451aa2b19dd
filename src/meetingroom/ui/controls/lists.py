"""Lists of rows."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QWidget

from meetingroom.ui.controls.touch import scroll_by_touch


class RowList(QListWidget):
    """A list in which one row is chosen; `flat` has no frame, for use within a card."""

    def __init__(
        self, accessible_name: str, *, flat: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setProperty("flat", "true" if flat else "false")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        scroll_by_touch(self)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt lays rows out before the style sheet gives them their height."""
        super().showEvent(event)
        self.doItemsLayout()
