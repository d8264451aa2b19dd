"""Papers opened ahead: whoever chooses one finds it open."""

from PySide6.QtCore import QObject, QTimer

from meetingroom.domain.meeting import Meeting
from meetingroom.ui.stage.pages import StagePages

PAUSE_MS = 60


class OpeningAhead(QObject):
    """Opens a meeting's papers one after another, in reading order, between other work."""

    def __init__(self, pages: StagePages) -> None:
        super().__init__(pages)
        self._pages = pages
        self._wanted: list[str] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._open_one)
        pages.shape_known.connect(self._go_on)

    def show_meeting(self, meeting: Meeting) -> None:
        """These papers may be chosen next; nothing is opened before a page of them is shown."""
        self._wanted = [paper.current.blob for paper in meeting.in_reading_order()]

    def _go_on(self, _blob: str) -> None:
        self._pause.start()

    def _open_one(self) -> None:
        """The next one not open yet; when it is, `shape_known` comes here again."""
        while self._wanted:
            blob = self._wanted.pop(0)
            if self._pages.shape(blob) is None:
                self._pages.size(blob, 0)
                return
