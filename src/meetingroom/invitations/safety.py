"""What is wrong with an address, as codes; nothing is wrong with a good one.

The codes: `address.not_https`, `address.lookalike`, `address.user_info`, `address.punycode`,
`address.bare_ip`, `address.mismatch`, `address.shortener`, `address.hidden_characters`.
`meetingroom.sentences` has their words.
"""

import re
import unicodedata
from contextlib import suppress
from functools import cache, lru_cache
from urllib.parse import unquote

import msgspec

from meetingroom.domain.online_services import Address, Hosts, split_address
from meetingroom.invitations.online_services import online_services
from meetingroom.invitations.unwrapping import unwrap

_SECOND_LEVEL = {"com", "co", "gov", "edu", "org", "net", "ac", "name", "info", "or", "go", "ne"}
_NUMBERS = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}$")
_SHOWN = re.compile(
    r"(?i)(?<![\w@.])(?:(?P<scheme>[a-z][a-z0-9+.\-]{1,12})://(?P<rest>[^\s<>\"]{1,300})"
    r"|(?P<bare>(?:[a-z0-9\-]{1,40}\.){1,4}(?:com|vn|net|org|us|me|io|info|gov|edu|co|link|xyz))"
    r"(?![\w@])(?P<path>[/?#][^\s<>\"]{0,300})?)"
)
_CODED = re.compile(r"(?i)%(?:0[0-9a-f]|1[0-9a-f]|7f|e2%80%(?:8[b-f]|a[a-e])|e2%81%a[0-9a-f]|ef%bb%bf)")  # fmt: skip # noqa: E501
_LIKE = str.maketrans(
    "01358іӏıοоаеѕрсухкмтнвԁԛԝʟɡɑ", "olesbillooaespcyxkmtnbdqwlga"
)  # digits, then Cyrillic, Greek and phonetic letters, to what they look like
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("nn", "m"))
_SHAPES = (
    "https://zoom.us", "https://meet.google.com", "https://teams.microsoft.com",
    "https://x.webex.com",
)  # fmt: skip


def warnings_of(url: str, shown: str = "") -> tuple[str, ...]:
    """What speaks against opening an address; `shown` are the words it hides behind."""
    address = _decoded(url)
    services = online_services()
    found = []
    if address.scheme != "https" and address.scheme not in services.own_schemes:
        found.append("address.not_https")
    if address.user or "@" in address.host:
        found.append("address.user_info")
    if _is_number(address.host):
        found.append("address.bare_ip")
    elif not address.host.isascii() or "xn--" in address.host:
        found.append("address.punycode")
    if address.host and (_likeness(address.host) or _carries_another(address)):
        found.append("address.lookalike")
    if address.host in _shorteners():
        found.append("address.shortener")
    if _CODED.search(url) or without_hidden_characters(url) != url:
        found.append("address.hidden_characters")
    if shown and _shows_another(url, address, shown):
        found.append("address.mismatch")
    return tuple(found)


def without_hidden_characters(url: str) -> str:
    """Without what cannot be seen, or turns the order of letters around."""
    if url.isascii() and url.isprintable():
        return url
    return "".join(one for one in url if unicodedata.category(one) not in ("Cc", "Cf"))


def is_disguised(url: str, shown: str = "") -> bool:
    """Whether an address on a strange host pretends to be a service's."""
    address = _decoded(url)
    likeness = _likeness(address.host)
    if likeness == "same" or any(host in address.user.lower() for host in _guarded()):
        return True
    if shown and _shows_another(url, address, shown):
        services = online_services()
        if any(services.match(one) for one in _addresses_in(shown)):
            return True
    is_strange = likeness or _is_number(address.host) or not address.host.isascii()
    return bool(is_strange or "xn--" in address.host) and _has_shape(address.tail)


def _carries_another(address: Address) -> bool:
    """Whether a strange host's path or query shows a service's host: `x.example/zoom.us/j/1`."""
    if "." not in address.tail or _is_known(address.host):
        return False
    return _inside().search(unquote(address.tail).lower()) is not None


def _is_known(host: str) -> bool:
    services = online_services()
    return _is_below(host, _guarded()) or host in _genuine() or services.has_own_host(host)


@cache
def _inside() -> re.Pattern[str]:
    hosts = "|".join(map(re.escape, _guarded()))
    return re.compile(rf"(?<![a-z0-9.@-])(?:[a-z0-9-]+\.){{0,3}}(?:{hosts})(?![a-z0-9.-])")


