"""Pages for the stage: drawn by the crew, kept in shared memory, the neighbours ahead."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from meetingroom.domain.errors import MeetingError, PaperError
from meetingroom.domain.geometry import Rect, Size
from meetingroom.domain.paper import STEPS_PER_POINT, Drawing, PaperShape
from meetingroom.domain.ports import Pixels
from meetingroom.services.news import PaperArrived, PaperGone
from meetingroom.ui.context import DeskContext

KEPT_BYTES = 420 << 20
WISHES = 8  # of one view at once; older ones are for pages nobody looks at any more
WHOLE = -1  # in place of a page: the whole paper

Key = tuple[str, int, int, Rect | None]


class StagePages(QObject):
    """Pictures of pages at a width in device pixels; `page_ready` when one came.

    `shape_known` carries a blob, or "" when any paper may have become readable.
    """

    page_ready = Signal(str, int)
    shape_known = Signal(str)

    def __init__(self, context: DeskContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shapes: dict[str, PaperShape] = {}
        self._opening: set[str] = set()
        self._away: set[str] = set()
        self._gone: set[str] = set()
        self._asked: OrderedDict[Key, tuple[int, Future[Pixels]]] = OrderedDict()
        self._kept: OrderedDict[Key, tuple[QImage, Pixels]] = OrderedDict()
        self._failures: dict[tuple[str, int], MeetingError] = {}
        self.destroyed.connect(partial(_let_go, self._kept))
        context.bridge.paper_arrived.connect(self.on_paper_arrived)
        context.bridge.paper_gone.connect(self.on_paper_gone)

    # --- papers -----------------------------------------------------------------------------

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

    def is_away(self, blob: str) -> bool:
        """Whether the paper was looked for and is not on this computer yet."""
        return blob in self._away

    def failure(self, blob: str, page: int) -> MeetingError | None:
        """Why a page (or its whole paper) cannot be shown."""
        return self._failures.get((blob, page)) or self._failures.get((blob, WHOLE))

    def try_again(self, blob: str, page: int) -> None:
        """Somebody comes back to a page that failed: ask once more."""
        if self._failures.pop((blob, page), None) is not None:
            self.page_ready.emit(blob, page)

    def unlock(self, blob: str, password: str) -> None:
        """Try a password: `shape_known` where it opens the paper, else `page_ready`."""
        if blob not in self._shapes and blob not in self._gone:
            self._failures.pop((blob, WHOLE), None)
            self._opening.discard(blob)
            self._open(blob, password)

    def on_paper_gone(self, what: PaperGone) -> None:
        """The person may not read this paper any more: nothing of it stays in view."""
        blob = what.blob
        self._gone.add(blob)
        self._opening.add(blob)
        self._shapes.pop(blob, None)
        for asked in [key for key in self._asked if key[0] == blob]:
            self._asked.pop(asked)[1].cancel()
        for kept in [key for key in self._kept if key[0] == blob]:
            image, pixels = self._kept.pop(kept)
            del image
            pixels.release()
        self._failures[blob, WHOLE] = PaperError("paper.gone")
        self.shape_known.emit(blob)

    def on_paper_arrived(self, what: PaperArrived) -> None:
        """A paper that was not here may be opened now."""
        if what.blob in self._gone:
            self._gone.discard(what.blob)
            self._opening.discard(what.blob)
            self._failures.pop((what.blob, WHOLE), None)
        self._opening -= self._away
        self._away.clear()
        self.shape_known.emit("")

    def _open(self, blob: str, password: str = "") -> None:
        if blob in self._opening or not blob:
            return
        self._opening.add(blob)
        bridge, desk = self._context.bridge, self._context.desk

        def found(path: Path | None) -> None:
            if path is None:
                self._away.add(blob)
                self.shape_known.emit(blob)
                return
            bridge.when_done(
                self._context.pages.open(blob, path, password),
                lambda shape: self._opened(blob, shape),
                lambda error: self._not_drawn(blob, WHOLE, error),
            )

        bridge.when_done(desk.run(lambda: desk.paper_path(blob)), found)

    def _opened(self, blob: str, shape: PaperShape) -> None:
        if blob in self._gone:
            return
        self._shapes[blob] = shape
        if isValid(self):
            self.shape_known.emit(blob)

    # --- pictures ---------------------------------------------------------------------------

    def picture(
        self, blob: str, page: int, width: int, *, asks: bool = True, clip: Rect | None = None
    ) -> QImage | None:
        """The page (or a clip of it) with the whole page `width` wide, or else the page as
        drawn at the nearest scale; `asks` for what is missing."""
        size = self.size(blob, page)
        if size is None or width <= 0:
            return None
        key = self._key(blob, page, width, size, clip)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key][0]
        if asks and self.failure(blob, page) is None:
            self._draw(key, 0)
        return None if clip is not None else self._nearest(key)

    def draw_ahead(self, blob: str, page: int, width_of: Callable[[Size], int]) -> None:
        """Have the neighbours ready before somebody turns."""
        for neighbour in (page + 1, page - 1):
            self.have_ready(blob, neighbour, width_of)

    def have_ready(self, blob: str, page: int, width_of: Callable[[Size], int]) -> int:
        """Draw a page nobody looks at yet, if there is one; bytes its picture takes."""
        size = self.size(blob, page) if page >= 0 else None
        if size is None or (blob, page) in self._failures:
            return 0
        width = width_of(size)
        key = self._key(blob, page, width, size, None)
        if key not in self._kept:
            self._draw(key, 1)
        return 4 * width * round(width * size.height / size.width)

    def is_sharp(self, blob: str, page: int, width: int) -> bool:
        """Whether the page is drawn at just this width."""
        size = self.size(blob, page)
        return size is not None and self._key(blob, page, width, size, None) in self._kept

    def _key(self, blob: str, page: int, width: int, size: Size, clip: Rect | None) -> Key:
        return (blob, page, round(width / size.width * STEPS_PER_POINT), clip)

    def _nearest(self, key: Key) -> QImage | None:
        blob, page, step, _ = key
        others = [kept for kept in self._kept if kept[:2] == (blob, page) and kept[3] is None]
        nearest = min(others, key=lambda kept: abs(kept[2] - step), default=None)
        return self._kept[nearest][0] if nearest is not None else None

    def _draw(self, key: Key, urgency: int) -> None:
        asked = self._asked.get(key)
        if asked is not None and asked[0] <= urgency:
            return
        blob, page, step, clip = key
        wish = Drawing(blob=blob, page=page, step=step, clip=clip, urgency=urgency)
        future: Future[Pixels] = self._context.pages.draw(wish)
        self._asked[key] = (urgency, future)
        self._asked.move_to_end(key)
        self._context.bridge.when_done(
            future,
            lambda pixels: self._drawn(key, pixels),
            lambda error: self._not_drawn(blob, page, error, key),
        )
        while len(self._asked) > WISHES:
            self._asked.popitem(last=False)[1][1].cancel()

    def _drawn(self, key: Key, pixels: Pixels) -> None:
        self._asked.pop(key, None)
        if key in self._kept or key[0] in self._gone:
            pixels.release()
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

    def _not_drawn(self, blob: str, page: int, error: MeetingError, key: Key | None = None) -> None:
        if key is not None:
            self._asked.pop(key, None)
        if blob in self._gone:
            return
        self._failures[blob, page] = error
        if isValid(self):
            self.page_ready.emit(blob, page)


def _let_go(kept: OrderedDict[Key, tuple[QImage, Pixels]], *_gone: object) -> None:
    """Pictures lie in the workers' memory: first the picture goes, then its memory."""
    while kept:
        _, (image, pixels) = kept.popitem()
        del image
        pixels.release()
