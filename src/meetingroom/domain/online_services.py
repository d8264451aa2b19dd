"""Services for online meetings: whose a link is, and how it is opened.

What is known of each service stands in `resources/services.toml`, which explains its columns;
here is what its rows mean.
"""

import re
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any
from urllib.parse import quote

import msgspec

WEB = ("https", "http")
NO_SERVICE = ""
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):(?://([^/?#\\]*))?")
# Pages that every service has beside its meetings: no room is called so.
_NO_ROOM = re.compile(
    r"(?i)/(?:pricing|sign-?in|sign-?up|log-?in|settings|downloads?|features|privacy|terms|billing)/?$"
)
_PLACE = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


class Address(msgspec.Struct, frozen=True):
    """The parts of a link; `tail` is all from the path on."""

    scheme: str
    host: str
    tail: str
    user: str = ""
    port: str = ""


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def split_address(url: str) -> Address:
    """The parts of a link; an empty scheme where it is none."""
    found = _ADDRESS.match(url)
    if found is None:
        return Address("", "", url)
    user, _, place = (found[2] or "").rpartition("@")
    host, colon, port = place.partition(":")
    if place.startswith("["):
        host, colon, port = place.partition("]:")
    if colon and not port.isdigit():
        host, port = place, ""
    return Address(found[1].lower(), host.lower().rstrip("."), url[found.end() :], user, port)


class OnlineService(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the data file."""

    name: str
    title: str
    hosts: tuple[str, ...] = ()
    schemes: tuple[str, ...] = WEB
    paths: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    weak: bool = False
    states_id: bool = True
    has_passcode: bool = True
    native: tuple[str, ...] = ()
    web: str = ""
    browser: bool = True
    by_id: str = ""
    said: tuple[str, ...] = ()


class OtherLinks(msgspec.Struct, frozen=True, kw_only=True):
    """When a link on a host nobody knows is taken for a meeting's."""

    name: str
    title: str
    never: tuple[str, ...]
    files: tuple[str, ...]
    meeting: tuple[str, ...]
    elsewhere: tuple[str, ...]


class NotAWayIn(msgspec.Struct, frozen=True, kw_only=True):
    """Words before a service's own link that make it another page of the service."""

    words: tuple[str, ...]


class Wrapper(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of address that hides the real one."""

    hosts: tuple[str, ...]
    schemes: tuple[str, ...] = WEB
    path: str = ""
    kind: str = "query"
    parameters: tuple[str, ...] = ()


class Shorteners(msgspec.Struct, frozen=True, kw_only=True):
    """Hosts whose addresses tell nothing of where they lead."""

    hosts: tuple[str, ...]


class Guarded(msgspec.Struct, frozen=True, kw_only=True):
    """Hosts that others like to look like, and names no other domain should carry."""

    hosts: tuple[str, ...]
    genuine: tuple[str, ...]
    names: tuple[str, ...]


class Labels(msgspec.Struct, frozen=True, kw_only=True):
    """What people write before an ID or a passcode."""

    id: tuple[str, ...]
    phone_id: tuple[str, ...]
    either: tuple[str, ...]
    either_is_id: tuple[str, ...]
    passcode: tuple[str, ...]
    far_locks: tuple[str, ...]
    other_locks: tuple[str, ...]
    no_code: tuple[str, ...]


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A link of a service: the ID it shows and the key inside, "" where there is none.

    `is_later`: it counts only where the letter has no better link of the service.
    """

    service: OnlineService
    url: str
    address: Address
    id: str = ""
    token: str = ""
    is_later: bool = False


class Hosts:
    """A set of hosts: exact ones, "*.below.them", "starting.*"."""

    def __init__(self, hosts: tuple[str, ...]) -> None:
        self._exact = {host for host in hosts if "*" not in host}
        self._below = tuple(host[1:] for host in hosts if host.startswith("*."))
        self._starting = tuple(host[:-1] for host in hosts if host.endswith(".*"))
        self._any = "*" in hosts

    def __contains__(self, host: str) -> bool:
        return (
            host in self._exact
            or self._any
            or bool(self._below and host.endswith(self._below))
            or bool(self._starting and host.startswith(self._starting))
        )


class OnlineServices(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All that `resources/services.toml` tells."""

    service: tuple[OnlineService, ...]
    other: OtherLinks
    not_a_way_in: NotAWayIn
    wrapper: tuple[Wrapper, ...]
    shorteners: Shorteners
    guarded: Guarded
    labels: Labels

    @cached_property
    def _hosts(self) -> tuple[tuple[OnlineService, Hosts], ...]:
        return tuple((row, Hosts(row.hosts)) for row in self.service)

    @cached_property
    def _by_scheme(self) -> dict[str, tuple[tuple[OnlineService, Hosts], ...]]:
        schemes = {scheme for row in self.service for scheme in row.schemes}
        return {one: tuple(r for r in self._hosts if one in r[0].schemes) for one in schemes}

    @cached_property
    def own_schemes(self) -> tuple[str, ...]:
        """Schemes of the services' own programs, of rows that find such links."""
        found = {one for row in self.service if row.hosts for one in row.schemes}
        found |= {one for row in self.wrapper for one in row.schemes}
        return tuple(sorted(found - set(WEB)))

    def match(self, url: str, words: str = "") -> Match | None:
        """Whose link this is; None for nobody's.

        `words` of the letter, in small letters, let the links of own hosts be told that are
        otherwise anybody's.
        """
        address = split_address(url)
        if _NO_ROOM.match(address.tail):
            return None
        for row, hosts in self._by_scheme.get(address.scheme, ()):
            if address.host in hosts and _words_say(row, address.host, words):
                found = _matched(row, url, address)
                if found is not None:
                    return found
        return None

    def has_own_host(self, host: str) -> bool:
        """Whether a host is one that a service, or a wrapper, is known to have."""
        return host in self._own_hosts

    @cached_property
    def _own_hosts(self) -> Hosts:
        rows = [*(row.hosts for row in self.service), *(row.hosts for row in self.wrapper)]
        return Hosts(tuple(one for row in rows for one in row if one and not one.endswith("*")))

    def named(self, name: str) -> OnlineService | None:
        """The first row of a name."""
        return next((row for row in self.service if row.name == name), None)

    def title(self, name: str) -> str:
        """What people call a service."""
        row = self.named(name)
        return row.title if row is not None else self.other.title

    def native(self, url: str) -> str | None:
        """The address that opens a link in the service's own program; None: there is no such."""
        found = self.match(url, "")
        if found is None:
            return None
        return next(filter(None, (_filled(one, found) for one in found.service.native)), None)

    def native_of(self, name: str, url: str) -> str | None:
        """As `native`, for a link whose service is known (own hosts that only words told)."""
        address = split_address(url)
        for row in self.service:
            if row.name == name and address.host in Hosts(row.hosts):
                found = _matched(row, url, address)
                if found is not None:
                    ways = (_filled(one, found) for one in row.native)
                    return next(filter(None, ways), None)
        return None

    def in_browser(self, url: str) -> str | None:
        """The https address that a browser opens; None where there is none."""
        found = self.match(url)
        if found is None or (not found.service.web and found.service.browser):
            return url if split_address(url).scheme in WEB else None
        return _filled(found.service.web, found) or (url if found.address.scheme in WEB else None)

    def by_id(self, name: str, meeting_id: str, token: str = "") -> str | None:
        """The link of a meeting that is only told by its ID."""
        row = self.named(name)
        digits = "".join(one for one in meeting_id if one.isalnum())
        if row is None or not row.by_id or not digits:
            return None
        made = Match(service=row, url="", address=Address("", "", ""), id=digits, token=token)
        return _filled(row.by_id, made)


def services_of(rows: Mapping[str, Any]) -> OnlineServices:
    """The data file, read; a row that is wrong raises msgspec.ValidationError."""
    return msgspec.convert(rows, OnlineServices)


def _words_say(row: OnlineService, host: str, words: str) -> bool:
    return not row.words or any(one in host or (words and one in words) for one in row.words)


def _matched(row: OnlineService, url: str, address: Address) -> Match | None:
    for is_later, patterns in ((False, row.paths), (True, row.later)):
        for text in patterns:
            found = _pattern(text).match(address.tail)
            if found is not None:
                named = found.groupdict("")
                return Match(
                    service=row, url=url, address=address, id=named.get("id", ""),
                    token=named.get("token", ""), is_later=is_later,
                )  # fmt: skip
    return None


def _filled(template: str, found: Match) -> str:
    """A template with its places filled; "" where one outside brackets is not known."""
    known = {
        "url": found.url,
        "quoted": quote(found.url, safe=""),
        "host": found.address.host,
        "tail": found.address.tail,
        "id": found.id,
        "token": found.token,
    }

    def fill(part: str) -> str:
        names = _PLACE.findall(part)
        if not all(known.get(name) for name in names):
            return ""
        return _PLACE.sub(lambda place: known[place[1]], part)

    return fill(_OPTIONAL.sub(lambda part: fill(part[1]), template))
