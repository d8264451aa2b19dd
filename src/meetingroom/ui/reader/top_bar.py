"""The bar over the reading room: back, whether the meeting runs, its title, online, following."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from meetingroom.ui.controls import Button, ElidedLabel, IconButton, LiveChip, Panel
from meetingroom.wording import tr


class TopBar(Panel):
    """`ribbon` is shown at its right end by who knows when; `entries` open what lies below."""

    home_requested = Signal()
    online_requested = Signal()

    def __init__(
        self, ribbon: QWidget, entries: Sequence[QWidget] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__("top_bar", parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 16, 6)
        row.setSpacing(12)
        home = IconButton("house", tr("Back to the meetings"))
        home.clicked.connect(self.home_requested)
        row.addWidget(home)
        self.live = LiveChip()
        row.addWidget(self.live)
        self.title = ElidedLabel("", "bar_title")
        row.addWidget(self.title, 1)
        self.online = Button(tr("Online meeting"), "outlined", "video", extent="small")
        self.online.clicked.connect(self.online_requested)
        self.online.hide()
        row.addWidget(self.online)
        for entry in entries:
            row.addWidget(entry)
        self.laser = IconButton(
            "pointer", tr("Laser for everybody"), checkable=True, shortcut="Ctrl+L"
        )
        self.laser.hide()
        row.addWidget(self.laser)
        ribbon.hide()
        row.addWidget(ribbon)
