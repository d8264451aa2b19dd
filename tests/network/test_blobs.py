"""Blobs up and down: resumed, verified, ended with the right to them."""

import contextlib
import hashlib
import http.client
import os
import threading
import time

import pytest
from small_office import Key, SmallInbox, tls_of

from meetingroom.domain.errors import LinkError, RefusedError, StoreError
from meetingroom.network.sessions import Road
from meetingroom.network.transfers import (
    TELL_SECONDS,
    BlobAccess,
    LineToBlobs,
    PinnedConnection,
    upload_blob,
)
from meetingroom.services.doors import Session, Wanted

PACK = os.urandom(3_000_000)


@pytest.fixture
def access(door, hub) -> BlobAccess:
    """A session's access to blobs without a control line."""
    door.admit(Key())
    token = hub._sessions.open(Session(device="device-1", principal="person-1"))
    return BlobAccess(host="127.0.0.1", port=hub.blob_port, tls=tls_of(door), token=token)


def asked(access, path, method="GET", **headers: str):
    """Status, headers and body of one request."""
    connection = PinnedConnection(access)
    told = {"Authorization": f"Bearer {access.token}"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=told)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


def wanted(blob: str, size: int, urgency: int = 0) -> Wanted:
    return Wanted(blob=blob, size=size, record="paper-1", stream="meeting-1", urgency=urgency)


def test_a_wanted_blob_arrives_whole(door, hub, inbox, key, connect) -> None:
    blob = door.put_blob(PACK)
    inbox.wanted.append(wanted(blob, len(PACK)))
    connect(hub, inbox, key)
    inbox.wait(lambda: inbox.arrived == [blob])
    assert inbox.blob_part(blob).read_bytes() == PACK


def test_a_blob_wanted_later_is_fetched_after_a_wake(door, hub, inbox, key, connect) -> None:
    link = connect(hub, inbox, key)
    inbox.wait(lambda: inbox.state == "online")
    blob = door.put_blob(b"later")
    inbox.wanted.append(wanted(blob, 5))
    link.wake()
    inbox.wait(lambda: inbox.arrived == [blob])


def test_a_beginning_is_not_fetched_twice(door, hub, inbox, key, connect) -> None:
    blob = door.put_blob(PACK)
    inbox.blob_part(blob).write_bytes(PACK[:2_999_990])
    inbox.wanted.append(wanted(blob, len(PACK)))
    connect(hub, inbox, key)
    inbox.wait(lambda: inbox.arrived)
    assert all(done >= 2_999_990 for _, done in inbox.progress)


def test_a_damaged_beginning_is_fetched_anew(door, hub, inbox, key, connect, monkeypatch) -> None:
    monkeypatch.setattr("meetingroom.network.transfers.REST_AFTER_ERROR", 0.0)
    blob = door.put_blob(PACK)
    inbox.blob_part(blob).write_bytes(b"x" * 1000)
    inbox.wanted.append(wanted(blob, len(PACK)))
    connect(hub, inbox, key)
    inbox.wait(lambda: inbox.arrived)
    assert inbox.failed == [(blob, "blob.damaged")]


def test_a_cut_in_the_middle_resumes_on_the_next_connection(door, hub, inbox, key, connect) -> None:
    content = os.urandom(60_000_000)
    blob = door.put_blob(content)
    inbox.wanted.append(wanted(blob, len(content)))
    was_cut = threading.Event()

    def cut(name: str, done: int, size: int) -> None:
        if not was_cut.is_set() and done < size:
            was_cut.set()
            for line in hub._lines_of(frozenset({"device-1"})):
                hub._loop.call_soon_threadsafe(line.connection.transport.abort)
        with inbox.changed:
            inbox.progress.append((name, done))

    inbox.blob_progress = cut
    connect(hub, inbox, key)
    inbox.wait(lambda: inbox.arrived, 20)
    assert was_cut.is_set()
    assert [change.state for change in inbox.changes].count("online") == 2


