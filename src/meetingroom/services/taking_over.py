"""Taking over the hub: the key on the device of who may, and the one press."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import msgspec

from meetingroom.domain.errors import CallError, MeetingError, RefusedError, StoreError
from meetingroom.domain.ids import OFFICE
from meetingroom.domain.ports import Secrets
from meetingroom.domain.records import SignedRecord
from meetingroom.domain.succession import may_take_over, right_to_take_over
from meetingroom.services import news
from meetingroom.services.desk import Desk
from meetingroom.services.errands import Errands
from meetingroom.services.opening import Offer, Sign
from meetingroom.services.standby import Standby

log = logging.getLogger(__name__)
SECRET = "takeover-key"  # noqa: S105 - the name it is kept under
AGAIN_SECONDS, SOON_SECONDS = 60.0, 5.0


class StandbyKnown(msgspec.Struct, frozen=True, kw_only=True):
    """A standby as the hub told of it."""

    device: str
    principal: str
    addresses: tuple[str, ...]
    port: int
    tls: str
    hub_port: int


class KeyHere(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept in the keyring of who may take over."""

    name: str
    key: str
    standbys: tuple[StandbyKnown, ...] = ()


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A computer the hub can go to."""

    device: str
    principal: str
    is_here: bool


OpenHere = Callable[[bytes, int, Sign], str]
HandOver = Callable[[StandbyKnown, str, int, Sign], str]


class TakingOver:
    """`open_here` and `hand_over` open the hub; they tell its address as people type it."""

    def __init__(
        self,
        desk: Desk,
        standby: Standby,
        secrets: Secrets,
        *,
        open_here: OpenHere,
        hand_over: HandOver,
        found: Callable[[str], None],
    ) -> None:
        self._desk, self._standby, self._secrets = desk, standby, secrets
        self._open_here, self._hand_over, self._found = open_here, hand_over, found
        self._errands = Errands("takeover")
        self.is_offered = False
        """Whether a bar offers to move the hub now: no other one need tell that it is away."""
        self._round = 0
        self._kept: KeyHere | None = None
        self._is_read = False
        self._is_soon = False
        desk.listen(self._on_news)
        desk.before_closing(self._close)

    # --- what is seen -----------------------------------------------------------------------

    @property
    def may(self) -> bool:
        """Whether this person may take the hub over, as far as this computer knows."""
        return may_take_over(self._desk.person, self._desk.directory, self._desk.meetings.values())

    def targets(self) -> "Future[list[Target]]":
        """Where the hub can go: this computer first."""
        return self._errands.run(self._targets)

    def take_over(self, device: str) -> "Future[str]":
        """The one press: the hub goes on at this standby. Its address.

        Fails with LinkError, RefusedError, StoreError, CallError.
        """
        return self._errands.run(lambda: self._take_over(device))

    # --- inside -----------------------------------------------------------------------------

    def _targets(self) -> list[Target]:
        kept = self._key()
        if kept is None or not self.may:
            return []
        me = self._desk.profile.device
        rows = [
            Target(device=row.device, principal=row.principal, is_here=row.device == me)
            for row in kept.standbys
            if row.device != me or self._standby.has_copy
        ]
        return sorted(rows, key=lambda row: not row.is_here)

    def _take_over(self, device: str) -> str:
        kept = self._key()
        known = next((row for row in kept.standbys if row.device == device), None) if kept else None
        if kept is None or known is None:
            raise CallError("standby.none")
        followed = self._desk.followed()
        epoch = followed.rank[0] if followed is not None else 0
        if device == self._desk.profile.device:
            address = self._open_here(bytes.fromhex(kept.key), epoch, self._sign)
        else:
            address = self._hand_over(known, kept.key, epoch, self._sign)
        self._found(address)
        return address

    def _sign(self, offer: Offer) -> SignedRecord:
        desk = self._desk
        right = right_to_take_over(desk.person, desk.directory, desk.meetings.values())
        fact = msgspec.structs.replace(offer.fact, meeting=right or "")
        return desk.author.write(OFFICE, fact)

    def _key(self) -> KeyHere | None:
        if not self._is_read:
            raw = self._secrets.get(SECRET)
            self._kept = msgspec.json.decode(raw, type=KeyHere) if raw else None
            self._is_read = True
        return self._kept

    # --- the key ----------------------------------------------------------------------------

    def _on_news(self, what: news.News) -> None:
        if isinstance(what, news.LinkNews):
            self._round += 1
            if what.change.state == "online":
                now = self._round
                self._errands.run(lambda: self._fetch(now, SOON_SECONDS))
        elif isinstance(what, news.MeetingChanged) and self._kept is None:
            self._fetch_soon()

    def _fetch_soon(self) -> None:
        """Somebody may take over since the meeting just issued: not a minute later."""
        if self._is_soon or not self._is_read or not self.may:
            return
        self._is_soon = True
        self._round += 1
        now = self._round
        self._errands.later(1.0, lambda: self._fetch(now, SOON_SECONDS))

    def _fetch(self, now: int, again: float) -> None:
        """Ask for the key where this person may have it; standbys may tell where they are later."""
        self._is_soon = False
        if now != self._round:
            return
        try:
            if self.may:
                self._keep(self._desk.ask("takeover.key", {}).result(15))
            elif self._key() is not None:
                self._forget()
        except RefusedError:
            self._forget()
        except (MeetingError, TimeoutError) as error:
            log.info("the key for a takeover is not known: %s", error)
        self._errands.later(again, lambda: self._fetch(now, AGAIN_SECONDS))

    def _keep(self, answer: dict[str, Any]) -> None:
        new = msgspec.convert(answer, KeyHere)
        if new == self._key():
            return
        try:
            self._secrets.set(SECRET, msgspec.json.encode(new).decode())
        except StoreError as error:
            log.warning("the key for a takeover cannot be kept: %s", error)
        self._kept = new
        self._desk.announce(news.HubNews())

    def _forget(self) -> None:
        if self._key() is not None:
            self._secrets.set(SECRET, None)
            self._kept = None
            self._desk.announce(news.HubNews())

    def _close(self) -> None:
        self._round += 1
        self._errands.close()
