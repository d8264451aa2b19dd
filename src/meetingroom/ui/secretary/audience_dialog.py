"""Who may read one paper."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QListWidgetItem, QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.ids import EVERYONE
from meetingroom.ui.controls import Button, Label, RowList
from meetingroom.wording import tr

KEY = Qt.ItemDataRole.UserRole


class AudienceDialog(QDialog):
    """`chosen` carries everyone, or the ids of the persons named."""

    chosen = Signal(tuple)

    def __init__(
        self,
        title: str,
        people: Iterable[str],
        audience: tuple[str, ...],
        directory: Directory,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Who may read this paper"))
        self.resize(420, 520)
        column = QVBoxLayout(self)
        column.addWidget(Label(title, "section", wraps=True))
        self.all = QCheckBox(tr("Everyone at the meeting"))
        self.all.setChecked(EVERYONE in audience)
        column.addWidget(self.all)
        self.rows = RowList(tr("Participants"))
        for person in directory.in_protocol_order():
            if person.person not in set(people):
                continue
            item = QListWidgetItem(f"{person.name}, {person.title}")
            item.setData(KEY, person.person)
            is_in = person.person in audience
            item.setCheckState(Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)
            self.rows.addItem(item)
        self.rows.setDisabled(self.all.isChecked())
        self.all.toggled.connect(self.rows.setDisabled)
        column.addWidget(self.rows, 1)
        note = tr("A paper for named persons is never shown on the large display.")
        column.addWidget(Label(note, "caption", "ink_soft", wraps=True))
        row = QHBoxLayout()
        cancel, keep = Button(tr("Cancel"), "plain"), Button(tr("Keep"), "primary")
        cancel.clicked.connect(self.reject)
        keep.clicked.connect(self._on_keep)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(keep)
        column.addLayout(row)

    def _on_keep(self) -> None:
        items = [self.rows.item(place) for place in range(self.rows.count())]
        named = tuple(
            item.data(KEY) for item in items if item.checkState() == Qt.CheckState.Checked
        )
        self.chosen.emit((EVERYONE,) if self.all.isChecked() or not named else named)
        self.accept()
