"""What a hub takes back from devices: all that is sound, once, in its place, to its readers."""

import contextlib
import random
import shutil
import sqlite3
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quiet_office import NOTE, QuietDesk, QuietOffice

from meetingroom.domain import facts
from meetingroom.domain.ports import Accepted
from meetingroom.domain.records import Kept, SignedRecord, read_head
from meetingroom.services.hub import HubOffice
from meetingroom.store.blobs import FileBlobs
from meetingroom.store.hub_log import SqliteHubLog
from meetingroom.store.keys import Ed25519Signer, verify

EVERYONE = ("everyone",)


def mark(office: QuietOffice, name: str, text: str = "", paper: str = "open") -> facts.MarkPut:
    return facts.MarkPut(
        mark=name, revision=1, paper=paper, blob=office.blob(paper), page=0, shape=NOTE, text=text
    )


class Older:
    """A hub that was restored from a copy of the log made before."""

    def __init__(self, office: QuietOffice, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        with (
            contextlib.closing(sqlite3.connect(office.folder / "hub.db")) as source,
            contextlib.closing(sqlite3.connect(folder / "hub.db")) as sink,
        ):
            source.backup(sink)
        self.key, self.log, self.hubs = office.key, None, []

    def open(self, place: Path | None = None) -> HubOffice:
        """Open it, or a copy of it in another place."""
        if place is not None:
            place.mkdir()
            shutil.copy(self.folder / "hub.db", place / "hub.db")
        folder = place or self.folder
        self.close()
        self.log = SqliteHubLog(folder / "hub.db")
        return self.again(folder / "blobs")

    def again(self, blobs: Path) -> HubOffice:
        """As after a restart."""
        hub = HubOffice(self.log, FileBlobs(blobs), self.key, verify)
        self.hubs.append(hub)
        return hub

    def close(self) -> None:
        for hub in self.hubs:
            hub.close()
        self.hubs.clear()
        if self.log is not None:
            self.log.close()
            self.log = None


@pytest.fixture
def older(office: QuietOffice, a: QuietDesk, tmp_path: Path):
    older = Older(office, tmp_path / "older")
    yield older
    older.close()


def held(desk: QuietDesk) -> list[Kept]:
    """All numbered records a device would offer, in its order."""
    return [desk.log.kept([name])[0] for name in desk.log.numbered()]


def all_rows(log: SqliteHubLog) -> dict[str, tuple[SignedRecord, object, frozenset[str]]]:
    """Every record of a hub: its bytes, its envelope, its readers."""
    rows = [row for stream in log.streams() for row in log.stream(stream)]
    return {
        read_head(row.record).id: (row.record, row.envelope, frozenset(row.readers)) for row in rows
    }


def kept(row: Accepted) -> Kept:
    return Kept(record=row.record, envelope=row.envelope)


def test_what_a_device_holds_comes_back_with_its_place_and_readers(office, a, older) -> None:
    a.desk.write(office.meeting, mark(office, "m", "giữ lại"), audience=("secretary",))
    office.sync()
    hub = older.open()
    before = len(all_rows(older.log))
    hub.hand_in(held(a))
    found = all_rows(office.log)
    assert len(all_rows(older.log)) == before + 1
    assert all(found[name] == row for name, row in all_rows(older.log).items())
    assert hub.meeting(office.meeting).marks["m"].text == "giữ lại"
    assert hub.merging.came_back == (1, 0)


def test_a_record_nobody_signed_is_left_out(office, a, older) -> None:
    name = a.desk.write(office.meeting, mark(office, "m"), audience=EVERYONE)
    office.sync()
    row = kept(office.log.find(name))
    forged = msgspec.structs.replace(row.record, signature=b"\x00" * 64)
    hub = older.open()
    assert hub.hand_in([msgspec.structs.replace(row, record=forged)]) == 0
    assert hub.hand_in([row]) == 1


def test_a_place_the_hub_did_not_give_is_left_out(office, a, older) -> None:
    name = a.desk.write(office.meeting, mark(office, "m"), audience=EVERYONE)
    office.sync()
    row = kept(office.log.find(name))
    body = row.envelope.body.replace('"number":', '"number":9')
    moved = msgspec.structs.replace(row.envelope, body=body)
    hub = older.open()
    assert hub.hand_in([msgspec.structs.replace(row, envelope=moved)]) == 0


def test_a_record_with_an_envelope_of_another_is_left_out(office, a, older) -> None:
    first = a.desk.write(office.meeting, mark(office, "m"), audience=EVERYONE)
    second = a.desk.write(office.meeting, mark(office, "n"), audience=EVERYONE)
    office.sync()
    one, other = kept(office.log.find(first)), kept(office.log.find(second))
    hub = older.open()
    swapped = msgspec.structs.replace(one, envelope=other.envelope)
    assert hub.hand_in([swapped]) == 0


def test_an_enrolment_the_hub_did_not_sign_vouches_for_nobody(office, a, older) -> None:
    stranger = Ed25519Signer.new()
    fact = facts.DeviceEnrolled(
        device="device-x", principal="person-b", public_key=stranger.public_key
    )
    record = a.desk.author.write("office", fact)
    before = older.open()
    row = Kept(record=record, envelope=office.log.stream("office")[-1].envelope)
    assert before.hand_in([row]) == 0
    assert "device-x" not in before.ledger.directory.devices


def test_own_words_that_were_for_nobody_else_are_not_taken(office, a, older) -> None:
    a.desk.write(office.meeting, mark(office, "m"), audience=("me",))
    own = a.log.stream(office.meeting)[-1]
    envelope = office.log.stream(office.meeting)[-1].envelope
    assert older.open().hand_in([msgspec.structs.replace(own, envelope=envelope)]) == 0


def test_content_a_device_left_out_comes_from_another_one(office, a, older) -> None:
    name = a.desk.write(office.meeting, mark(office, "m", "còn đây"), audience=EVERYONE)
    office.sync()
    row = kept(office.log.find(name))
    bare = msgspec.structs.replace(row.record, payload=None, salt=None)
    hub = older.open()
    hub.hand_in([msgspec.structs.replace(row, record=bare)])
    assert hub.merging.lacking([name]) == [name]
    hub.hand_in([row])
    assert hub.meeting(office.meeting).marks["m"].text == "còn đây"
    assert all_rows(older.log)[name] == all_rows(office.log)[name]


@pytest.mark.parametrize("purge_first", [True, False])
def test_what_was_purged_does_not_come_back(office, a, b, older, purge_first) -> None:
    name = a.desk.write(office.meeting, mark(office, "m", "bí mật"), audience=EVERYONE)
    office.sync()
    unaware = kept(office.log.find(name))
    office.put(facts.Purged(paper="open", item="i", reason="secret", blobs=(office.blob("open"),)))
    purged = next(row for row in held(a) if read_head(row.record).kind == "purged")
    hub = older.open()
    for row in (purged, unaware) if purge_first else (unaware, purged):
        hub.hand_in([row])
    found = older.log.find(name)
    assert found is not None and found.record.payload is None
    assert not hub.meeting(office.meeting).marks
    older.close()
    raw = b"".join(path.read_bytes() for path in older.folder.glob("hub.db*"))
    assert "bí mật".encode() not in raw


def test_readers_are_reckoned_again_when_something_comes_in_before(office, a, b, older) -> None:
    office.issue(secretaries=("person-t",))
    second = office.desk_of("person-t")
    name = a.desk.write(office.meeting, mark(office, "m", "cho thư ký"), audience=("secretary",))
    office.sync()
    second.take()
    hub = older.open()
    hub.hand_in([kept(office.log.find(name))])
    hub.hand_in(held(second))
    assert all_rows(older.log)[name][2] == {"person-a", "person-t"}


def test_a_device_that_was_shut_out_hears_nothing_before_somebody_says_go_on(
    office, a, b, older
) -> None:
    office.secretary.desk.write("office", facts.DeviceRevoked(device=a.folder.name))
    office.sync()
    hub = older.open()
    older.log.set_value("restoring", b"1")
    hub = older.again(older.folder / "blobs")
    assert hub.delivered_after(a.session, 0, 10) == []
    hub.hand_in(held(b))
    hub.go_on()
    assert hub.device(a.folder.name) is None


WRITERS = st.sampled_from(["a", "b", "secretary"])
AUDIENCES = st.sampled_from([("everyone",), ("secretary",), ("chair",), ("person-b",)])
ACTS = st.lists(st.tuples(WRITERS, AUDIENCES), min_size=1, max_size=8)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=ACTS, seed=st.integers(0, 1 << 32), cuts=st.integers(1, 7))
def test_whatever_the_order_all_that_devices_hold_is_there_once(
    office, a, b, older, tmp_path_factory, acts, seed, cuts
) -> None:
    who = {"a": a, "b": b, "secretary": office.secretary}
    for number, (name, audience) in enumerate(acts):
        fact = mark(office, f"m-{number}-{len(all_rows(office.log))}", f"{number}")
        who[name].desk.write(office.meeting, fact, audience=audience)
        office.sync()
    parts = [row for desk in who.values() for row in held(desk)]
    expected = {read_head(row.record).id for row in parts}
    order = random.Random(seed).sample(parts, len(parts))  # noqa: S311
    hub = older.open(tmp_path_factory.mktemp("merged") / "hub")
    try:
        here = all_rows(older.log).keys()
        for _ in range(2):  # what could not be vouched for yet is offered again
            for start in range(0, len(order), cuts):
                hub.hand_in(order[start : start + cuts])
        found, whole = all_rows(older.log), all_rows(office.log)
        assert found.keys() == here | expected
        assert {name: whole[name] for name in found} == found
        again = older.again(tmp_path_factory.mktemp("b"))
        assert again.meeting(office.meeting) == hub.meeting(office.meeting)
    finally:
        older.close()
