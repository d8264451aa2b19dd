"""The way into an online meeting: the address as its letter has it, and the passcode to type.

What opens the door (a token in the address, a passcode) is a secret of those invited; the log
has the address without it. Both are kept together, because one letter may have both and only
the exact address works with every service.
"""

import unicodedata
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import msgspec

from meetingroom.domain.errors import CallError

SECRET_FIELDS = frozenset(
    {
        "access_token", "accesscode", "auth", "code", "hash", "jwt", "k", "key", "meetingpassword",
        "otp", "p", "pass", "passcode", "passwd", "password", "pin", "psw", "pw", "pwd", "secret",
        "sig", "signature", "tk", "token", "zak",
    }
)  # fmt: skip
TYPED = 10  # letters of a key that people would type; services make longer ones
APART = '"<>'  # what no address has as it is, and what ends a word on Windows' command lines
LONGEST = 4000  # letters of an address; what a letter has is far shorter


class Entrance(msgspec.Struct, frozen=True, kw_only=True):
    """`address` is exactly what is opened; `passcode` is what people type where they are asked."""

    address: str = ""
    passcode: str = ""

    @property
    def to_type(self) -> str:
        """What people type: the passcode, else a key in the address that is short enough."""
        keys = [] if self.passcode else secrets_in(self.address)
        short = [key for key in keys if len(key) <= TYPED and key.isalnum()]
        return self.passcode or (short[0] if len(keys) == 1 and short else "")

    def __repr__(self) -> str:
        return "Entrance(…)"  # it stands in no log

    __str__ = __repr__


def written(entrance: Entrance) -> str:
    """The text that a keyring and the hub's secret keep."""
    return msgspec.json.encode(entrance).decode()


def read_entrance(secret: str | None, plain: str) -> Entrance:
    """What a kept text means for the address in the log; nothing kept is the address alone.

    Texts of earlier versions are the value of Zoom's `pwd=`, and it alone.
    """
    if not secret:
        return Entrance(address=plain)
    try:
        entrance = msgspec.json.decode(secret, type=Entrance)
    except (msgspec.DecodeError, msgspec.ValidationError):
        joint = "&" if "?" in plain else "?"
        return Entrance(address=f"{plain}{joint}pwd={quote(secret)}", passcode=secret)
    # The log says where the meeting is; a secret may only add to it what was left out.
    fits = is_https(entrance.address) and is_https(plain)
    # Of both, because programs before this one knew fewer names of secrets.
    fits = fits and without_secrets(entrance.address) == without_secrets(plain)
    return entrance if fits else Entrance(address=plain, passcode=entrance.passcode)


def split_entrance(url: str, passcode: str = "") -> tuple[str, Entrance | None]:
    """An address without its secrets for the log, and what is to be kept apart, if anything.

    Raises CallError("link.not_https").
    """
    address = url.strip()
    if not is_https(address):
        raise CallError("link.not_https")
    plain = without_secrets(address)
    has_secret = plain != address or bool(passcode.strip())
    return plain, Entrance(address=address, passcode=passcode.strip()) if has_secret else None


def is_https(address: str) -> bool:
    """Whether an address is one this program may ever open: https, a host, no user in it."""
    if len(address) > LONGEST or not is_one_word(address):
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    is_whole = parts.scheme.lower() == "https" and bool(parts.hostname)
    return is_whole and "@" not in parts.netloc and "\\" not in address and port != 0


def is_one_word(address: str) -> bool:
    """Whether it ends on no command line before its end: no spaces, no controls, no quotes."""
    return not any(
        letter.isspace() or letter in APART or unicodedata.category(letter) == "Cc"
        for letter in address
    )


def without_secrets(address: str) -> str:
    """The address as the log may have it; the rest is spelled as it was."""
    parts = urlsplit(address)
    query = _without(parts.query)
    return urlunsplit(parts._replace(query=query, fragment=_plain_fragment(parts.fragment)))


def secrets_in(address: str) -> list[str]:
    """The values of an address that `without_secrets` leaves out."""
    parts = urlsplit(address)
    way, _, query = parts.fragment.partition("?")
    is_route = way.startswith(("/", "!/"))
    rows = [*parts.query.split("&"), *(query.split("&") if is_route else ())]
    values = [unquote(row.partition("=")[2]) for row in rows if _is_secret(row)]
    return [*filter(None, values), *([parts.fragment] if parts.fragment and not is_route else [])]


def _is_secret(row: str) -> bool:
    """Also where its name is written as %70wd: to the service that is the same."""
    return unquote(row.partition("=")[0]).lower() in SECRET_FIELDS


def _without(query: str) -> str:
    rows = query.split("&")
    return "&".join(row for row in rows if not _is_secret(row))


def _plain_fragment(fragment: str) -> str:
    """Of a page's route the way; any other fragment is a key that only its reader has."""
    if not fragment.startswith(("/", "!/")):
        return ""
    way, mark, query = fragment.partition("?")
    rest = _without(query)
    return f"{way}{mark}{rest}" if rest else way
