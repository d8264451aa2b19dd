"""A hub looks for one that took over from it: at known places, and on the LAN."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable

from websockets.exceptions import WebSocketException

from meetingroom.domain.errors import MeetingError
from meetingroom.network import protocol as wire
from meetingroom.network.addresses import Address, address_of, dial
from meetingroom.network.discovery import find_hubs

log = logging.getLogger(__name__)
SECONDS, SEARCH_SECONDS = 2.0, 2.0
SOON, LATER, OFTEN = 10.0, 60.0, 6  # at first often: who was away comes back to what has changed
Told = Callable[[str, bytes], bool]


class Lookout:
    """Asks whoever answers for its certificate, on a thread of its own, until `stop`."""

    def __init__(
        self, office: str, places: Callable[[], list[str]], told: Told, *, searches: bool
    ) -> None:
        self._office, self._places, self._told = office, places, told
        self._searches = searches
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lookout", daemon=True)

    def look_now(self) -> None:
        """At the known places only: quick, before a hub serves anybody."""
        asyncio.run(self._ask_all([address_of(place) for place in self._places()]))

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._is_over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _run(self) -> None:
        rounds = 0
        while not self._is_over.wait(SOON if rounds < OFTEN else LATER):
            rounds += 1
            addresses = [address_of(place) for place in self._places()]
            if self._searches:
                addresses += [hub.address for hub in find_hubs(SEARCH_SECONDS, self._office)]
            asyncio.run(self._ask_all(list(dict.fromkeys(addresses))))

    async def _ask_all(self, addresses: list[Address]) -> None:
        await asyncio.gather(*(self._ask(address) for address in addresses))

    async def _ask(self, address: Address) -> None:
        with contextlib.suppress(MeetingError, TimeoutError, WebSocketException, OSError):
            async with asyncio.timeout(SECONDS):
                connection = await dial(address, "/device", SECONDS)
                try:
                    hello = wire.decode(await connection.recv())
                finally:
                    await connection.close()
            if isinstance(hello, wire.Hello) and hello.office == self._office:
                await asyncio.to_thread(self._told, hello.certificate, hello.signature)
