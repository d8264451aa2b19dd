"""The address behind a wrapped one (safelinks, redirects, URL defence), without the network."""

import base64
import binascii
import re
from functools import cache
from urllib.parse import unquote

from meetingroom.domain.online_services import Address, Hosts, Wrapper, split_address
from meetingroom.invitations.online_services import online_services

DEPTH = 8
_ADDRESS_LIKE = re.compile(r"(?i)[a-z][a-z0-9+.\-]{1,15}:/{1,2}[^\s]")
_QUERY = re.compile(r"\?[^=]*=")
_ENCODED = re.compile(r"(?i)%(?:25|3F|3D|26|23)")
_UNDERSCORES = re.compile(r"/___(.+?)(?:___|$)")
_PROOFPOINT3 = re.compile(r"/v3/__(.+?)__;([\w\-=]*)!?", re.DOTALL)
_STARS = re.compile(r"\*(?:\*([A-Za-z0-9\-_]))?")
_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def unwrap(url: str) -> str:
    """The address that a link leads to, as far as the link itself tells."""
    for _ in range(DEPTH):
        inner = _unwrap_once(url)
        if inner is None or inner == url:
            break
        url = inner
    return url


def _unwrap_once(url: str) -> str | None:
    address = split_address(url)
    wrapper = _wrapper_of(address)
    if wrapper is None:
        return None
    inner = _KINDS[wrapper.kind](wrapper, address)
    if inner and inner.startswith("//"):
        inner = f"https:{inner}"
    return inner if inner and _ADDRESS_LIKE.match(inner) else None


def _wrapper_of(address: Address) -> Wrapper | None:
    for wrapper, hosts in _wrappers():
        if (
            address.host in hosts
            and address.scheme in wrapper.schemes
            and address.tail.startswith(wrapper.path)
        ):
            return wrapper
    return None


@cache
def _wrappers() -> tuple[tuple[Wrapper, Hosts], ...]:
    return tuple((row, Hosts(row.hosts)) for row in online_services().wrapper)


def _parameter(address: Address, names: tuple[str, ...]) -> str:
    """The first of these parameters, as it stands there."""
    _, _, query = address.tail.partition("?")
    given: dict[str, str] = {}
    for part in query.split("&"):
        name, _, value = part.partition("=")
        given.setdefault(name.removeprefix("amp;"), value)
    return next((given[name] for name in names if given.get(name)), "")


def _of_query(wrapper: Wrapper, address: Address) -> str:
    return _decoded_once(_parameter(address, wrapper.parameters))


def _of_rest(wrapper: Wrapper, address: Address) -> str:
    mark = f"?{wrapper.parameters[0]}="
    _, _, rest = address.tail.partition(mark)
    return _decoded_once(rest)


def _decoded_once(value: str) -> str:
    """Percent-decoded; an address that stands there bare keeps its own percent signs."""
    is_bare = _ADDRESS_LIKE.match(value) and (_QUERY.search(value) or not _ENCODED.search(value))
    return value if is_bare else unquote(value)


def _of_path(_wrapper: Wrapper, address: Address) -> str:
    path, _, _ = address.tail.partition("?")
    return unquote(path.rpartition("/")[2])


def _between_underscores(_wrapper: Wrapper, address: Address) -> str:
    found = _UNDERSCORES.search(address.tail)
    return found[1] if found else ""


def _of_proofpoint2(wrapper: Wrapper, address: Address) -> str:
    value = _parameter(address, wrapper.parameters)
    return unquote(value.replace("-", "%").replace("_", "/"))


def _of_proofpoint3(_wrapper: Wrapper, address: Address) -> str:
    """Characters that the wrapper would not carry are stars, their bytes follow in base64."""
    found = _PROOFPOINT3.search(address.tail)
    if found is None:
        return ""
    hidden = _decoded(found[2])
    at = 0

    def put_back(star: re.Match[str]) -> str:
        nonlocal at
        count = _RUNS.index(star[1]) + 2 if star[1] else 1
        piece = hidden[at : at + count]
        at += count
        return piece

    inner = _STARS.sub(put_back, found[1])
    return re.sub(r"^(https?:/)(?=[^/])", r"\1/", inner)


def _of_base64(wrapper: Wrapper, address: Address) -> str:
    return _decoded(unquote(_parameter(address, wrapper.parameters)))


def _decoded(text: str) -> str:
    padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
    try:
        return base64.urlsafe_b64decode(padded).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


_KINDS = {
    "query": _of_query,
    "rest": _of_rest,
    "path": _of_path,
    "underscores": _between_underscores,
    "proofpoint2": _of_proofpoint2,
    "proofpoint3": _of_proofpoint3,
    "base64": _of_base64,
}
