"""What one computer can do to the hub and to all others: as little as possible."""

import contextlib
import http.client
import os
import subprocess
import sys
import threading

import pytest
import spake2
from plain_line import closed_with, line
from small_office import Key, SmallInbox, note, tls_of
from websockets.exceptions import ConnectionClosed

from meetingroom.domain.errors import EnrolmentError
from meetingroom.domain.ids import new_id
from meetingroom.network import protocol as wire
from meetingroom.network.tls import client_context


def claim(message: bytes, **changes: str) -> str:
    """A newcomer's first word for slot H7."""
    told = {"device": new_id("device"), "public_key": Key().public_key, "nonce": "00" * 16}
    return wire.encode(wire.Claim(slot="H7", message=message, name="", **{**told, **changes}))


def first_word(door, connection, key, **position: object) -> None:
    """Prove to be device-1."""
    hello = wire.decode(connection.recv())
    signature = key.sign(wire.auth_bytes(hello.nonce, tls_of(door), "device-1"))
    connection.send(
        wire.encode(wire.Authenticate(device="device-1", signature=signature, position=position))
    )


@contextlib.contextmanager
def on_line(door, hub, key):
    """A plain line of device-1, welcomed."""
    door.admit(key)
    with line(hub) as connection:
        first_word(door, connection, key)
        assert isinstance(wire.decode(connection.recv()), wire.Welcome)
        yield connection


# --- strangers --------------------------------------------------------------------------


def test_a_stranger_cannot_make_the_hub_hold_large_frames(hub) -> None:
    with line(hub) as connection:
        connection.recv()
        with contextlib.suppress(ConnectionClosed):
            connection.send("x" * (wire.FIRST_FRAME + 1))
        with pytest.raises(ConnectionClosed) as ended:
            connection.recv(5)
    assert ended.value.rcvd is None or ended.value.rcvd.code == 1009


@pytest.mark.parametrize(
    "message",
    [
        b"A" + bytes(31) + b"\x7f",
        b"A" + b"\x02" + bytes(31),  # on no curve
        b"A",
        b"",
        b"B" + bytes(32),
        spake2.SPAKE2_A(b"x").start() + b"more",
    ],
    ids=["no point", "off the curve", "short", "empty", "other side", "long"],
)
def test_a_point_that_is_none_is_a_wrong_code_and_no_traceback(door, hub, message) -> None:
    door.codes["H7"] = "KM4QXA"
    with line(hub, "/enrol") as connection:
        connection.recv()
        connection.send(claim(message))
        assert wire.decode(connection.recv(5)).code == "code.wrong"
    assert door.tries == ["H7"]


@pytest.mark.parametrize(
    "changes", [{"device": "device-1"}, {"device": "../../x"}, {"public_key": "no key"}]
)
def test_a_newcomer_with_odd_names_is_not_even_tried(door, hub, changes) -> None:
    door.codes["H7"] = "KM4QXA"
    with line(hub, "/enrol") as connection:
        connection.recv()
        connection.send(claim(spake2.SPAKE2_A(b"KM4QXA").start(), **changes))
        assert closed_with(connection) == (1008, "link.malformed")
    assert door.tries == []


def test_one_computer_cannot_keep_all_others_out(hub, monkeypatch) -> None:
    monkeypatch.setattr("meetingroom.network.server.MAX_NEWCOMERS_FROM_ONE", 2)
    with contextlib.ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(line(hub)).recv()
        assert closed_with(stack.enter_context(line(hub)))[0] == 1013
        hub._newcomers["192.168.1.77"] = 2
        hub._newcomers["127.0.0.1"] = 0
        assert stack.enter_context(line(hub)).recv(5)


def test_one_computer_cannot_take_all_blob_connections(door, hub, monkeypatch) -> None:
    monkeypatch.setattr("meetingroom.network.blob_server.MAX_FROM_ONE", 0)
    connection = http.client.HTTPSConnection(
        "127.0.0.1", hub.blob_port, context=client_context(), timeout=5
    )
    with pytest.raises(OSError, match=r"(?i)eof|reset|closed"):
        connection.request("GET", "/blob/x")


def test_a_connection_without_a_token_is_not_kept(hub) -> None:
    connection = http.client.HTTPSConnection(
        "127.0.0.1", hub.blob_port, context=client_context(), timeout=5
    )
    connection.request("GET", "/blob/x")
    answer = connection.getresponse()
    answer.read()
    assert (answer.status, answer.headers["Connection"]) == (401, "close")
    connection.close()


# --- devices ----------------------------------------------------------------------------


@pytest.mark.parametrize("since", [-1, 1 << 53, 1 << 200])
def test_a_position_nobody_can_be_at_is_malformed(door, hub, key, since) -> None:
    door.admit(key)
    with line(hub) as connection:
        first_word(door, connection, key, incarnation="incarnation-1", since=since)
        assert closed_with(connection) == (1008, "link.malformed")


