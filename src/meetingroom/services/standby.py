"""A computer that keeps a copy of the hub, sealed, so that it can go on with it one day."""

import base64
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from meetingroom.domain.errors import LinkError, MeetingError, RefusedError
from meetingroom.domain.ports import CopyState, StandbyStore
from meetingroom.domain.succession import standbys
from meetingroom.services import news
from meetingroom.services.desk import Desk
from meetingroom.services.doors import Wanted
from meetingroom.services.errands import Errands
from meetingroom.services.standbys import StandbyAt

log = logging.getLogger(__name__)
LOOK_SECONDS, RETRY_SECONDS = 2.0, 5.0
SOON_SECONDS = 0.2  # after news: what comes together is asked for together
ANSWER_SECONDS = 30.0
LAST = 1 << 20  # urgency: after everything this computer's own person reads
CHANGING = {"meeting_issued", "meeting_opened", "meeting_closed", "meeting_cancelled"}
SEALED = "standby"  # in place of a record: see the wire
Reach = Callable[[], StandbyAt | None]


class Standby:
    """Asks for what is new while the hub says that this computer is a standby.

    `reach` says where this computer is reached for a takeover, and begins to listen there; it
    is asked on this service's thread.
    """

    def __init__(self, desk: Desk, store: StandbyStore, is_hub_here: Callable[[], bool]) -> None:
        self._desk, self._store = desk, store
        self._is_hub_here = is_hub_here
        self.reach: Reach = lambda: None
        self._errands = Errands("standby")
        self._round = 0  # a new one with every connection: what was due for an older one is void
        self._is_named, self._looks_soon = False, False
        self._files: dict[str, int] = {}
        self._generation = ""
        desk.standby = self
        desk.listen(self._on_news)
        desk.before_closing(self.close)

    @property
    def is_named(self) -> bool:
        """Whether the hub said that this computer is a standby."""
        return self._is_named

    @property
    def is_whole(self) -> bool:
        """Whether every record the hub told of is here."""
        return self._store.state().is_whole

    @property
    def has_copy(self) -> bool:
        """Whether this computer could go on as the hub: what lacks, the others hand in."""
        return bool(self._store.state().generation)

    @property
    def store(self) -> StandbyStore:
        return self._store

    @property
    def missing(self) -> int:
        """How many sealed files are still to come."""
        return len(self.wanted())

    def close(self) -> None:
        self._round += 1
        self._errands.close()
        self._store.close()

    def clear(self) -> None:
        """Nothing of the copy stays here."""
        self._is_named, self._files = False, {}
        self._errands.run(self._store.clear)

    # --- asking ---------------------------------------------------------------------------

    def _on_news(self, what: news.News) -> None:
        if isinstance(what, news.LinkNews):
            self._round += 1
            if what.change.state == "online":
                self._begin(is_first=True)
        elif self._is_named and isinstance(what, news.DirectoryChanged | news.MeetingChanged):
            self._look_soon()
        elif isinstance(what, news.DirectoryChanged) or (
            isinstance(what, news.MeetingChanged) and CHANGING & what.kinds
        ):
            self._begin(is_first=False)

    def _begin(self, *, is_first: bool) -> None:
        if is_first or not self._is_named:
            self._round += 1
            now = self._round
            self._errands.run(lambda: self._look(now, is_first=is_first))

    def _look(self, now: int, *, is_first: bool = False) -> None:
        """Take what is new; again in a moment, as long as this connection lasts."""
        if now != self._round or self._is_hub_here():
            return
        if self._is_out():
            self._not_named()
            return
        try:
            has_new = self._take_all()
            if is_first or has_new or not self._is_named:
                self._take_files()
            if is_first or not self._is_named:
                self._say_where()
        except RefusedError:
            self._not_named()
            return
        except (MeetingError, TimeoutError) as error:
            log.info("the copy of the hub is not up to date: %s", error)
            self._errands.later(RETRY_SECONDS, lambda: self._look(now, is_first=True))
            return
        self._is_named = True
        self._errands.later(LOOK_SECONDS, lambda: self._look(now))

    def _look_soon(self) -> None:
        """Something was just written: what the copy lacks of the hub is what may be lost."""
        if not self._looks_soon:
            self._looks_soon = True
            now = self._round
            self._errands.later(SOON_SECONDS, lambda: self._look_between(now))

    def _look_between(self, now: int) -> None:
        self._looks_soon = False
        if now != self._round or self._is_hub_here():
            return
        try:
            if self._take_all():
                self._take_files()
        except (MeetingError, TimeoutError) as error:
            log.info("the copy of the hub is not up to date: %s", error)

    def _is_out(self) -> bool:
        """Whether this computer is no standby, as far as it knows the office itself: then the
        hub need not be asked."""
        directory, me = self._desk.directory, self._desk.profile.device
        is_known = me in directory.devices
        return is_known and me not in standbys(directory, self._desk.meetings.values())

    def _not_named(self) -> None:
        """Who is no standby (any more) keeps no copy."""
        self._is_named = False
        if self._store.state().generation:
            self._store.clear()

    def _take_all(self) -> bool:
        """Whether anything was new."""
        has_new = False
        while True:
            state = self._store.state()
            body = {"generation": state.generation, "after": state.after}
            answer = self._ask("standby.copy", body)
            rows, secrets = base64.b64decode(answer["rows"]), base64.b64decode(answer["secrets"])
            new = CopyState(
                generation=str(answer["generation"]),
                after=int(answer["after"]),
                is_whole=not answer["has_more"],
            )
            if new != state or rows:
                self._store.keep(new, rows, secrets)
                has_new = True
            if new.is_whole:
                return has_new

    def _take_files(self) -> None:
        answer = self._ask("standby.files", {"here": self._store.files()})
        self._generation = str(answer["generation"])
        self._files = {str(name): int(size) for name, size in answer["files"]}
        for name in self._store.files():
            if name not in self._files:
                self._store.remove(name)
        if self._desk.link is not None and self.wanted():
            self._desk.link.wake()

    def _say_where(self) -> None:
        at = self.reach()
        if at is not None:
            self._ask("standby.ready", msgspec.to_builtins(at))

    def _ask(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        if self._desk.link_state.state != "online":
            raise LinkError("link.offline")
        return self._desk.ask(name, body, ANSWER_SECONDS).result(ANSWER_SECONDS + 5)

    # --- files, as the desk's link fetches them ---------------------------------------------

    def owns(self, name: str) -> bool:
        """Whether a transfer is one of a sealed file."""
        return name in self._files

    def wanted(self) -> list[Wanted]:
        here = set(self._store.files()) if self._files else set()
        return [
            Wanted(blob=name, size=size, record=SEALED, stream="", urgency=LAST)
            for name, size in self._files.items()
            if name not in here
        ]

    def part(self, name: str) -> Path:
        return self._store.part(name)

    def arrived(self, name: str) -> None:
        self._store.finish(name)
