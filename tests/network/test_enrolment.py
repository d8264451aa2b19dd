"""A newcomer with a code: right, wrong, worn out, in the wrong hands, in the way."""

import asyncio
import contextlib
import socket
import threading

import pytest
from plain_line import QUIET, line
from small_office import Key, SmallDoor, SmallInbox, serve
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve as listen
from websockets.exceptions import ConnectionClosed

from meetingroom.assembly import join
from meetingroom.domain.errors import EnrolmentError, LinkError
from meetingroom.domain.ids import new_id
from meetingroom.network import protocol as wire
from meetingroom.network.addresses import Address
from meetingroom.network.discovery import FoundHub
from meetingroom.network.enrolment import enrol
from meetingroom.network.tls import client_context, server_context
from meetingroom.sentences import sentence
from meetingroom.wording import choose_language


def here(hub) -> Address:
    return Address("127.0.0.1", hub.port)


@pytest.fixture
def coded(door) -> SmallDoor:
    door.codes["H7"] = "KM4QXA"
    return door


def test_the_right_code_brings_credentials_both_sides_hold(coded, hub, key) -> None:
    grant = enrol(here(hub), "h7km-4qxa", key, "Máy của tôi")
    assert grant.office_key == coded.office_key.public_key
    device = coded.devices[grant.device]
    assert (device.public_key, device.name) == (key.public_key, "Máy của tôi")


def test_a_newly_enrolled_device_can_connect(coded, hub, key, inbox, connect) -> None:
    grant = enrol(here(hub), "H7KM4QXA", key, "")
    connect(hub, inbox, key, grant.device)
    inbox.wait(lambda: inbox.state == "online")


def test_a_wrong_secret_is_wrong_for_both_and_enrols_nobody(coded, hub, key) -> None:
    with pytest.raises(EnrolmentError, match=r"code\.wrong"):
        enrol(here(hub), "H7KM-4QXB", key, "")
    assert coded.tries == ["H7"]
    assert coded.devices == {}


def test_a_guesser_with_his_own_confirmation_learns_only_that_it_was_wrong(coded, hub) -> None:
    with line(hub, "/enrol") as connection:
        connection.recv()
        import spake2

        claim = wire.Claim(
            slot="H7",
            message=spake2.SPAKE2_A(b"GUESSD", b"meetingroom device", b"meetingroom hub").start(),
            nonce="00" * 16,
            device=new_id("device"),
            public_key=Key().public_key,
            name="",
        )
        connection.send(wire.encode(claim))
        assert isinstance(wire.decode(connection.recv()), wire.Challenge)
        connection.send(wire.encode(wire.Confirm(mac=bytes(32))))
        assert wire.decode(connection.recv()).code == "code.wrong"
    assert coded.devices == {}


@pytest.mark.parametrize("problem", ["code.expired", "code.used", "code.too_many"])
def test_a_worn_out_code_says_why(coded, hub, key, problem) -> None:
    coded.code_problem["H7"] = problem
    with pytest.raises(EnrolmentError) as raised:
        enrol(here(hub), "H7KM-4QXA", key, "")
    assert raised.value.code == problem


def test_a_slot_nobody_gave_out_is_unknown(coded, hub, key) -> None:
    with pytest.raises(EnrolmentError, match=r"code\.unknown"):
        enrol(here(hub), "ZZKM-4QXA", key, "")


def test_a_code_works_once(coded, hub, key) -> None:
    enrol(here(hub), "H7KM-4QXA", key, "")
    with pytest.raises(EnrolmentError, match=r"code\.used"):
        enrol(here(hub), "H7KM-4QXA", Key(), "")


def test_one_address_cannot_try_all_slots(coded, hub, key) -> None:
    for _ in range(10):
        with pytest.raises(EnrolmentError, match=r"code\.unknown"):
            enrol(here(hub), "ZZKM-4QXA", key, "")
    with pytest.raises(EnrolmentError, match=r"code\.wait"):
        enrol(here(hub), "H7KM-4QXA", key, "")
    assert "H7" not in coded.tries


def test_a_mistyped_code_is_told_before_anything_is_sent(key) -> None:
    with pytest.raises(EnrolmentError, match=r"code\.mistyped"):
        enrol(Address("127.0.0.1", 1), "H7KM-4QX", key, "")


