"""The field for a one-time code."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget

from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

_BOX = (44, 56)
_GAP = 6
_DASH = 26


class CodeField(QLineEdit):
    """Boxes for the letters of a code, with a dash in the middle.

    Pasting takes a code with or without dashes and spaces; letters become capitals.
    `completed` comes once each time the last box is filled.
    """

    code_changed = Signal(str)
    completed = Signal(str)

    def __init__(self, length: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._length = length
        self.setAccessibleName(tr("Code of {0} characters").format(length))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhUppercaseOnly | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.textChanged.connect(self._tell)

    def code(self) -> str:
        """What is typed, capitals without a dash."""
        return self.text()

    def insert_code(self, words: str) -> None:
        """Type words at the end: everything but letters and digits is left out."""
        letters = "".join(each for each in words.upper() if each.isascii() and each.isalnum())
        self.setText((self.text() + letters)[: self._length])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters go in as capitals; pasting and deleting as everywhere."""
        if event.matches(QKeySequence.StandardKey.Paste):
            pasted = QApplication.clipboard().text()
            self.setText("")
            self.insert_code(pasted)
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Home}:
            event.accept()
        elif (
            event.text().isprintable()
            and event.text()
            and not event.modifiers()
            & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        ):
            self.insert_code(event.text())
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A Vietnamese keyboard gives letters here; take what it commits."""
        self.insert_code(event.commitString())
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Take the sizes of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All boxes and the dash."""
        boxes = self._boxes()
        return QSize(round(boxes[-1].right()) + 1, round(boxes[-1].height()) + 1)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """One box a letter, the next one marked while the field has the focus."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("hero", tabular=True))
        here = min(len(self.text()), self._length - 1) if self.hasFocus() else -1
        boxes = self._boxes()
        for place, box in enumerate(boxes):
            self._paint_box(painter, place, box, here=place == here)
        between = QRectF(boxes[self._length // 2 - 1])
        between.setLeft(between.right())
        between.setRight(boxes[self._length // 2].left())
        painter.setPen(theme.colour("ink_soft"))
        painter.setFont(theme.font("section", weight=400))
        painter.drawText(between, Qt.AlignmentFlag.AlignCenter, "-")

    def _paint_box(self, painter: QPainter, place: int, box: QRectF, *, here: bool) -> None:
        theme = current_theme()
        width = 2 if here else theme.line_width
        painter.setPen(QPen(theme.colour("accent" if here else "line_strong"), width))
        painter.setBrush(theme.colour("surface"))
        inner = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(inner, theme.radius("field"), theme.radius("field"))
        if place < len(self.text()):
            painter.setPen(theme.colour("ink"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text()[place])
        elif here:
            height = QFontMetrics(painter.font()).capHeight() + theme.scaled(6)
            middle = box.center()
            painter.fillRect(
                QRectF(middle.x() - 1, middle.y() - height / 2, 2, height), theme.colour("accent")
            )

    def _boxes(self) -> list[QRectF]:
        scaled = current_theme().scaled
        boxes, left = [], 0
        for place in range(self._length):
            if place == self._length // 2:
                left += scaled(_DASH) - _GAP
            boxes.append(QRectF(left, 0, scaled(_BOX[0]), scaled(_BOX[1])))
            left += scaled(_BOX[0]) + _GAP
        return boxes

    def _tell(self, code: str) -> None:
        self.code_changed.emit(code)
        if len(code) == self._length:
            self.completed.emit(code)
