"""The bar of a desk: where one can go."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.ui.controls.buttons import Button
from meetingroom.ui.controls.cards import Panel
from meetingroom.ui.controls.chips import Avatar
from meetingroom.ui.controls.labels import ElidedLabel, Label
from meetingroom.ui.theme import current_theme

ROOM_BESIDE_WORDS = 88  # margins, icon, gap
_FOLDED_WIDTH = 56


class SideBar(Panel):
    """Title and office on top, entries (key, icon, words), the person at the bottom.

    Entries of `foot` stand above the person: what is seldom wanted.
    Folded, it shows icons only; the words are then in the tool tips.
    """

    place_changed = Signal(str)

    def __init__(
        self,
        title: str,
        office: str,
        entries: tuple[tuple[str, str, str], ...],
        *,
        foot: tuple[tuple[str, str, str], ...] = (),
        width: str = "layout.desk.side_bar",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("side_bar", parent)
        self._width = width
        self._folded = True  # until the end of this, which lays it out
        self._is_choosing = False
        self._words = {key: words for key, _, words in (*entries, *foot)}
        self._buttons: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        self.title_label = ElidedLabel(title, "bar_title")
        self.office_label = Label(office, "caption", "ink_soft", wraps=True)
        self._head = self._make_head()
        self._column.addWidget(self._head)
        for key, icon, words in entries:
            self._add_entry(key, icon, words)
        self._column.addStretch(1)
        for key, icon, words in foot:
            self._add_entry(key, icon, words)
        self._column.addSpacing(8)
        self._column.addLayout(self._make_foot())
        self.set_folded(False)

    def _make_head(self) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(12, 0, 8, 12)
        column.setSpacing(0)
        column.addWidget(self.title_label)
        column.addWidget(self.office_label)
        return head

    def _add_entry(self, key: str, icon: str, words: str) -> None:
        button = Button(words, "side", icon)
        button.setCheckable(True)
        button.toggled.connect(lambda on, key=key: self._tell(key, on))
        self._group.addButton(button)
        self._buttons[key] = button
        self._column.addWidget(button)

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(10)
        self.avatar = Avatar("")
        self.name_label = ElidedLabel("", "body", weight=500)
        self.role_label = ElidedLabel("", "caption", "ink_soft")
        self._person = QWidget()
        words = QVBoxLayout(self._person)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(self.name_label)
        words.addWidget(self.role_label)
        row.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._person, 1)
        return row

    def set_person(self, name: str, role: str) -> None:
        """Who sits at this desk."""
        self.avatar.set_person(name)
        self.name_label.setText(name)
        self.role_label.setText(role)

    def set_office(self, office: str) -> None:
        """The name of the office."""
        self.office_label.setText(office)

    def choose(self, key: str) -> None:
        """Mark a place as the one shown, without asking for it again."""
        if key in self._buttons:
            self._is_choosing = True
            self._buttons[key].setChecked(True)
            self._is_choosing = False

    def current_key(self) -> str:
        """The place shown, "" before one was chosen."""
        chosen = [key for key, button in self._buttons.items() if button.isChecked()]
        return chosen[0] if chosen else ""

    def set_visible_entry(self, key: str, visible: bool) -> None:
        """Show or hide an entry."""
        self._buttons[key].setVisible(visible)

    def set_folded(self, folded: bool) -> None:
        """Icons only, or icons and words."""
        if folded == self._folded:
            return
        self._folded = folded
        side = 7 if folded else 12
        self._column.setContentsMargins(side, 20, side, 16)
        self._take_width()
        self._head.setVisible(not folded)
        self._person.setVisible(not folded)
        for key, button in self._buttons.items():
            button.setText("" if folded else self._words[key].replace("&", "&&"))
            button.setToolTip(self._words[key] if folded else "")
            button.set_icon(button.icon_name)

    def changeEvent(self, event: QEvent) -> None:
        """Take the sizes of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_person"):
            self._take_width()

    def _take_width(self) -> None:
        """As wide as the layout says, or as its longest words need."""
        theme = current_theme()
        if self._folded:
            self.setFixedWidth(theme.scaled(_FOLDED_WIDTH))
            return
        metrics = QFontMetrics(theme.font("body", weight=600))
        longest = max(metrics.horizontalAdvance(words) for words in self._words.values())
        self.setFixedWidth(max(theme.size(self._width), longest + theme.scaled(ROOM_BESIDE_WORDS)))

    def _tell(self, key: str, on: bool) -> None:
        if on and not self._is_choosing:
            self.place_changed.emit(key)
