"""The ribbon that says where the chair is: follow with one click, go back with one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from meetingroom.ui.controls import Button, Label, Panel
from meetingroom.wording import tr


class FollowRibbon(Panel):
    """One button: to the chair's page, or back to one's own."""

    follow_requested = Signal()
    return_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("field", parent)
        self.is_following = False
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 4, 3)
        row.setSpacing(10)
        self.words = Label("", "body", "ink_soft")
        self.button = Button(tr("Follow the chair"), "primary", extent="small")
        self.button.clicked.connect(self._on_clicked)
        row.addWidget(self.words)
        row.addWidget(self.button)

    def show_places(self, chair: str, mine: str) -> None:
        """Where the chair and I are."""
        if self.is_following:
            self.words.setText(tr("Following the chair"))
        else:
            self.words.setText(tr("Chair: {0} · You: {1}").format(chair, mine))
        self.setVisible(bool(chair))

    def set_following(self, following: bool) -> None:
        """Whether this laptop turns with the room."""
        if following == self.is_following:
            return
        self.is_following = following
        self.button.set_words(tr("To my page") if following else tr("Follow the chair"))
        self.button.set_kind("outlined" if following else "primary")

    def _on_clicked(self) -> None:
        (self.return_requested if self.is_following else self.follow_requested).emit()
