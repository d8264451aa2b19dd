"""One paper on its way to a printer: drawn by workers, laid onto sheets on a thread of its own.

The interface never waits: pages come from the crew in bands small enough that laying one
down takes a few milliseconds.
"""

import contextlib
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPageLayout, QPainter, QPen
from PySide6.QtPrintSupport import QPrinter

from meetingroom.domain.errors import MeetingError, PaperError
from meetingroom.domain.geometry import Rect, Size
from meetingroom.domain.marks import Mark, Note, bounds
from meetingroom.domain.paper import STEPS_PER_POINT, Drawing, PaperShape
from meetingroom.domain.ports import Pages, Pixels
from meetingroom.ui.page.mark_layer import is_wash
from meetingroom.ui.page.painting import paint_mark
from meetingroom.ui.theme import MarkColour

log = logging.getLogger(__name__)
Coloured = tuple[Mark, MarkColour]
POINTS_PER_INCH = 72
FINEST = 600  # dots an inch; finer is not seen
BAND_PIXELS, STRIP_PIXELS = 2_000_000, 600_000
PATIENCE = 1000  # times a wish may be forgotten
URGENCY = 1  # after what is on screen now
EDGE = 56.0  # points beside the list of notes
FOOT = 14.0  # points below the page for the words of a marked sheet


