"""A new office: its key, its hub's certificate, its people, and the first computer."""

from collections.abc import Sequence

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.clock import Clock, utc_now
from meetingroom.domain.ids import OFFICE, new_id
from meetingroom.domain.ports import Blobs, HubLog, Signer, Verify
from meetingroom.services.certifying import certificate_fact, certify
from meetingroom.services.doors import Grant
from meetingroom.services.hub import HubOffice


class Charter(msgspec.Struct, frozen=True, kw_only=True):
    """What the secretary typed to found an office."""

    name: str
    letterhead: tuple[str, ...] = ()
    place_name: str = ""
    room_name: str = ""
    people: tuple[facts.PersonSet, ...] = ()


def found_office(
    hub_log: HubLog,
    blobs: Blobs,
    office_signer: Signer,
    hub_signer: Signer,
    verify: Verify,
    charter: Charter,
    *,
    tls: str,
    clock: Clock = utc_now,
) -> HubOffice:
    """Write an office's first records. Its people must include a secretary."""
    office = new_id("office")
    certify(hub_log, office_signer, hub_signer, office=office, tls=tls, epoch=1, clock=clock)
    hub = HubOffice(hub_log, blobs, hub_signer, verify, clock=clock)
    for fact in _first_facts(hub_log, office, office_signer.public_key, charter):
        hub.say(OFFICE, fact)
    return hub


def _first_facts(
    hub_log: HubLog, office: str, office_key: str, charter: Charter
) -> Sequence[facts.Fact]:
    return (
        certificate_fact(hub_log),
        facts.OfficeFounded(
            office=office,
            name=charter.name,
            letterhead=charter.letterhead or (charter.name.upper(),),
            place_name=charter.place_name,
            office_key=office_key,
        ),
        *charter.people,
        facts.RoomSet(room=new_id("room"), name=charter.room_name or charter.name),
    )


def enrol_first_device(hub: HubOffice, principal: str, device: str, public_key: str) -> Grant:
    """The secretary's own computer, on which the office was founded: no code is needed."""
    return hub.enrol(hub.open_door(principal), device, public_key, "")
