"""Bytes become letters: by their mark, else by which decoding gives Vietnamese words."""

import codecs
import re
import unicodedata

from meetingroom.domain.legacy_charsets import from_tcvn3, from_vni
from meetingroom.domain.vietnamese import likeness

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The upper bytes of what Vietnamese is written with in UTF-16.
_UPPER = frozenset((0x00, 0x01, 0x03, 0x1E, 0x20))
_LOOKED_AT, _WIDE_SHARE, _BROKEN_SHARE = 4096, 0.95, 0.02
_LEGACY = re.compile("[\\xa1-\\xff]")
_TWICE = re.compile("Ã[\\x80-\\xbf]|á[º»]|Ä[‘\\x90]|Æ[°¡]")
CLEARLY = 3  # words more than the text had as it was


def decoded(data: bytes, named: str = "") -> str:
    """The letters of a text; `named` is the charset it says it has, which may be wrong."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _composed(data[len(mark) :].decode(charset, "replace"))
    text = _as_named(data, named)
    if text is None:
        text = _wide(data)
    if text is None:
        text = _narrow(data)
    return _composed(mended(text))


def mended(text: str) -> str:
    """Text whose legacy codes (TCVN3, VNI, UTF-8 read as Latin) were taken for letters."""
    if text.isascii() or not _LEGACY.search(text):
        return text
    had = likeness(text)
    if had > 0:
        return text
    ways = [from_tcvn3(text), from_vni(text), *_read_twice(text)]
    best = max(ways, key=likeness)
    return best if likeness(best) >= had + CLEARLY else text


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _as_named(data: bytes, named: str) -> str | None:
    """As the charset says, where that says something: ASCII and Latin are said of anything."""
    try:
        name = codecs.lookup(named.strip("\"' ")).name if named else ""
        if name in ("", "ascii", "iso8859-1", "cp1252"):
            return None
        return data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte is one of a few."""
    start = data[: min(_LOOKED_AT, len(data) & ~1)]
    if len(start) < 4 or start.count(0) < len(start) // 6:
        return None
    for charset, upper, lower in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        uppers, lowers = start[upper::2], start[lower::2]
        share = sum(one in _UPPER for one in uppers) / len(uppers)
        plain = sum(one >= 0x09 for one in lowers) / len(lowers)
        if share >= _WIDE_SHARE and plain >= _WIDE_SHARE and uppers.count(0) > len(uppers) // 3:
            return data.decode(charset, "replace")
    return None


def _narrow(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") <= max(1, len(text) * _BROKEN_SHARE) and likeness(text) > 0:
        return text  # cut off, or spoilt in a place
    latin = data.decode("latin-1")
    ways = [
        data.decode("cp1258", "replace"), from_tcvn3(latin), from_vni(latin),
        data.decode("cp1252", "replace"),
    ]  # fmt: skip
    return max(ways, key=likeness)


def _read_twice(text: str) -> list[str]:
    """UTF-8 that was read as Latin and written as UTF-8 again."""
    if not _TWICE.search(text):
        return []
    try:
        return [text.encode("cp1252", "surrogateescape").decode("utf-8", "replace")]
    except UnicodeError:
        return [text.encode("latin-1", "replace").decode("utf-8", "replace")]
