"""Addresses that a page broke over several lines, put together again."""

import re

from meetingroom.domain.online_services import split_address
from meetingroom.invitations.online_services import online_services

MOST_LINES = 40
FEW_LINES = 4
LONGEST_LINE = 400
LONG_LINE = 48  # letters; a shorter line was not broken for want of room
_NEXT = re.compile(
    r"[ \t]{0,40}\n[ \t]{0,80}([A-Za-z0-9%&=?/._~#+\-@!$*]{1,600})(?=([ \t]{0,40}(?:\n|\Z))?)"
)
_SPACE = re.compile(r"[ \t]{1,2}([A-Za-z0-9%&=?/._~#+\-@!$*]{3,600})")
_GROUPS = re.compile(r" \d{3,4} \d{3,4}(?:\?[A-Za-z0-9%&=._~\-]{3,200})?(?!\w)")
_ADDRESS_INSIDE = re.compile(r"(?i)[a-z]+:/|www\.")
_DATE = re.compile(r"\d{1,4}[/.\-]\d{1,2}(?:[/.\-]\d{1,4})?$")
_CODED = re.compile(r"%[0-9A-Fa-f]{2}")
_HALF_CODE = re.compile(r"meet\.google\.com/[a-z]{0,3}(?:-[a-z]{0,4}){0,2}$")
_WHOLE_CODE = re.compile(r"meet\.google\.com/[a-z]{3}-[a-z]{4}-[a-z]{3}$")
_OPEN_KEY = re.compile(r"[?&#][\w\-]+=[\w.%\-]*$")
_KEY_END = re.compile(r"[\w\-]{0,60}\.1$")  # as Zoom's keys end
_WHOLE_KEY = re.compile(r"[?&]pwd=[\w\-]{30,}(?:09|\.1)$")
_WEBEX_KEY = re.compile(r"[?&]MTID=m[0-9a-f]{0,31}$")  # 33 letters when it is whole
_HEX = re.compile(r"[0-9a-f]{1,32}")
_RANDOM = re.compile(r"(?=.*\d)(?=.*[A-Za-z])|[a-z][A-Z]")
_SHORT_KEY = re.compile(r"MTID=m([0-9a-f]{1,31})$")  # Webex's has 32
_HEX = re.compile(r"[0-9a-f]{1,31}$")
_SHORT_NUMBER = re.compile(r"/(?:j|s|w)/(\d{1,10})$")
_UNFINISHED = tuple("/?=&%-_#")


def continued(url: str, text: str, end: int) -> tuple[str, int]:
    """The address with what the next lines hold of it, and where it ends in the text."""
    url, end = _after_space(url, text, end)
    for _ in range(MOST_LINES):
        found = _NEXT.match(text, end)
        if found is None:
            break
        token, is_alone = found[1], found[2] is not None
        after = text[found.end(1) : found.end(1) + 1]
        if after and not after.isspace() and after not in '.,;)>]"”':
            break
        width = end - max(text.rfind("\n", 0, end) + 1, end - LONGEST_LINE)
        belongs = _belongs(url, token.rstrip(".,;"), is_alone=is_alone, width=width)
        if not belongs and not (is_alone and _is_soon_a_link(url + token, text, found.end(1))):
            break
        url, end = url + token, found.end(1)
    return url, end


def _is_soon_a_link(url: str, text: str, end: int) -> bool:
    """Whether an address that is nobody's becomes a service's with the next few lines."""
    services = online_services()
    if services.match(split_address(url).scheme + "://" + split_address(url).host) is not None:
        return False
    for _ in range(FEW_LINES):
        found = _NEXT.match(text, end)
        if found is None or not any(one in found[1] for one in "%/"):
            return False
        url, end = url + found[1], found.end(1)
        if services.match(url) is not None:
            return True
    return False


def _after_space(url: str, text: str, end: int) -> tuple[str, int]:
    """An address with a space typed in: only where that makes it one of a service's."""
    number = _SHORT_NUMBER.search(url)
    groups = _GROUPS.match(text, end) if number is not None else None
    if number is not None and groups is not None:
        digits = number[1] + "".join(groups[0].split())
        if 9 <= len(digits.partition("?")[0]) <= 11:
            return url[: number.start(1)] + digits, groups.end()
    found = _SPACE.match(text, end) if url.endswith(("/", "=", "?")) else None
    if found is None or online_services().match(url) is not None:
        return url, end
    whole = url + found[1]
    if text.startswith(":", found.end(1)):
        return url, end  # the next address: "https://8x8.vc/ https://…"
    return (whole, found.end(1)) if online_services().match(whole) is not None else (url, end)


def _belongs(url: str, token: str, *, is_alone: bool, width: int) -> bool:
    if is_alone and _ends_a_key(url, token, width):
        return True
    if _ADDRESS_INSIDE.match(token) or _DATE.match(token) or not any(map(str.isalnum, token)):
        return False
    services = online_services()
    if services.match(url) is None and services.match(url + token) is not None:
        return _is_new_part(url, token)
    if _HALF_CODE.search(url) and _WHOLE_CODE.search(url + token):
        return True
    if any(one in token for one in "=&?") or _CODED.search(token):
        is_open = url.endswith(_UNFINISHED) or len(url) > 40 or "?" in url
        return is_open or "=" in url or "?" in token or "%" in url
    if url.endswith(_UNFINISHED):
        return is_alone and (len(url) > 40 or bool(_RANDOM.search(token)) or token.isdigit())
    number = _SHORT_NUMBER.search(url)
    if number is not None and token.isdigit():
        return len(number[1]) < 9 <= len(number[1]) + len(token) <= 11
    return False


def _ends_a_key(url: str, token: str, width: int) -> bool:
    """Whether a word that stands alone in its line is the rest of the key before it."""
    if _WEBEX_KEY.search(url) and _HEX.fullmatch(token):
        return True
    if not _OPEN_KEY.search(url) or _WHOLE_KEY.search(url):
        return False
    if _KEY_END.match(token):
        return True
    is_long = max(len(url), width) >= LONG_LINE
    return is_long and (bool(_RANDOM.search(token)) or len(token) <= 2)


def _is_new_part(url: str, token: str) -> bool:
    """Whether the joined address is more than an address followed by a word."""
    has_path = len(split_address(url).tail) > 1
    return has_path or token.startswith("/") or "/" in token or url.endswith(("/", ".", "-"))
