"""Two hubs of one office: the higher one is followed, the other steps back."""

from pathlib import Path

import msgspec
import pytest
from quiet_office import PEOPLE, QuietDesk, QuietOffice

from meetingroom.domain import facts
from meetingroom.domain.errors import RefusedError
from meetingroom.domain.facts import PersonSet
from meetingroom.domain.ids import new_id
from meetingroom.services.certifying import certify
from meetingroom.services.copybook import CERTIFICATE_CONTEXT
from meetingroom.services.doors import HubCertificate, Vouched
from meetingroom.services.founding import Charter, found_office
from meetingroom.services.hub import HubOffice
from meetingroom.store.blobs import FileBlobs
from meetingroom.store.hub_log import SqliteHubLog
from meetingroom.store.keys import Ed25519Signer, verify

OFFICE_KEY = Ed25519Signer.new()


def a_certificate(signer: Ed25519Signer, epoch: int, hub: str = "") -> tuple[str, bytes]:
    """A hub's certificate and its signature."""
    row = HubCertificate(
        office="o", hub=hub or new_id("hub"), public_key="", tls="", epoch=epoch,
        issued="", until="",
    )  # fmt: skip
    text = msgspec.json.encode(row)
    return text.decode(), signer.sign(CERTIFICATE_CONTEXT + text)


class Reigning:
    """A hub whose office key the test has."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log, self.key = SqliteHubLog(folder / "hub.db"), Ed25519Signer.new()
        people = tuple(
            PersonSet(person=name, name=name, rights=("secretary", "administrator"))
            for name in PEOPLE
        )
        found_office(self.log, FileBlobs(folder / "b"), OFFICE_KEY, self.key, verify,
                     Charter(name="Xã", people=people), tls="")  # fmt: skip
        self.open()

    def open(self) -> None:
        self.hub = HubOffice(
            self.log, FileBlobs(self.folder / "b"), self.key, verify, recertify=self.recertify
        )

    def recertify(self, epoch: int) -> None:
        certify(self.log, OFFICE_KEY, self.key, office="o", tls="", epoch=epoch, is_same=True)


@pytest.fixture
def reigning(tmp_path: Path):
    reigning = Reigning(tmp_path)
    yield reigning
    reigning.hub.close()
    reigning.log.close()


def test_a_hub_told_of_a_higher_one_takes_no_more_records(reigning) -> None:
    told = []
    reigning.hub.subscribe(told.append)
    assert reigning.hub.fence(*a_certificate(OFFICE_KEY, 2))
    assert len(told) == 1
    with pytest.raises(RefusedError):
        reigning.hub.reign.check_takes_new()
    assert reigning.hub.turned_away("device-1") == "hub.fenced"
    reigning.open()  # also after it was started again
    assert reigning.hub.reign.fenced_by == 2


def test_who_does_not_have_the_offices_key_fences_nobody(reigning) -> None:
    assert not reigning.hub.fence(*a_certificate(Ed25519Signer.new(), 9))
    text, signature = a_certificate(OFFICE_KEY, 2)
    assert not reigning.hub.fence(text.replace('"epoch":2', '"epoch":9'), signature)
    assert not reigning.hub.fence("{}", b"")
    reigning.hub.reign.check_takes_new()


def test_a_lower_hub_fences_nobody_and_of_equals_the_higher_id_counts(reigning) -> None:
    own = reigning.hub.certificate
    assert not reigning.hub.fence(*a_certificate(OFFICE_KEY, own.epoch, "hub-"))
    assert not reigning.hub.fence(*a_certificate(OFFICE_KEY, own.epoch, own.hub))
    assert reigning.hub.fence(*a_certificate(OFFICE_KEY, own.epoch, "hub-z"))


def test_a_restored_hub_rises_above_the_one_it_is_told_of(reigning) -> None:
    reigning.log.set_value("restoring", b"1")
    reigning.open()
    assert not reigning.hub.fence(*a_certificate(OFFICE_KEY, 7))
    assert reigning.hub.certificate.epoch == 8
    assert reigning.hub.hello().certificate == (reigning.log.value("certificate") or b"").decode()
    last = reigning.log.stream("office")[-1]
    assert msgspec.json.decode(last.envelope.body)["epoch"] == 8
    ours = Vouched(certificate=reigning.hub.hello().certificate, signature=b"")
    assert ours.rank > (7, "hub-z")


def followed(office: QuietOffice, presser: QuietDesk, by: QuietDesk, **changes: object) -> bool:
    """Whether a device follows a hub that says this person opened it."""
    fact = facts.HubTakenOver(hub="hub-new", epoch=2, heads=(), standby="d")
    fact = msgspec.structs.replace(fact, **changes)
    record = presser.desk.author.write("office", fact)
    text, signature = a_certificate(OFFICE_KEY, 2, "hub-new")
    return by.desk.may_follow(Vouched(certificate=text, signature=signature), record)


def test_a_device_follows_a_hub_that_secretary_or_chair_opened(office, a) -> None:
    chair = office.desk_of("person-c")
    a.take()
    assert followed(office, office.secretary, a)
    assert followed(office, chair, a, meeting=office.meeting)


def test_a_device_does_not_follow_what_somebody_else_signed(office, a, b) -> None:
    for desk in (a, b):
        desk.take()
    assert not followed(office, b, a)
    assert not followed(office, b, a, meeting=office.meeting)
    assert not followed(office, office.secretary, a, hub="hub-other")
    assert not followed(office, office.secretary, a, epoch=3)


def test_a_device_does_not_follow_a_forged_signature(office, a) -> None:
    fact = facts.HubTakenOver(hub="hub-new", epoch=2, heads=(), standby="d")
    record = office.secretary.desk.author.write("office", fact)
    forged = msgspec.structs.replace(record, signature=b"\x00" * 64)
    text, signature = a_certificate(OFFICE_KEY, 2, "hub-new")
    hub = Vouched(certificate=text, signature=signature)
    assert a.desk.may_follow(hub, record)
    assert not a.desk.may_follow(hub, forged)