@dataclass(frozen=True)
class PrintWish:
    """What to print: pages (from 0) of one version, and the marks with their colours.

    `path` tells where its file lies, asked off the interface's thread.
    `notes` are the words of marks by their id, listed on sheets of their own at the end.
    `remark` stands at the foot of every sheet and `across` over it, where the paper's handling
    asks for that.
    """

    blob: str
    path: Callable[[], Path | None]
    pages: tuple[int, ...]
    marks: tuple[Coloured, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    remark: str = ""
    across: str = ""
    font: QFont = field(default_factory=QFont)


@dataclass(frozen=True)
class Printed:
    """How many pages were laid down, and which could not be (from 0)."""

    pages: int
    missing: tuple[int, ...] = ()
    was_stopped: bool = False


class PrintRun:
    """`start` it once; `told` and `ended` are called on its own thread."""

    def __init__(
        self,
        wish: PrintWish,
        printer: QPrinter,
        pages: Pages,
        told: Callable[[int, int], None],
        ended: Callable[[Printed | MeetingError], None],
    ) -> None:
        self._wish, self._printer, self._pages = wish, printer, pages
        self._told, self._ended = told, ended
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="printing", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Print no further page."""
        self._stop.set()

    def wait(self, seconds: float) -> None:
        """Until it has ended."""
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            outcome: Printed | MeetingError = self._print()
        except MeetingError as error:
            outcome = error
        except Exception:
            log.exception("printing met a bug")
            outcome = PaperError("print.failed")
        if not isinstance(outcome, Printed) or outcome.was_stopped:
            self._clear()
        self._ended(outcome)

    def _clear(self) -> None:
        """Half a file is nobody's."""
        if self._printer.outputFormat() == QPrinter.OutputFormat.PdfFormat:
            with contextlib.suppress(OSError):
                Path(self._printer.outputFileName()).unlink(missing_ok=True)

    def _print(self) -> Printed:
        wish, printer = self._wish, self._printer
        shape = self._opened()
        printer.setFullPage(True)
        sizes = {page: shape.pages[page] for page in wish.pages if page < len(shape.pages)}
        areas = {page: area_of(size, self._marks_on(page)) for page, size in sizes.items()}
        painter: QPainter | None = None
        missing: list[int] = []
        done = 0
        for page, area in areas.items():
            if self._stop.is_set():
                break
            self._turn_sheet(area)
            if painter is None:
                painter = QPainter()
                if not painter.begin(printer):
                    raise PaperError("print.failed")
            elif not printer.newPage():
                raise PaperError("print.failed")
            self._told(done, len(areas))
            try:
                self._lay(painter, page, sizes[page], area)
            except PaperError:
                missing.append(page)
            done += 1
        was_stopped = self._stop.is_set()
        if painter is not None and not was_stopped:
            self._list_notes(painter)
        if was_stopped:
            printer.abort()
        if painter is not None:
            painter.end()
        return Printed(pages=done, missing=tuple(missing), was_stopped=was_stopped)

    def _opened(self) -> PaperShape:
        path = self._wish.path()
        if path is None:
            raise PaperError("blob.not_here")
        return self._pages.open(self._wish.blob, path).result()

    def _marks_on(self, page: int) -> list[Coloured]:
        return [row for row in self._wish.marks if row[0].page == page]

    def _turn_sheet(self, area: Rect) -> None:
        is_wide = area.x1 - area.x0 > area.y1 - area.y0
        way = QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait
        self._printer.setPageOrientation(way)

    def _lay(self, painter: QPainter, page: int, size: Size, area: Rect) -> None:
        """One page: as large as it is where it fits, else as large as fits, in the middle."""
        sheet = self._printer.pageRect(QPrinter.Unit.Point)
        dots = self._printer.resolution() / POINTS_PER_INCH
        foot = FOOT if self._wish.remark else 0.0
        across, down = area.x1 - area.x0, area.y1 - area.y0
        scale = min(1.0, sheet.width() / across, (sheet.height() - foot) / down)
        painter.save()
        painter.scale(dots, dots)
        painter.translate((sheet.width() - across * scale) / 2, 0)
        painter.translate(0, (sheet.height() - foot - down * scale) / 2)
        painter.scale(scale, scale)
        painter.translate(-area.x0, -area.y0)
        try:
            marks = self._marks_on(page)
            self._draw(painter, page, size, scale, [row for row in marks if is_wash(row[0])])
            for mark, colours in marks:
                if not is_wash(mark) and not isinstance(mark.shape, Note):
                    paint_mark(painter, mark, colours)
            self._number_notes(painter, marks)
        finally:
            painter.restore()
        self._remark(painter, sheet, dots)

    def _draw(
        self, painter: QPainter, page: int, size: Size, scale: float, washes: Sequence[Coloured]
    ) -> None:
        finest = min(FINEST, self._printer.resolution()) / POINTS_PER_INCH * scale
        step = max(1, round(finest * STEPS_PER_POINT))
        wide = size.width * step / STEPS_PER_POINT
        # Whole dots a band, so that two of them meet without a seam.
        rows = max(STEPS_PER_POINT, int(BAND_PIXELS / max(1.0, wide)))
        high = rows * STEPS_PER_POINT / step
        top = 0.0
        while top < size.height and not self._stop.is_set():
            bottom = min(size.height, top + high)
            band = Rect(0.0, top, size.width, bottom)
            drawing = Drawing(blob=self._wish.blob, page=page, step=step, clip=band,
                              urgency=URGENCY)  # fmt: skip
            self._band(painter, drawing, band, washes)
            top = bottom

    def _band(
        self, painter: QPainter, drawing: Drawing, band: Rect, washes: Sequence[Coloured]
    ) -> None:
        pixels = self._drawn(drawing)
        if pixels is None:
            return
        try:
            image = QImage(
                pixels.buffer, pixels.width, pixels.height, pixels.stride,
                QImage.Format.Format_RGB32,
            )  # fmt: skip
            # No printer darkens what lies below: what is washed over words goes into the picture.
            laid = _washed(image, band, washes) if washes else image
            _lay_strips(painter, laid, band)
            del image, laid
        finally:
            pixels.release()

    def _drawn(self, drawing: Drawing) -> Pixels | None:
        """The pixels; None once printing is stopped."""
        for _ in range(PATIENCE):
            if self._stop.is_set():
                return None
            try:
                return self._pages.draw(drawing).result()
            except CancelledError:
                continue  # somebody turned pages: what was wished for before is forgotten
        raise PaperError("print.failed")  # the workers are gone: the program is being closed

    def _number_notes(self, painter: QPainter, marks: Sequence[Coloured]) -> None:
        """A number where a mark has words on the sheets at the end; a note is just that."""
        numbers = {mark: at for at, (mark, _) in enumerate(self._wish.notes, 1)}
        font = QFont(self._wish.font)
        font.setPixelSize(9)
        painter.setFont(font)
        for mark, colours in marks:
            if mark.id not in numbers:
                continue
            box = bounds(mark.shape)
            left = box.x0 if isinstance(mark.shape, Note) else box.x1
            label = QRectF(left, box.y0 - (0 if isinstance(mark.shape, Note) else 6), 16, 12)
            painter.setPen(QPen(colours.ink, 0.8))
            painter.setBrush(QColor("white"))
            painter.drawRoundedRect(label, 3, 3)
            painter.drawText(label, int(Qt.AlignmentFlag.AlignCenter), str(numbers[mark.id]))

    def _list_notes(self, painter: QPainter) -> None:
        """The words of the marks, as many to a sheet as it holds."""
        dots = self._printer.resolution() / POINTS_PER_INCH
        font = QFont(self._wish.font)
        font.setPixelSize(11)
        flags = int(Qt.TextFlag.TextWordWrap)
        top = -1.0
        for number, (_, words) in enumerate(self._wish.notes, 1):
            sheet = self._printer.pageRect(QPrinter.Unit.Point)
            room = QRectF(EDGE, 0, sheet.width() - 2 * EDGE, sheet.height() - 2 * EDGE)
            line = f"{number}.  {words}"
            high = QFontMetricsF(font).boundingRect(room, flags, line).height()
            if top < 0 or top + high > sheet.height() - EDGE:
                self._printer.newPage()
                self._remark(painter, sheet, dots)
                top = EDGE
            painter.save()
            painter.scale(dots, dots)
            painter.setFont(font)
            painter.setPen(QColor("black"))
            painter.drawText(QRectF(room.x(), top, room.width(), high), flags, line)
            painter.restore()
            top += high + 6

    def _remark(self, painter: QPainter, sheet: QRectF, dots: float) -> None:
        wish = self._wish
        if not wish.remark:
            return
        painter.save()
        painter.scale(dots, dots)
        font = QFont(wish.font)
        font.setPixelSize(8)
        painter.setFont(font)
        painter.setPen(QColor("black"))
        margin = QMarginsF(24, 0, 24, 4)
        flags = int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter)
        painter.drawText(sheet.translated(-sheet.topLeft()).marginsRemoved(margin), flags,
                         wish.remark)  # fmt: skip
        painter.translate(QPointF(sheet.width() / 2, sheet.height() / 2))
        painter.rotate(-50)
        font.setPixelSize(46)
        painter.setFont(font)
        painter.setPen(QColor(0, 0, 0, 26))
        reach = sheet.height()
        painter.drawText(
            QRectF(-reach / 2, -40, reach, 80), int(Qt.AlignmentFlag.AlignCenter), wish.across
        )
        painter.restore()


