"""Time zones as letters and mails name them; Vietnam's where nothing is said."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

HOME = timezone(timedelta(hours=7))

ZONE = re.compile(
    r"(?<![a-z])(?:(?:gmt|utc)"
    r"(?:\s?(?P<sign>[+-])\s?(?P<h>1[0-4]|0?[0-9])(?::?(?P<m>[0-5][0-9]))?)?"
    r"|(?P<area>(?:asia|america|europe|australia|africa|pacific)/[a-z_/-]{3,30})"
    r"|(?P<name>bangkok|hanoi|ha noi|ho chi minh|jakarta|gio viet nam|viet nam time|ict"
    r"|indochina time|singapore|kuala lumpur|hong kong|beijing|tokyo|seoul|mumbai|new delhi|india"
    r"|paris|berlin|london|pacific time|eastern time|central time|mountain time"
    r"|p[sd]t|e[sd]t|cest|cet|bst|jst))(?![a-z])"
)

ZONE_WORDS = (
    "gmt utc asia america europe australia africa pacific bangkok hanoi ha ho jakarta gio viet"
    " ict indochina singapore kuala hong beijing tokyo seoul mumbai new india paris berlin"
    " london eastern central mountain pst pdt est edt cest cet bst jst"
)

_PLACES = {
    "singapore": "Asia/Singapore",
    "kuala lumpur": "Asia/Kuala_Lumpur",
    "hong kong": "Asia/Hong_Kong",
    "beijing": "Asia/Shanghai",
    "tokyo": "Asia/Tokyo",
    "jst": "Asia/Tokyo",
    "seoul": "Asia/Seoul",
    "mumbai": "Asia/Kolkata",
    "new delhi": "Asia/Kolkata",
    "india": "Asia/Kolkata",
    "paris": "Europe/Paris",
    "berlin": "Europe/Berlin",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "london": "Europe/London",
    "bst": "Europe/London",
    "pacific time": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "mountain time": "America/Denver",
    "central time": "America/Chicago",
    "eastern time": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
}


def zone_of(found: re.Match[str]) -> tzinfo:
    """The zone a match of `ZONE` names; Vietnam's for a name nobody knows."""
    said = found.groupdict()
    if said["sign"]:
        east = timedelta(hours=int(said["h"]), minutes=int(said["m"] or 0))
        return timezone(east if said["sign"] == "+" else -east)
    if area := said.get("area"):
        return _known("/".join(_cased(one) for one in area.split("/")))
    if name := said.get("name"):
        return _known(_PLACES[name]) if name in _PLACES else HOME
    return UTC


def stamped(when: datetime, zone: tzinfo | None) -> str:
    """ISO 8601 with offset."""
    return when.replace(tzinfo=zone or HOME).isoformat(timespec="seconds")


def _cased(name: str) -> str:
    return "_".join(one.capitalize() for one in name.split("_"))


def _known(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):  # ZoneInfoNotFoundError is a KeyError
        return HOME
