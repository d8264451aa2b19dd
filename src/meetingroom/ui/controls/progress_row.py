"""Work that takes a while, with numbers and a way to stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from meetingroom.ui.controls.buttons import Button
from meetingroom.ui.controls.labels import ElidedLabel, Label, repolish
from meetingroom.wording import tr


class ProgressBar(QProgressBar):
    """A thin bar; `role` colours it: "accent", "good", "live", "attention", "ink_soft"."""

    def __init__(self, role: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setTextVisible(False)

    def set_role(self, role: str) -> None:
        """Take another colour."""
        if self.property("role") != role:
            self.setProperty("role", role)
            repolish(self)

    def set_share(self, done: float, total: float) -> None:
        """Show a part of a whole; a total of 0 is an empty bar."""
        self.setRange(0, 1000)
        self.setValue(round(1000 * done / total) if total else 0)


class ProgressRow(QWidget):
    """Title and numbers, the bar, a second line and "Stop"."""

    stop_requested = Signal()

    def __init__(
        self, title: str, caption: str = "", *, can_stop: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.title_label = ElidedLabel(title, "strong")
        self.numbers_label = Label("", "body", "ink_soft", tabular=True)
        self.bar = ProgressBar()
        self.bar.setAccessibleName(title)
        self.caption_label = Label(caption, "body", "ink_soft", wraps=True)
        self.stop_button = Button(tr("Stop"), extent="small")
        self.stop_button.setVisible(can_stop)
        self.stop_button.clicked.connect(self._request)
        top, below = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.title_label, 1)
        top.addWidget(self.numbers_label)
        below.addWidget(self.caption_label, 1)
        below.addWidget(self.stop_button)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addLayout(below)

    def set_progress(self, done: float, total: float, numbers: str = "") -> None:
        """How far it is; `numbers` in words, like "31/46 MB"."""
        self.bar.set_share(done, total)
        self.numbers_label.setText(numbers)
        self.bar.setAccessibleDescription(numbers)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self.title_label.setText(title)
        self.bar.setAccessibleName(title)

    def set_caption(self, caption: str) -> None:
        """Change the second line."""
        self.caption_label.setText(caption)

    def _request(self) -> None:
        self.stop_requested.emit()
