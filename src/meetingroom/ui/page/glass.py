"""Paints the page under the glass: pixels, marks, chosen words, live ink, or why there are none."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from meetingroom.domain.geometry import Rect, Size
from meetingroom.domain.marks import Mark, bounds
from meetingroom.domain.paper import STEPS_PER_POINT
from meetingroom.sentences import sentence_of
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.lens import MARGIN
from meetingroom.ui.page.painting import colours_of, paint_mark
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

if TYPE_CHECKING:
    from meetingroom.ui.page.page_view import PageView

WHOLE_PIXELS = 24_000_000  # a page with more is drawn smaller, and what is seen of it sharply
SMOOTH_PIXELS = 4_000_000  # stretching more than this smoothly would take too long
TILE = 256  # device pixels: what is seen is asked for in steps of this
CHOSEN_ALPHA = 120
SHEET = Size(595, 842)


class Glass:
    """Paints a page view; knows its lens, its pages and its marks."""

    def __init__(
        self, view: "PageView", context: DeskContext, order_of: Callable[[str], int]
    ) -> None:
        self._view, self._context, self._order_of = view, context, order_of
        self._detail: tuple[str, int, int, Rect] | None = None

    def paint(self, painter: QPainter, damaged: QRect, *, asks: bool) -> bool:
        """Paint the damaged part; whether the page is sharp. `asks` for missing pictures."""
        view, theme = self._view, current_theme()
        painter.fillRect(damaged, theme.colour("canvas"))
        box = view.lens.box()
        if box.isEmpty():
            self._paint_waiting(painter)
            return False
        is_sharp = self._paint_page(painter, box, damaged, asks)
        self._paint_marks(painter, box, damaged)
        view.ink.paint(painter, damaged)
        return is_sharp

    # --- pixels -----------------------------------------------------------------------------

    def _paint_page(self, painter: QPainter, box: QRectF, damaged: QRect, asks: bool) -> bool:
        view = self._view
        painter.fillRect(box.intersected(QRectF(damaged)), current_theme().colour("paper"))
        wide = round(box.width() * view.devicePixelRatioF())
        most = self._largest(box, wide)
        image = view.pages.picture(view.blob, view.page, most, asks=asks)
        is_sharp = view.pages.is_sharp(view.blob, view.page, most)
        if image is not None:
            self._draw(painter, image, box, is_exact=is_sharp and most == wide)
        elif view.pages.failure(view.blob, view.page) is not None:
            self._tell(painter, box, self._failure_words())
        if most != wide:
            is_sharp = self._paint_detail(painter, box, wide, asks) and is_sharp
        if is_sharp and asks:
            view.pages.draw_ahead(view.blob, view.page, self.width_of)
        return is_sharp

    def width_of(self, page: Size) -> int:
        """Device pixels across, were this the page that is looked at."""
        scale = self._view.lens.scale_of(page)
        box = QRectF(0, 0, page.width * scale, page.height * scale)
        return self._largest(box, round(box.width() * self._view.devicePixelRatioF()))

    def _largest(self, box: QRectF, wide: int) -> int:
        """The width at which the whole page is drawn."""
        area = wide * wide * box.height() / box.width()
        return wide if area <= WHOLE_PIXELS else int(wide * (WHOLE_PIXELS / area) ** 0.5)

    def _draw(self, painter: QPainter, image: QImage, box: QRectF, *, is_exact: bool) -> None:
        ratio = self._view.devicePixelRatioF()
        if is_exact:
            painter.drawImage(QRectF(box.topLeft(), QSizeF(image.size()) / ratio), image)
            return
        area = box.width() * box.height() * ratio * ratio
        hint = QPainter.RenderHint.SmoothPixmapTransform
        painter.setRenderHint(hint, area <= SMOOTH_PIXELS)
        painter.drawImage(box, image)

    def _paint_detail(self, painter: QPainter, box: QRectF, wide: int, asks: bool) -> bool:
        """The sharp picture of the part that is seen, where the whole would be too large."""
        view = self._view
        wanted = (view.blob, view.page, wide, self._seen(box, wide))
        image = view.pages.picture(*wanted[:3], asks=asks, clip=wanted[3])
        if image is None and self._detail is not None and self._detail[:3] == wanted[:3]:
            wanted = self._detail
            image = view.pages.picture(*wanted[:3], asks=False, clip=wanted[3])
            if image is not None:
                self._draw_clip(painter, image, wanted[3])
            return False
        if image is None:
            return False
        self._detail = wanted
        self._draw_clip(painter, image, wanted[3])
        return True

    def _draw_clip(self, painter: QPainter, image: QImage, clip: Rect) -> None:
        ratio = self._view.devicePixelRatioF()
        corner = self._view.lens.view_rect(clip).topLeft()
        painter.drawImage(QRectF(corner, QSizeF(image.size()) / ratio), image)

    def _seen(self, box: QRectF, wide: int) -> Rect:
        """What is seen and some more around it, on a grid of device pixels, in points."""
        view = self._view
        size = view.pages.size(view.blob, view.page) or SHEET
        scale = round(wide / size.width * STEPS_PER_POINT) / STEPS_PER_POINT
        seen, tile = view.lens.visible(), TILE / scale
        left, top = int(seen.x0 / tile) * tile, int(seen.y0 / tile) * tile
        right, bottom = (int(seen.x1 / tile) + 1) * tile, (int(seen.y1 / tile) + 1) * tile
        return Rect(left, top, min(right, size.width), min(bottom, size.height))

    # --- instead of pixels --------------------------------------------------------------------

    def _paint_waiting(self, painter: QPainter) -> None:
        """A white sheet with its number, and what is happening."""
        view = self._view
        if not view.blob:
            return
        width = min(view.width() - 2 * MARGIN, view.height() * 0.9)
        left = (view.width() - width) / 2
        sheet = QRectF(left, MARGIN, width, width * SHEET.height / SHEET.width)
        painter.fillRect(sheet, current_theme().colour("paper"))
        seen = sheet.intersected(QRectF(view.rect()))
        if view.pages.failure(view.blob, view.page) is not None:
            self._tell(painter, seen, self._failure_words())
        elif view.pages.is_away(view.blob):
            self._tell(painter, seen, self._progress_words(), "ink_soft")
        else:
            self._tell(painter, seen, str(view.page + 1), "ink_faint")

    def _failure_words(self) -> str:
        error = self._view.pages.failure(self._view.blob, self._view.page)
        if error is None or error.code in ("paper.page_failed", "paper.timeout"):
            return tr("This page cannot be drawn. The other pages and your notes are safe.")
        return sentence_of(error)

    def _progress_words(self) -> str:
        done, size = self._context.desk.transfer(self._view.blob)
        if not size:
            return tr("This paper is on its way to this computer. You can read the others.")
        words = tr("Receiving this paper: {0} of {1} MB. You can read the others.")
        return words.format(_megabytes(done), _megabytes(size))

    def _tell(self, painter: QPainter, box: QRectF, words: str, ink: str = "attention") -> None:
        painter.setPen(current_theme().colour(ink))
        painter.setFont(current_theme().font("section"))
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(box.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN), flags, words)

    # --- marks ------------------------------------------------------------------------------

    def _paint_marks(self, painter: QPainter, box: QRectF, damaged: QRect) -> None:
        view = self._view
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.translate(box.topLeft())
        painter.scale(view.lens.scale, view.lens.scale)
        for mark in (*view.marks, *self._pending()):
            around = view.lens.view_rect(bounds(mark.shape).grown(2))
            if around.toAlignedRect().intersects(damaged):
                paint_mark(
                    painter, mark, colours_of(mark, self._context.me, self._order_of(mark.author))
                )
        self._paint_chosen(painter)
        painter.restore()

    def _pending(self) -> list[Mark]:
        view = self._view
        return [
            Mark(
                id="", author=self._context.me, paper="", blob=view.blob, page=view.page,
                shape=content.shape, text=content.text, colour=content.colour,
            )
            for content in view.pending
        ]  # fmt: skip

    def _paint_chosen(self, painter: QPainter) -> None:
        view = self._view
        if view.chosen is None:
            return
        shade = current_theme().colour("accent_line")
        shade.setAlpha(CHOSEN_ALPHA)
        for quad in view.words.quads(*view.chosen):
            edge = quad.bounds()
            corner = QPointF(edge.x0, edge.y0)
            painter.fillRect(QRectF(corner, QPointF(edge.x1, edge.y1)), shade)


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f}"
