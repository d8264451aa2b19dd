"""A short, soft tone, to hear whether a room's loudspeakers work."""

import array
import io
import logging
import math
import os
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

log = logging.getLogger(__name__)
RATE = 44_100
NOTES = (523.25, 659.25)  # hertz, one after the other
SECONDS = 0.45  # each
LOUD = 0.4
PLAYERS = ("pw-play", "paplay", "aplay")
PATIENCE = 8.0


def tone() -> bytes:
    """Two notes that swell and fade, as a WAV file."""
    samples = array.array("h")
    count = int(RATE * SECONDS)
    for note in NOTES:
        for at in range(count):
            swell = math.sin(math.pi * at / count)
            samples.append(round(32767 * LOUD * swell * math.sin(2 * math.pi * note * at / RATE)))
    if sys.byteorder == "big":
        samples.byteswap()
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return made.getvalue()


def play(players: tuple[str, ...] = PLAYERS) -> str:
    """Let it be heard: "played", "no_player" or "failed". Blocks for a second or two.

    "played" is what the system says; only somebody in the room knows.
    """
    return _windows_play() if os.name == "nt" else _linux_play(players)


def _linux_play(players: tuple[str, ...]) -> str:
    found = [path for name in players if (path := shutil.which(name))]
    if not found:
        return "no_player"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tone.wav"
        file.write_bytes(tone())
        for player in found:
            try:
                done = subprocess.run(
                    [player, str(file)], capture_output=True, timeout=PATIENCE, check=False
                )
            except (OSError, subprocess.TimeoutExpired) as error:
                log.info("a player of sounds did not play: %s", type(error).__name__)
                continue
            if done.returncode == 0:
                return "played"
    return "failed"


def _windows_play() -> str:
    """Written for Windows, untested there."""
    import winsound  # noqa: PLC0415 - only there

    try:
        winsound.PlaySound(tone(), winsound.SND_MEMORY)  # type: ignore[attr-defined]
    except RuntimeError:
        return "failed"
    return "played"
