"""Paints the page under the glass: pixels, marks, chosen words, live ink, or why there are none."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPen, QRegion

from meetingroom.domain.geometry import Rect, Size
from meetingroom.domain.paper import STEPS_PER_POINT
from meetingroom.sentences import sentence_of
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.lens import MARGIN
from meetingroom.ui.page.mark_layer import MarkLayers
from meetingroom.ui.page.painting import colours_of
from meetingroom.ui.page.password_sheet import ASKING
from meetingroom.ui.page.sheet import Leaf, Sheet
from meetingroom.ui.page.turned_pictures import TurnedPictures
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

if TYPE_CHECKING:
    from meetingroom.ui.page.page_view import PageView

WHOLE_PIXELS = 24_000_000  # a page with more is drawn smaller, and what is seen of it sharply
SMOOTH_PIXELS = 4_000_000  # stretching more than this smoothly would take too long
TILE = 256  # device pixels: what is seen is asked for in steps of this
CHOSEN_ALPHA = 120
BESIDE = 8.0  # points over the paper's edge that are no writing beside it
AHEAD = 2  # rows after and before what is seen


class Glass:
    """Paints a page view; knows its lens, its pages and its marks."""

    def __init__(
        self, view: "PageView", context: DeskContext, order_of: Callable[[str], int]
    ) -> None:
        self._view, self._context = view, context
        self._layers = MarkLayers(lambda mark: colours_of(mark, context.me, order_of(mark.author)))
        self._details: dict[Leaf, tuple[str, int, int, Rect]] = {}
        self._turned = TurnedPictures()

    def paint(self, painter: QPainter, damaged: QRect, *, asks: bool) -> bool:
        """Paint the damaged part; whether the current page is sharp.

        `asks` for missing pictures; those of the current page are drawn first.
        """
        view = self._view
        self._layers.begin()
        # The current page last: what is asked for last is drawn first.
        sheets = sorted(view.lens.sheets(), key=lambda one: one.leaf == view.lens.leaf)
        self._paint_ground(painter, sheets, damaged)
        are_sharp = [self._paint_sheet(painter, sheet, damaged, asks) for sheet in sheets]
        view.picks.paint(painter, damaged)
        view.pointer.paint(painter, damaged)
        view.ink.paint(painter, damaged)
        for paint_over in view.overlays:
            paint_over(painter, damaged)
        if sheets and all(are_sharp) and asks and not view.pointer.is_busy:
            self._draw_ahead()
        return bool(sheets) and are_sharp[-1]

    def _paint_ground(self, painter: QPainter, sheets: list[Sheet], damaged: QRect) -> None:
        """What lies around the pages; under them, filling a large screen would take too long."""
        ground = QRegion(damaged)
        for sheet in sheets:
            ground -= QRegion(sheet.box.toAlignedRect().adjusted(1, 1, -1, -1))
        painter.save()
        painter.setClipRegion(ground)
        painter.fillRect(damaged, current_theme().colour("canvas"))
        painter.restore()

    # --- pixels -----------------------------------------------------------------------------

    def _paint_sheet(self, painter: QPainter, sheet: Sheet, damaged: QRect, asks: bool) -> bool:
        box = sheet.box.toAlignedRect()
        if not box.intersects(damaged) and not asks:
            return True
        if not sheet.is_known:
            painter.fillRect(box.intersected(damaged), current_theme().colour("paper"))
            self._paint_waiting(painter, sheet)
            return False
        is_sharp = self._paint_page(painter, sheet, damaged, asks)
        if sheet.whole != sheet.size:
            self._paint_edge(painter, sheet)
        self._paint_marks(painter, sheet, damaged)
        return is_sharp

    def _paint_page(self, painter: QPainter, sheet: Sheet, damaged: QRect, asks: bool) -> bool:
        view, leaf = self._view, sheet.leaf
        wide = round(sheet.size.width * sheet.scale * view.devicePixelRatioF())
        most = self._largest(sheet.size, wide)
        image = view.pages.picture(*leaf, most, asks=asks)
        is_sharp = view.pages.is_sharp(*leaf, most)
        is_exact = is_sharp and most == wide
        if not is_exact or sheet.size != sheet.whole:  # else the picture covers all of it
            box = sheet.box.toAlignedRect()
            painter.fillRect(box.intersected(damaged), current_theme().colour("paper"))
        if image is not None:
            self._draw(painter, image, sheet, is_exact=is_exact)
        elif view.pages.failure(*leaf) is not None:
            self._tell(painter, sheet.paper, self._failure_words(leaf))
        if most != wide:
            is_sharp = self._paint_detail(painter, sheet, wide, asks) and is_sharp
        return is_sharp

    def _paint_edge(self, painter: QPainter, sheet: Sheet) -> None:
        """Where the paper ends and the room beside it begins."""
        edge = sheet.to_view(Rect(sheet.size.width, 0, sheet.size.width, sheet.size.height))
        painter.setPen(QPen(current_theme().colour("line"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(edge.topLeft(), edge.bottomRight())

    def _draw_ahead(self) -> None:
        """Have the pages around what is seen ready before somebody turns or scrolls there."""
        view, roll = self._view, self._view.lens.roll
        for index in view.lens.around(AHEAD):
            view.pages.have_ready(*roll.leaf(index), self.width_of)

    def width_of(self, page: Size) -> int:
        """Device pixels across, were this the page that is looked at."""
        scale = self._view.lens.scale_of(page)
        return self._largest(page, round(page.width * scale * self._view.devicePixelRatioF()))

    def _largest(self, page: Size, wide: int) -> int:
        """The width at which the whole page is drawn."""
        area = wide * wide * page.height / page.width
        return wide if area <= WHOLE_PIXELS else int(wide * (WHOLE_PIXELS / area) ** 0.5)

    def _draw(self, painter: QPainter, image: QImage, sheet: Sheet, *, is_exact: bool) -> None:
        ratio = self._view.devicePixelRatioF()
        image = self._turned.picture(image, sheet.turn)
        box = sheet.paper
        if is_exact:
            painter.drawImage(QRectF(box.topLeft(), QSizeF(image.size()) / ratio), image)
            return
        area = box.width() * box.height() * ratio * ratio
        hint = QPainter.RenderHint.SmoothPixmapTransform
        painter.setRenderHint(hint, area <= SMOOTH_PIXELS)
        painter.drawImage(box, image)

    def _paint_detail(self, painter: QPainter, sheet: Sheet, wide: int, asks: bool) -> bool:
        """The sharp picture of the part that is seen, where the whole would be too large."""
        view, leaf = self._view, sheet.leaf
        wanted = (*leaf, wide, self._seen(sheet, wide))
        image = view.pages.picture(*wanted[:3], asks=asks, clip=wanted[3])
        if image is not None:
            self._details = {one: row for one, row in self._details.items() if one[0] == leaf[0]}
            self._details[leaf] = wanted
            self._draw_clip(painter, image, sheet, wanted[3])
            return True
        last = self._details.get(leaf)
        if last is not None and last[2] == wide:
            image = view.pages.picture(*last[:3], asks=False, clip=last[3])
            if image is not None:
                self._draw_clip(painter, image, sheet, last[3])
        return False

    def _draw_clip(self, painter: QPainter, image: QImage, sheet: Sheet, clip: Rect) -> None:
        ratio = self._view.devicePixelRatioF()
        corner = sheet.to_view(clip).topLeft()
        image = self._turned.picture(image, sheet.turn)
        painter.drawImage(QRectF(corner, QSizeF(image.size()) / ratio), image)

    def _seen(self, sheet: Sheet, wide: int) -> Rect:
        """What is seen and some more around it, on a grid of device pixels, in points."""
        size = sheet.size
        scale = round(wide / size.width * STEPS_PER_POINT) / STEPS_PER_POINT
        seen, tile = sheet.seen(QRectF(self._view.rect())), TILE / scale
        left, top = int(seen.x0 / tile) * tile, int(seen.y0 / tile) * tile
        right, bottom = (int(seen.x1 / tile) + 1) * tile, (int(seen.y1 / tile) + 1) * tile
        return Rect(left, top, min(right, size.width), min(bottom, size.height))

    # --- instead of pixels --------------------------------------------------------------------

    def _paint_waiting(self, painter: QPainter, sheet: Sheet) -> None:
        """A white sheet with its number, and what is happening."""
        view, leaf = self._view, sheet.leaf
        seen = sheet.paper.intersected(QRectF(view.rect()))
        if view.pages.failure(*leaf) is not None:
            self._tell(painter, seen, self._failure_words(leaf))
        elif view.pages.is_away(leaf.blob):
            self._tell(painter, seen, self._progress_words(leaf.blob), "ink_soft")
        else:
            self._tell(painter, seen, str(leaf.page + 1), "ink_faint")

    def _failure_words(self, leaf: Leaf) -> str:
        error = self._view.pages.failure(*leaf)
        if error is None or error.code in ("paper.page_failed", "paper.timeout"):
            return tr("This page cannot be drawn. The other pages and your notes are safe.")
        if error.code in ASKING:
            return ""  # the password is asked for instead
        return sentence_of(error)

    def _progress_words(self, blob: str) -> str:
        done, size = self._context.desk.transfer(blob)
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

    def _paint_marks(self, painter: QPainter, sheet: Sheet, damaged: QRect) -> None:
        view = self._view
        painter.save()
        painter.setTransform(sheet.transform(), combine=True)
        view.shades.paint(painter, sheet.leaf)
        view.hits.paint(painter, sheet.leaf)
        painter.restore()
        around = BESIDE * sheet.scale
        # What is written beside a page shown without the room for it is no part of its neighbour.
        part = damaged & sheet.box.adjusted(-around, -around, around, around).toAlignedRect()
        is_whole = part.isEmpty() or self._layers.paint(
            painter, sheet, view.marks_on(sheet.leaf), view.devicePixelRatioF(), part,
            is_zooming=view.is_zooming,
        )  # fmt: skip
        if not view.lens.has_room and self._layers.reach(sheet.leaf) > sheet.size.width + BESIDE:
            view.tell_beside(sheet.leaf)
        if not is_whole:
            QTimer.singleShot(0, view, lambda: view.update(damaged))
        painter.save()
        painter.setTransform(sheet.transform(), combine=True)
        view.signs.paint(painter, sheet, view.marks_on(sheet.leaf), damaged)
        if sheet.leaf == view.lens.leaf:
            self._paint_chosen(painter)
        painter.restore()

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
