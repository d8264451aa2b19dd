"""The pages of a meeting's steps: each made when first wanted, or in a quiet moment before."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from meetingroom.ui.context import DeskContext
from meetingroom.ui.secretary.agenda_editor import AgendaEditor
from meetingroom.ui.secretary.check_list import CheckList
from meetingroom.ui.secretary.collected import Collected
from meetingroom.ui.secretary.follow_up import FollowUp
from meetingroom.ui.secretary.information import Information
from meetingroom.ui.secretary.issue_page import IssuePage
from meetingroom.ui.secretary.people_picker import PeoplePicker

PAUSE_MS = 40


def _issue_page(context: DeskContext) -> QWidget:
    page = IssuePage()
    page.look_with(context)
    return page


MAKERS: dict[str, Callable[[DeskContext], QWidget]] = {
    "info": lambda _context: Information(),
    "agenda": lambda _context: AgendaEditor(),
    "people": lambda _context: PeoplePicker(),
    "check": lambda _context: CheckList(),
    "issue": _issue_page,
    "follow": FollowUp,
    "collect": lambda _context: Collected(),
}


class StepPages(QObject):
    """`pages[key]` is a step's page; `adopt` gets each once, when it is made."""

    def __init__(
        self, parent: QObject, adopt: Callable[[str, Any], None], context: DeskContext
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._adopt = adopt
        self._made: dict[str, QWidget] = {}
        self._quiet = QTimer(self)
        self._quiet.setInterval(PAUSE_MS)
        self._quiet.timeout.connect(self._make_one)
        self._quiet.start()

    def __getitem__(self, key: str) -> Any:
        if key not in self._made:
            self._made[key] = MAKERS[key](self._context)
            self._adopt(key, self._made[key])
        return self._made[key]

    def _make_one(self) -> None:
        missing = [key for key in MAKERS if key not in self._made]
        if missing:
            self[missing[0]]
        if len(missing) < 2:
            self._quiet.stop()
