"""What standbys get, sealed, and who gets the key to it."""

import base64
from pathlib import Path

import msgspec
import pytest
from quiet_office import NOTE, QuietDesk, QuietOffice

from meetingroom.domain import facts
from meetingroom.domain.errors import RefusedError, StoreError
from meetingroom.domain.ports import Accepted, CopyState
from meetingroom.services.hub import HubOffice
from meetingroom.services.opening import Offer, check_signed
from meetingroom.services.standbys import HubSecrets, Keeper
from meetingroom.store.keys import verify
from meetingroom.store.standby_seal import StandbySeal, new_key
from meetingroom.store.standby_store import SqliteStandbyStore


@pytest.fixture
def keeping(office: QuietOffice, tmp_path: Path) -> QuietOffice:
    """The office with a hub that can have standbys."""
    keeper = Keeper(
        office_key=lambda: b"k" * 32,
        recovery=lambda: b"r" * 32,
        new_key=new_key,
        seal=StandbySeal,
        folder=tmp_path / "sealed",
    )
    office.hub = HubOffice(office.log, office.blobs, office.key, verify, keeper=keeper)
    return office


@pytest.fixture
def chair(keeping: QuietOffice) -> QuietDesk:
    return keeping.desk_of("person-c")


def ask(desk: QuietDesk, name: str, **body: object) -> dict:
    return desk.office.hub.ask(desk.session, name, body)


def copied(desk: QuietDesk, store: SqliteStandbyStore) -> None:
    """Bring a standby's copy up to date."""
    is_whole = False
    while not is_whole:
        state = store.state()
        answer = ask(desk, "standby.copy", generation=state.generation, after=state.after)
        is_whole = not answer["has_more"]
        new = CopyState(generation=answer["generation"], after=answer["after"], is_whole=is_whole)
        rows, secrets = (base64.b64decode(answer[key]) for key in ("rows", "secrets"))
        store.keep(new, rows, secrets)


def opened(store: SqliteStandbyStore, seal: StandbySeal) -> list[Accepted]:
    chunks = (seal.open("rows", chunk) for chunk in store.chunks())
    return [row for chunk in chunks for row in msgspec.json.decode(chunk, type=list[Accepted])]


@pytest.fixture
def store(tmp_path: Path):
    store = SqliteStandbyStore(tmp_path / "standby")
    yield store
    store.close()


def key_of(desk: QuietDesk) -> StandbySeal:
    return StandbySeal(bytes.fromhex(ask(desk, "takeover.key")["key"]))


def mark(office: QuietOffice, text: str) -> facts.MarkPut:
    return facts.MarkPut(
        mark="m", revision=1, paper="open", blob=office.blob("open"), page=0, shape=NOTE, text=text
    )


def test_a_copy_opened_with_the_key_is_the_whole_log(keeping, chair, store) -> None:
    copied(chair, store)
    keeping.put(mark(keeping, "mới"))
    copied(chair, store)
    streams = keeping.log.streams()
    rows = opened(store, key_of(chair))
    known = [row for stream in streams for row in keeping.log.stream(stream)]
    assert {row.envelope.body: row for row in rows} == {row.envelope.body: row for row in known}
    secrets = msgspec.json.decode(key_of(chair).open("secrets", store.secrets()), type=HubSecrets)
    assert secrets.office_key == b"k" * 32


def test_nothing_of_it_can_be_read_without_the_key(keeping, chair, store, tmp_path) -> None:
    chair.desk.write(keeping.meeting, mark(keeping, "bí mật của tôi"), audience=("everyone",))
    keeping.sync()
    copied(chair, store)
    store.close()
    raw = b"".join(path.read_bytes() for path in (tmp_path / "standby").glob("copy.db*"))
    assert "bí mật của tôi".encode() not in raw
    assert b"kkkkkkkk" not in raw
    with pytest.raises(StoreError):
        StandbySeal(b"x" * 32).open("secrets", store.secrets())