def test_what_is_urgent_comes_first(door, hub, inbox, key, connect, monkeypatch) -> None:
    monkeypatch.setattr("meetingroom.network.transfers.AT_ONCE", 1)
    blobs = [door.put_blob(bytes([n]) * 1000) for n in range(4)]
    inbox.wanted += [wanted(blob, 1000, 9 - n) for n, blob in enumerate(blobs)]
    asked_for: list[str] = []
    path = door.blob_path

    def noted(session, blob, record):
        asked_for.append(blob)
        return path(session, blob, record)

    door.blob_path = noted
    connect(hub, inbox, key)
    inbox.wait(lambda: len(inbox.arrived) == 4)
    assert asked_for == blobs[::-1]


def test_a_blob_the_hub_does_not_give_is_told(hub, inbox, key, connect) -> None:
    inbox.wanted.append(wanted("0" * 64, 5))
    connect(hub, inbox, key)
    inbox.wait(lambda: inbox.failed == [("0" * 64, "blob.not_there")])


def test_a_full_disk_is_told_and_nothing_else_is_tried(
    door, hub, inbox, key, connect, monkeypatch
) -> None:
    full = StoreError("store.full")
    monkeypatch.setattr(
        "meetingroom.network.transfers._opened_part",
        lambda *_: (_ for _ in ()).throw(full),
    )
    monkeypatch.setattr("meetingroom.network.transfers.AT_ONCE", 1)
    inbox.wanted += [wanted(door.put_blob(bytes([n]) * 10), 10) for n in range(3)]
    connect(hub, inbox, key)
    inbox.wait(lambda: inbox.failed)
    assert {code for _, code in inbox.failed} == {"store.full"}
    assert len(inbox.failed) <= 2


def test_a_running_download_ends_at_once_when_its_device_is_revoked(door, hub, access) -> None:
    content = os.urandom(30_000_000)
    blob = door.put_blob(content)
    connection = PinnedConnection(access)
    connection.request(
        "GET", f"/blob/{blob}?record=paper-1", headers={"Authorization": f"Bearer {access.token}"}
    )
    answer = connection.getresponse()
    got = len(answer.read(100_000))
    door.revoke("device-1")
    with contextlib.suppress(OSError, http.client.IncompleteRead):
        while chunk := answer.read(1 << 16):
            got += len(chunk)
    connection.close()
    assert got < len(content)


def test_a_token_ends_with_its_connection(door, hub, inbox, key, connect) -> None:
    link = connect(hub, inbox, key)
    inbox.wait(lambda: inbox.state == "online")
    access = link._line.wait(5)
    link.stop()
    blob = door.put_blob(b"x")
    with threading.Condition(threading.Lock()) as gone:  # noqa: PLW2101 - waited on below
        while hub.connected():
            gone.wait(0.01)
    assert asked(access, f"/blob/{blob}?record=paper-1")[0] == 401


def test_what_may_not_be_read_looks_like_what_is_not_there(door, access) -> None:
    blob = door.put_blob(b"secret", record="another")
    forbidden = asked(access, f"/blob/{blob}?record=paper-1")
    missing = asked(access, f"/blob/{'0' * 64}?record=paper-1")
    hidden = {"Date"}
    assert forbidden[0] == missing[0] == 404
    assert forbidden[2] == missing[2]
    assert {k for k in forbidden[1] if k not in hidden} == {
        k for k in missing[1] if k not in hidden
    }


@pytest.mark.parametrize(
    ("span", "status", "expected"),
    [
        (None, 200, b"0123456789"),
        ("bytes=4-", 206, b"456789"),
        ("bytes=4-5", 206, b"45"),
        ("bytes=-3", 206, b"789"),
        ("bytes=10-", 416, b""),
        ("bytes=0-9", 200, b"0123456789"),
    ],
)
def test_ranges(door, access, span, status, expected) -> None:
    blob = door.put_blob(b"0123456789")
    headers = {"Range": span} if span else {}
    answer = asked(access, f"/blob/{blob}?record=paper-1", **headers)
    assert (answer[0], answer[2]) == (status, expected)