def _decoded(url: str) -> Address:
    """The parts of a link, its host as a browser reads it."""
    address = split_address(url)
    if "%" not in address.host:
        return address
    return msgspec.structs.replace(address, host=unquote(address.host).lower().rstrip("."))


def _has_shape(tail: str) -> bool:
    """Whether the path is one of the great services'."""
    services = online_services()
    found = (services.match(front + tail) for front in _SHAPES)
    return any(one is not None and (one.id or len(tail) > 20) for one in found)


def _is_number(host: str) -> bool:
    return host.startswith("[") or _NUMBERS.match(host) is not None


@cache
def _guarded() -> tuple[str, ...]:
    return online_services().guarded.hosts


@cache
def _genuine() -> Hosts:
    return Hosts((*_guarded(), *online_services().guarded.genuine))


@cache
def _shorteners() -> Hosts:
    return Hosts(online_services().shorteners.hosts)


@cache
def _skeletons() -> tuple[str, ...]:
    return tuple(_skeleton(host) for host in _guarded())


def _skeleton(host: str) -> str:
    """What a host looks like at a glance."""
    if "xn--" in host:
        with suppress(UnicodeError):
            host = host.encode("ascii").decode("idna")
    parts = unicodedata.normalize("NFKD", host.lower()).translate(_LIKE)
    bare = "".join(one for one in parts if not unicodedata.combining(one))
    for pair, one in _PAIRS:
        bare = bare.replace(pair, one)
    return bare.replace("i", "l")


def _is_below(host: str, bases: tuple[str, ...]) -> bool:
    return any(host == base or host.endswith(f".{base}") for base in bases)


@lru_cache(maxsize=1024)
def _likeness(host: str) -> str:
    """ "same" where a host looks just like a guarded one, "near" where nearly, else ""."""
    if not host or _is_number(host) or _is_below(host, _guarded()) or host in _genuine():
        return ""
    if online_services().has_own_host(host):
        return ""
    dotted = f".{host}."
    spread = dotted.replace("-", ".")
    if any(f".{one}." in dotted or f".{one}." in spread for one in _guarded()):
        return "same"
    if _is_below(_skeleton(host), _skeletons()):
        return "same"
    return "near" if _is_near(host) else ""


def _is_near(host: str) -> bool:
    """Whether the domain's own name is one letter away from a guarded one, or carries it."""
    label, ending = _own_name(host)
    if any(name in label for name in online_services().guarded.names):
        return True
    for guarded in _guarded():
        other, other_ending = _own_name(guarded)
        if ending == other_ending and _one_letter_apart(label, other):
            return True
    return False


def _own_name(host: str) -> tuple[str, str]:
    """The domain's own name and its ending: ("zoom", "us")."""
    labels = host.split(".")
    count = 2 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 1
    return (labels[-count - 1] if len(labels) > count else "", ".".join(labels[-count:]))


def _one_letter_apart(one: str, other: str) -> bool:
    """One letter more, less, or two swapped; another letter, not the first, in long names."""
    if one == other or abs(len(one) - len(other)) > 1 or len(other) < 4:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return short[at:] == long[at + 1 :]
    swapped = one[:at] + one[at : at + 2][::-1] + one[at + 2 :]
    is_long = len(other) > 5 or other in online_services().guarded.names
    return swapped == other or (at > 0 and is_long and one[at + 1 :] == other[at + 1 :])


def _addresses_in(shown: str) -> list[str]:
    found = []
    for one in _SHOWN.finditer(shown[:600]):
        bare = f"https://{one['bare']}{one['path'] or ''}"
        written = f"{one['scheme']}://{one['rest']}" if one["scheme"] else bare
        found.append(unwrap(written.rstrip(".,;:!?'\")]>*…")))
    return found


def _shows_another(url: str, address: Address, shown: str) -> bool:
    """Whether the words show addresses, and none of them is where the link leads."""
    written = _addresses_in(shown)
    return bool(written) and not any(_is_same(url, address, one) for one in written)


def _is_same(url: str, address: Address, written: str) -> bool:
    if url.startswith(written) or written.startswith(url):
        return True
    other = split_address(written)
    if other.host != address.host and _own_name(other.host) != _own_name(address.host):
        return False
    services = online_services()
    one, two = services.match(url), services.match(written)
    return one is None or two is None or not one.id or not two.id or one.id == two.id
