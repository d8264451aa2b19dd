"""What opening a link needs of the services; implements the port `KnownServices`."""

import re

from meetingroom.domain.online_services import split_address
from meetingroom.invitations.online_services import online_services

PERSONAL = re.compile(r"[?&]tk=")
"""A personal key (Zoom's webinars): only the service's page knows how to hand it on."""


class ServicesOfTheFile:
    """By the data file, which is read when it is first asked."""

    def title(self, address: str) -> str:
        """What people call the service of an address; its host where it is not known."""
        found = online_services().match(address)
        return found.service.title if found is not None else split_address(address).host

    def native(self, address: str, service: str = "") -> str:
        """The address for the service's own program, "" where none is known."""
        if PERSONAL.search(address):
            return ""
        services = online_services()
        found = services.native(address)
        return found or (services.native_of(service, address) if service else None) or ""

    def warnings(self, address: str) -> tuple[str, ...]:
        """Codes of what makes an address not be what it seems; none for a good one."""
        from meetingroom.invitations.safety import warnings_of  # noqa: PLC0415 - seldom

        return warnings_of(address)
