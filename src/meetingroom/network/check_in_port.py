"""Opens the check-in page's port while the setting wants it; without the port all goes on."""

import logging
import socket
import threading
from collections.abc import Callable

from meetingroom.network.check_in_page import Calendar, CheckInServer, no_calendar
from meetingroom.network.discovery import own_addresses
from meetingroom.services.phone_check_in import PhoneCheckIn

log = logging.getLogger(__name__)
LOOK_SECONDS = 5.0
FAR_AWAY = ("192.0.2.1", 9)  # an address for examples: nothing is sent there


def likely_addresses() -> list[str]:
    """This computer's addresses, the one that its usual way out goes from first."""
    known = own_addresses()
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.connect(FAR_AWAY)  # asks the table of ways only
            first = str(line.getsockname()[0])
    except OSError:
        return known  # a network without a way out
    return [first, *(one for one in known if one != first)] if first in known else known


class CheckInPort:
    """`is_wanted` is asked now and then, so that the switch works while the hub runs."""

    def __init__(
        self,
        phones: PhoneCheckIn,
        port: int,
        is_wanted: Callable[[], bool],
        calendar: Calendar = no_calendar,
    ) -> None:
        self._phones, self._port, self._is_wanted = phones, port, is_wanted
        self._calendar = calendar
        phones.addresses = likely_addresses
        self.server: CheckInServer | None = None
        self._has_told = False
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="check-in-port", daemon=True)

    def start(self) -> None:
        self.look()
        self._thread.start()

    def stop(self) -> None:
        self._is_over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)
        self._close()

    def look(self) -> None:
        """Open or close the port, as is wanted now."""
        if not self._is_wanted():
            self._close()
        elif self.server is None:
            self._open()

    def _watch(self) -> None:
        while not self._is_over.wait(LOOK_SECONDS):
            self.look()

    def _open(self) -> None:
        try:
            server = CheckInServer(
                self._phones,
                "0.0.0.0",  # noqa: S104 - the LAN
                self._port,
                self._calendar,
            )
        except (OSError, OverflowError) as error:
            if not self._has_told:
                log.info("no check-in by code, its port cannot be used: %s", error)
            self._has_told = True
            return
        server.start()
        self.server, self._has_told = server, False

    def _close(self) -> None:
        server, self.server = self.server, None
        if server is not None:
            server.stop()