def _lay_strips(painter: QPainter, image: QImage, band: Rect) -> None:
    """A band strip by strip: between two of them other threads go on."""
    rows = max(1, STRIP_PIXELS // max(1, image.width()))
    high = (band.y1 - band.y0) / max(1, image.height())
    for first in range(0, image.height(), rows):
        count = min(rows, image.height() - first)
        strip = image.copy(0, first, image.width(), count)
        painter.drawImage(QRectF(0, band.y0 + first * high, band.x1, count * high), strip)


def _washed(image: QImage, band: Rect, washes: Sequence[Coloured]) -> QImage:
    """A copy of a band with what darkens it."""
    copy = image.copy()
    painter = QPainter(copy)
    painter.scale(copy.width() / (band.x1 - band.x0), copy.height() / (band.y1 - band.y0))
    painter.translate(-band.x0, -band.y0)
    for mark, colours in washes:
        paint_mark(painter, mark, colours)
    painter.end()
    return copy


def area_of(size: Size, marks: Sequence[Coloured]) -> Rect:
    """The page, and what was written beside it."""
    boxes = [bounds(mark.shape) for mark, _ in marks]
    return Rect(
        min([0.0, *(box.x0 for box in boxes)]),
        min([0.0, *(box.y0 for box in boxes)]),
        max([size.width, *(box.x1 for box in boxes)]),
        max([size.height, *(box.y1 for box in boxes)]),
    )
