"""Watches the room's picture: what it cannot show goes to the consoles, never to the room."""

from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

from meetingroom.domain.errors import MeetingError
from meetingroom.services.room_faults import RoomFaults
from meetingroom.ui.context import DeskContext
from meetingroom.ui.stage.canvas import StageCanvas

LOOK_MS = 2000
LASTS_MS = 120_000  # a fault of one moment stays on the consoles so long
PATIENCE = 2  # looks: a paper that only just opens is no fault
KNOWN = frozenset(
    {"lobby", "item", "paper", "speaker", "vote", "result", "opinion", "online", "break",
     "black", "next"}
)  # fmt: skip


class What(NamedTuple):
    """What a fault is about."""

    paper: str = ""
    page: int = -1


class Faults(QObject):
    """The display's faults of now, told to the meeting that is shown."""

    def __init__(self, context: DeskContext, canvas: StageCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._service = RoomFaults(context.desk)
        self._lasting: dict[str, What] = {}
        self._moments: dict[str, QTimer] = {}
        self._seen: dict[str, What] = {}
        self._told: dict[str, What] = {}
        self._meeting = ""
        self._waited = 0
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.look)
        self._look.start()
        canvas.scene_failed.connect(lambda: self.moment("display.bug"))
        bridge = context.bridge
        bridge.problem_arose.connect(self.on_problem)
        bridge.bug_found.connect(lambda _words: self.moment("display.bug"))

    def arise(self, code: str) -> None:
        """Something that lasts until `end`."""
        self._lasting[code] = What()
        self.tell()

    def end(self, code: str) -> None:
        """It works again."""
        self._lasting.pop(code, None)
        self.tell()

    def moment(self, code: str) -> None:
        """Something that went wrong once."""
        timer = self._moments.get(code)
        if timer is None:
            timer = self._moments[code] = QTimer(self)
            timer.setSingleShot(True)
            timer.setInterval(LASTS_MS)
            timer.timeout.connect(lambda: self._forget(code))
        timer.start()
        self.tell()

    def _forget(self, code: str) -> None:
        self._moments.pop(code).deleteLater()
        self.tell()

    def on_problem(self, error: MeetingError) -> None:
        """A known error that no caller waits for."""
        self.moment(error.code)

    def look(self) -> None:
        """Compare what should be seen with what can be."""
        seen = seen_faults(self._canvas)
        if seen == self._seen:
            self._waited += 1
        else:
            self._seen, self._waited = seen, 0
        self.tell()

    def tell(self) -> None:
        """Tell what is new, take back what is over."""
        meeting = self._canvas.meeting_id
        if meeting != self._meeting:
            self._meeting, self._told = meeting, {}
            folded = self._canvas.meeting
            me = self._service.room
            if folded is not None:  # of a run before this one
                mine = [fault for (room, _), fault in folded.faults.items() if room == me]
                self._told = {fault.code: What(fault.paper, fault.page) for fault in mine}
        now = dict(self._lasting) | dict.fromkeys(self._moments, What())
        now |= self._seen if self._waited >= PATIENCE else _still(self._seen, self._told)
        if not meeting:
            return
        for code in self._told.keys() - now.keys():
            self._service.take_back(meeting, code)
        for code, what in now.items():
            if self._told.get(code) != what:
                self._service.tell(meeting, code, what.paper, what.page)
        self._told = now


def _still(seen: dict[str, What], told: dict[str, What]) -> dict[str, What]:
    """What was told and is still so: a change is waited for, an old fault not taken back."""
    return {code: told[code] for code in seen if code in told}


def seen_faults(canvas: StageCanvas) -> dict[str, What]:
    """What the picture lacks just now."""
    meeting = canvas.meeting
    if meeting is None:
        return {}
    found: dict[str, What] = {}
    if meeting.needs_update or meeting.scene.scene not in KNOWN:
        found["display.too_old"] = What()
    if canvas.online.lacks_passcode:
        found["display.passcode_away"] = What()
    paper = canvas.shown_paper()
    if meeting.scene.scene != "paper" or paper is None:
        return found
    stage = canvas.stage()
    blob, page = stage.blob or paper.current.blob, stage.page
    if canvas.pages.is_away(blob):
        found["display.paper_away"] = What(paper.paper)
    elif canvas.pages.failure(blob, page) is not None:
        found["display.page_failed"] = What(paper.paper, page)
    return found
