"""Cameras, microphones and speakers of a computer, by name, as far as its system tells."""

import os
import re
from pathlib import Path
from typing import Any

VIDEO = Path("/sys/class/video4linux")
SOUND = Path("/proc/asound")
AUDIO_KEY = r"SOFTWARE\Microsoft\Windows\CurrentVersion\MMDevices\Audio"
CAMERA_KEY = (
    r"SYSTEM\CurrentControlSet\Control\DeviceClasses\{e5323777-f976-4f5b-9b55-b94699c46e44}"
)
NAME_VALUE = "{a45c254e-df1c-4efd-8020-67d146a850e0},2"
ACTIVE = 1
MOST, LONGEST = 20, 80

Devices = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], bool]


def call_devices(video: Path = VIDEO, sound: Path = SOUND) -> Devices:
    """(cameras, microphones, speakers, whether the system tells at all)."""
    return _windows_devices() if os.name == "nt" else _linux_devices(video, sound)


def _linux_devices(video: Path, sound: Path) -> Devices:
    cameras = [_read(one / "name") for one in sorted(video.glob("video*"))]
    cards = {
        int(number): name.strip()
        for number, name in re.findall(
            r"^\s*(\d+) \[.*?\]: .*? - (.+)$", _read(sound / "cards"), re.M
        )
    }
    microphones, speakers = [], []
    for line in _read(sound / "pcm").splitlines():
        card, _, words = line.partition("-")
        if not card.strip().isdecimal():
            continue
        name = cards.get(int(card), words.partition(":")[2].strip())
        if "capture" in words:
            microphones.append(name)
        if "playback" in words:
            speakers.append(name)
    return _few(cameras), _few(microphones), _few(speakers), sound.is_dir()


def _few(names: list[str]) -> tuple[str, ...]:
    """Each once: a camera has several files, a card several sockets."""
    return tuple(dict.fromkeys(name[:LONGEST] for name in names if name))[:MOST]


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _windows_devices() -> Devices:
    """Written for Windows, untested there: the registry's lists of what is plugged in."""
    try:
        import winreg  # noqa: PLC0415 - only there
    except ImportError:
        return (), (), (), False
    return (
        _few(_cameras(winreg)),
        _few(_endpoints(winreg, "Capture")),
        _few(_endpoints(winreg, "Render")),
        True,
    )


def _endpoints(winreg: Any, kind: str) -> list[str]:
    names = []
    for key in _children(winreg, f"{AUDIO_KEY}\\{kind}"):
        place = f"{AUDIO_KEY}\\{kind}\\{key}"
        if _value(winreg, place, "DeviceState") == ACTIVE:
            names.append(str(_value(winreg, f"{place}\\Properties", NAME_VALUE) or kind))
    return names


def _cameras(winreg: Any) -> list[str]:
    names = []
    for key in _children(winreg, CAMERA_KEY):
        place = f"{CAMERA_KEY}\\{key}\\#GLOBAL"
        if _value(winreg, f"{place}\\Control", "Linked") == 1:
            found = _value(winreg, f"{place}\\Device Parameters", "FriendlyName")
            names.append(str(found or "camera"))
    return names


def _children(winreg: Any, place: str) -> list[str]:
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
            return [winreg.EnumKey(key, n) for n in range(winreg.QueryInfoKey(key)[0])]
    except OSError:
        return []


def _value(winreg: Any, place: str, name: str) -> object:
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
            return winreg.QueryValueEx(key, name)[0]
    except OSError:
        return None
