"""Tells the engine what legacy Vietnamese fonts show, before it reads a page's words.

A PDF that uses .VnTime says that its characters are Latin-1: "®Çu t­". Here such a font
gets a table of real letters (ToUnicode), in memory only, so that words, boxes and search
see "đầu tư". A font that is only named so, and already says right letters, is left alone.
"""

import logging
import re
from collections.abc import Iterable
from itertools import islice

import pymupdf

from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.domain.legacy_charsets import Charset, charset_of

log = logging.getLogger(__name__)
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CHAR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])")
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_MAX_CODES = 4096
_ROWS = 100  # a block of a CMap may have so many
UNKNOWN = 0xFFFD  # what the engine says of a glyph without a known name
SYMBOL = 0xF000  # where symbol fonts keep their codes
_LATIN_LETTERS = {chr(code) for code in range(0xC0, 0x100) if chr(code).isalpha()}


class LegacyFonts:
    """The fonts of one document; each is looked at once."""

    def __init__(self, document: pymupdf.Document) -> None:
        self._document = document
        self._seen: set[int] = set()

    def mend(self, page: int) -> None:
        """See that the fonts of a page say what they show; before the page is loaded."""
        try:
            rows = self._document.get_page_fonts(page, full=True)
        except FILE_AT_FAULT:
            return
        for row in rows:
            xref, name = row[0], row[3]
            if xref in self._seen or xref <= 0:
                continue
            self._seen.add(xref)
            charset = charset_of(name)
            if charset is not None:
                self._mend_font(xref, name, charset, is_composite=row[2] == "Type0")

    def _mend_font(self, xref: int, name: str, charset: Charset, *, is_composite: bool) -> None:
        try:
            told = self._told(xref)
            letters = self._letters(xref, charset, told, is_composite)
            if letters:
                table = _cmap(letters, 2 if is_composite else 1)
                stream = self._document.get_new_xref()
                self._document.update_object(stream, "<<>>")
                self._document.update_stream(stream, table)
                self._document.xref_set_key(xref, "ToUnicode", f"{stream} 0 R")
        except (*FILE_AT_FAULT, UnicodeError) as error:
            log.info("a font named %s stays as it is: %s", name, error)

    def _letters(
        self, xref: int, charset: Charset, told: dict[int, str], is_composite: bool
    ) -> dict[int, str]:
        """Code → letters; nothing where the font is to be left alone."""
        if _is_honest(told.values(), charset):
            return {}
        if is_composite:
            latin = {code: _latin(text) for code, text in told.items()}
        else:
            codes = self._codes(xref)
            if any(charset.letter(codes.get(code, "")) == text != codes.get(code)
                   for code, text in told.items() if code > 0x7F):  # fmt: skip
                return {}
            latin = {**codes, **{code: _latin(text) for code, text in told.items()}}
            if told.get(0xAD) == "-":  # what WinAnsiEncoding calls this code
                latin[0xAD] = "\xad"
        return {code: "".join(map(charset.letter, text)) for code, text in latin.items() if text}

    def _told(self, xref: int) -> dict[int, str]:
        """Code → text as the font's own table says; nothing where it has none."""
        kind, value = self._document.xref_get_key(xref, "ToUnicode")
        if kind != "xref":
            return {}
        return _read_cmap(self._document.xref_stream(int(value.split()[0])) or b"")

    def _codes(self, xref: int) -> dict[int, str]:
        """Code → the Latin-1 character that a simple font's encoding takes it for."""
        kind, value = self._document.xref_get_key(xref, "Encoding")
        base, differences = value, ""
        if kind in ("dict", "xref"):
            base = self._document.xref_get_key(xref, "Encoding/BaseEncoding")[1]
            differences = self._document.xref_get_key(xref, "Encoding/Differences")[1]
        codec = "mac_roman" if base == "/MacRomanEncoding" else "latin-1"
        codes = {code: bytes([code]).decode(codec) for code in range(0x20, 0x100)}
        code = 0
        for token in re.findall(r"/[^\s/\[\]]+|\d+", differences):
            if token.isdigit():
                code = int(token)
                continue
            named = pymupdf.mupdf.fz_unicode_from_glyph_name(token[1:])
            is_hyphen = token[1:] in ("hyphen", "sfthyphen") and code == 0xAD
            codes[code] = (
                "\xad" if is_hyphen else _latin(chr(named) if 0 < named != UNKNOWN else "")
            )
            code += 1
        return codes


def _latin(text: str) -> str:
    """Text with the private codes of symbol fonts as the characters they are."""
    return "".join(chr(ord(one) - SYMBOL) if SYMBOL <= ord(one) < SYMBOL + 256 else one
                   for one in text)  # fmt: skip


def _is_honest(texts: Iterable[str], charset: Charset) -> bool:
    """Whether a font's table names letters no legacy font shows: its text is right as it is.

    A table of all of Latin-1 says nothing: it was made without looking.
    """
    letters = {one for text in texts for one in _latin(text) if one.isalpha()}
    strange = {one for one in _LATIN_LETTERS if one not in charset.letters}
    met = letters & strange
    return any(one > "\xff" for one in letters) or 0 < len(met) <= len(strange) // 2


def _read_cmap(table: bytes) -> dict[int, str]:
    """Code → text of a ToUnicode table, as far as it can be read."""
    told: dict[int, str] = {}
    for kind, body in _BLOCK.findall(table):
        if kind == b"bfchar":
            told |= {_code(row[0]): _text(row[1]) for row in _CHAR.findall(body)}
            continue
        for first, last, text, several in _RANGE.findall(body):
            start, count = _code(first), min(_MAX_CODES, _code(last) - _code(first) + 1)
            if several:
                texts = islice(_HEX.findall(several), count)
                told |= {start + number: _text(one) for number, one in enumerate(texts)}
            elif text:
                head, end = _text(text)[:-1], ord(_text(text)[-1:] or "\0")
                told |= {start + step: head + chr(end + step) for step in range(count)}
    return told


def _code(digits: bytes) -> int:
    return int(re.sub(rb"\s", b"", digits), 16)


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


def _cmap(letters: dict[int, str], size: int) -> bytes:
    """A ToUnicode table; `size` is the bytes of a code."""
    rows = [
        f"<{code:0{2 * size}x}> <{text.encode('utf-16-be').hex()}>"
        for code, text in sorted(letters.items())
        if code < 1 << 8 * size
    ]
    blocks = [rows[start : start + _ROWS] for start in range(0, len(rows), _ROWS)]
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /L def "
        f"/CMapType 2 def 1 begincodespacerange <{'00' * size}> <{'ff' * size}> "
        f"endcodespacerange\n{body}\nendcmap end end"
    ).encode()
