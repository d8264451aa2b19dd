"""Two things side by side that lie one under the other where the width is small."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget


class FoldingRow(QWidget):
    """`shares` stretch the two while they stand side by side.

    They fold where their least widths have no room; `is_whole`: where their usual ones have none.
    """

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        shares: tuple[int, int] = (1, 0),
        spacing: int = 12,
        parent: QWidget | None = None,
        *,
        is_whole: bool = False,
    ) -> None:
        super().__init__(parent)
        self._wants = _usual if is_whole else _least
        self._first, self._second = first, second
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(spacing)
        self._row.addWidget(first, shares[0])
        self._row.addWidget(second, shares[1])

    @property
    def is_folded(self) -> bool:
        """Whether one lies under the other."""
        return self._row.direction() == QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """The wider one is enough."""
        first, second = (_least(one) for one in (self._first, self._second))
        high = self._row.minimumSize().height()
        return QSize(max(first, second), high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Other things may stand in it now."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        needed = self._wants(self._first) + self._wants(self._second) + self._row.spacing()
        way = QBoxLayout.Direction.LeftToRight
        if needed > self.width():
            way = QBoxLayout.Direction.TopToBottom
        if way != self._row.direction():
            self._row.setDirection(way)
            self.updateGeometry()


def _least(widget: QWidget) -> int:
    if widget.isHidden():
        return 0
    return max(widget.minimumSizeHint().width(), widget.minimumWidth())


def _usual(widget: QWidget) -> int:
    return 0 if widget.isHidden() else widget.sizeHint().width()


def side_by_side(first: QWidget, second: QWidget) -> FoldingRow:
    """Two buttons at the left, as wide as they are; one under the other where need be."""
    rest = QWidget()
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight, rest)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(second)
    row.addStretch(1)
    left = QWidget()
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight, left)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(first)
    row.addStretch(1)
    left.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    return FoldingRow(left, rest, (0, 1))
