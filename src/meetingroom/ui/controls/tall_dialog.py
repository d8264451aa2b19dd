"""A dialog of many fields: they scroll where the screen is low or the text large."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.ui.theme import current_theme

SHARE = 0.9  # of the screen


class TallDialog(QDialog):
    """Fields go into `column`; what is pressed at the end into `foot`, always in sight."""

    def __init__(self, title: str, wide: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._wide = wide
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._content = content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(24, 20, 24, 12)
        self.column.setSpacing(12)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll_by_touch(self.scroller)
        self.scroller.setWidget(content)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(24, 8, 24, 16)
        self.foot.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.scroller, 1)
        outer.addLayout(self.foot)

    def sizeHint(self) -> QSize:
        """All fields, if the screen has room for them."""
        screen = self.screen().availableSize()
        wide = min(current_theme().scaled(self._wide), round(screen.width() * SHARE))
        high = max(self._content.sizeHint().height(), self.column.heightForWidth(wide))
        high += self.foot.sizeHint().height()
        return QSize(wide, min(high, round(screen.height() * SHARE)))
