"""The first run: join with a code, or found the office."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from meetingroom import __version__
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.facts import PersonSet
from meetingroom.sentences import sentence_of
from meetingroom.services.founding import Charter
from meetingroom.services.people_file import with_a_secretary
from meetingroom.ui.bridge import Bridge
from meetingroom.ui.controls import Button, Card, CodeField, Field, Label
from meetingroom.ui.first_steps import FirstSteps
from meetingroom.wording import choose_language, language, tr


class FirstRun(QWidget):
    """`finished` when this computer belongs to an office."""

    finished = Signal()
    language_changed = Signal()

    def __init__(self, steps: FirstSteps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = steps
        self._bridge = Bridge(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 24, 48, 24)
        column.addLayout(self._languages())
        column.addStretch(1)
        column.addWidget(Label(tr("Paperless meetings"), "hero", wraps=True))
        column.addWidget(
            Label(tr("This computer belongs to no office yet. Choose how to begin."), "body",
                  "ink_soft", wraps=True)
        )  # fmt: skip
        self.stack = QStackedWidget()
        self.join_card = JoinCard(steps, self._bridge)
        self.found_card = FoundCard(steps, self._bridge)
        self.stack.addWidget(self._choice())
        self.stack.addWidget(self.found_card)
        column.addWidget(self.stack)
        column.addStretch(2)
        column.addWidget(Label(f"meetingroom {__version__}", "caption", "ink_soft"))
        self.join_card.finished.connect(self.finished)
        self.found_card.finished.connect(self.finished)
        self.found_card.left.connect(lambda: self.stack.setCurrentIndex(0))

    def _choice(self) -> QWidget:
        choice = QWidget()
        row = QHBoxLayout(choice)
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(24)
        row.addWidget(self.join_card, 5)
        new = Card(tr("Found a new office"))
        words = tr("For the secretary, once for the whole office.")
        new.body.addWidget(Label(words, "body", "ink_soft", wraps=True))
        for number, step in enumerate(
            (tr("Name of the office and the room"), tr("List of people, from a CSV file"),
             tr("Give out a code for each computer")), 1,
        ):  # fmt: skip
            new.body.addWidget(Label(f"{number}.  {step}", "body", wraps=True))
        begin = Button(tr("Found the office"), "accent", "chevron-right", icon_after=True)
        begin.clicked.connect(lambda: self.stack.setCurrentIndex(1))
        new.body.addWidget(begin, 0, Qt.AlignmentFlag.AlignLeft)
        new.body.addStretch(1)
        row.addWidget(new, 4)
        return choice

    def _languages(self) -> QHBoxLayout:
        row = QHBoxLayout()
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


class JoinCard(Card):
    """Eight letters, and an address only where the hub is not found by itself."""

    finished = Signal()

    def __init__(self, steps: FirstSteps, bridge: Bridge) -> None:
        super().__init__(tr("Join with a code"))
        self._steps, self._bridge = steps, bridge
        self.set_chosen("true")
        words = tr("The secretary gives you a code of 8 letters, for one use.")
        self.body.addWidget(Label(words, "body", "ink_soft", wraps=True))
        self.code = CodeField()
        self.body.addWidget(self.code)
        self.found = Label("", "body", "good", wraps=True)
        self.body.addWidget(self.found)
        self.address = QLineEdit()
        self.address.setPlaceholderText("192.168.1.5:47800")
        self.field = Field(tr("Address of the hub (only if it is not found)"), self.address)
        self.body.addWidget(self.field)
        row = QHBoxLayout()
        self.join = Button(tr("Join", "office"), "primary")
        self.join.setEnabled(False)
        row.addWidget(self.join)
        row.addStretch(1)
        self.body.addLayout(row)
        self.sentence = Label("", "body", "attention", wraps=True)
        self.body.addWidget(self.sentence)
        note = tr(
            "The code is never sent in readable form. Private notes never leave this computer."
        )
        self.body.addWidget(Label(note, "caption", "ink_soft", wraps=True))
        self.code.code_changed.connect(lambda code: self.join.setEnabled(len(code) == 8))
        self.code.completed.connect(lambda _code: self.join.setFocus())
        self.join.clicked.connect(self.on_join)
        bridge.when_done(steps.find_offices(), self._on_found, lambda _error: None)

    def _on_found(self, offices: list[str]) -> None:
        if offices:
            self.found.setText(tr("Found the office: {0}").format(", ".join(offices)))

    def on_join(self) -> None:
        """Prove the code to the hub."""
        self.join.setEnabled(False)
        self.sentence.setText(tr("Joining…"))
        future = self._steps.join(self.code.code(), self.address.text().strip())
        self._bridge.when_done(future, lambda _name: self.finished.emit(), self._failed)

    def _failed(self, error: MeetingError) -> None:
        self.join.setEnabled(True)
        self.sentence.setText(sentence_of(error))


class FoundCard(Card):
    """Name, letterhead, room and people; then the recovery key, once."""

    finished = Signal()
    left = Signal()

    def __init__(self, steps: FirstSteps, bridge: Bridge) -> None:
        super().__init__(tr("Found a new office"))
        self._steps, self._bridge = steps, bridge
        self._people: list[PersonSet] = []
        self.name, self.letterhead, self.room = QLineEdit(), QLineEdit(), QLineEdit()
        self.secretary = QLineEdit()
        for words, editor, hint in (
            (tr("Name of the office"), self.name, ""),
            (tr("Letterhead"), self.letterhead, tr("Lines parted by /")),
            (tr("Meeting room"), self.room, ""),
            (
                tr("The secretary's name"),
                self.secretary,
                tr("Only if you have no list of people yet"),
            ),
        ):
            self.body.addWidget(Field(words, editor, hint))
        row = QHBoxLayout()
        self.list = Button(tr("List of people (CSV)…"), "outlined", "upload")
        self.count = Label("", "body", "ink_soft", wraps=True)
        row.addWidget(self.list)
        row.addWidget(self.count, 1)
        self.body.addLayout(row)
        self.sentence = Label("", "body", "attention", wraps=True)
        self.body.addWidget(self.sentence)
        self.key = Label("", "section", wraps=True)
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self.key)
        self.written = QCheckBox(tr("I have written the recovery key down"))
        self.written.hide()
        self.body.addWidget(self.written)
        row = QHBoxLayout()
        self.back = Button(tr("Back"), "plain")
        self.go = Button(tr("Found the office"), "primary")
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.go)
        self.body.addLayout(row)
        self.back.clicked.connect(self.left)
        self.go.clicked.connect(self.on_go)
        self.list.clicked.connect(self.on_list)
        self.written.toggled.connect(self.go.setEnabled)

    def on_list(self) -> None:
        """Choose the CSV file."""
        name, _ = QFileDialog.getOpenFileName(self, tr("List of people"), "", "CSV (*.csv *.txt)")
        if name:
            self._bridge.when_done(
                self._steps.read_people(Path(name)), self._on_people, self._failed
            )

    def _on_people(self, people: list[PersonSet]) -> None:
        self._people = people
        self.count.setText(tr("{0} people").format(len(people)))
        self.sentence.setText("")

    def on_go(self) -> None:
        """Found the office; later: go to the desk."""
        if self.written.isChecked():
            self.finished.emit()
            return
        people = list(self._people)
        typed = " ".join(self.secretary.text().split())
        if typed:
            rights = ("secretary", "administrator")
            people.append(
                PersonSet(person=f"person-{len(people)}-first", name=typed, rights=rights)
            )
        try:
            people = with_a_secretary(people)
        except MeetingError as error:
            self._failed(error)
            return
        lines = tuple(part.strip() for part in self.letterhead.text().split("/") if part.strip())
        charter = Charter(
            name=self.name.text().strip() or tr("Office"),
            letterhead=lines,
            room_name=self.room.text().strip(),
            people=tuple(people),
        )
        self.go.setEnabled(False)
        self._bridge.when_done(self._steps.found(charter), self._founded, self._failed)

    def _founded(self, recovery: str) -> None:
        self.sentence.setText(
            tr("The recovery key, shown only now. Without it no backup can be opened:")
        )
        self.key.setText(recovery)
        self.written.show()
        self.go.set_words(tr("To the desk"))
        self.back.hide()

    def _failed(self, error: MeetingError) -> None:
        self.go.setEnabled(True)
        self.sentence.setText(sentence_of(error))
