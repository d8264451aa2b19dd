"""Impostors, revoked devices and strangers at the door."""

import contextlib
import json
import logging
import socket
import ssl
import threading

import pytest
from plain_line import closed_with, drain, line
from small_office import Key, SmallDoor, SmallInbox, note, serve, tls_of
from websockets.exceptions import ConnectionClosed, InvalidStatus

from meetingroom.network import protocol as wire
from meetingroom.network.tls import client_context


def test_another_offices_hub_gets_not_even_the_devices_name(
    door, inbox, key, connect, tmp_path
) -> None:
    stranger = SmallDoor(tmp_path / "stranger")
    asked: list[str] = []
    stranger.device = asked.append
    hub = serve(stranger)
    try:
        connect(hub, inbox, key)
        inbox.wait(lambda: inbox.problem == "link.wrong_hub")
    finally:
        hub.stop()
    assert inbox.state == "refused"
    assert asked == []


def test_a_man_in_the_middle_with_the_true_hello_is_not_believed(
    door, inbox, key, connect, tmp_path
) -> None:
    middle = SmallDoor(tmp_path / "middle")
    middle.hello = door.hello  # everything the true hub says, but over another certificate
    asked: list[str] = []
    middle.device = asked.append
    hub = serve(middle)
    try:
        connect(hub, inbox, key)
        inbox.wait(lambda: inbox.problem == "link.wrong_hub")
    finally:
        hub.stop()
    assert asked == []


def test_a_signature_for_another_nonce_is_refused(door, hub, key) -> None:
    door.admit(key)
    with line(hub) as connection:
        connection.recv()
        signature = key.sign(wire.auth_bytes("00" * 32, tls_of(door), "device-1"))
        connection.send(
            wire.encode(
                wire.Authenticate(device="device-1", signature=signature, position={"since": 0})
            )
        )
        assert wire.decode(connection.recv()).code == "link.revoked"


def test_a_signature_relayed_over_another_certificate_is_refused(door, hub, key) -> None:
    door.admit(key)
    with line(hub) as connection:
        hello = wire.decode(connection.recv())
        signature = key.sign(wire.auth_bytes(hello.nonce, "ab" * 32, "device-1"))
        connection.send(
            wire.encode(wire.Authenticate(device="device-1", signature=signature, position={}))
        )
        assert isinstance(wire.decode(connection.recv()), wire.Refused)


def test_a_revoked_device_is_cut_off_and_does_not_storm(door, hub, inbox, key, connect) -> None:
    connect(hub, inbox, key)
    inbox.wait(lambda: inbox.state == "online")
    door.revoke("device-1")
    inbox.wait(lambda: inbox.problem == "link.revoked")
    assert inbox.state == "refused"
    assert [change.state for change in inbox.changes].count("online") == 1


def test_a_revoked_device_that_reads_nothing_is_cut_off_at_once(door, hub, key) -> None:
    door.admit(key)
    door.say(*(note("x" * 100_000) for _ in range(100)))
    with line(hub) as connection:
        hello = wire.decode(connection.recv())
        signature = key.sign(wire.auth_bytes(hello.nonce, tls_of(door), "device-1"))
        connection.send(
            wire.encode(wire.Authenticate(device="device-1", signature=signature, position={}))
        )
        assert isinstance(wire.decode(connection.recv()), wire.Welcome)
        door.revoke("device-1")
        with pytest.raises(ConnectionClosed):
            drain(connection)
    gone = threading.Event()
    while hub.connected():
        gone.wait(0.01)


@pytest.mark.parametrize(
    "frame", ["not json", '{"t":"nonsense"}', '{"t":"took","since":1}', b"\x00\xff"]
)
def test_a_malformed_first_word_closes_with_a_code_and_no_traceback(hub, caplog, frame) -> None:
    caplog.set_level(logging.INFO)
    with line(hub) as connection:
        connection.recv()
        connection.send(frame)
        assert closed_with(connection) == (1008, "link.malformed")
    assert [record for record in caplog.records if record.exc_info] == []
    assert "link.malformed" in caplog.text


def test_a_frame_that_is_too_large_closes_the_line(hub) -> None:
    with line(hub) as connection:
        connection.recv()
        with contextlib.suppress(ConnectionClosed):
            connection.send("x" * (wire.MAX_FRAME + 1))
        with pytest.raises(ConnectionClosed) as ended:
            drain(connection)
    # The hub's word may be lost where it resets a line whose frame it would not read.
    assert ended.value.rcvd is None or ended.value.rcvd.code == 1009


def test_too_many_who_say_nothing_are_turned_away(hub, monkeypatch) -> None:
    monkeypatch.setattr("meetingroom.network.server.MAX_NEWCOMERS", 3)
    with contextlib.ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(line(hub)).recv()
        late = stack.enter_context(line(hub))
        assert closed_with(late)[0] == 1013


def test_who_says_nothing_is_closed_in_time(hub, monkeypatch) -> None:
    monkeypatch.setattr(wire, "HANDSHAKE_SECONDS", 0.1)
    with line(hub) as connection:
        connection.recv()
        assert closed_with(connection) == (1008, "link.slow")


def test_plain_text_on_the_tls_port_is_no_traceback(hub, caplog) -> None:
    caplog.set_level(logging.INFO)
    with socket.create_connection(("127.0.0.1", hub.port), 5) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
        plain.settimeout(5)
        with contextlib.suppress(OSError):
            while plain.recv(1000):
                pass
    assert [record for record in caplog.records if record.exc_info] == []


def test_tls_below_1_3_is_refused(hub) -> None:
    context = client_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with (
        socket.create_connection(("127.0.0.1", hub.port), 5) as plain,
        pytest.raises(OSError, match=r"(?i)version|alert|reset|EOF"),
    ):
        context.wrap_socket(plain)


@pytest.mark.parametrize(("path", "words"), [("/source", "AGPL"), ("/hello", "office-1")])
def test_plain_questions_are_answered(hub, path, words) -> None:
    import http.client

    connection = http.client.HTTPSConnection("127.0.0.1", hub.port, context=client_context())
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    assert answer.status == 200
    assert words in body
    if path == "/hello":
        assert "nonce" not in json.loads(body) or json.loads(body)["nonce"] == ""


def test_an_unknown_path_is_not_found(hub) -> None:
    with pytest.raises(InvalidStatus, match="404"), line(hub, "/elsewhere"):
        pass


def test_the_hub_stops_with_devices_on_line(door, inbox, key, connect) -> None:
    hub = serve(door)
    connect(hub, inbox, key)
    inbox.wait(lambda: inbox.state == "online")
    hub.stop()
    inbox.wait(lambda: inbox.problem == "link.lost")
    inbox.wait(lambda: not any(thread.name == "blobs" for thread in threading.enumerate()))


def test_two_devices_are_told_apart(door, hub, inbox, key, connect, tmp_path) -> None:
    other = SmallInbox(tmp_path / "other")
    connect(hub, inbox, key)
    connect(hub, other, Key(), "device-2")
    inbox.wait(lambda: inbox.state == "online")
    other.wait(lambda: other.state == "online")
    door.revoke("device-2")
    other.wait(lambda: other.problem == "link.revoked")
    gone = threading.Event()
    while hub.connected() != {"device-1"}:
        gone.wait(0.01)
