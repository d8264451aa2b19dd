"""The doors by which an online meeting is opened: what is known of services, and programs."""

from typing import Literal, Protocol

Way = Literal["native", "browser"]


class KnownServices(Protocol):
    """What is known of services; nothing here asks the network."""

    def title(self, address: str) -> str:
        """What people call the service of an address; its host where it is not known."""
        ...

    def native(self, address: str, service: str = "") -> str:
        """The address for the service's own program, "" where none is known."""
        ...

    def warnings(self, address: str) -> tuple[str, ...]:
        """Codes of what makes an address not be what it seems; none for a good one."""
        ...


class Programs(Protocol):
    """The programs of this computer. May take a moment: never on the interface's thread."""

    def handler(self, scheme: str) -> str:
        """What opens addresses of a scheme here, "" where nothing is registered for it."""
        ...

    def open(self, address: str) -> None:
        """Hand an address to what is registered for it. Raises CallError("call.not_opened")."""
        ...
