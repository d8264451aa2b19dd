"""A column that scrolls, by wheel and by finger, and how it is emptied to be filled anew."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QVBoxLayout, QWidget

from meetingroom.ui.controls.touch import scroll_by_touch


class ScrolledColumn(QScrollArea):
    """`column` takes what scrolls; only with `scrolls_sideways` may it be wider than the area.

    `spacing` is in px, -1 the style's own.
    """

    def __init__(
        self,
        accessible_name: str = "",
        spacing: int = -1,
        parent: QWidget | None = None,
        *,
        scrolls_sideways: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        if not scrolls_sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(accessible_name)
        scroll_by_touch(self)
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 8, 0)
        self.column.setSpacing(spacing)
        self.setWidget(inner)


def empty(layout: QLayout) -> None:
    """Take every widget out: unseen at once, gone when nothing of it runs any more."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
