"""Finding the hub on the LAN by mDNS: a hint only, the office's key decides."""

import logging
import socket
import threading

import msgspec
from zeroconf import IPVersion, ServiceBrowser, ServiceInfo, ServiceListener, Zeroconf

from meetingroom.network.addresses import Address

log = logging.getLogger(__name__)
SERVICE = "_meetingroom._tcp.local."


class FoundHub(msgspec.Struct, frozen=True, kw_only=True):
    """A hub that announces itself."""

    office: str
    office_name: str
    address: Address


def _own_addresses() -> list[str]:
    try:
        infos = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        infos = []
    found = {str(info[4][0]) for info in infos}
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # sends nothing: asks which address would be used
            found.add(str(probe.getsockname()[0]))
    except OSError:
        log.info("no way out of this computer; announcing on loopback")
    return sorted(found) or ["127.0.0.1"]


class Announcer:
    """Announces a hub until `stop`; a LAN without multicast is no error."""

    def __init__(self, office: str, office_name: str, port: int) -> None:
        self._zeroconf: Zeroconf | None = None
        properties = {"office": office, "name": office_name, "protocol": "1"}
        info = ServiceInfo(
            SERVICE,
            f"{office[-12:]}.{SERVICE}",
            port=port,
            properties=properties,
            parsed_addresses=_own_addresses(),
            server=f"meetingroom-{office[-12:]}.local.",
        )
        self._thread = threading.Thread(target=self._start, args=(info,), daemon=True)
        self._thread.start()

    def _start(self, info: ServiceInfo) -> None:
        try:
            self._zeroconf = Zeroconf(ip_version=IPVersion.V4Only)
            self._zeroconf.register_service(info, allow_name_change=True)
        except OSError as error:
            log.info("the hub cannot be announced here: %s", error)

    def stop(self) -> None:
        self._thread.join(timeout=5)
        if self._zeroconf is not None:
            self._zeroconf.close()


class _Collector(ServiceListener):
    def __init__(self) -> None:
        self.found: dict[str, FoundHub] = {}
        self.has_any = threading.Event()

    def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        info = zc.get_service_info(type_, name, timeout=1000)
        if info is None or info.port is None:
            return
        words = {key.decode(): (value or b"").decode() for key, value in info.properties.items()}
        for host in info.parsed_addresses(IPVersion.V4Only):
            self.found[f"{name}{host}"] = FoundHub(
                office=words.get("office", ""),
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
    collector = _Collector()
    try:
        zeroconf = Zeroconf(ip_version=IPVersion.V4Only)
    except OSError as error:
        log.info("hubs cannot be looked for here: %s", error)
        return []
    try:
        ServiceBrowser(zeroconf, SERVICE, collector)
        collector.has_any.wait(seconds)
    finally:
        zeroconf.close()
    return [hub for hub in collector.found.values() if office in ("", hub.office)]