def test_if_range_of_another_blob_gets_the_whole(door, access) -> None:
    blob = door.put_blob(b"0123456789")
    path = f"/blob/{blob}?record=paper-1"
    same = asked(access, path, Range="bytes=4-", If_Range=f'"{blob}"')
    other = asked(access, path, Range="bytes=4-", If_Range='"other"')
    assert (same[0], other[0]) == (206, 200)


def test_head_tells_size_and_name(door, access) -> None:
    blob = door.put_blob(b"0123456789")
    status, headers, body = asked(access, f"/blob/{blob}?record=paper-1", "HEAD")
    assert (status, headers["Content-Length"], headers["ETag"], body) == (
        200,
        "10",
        f'"{blob}"',
        b"",
    )


def test_an_impostor_on_the_blob_port_is_sent_nothing(access) -> None:
    import msgspec

    other = msgspec.structs.replace(access, tls="ab" * 32)
    with pytest.raises(LinkError, match=r"link\.wrong_hub"):
        asked(other, "/blob/x")


def test_an_upload_goes_up_in_pieces(door, hub, inbox, key, connect, tmp_path) -> None:
    content = os.urandom(9_000_000)
    source = tmp_path / "paper.pdf"
    source.write_bytes(content)
    blob = hashlib.sha256(content).hexdigest()
    link = connect(hub, inbox, key)
    inbox.wait(lambda: inbox.state == "online")
    link._line.wait(5)
    told: list[tuple[int, int]] = []
    link.upload(blob, source, lambda done, size: told.append((done, size))).result(20)
    assert door.uploaded == [blob]
    assert told[-1] == (9_000_000, 9_000_000)
    assert len(told) == 3


def test_an_upload_goes_on_where_it_was_cut(door, hub, access, tmp_path) -> None:
    source = tmp_path / "paper.pdf"
    source.write_bytes(PACK)
    blob = hashlib.sha256(PACK).hexdigest()
    (door.folder / f"{blob}.device-1").write_bytes(PACK[:1_000_000])
    line, told = LineToBlobs(), []
    line.use(access)
    upload_blob(line, blob, source, lambda done, _: told.append(done))
    assert door.uploaded == [blob]
    assert told == [len(PACK)]


def test_an_upload_that_is_not_what_its_name_says_is_refused(door, access, tmp_path) -> None:
    source = tmp_path / "paper.pdf"
    source.write_bytes(PACK)
    line = LineToBlobs()
    line.use(access)
    with pytest.raises(StoreError, match=r"blob\.damaged"):
        upload_blob(line, "0" * 64, source, None)
    assert door.uploaded == []


def test_who_may_not_upload_is_refused(door, hub, tmp_path) -> None:
    token = hub._sessions.open(Session(device="device-9", principal="person-reader"))
    line = LineToBlobs()
    line.use(BlobAccess(host="127.0.0.1", port=hub.blob_port, tls=tls_of(door), token=token))
    source = tmp_path / "paper.pdf"
    source.write_bytes(b"x")
    with pytest.raises(RefusedError, match=r"no_right"):
        upload_blob(line, "0" * 64, source, None)


def test_two_devices_uploads_of_one_blob_do_not_meet(door, hub, access, tmp_path) -> None:
    blob = hashlib.sha256(PACK).hexdigest()
    other = hub._sessions.open(Session(device="device-2", principal="person-1"))
    asked(access, f"/upload/{blob}", "HEAD")
    (door.folder / f"{blob}.device-1").write_bytes(PACK[:500])
    import msgspec

    theirs = msgspec.structs.replace(access, token=other)
    assert asked(theirs, f"/upload/{blob}", "HEAD")[1]["Upload-Offset"] == "0"


