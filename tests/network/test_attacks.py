"""What an invited person, a newcomer or a thief of a laptop tries at a real hub."""

import asyncio
import json
import threading

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from issued_office import HOST, OPEN, RESTRICTED, until, with_client
from readme_client import Client, FailedError, enrol, sha

from meetingroom.domain.errors import RefusedError
from meetingroom.domain.facts import DeviceRevoked, PersonRemoved, PersonSet
from meetingroom.services.doors import Session


def test_a_record_that_only_quotes_a_blob_opens_nothing(office) -> None:
    """A receipt names any blob its author likes; the author reads it, but not the blob."""

    async def story(client: Client):
        fact = {"paper": office.paper(OPEN).paper, "blob": sha(RESTRICTED)}
        record = client.record(office.meeting_id, "receipt", fact, audience=["secretary"])
        name = json.loads(record["head"])["id"]
        refusals = await client.send(record)
        await client.until(lambda: name in client.records)
        path = f"/blob/{sha(RESTRICTED)}?record={name}"
        return refusals, client.blob_request("GET", path)[0]

    assert with_client(office, story) == ([""], 404)


def test_a_newcomer_cannot_take_another_devices_name(office, monkeypatch) -> None:
    """Its sequence would come with it, restricted records and all."""
    theirs = office.secretary.desk.profile.device
    monkeypatch.setattr("readme_client.secrets.token_hex", lambda count: theirs[7 : 7 + 2 * count])
    code = office.code("person-b")
    with pytest.raises(FailedError) as raised:
        asyncio.run(enrol(HOST, office.port, code, Ed25519PrivateKey.generate(), ""))
    assert raised.value.code == "code.wrong"
    assert office.secretary.desk.directory.devices[theirs].principal == "person-s"


def test_a_revoked_device_is_cut_off_and_its_token_is_worth_nothing(office) -> None:
    async def story(client: Client):
        fact = DeviceRevoked(device=client.grant["device"])
        await asyncio.to_thread(office.secretary.desk.write, "office", fact)
        with pytest.raises(FailedError) as raised:
            await client.until(lambda: False)
        blob, record = sha(OPEN), office.paper(OPEN).current.record
        return raised.value.code, client.blob_request("GET", f"/blob/{blob}?record={record}")[0]

    office.devices.pop("person-a", None)
    try:
        assert with_client(office, story) == ("link.revoked", 401)
    finally:
        del office.devices["person-a"]


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


@pytest.mark.parametrize("depth", [65, 900, 100_000])
def test_a_payload_nested_without_end_is_refused_before_anybody_reads_it(office, depth) -> None:
    """One that passes in a shallow thread would stop the next start of hub and desks."""

    async def story(client: Client):
        fact = {"answer": "comes", "more": "MORE"}
        record = client.record(office.meeting_id, "answer_given", fact)
        deep = record["payload"].replace('"MORE"', nested(depth))
        return await client.send(resigned(client, record, payload=deep))

    assert with_client(office, story) == ["malformed"]


def test_a_head_nested_without_end_is_refused(office) -> None:
    async def story(client: Client):
        record = client.record(office.meeting_id, "answer_given", {"answer": "comes"}, more="MORE")
        deep = record["head"].replace('"MORE"', nested(900))
        return await client.send(resigned(client, record, head=deep))

    assert with_client(office, story) == ["malformed"]


def resigned(client: Client, record: dict, head: str = "", payload: str = "") -> dict:
    """The record with another head or payload, rightly hashed and signed."""
    import base64

    from readme_client import b64, payload_hash

    head, payload = head or record["head"], payload or record["payload"]
    before = json.loads(record["head"])["payload_hash"]
    salt = base64.b64decode(record["salt"])
    head = head.replace(before, payload_hash(salt, payload))
    signature = b64(client.key.sign(b"meetingroom record 1\0" + head.encode()))
    return {**record, "head": head, "payload": payload, "signature": signature}


def test_brackets_inside_words_are_only_words(office) -> None:
    async def story(client: Client):
        fact = {"answer": "comes", "reason": "[" * 500 + '\\"{' * 100}
        return await client.send(client.record(office.meeting_id, "answer_given", fact))

    assert with_client(office, story) == [""]


def test_a_backup_being_written_makes_nobody_wait(office) -> None:
    is_writing, may_end = threading.Event(), threading.Event()

    def slow():
        is_writing.set()
        assert may_end.wait(60)
        return office.hub.folder

    office.hub.office._requests._make_backup = slow
    answer = office.secretary.desk.ask("backup.make", {}, 60)
    assert is_writing.wait(30)

    async def story(client: Client):
        record = client.record(office.meeting_id, "answer_given", {"answer": "comes"})
        return await client.send(record)

    try:
        assert with_client(office, story) == [""]
    finally:
        may_end.set()
    assert answer.result(30) == {"file": str(office.hub.folder)}


