"""Writing an opinion: about what, for whom, the words; kept on this computer as they are typed."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.domain.ids import CHAIR, EVERYONE, SECRETARY
from meetingroom.domain.meeting import Meeting
from meetingroom.services.opinion_words import audience_words, place_words
from meetingroom.services.opinions import LEADERS, Unsent
from meetingroom.ui.controls import Button, IconButton, Label
from meetingroom.ui.controls.words_field import WordsField
from meetingroom.wording import tr

KEEP_MS = 250
AUDIENCES: tuple[tuple[str, ...], ...] = (LEADERS, (CHAIR,), (SECRETARY,), (EVERYONE,))
Target = tuple[str, str, int]
"""An item, a paper, a page of it."""


class OpinionForm(QWidget):
    """`send_requested` carries what was written, `changed` what is so far."""

    send_requested = Signal(object)
    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._targets: list[Target] = []
        self._is_filling = False
        self.about, self.audience = QComboBox(), QComboBox()
        self.about.setAccessibleName(tr("What the opinion is about"))
        self.about.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.about.setMinimumContentsLength(18)
        self.audience.setAccessibleName(tr("For whom"))
        for words in AUDIENCES:
            self.audience.addItem(audience_words(words), words)
        self.words = WordsField()
        self.words.setPlaceholderText(tr("Your opinion, in short"))
        self.words.setAccessibleName(tr("Your opinion, in short"))
        self.send = Button(tr("Send"), "primary", "send", extent="small")
        self.send.setToolTip(tr("Send the opinion (Ctrl+Enter)"))
        self.shut = IconButton("x", tr("Close the opinions"), extent="small", size=16)
        self.promise = Label("", "caption", "ink_soft", wraps=True)
        self._lay()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEEP_MS)
        self._pause.timeout.connect(self.flush)
        self._wire()
        self._show_state()

    def _lay(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(8)
            column.addLayout(row)
        first.addWidget(self.about, 3)
        first.addWidget(self.audience, 2)
        first.addWidget(self.shut)
        second.addWidget(self.words, 1)
        second.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(self.promise)

    def _wire(self) -> None:
        self.words.textChanged.connect(self._on_changed)
        self.words.send_requested.connect(self.on_send)
        self.send.clicked.connect(lambda _checked=False: self.on_send())
        for box in (self.about, self.audience):
            box.activated.connect(lambda _index: self._on_changed())

    def show_targets(self, meeting: Meeting, targets: list[Target]) -> None:
        """What an opinion may be about, the likeliest first; words keep what they are about."""
        chosen = self._target() if self.words.words() else None
        wanted = list(dict.fromkeys([*([chosen] if chosen else []), *targets]))
        if wanted == self._targets:
            return
        self._targets = wanted
        self.about.clear()
        for item, paper, page in wanted:
            self.about.addItem(place_words(meeting, item, paper, page))

    def show_unsent(self, meeting: Meeting, unsent: Unsent) -> None:
        """Go on with what was being written."""
        self._is_filling = True
        self.words.set_words(unsent.text)
        row = AUDIENCES.index(unsent.audience) if unsent.audience in AUDIENCES else 0
        self.audience.setCurrentIndex(row)
        if unsent.text:
            there = (unsent.item, unsent.paper, unsent.page)
            self._targets.insert(0, there)
            self.about.insertItem(0, place_words(meeting, *there))
            self.about.setCurrentIndex(0)
        self._is_filling = False
        self._show_state()

    def unsent(self) -> Unsent:
        """What is written so far."""
        item, paper, page = self._target() or ("", "", -1)
        return Unsent(
            text=self.words.words(),
            item=item,
            paper=paper,
            page=page,
            audience=AUDIENCES[max(0, self.audience.currentIndex())],
        )

    def on_send(self) -> None:
        """Send it, if there is something."""
        said = self.unsent()
        if not said.text:
            self.words.setFocus()
            return
        self._pause.stop()
        self.send_requested.emit(said)

    def complain(self, sentence: str) -> None:
        """Say why it could not be kept; the words stay."""
        self.promise.setText(sentence)

    def clear(self) -> None:
        """It was sent."""
        self._is_filling = True
        self.words.set_words("")
        self._is_filling = False
        self._show_state()

    def flush(self) -> None:
        """What is written now is kept now."""
        self._pause.stop()
        self.changed.emit(self.unsent())

    def hideEvent(self, event: QHideEvent) -> None:
        """The window is closed: the last letters are kept, too."""
        if self._pause.isActive():
            self.flush()
        super().hideEvent(event)

    def _target(self) -> Target | None:
        index = self.about.currentIndex()
        return self._targets[index] if 0 <= index < len(self._targets) else None

    def _on_changed(self) -> None:
        if not self._is_filling:
            self._pause.start()
        self._show_state()

    def _show_state(self) -> None:
        self.send.setEnabled(bool(self.words.words()))
        audience = AUDIENCES[max(0, self.audience.currentIndex())]
        if EVERYONE in audience:
            words = tr("Everyone at the meeting will read it, under your name.")
        else:
            words = tr("{0} will read it; who leads may show it to everyone.").format(
                audience_words(audience)
            )
        self.promise.setText(words)
