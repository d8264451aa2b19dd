"""Things that hold other things: cards, lines, empty places, messages instead of a page."""

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from meetingroom.ui.controls.buttons import Button
from meetingroom.ui.controls.labels import IconLabel, Label, repolish
from meetingroom.ui.theme import current_theme

Frame = Literal[
    "card",
    "surface",
    "desk",
    "canvas",
    "top_bar",
    "bottom_bar",
    "side_bar",
    "right_panel",
    "line",
    "field",
    "toast",
    "popup",
    "info",
    "pane_head",
]


class Panel(QFrame):
    """A plain area with a ground and the hairlines of its kind."""

    def __init__(self, frame: Frame = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", frame)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


class HairLine(Panel):
    """A line between things."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("line", parent)
        width = current_theme().line_width
        if upright:
            self.setFixedWidth(width)
        else:
            self.setFixedHeight(width)


class Card(Panel):
    """A hairline frame; `header` (if a title is given) and `body` are layouts to fill.

    `edge` puts a bar of "live", "attention" or "good" at the left side.
    """

    def __init__(
        self,
        title: str = "",
        second: str = "",
        *,
        edge: str = "",
        padding: int = 20,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("card", parent)
        if edge:
            self.setProperty("edge", edge)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.header = QHBoxLayout()
        self.body = QVBoxLayout()
        self.title_label = Label(title, "section")
        self.second_label = Label(second, "small", "ink_soft")
        if title:
            self._lay_header(outer, padding)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(12)
        outer.addLayout(self.body, 1)

    def _lay_header(self, outer: QVBoxLayout, padding: int) -> None:
        self.header.setContentsMargins(padding, 12, padding, 12)
        self.header.setSpacing(12)
        self.header.addWidget(self.title_label)
        self.header.addWidget(self.second_label)
        self.header.addStretch(1)
        outer.addLayout(self.header)
        outer.addWidget(HairLine())

    def set_title(self, title: str, second: str = "") -> None:
        """Change the words of the header."""
        self.title_label.setText(title)
        self.second_label.setText(second)

    def set_chosen(self, how: Literal["", "true", "soft"]) -> None:
        """Mark the card: "true" a blue edge, "soft" a pale blue one."""
        self.setProperty("chosen", how)
        repolish(self)


class EmptyPlace(QWidget):
    """What to do where nothing is yet: icon, title, advice and one button."""

    step_requested = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        advice: str = "",
        button: str = "",
        *,
        button_icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addStretch(1)
        picture = IconLabel(icon, "accent", 44)
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(14)
        self.title_label = _centred(title, "title", "ink")
        self.advice_label = _centred(advice, "body", "ink_soft")
        column.addWidget(self.title_label)
        column.addSpacing(4)
        column.addWidget(self.advice_label)
        self.button = Button(button, "primary", button_icon)
        self.button.setVisible(bool(button))
        self.button.clicked.connect(self._request)
        column.addSpacing(18)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def set_words(self, title: str, advice: str) -> None:
        """Change the title and the advice."""
        self.title_label.setText(title)
        self.advice_label.setText(advice)

    def _request(self) -> None:
        self.step_requested.emit()


class MessagePage(Panel):
    """A sentence where a page cannot be: a card in the middle with up to two buttons.

    `actions` are pairs of words and a key; the key comes back with `action_requested`.
    """

    action_requested = Signal(str)

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str,
        actions: tuple[tuple[str, str], ...] = (),
        *,
        role: str = "attention",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("canvas", parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        self.card = Card(padding=24)
        self.card.setMaximumWidth(current_theme().scaled(340))
        self.card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.card, 10)
        row.addStretch(1)
        outer.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(1)
        body = self.card.body
        body.setSpacing(8)
        body.addWidget(IconLabel(icon, role, 36), 0, Qt.AlignmentFlag.AlignHCenter)
        self.title_label = _centred(title, "bar_title", "ink")
        self.sentence_label = _centred(sentence, "body", "ink_soft")
        body.addWidget(self.title_label)
        body.addWidget(self.sentence_label)
        body.addSpacing(8)
        body.addLayout(self._button_row(actions))

    def _button_row(self, actions: tuple[tuple[str, str], ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for place, (words, key) in enumerate(actions):
            button = Button(words, "accent" if place == 0 else "outlined", extent="small")
            button.clicked.connect(lambda _checked=False, key=key: self._request(key))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _request(self, key: str) -> None:
        self.action_requested.emit(key)


def _centred(text: str, type_role: str, ink: str) -> Label:
    label = Label(text, type_role, ink, wraps=True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