def test_a_bug_with_one_devices_records_stops_nobody_elses(
    door, hub, inbox, key, connect, tmp_path, caplog
) -> None:
    other, delivered_after = SmallInbox(tmp_path / "other"), door.delivered_after

    def broken(session, since, limit):
        if session.device == "device-2":
            raise OverflowError("too large")
        return delivered_after(session, since, limit)

    door.delivered_after = broken
    door.say(note("one"))
    connect(hub, other, Key(), "device-2")
    other.wait(lambda: other.problem == "link.lost")
    connect(hub, inbox, key)
    inbox.wait(lambda: inbox.received)
    assert "a device's records cannot be read" in caplog.text
    caplog.clear()


def test_a_device_whose_principal_is_the_hub_is_not_served(door, hub, key) -> None:
    door.admit(key, "device-1", "hub")
    with line(hub) as connection:
        first_word(door, connection, key)
        assert isinstance(wire.decode(connection.recv()), wire.Refused)


def test_a_device_revoked_while_it_comes_on_line_gets_no_token(door, hub, key) -> None:
    device = door.admit(key)
    known = [door.devices[device]]
    door.device = lambda _: known.pop() if known else None
    with line(hub) as connection:
        first_word(door, connection, key)
        assert isinstance(wire.decode(connection.recv()), wire.Refused)
        assert closed_with(connection)[0] == wire.REVOKED
    gone = threading.Event()
    while hub._sessions._by_token:
        gone.wait(0.01)


def test_records_that_never_end_are_not_collected_for_ever(door, hub, key, monkeypatch) -> None:
    monkeypatch.setattr(wire, "MAX_WAITING_BYTES", 1_000_000)
    part = wire.Records(n=1, records=(note("x" * 300_000),), has_more=True)
    with on_line(door, hub, key) as connection:
        with contextlib.suppress(ConnectionClosed):
            for _ in range(4):
                connection.send(wire.encode(part))
        assert closed_with(connection) == (1008, "link.malformed")
    assert door.batches == []


def test_judged_records_make_room_for_the_next_ones(door, hub, key, monkeypatch) -> None:
    monkeypatch.setattr(wire, "MAX_WAITING_BYTES", 1_000_000)
    with on_line(door, hub, key) as connection:
        for number in range(4):
            frame = wire.Records(n=number, records=(note("x" * 600_000),))
            connection.send(wire.encode(frame))
            while not isinstance(wire.decode(connection.recv(5)), wire.Answers):
                pass
    assert len(door.batches) == 4


def test_records_do_not_mingle_with_a_batch_that_goes_on(door, hub, key) -> None:
    with on_line(door, hub, key) as connection:
        for number in (1, 2):
            frame = wire.Records(n=number, records=(note("x"),), is_batch=True, has_more=True)
            connection.send(wire.encode(frame))
        assert closed_with(connection) == (1008, "link.malformed")


def test_a_code_tried_from_one_computer_too_often_is_not_said_to_be_closed(door, hub, key) -> None:
    from meetingroom.network.enrolment import TRIES_A_MINUTE, TriesByAddress

    tries = TriesByAddress()
    for _ in range(TRIES_A_MINUTE):
        tries.count("192.168.1.9")
    with pytest.raises(EnrolmentError, match=r"code\.wait"):
        tries.count("192.168.1.9")
    tries.count("192.168.1.10")


@pytest.mark.parametrize("t", ["ask", "took", "claim"])
def test_a_frame_nested_without_end_is_malformed_and_no_traceback(hub, t) -> None:
    depth = 10_000
    with line(hub) as connection:
        connection.recv()
        body = '{"a":' + "[" * depth + "]" * depth + "}"
        connection.send(f'{{"t":"{t}","n":1,"name":"x","since":1,"more":{body},"body":{body}}}')
        assert closed_with(connection) == (1008, "link.malformed")


def test_a_device_with_many_lines_loses_the_oldest(door, hub, key, monkeypatch) -> None:
    monkeypatch.setattr("meetingroom.network.server.MAX_LINES", 2)
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(on_line(door, hub, key))
        for _ in range(2):
            stack.enter_context(on_line(door, hub, key))
        assert closed_with(first)[0] == 1013


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_the_hub_takes_the_sockets_the_system_lets_it_have() -> None:
    words = (
        "import resource as r;"
        "from meetingroom.network.server import give_the_process_to_the_hub as give;"
        "hard = r.getrlimit(r.RLIMIT_NOFILE)[1];"
        "r.setrlimit(r.RLIMIT_NOFILE, (256, hard)); give();"
        "print(r.getrlimit(r.RLIMIT_NOFILE)[0])"
    )
    told = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert int(told.stdout) > 256
