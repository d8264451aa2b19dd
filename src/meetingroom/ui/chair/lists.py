"""The lists of the console: a tab each, in the order of the table."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.context import DeskContext

Do = Callable[["Future[Any]"], None]
"""Wait for an errand; a known error is said in the console's quiet bar."""


class ConsoleList(Protocol):
    """What a list of the console can do; it leads through the context's services."""

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """Show the meeting as it stands; called when something changed and it is seen."""
        ...


@dataclass(frozen=True)
class ListTab:
    """One more list: how it is called, made, and counted on its tab ("" for no count)."""

    key: str
    words: Callable[[], str]
    make: Callable[[DeskContext, Do], QWidget]
    count: Callable[[Meeting], str] = lambda _meeting: ""
