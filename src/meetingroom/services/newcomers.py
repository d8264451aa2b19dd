"""A computer that showed a code is taken into the office. Under the hub's lock."""

from typing import TYPE_CHECKING

from meetingroom.domain import facts
from meetingroom.domain.directory import Device
from meetingroom.domain.errors import EnrolmentError
from meetingroom.domain.ids import OFFICE
from meetingroom.services.doors import CodeClaim, Grant
from meetingroom.services.enrolling import CodeBook

if TYPE_CHECKING:
    from meetingroom.services.hub import HubOffice


class Newcomers:
    """Uses codes up and says who was enrolled."""

    def __init__(self, office: "HubOffice", codes: CodeBook) -> None:
        self._office, self._codes = office, codes

    def enrol(self, claim: CodeClaim, device: str, public_key: str, name: str) -> Grant:
        """Raises EnrolmentError: code.used, code.wrong for an id that is taken, code.expired."""
        directory = self._office.ledger.directory
        known = directory.devices.get(device)
        # A taken id would hand its sequence, and what is revoked, to the newcomer; only
        # the same computer may finish what a cut line left undone.
        if known is not None and not _is_same(known, claim.principal, public_key):
            raise EnrolmentError("code.wrong")
        if not directory.has(claim.principal):
            raise EnrolmentError("code.expired")
        self._codes.use_up(claim, f"{device} {public_key}")
        if known is None:
            fact = facts.DeviceEnrolled(
                device=device, principal=claim.principal, public_key=public_key, name=name
            )
            self._office.say(OFFICE, fact)
        hello = self._office.hello()
        return Grant(
            office=hello.office,
            office_name=hello.office_name,
            office_key=hello.office_key,
            device=device,
            principal=claim.principal,
            name=directory.name_of(claim.principal),
        )


def _is_same(known: Device, principal: str, public_key: str) -> bool:
    """Whether a newcomer is the computer already taken in under this id."""
    return known.is_active and (known.principal, known.public_key) == (principal, public_key)
