"""The office as folded from its stream: people, rooms, devices, bodies, meeting types."""

from collections.abc import Callable, Iterable

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry, in_order
from meetingroom.domain.ids import HUB

Person = facts.PersonSet
Room = facts.RoomSet


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A computer that belongs to the office; `revoked_at` is ISO 8601 or empty."""

    device: str
    principal: str
    public_key: str
    name: str = ""
    enrolled_at: str = ""
    revoked_at: str = ""

    @property
    def is_active(self) -> bool:
        return not self.revoked_at


class Directory(msgspec.Struct, frozen=True, kw_only=True):
    """Who and what belongs to the office."""

    office: facts.OfficeFounded | None = None
    bodies: dict[str, facts.BodySet] = {}
    people: dict[str, Person] = {}
    rooms: dict[str, Room] = {}
    devices: dict[str, Device] = {}
    meeting_types: dict[str, facts.MeetingTypeSet] = {}
    standbys: frozenset[str] | None = None
    """The devices the administrator named; None where nobody named any."""
    number: int = 0
    needs_update: bool = False

    def has(self, principal: str) -> bool:
        """Whether a person or room belongs to the office today."""
        return principal in self.people or principal in self.rooms

    def name_of(self, principal: str) -> str:
        """A person's or room's name, empty if unknown."""
        if principal in self.people:
            return self.people[principal].name
        return self.rooms[principal].name if principal in self.rooms else ""

    def in_protocol_order(self) -> list[Person]:
        """People as the office lists them."""
        return sorted(self.people.values(), key=lambda person: (person.order, person.name))

    def has_right(self, principal: str, right: facts.Right) -> bool:
        """Whether a person holds an office right."""
        person = self.people.get(principal)
        return person is not None and right in person.rights

    def is_secretary_of(self, principal: str, body: str) -> bool:
        """Whether a person may start meetings of a body.

        One that is unknown, or names nobody, has every secretary of the office.
        """
        known = self.bodies.get(body)
        is_named = known is None or not known.secretaries or principal in known.secretaries
        return is_named and self.has_right(principal, "secretary")

    def devices_of(self, principal: str) -> list[Device]:
        """The active devices of a person or room."""
        return [d for d in self.devices.values() if d.principal == principal and d.is_active]


def fold_directory(entries: Iterable[Entry], start: Directory | None = None) -> Directory:
    """The office after these entries (all of the office stream, or the next ones)."""
    directory = start or Directory()
    for entry in in_order(entries):
        if entry.refused is None:
            directory = _step(directory, entry)
    return directory


def _step(directory: Directory, entry: Entry) -> Directory:
    fact = entry.fact
    number = entry.envelope.number if entry.envelope else directory.number
    directory = msgspec.structs.replace(directory, number=max(directory.number, number))
    if isinstance(fact, facts.Unknown):
        wants = entry.head.critical and fact.reason != "purged"
        return msgspec.structs.replace(directory, needs_update=directory.needs_update or wants)
    change = _CHANGES.get(type(fact))
    return change(directory, entry) if change else directory


def _founded(directory: Directory, entry: Entry) -> Directory:
    return msgspec.structs.replace(directory, office=entry.fact)


def _enrolled(directory: Directory, entry: Entry) -> Directory:
    fact = entry.fact
    assert isinstance(fact, facts.DeviceEnrolled)  # noqa: S101
    device = Device(
        device=fact.device,
        principal=fact.principal,
        public_key=fact.public_key,
        name=fact.name,
        enrolled_at=entry.at,
    )
    return msgspec.structs.replace(directory, devices={**directory.devices, fact.device: device})


def _revoked(directory: Directory, entry: Entry) -> Directory:
    fact = entry.fact
    assert isinstance(fact, facts.DeviceRevoked)  # noqa: S101
    device = directory.devices.get(fact.device)
    if device is None or device.revoked_at:
        return directory
    gone = msgspec.structs.replace(device, revoked_at=entry.at)
    return msgspec.structs.replace(directory, devices={**directory.devices, fact.device: gone})


def _removed(directory: Directory, entry: Entry) -> Directory:
    fact = entry.fact
    assert isinstance(fact, facts.PersonRemoved)  # noqa: S101
    people = {key: person for key, person in directory.people.items() if key != fact.person}
    return msgspec.structs.replace(directory, people=people)


def _standbys(directory: Directory, entry: Entry) -> Directory:
    fact = entry.fact
    assert isinstance(fact, facts.StandbyNamed)  # noqa: S101
    return msgspec.structs.replace(directory, standbys=frozenset(fact.devices))


def _set(table: str, key: str) -> Callable[[Directory, Entry], Directory]:
    def change(directory: Directory, entry: Entry) -> Directory:
        rows = {**getattr(directory, table), getattr(entry.fact, key): entry.fact}
        return msgspec.structs.replace(directory, **{table: rows})

    return change


_CHANGES: dict[type[facts.Fact], Callable[[Directory, Entry], Directory]] = {
    facts.OfficeFounded: _founded,
    facts.BodySet: _set("bodies", "body"),
    facts.PersonSet: _set("people", "person"),
    facts.PersonRemoved: _removed,
    facts.RoomSet: _set("rooms", "room"),
    facts.MeetingTypeSet: _set("meeting_types", "kind"),
    facts.DeviceEnrolled: _enrolled,
    facts.DeviceRevoked: _revoked,
    facts.StandbyNamed: _standbys,
}


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """Who writes or reads: a person, a room, or the hub."""

    id: str
    device: str = ""

    @property
    def is_hub(self) -> bool:
        return self.id == HUB
