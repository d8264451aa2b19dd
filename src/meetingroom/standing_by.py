"""Joins the rooms for a computer that may go on as the hub, or whose person may have it so."""

import logging
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from meetingroom.domain.errors import CallError, MeetingError
from meetingroom.domain.records import SignedRecord
from meetingroom.hub_process import has_hub
from meetingroom.services.desk import Desk
from meetingroom.services.opening import Offer, Sign
from meetingroom.services.standby import Standby
from meetingroom.services.standbys import StandbyAt
from meetingroom.services.taking_over import StandbyKnown, TakingOver
from meetingroom.services.whereabouts import Whereabouts
from meetingroom.settings import read_settings
from meetingroom.store.keys import SystemSecrets, write_private
from meetingroom.store.old_hub import OldHubs
from meetingroom.store.standby_store import SqliteStandbyStore

if TYPE_CHECKING:
    from meetingroom.network.addresses import Address
    from meetingroom.network.handover import Doorstep
    from meetingroom.network.link import HubLink
    from meetingroom.succession import Heir

log = logging.getLogger(__name__)
SEARCH_SECONDS, SEARCH_AGAIN = 2.0, 4.0


class StandingBy:
    """Of one desk. What talks to other computers is loaded when it is first needed."""

    def __init__(self, desk: Desk, data: Path, secrets: SystemSecrets) -> None:
        self._desk, self._data = desk, data
        self._store = SqliteStandbyStore(data / "standby")
        self._doorstep: Doorstep | None = None
        self._made_heir: Heir | None = None
        self.whereabouts = Whereabouts(desk)
        self.standby = Standby(desk, self._store, lambda: has_hub(data))
        self.standby.reach = self._reach
        self.taking_over = TakingOver(
            desk,
            self.standby,
            secrets,
            open_here=self._open_here,
            hand_over=self._hand_over,
            found=self._found,
        )
        desk.old_hub = OldHubs(data)
        self._seen: list[Address] = []
        self._searching: threading.Thread | None = None
        self._searched_at = 0.0
        desk.before_closing(self._close)

    # --- where the hub is -----------------------------------------------------------------

    def addresses(self) -> "list[Address]":
        """Known places at once; the LAN is searched beside them, and what is found comes next."""
        # Only who looks around the LAN pays for what it takes.
        from meetingroom.network.addresses import address_of  # noqa: PLC0415

        known = [address_of(text) for text in self.whereabouts.known()]
        is_lost = self._desk.link_state.problem not in ("", "link.lost")
        if not known:
            self._search()
        elif is_lost and not self._is_searching():
            self._searching = threading.Thread(target=self._search, name="search", daemon=True)
            self._searching.start()
        return list(dict.fromkeys((*known, *self._seen)))

    def _is_searching(self) -> bool:
        is_running = self._searching is not None and self._searching.is_alive()
        return is_running or time.monotonic() - self._searched_at < SEARCH_AGAIN

    def _search(self) -> None:
        from meetingroom.network.discovery import find_hubs  # noqa: PLC0415

        found = [hub.address for hub in find_hubs(SEARCH_SECONDS, self._desk.profile.office)]
        self._searched_at = time.monotonic()
        is_new = not set(found) <= set(self._seen)
        self._seen = found
        if is_new:
            self._hurry()

    def _hurry(self) -> None:
        link: HubLink | None = self._desk.link  # type: ignore[assignment]
        if link is not None and hasattr(link, "hurry"):
            link.hurry()

    def _found(self, address: str) -> None:
        self.whereabouts.found(address)
        self._hurry()

    # --- being the standby ------------------------------------------------------------------

    def begin(self, key: bytes, known_epoch: int) -> Offer:
        """Somebody came with the key. Raises CallError while the hub is there for this computer."""
        if self._desk.link_state.state == "online":
            raise CallError("standby.hub_there")
        return self._heir().begin(key, known_epoch)

    def finish(self, record: SignedRecord) -> int:
        port = self._heir().finish(record)
        self._found(f"127.0.0.1:{port}")
        return port

    def give_up(self) -> None:
        self._heir().give_up()

    def _heir(self) -> "Heir":
        from meetingroom.succession import Heir  # noqa: PLC0415 - seldom, and heavy

        if self._made_heir is None:
            self._made_heir = Heir(self._data, self._store, self._desk.profile.device)
        return self._made_heir

    def _reach(self) -> StandbyAt | None:
        """Listen for the key; where that is."""
        from meetingroom.network.discovery import own_addresses  # noqa: PLC0415
        from meetingroom.succession import free_hub_port  # noqa: PLC0415

        if self._doorstep is None:
            try:
                self._doorstep = self._open_doorstep()
            except MeetingError as error:
                log.warning("nobody can bring the key here: %s", error)
                return None
        return StandbyAt(
            addresses=tuple(own_addresses()),
            port=self._doorstep.port,
            tls=self._doorstep.tls,
            hub_port=free_hub_port(read_settings(self._data).hub_port),
        )

    def _open_doorstep(self) -> "Doorstep":
        from meetingroom.network.certificates import new_certificate  # noqa: PLC0415
        from meetingroom.network.handover import Doorstep  # noqa: PLC0415

        pem, private, _ = new_certificate()
        certificate, key = (self._data / "standby" / name for name in ("door.crt", "door.key"))
        write_private(certificate, pem)
        write_private(key, private)
        doorstep = Doorstep(self, certificate, key)
        doorstep.start()
        return doorstep

    # --- pressing ---------------------------------------------------------------------------

    def _open_here(self, key: bytes, epoch: int, sign: Sign) -> str:
        if self._desk.link_state.state == "online":
            raise CallError("standby.hub_there")
        heir = self._heir()
        try:
            port = heir.finish(sign(heir.begin(key, epoch)))
        finally:
            heir.give_up()
        return f"127.0.0.1:{port}"

    def _hand_over(self, to: StandbyKnown, key: str, epoch: int, sign: Sign) -> str:
        from meetingroom.network.handover import hand_over  # noqa: PLC0415

        return hand_over(list(to.addresses), to.port, to.tls, key, epoch, sign).url

    def _close(self) -> None:
        if self._doorstep is not None:
            self._doorstep.stop()
