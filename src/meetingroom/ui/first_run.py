"""The first run: join with a code, or found the office."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from meetingroom import __version__
from meetingroom.domain.errors import MeetingError
from meetingroom.sentences import sentence_of
from meetingroom.ui.bridge import Bridge
from meetingroom.ui.controls import Button, Card, CodeField, Field, IconLabel, Label, ProgressBar
from meetingroom.ui.first_founding import FoundCard, RecoveryCard
from meetingroom.ui.first_steps import FirstSteps
from meetingroom.ui.in_steps import InSteps
from meetingroom.ui.theme import current_theme
from meetingroom.wording import choose_language, language, tr

WIDEST = 1080


class FirstRun(InSteps, QWidget):
    """`finished` when this computer belongs to an office."""

    finished = Signal()
    language_changed = Signal()

    def __init__(
        self, steps: FirstSteps, *, in_steps: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._steps = steps
        self._bridge = Bridge(self)
        self.start_making(in_steps=in_steps)

    def _parts(self) -> Iterator[None]:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(32, 0, 32, 16)
        column.setSpacing(4)
        column.addStretch(1)
        column.addWidget(Label(tr("Paperless meetings"), "figure", wraps=True))
        words = tr("This computer belongs to no office yet. Choose how to begin.")
        self.advice = Label(words, "section", "ink_soft", wraps=True, weight=400)
        column.addWidget(self.advice)
        column.addSpacing(16)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 4)
        column.addStretch(1)
        column.addWidget(Label(f"meetingroom {__version__}", "caption", "ink_soft"))
        self.join_card = JoinCard(self._steps, self._bridge)
        self.join_card.finished.connect(self.finished)
        yield
        self.stack.addWidget(self._choice())
        self.stack.currentChanged.connect(lambda page: self.advice.setVisible(page == 0))
        yield
        self._frame(inner)
        self._await_the_code()
        yield
        self.found_card = FoundCard(self._steps.found, self._steps.read_people, self._bridge)
        self.found_card.founded.connect(self._on_founded)
        self.found_card.left.connect(lambda: self.stack.setCurrentIndex(0))
        yield
        self.stack.addWidget(self.found_card)
        self.recovery_card = RecoveryCard()
        self.recovery_card.finished.connect(self.finished)
        yield
        self.stack.addWidget(self.recovery_card)

    def _frame(self, inner: QWidget) -> None:
        """In the middle, not wider than one reads; with large text it scrolls."""
        inner.setMaximumWidth(current_theme().scaled(WIDEST) + 64)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inner, 1000)
        row.addStretch(1)
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setWidget(middle)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 24, 0, 0)
        outer.addLayout(self._languages())
        outer.addWidget(scroller, 1)

    def _choice(self) -> QWidget:
        choice = QWidget()
        row = QHBoxLayout(choice)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(self.join_card, 8)
        new = Card(padding=32)
        new.body.addLayout(_card_title("building-2", tr("Found a new office")))
        words = tr("For the secretary, once for the whole office.")
        new.body.addWidget(Label(words, "body", "ink_soft", wraps=True))
        for number, step in enumerate(
            (tr("Name of the office and the room"), tr("People, typed or from a CSV file"),
             tr("Give out a code for each computer")), 1,
        ):  # fmt: skip
            new.body.addWidget(Label(f"{number}.  {step}", "body", wraps=True))
        self.begin = Button(
            tr("Found the office"), "accent", "chevron-right", extent="large", icon_after=True
        )
        self.begin.clicked.connect(self._on_begin)
        last = QHBoxLayout()
        last.addWidget(self.begin)
        last.addStretch(1)
        new.body.addSpacing(8)
        new.body.addLayout(last)
        new.body.addStretch(1)
        row.addWidget(new, 7)
        return choice

    def _on_begin(self) -> None:
        self.complete()
        self.stack.setCurrentIndex(1)
        self.found_card.name.setFocus()

    def _on_founded(self, recovery: str) -> None:
        self.recovery_card.show_key(self.found_card.name.text().strip(), recovery)
        self.stack.setCurrentWidget(self.recovery_card)

    def _languages(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(32, 0, 32, 0)
        row.addStretch(1)
        for code, words in (("vi", "Tiếng Việt"), ("en", "English")):
            button = Button(words, "outlined" if language() == code else "plain", extent="small")
            button.clicked.connect(lambda _checked=False, code=code: self._speak(code))
            row.addWidget(button)
        return row

    def _speak(self, code: str) -> None:
        choose_language(code)
        self._steps.keep_language(code)
        self.language_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """The code can be typed at once."""
        super().showEvent(event)
        if self.is_whole:
            self._await_the_code()

    def _await_the_code(self) -> None:
        if self.stack.currentIndex() == 0:
            self.join_card.code.setFocus()


def _card_title(icon: str, words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(IconLabel(icon, "accent", 26))
    row.addWidget(Label(words, "title", wraps=True), 1)
    return row


class JoinCard(Card):
    """Eight letters, and an address only where the hub is not found by itself."""

    finished = Signal()

    def __init__(self, steps: FirstSteps, bridge: Bridge) -> None:
        super().__init__(padding=32)
        self._steps, self._bridge = steps, bridge
        self.set_chosen("true")
        self.body.addLayout(_card_title("key-round", tr("Join with a code")))
        words = tr("The secretary gives you a code of 8 letters, for one use.")
        self.body.addWidget(Label(words, "body", "ink_soft", wraps=True))
        self.code = CodeField()
        self.body.addWidget(self.code)
        self.body.addLayout(self._search())
        self.address = QLineEdit()
        self.address.setPlaceholderText("192.168.1.5:47800")
        self.field = Field(tr("Address of the hub (ask the secretary)"), self.address)
        self.field.hide()
        self.body.addWidget(self.field)
        self.body.addLayout(self._buttons())
        self.busy = ProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setAccessibleName(tr("Joining…"))
        self.busy.hide()
        self.body.addWidget(self.busy)
        self.sentence = Label("", "body", "live", wraps=True)
        self.sentence.hide()
        self.body.addWidget(self.sentence)
        note = tr(
            "The code is never sent in readable form. Private notes never leave this computer."
        )
        self.body.addWidget(Label(note, "caption", "ink_soft", wraps=True))
        self.body.addStretch(1)
        self.code.code_changed.connect(self._on_code)
        self.code.completed.connect(lambda _code: self.join.setFocus())
        self.code.returnPressed.connect(self.on_join)
        self.address.returnPressed.connect(self.on_join)
        self.look()

    def _search(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.picture = IconLabel("wifi", "ink_soft", 18)
        self.found = Label("", "body", "ink_soft", wraps=True)
        self.again = Button(tr("Search again"), "quiet", "refresh-cw", extent="small")
        self.again.clicked.connect(self.look)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.found, 1)
        row.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.join = Button(tr("Join", "office"), "primary", extent="large")
        self.join.setEnabled(False)
        self.typed = Button(tr("Type the address"), "quiet", extent="large")
        self.join.clicked.connect(self.on_join)
        self.typed.clicked.connect(self._on_typed)
        row.addWidget(self.join)
        row.addWidget(self.typed)
        row.addStretch(1)
        return row

    def look(self) -> None:
        """Search the network for offices."""
        self.again.hide()
        self._tell_search("wifi", "ink_soft", tr("Searching this network for the hub…"))
        self._bridge.when_done(self._steps.find_offices(), self._on_found, self._not_found)

    def _on_found(self, offices: list[str]) -> None:
        if not offices:
            self._not_found()
            return
        words = tr("Found the office: {0}").format(", ".join(offices))
        self._tell_search("wifi", "good", words)

    def _not_found(self, _error: object = None) -> None:
        words = tr("No hub answers on this network. Is its computer on? The address can be typed.")
        self._tell_search("wifi-off", "attention", words)
        self.again.show()
        self._on_typed()

    def _tell_search(self, icon: str, role: str, words: str) -> None:
        self.picture.set_icon(icon, role)
        self.found.set_ink(role)
        self.found.setText(words)

    def _on_typed(self) -> None:
        self.field.show()
        self.typed.hide()
        if not self.code.hasFocus():
            self.address.setFocus()

    def _on_code(self, code: str) -> None:
        self.join.setEnabled(len(code) == 8)
        self._say("")

    def on_join(self) -> None:
        """Prove the code to the hub."""
        if len(self.code.code()) != 8 or self.busy.isVisibleTo(self):
            return
        self._wait(is_waiting=True)
        self._say("")
        future = self._steps.join(self.code.code(), self.address.text().strip())
        self._bridge.when_done(future, lambda _name: self.finished.emit(), self._failed)

    def _wait(self, *, is_waiting: bool) -> None:
        self.busy.setVisible(is_waiting)
        self.join.setEnabled(not is_waiting)
        self.join.set_words(tr("Joining…") if is_waiting else tr("Join", "office"))

    def _say(self, words: str) -> None:
        self.sentence.setText(words)
        self.sentence.setVisible(bool(words))

    def _failed(self, error: MeetingError) -> None:
        self._wait(is_waiting=False)
        self._say(sentence_of(error))
        if error.code.startswith("code."):
            self.code.setFocus()
        elif error.code.startswith(("link.", "address.")):
            self._on_typed()