def test_an_upload_at_the_wrong_offset_is_told_the_right_one(door, access) -> None:
    status, _, body = asked(
        access, f"/upload/{'1' * 64}", "PUT", Upload_Offset="7", Content_Length="0"
    )
    assert status == 409
    assert b'"offset":0' in body


def test_a_device_that_does_not_read_takes_nobodys_turn(door, hub, access) -> None:
    content = os.urandom(20_000_000)
    blob = door.put_blob(content)
    path = f"/blob/{blob}?record=paper-1"
    stuck = []
    for n in range(8):
        token = hub._sessions.open(Session(device=f"device-{n}", principal="person-1"))
        connection = PinnedConnection(access)
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        connection.getresponse()
        stuck.append(connection)
    assert len(asked(access, path)[2]) == len(content)
    for connection in stuck:
        connection.close()


def test_a_device_cannot_take_all_connections(door, hub, access) -> None:
    blob = door.put_blob(os.urandom(20_000_000))
    path = f"/blob/{blob}?record=paper-1"
    held = []
    for _ in range(4):
        connection = PinnedConnection(access)
        connection.request("GET", path, headers={"Authorization": f"Bearer {access.token}"})
        held.append((connection, connection.getresponse()))
    assert asked(access, path)[0] == 429
    for connection, _ in held:
        connection.close()


def test_nonsense_headers_are_no_traceback(door, access, caplog) -> None:
    assert asked(access, f"/upload/{'1' * 64}", "PUT", Content_Length="-5")[0] in (400, 413)
    assert [record for record in caplog.records if record.exc_info] == []


def test_progress_is_told_a_few_times_a_second_only(door, hub, inbox, key, connect) -> None:
    content = os.urandom(40_000_000)
    blob = door.put_blob(content)
    inbox.wanted.append(wanted(blob, len(content)))
    begin = time.monotonic()
    connect(hub, inbox, key)
    inbox.wait(lambda: inbox.arrived)
    assert len(inbox.progress) <= (time.monotonic() - begin) / TELL_SECONDS + 1


def test_the_inbox_of_two_devices_gets_its_own(door, hub, inbox, key, connect, tmp_path) -> None:
    other = SmallInbox(tmp_path / "other")
    one, two = door.put_blob(b"one"), door.put_blob(b"two")
    inbox.wanted.append(wanted(one, 3))
    other.wanted.append(wanted(two, 3))
    connect(hub, inbox, key)
    connect(hub, other, Key(), "device-2")
    inbox.wait(lambda: inbox.arrived == [one])
    other.wait(lambda: other.arrived == [two])


def test_an_upload_ends_at_once_when_its_device_is_revoked(door, hub, access) -> None:
    connection = PinnedConnection(access)
    connection.putrequest("PUT", f"/upload/{hashlib.sha256(PACK).hexdigest()}")
    connection.putheader("Authorization", f"Bearer {access.token}")
    connection.putheader("Content-Length", str(len(PACK)))
    connection.putheader("Upload-Complete", "1")
    connection.endheaders()
    connection.send(PACK[:1000])
    door.revoke("device-1")
    status = 0  # cut, or not even begun
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection.send(PACK[1000:])
        status = connection.getresponse().status
    connection.close()
    assert status in (0, 401)
    assert door.uploaded == []


def test_blobs_give_way_to_news_for_a_moment_and_never_for_long(monkeypatch) -> None:
    now, slept = [100.0], []
    monkeypatch.setattr("meetingroom.network.sessions.time.monotonic", lambda: now[0])

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds
        road.live_news()  # there is always more

    monkeypatch.setattr("meetingroom.network.sessions.time.sleep", sleep)
    road = Road(pause=0.004)
    road.give_way()
    assert slept == []
    road.live_news()
    road.give_way()
    assert 0.1 <= sum(slept) < 0.11
