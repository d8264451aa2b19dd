"""Papers opened ahead, each at the page it would show: whoever chooses one does not wait."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from meetingroom.domain.geometry import Size
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.stage.pages import KEPT_BYTES, StagePages

PAUSE_MS = 60
MOST_BYTES = KEPT_BYTES // 3  # the rest is for the pages around where one reads


class OpeningAhead(QObject):
    """Opens a meeting's papers one after another, in reading order, between other work.

    `width_of` tells how wide a page of a size is shown, in device pixels.
    """

    def __init__(self, pages: StagePages, width_of: Callable[[Size], int]) -> None:
        super().__init__(pages)
        self._pages, self._width_of = pages, width_of
        self._wanted: list[tuple[str, int]] = []
        self._bytes = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._open_one)
        pages.page_ready.connect(self._go_on)

    def show_meeting(self, meeting: Meeting, places: dict[str, int]) -> None:
        """These papers may be chosen next, at these pages (paper → page, from 0)."""
        self._bytes = 0
        self._wanted = [
            (paper.current.blob, places.get(paper.paper, 0)) for paper in meeting.in_reading_order()
        ]

    def _go_on(self, *_what: object) -> None:
        if self._wanted and not self._pause.isActive():
            self._pause.start()

    def _open_one(self) -> None:
        """Ask for the next paper, or for its page once it is open; then pause again."""
        if not self._wanted:
            return
        blob, page = self._wanted[0]
        is_known = self._pages.shape(blob) or self._pages.failure(blob, page)
        if is_known is None and not self._pages.is_away(blob):
            self._pages.size(blob, page)
        else:
            del self._wanted[0]
            if self._bytes < MOST_BYTES:  # the others are open at least
                self._bytes += self._pages.have_ready(blob, page, self._width_of)
        self._pause.start()
