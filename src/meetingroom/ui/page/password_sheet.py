"""Asks for a protected paper's password where its page would be."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from meetingroom.ui.controls import Button, Field, Label, Panel
from meetingroom.wording import tr

if TYPE_CHECKING:
    from meetingroom.ui.page.page_view import PageView

WIDE = 360
MARGIN = 20
ASKING = ("paper.encrypted", "paper.password_wrong")


class PasswordSheet(Panel):
    """Lies over the view while its current paper is locked."""

    def __init__(self, view: "PageView") -> None:
        super().__init__("popup", view)
        self._view = view
        self._blob = self._tried = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(Label(tr("This paper is protected with a password."), "strong"))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        hint = tr("It is remembered until the program ends, and kept nowhere.")
        self.field = Field(tr("Password"), self.password, hint)
        self.open_button = Button(tr("Open the paper"), "primary")
        column.addWidget(self.field)
        column.addWidget(self.open_button)
        self.setAccessibleName(tr("This paper is protected with a password."))
        self.hide()
        self.password.textChanged.connect(self._show_state)
        self.password.returnPressed.connect(self.try_it)
        self.open_button.clicked.connect(self.try_it)
        view.pages.page_ready.connect(self.follow)
        view.pages.shape_known.connect(self.follow)
        view.zoom_changed.connect(self.follow)  # with every move, to another paper too

    def follow(self, *_what: object) -> None:
        """Be there, in the middle, while the current paper asks for a password."""
        view = self._view
        error = view.pages.failure(view.blob, view.page) if view.blob else None
        is_trying = bool(self._tried) and error is None and view.pages.shape(view.blob) is None
        is_locked = error is not None and error.code in ASKING
        if not is_locked and not (is_trying and self._tried == view.blob):
            self._leave()
            return
        if self._blob != view.blob:
            self._begin(view.blob)
        if is_locked and self._tried == view.blob:
            self._tried = ""
            self.field.set_error(tr("This password does not open the paper. Type it again."))
            self.password.selectAll()
        self._show_state()
        self._place()

    def try_it(self) -> None:
        """Try what was typed."""
        if self.password.text() and not self._tried:
            self._tried = self._blob
            self._show_state()
            self._view.pages.unlock(self._blob, self.password.text())

    def _begin(self, blob: str) -> None:
        self._blob, self._tried = blob, ""
        self.password.clear()
        self.field.set_error("")
        if self._view.hasFocus():
            self.password.setFocus()

    def _leave(self) -> None:
        had_focus = self.isAncestorOf(self.focusWidget() or self)
        self._blob = self._tried = ""
        self.password.clear()
        if not self.isHidden():
            self.hide()
            if had_focus:
                self._view.setFocus()

    def _show_state(self, *_what: object) -> None:
        self.password.setReadOnly(bool(self._tried))
        self.open_button.setEnabled(bool(self.password.text()) and not self._tried)

    def _place(self) -> None:
        view = self._view
        self.setFixedWidth(min(WIDE, max(200, view.width() - 2 * MARGIN)))
        self.adjustSize()
        self.move((view.width() - self.width()) // 2, (view.height() - self.height()) // 2)
        if self.isHidden():
            self.show()
            self.raise_()
            if view.hasFocus():
                self.password.setFocus()
