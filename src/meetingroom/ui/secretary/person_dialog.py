"""One person of the office: typed or changed."""

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from meetingroom.domain.facts import PersonSet
from meetingroom.ui.controls import Button, Field
from meetingroom.wording import tr


class PersonDialog(QDialog):
    """`kept` carries the person as typed."""

    kept = Signal(object)

    def __init__(self, person: PersonSet, parent: QWidget, *, is_new: bool, is_me: bool) -> None:
        super().__init__(parent)
        self._person = person
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("New person") if is_new else person.name)
        self.setMinimumWidth(440)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        self.editors: dict[str, QLineEdit] = {}
        for key, words in (
            ("name", tr("Name")),
            ("title", tr("Title", "of a person")),
            ("unit", tr("Unit")),
            ("email", tr("E-mail")),
            ("phone", tr("Phone")),
        ):
            editor = QLineEdit(getattr(person, key))
            self.editors[key] = editor
            column.addWidget(Field(words, editor))
        self.secretary = QCheckBox(tr("Prepares meetings (secretary)"))
        self.administrator = QCheckBox(tr("Keeps people and computers (administrator)"))
        self.secretary.setChecked("secretary" in person.rights)
        self.administrator.setChecked("administrator" in person.rights)
        # Nobody takes the keys of the house away from themselves by a slip.
        self.administrator.setDisabled(is_me and "administrator" in person.rights)
        column.addWidget(self.secretary)
        column.addWidget(self.administrator)
        column.addLayout(self._buttons(is_new=is_new))
        self.editors["name"].textChanged.connect(self._on_name)
        self._on_name(person.name)

    def _buttons(self, *, is_new: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        cancel = Button(tr("Cancel"), "plain")
        self.keep = Button(tr("Add the person") if is_new else tr("Keep"), "primary")
        self.keep.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.keep.clicked.connect(self._on_keep)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.keep)
        return row

    def _on_name(self, name: str) -> None:
        self.keep.setEnabled(bool(name.strip()))

    def _on_keep(self) -> None:
        words = {key: " ".join(editor.text().split()) for key, editor in self.editors.items()}
        boxes = (("secretary", self.secretary), ("administrator", self.administrator))
        rights = tuple(right for right, box in boxes if box.isChecked())
        self.kept.emit(msgspec.structs.replace(self._person, rights=rights, **words))
        self.accept()
