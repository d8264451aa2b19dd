"""A client written from the README alone, against a real hub with a real issued meeting."""

import asyncio

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from issued_office import HOST, OPEN, RESTRICTED, until, with_client
from readme_client import Client, FailedError, b64, enrol, hello_over_http, sha

from meetingroom.domain.facts import AnswerGiven


def mark(office, client, **changes: object) -> dict:
    """The record of a note on the open paper."""
    paper = office.paper(OPEN)
    fact = {
        "mark": "mark-of-a-stranger",
        "revision": 1,
        "paper": paper.paper,
        "blob": paper.current.blob,
        "page": 2,
        "shape": {"type": "note", "at": [72.0, 100.5]},
        "text": "Đề nghị làm rõ",
    }
    head = {"audience": ["secretary"], "future_field": {"kept": True}}
    return client.record(
        office.meeting_id, changes.pop("kind", "mark_put"), {**fact, **changes}, **head
    )


# --- joining ----------------------------------------------------------------------------


def test_hello_can_be_read_by_anyone_and_has_no_nonce(office) -> None:
    hello = hello_over_http(HOST, office.port)
    assert (hello["t"], hello["protocol"], hello["nonce"]) == ("hello", 1, "")
    assert hello["office_name"] == "UBND xã Thử"


def test_a_code_enrols_the_device_under_the_persons_name(office) -> None:
    async def story(client: Client):
        return client.grant

    grant = with_client(office, story)
    until(lambda: grant["device"] in office.secretary.desk.directory.devices)
    device = office.secretary.desk.directory.devices[grant["device"]]
    assert (device.principal, device.name) == ("person-a", "Máy khác")


def wrong(code: str) -> str:
    return code[:-1] + ("A" if code[-1] != "A" else "B")


def nobodys(code: str) -> str:
    return ("ZZ" if code[:2] != "ZZ" else "YY") + code[2:]


@pytest.mark.parametrize(("spoil", "reason"), [(wrong, "code.wrong"), (nobodys, "code.unknown")])
def test_a_code_that_is_not_right_is_told_by_its_code(office, spoil, reason) -> None:
    key = Ed25519PrivateKey.generate()
    with pytest.raises(FailedError) as raised:
        asyncio.run(enrol(HOST, office.port, spoil(office.code("person-b")), key, ""))
    assert raised.value.code == reason


def test_a_replaced_code_enrols_nobody(office) -> None:
    old, _ = office.code("person-b"), office.code("person-b")
    with pytest.raises(FailedError) as raised:
        asyncio.run(enrol(HOST, office.port, old, Ed25519PrivateKey.generate(), ""))
    assert raised.value.code in {"code.unknown", "code.wrong"}


# --- reading ----------------------------------------------------------------------------


def test_the_whole_sequence_proves_itself(office) -> None:
    async def story(client: Client):
        return client

    client = with_client(office, story)
    numbers = {s: sorted(n for n in chain if n) for s, chain in client.chains.items()}
    gapless = numbers["office"]
    assert gapless == list(range(1, len(gapless) + 1))
    assert client.checked_links >= len(gapless) > 5
    assert client.of_kind("meeting_issued")[0]["payload"]["title"] == "Họp thường kỳ"


def test_a_restricted_paper_never_reaches_the_device(office) -> None:
    async def story(client: Client):
        return [record["payload"]["blob"] for record in client.of_kind("paper_put")]

    assert with_client(office, story) == [sha(OPEN)]
    assert sorted(with_client(office, story, "person-b")) == sorted([sha(OPEN), sha(RESTRICTED)])


def test_only_what_follows_the_position_comes_after_a_cut(office) -> None:
    async def story(client: Client):
        await client.close()
        before = client.position["since"]
        fact = AnswerGiven(answer="comes")
        await asyncio.to_thread(office.secretary.desk.write, office.meeting_id, fact)
        await client.come_on_line()
        await client.until(lambda: client.of_kind("answer_given"))
        return before, client.position["since"]  # the client bears no gap and no step twice

    before, after = with_client(office, story)
    assert 0 < before < after


def test_a_blob_comes_in_two_ranges_and_is_what_its_name_says(office) -> None:
    async def story(client: Client):
        put = client.of_kind("paper_put")[0]
        ranges = ["bytes=0-99999", "bytes=100000-"]
        return client.fetch(put["payload"]["blob"], put["head"]["id"], ranges)

    assert with_client(office, story) == OPEN


def test_what_may_not_be_read_is_the_same_404_as_nothing(office) -> None:
    async def story(client: Client):
        record = office.paper(RESTRICTED).current.record
        hidden = client.blob_request("GET", f"/blob/{sha(RESTRICTED)}?record={record}")
        nothing = client.blob_request("GET", f"/blob/{'0' * 64}?record=record-0")
        return hidden[0], nothing[0], hidden[2] == nothing[2]

    assert with_client(office, story) == (404, 404, True)


# --- writing ----------------------------------------------------------------------------


def test_a_mark_shows_on_the_secretarys_desk_and_comes_back_whole(office) -> None:
    async def story(client: Client):
        refusals = await client.send(mark(office, client))
        await client.until(lambda: client.of_kind("mark_put"))
        return refusals, client.of_kind("mark_put")[0]

    refusals, back = with_client(office, story)
    assert refusals == [""]
    assert back["head"]["future_field"] == {"kept": True}
    until(lambda: "mark-of-a-stranger" in office.meeting.marks)
    assert office.meeting.marks["mark-of-a-stranger"].text == "Đề nghị làm rõ"


