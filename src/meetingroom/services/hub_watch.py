"""How the hub is, for a desk's screens: whether it was restored and waits, and "go on"."""

import threading
from concurrent.futures import Future

import msgspec

from meetingroom.domain.errors import MeetingError
from meetingroom.services import news
from meetingroom.services.desk import Desk

AGAIN_SECONDS = 2.0


class HubCondition(msgspec.Struct, frozen=True, kw_only=True):
    """What the hub said last: records that came back to it, and how many devices of all told
    what they have."""

    restoring: bool = False
    came_back: int = 0
    heard: int = 0
    devices: int = 0


class HubWatch:
    """Asks on every connection, and again while the hub was restored and waits."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._timer: threading.Timer | None = None
        self._is_over = False
        self.condition = HubCondition()
        desk.listen(self._on_news)
        desk.before_closing(self._stop)

    @property
    def may_go_on(self) -> bool:
        """Whether this person may say that a restored hub takes new records again."""
        person = self._desk.directory.people.get(self._desk.person)
        return person is not None and bool({"secretary", "administrator"} & {*person.rights})

    def go_on(self) -> "Future[dict[str, object]]":
        """A restored hub has back what it will get. Fails with RefusedError, LinkError."""
        answer = self._desk.ask("hub.go_on", {})
        answer.add_done_callback(lambda _answer: self._ask())
        return answer

    def _on_news(self, what: news.News) -> None:
        if isinstance(what, news.LinkNews) and what.change.state == "online":
            self._ask()

    def _ask(self) -> None:
        if not self._is_over:
            self._desk.ask("hub.status", {}).add_done_callback(self._on_status)

    def _on_status(self, answer: "Future[dict[str, object]]") -> None:
        try:
            told = answer.result()
        except MeetingError:
            return  # it is asked again on the next connection
        names = HubCondition.__struct_fields__
        row = {name: value for name, value in told.items() if name in names}
        condition = msgspec.convert(row, HubCondition)
        if condition != self.condition:
            self.condition = condition
            self._desk.announce(news.HubNews())
        if condition.restoring and not self._is_over:
            self._timer = threading.Timer(AGAIN_SECONDS, self._ask)
            self._timer.daemon = True
            self._timer.start()

    def _stop(self) -> None:
        self._is_over = True
        if self._timer is not None:
            self._timer.cancel()
