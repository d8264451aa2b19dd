"""Scroll bars over the edges of a page, shown where the page is larger than the view."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QScrollBar, QWidget

from meetingroom.ui.page.lens import Lens
from meetingroom.wording import tr

LINE = 60


class ScrollBars(QObject):
    """`moved` tells where somebody dragged the bars to, in px."""

    moved = Signal(float, float)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.down = QScrollBar(Qt.Orientation.Vertical, host)
        self.down.setAccessibleName(tr("Scroll the page"))
        self.across = QScrollBar(Qt.Orientation.Horizontal, host)
        self.across.setAccessibleName(tr("Scroll the page sideways"))
        for bar in (self.down, self.across):
            bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            bar.setSingleStep(LINE)
            bar.setCursor(Qt.CursorShape.ArrowCursor)
            bar.valueChanged.connect(self._on_value)
            bar.hide()

    def follow(self, lens: Lens) -> None:
        """Show where the lens is."""
        most, at = lens.scroll_range(), lens.scrolled
        thick = self.down.sizeHint().width()
        width, height = self._host.width(), self._host.height()
        for bar, reach, place, page in (
            (self.down, most.height(), at.y(), height),
            (self.across, most.width(), at.x(), width),
        ):
            bar.blockSignals(True)
            bar.setPageStep(page)
            bar.setRange(0, round(reach))
            bar.setValue(round(place))
            bar.blockSignals(False)
            bar.setVisible(reach >= 1)
        self.down.setGeometry(width - thick, 0, thick, height)
        self.across.setGeometry(0, height - thick, width - thick, thick)

    def _on_value(self) -> None:
        self.moved.emit(float(self.across.value()), float(self.down.value()))
