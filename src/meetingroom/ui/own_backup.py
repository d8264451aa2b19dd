"""A person's own backup in the settings: made, kept up by itself, brought back."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.errors import MeetingError
from meetingroom.sentences import sentence_of
from meetingroom.services.import_words import restored_words
from meetingroom.services.personal_backup import LEAST_LETTERS, BackedUp, Restored
from meetingroom.ui.context import DeskContext, Safekeeping
from meetingroom.ui.controls import Button, Card, Field, Label, WrapRow
from meetingroom.ui.stage.moments import local
from meetingroom.wording import tr


class PassphraseDialog(QDialog):
    """`given` carries the passphrase, and whether a backup is to keep itself up there."""

    given = Signal(str, bool)

    def __init__(self, title: str, parent: QWidget, *, is_new: bool) -> None:
        super().__init__(parent)
        self._is_new = is_new
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        self.first, self.again = QLineEdit(), QLineEdit()
        hint = tr("A few words are best. Nobody can open the backup without them, nor help.")
        column.addWidget(Field(tr("Passphrase"), self.first, hint if is_new else ""))
        self.again_field = Field(tr("The passphrase once more"), self.again)
        self.itself = QCheckBox(tr("Keep a backup up to date in this folder by itself"))
        for one in (self.first, self.again):
            one.setEchoMode(QLineEdit.EchoMode.Password)
            one.textChanged.connect(self._judge)
        if is_new:
            column.addWidget(self.again_field)
            column.addWidget(self.itself)
        column.addLayout(self._buttons(title))
        self._judge()

    def _buttons(self, title: str) -> QHBoxLayout:
        row = QHBoxLayout()
        cancel = Button(tr("Cancel"), "plain")
        self.go = Button(title, "primary")
        self.go.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.go)
        return row

    def _judge(self) -> None:
        words, again = self.first.text(), self.again.text()
        is_long = len(words.strip()) >= LEAST_LETTERS
        is_ready = is_long and words == again if self._is_new else bool(words)
        differs = self._is_new and bool(again) and not words.startswith(again)
        self.again_field.set_error(tr("The two are not the same.") if differs else "")
        self.go.setEnabled(is_ready)

    def _on_go(self) -> None:
        self.given.emit(self.first.text(), self._is_new and self.itself.isChecked())
        self.accept()


class OwnBackupCard(Card):
    """`told` carries role and words for the info bar of the room."""

    told = Signal(str, str)

    def __init__(self, context: DeskContext, safe: Safekeeping) -> None:
        super().__init__(tr("Your own marks"))
        self._context, self._safe = context, safe
        words = tr(
            "What you mark only for yourself lies on this computer alone. A backup on a stick, "
            "locked with a passphrase of your own, brings it to your next laptop."
        )
        self.body.addWidget(Label(words, "body", wraps=True))
        self.last = Label("", "body", "ink_soft", wraps=True)
        self.itself = Label("", "body", "ink_soft", wraps=True)
        self.body.addWidget(self.last)
        self.body.addWidget(self.itself)
        row = WrapRow()
        self.make = Button(tr("Back up…"), "outlined", "save")
        self.bring = Button(tr("Bring back…"), "outlined", "history")
        self.stop = Button(tr("Stop keeping it up to date"), "plain")
        self.make.clicked.connect(lambda _on=False: self.choose_folder())
        self.bring.clicked.connect(lambda _on=False: self.choose_file())
        self.stop.clicked.connect(lambda _on=False: self._stop())
        for button in (self.make, self.bring, self.stop):
            row.addWidget(button)
        self.body.addLayout(row)
        self.refresh()

    def refresh(self) -> None:
        """Say when the last backup was made."""
        self._context.bridge.when_done(self._safe.state(), lambda state: self._show(*state))

    def _show(self, last: BackedUp | None, folder: str) -> None:
        if last is None:
            self.last.setText(tr("There is no backup yet."))
        else:
            words = tr("Last backup: {0}, {1}")
            where = str(Path(last.file).parent)
            self.last.setText(words.format(f"{local(last.at):%H:%M %d/%m/%Y}", where))
        self.last.set_ink("attention" if last is None else "ink_soft")
        self.itself.setText(tr("A backup keeps itself up to date in {0}").format(folder))
        self.itself.setVisible(bool(folder))
        self.stop.setVisible(bool(folder))

    def choose_folder(self) -> None:
        """Where to, then the passphrase, then write."""
        folder = QFileDialog.getExistingDirectory(self, tr("Where to write"))
        if folder:
            dialog = PassphraseDialog(tr("Back up"), self, is_new=True)
            dialog.given.connect(lambda words, keeps: self.back_up(Path(folder), words, keeps))
            dialog.open()

    def choose_file(self) -> None:
        """Which file, then its passphrase, then bring back."""
        kinds = tr("Backups of own marks") + " (*.marks)"
        file, _ = QFileDialog.getOpenFileName(self, tr("Bring back"), "", kinds)
        if file:
            dialog = PassphraseDialog(tr("Bring back"), self, is_new=False)
            dialog.given.connect(lambda words, _keeps: self.restore(Path(file), words))
            dialog.open()

    def back_up(self, folder: Path, passphrase: str, keeps: bool) -> None:
        self._wait(is_waiting=True)
        future = self._safe.back_up(folder, passphrase, keeps)
        self._context.bridge.when_done(future, self._made, self._complain)

    def restore(self, file: Path, passphrase: str) -> None:
        self._wait(is_waiting=True)
        future = self._safe.restore(file, passphrase)
        self._context.bridge.when_done(future, self._restored, self._complain)

    def _stop(self) -> None:
        self._context.bridge.when_done(self._safe.stop(), lambda _none: self.refresh())

    def _made(self, made: BackedUp) -> None:
        self._wait(is_waiting=False)
        self.told.emit("good", tr("Backed up to {0}").format(made.file))
        self.refresh()

    def _restored(self, restored: Restored) -> None:
        self._wait(is_waiting=False)
        self.told.emit("good", restored_words(restored))

    def _complain(self, error: MeetingError) -> None:
        self._wait(is_waiting=False)
        self.told.emit("attention", sentence_of(error))

    def _wait(self, *, is_waiting: bool) -> None:
        self.make.setDisabled(is_waiting)
        self.bring.setDisabled(is_waiting)
        if is_waiting:
            self.last.setText(tr("Working…"))
