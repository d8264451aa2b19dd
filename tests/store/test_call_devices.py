"""Cameras, microphones and speakers, out of the system's own files."""

import wave
from io import BytesIO

import pytest

from meetingroom.store.call_devices import call_devices
from meetingroom.store.sound_check import play, tone

CARDS = """ 0 [PCH            ]: HDA-Intel - HDA Intel PCH
                      HDA Intel PCH at 0xf7e10000 irq 31
 1 [C930e          ]: USB-Audio - Logitech Webcam C930e
                      Logitech Webcam C930e at usb-0000:00:14.0-2
"""
PCM = """00-00: ALC892 Analog : ALC892 Analog : playback 1 : capture 1
00-03: HDMI 0 : HDMI 0 : playback 1
01-00: USB Audio : USB Audio : capture 1
"""


@pytest.fixture
def system(tmp_path):
    """A computer with two sound cards and a camera that has two files."""
    video, sound = tmp_path / "video", tmp_path / "sound"
    for name in ("video0", "video1"):
        (video / name).mkdir(parents=True)
        (video / name / "name").write_text("Logitech Webcam C930e\n")
    sound.mkdir()
    (sound / "cards").write_text(CARDS)
    (sound / "pcm").write_text(PCM)
    return video, sound


def test_each_device_is_told_once_by_its_name(system):
    cameras, microphones, speakers, tells = call_devices(*system)
    assert cameras == ("Logitech Webcam C930e",)
    assert microphones == ("HDA Intel PCH", "Logitech Webcam C930e")
    assert speakers == ("HDA Intel PCH",)
    assert tells


def test_a_system_that_tells_nothing_says_so(tmp_path):
    assert call_devices(tmp_path / "a", tmp_path / "b") == ((), (), (), False)


def test_a_sound_system_without_cards_has_no_devices(system):
    video, sound = system
    (sound / "cards").write_text("--- no soundcards ---\n")
    (sound / "pcm").write_text("")
    assert call_devices(video, sound)[1:] == ((), (), True)


def test_the_tone_is_a_second_of_sound_that_is_neither_silent_nor_harsh():
    with wave.open(BytesIO(tone())) as file:
        samples = memoryview(file.readframes(file.getnframes())).cast("h")
        assert 0.5 < file.getnframes() / file.getframerate() < 2
    assert 8000 < max(samples) < 20_000
    assert samples[0] == 0


def test_without_a_player_nothing_is_heard_and_it_says_so():
    assert play(("no-such-player-of-sounds",)) == "no_player"


def test_a_player_that_fails_is_not_taken_for_one_that_played():
    assert play(("false",)) == "failed"
    assert play(("false", "true")) == "played"