def test_the_same_record_twice_is_accepted_twice_and_kept_once(office) -> None:
    async def story(client: Client):
        def twice():
            return [r for r in client.of_kind("mark_put") if r["payload"]["mark"] == "mark-twice"]

        record = mark(office, client, mark="mark-twice")
        both = await client.send(record, record)
        again = await client.send(record)
        await client.until(twice)
        return both + again, len(twice())

    refusals, count = with_client(office, story)
    assert refusals == ["", "", ""]
    assert count == 1


def spoiled(record: dict, **changes: object) -> dict:
    return {**record, **changes}


def saying(kind: str, payload: dict, **head: object):
    """Makes a record of a kind in the meeting's stream."""
    return lambda office, client: client.record(office.meeting_id, kind, payload, **head)


COMES, MINUTES = {"answer": "comes"}, {"blob": "00"}
OTHERS_SIGNATURE = b64(bytes(64))
DEVICE = {"device": "device-x", "principal": "person-s", "public_key": "00" * 32}


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda o, c: spoiled(mark(o, c), head="no json"), "malformed"),
        (lambda o, c: spoiled(mark(o, c), payload='{"other":1}'), "malformed"),
        (lambda o, c: spoiled(mark(o, c), signature=OTHERS_SIGNATURE), "bad_signature"),
        (saying("answer_given", COMES, author="person-s"), "not_you"),
        (saying("answer_given", COMES, device="device-of-another"), "not_you"),
        (saying("answer_given", {"answer": 5}), "malformed"),
        (saying("answer_given", COMES, critical=True), "malformed"),
        (saying("answer_given", COMES, on_behalf_of="person-s"), "malformed"),
        (saying("answer_given", COMES, audience=["me"]), "private"),
        (saying("kind_of_tomorrow", COMES), "hub_too_old"),
        (saying("answer_given", {"answer": 5}, version=2), "hub_too_old"),
        (saying("minutes_drafted", MINUTES), "not_yet"),
        (saying("meeting_cancelled", {}), "no_right"),
        (lambda o, c: mark(o, c, page=9, mark="mark-9"), "unknown_paper"),
        (lambda o, c: c.record("office", "device_enrolled", DEVICE), "hub_only"),
    ],
)
def test_what_is_malformed_or_forged_is_refused_with_its_code(office, make, refusal) -> None:
    async def story(client: Client):
        return await client.send(make(office, client))

    assert with_client(office, story) == [refusal]


def test_one_wrong_record_refuses_its_whole_batch(office) -> None:
    async def story(client: Client):
        good, bad = (
            mark(office, client, mark="mark-good"),
            mark(office, client, mark="mark-bad", page=99),
        )
        return await client.send(good, bad, is_batch=True)

    assert with_client(office, story) == ["batch", "unknown_paper"]
    assert "mark-good" not in office.meeting.marks


def test_who_is_no_secretary_may_not_upload(office) -> None:
    async def story(client: Client):
        return client.blob_request("HEAD", f"/upload/{sha(b'x')}")[0]

    assert with_client(office, story) == 403


def test_a_secretary_uploads_in_pieces_and_issues_by_hand(office) -> None:
    content = b"%PDF " + b"n" * 100_000

    async def story(client: Client):
        fact = {"paper": "paper-n", "item": office.meeting.issued.agenda[0].item, "place": 5}
        fact |= {"title": "Mới", "file_name": "n.pdf", "blob": sha(content), "size": len(content)}
        record = client.record(office.meeting_id, "paper_put", {**fact, "pages": 1}, critical=True)
        before = await client.send(record)
        status = client.upload(content, 40_000)
        return before, status, await client.send(record)

    assert with_client(office, story, "person-s") == (["blob_missing"], 204, [""])
    until(lambda: "paper-n" in office.meeting.papers)


# --- asking, the stage --------------------------------------------------------------------


def test_requests_are_answered_or_fail_with_their_code(office) -> None:
    async def story(client: Client):
        status = await client.ask("hub.status")
        with pytest.raises(FailedError) as raised:
            await client.ask("code.make", principal="person-b")
        return status["heads"], raised.value.group, raised.value.code

    assert with_client(office, story) == ({}, "RefusedError", "no_right")


def test_a_turned_page_is_answered_heard_and_refused_when_stale(office) -> None:
    async def story(client: Client):
        paper = office.paper(OPEN)
        wish = {"meeting": office.meeting_id, "base": 0, "paper": paper.paper}
        wish |= {"blob": paper.current.blob, "page": 2}
        moved = (await client.request("steer", wish=wish))["body"]["stage"]
        await client.until(lambda: office.meeting_id in client.stages)
        with pytest.raises(FailedError) as raised:
            await client.request("steer", wish={**wish, "page": 1})
        return moved, client.stages[office.meeting_id], raised.value

    moved, heard, stale = with_client(office, story)
    assert moved == heard
    assert (moved["page"], stale.code) == (2, "stage.stale")
    assert stale.fields == {"revision": moved["revision"]}
    until(lambda: office.secretary.desk.stage(office.meeting_id).page == 2)
