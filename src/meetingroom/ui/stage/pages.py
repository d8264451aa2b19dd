"""Pages for the stage: drawn by the crew, kept in shared memory, the neighbours ahead."""

from collections import OrderedDict
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.geometry import Size
from meetingroom.domain.paper import STEPS_PER_POINT, Drawing, PaperShape
from meetingroom.domain.ports import Pixels
from meetingroom.ui.context import DeskContext

KEPT_BYTES = 420 << 20


class StagePages(QObject):
    """Pictures of whole pages at a width in device pixels; `page_ready` when one came."""

    page_ready = Signal(str, int)
    shape_known = Signal(str)

    def __init__(self, context: DeskContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shapes: dict[str, PaperShape] = {}
        self._opening: set[str] = set()
        self._asked: set[tuple[str, int, int]] = set()
        self._kept: OrderedDict[tuple[str, int, int], tuple[QImage, Pixels]] = OrderedDict()
        self.failed: set[tuple[str, int]] = set()
        self.destroyed.connect(partial(_let_go, self._kept))
        context.bridge.paper_arrived.connect(self.on_paper_arrived)

    def size(self, blob: str, page: int) -> Size | None:
        """A page's size in points; asks for the paper if it is not open yet."""
        shape = self._shapes.get(blob)
        if shape is None:
            self._open(blob)
            return None
        return shape.pages[page] if 0 <= page < len(shape.pages) else None

    def shape(self, blob: str) -> PaperShape | None:
        """What is known of an open paper."""
        return self._shapes.get(blob)

    def picture(self, blob: str, page: int, width: int) -> QImage | None:
        """The page at this width, or the nearest drawn one; asks for what is missing."""
        size = self.size(blob, page)
        if size is None or width <= 0:
            return None
        key = (blob, page, round(width / size.width * STEPS_PER_POINT))
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key][0]
        self._draw(key, 0)
        others = [kept for kept in self._kept if kept[:2] == key[:2]]
        return self._kept[max(others)][0] if others else None

    def draw_ahead(self, blob: str, page: int, width: int) -> None:
        """Have the neighbours ready before somebody turns."""
        for neighbour in (page + 1, page - 1):
            size = self.size(blob, neighbour) if neighbour >= 0 else None
            if size is not None:
                key = (blob, neighbour, round(width / size.width * STEPS_PER_POINT))
                if key not in self._kept:
                    self._draw(key, 1)

    def is_sharp(self, blob: str, page: int, width: int) -> bool:
        """Whether the page is drawn at just this width."""
        size = self.size(blob, page)
        step = round(width / size.width * STEPS_PER_POINT) if size else 0
        return (blob, page, step) in self._kept

    def on_paper_arrived(self, _news: object) -> None:
        """A paper that was not here may be opened now."""
        self._opening.clear()
        self.shape_known.emit("")

    def _open(self, blob: str) -> None:
        if blob in self._opening or not blob:
            return
        self._opening.add(blob)
        bridge, desk = self._context.bridge, self._context.desk

        def found(path: Path | None) -> None:
            if path is not None:
                bridge.when_done(
                    self._context.pages.open(blob, path),
                    lambda shape: self._opened(blob, shape),
                    lambda error: self._not_drawn(blob, 0, error),
                )

        bridge.when_done(desk.run(lambda: desk.paper_path(blob)), found)

    def _opened(self, blob: str, shape: PaperShape) -> None:
        self._shapes[blob] = shape
        if isValid(self):
            self.shape_known.emit(blob)

    def _draw(self, key: tuple[str, int, int], urgency: int) -> None:
        if key in self._asked:
            return
        self._asked.add(key)
        blob, page, step = key
        wish = Drawing(blob=blob, page=page, step=step, urgency=urgency)
        future: Future[Pixels] = self._context.pages.draw(wish)
        self._context.bridge.when_done(
            future,
            lambda pixels: self._drawn(key, pixels),
            lambda error: self._not_drawn(blob, page, error),
        )

    def _drawn(self, key: tuple[str, int, int], pixels: Pixels) -> None:
        self._asked.discard(key)
        if key in self._kept:
            return
        if not isValid(self):  # the window went while the page was drawn
            pixels.release()
            return
        image = QImage(
            pixels.buffer, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32
        )
        self._kept[key] = (image, pixels)
        self._thin_out()
        self.page_ready.emit(key[0], key[1])

    def _thin_out(self) -> None:
        total = sum(image.sizeInBytes() for image, _ in self._kept.values())
        while total > KEPT_BYTES and len(self._kept) > 3:
            _, (image, pixels) = self._kept.popitem(last=False)
            total -= image.sizeInBytes()
            del image
            pixels.release()

    def _not_drawn(self, blob: str, page: int, _error: MeetingError) -> None:
        self.failed.add((blob, page))
        if isValid(self):
            self.page_ready.emit(blob, page)


def _let_go(kept: OrderedDict[tuple[str, int, int], tuple[QImage, Pixels]], *_gone: object) -> None:
    """Pictures lie in the workers' memory: first the picture goes, then its memory."""
    while kept:
        _, (image, pixels) = kept.popitem()
        del image
        pixels.release()
