"""What the online scene shows beside the meeting: its buttons, and the passcode on request."""

import time
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from meetingroom.domain.entrance import Entrance, read_entrance
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.ids import is_room
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_day import shown_link, shows_passcode
from meetingroom.domain.ruling import leads
from meetingroom.services.calling import Ways
from meetingroom.ui.context import DeskContext
from meetingroom.ui.stage import moments
from meetingroom.ui.stage.online_scene import OnlineShown
from meetingroom.ui.stage.online_words import know_title
from meetingroom.wording import tr

AGAIN_SECONDS = 3.0


class OnlineOnStage(QObject):
    """Fetches the passcode while the scene wants it and forgets it with the scene: no record,
    no log and no file of this computer has it."""

    def __init__(self, context: DeskContext, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._context, self._canvas = context, canvas
        self._name: str = ""
        self._entrance: Entrance | None = None
        self._next = 0.0
        self._asked: set[str] = set()
        self.ways: dict[str, Ways] = {}
        """How each address would be opened here, as far as it is known yet."""
        self.opens_at: datetime | None = None
        """When this display enters the call by itself."""
        self.is_counting = False
        """Whether it is about to, and can still be told not to."""

    def shown(self, meeting: Meeting, *, offers: bool) -> OnlineShown:
        """What to paint now; `offers` is whether this screen may act."""
        link = shown_link(meeting)
        passcode = self._passcode(meeting, link)
        address = ""
        if link is not None and link.is_for_all and passcode and self._entrance is not None:
            address = self._entrance.address
        return OnlineShown(
            acts=self._acts(link) if offers and link is not None else (),
            passcode=passcode,
            address=address,
            opens_at=self.opens_at,
            is_warned=link is not None and self._is_warned(link.url),
        )

    def _is_warned(self, url: str) -> bool:
        """Also while it is not known yet."""
        if self._context.calling is None:
            return False
        return url not in self.ways or bool(self.ways[url].warnings)

    def look(self, meeting: Meeting) -> None:
        """Ask once of each link what the service is called, and what warns of its address."""
        calling = self._context.calling
        for link in meeting.issued.links if meeting.issued and calling is not None else ():
            if link.url and link.url not in self._asked and calling is not None:
                self._asked.add(link.url)
                asked = calling.ways(link)
                self._context.bridge.when_done(asked, self._know, lambda _error: None)

    def _know(self, ways: Ways) -> None:
        know_title(ways.address, ways.service)
        if isValid(self):
            self.ways[ways.address] = ways
            self._canvas.update()

    def _acts(self, link: OnlineLink) -> tuple[str, ...]:
        offered = {"join": link.url, "passcode": link.secret, "later": self.is_counting}
        return tuple(act for act, is_so in offered.items() if is_so)

    def _passcode(self, meeting: Meeting, link: OnlineLink | None) -> str | None:
        """ "" until it is here, None where the room is to see none."""
        is_wanted = shows_passcode(meeting.scene, moments.now())
        may = is_room(self._context.me) or leads(self._context.me, meeting)
        if link is None or not link.secret or not is_wanted or not may:
            self._name, self._entrance = "", None
            return None
        if link.secret != self._name:
            self._name, self._entrance, self._next = link.secret, None, 0.0
        if self._entrance is None and time.monotonic() >= self._next:
            self._next = time.monotonic() + AGAIN_SECONDS
            self._ask(link.secret, link.url)
        if self._entrance is None:
            return ""
        return self._entrance.to_type or tr("none", "of passcodes")

    @property
    def lacks_passcode(self) -> bool:
        """Whether the room is to see it and it is not here."""
        return bool(self._name) and self._entrance is None

    def _ask(self, name: str, plain: str) -> None:
        asked = self._context.desk.ask("secret.get", {"name": name})
        self._context.bridge.when_done(
            asked, lambda answer: self._take(name, plain, answer), lambda _error: None
        )

    def _take(self, name: str, plain: str, answer: dict[str, Any]) -> None:
        if isValid(self) and name == self._name:
            self._entrance = read_entrance(str(answer["secret"]), plain)
            self._canvas.update()
