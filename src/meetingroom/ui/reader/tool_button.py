"""A button for tools that are of one family: press for the one used last, again for the others."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
)
from PySide6.QtWidgets import QMenu

from meetingroom.ui.controls import IconButton
from meetingroom.ui.icons import icon as themed_icon
from meetingroom.ui.page.tools import Tool
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

Row = tuple[Tool, str, str, str]
CORNER = 5.0


class ToolButton(IconButton):
    """`rows` are (tool, icon, name, key); `chosen` tells which one somebody wants."""

    chosen = Signal(object)

    def __init__(self, rows: Sequence[Row]) -> None:
        tool, icon, name, key = rows[0]
        super().__init__(
            icon, name, shortcut=key if len(rows) == 1 else "", checkable=True, extent="touch"
        )
        self._rows = {row[0]: row for row in rows}
        self.tool = tool
        self._was_checked = False
        self.setAutoExclusive(True)
        self.clicked.connect(self._on_clicked)
        self.others: QMenu | None = None
        if len(rows) > 1:
            self.others = self._menu(rows)
            self.setToolTip(tr("{0} – press again for more").format(name))

    def _menu(self, rows: Sequence[Row]) -> QMenu:
        menu = QMenu(self)
        for tool, icon, name, key in rows:
            action = menu.addAction(themed_icon(icon, "ink"), name)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(lambda _on=False, tool=tool: self.chosen.emit(tool))
        return menu

    def actions_with_keys(self) -> list[QAction]:
        """For a window to hear their keys while the menu is closed."""
        return self.others.actions() if self.others is not None else []

    def show_chosen(self, tool: Tool) -> None:
        """This tool of the family is in use."""
        self.tool = tool
        _, icon, name, _ = self._rows[tool]
        self.setChecked(True)
        self.set_icon(icon)
        self.setAccessibleName(name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note whether it was in use before."""
        self._was_checked = self.isChecked()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow down opens the others, too."""
        self._was_checked = self.isChecked()
        if event.key() == Qt.Key.Key_Down and self.others is not None:
            self.open_others()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        if self._was_checked and self.others is not None:
            self.open_others()
        else:
            self.chosen.emit(self.tool)

    def open_others(self) -> None:
        """Show the whole family over the button."""
        if self.others is not None:
            height = self.others.sizeHint().height()
            self.others.popup(self.mapToGlobal(self.rect().topLeft()) - QPoint(0, height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A small corner says that there is more."""
        super().paintEvent(event)
        if self.others is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(current_theme().colour("accent" if self.isChecked() else "ink_soft"))
        x, y = self.width() - 5.0, self.height() - 5.0
        corners = [QPointF(x, y - CORNER), QPointF(x, y), QPointF(x - CORNER, y)]
        painter.drawPolygon(QPolygonF(corners))
        painter.end()
