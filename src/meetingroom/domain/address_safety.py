"""What makes an address not be what it seems; looked at again at the moment of opening."""

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from meetingroom.domain.entrance import is_https

SHORTENERS = frozenset(
    {
        "bit.ly", "by.com.vn", "cutt.ly", "goo.gl", "is.gd", "ow.ly", "rb.gy", "rebrand.ly",
        "s.id", "shorturl.at", "t.co", "t.ly", "tiny.cc", "tinyurl.com",
    }
)  # fmt: skip
ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "3": "e", "-": "", "_": ""})


def warnings_at(address: str, hosts: Iterable[str] = ()) -> tuple[str, ...]:
    """Codes: not_https, user_info, punycode, bare_ip, port, shortener, look_alike.

    `hosts` are those of known services: one that only looks like them is told.
    """
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return ("not_https",)
    found = {
        "user_info": "@" in parts.netloc,
        "not_https": "@" not in parts.netloc and not is_https(address),
        "punycode": not host.isascii() or any(part.startswith("xn--") for part in host.split(".")),
        "bare_ip": _is_ip(host),
        "port": port not in (None, 443),
        "shortener": host in SHORTENERS,
        "look_alike": _looks_like(host, hosts),
    }
    return tuple(code for code, is_so in found.items() if is_so)


def _is_ip(host: str) -> bool:
    """Also as one number or with hexadecimal parts: browsers take these for addresses, too."""
    last = host.rsplit(".", 1)[-1]
    if last.isdecimal() or last.startswith("0x"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _looks_like(host: str, hosts: Iterable[str]) -> bool:
    """Whether it has a known host's name somewhere without being it, or nearly its letters."""
    for known in hosts:
        if host == known or host.endswith(f".{known}"):
            return False
    return any(known in host or _ends_nearly(host, known) for known in hosts)


def _ends_nearly(host: str, known: str) -> bool:
    length = known.count(".") + 1
    end = ".".join(host.split(".")[-length:])
    return end.translate(ALIKE) == known.translate(ALIKE)
