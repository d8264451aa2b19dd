"""One body, or one kind of meeting, typed or changed."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from meetingroom.domain.bodies import open_bodies
from meetingroom.domain.directory import Directory
from meetingroom.domain.office_facts import BodySet, MeetingTypeSet
from meetingroom.ui.controls import Button, Field, Label, NumberField, RowList
from meetingroom.ui.controls.tall_dialog import TallDialog
from meetingroom.ui.office_words import majority_rules, quorum_rules, type_name
from meetingroom.wording import tr

KEY = Qt.ItemDataRole.UserRole


class OfficeDialog(TallDialog):
    """Fields in a column, then give up and keep; `kept` carries the fact as typed."""

    kept = Signal(object)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, 560, parent)
        self.name = QLineEdit()

    def add_buttons(self) -> None:
        """At the end; without a name nothing is kept."""
        cancel = Button(tr("Cancel"), "plain")
        self.keep = Button(tr("Keep"), "primary")
        self.keep.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.keep.clicked.connect(self.on_keep)
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.keep)
        self.name.textChanged.connect(lambda words: self.keep.setEnabled(bool(words.strip())))
        self.keep.setEnabled(bool(self.name.text().strip()))

    def typed(self) -> object:
        """What stands in the fields."""
        raise NotImplementedError

    def on_keep(self) -> None:
        """Keep it."""
        self.kept.emit(self.typed())
        self.accept()


class BodyDialog(OfficeDialog):
    """Name, letterhead, and who prepares its meetings."""

    def __init__(self, body: BodySet, directory: Directory, parent: QWidget) -> None:
        super().__init__(body.name or tr("New body"), parent)
        self._body = body
        self.name.setText(body.name)
        self.column.addWidget(Field(tr("Name of the body"), self.name))
        self.letterhead = QPlainTextEdit("\n".join(body.letterhead))
        self.letterhead.setTabChangesFocus(True)
        self.letterhead.setFixedHeight(self.fontMetrics().lineSpacing() * 4)
        hint = tr("The lines at the top left of its papers")
        self.column.addWidget(Field(tr("Letterhead"), self.letterhead, hint))
        words = tr("Who prepares its meetings")
        self.column.addWidget(Label(words, "caption", "ink_soft", weight=500))
        self.secretaries = RowList(words)
        for person in directory.in_protocol_order():
            if "secretary" not in person.rights:
                continue
            item = QListWidgetItem(", ".join(p for p in (person.name, person.title) if p))
            item.setData(KEY, person.person)
            is_in = person.person in body.secretaries
            item.setCheckState(Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)
            self.secretaries.addItem(item)
        self.column.addWidget(self.secretaries, 1)
        note = tr("Nobody ticked: every secretary of the office prepares its meetings.")
        self.column.addWidget(Label(note, "caption", "ink_soft", wraps=True))
        self.add_buttons()

    def typed(self) -> BodySet:
        """The body as it stands in the fields."""
        items = [self.secretaries.item(place) for place in range(self.secretaries.count())]
        chosen = (item for item in items if item.checkState() == Qt.CheckState.Checked)
        lines = (" ".join(row.split()) for row in self.letterhead.toPlainText().splitlines())
        return msgspec.structs.replace(
            self._body,
            name=" ".join(self.name.text().split()),
            letterhead=tuple(line for line in lines if line),
            secretaries=tuple(item.data(KEY) for item in chosen),
        )


class TypeDialog(OfficeDialog):
    """Name, days, quorum and majority in words, choices of a vote."""

    def __init__(self, rules: MeetingTypeSet, directory: Directory, parent: QWidget) -> None:
        is_new = not rules.name and not rules.kind
        super().__init__(tr("New kind of meeting") if is_new else type_name(rules), parent)
        self._rules = rules
        self.name.setText("" if is_new else type_name(rules))
        self.column.addWidget(Field(tr("Name of the kind"), self.name))
        names = [("", tr("any body")), *((row.body, row.name) for row in open_bodies(directory))]
        self.body = _choice(names, rules.body)
        self.column.addWidget(Field(tr("Body"), self.body))
        self.column.addLayout(self._days(rules))
        self.column.addWidget(self.working)
        self.quorum = _choice(quorum_rules(), rules.quorum or "none")
        self.majority = _choice(majority_rules(), rules.majority or "half_members")
        hint = tr("Shown in words; it never blocks the meeting")
        self.column.addWidget(Field(tr("Quorum"), self.quorum, hint))
        self.column.addWidget(Field(tr("A motion passes with"), self.majority))
        self.choices = QLineEdit("; ".join(rules.choices))
        hint = tr("Apart by semicolons, the one in favour first")
        self.column.addWidget(Field(tr("Choices of a vote"), self.choices, hint))
        self.add_buttons()

    def _days(self, rules: MeetingTypeSet) -> QHBoxLayout:
        self.days, self.answer = NumberField(0, 60), NumberField(0, 60)
        self.days.setValue(rules.days_before)
        self.answer.setValue(rules.days_to_answer)
        self.working = QCheckBox(tr("working days"))
        self.working.setChecked(rules.are_working_days)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field(tr("Papers out, days before"), self.days), 1)
        row.addWidget(Field(tr("Answers wait, days"), self.answer), 1)
        return row

    def typed(self) -> MeetingTypeSet:
        """The kind as it stands in the fields."""
        words = (choice.strip() for choice in self.choices.text().split(";"))
        return msgspec.structs.replace(
            self._rules,
            name=" ".join(self.name.text().split()),
            body=self.body.currentData(),
            days_before=self.days.value(),
            days_to_answer=self.answer.value(),
            are_working_days=self.working.isChecked(),
            quorum=self.quorum.currentData(),
            majority=self.majority.currentData(),
            choices=tuple(dict.fromkeys(choice for choice in words if choice)),
        )


def _choice(rows: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
    box = QComboBox()
    for key, words in rows:
        box.addItem(words, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
