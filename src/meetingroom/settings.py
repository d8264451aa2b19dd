"""Every setting, declared once: name, type, default, what it means."""

import json
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Settings:
    """What a person may change on this computer; kept as TOML in `settings.toml`."""

    language: str = ""
    """ "vi" or "en"; empty follows MEETINGROOM_LANG, else Vietnamese."""
    text_scale: float = 1.0
    """Text size on desks, 1.0 to 2.0."""
    theme: str = "light"
    """ "light" or "high_contrast"."""
    room_beside_pages: bool = False
    """Whether there is white room beside the pages to write in."""
    draw_with_finger: bool = False
    """Whether one finger draws and two scroll, where the screen can be touched."""
    hub_port: int = 47800
    """The hub's port; blobs are on the next one."""
    check_in_by_code: bool = True
    """Whether the hub serves telephones, on the port after the blobs': the check-in page, and
    calendars."""
    receipt_seconds: float = 60.0
    """The least time between two receipts of one paper."""
    backups_kept: int = 14
    """How many daily backups the hub keeps."""
    own_backup_folder: str = ""
    """Where backups of the own marks are kept by themselves; empty: nowhere."""
    speech_minutes: int = 5
    """How long a speaker has the floor; 0: no limit."""
    km_to_central: int = 0
    """How far online meetings with the central level would be, one way; 0: not known."""
    km_to_province: int = 0
    """The same for the province's."""
    km_to_commune: int = 0
    """The same for meetings of the commune itself."""
    km_to_others: int = 0
    """The same for all others."""
    cost_of_km: int = 0
    """What a kilometre by car costs, in đồng."""
    cost_of_day: int = 0
    """What a person's day away costs, in đồng."""
    people_in_car: int = 4
    """How many people go in one car."""
    room_screen: str = ""
    """The room display's screen: socket, maker, model, serial, how it was chosen; empty: none."""


def default_data() -> Path:
    """Where this computer keeps its things, by the platform's custom."""
    import platformdirs  # noqa: PLC0415 - only where nobody said where

    return Path(platformdirs.user_data_dir("meetingroom", appauthor=False))


def read_settings(folder: Path) -> Settings:
    """The settings of a data folder; unknown or unreadable ones keep their default."""
    import tomllib  # noqa: PLC0415 - only programs with settings pay for it

    path = folder / "settings.toml"
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return Settings()
    chosen: dict[str, Any] = {
        field.name: found[field.name]
        for field in fields(Settings)
        if isinstance(found.get(field.name), type(field.default))
    }
    return replace(Settings(), **chosen)


def write_settings(folder: Path, settings: Settings) -> None:
    """Keep settings: temporary name, then rename."""
    lines = []
    for field in fields(Settings):
        value = getattr(settings, field.name)
        # A path of Windows has letters that need escaping; JSON's way is TOML's, too.
        is_json = isinstance(value, str | bool)
        shown = json.dumps(value, ensure_ascii=False) if is_json else str(value)
        lines.append(f"{field.name} = {shown}\n")
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / "settings.toml.new"
    new.write_text("".join(lines), encoding="utf-8")
    new.replace(folder / "settings.toml")
