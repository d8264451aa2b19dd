"""What the room's displays could not do, in words: shown to who leads, never to the room."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.faults import Fault
from meetingroom.domain.meeting import Meeting
from meetingroom.sentences import sentence
from meetingroom.ui.controls import GradualRows, IconLabel, Label
from meetingroom.ui.stage.moments import local
from meetingroom.wording import tr

_WORDS: dict[str, Callable[[], str]] = {
    "display.paper_away": lambda: tr(
        "Paper {paper} is not on the display's computer yet; the room sees its title. "
        "It shows by itself once it has come."
    ),
    "display.page_failed": lambda: tr(
        "Page {page} of paper {paper} cannot be drawn there; the room sees the paper's title. "
        "Go to another page."
    ),
    "display.too_old": lambda: tr(
        "The program on the display's computer is older than this one and cannot show "
        "everything. Update it after the meeting."
    ),
    "display.screen_lost": lambda: tr(
        "The large screen is unplugged. The picture comes back by itself once its cable is in."
    ),
    "display.may_sleep": lambda: tr(
        "The display's computer may fall asleep. Touch it now and then, or turn off sleeping in "
        "its settings."
    ),
    "display.passcode_away": lambda: tr(
        "The display cannot get the passcode from the hub. It tries again; read it out if need be."
    ),
    "display.refused": lambda: tr(
        "The hub did not take what was pressed on the display. Try it from here."
    ),
    "display.call_unsafe": lambda: tr(
        "The display did not open the online meeting: its address may not be what it seems. "
        "Look at it under “Online” here."
    ),
    "call.not_opened": lambda: tr(
        "The display could not open the online meeting: no program there takes its address."
    ),
    "store.full": lambda: tr(
        "The disk of the display's computer is full. The meeting goes on; free some space there."
    ),
    "display.bug": lambda: tr(
        "The display's program met a fault of its own and goes on. Start it again in a break."
    ),
}


def fault_words(fault: Fault, meeting: Meeting, directory: Directory) -> str:
    """One fault as a sentence: which display, since when, what to do."""
    make = _WORDS.get(fault.code)
    said = make() if make is not None else sentence(fault.code)
    said = said.replace("{paper}", meeting.number_of(fault.paper))
    said = said.replace("{page}", str(fault.page + 1))
    room = directory.rooms.get(fault.room)
    return f"{local(fault.at):%H:%M}  {room.name if room else fault.room}: {said}"


class DisplayFaults(GradualRows):
    """A row for each fault that is not over, the newest first; nothing where all is well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_row, 6, parent)

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """The faults of now."""
        faults = sorted(meeting.faults.values(), key=lambda one: one.at, reverse=True)
        rows = [(one, fault_words(one, meeting, directory)) for one in faults]
        self.show_rows([(f"{one.room} {one.code}", words) for one, words in rows])


def _row(words: str) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(IconLabel("triangle-alert", "attention", 18), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Label(words, "body", "attention", wraps=True), 1)
    return row
