"""What a room's display could not do, told to who leads the meeting and to nobody else."""

import logging
from concurrent.futures import Future
from typing import Any

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.facts import DisplayFault
from meetingroom.domain.ids import CHAIR, SECRETARY, is_room
from meetingroom.services.desk import Desk

log = logging.getLogger(__name__)


class RoomFaults:
    """Kept as records: told once each, also where the hub is away just now."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._asked: set[str] = set()  # told by the hub's own word

    @property
    def room(self) -> str:
        """Whose faults these are."""
        return self._desk.person

    def tell(self, meeting: str, code: str, paper: str = "", page: int = -1) -> None:
        """Something does not work; from any thread, returns at once."""
        fault = DisplayFault(room=self._desk.person, code=code, paper=paper, page=page)
        self._desk.run(lambda: self._keep(meeting, fault))

    def take_back(self, meeting: str, code: str) -> None:
        """It works again."""
        fault = DisplayFault(room=self._desk.person, code=code, is_over=True)
        self._desk.run(lambda: self._keep(meeting, fault))

    def _keep(self, meeting: str, fault: DisplayFault) -> None:
        folded = self._desk.meeting(meeting)
        if folded is None or folded.issued is None or not is_room(self._desk.person):
            return
        if fault.is_over and fault.code in self._asked:
            self._asked.discard(fault.code)
            self._ask(meeting, fault)
            return
        known = folded.faults.get((fault.room, fault.code))
        is_known = known is not None and (known.paper, known.page) == (fault.paper, fault.page)
        if known is None if fault.is_over else is_known:
            return
        try:
            self._desk.write(meeting, fault, audience=(SECRETARY, CHAIR))
        except MeetingError as error:
            # A full disk, most likely: what cannot be kept here is said to the hub.
            log.info("a fault of this display is not kept here: %s (%s)", fault.code, error)
            if not fault.is_over:
                self._asked.add(fault.code)
            self._ask(meeting, fault)

    def _ask(self, meeting: str, fault: DisplayFault) -> None:
        body = {"meeting": meeting, "code": fault.code, "is_over": fault.is_over}
        self._desk.ask("display.fault", body).add_done_callback(_note)


def _note(answer: "Future[dict[str, Any]]") -> None:
    error = answer.exception()
    if error is not None:
        log.info("a fault of this display could not be told: %s", error)
