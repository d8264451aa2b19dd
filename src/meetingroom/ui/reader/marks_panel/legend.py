"""Who wrote marks, each in the own colour; whose marks are shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QListWidgetItem, QVBoxLayout, QWidget

from meetingroom.domain.ids import EVERYONE
from meetingroom.ui.controls import Button, RowList
from meetingroom.ui.theme import MarkColour, current_theme
from meetingroom.wording import tr

MOST_ROWS = 6
PERSON = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Writer:
    """Somebody else who wrote: the initials that tell people apart, and how many marks."""

    person: str
    name: str
    initials: str
    marks: int
    colours: MarkColour


class Legend(QWidget):
    """`hidden_changed` carries the ids of all who are not shown, "everyone" for all others."""

    hidden_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hidden: frozenset[str] = frozenset()
        self._shown: tuple[tuple[Writer, ...], frozenset[str]] = ((), frozenset())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.everybody = Button(
            tr("Hide the marks of others"), "outlined", "eye-off", extent="small"
        )
        self.everybody.clicked.connect(self.switch_all)
        column.addWidget(self.everybody)
        self.people = RowList(tr("Whose marks are shown"), flat=False)
        self.people.itemChanged.connect(self._on_changed)
        column.addWidget(self.people)

    def show_writers(self, writers: Iterable[Writer], hidden: frozenset[str]) -> None:
        """List who wrote; the ticked ones are shown."""
        shown = (tuple(writers), hidden)
        if shown == self._shown:
            return
        self._shown, self._hidden = shown, hidden
        row = self.people.currentRow()
        self.people.blockSignals(True)
        self.people.clear()
        for writer in shown[0]:
            self._add(writer)
        self.people.setCurrentRow(row)
        self.people.blockSignals(False)
        are_all = EVERYONE in hidden or self._are_all_hidden()
        self.everybody.set_words(
            tr("Show the marks of others") if are_all else tr("Hide the marks of others")
        )
        self.everybody.set_icon("eye" if are_all else "eye-off")
        self.everybody.setEnabled(bool(shown[0]))
        self._fit(len(shown[0]))

    def _add(self, writer: Writer) -> None:
        item = QListWidgetItem(f"{writer.name}  ({writer.marks})")
        item.setIcon(QIcon(self._dot(writer)))
        item.setData(PERSON, writer.person)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable
                      | Qt.ItemFlag.ItemIsSelectable)  # fmt: skip
        is_shown = not self._hidden & {writer.person, EVERYONE}
        item.setCheckState(Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
        self.people.addItem(item)

    def _dot(self, writer: Writer) -> QPixmap:
        """The person's colours and initials, as they stand beside the marks on the page."""
        theme, ratio = current_theme(), self.devicePixelRatioF()
        side = theme.scaled(24)
        picture = QPixmap(QSize(side, side) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        self.people.setIconSize(QSize(side, side))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(writer.colours.ink)
        painter.setBrush(writer.colours.wash)
        box = QRectF(1, 1, side - 2, side - 2)
        painter.drawEllipse(box)
        font = theme.font("caption", weight=600)
        font.setPixelSize(max(7, round(side * (0.44 if len(writer.initials) < 3 else 0.34))))
        painter.setFont(font)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), writer.initials)
        painter.end()
        return picture

    def _fit(self, count: int) -> None:
        self.people.setVisible(count > 0)
        height = max(self.people.sizeHintForRow(0), 1)
        self.people.setFixedHeight(height * min(count, MOST_ROWS) + 4)

    def _on_changed(self, item: QListWidgetItem) -> None:
        person = item.data(PERSON)
        is_shown = item.checkState() == Qt.CheckState.Checked
        hidden = self._hidden
        if EVERYONE in hidden:
            hidden = frozenset(writer.person for writer in self._shown[0])
        self.hidden_changed.emit(hidden - {person} if is_shown else hidden | {person})

    def switch_all(self) -> None:
        """Hide the marks of all others, also of those who write later, or show all again."""
        are_all = EVERYONE in self._hidden or self._are_all_hidden()
        self.hidden_changed.emit(frozenset() if are_all else frozenset({EVERYONE}))

    def _are_all_hidden(self) -> bool:
        writers = self._shown[0]
        return bool(writers) and all(one.person in self._hidden for one in writers)