def test_only_an_administrator_makes_a_backup(office) -> None:
    async def story(client: Client):
        await client.ask("backup.make")

    with pytest.raises(FailedError, match="no_right"):
        with_client(office, story)


def test_what_a_revoked_device_asked_just_before_is_refused(office) -> None:
    gone = Session(device="device-gone", principal="person-s")
    with pytest.raises(RefusedError, match="no_right"):
        office.hub.office.ask(gone, "code.make", {"principal": "person-a"})


def test_a_code_for_somebody_who_left_enrols_nobody(office) -> None:
    desk = office.secretary.desk
    desk.write("office", PersonSet(person="person-c", name="Người đi"))
    until(lambda: "person-c" in office.hub.office.ledger.directory.people)
    code = office.code("person-c")
    desk.write("office", PersonRemoved(person="person-c"))
    until(lambda: "person-c" not in office.hub.office.ledger.directory.people)
    with pytest.raises(FailedError, match=r"code\.expired"):
        asyncio.run(enrol(HOST, office.port, code, Ed25519PrivateKey.generate(), ""))


def test_a_known_hash_stands_for_no_bytes(office) -> None:
    """Even though the hub has the blob, an upload of nothing proves nothing."""

    async def story(client: Client):
        head = client.blob_request("HEAD", f"/upload/{sha(OPEN)}")
        put = client.blob_request(
            "PUT", f"/upload/{sha(OPEN)}", Upload_Offset="0", Upload_Complete="1"
        )
        return head[1]["Upload-Offset"], put[0], json.loads(put[2])["code"]

    assert with_client(office, story, "person-s") == ("0", 422, "blob.damaged")


def test_who_was_taken_out_of_the_office_writes_and_asks_nothing_more(office) -> None:
    desk = office.secretary.desk
    person = desk.directory.people["person-b"]

    async def story(client: Client):
        await asyncio.to_thread(desk.write, "office", PersonRemoved(person="person-b"))
        await client.until(lambda: not client.of_kind("meeting_issued"))  # told to forget
        with pytest.raises(FailedError, match="no_right"):
            await client.ask("pin.set", pin="1234")
        record = client.record(office.meeting_id, "answer_given", {"answer": "comes"})
        return await client.send(record)

    try:
        assert with_client(office, story, "person-b") == ["no_right"]
    finally:
        desk.write("office", person)
        until(lambda: office.hub.office.ledger.directory.has("person-b"))


def test_who_comes_back_to_the_office_gets_everything_again(office) -> None:
    desk = office.secretary.desk
    person = desk.directory.people["person-b"]

    async def story(client: Client):
        before = set(client.records)
        await asyncio.to_thread(desk.write, "office", PersonRemoved(person="person-b"))
        await client.until(lambda: not client.records)
        await asyncio.to_thread(desk.write, "office", person)
        await client.until(lambda: before <= client.records.keys())

    with_client(office, story, "person-b")


def test_what_was_narrowed_while_a_device_was_away_never_reaches_it(office) -> None:
    """Nor what it was told to forget, though it says that it has nothing yet."""
    content = b"%PDF narrowed"

    async def narrow(client: Client):
        fact = {"paper": "paper-x", "item": "item-1", "place": 9, "title": "Chỉ thư ký đọc"}
        fact |= {"file_name": "x.pdf", "blob": sha(content), "size": len(content), "pages": 1}
        client.upload(content)
        wide = client.record(office.meeting_id, "paper_put", fact, critical=True)
        fact |= {"audience": ["person-s"]}
        narrow = client.record(office.meeting_id, "paper_put", fact, critical=True)
        assert [await client.send(wide), await client.send(narrow)] == [[""], [""]]
        return json.loads(wide["head"])["id"], json.loads(narrow["head"])["id"]

    async def look(client: Client):
        mark = client.record(office.meeting_id, "answer_given", {"answer": "comes"})
        await client.send(mark)
        await client.until(lambda: json.loads(mark["head"])["id"] in client.records)
        return client.ever

    with_client(office, look, "person-b")  # enrolled before, and away meanwhile
    wide, narrow = with_client(office, narrow, "person-s")
    ever = with_client(office, look, "person-b")
    assert wide not in ever
    assert narrow not in ever


@pytest.mark.parametrize(
    "changes", [{"page": -1}, {"page": 3}, {"page": 2**70}, {"blob": "0" * 64}]
)
def test_nobody_turns_all_screens_to_a_page_that_is_none(office, changes) -> None:
    paper = office.paper(OPEN)
    wish = {"meeting": office.meeting_id, "base": 0, "paper": paper.paper, "page": 0}

    async def story(client: Client):
        await client.request("steer", wish={**wish, "blob": paper.current.blob, **changes})

    with pytest.raises(FailedError, match="unknown_paper"):
        with_client(office, story)
