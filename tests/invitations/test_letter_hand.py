"""The process that reads letters: started when wanted, replaced when it dies, ended when idle."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError

import pytest
from hostile_letters import forms_within_forms

from meetingroom.documents import letter_hand
from meetingroom.documents.letter_hand import LetterHand
from meetingroom.domain.errors import PaperError

WORDS = b"<html><p>words of a letter</p></html>"


@pytest.fixture
def hand() -> Iterator[LetterHand]:
    made = LetterHand("meetingroom.letter_process")
    yield made
    made.close()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_no_process_runs_before_the_first_file_and_none_after_closing(hand: LetterHand):
    assert hand.pid is None
    assert hand.read("a.html", WORDS).result().parts[0].text == "words of a letter"
    pid = hand.pid
    assert pid is not None
    hand.close()
    assert not is_running(pid)
    with pytest.raises(CancelledError):
        hand.read("a.html", WORDS).result()


def test_a_process_that_was_killed_is_replaced(hand: LetterHand, until: Callable[..., None]):
    hand.read("a.html", WORDS).result()
    pid = hand.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    until(lambda: hand.pid is None)
    assert hand.read("a.html", WORDS).result().parts
    assert hand.pid != pid


def test_a_file_that_takes_too_long_ends_its_process_and_the_next_is_read(
    hand: LetterHand, monkeypatch: pytest.MonkeyPatch
):
    hand.read("a.html", WORDS).result()
    pid = hand.pid
    monkeypatch.setattr(letter_hand, "READ_SECONDS", 0.5)
    slow = hand.read("a.pdf", forms_within_forms())
    after = hand.read("b.html", WORDS)
    with pytest.raises(PaperError, match=r"paper\.timeout"):
        slow.result()
    assert after.result().parts
    assert hand.pid != pid


def test_closing_does_not_wait_for_a_file(hand: LetterHand):
    hand.read("a.html", WORDS).result()
    slow = hand.read("a.pdf", forms_within_forms())
    waiting = hand.read("b.html", WORDS)
    hand.close()
    assert hand.pid is None
    assert slow.exception(30) is not None if not slow.cancelled() else True
    assert waiting.cancelled() or waiting.exception(30) is not None


def test_a_process_is_ended_when_no_file_has_come_for_a_while(
    hand: LetterHand, monkeypatch: pytest.MonkeyPatch, until: Callable[..., None]
):
    monkeypatch.setattr(letter_hand, "IDLE_SECONDS", 0.2)
    assert hand.read("a.html", WORDS).result().parts
    until(lambda: hand.pid is None)
    assert hand.read("a.html", WORDS).result().parts


def test_a_bug_is_logged_whole_and_answered_with_a_sentence(
    hand: LetterHand, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(hand, "_ask", broken)
    with pytest.raises(PaperError, match=r"letter\.unreadable"):
        hand.read("a.html", WORDS).result()
    assert "a bug" in caplog.text
    caplog.clear()
