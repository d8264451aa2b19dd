"""Payloads about the office: bodies, people, rooms, computers, meeting types, hubs."""

from typing import Literal

from meetingroom.domain.fact import Fact


class OfficeFounded(Fact, frozen=True):
    office: str
    name: str
    letterhead: tuple[str, ...] = ()
    place_name: str = ""
    office_key: str = ""
    time_zone: str = "Asia/Ho_Chi_Minh"


class HubCertified(Fact, frozen=True):
    """A hub's certificate (its JSON text) and the office key's signature, hexadecimal."""

    certificate: str
    signature: str


class BodySet(Fact, frozen=True):
    """Who meets: its letterhead, and who prepares its meetings (nobody named: every secretary)."""

    body: str
    name: str
    letterhead: tuple[str, ...] = ()
    secretaries: tuple[str, ...] = ()
    is_gone: bool = False


Right = Literal["administrator", "secretary"]


class PersonSet(Fact, frozen=True):
    person: str
    name: str
    title: str = ""
    unit: str = ""
    email: str = ""
    phone: str = ""
    rights: tuple[str, ...] = ()
    order: int = 0


class PersonRemoved(Fact, frozen=True):
    person: str


class RoomSet(Fact, frozen=True):
    room: str
    name: str


class DeviceEnrolled(Fact, frozen=True):
    """Only the hub says this. `public_key` is Ed25519, hexadecimal."""

    device: str
    principal: str
    public_key: str
    name: str = ""


class DeviceRevoked(Fact, frozen=True):
    device: str
    reason: str = ""


class MeetingTypeSet(Fact, frozen=True):
    """A kind of meeting: how long before papers go out, quorum, majority, choices.

    `days_to_answer` is how long a question in writing waits; `body` is whose it is, "" anybody's.
    """

    kind: str
    name: str
    days_before: int = 3
    are_working_days: bool = True
    quorum: str = ""
    majority: str = ""
    choices: tuple[str, ...] = ()
    days_to_answer: int = 3
    body: str = ""
    is_gone: bool = False


class TemplateSet(Fact, frozen=True):
    template: str
    blob: str
    name: str = ""


class StandbyNamed(Fact, frozen=True):
    """All computers that are to keep a copy of the hub, in place of those named before."""

    devices: tuple[str, ...]


class HubTakenOver(Fact, frozen=True):
    """The presser names each stream's last number and chain head; epoch + 1 begins.

    `standby` is the device on whose computer the new hub is; `meeting` the one the presser
    leads, where no right of the office lets them take over.
    """

    hub: str
    epoch: int
    heads: tuple[tuple[str, int, str], ...]
    standby: str = ""
    meeting: str = ""


class HubRestored(Fact, frozen=True):
    hub: str
    epoch: int
    heads: tuple[tuple[str, int, str], ...]
