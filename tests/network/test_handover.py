"""The key on its way to a standby: to the right one only, and what it says comes back."""

import asyncio
from pathlib import Path

import pytest

from meetingroom.domain.errors import LinkError, MeetingError, RefusedError, StoreError
from meetingroom.domain.records import SignedRecord
from meetingroom.network.addresses import Address, dial
from meetingroom.network.certificates import new_certificate
from meetingroom.network.handover import Doorstep, hand_over
from meetingroom.services.opening import Offer
from meetingroom.store.keys import write_private

OFFER = Offer(hub="hub-new", epoch=3, heads=(("office", 7, "ab"),), standby="device-d")
RECORD = SignedRecord(head="{}", payload="{}", salt=b"s", signature=b"x")
KEY = "11" * 32


class House:
    """What opens the hub here, without one; implements `Host`."""

    def __init__(self) -> None:
        self.problem: MeetingError | None = None
        self.heard: list[object] = []

    def begin(self, key: bytes, known_epoch: int) -> Offer:
        if self.problem is not None:
            raise self.problem
        self.heard.append((key.hex(), known_epoch))
        return OFFER

    def finish(self, record: SignedRecord) -> int:
        self.heard.append(record)
        return 47800

    def give_up(self) -> None:
        self.heard.append("over")


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def doorstep(house: House, tmp_path: Path):
    pem, private, _ = new_certificate()
    certificate, key = tmp_path / "door.crt", tmp_path / "door.key"
    write_private(certificate, pem)
    write_private(key, private)
    doorstep = Doorstep(house, certificate, key, "127.0.0.1")
    doorstep.start()
    yield doorstep
    doorstep.stop()


def bring(doorstep: Doorstep, tls: str = "", sign=lambda _offer: RECORD) -> Address:
    return hand_over(["127.0.0.1"], doorstep.port, tls or doorstep.tls, KEY, 2, sign)


def test_the_key_comes_and_what_was_offered_is_signed(doorstep, house) -> None:
    offers = []
    at = bring(doorstep, sign=lambda offer: offers.append(offer) or RECORD)
    assert at == Address("127.0.0.1", 47800)
    assert offers == [OFFER]
    assert house.heard[:2] == [(KEY, 2), RECORD]


def test_no_key_goes_to_a_computer_with_another_certificate(doorstep, house) -> None:
    with pytest.raises(LinkError, match="wrong_hub"):
        bring(doorstep, tls="ab" * 32)
    assert house.heard == []


def test_what_the_standby_says_comes_back_as_it_was_raised(doorstep, house) -> None:
    house.problem = StoreError("standby.wrong_key")
    with pytest.raises(StoreError, match=r"standby\.wrong_key"):
        bring(doorstep)
    house.problem = RefusedError("no_right")
    with pytest.raises(RefusedError, match="no_right"):
        bring(doorstep)


def test_who_speaks_otherwise_is_answered_and_the_next_one_is_heard(doorstep, house) -> None:
    async def babble() -> str:
        line = await dial(Address("127.0.0.1", doorstep.port), "/takeover", 5)
        await line.send('{"t": "what"}')
        answer = await line.recv()
        await line.close()
        return str(answer)

    assert "link.malformed" in asyncio.run(babble())
    assert bring(doorstep).port == 47800


def test_nobody_there_is_told_as_such(doorstep) -> None:
    doorstep.stop()
    with pytest.raises(LinkError):
        bring(doorstep)
