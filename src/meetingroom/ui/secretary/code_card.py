"""A one-time code, large enough to be read aloud or typed from across a table."""

from PySide6.QtCore import Signal
from PySide6.QtNetwork import QAbstractSocket, QHostAddress, QNetworkInterface
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.ui.controls import Button, Card, IconButton, Label
from meetingroom.wording import tr


class CodeCard(Card):
    """Hidden until `show_code`; `closed` when the secretary is done with it."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, parent=parent)
        self.set_chosen("true")
        row = QHBoxLayout()
        row.setSpacing(24)
        words = QVBoxLayout()
        words.setSpacing(4)
        self.who = Label("", "section")
        self.code = Label("", "figure", tabular=True)
        self.code.setAccessibleDescription(tr("Code for a new computer"))
        self.until = Label("", "body", "ink_soft", wraps=True)
        self.address = Label("", "body", "ink_soft", wraps=True)
        for label in (self.who, self.code, self.until, self.address):
            words.addWidget(label)
        row.addLayout(words, 1)
        self.copy = Button(tr("Copy the code"), "outlined", "copy")
        self.copy.clicked.connect(self._on_copy)
        close = IconButton("x", tr("Close the code"))
        close.clicked.connect(self._on_close)
        row.addWidget(self.copy)
        row.addWidget(close)
        self.body.addLayout(row)
        self.hide()

    def show_code(self, name: str, code: str, until: str, address: str) -> None:
        """Show a code for somebody; `address` is where the hub is reached, "" if not known."""
        self.who.setText(tr("Code for {0}").format(name))
        self.code.setText(code)
        self.until.setText(
            tr("One use, until {0}. On the new computer: open the program and type it.").format(
                until
            )
        )
        known = tr("If that computer does not find the hub by itself, type the address {0} there.")
        self.address.setText(known.format(address))
        self.address.setVisible(bool(address))
        self.copy.set_words(tr("Copy the code"))
        self.show()

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self.code.text())
        self.copy.set_words(tr("Copied"))

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()


def address_for_others(own: str) -> str:
    """Where other computers reach the hub this one knows as `own` ("host:port")."""
    host, _, port = own.rpartition(":")
    if not host:
        return ""
    if not QHostAddress(host).isLoopback():
        return own
    others = [
        one.toString()
        for one in QNetworkInterface.allAddresses()
        if not one.isLoopback()
        and not one.isLinkLocal()
        and one.protocol() == QAbstractSocket.NetworkLayerProtocol.IPv4Protocol
    ]
    return f"{others[0]}:{port}" if others else ""
