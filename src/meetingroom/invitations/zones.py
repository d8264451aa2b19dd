"""Time zones as letters and mails name them; Vietnam's where nothing is said."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

HOME = timezone(timedelta(hours=7))

_AT_HOME = (
    "bangkok", "hanoi", "ha noi", "ho chi minh", "jakarta", "gio viet nam", "viet nam time",
    "ict", "indochina time",
)  # fmt: skip
_PLACES = {
    "Asia/Singapore": "singapore|kuala lumpur|manila|sgt",
    "Asia/Shanghai": "beijing|shanghai|hong kong|hkt|北京|上海|香港",
    "Asia/Taipei": "taipei|台北|臺北",
    "Asia/Tokyo": "tokyo|osaka|jst|東京|大阪|日本時間",
    "Asia/Seoul": "seoul|kst|서울",
    "Asia/Kolkata": "mumbai|new delhi|india|kolkata|ist",
    "Europe/Berlin": "berlin|amsterdam|paris|bruxelles|brussels|madrid|rome?|wien|vienna"
    "|cest?|cet|mesz|mez|central european time|central european standard time"
    "|central european summer time|zurich|stockholm|copenhagen|oslo|warsaw|prague|budapest",
    "Europe/Lisbon": "lisbon|lisboa",
    "Europe/Moscow": "moscow|msk|москва|мск|московскому",
    "Europe/London": "london|dublin|bst",
    "Australia/Sydney": "sydney|canberra|aest|aedt",
    "America/New_York": "eastern time|eastern standard time|eastern daylight time"
    "|est|edt|et|hne|hae",
    "America/Chicago": "central time|central standard time|central daylight time|ct|cdt",
    "America/Denver": "mountain time|mountain standard time|mountain daylight time|mt|mdt",
    "America/Los_Angeles": "pacific time|pacific standard time|pacific daylight time|pst|pdt|pt",
}
# Short names that are words too: zones in capitals only.
_CAPITALS = frozenset({"ist", "et", "ct", "mt", "pt", "kst", "sgt", "hne", "hae"})
_NAMES = {name: zone for zone, names in _PLACES.items() for name in names.split("|")}
_LATIN = [name for name in (*_AT_HOME, *_NAMES) if name.isascii()]

ZONE = re.compile(
    r"(?<![a-z])(?:(?:gmt|utc)"
    r"(?:\s?(?P<sign>[+-])\s?(?P<h>1[0-4]|0?[0-9])(?::?(?P<m>[0-5][0-9]))?)?"
    r"|(?P<area>(?:asia|america|europe|australia|africa|pacific)/[a-z_/-]{3,30})"
    rf"|(?P<name>{'|'.join(_LATIN)}))(?![a-z])"
)
ZULU = re.compile(r"(?:(?<=:[0-9]{2})|(?<=t[0-9]{4})|(?<=t[0-9]{6}))z(?![a-z0-9])")
EASTERN_ZONE = re.compile(f"(?P<name>{'|'.join(one for one in _NAMES if not one.isascii())})")
ZONE_WORDS = frozenset(
    re.split("[ ?]", name)[0]
    for name in (*_LATIN, "rom", "ces", "gmt", "utc", "asia", "america", "europe", "africa")
) | {"pacific", "australia", "rome", "cest"}


def zone_of(found: re.Match[str]) -> tzinfo:
    """The zone a match of `ZONE` names; Vietnam's for a name nobody knows."""
    said = found.groupdict()
    if said.get("sign"):
        east = timedelta(hours=int(said["h"]), minutes=int(said["m"] or 0))
        return timezone(east if said["sign"] == "+" else -east)
    if area := said.get("area"):
        return _known("/".join(_cased(one) for one in area.split("/")))
    if name := said.get("name"):
        zone = next((one for words, one in _NAMES.items() if re.fullmatch(words, name)), None)
        return _known(zone) if zone else HOME
    return UTC


def is_zone(found: re.Match[str], written: str) -> bool:
    """Whether a match of `ZONE`, as written, is meant: `ET`, not `et`."""
    return found[0] not in _CAPITALS or written.isupper()


def stamped(when: datetime, zone: tzinfo | None) -> str:
    """ISO 8601 with the offset of this office's zone, whichever zone the hour is told in."""
    return when.replace(tzinfo=zone or HOME).astimezone(HOME).isoformat(timespec="seconds")


def _cased(name: str) -> str:
    return "_".join(one.capitalize() for one in name.split("_"))


def _known(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):  # ZoneInfoNotFoundError is a KeyError
        return HOME
