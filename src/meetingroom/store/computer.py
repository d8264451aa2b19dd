"""What a computer has: free disk, and what it runs on."""

import os
import shutil
from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")
MB = 1 << 20


def free_mb(folder: Path) -> int:
    """Free space where a folder lies, in MB; -1 where that is not told."""
    try:
        return shutil.disk_usage(folder).free // MB
    except OSError:
        return -1


def power(supplies: Path = SUPPLIES) -> tuple[int, bool]:
    """The battery's charge in per cent (-1: there is none), and whether it is plugged in."""
    return _windows_power() if os.name == "nt" else _linux_power(supplies)


def _linux_power(supplies: Path) -> tuple[int, bool]:
    battery, is_plugged = -1, False
    for supply in sorted(supplies.glob("*")):
        kind, scope = _read(supply / "type"), _read(supply / "scope")
        if kind == "Mains" and _read(supply / "online") == "1":
            is_plugged = True
        elif kind == "Battery" and scope != "Device":  # a mouse has one, too
            share = _read(supply / "capacity")
            battery = int(share) if share.isdecimal() else battery
            is_plugged = is_plugged or _read(supply / "status") in ("Charging", "Full")
    return battery, is_plugged or battery < 0


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _windows_power() -> tuple[int, bool]:
    """Written for Windows, untested there."""
    import ctypes  # noqa: PLC0415 - one call, on one system

    class Status(ctypes.Structure):
        _fields_ = (
            ("line", ctypes.c_ubyte), ("flag", ctypes.c_ubyte), ("share", ctypes.c_ubyte),
            ("saver", ctypes.c_ubyte), ("left", ctypes.c_uint32), ("whole", ctypes.c_uint32),
        )  # fmt: skip

    status, library = Status(), getattr(ctypes, "windll", None)
    if library is None or not library.kernel32.GetSystemPowerStatus(ctypes.byref(status)):
        return -1, True
    has_none = status.flag & 128 or status.share > 100
    return (-1, True) if has_none else (int(status.share), status.line == 1)
