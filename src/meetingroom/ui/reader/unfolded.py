"""What a strip unfolds: as high as its content where there is room, else it scrolls."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.ui.theme import current_theme

LEAST = 56
MOST = 0.4  # of the window's height


class Unfolded(QScrollArea):
    """Large text or a small window never make the window higher than its screen."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        scroll_by_touch(self)
        self.setWidget(content)
        content.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """All of it, if that leaves most of the window to the page."""
        content = self.widget()
        layout = content.layout() if content is not None else None
        if content is None or layout is None:
            return super().sizeHint()
        high = content.sizeHint().height()
        if layout.hasHeightForWidth() and self.width() > 0:
            high = layout.heightForWidth(self.viewport().width())
        most = round(self.window().height() * MOST)
        return QSize(content.sizeHint().width(), min(high, most))

    def minimumSizeHint(self) -> QSize:
        """A line or two; the rest scrolls."""
        return QSize(0, min(self.sizeHint().height(), current_theme().scaled(LEAST)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another line, another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
