"""QR codes, to be scanned off a screen."""

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from meetingroom.ui.theme import current_theme

QUIET = 3  # modules of white around the code


@lru_cache(maxsize=16)
def _modules(words: str) -> tuple[bytes, ...]:
    import segno  # noqa: PLC0415 - no window waits for it at its start

    return tuple(bytes(row) for row in segno.make(words, error="m", micro=False).matrix)


def paint_qr(painter: QPainter, words: str, box: QRectF) -> None:
    """Paint the code of `words` into the largest square of `box`: dark on white, always."""
    rows = _modules(words)
    count = len(rows) + 2 * QUIET
    side = min(box.width(), box.height())
    module = side / count
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(QRectF(box.x(), box.y(), side, side), Qt.GlobalColor.white)
    for y, row in enumerate(rows):
        for x, is_dark in enumerate(row):
            if is_dark:
                left, top = box.x() + (x + QUIET) * module, box.y() + (y + QUIET) * module
                painter.fillRect(QRectF(left, top, module, module), Qt.GlobalColor.black)
    painter.restore()


class QrCode(QWidget):
    """The code of some words; "" shows nothing."""

    def __init__(self, name: str, side: int = 132, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._side = "", side
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str) -> None:
        """Show another code."""
        self._words = words
        self.update()

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        side = current_theme().scaled(self._side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The modules."""
        if self._words:
            painter = QPainter(self)
            paint_qr(painter, self._words, QRectF(self.rect()))
            painter.end()