class Middle:
    """Passes frames on between a newcomer and the true hub, over a certificate of its own."""

    def __init__(self, folder, hub) -> None:
        self.door = SmallDoor(folder)
        self.hub = hub
        self.seen: list[str] = []

    def __enter__(self) -> Address:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        self.server = self._wait(self._listen())
        return Address("127.0.0.1", self.server.sockets[0].getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self.server.close()
        self._wait(self.server.wait_closed())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def _wait(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    async def _listen(self):
        context = server_context(self.door.folder / "tls.crt", self.door.folder / "tls.key")
        return await listen(self._relay, "127.0.0.1", 0, ssl=context)

    async def _relay(self, newcomer) -> None:
        url = f"wss://127.0.0.1:{self.hub.port}/enrol"
        async with connect(url, ssl=client_context(), proxy=None, logger=QUIET) as hub:
            await asyncio.gather(self._pass(hub, newcomer), self._pass(newcomer, hub))

    async def _pass(self, source, target) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for frame in source:
                self.seen.append(wire.decode(frame).__class__.__name__)
                await target.send(frame)
        await target.close()


def test_a_man_in_the_middle_who_passes_all_on_gets_nobody_enrolled(
    coded, hub, key, tmp_path
) -> None:
    middle = Middle(tmp_path / "middle", hub)
    with middle as address, pytest.raises(EnrolmentError, match=r"code\.wrong"):
        enrol(address, "H7KM-4QXA", key, "")
    assert coded.devices == {}
    assert "Granted" not in middle.seen


def test_an_impostor_without_the_secret_gets_no_confirmation(key, tmp_path) -> None:
    impostor = SmallDoor(tmp_path / "impostor")
    impostor.codes["H7"] = "AAAAAA"
    hub = serve(impostor)
    try:
        with pytest.raises(EnrolmentError, match=r"code\.wrong"):
            enrol(here(hub), "H7KM-4QXA", key, "")
    finally:
        hub.stop()
    assert impostor.devices == {}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_problem_of_joining_has_its_own_sentence(language) -> None:
    choose_language(language)
    codes = ("wrong", "unknown", "expired", "used", "too_many", "wait", "mistyped")
    ways = ("nothing_there", "firewall", "unreachable", "no_such_host", "not_a_hub", "not_found")
    trust = ("wrong_hub", "other_version", "lost", "slow", "malformed")
    known = [f"code.{code}" for code in codes] + [f"link.{way}" for way in (*ways, *trust)]
    words = {code: sentence(code, {"address": "192.168.1.5:47800"}) for code in known}
    assert len(set(words.values())) == len(known)
    assert not any(code in text or "{" in text for code, text in words.items())


# --- nobody there ---------------------------------------------------------------------------


def problem_of(address: Address, seconds: float = 3) -> str:
    with pytest.raises(LinkError) as raised:
        enrol(address, "H7KM-4QXA", Key(), "", seconds)
    assert raised.value.fields["address"] == address.url
    return raised.value.code


def test_a_closed_port_says_nothing_is_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert problem_of(Address("127.0.0.1", port)) == "link.nothing_there"


def test_a_name_nobody_has_says_so() -> None:
    assert problem_of(Address("no-such-host.invalid")) == "link.no_such_host"


def test_packets_that_vanish_look_like_a_firewall() -> None:
    """A listener that accepts nobody, its queue full: further packets are dropped."""
    with contextlib.ExitStack() as stack:
        deaf = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(deaf.getsockname())
        assert problem_of(Address("127.0.0.1", deaf.getsockname()[1]), 0.5) == "link.firewall"


def test_one_who_accepts_but_never_speaks_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = Address("127.0.0.1", silent.getsockname()[1])
        assert problem_of(address, 0.5) == "link.unreachable"


def test_one_who_speaks_otherwise_is_not_a_hub() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:

        def answer() -> None:
            line, _ = other.accept()
            with line:
                line.recv(1000)
                line.sendall(b"220 mail.example.vn ESMTP\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        code = problem_of(Address("127.0.0.1", other.getsockname()[1]))
        thread.join()
    assert code == "link.not_a_hub"


def test_a_link_tells_a_missing_hub_from_a_firewall(door, key, connect, tmp_path) -> None:
    inbox = SmallInbox(tmp_path / "alone")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    connect(port, inbox, key)
    inbox.wait(lambda: inbox.problem == "link.nothing_there")
    assert inbox.state == "looking"


def test_a_hub_that_hangs_up_on_a_newcomer_promises_nothing(hub, key, monkeypatch) -> None:
    monkeypatch.setattr("meetingroom.network.server.MAX_NEWCOMERS", 0)
    assert problem_of(here(hub)) == "link.slow"


# --- several hubs on one network ------------------------------------------------------------


@pytest.fixture
def two_hubs(door, hub, tmp_path, monkeypatch):
    """Two offices announce themselves, ours last; returns the other one's door."""
    other = SmallDoor(tmp_path / "other")
    theirs = serve(other)
    found = [FoundHub(office="o", office_name="", address=here(one)) for one in (theirs, hub)]
    monkeypatch.setattr("meetingroom.assembly.find_hubs", lambda _: found)
    yield other
    theirs.stop()


@pytest.mark.parametrize("other_code", [{}, {"H7": "AAAAAA"}])
def test_a_code_finds_its_office_past_another_one(coded, two_hubs, tmp_path, other_code) -> None:
    two_hubs.codes.update(other_code)
    profile = join(tmp_path / "laptop", "H7KM-4QXA")
    assert profile.office_key == coded.office_key.public_key
    assert two_hubs.devices == {}


def test_what_the_own_office_says_of_a_code_is_told(coded, two_hubs, tmp_path) -> None:
    coded.code_problem["H7"] = "code.expired"
    with pytest.raises(EnrolmentError, match=r"code\.expired"):
        join(tmp_path / "laptop", "H7KM-4QXA")
