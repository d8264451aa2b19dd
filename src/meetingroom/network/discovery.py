"""Finding the hub on the LAN by mDNS: a hint only, the office's key decides."""

import logging
import threading
import time
from collections.abc import Callable

import ifaddr
import msgspec
from zeroconf import (
    Error,
    InterfaceChoice,
    IPVersion,
    ServiceBrowser,
    ServiceInfo,
    ServiceListener,
    Zeroconf,
)

from meetingroom.network.addresses import Address
from meetingroom.network.protocol import PROTOCOL

log = logging.getLogger(__name__)
SERVICE = "_meetingroom._tcp.local."
LOOPBACK = "127.0.0.1"
LOOK_AGAIN_SECONDS = 20.0
SETTLE_SECONDS = 0.3  # a second hub, or a second address of the first, may follow
MAX_HUBS = 32


class FoundHub(msgspec.Struct, frozen=True, kw_only=True):
    """A hub that announces itself."""

    office: str
    office_name: str
    address: Address


def own_addresses() -> list[str]:
    """IPv4 addresses others can reach this computer at; loopback where there is none."""
    found = {str(ip.ip) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4}
    # 169.254… is what a computer gives itself while no network answers it.
    far = sorted(ip for ip in found if not ip.startswith(("127.", "169.254.")))
    return far or [LOOPBACK]


def _open(addresses: list[str]) -> Zeroconf:
    return Zeroconf(
        interfaces=addresses if addresses != [LOOPBACK] else InterfaceChoice.All,
        ip_version=IPVersion.V4Only,
    )


class Announcer:
    """Announces a hub until `stop`, also after the computer's addresses change.

    Works in a thread of its own; a LAN without multicast is no error.
    """

    def __init__(
        self,
        office: str,
        office_name: str,
        port: int,
        addresses: Callable[[], list[str]] = own_addresses,
    ) -> None:
        self._office = office
        self._office_name = office_name
        self._port = port
        self._addresses = addresses
        self._is_over = threading.Event()
        self.is_announced = threading.Event()
        self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._is_over.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._is_over.is_set():
            addresses = self._addresses()
            zeroconf = self._announce(addresses)
            while not self._is_over.wait(LOOK_AGAIN_SECONDS):
                if zeroconf is None or self._addresses() != addresses:
                    break
            if zeroconf is not None:
                zeroconf.close()

    def _announce(self, addresses: list[str]) -> Zeroconf | None:
        try:
            zeroconf = _open(addresses)
        except OSError as error:
            log.info("the hub cannot be announced here: %s", error)
            return None
        try:
            zeroconf.register_service(self._info(addresses), allow_name_change=True)
        except (OSError, Error) as error:
            log.info("the hub cannot be announced here: %s", error)
            zeroconf.close()
            return None
        self.is_announced.set()
        return zeroconf

    def _info(self, addresses: list[str]) -> ServiceInfo:
        short = self._office[-12:]
        return ServiceInfo(
            SERVICE,
            f"{short}.{SERVICE}",
            port=self._port,
            # A TXT entry has 255 bytes; a long name in Vietnamese is cut between letters.
            properties={
                b"office": self._office.encode(),
                b"name": self._office_name.encode()[:200].decode(errors="ignore").encode(),
                b"protocol": str(PROTOCOL).encode(),
            },
            parsed_addresses=addresses,
            server=f"meetingroom-{short}.local.",
        )


class _Collector(ServiceListener):
    def __init__(self, office: str) -> None:
        self._office = office
        self._lock = threading.Lock()
        self._found: dict[tuple[str, str], FoundHub] = {}
        self.has_any = threading.Event()

    def hubs(self) -> list[FoundHub]:
        with self._lock:
            return list(self._found.values())

    def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        info = zc.get_service_info(type_, name, timeout=1000)
        if info is None or info.port is None:
            return
        words = {
            key.decode(errors="replace"): (value or b"").decode(errors="replace")
            for key, value in info.properties.items()
        }
        office = words.get("office", "")
        if self._office not in ("", office):
            return
        with self._lock:
            for host in info.parsed_addresses(IPVersion.V4Only)[:8]:
                if len(self._found) < MAX_HUBS:
                    self._found[name, host] = FoundHub(
                        office=office,
                        office_name=words.get("name", ""),
                        address=Address(host, info.port),
                    )
        self.has_any.set()

    def update_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        self.add_service(zc, type_, name)

    def remove_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        """A hub that goes away is noticed when it does not answer."""


def find_hubs(seconds: float = 2.0, office: str = "") -> list[FoundHub]:
    """Hubs that announce themselves (of one office, if named); blocks up to `seconds`."""
    collector = _Collector(office)
    end = time.monotonic() + seconds
    try:
        zeroconf = _open(own_addresses())
    except OSError as error:
        log.info("hubs cannot be looked for here: %s", error)
        return []
    try:
        browser = ServiceBrowser(zeroconf, SERVICE, collector)
        if collector.has_any.wait(seconds):
            # Any further hub of this office answers within the same moment.
            threading.Event().wait(max(0.0, min(SETTLE_SECONDS, end - time.monotonic())))
        browser.cancel()
    finally:
        zeroconf.close()
    return collector.hubs()