def test_sealed_files_open_only_with_the_key_and_do_not_tell_their_name(
    keeping, chair, tmp_path
) -> None:
    files = dict(ask(chair, "standby.files", here=[])["files"])
    blob = keeping.blob("closed")
    name = key_of(chair).name_of(blob)
    path = keeping.hub.blob_path(chair.session, name, "standby")
    assert blob not in files
    assert files[name] == path.stat().st_size
    key_of(chair).open_file(path, tmp_path / "plain")
    assert (tmp_path / "plain").read_bytes() == keeping.blobs.path(blob).read_bytes()
    with pytest.raises(StoreError):
        StandbySeal(b"x" * 32).open_file(path, tmp_path / "other")


def test_who_is_no_standby_gets_nothing(keeping, chair, a) -> None:
    with pytest.raises(RefusedError):
        ask(a, "standby.copy", generation="", after=0)
    with pytest.raises(RefusedError):
        ask(a, "takeover.key")
    name = key_of(chair).name_of(keeping.blob("open"))
    assert keeping.hub.blob_path(a.session, name, "standby") is None


def test_what_a_standby_says_it_has_is_no_path_to_delete(keeping, chair, tmp_path) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"log")
    ask(chair, "standby.files", here=["../precious", str(precious), "..", ""])
    assert precious.exists()


def test_a_signature_under_other_words_takes_no_hub_over(keeping, chair) -> None:
    hub, known = keeping.hub, Offer(hub="h", epoch=2, heads=(), standby=chair.folder.name)
    signed = chair.desk.author.write("office", known.fact)
    check_signed(hub, signed, known, verify)
    other = msgspec.structs.replace(known, hub="other", epoch=9)
    forged = msgspec.structs.replace(signed, payload=facts.write_fact(other.fact))
    with pytest.raises(RefusedError, match="malformed"):
        check_signed(hub, forged, other, verify)


def test_the_administrator_names_other_standbys(keeping, chair, a) -> None:
    keeping.secretary.desk.write("office", facts.StandbyNamed(devices=(a.folder.name,)))
    keeping.sync()
    assert ask(a, "standby.copy", generation="", after=0)["rows"]
    with pytest.raises(RefusedError):
        ask(chair, "standby.copy", generation="", after=0)
    assert ask(chair, "takeover.key")["key"]  # the chair may still take over, elsewhere


def test_a_purge_takes_the_content_out_of_every_copy(keeping, chair, store) -> None:
    keeping.put(mark(keeping, "phải biến mất"))
    copied(chair, store)
    blob = keeping.blob("open")
    keeping.put(facts.Purged(paper="open", item="i", reason="secret", blobs=(blob,)))
    copied(chair, store)
    rows = opened(store, key_of(chair))
    assert not any("phải biến mất" in (row.record.payload or "") for row in rows)


def test_a_key_is_not_that_of_a_device_that_was_shut_out(keeping, chair, store) -> None:
    second = keeping.desk_of("person-c")
    copied(chair, store)
    old = key_of(second)
    fact = facts.DeviceRevoked(device=second.folder.name)
    keeping.secretary.desk.write("office", fact)
    keeping.secretary.sync()
    copied(chair, store)
    with pytest.raises(StoreError):
        opened(store, old)
    assert opened(store, key_of(chair))


def test_a_standby_tells_where_it_is_and_everybody_hears_the_future_hubs_place(
    keeping, chair, a
) -> None:
    at = {"addresses": ["10.0.0.7"], "port": 47802, "tls": "ab", "hub_port": 47800}
    ask(chair, "standby.ready", **at)
    assert ask(a, "hub.places") == {"places": ["10.0.0.7:47800"]}
    known = ask(keeping.secretary, "takeover.key")["standbys"]
    assert [(row["device"], row["tls"]) for row in known] == [(chair.folder.name, "ab")]
