"""The ribbon that says where the chair is: follow with one click, go back with one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from meetingroom.ui.controls import Button, ElidedLabel, IconButton, Panel
from meetingroom.wording import tr


class FollowRibbon(Panel):
    """To the chair's page, or back to one's own."""

    follow_requested = Signal()
    return_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("field", parent)
        self.is_following = False
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 4, 3)
        row.setSpacing(10)
        self.words = ElidedLabel("", "body", "ink_soft")
        self.back = IconButton("undo-2", tr("To my page"), extent="small")
        self.back.clicked.connect(self.return_requested)
        self.button = Button(tr("Follow the chair"), "primary", extent="small")
        self.button.clicked.connect(self._on_clicked)
        for widget in (self.words, self.back, self.button):
            row.addWidget(widget)
        self.back.hide()

    def show_places(self, chair: str, mine: str) -> None:
        """Where the chair and I are, where the chair shows something I can see."""
        words = tr("Following the chair: {0}") if self.is_following else tr("Chair: {0} · You: {1}")
        self._show(words.format(chair, mine), can_follow=True)

    def show_out_of_reach(self) -> None:
        """The chair shows what is not among my papers; it is not named."""
        self._show(tr("The chair shows a paper that is not among yours"), can_follow=False)

    def show_nothing(self) -> None:
        """The chair shows no paper."""
        self.hide()

    def _show(self, words: str, *, can_follow: bool) -> None:
        self.words.setText(words)
        self.button.setVisible(can_follow or self.is_following)
        self.show()

    def set_following(self, following: bool, *, has_own_place: bool = False) -> None:
        """Whether this laptop turns with the room, and there is a place to come back to."""
        self.back.setVisible(has_own_place and not following)
        if following != self.is_following:
            self.is_following = following
            self.button.set_words(tr("To my page") if following else tr("Follow the chair"))
            self.button.set_kind("outlined" if following else "primary")

    def _on_clicked(self) -> None:
        (self.return_requested if self.is_following else self.follow_requested).emit()
