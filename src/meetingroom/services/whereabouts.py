"""Where this office's hub was and may be: addresses a device keeps, beside what it finds."""

import msgspec

from meetingroom.domain.errors import MeetingError
from meetingroom.services import news
from meetingroom.services.desk import Desk

PLACES, LAST = "hub-places", "hub-last-place"
MOST = 32
AGAIN_SECONDS = (5.0, 30.0, 300.0)


class Whereabouts:
    """Addresses as people type them, the likeliest first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._round = 0  # a new one with every change of the connection
        self._last = (desk.log.value(LAST) or b"").decode()
        raw = desk.log.value(PLACES)
        self._places: list[str] = msgspec.json.decode(raw, type=list[str]) if raw else []
        desk.listen(self._on_news)

    def known(self) -> list[str]:
        """Where it was last, where it was when this computer joined, where it may be one day."""
        profile = self._desk.profile.address
        rows = (self._last, profile, *self._places)
        return list(dict.fromkeys(row for row in rows if row))

    def found(self, address: str) -> None:
        """The hub is there now, as this computer knows first."""
        self._last = address
        self._desk.log.set_value(LAST, address.encode())

    def _on_news(self, what: news.News) -> None:
        if not isinstance(what, news.LinkNews):
            return
        self._round += 1
        if what.change.state == "online":
            if what.change.address and what.change.address != self._last:
                self.found(what.change.address)
            self._ask(self._round, list(AGAIN_SECONDS))

    def _ask(self, now: int, waits: list[float]) -> None:
        """Ask, and again: a standby may come to be one after this computer came."""
        if now == self._round:
            self._desk.ask("hub.places", {}).add_done_callback(self._on_places)
            rest = waits[1:] or waits
            self._desk.errands.later(waits[0], lambda: self._ask(now, rest))

    def _on_places(self, answer: object) -> None:
        try:
            told = answer.result()["places"]  # type: ignore[attr-defined]
        except MeetingError:
            return
        places = [str(row) for row in told[:MOST]]
        if places != self._places:
            self._places = places
            self._desk.log.set_value(PLACES, msgspec.json.encode(places))
