"""RTF as words and links; what Outlook packs HTML into gives the HTML back."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from meetingroom.domain.invitation import Part
from meetingroom.domain.legacy_charsets import Charset, charset_of, real_letters

MAX_TOKENS = 600_000
MAX_GROUPS, MAX_WORDS, MAX_LINKS, MAX_FONTS = 500, 2_000_000, 500, 2_000
_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.S,
)
_SAID = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "cell": "\t", "tab": "\t",
    "nestcell": "\t", "nestrow": "\n", "emdash": "—", "endash": "–", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ",
    "enspace": " ", "_": "-", "~": " ",
}  # fmt: skip
_UNSAID = frozenset((
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "datastore",
    "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "latentstyles",
    "pntext", "bkmkstart", "bkmkend", "nonshppict", "footnote", "annotation", "filetbl",
))  # fmt: skip
_CHARSETS = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    238: "cp1250", 222: "cp874",
}  # fmt: skip
_HYPERLINK = re.compile(r"\bHYPERLINK\s+(?:\\\w\s+)*\"([^\"]{1,4000})\"")


class Rtf(NamedTuple):
    """What an RTF says; `html` where it was HTML before."""

    text: str
    links: tuple[Part, ...]
    html: str = ""


@dataclass
class _State:
    """What holds within a group."""

    is_unsaid: bool = False
    skip: int = 1
    font: int = 0
    place: str = "body"
    is_rtf_only: bool = False


def read(data: bytes) -> Rtf:
    """The words of an RTF, as far as it goes."""
    return _Reader(data.decode("latin-1")).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._stack = [_State()]
        self._out: list[str] = []
        self._size = 0
        self._codepage = "cp1252"
        self._fonts: dict[int, tuple[str, Charset | None]] = {}
        self._font_name: list[str] = []
        self._waiting = bytearray()  # bytes of the same charset, which may be of one letter
        self._to_skip = 0
        self._fields: list[list[str]] = []
        self._links: dict[Part, None] = {}
        self._is_html = False
        self._may_be_star = False

    def read(self) -> Rtf:
        for token in islice(_TOKEN.finditer(self._text), MAX_TOKENS):
            if self._size > MAX_WORDS:
                break
            self._take(token)
        self._flush()
        text = "".join(self._out)
        if self._is_html:
            return Rtf("", (), text)
        return Rtf(re.sub(r"\n{3,}", "\n\n", text).strip("\n"), tuple(self._links))

    def _take(self, token: re.Match[str]) -> None:
        word, number, code, sign, brace, words = token.groups()
        if code is not None:
            if self._to_skip:
                self._to_skip -= 1
            else:
                self._waiting.append(int(code, 16))
            return
        if words is not None:
            self._plain(words)
            return
        self._flush()
        if brace:
            self._group(brace)
        elif word:
            self._word(word, int(number) if number else None)
        elif sign == "*":
            self._may_be_star = True
            return
        elif sign in ("\n", "\r"):
            self._say("\n")
        elif sign:
            self._say(_SAID.get(sign, sign if sign in "\\{}" else ""))
        self._may_be_star = False

    def _plain(self, words: str) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(words))
            self._to_skip -= skipped
            words = words[skipped:]
        if words.isascii():
            self._flush()
            self._say(words)
        else:
            self._waiting += words.encode("latin-1", "replace")
        self._may_be_star = False

    def _group(self, brace: str) -> None:
        if brace == "{":
            if len(self._stack) < MAX_GROUPS:
                self._stack.append(replace(self._stack[-1]))
            return
        ended = self._stack.pop() if len(self._stack) > 1 else self._stack[0]
        if ended.place == "told" and self._stack[-1].place != "told" and self._fields:
            self._fields[-1][0] = "".join(self._fields[-1][1:])
            del self._fields[-1][1:]
        if ended.place == "field" and self._stack[-1].place != "field" and self._fields:
            self._end_field()
        self._to_skip = 0

    def _end_field(self) -> None:
        told, *shown = self._fields.pop()
        found = _HYPERLINK.search(told)
        if found and len(self._links) < MAX_LINKS:
            words = " ".join("".join(shown).split())[:500]
            self._links[Part(text=found[1], how="link", shown=words)] = None

    def _word(self, word: str, number: int | None) -> None:
        state = self._stack[-1]
        if word == "u" and number is not None:
            self._say(chr(number % 0x10000) if not 0xD800 <= number % 0x10000 < 0xE000 else "")
            self._to_skip = state.skip
        elif word == "uc":
            state.skip = min(max(number or 0, 0), 20)
        elif word == "f" and number is not None:
            state.font = number
        elif word == "fcharset":
            self._fonts[state.font] = (_CHARSETS.get(number or 0, self._codepage), None)
        elif word == "ansicpg" and number:
            self._codepage = f"cp{number}"
        elif word == "fromhtml":
            self._is_html = True
        elif word == "htmlrtf":
            state.is_rtf_only = number != 0
        elif word in _SAID:
            self._say(_SAID[word])
        else:
            self._destination(word, state)

    def _destination(self, word: str, state: _State) -> None:
        if word == "fonttbl":
            state.place = "fonts"
        elif word == "field" and len(self._fields) < 20:
            self._fields.append([""])
            state.place = "field"
        elif word == "fldinst":
            state.place, state.is_unsaid = "told", False
        elif word == "htmltag" and self._is_html:
            state.place, state.is_unsaid = "tag", False
        elif word in _UNSAID or (self._may_be_star and word != "fldrslt"):
            state.is_unsaid = True

    def _flush(self) -> None:
        if not self._waiting:
            return
        data, self._waiting = bytes(self._waiting), bytearray()
        charset, legacy = self._fonts.get(self._stack[-1].font, (self._codepage, None))
        if legacy is not None:
            self._say(real_letters("".join(map(legacy.letter, data.decode("latin-1")))))
            return
        try:
            self._say(data.decode(charset, "replace"))
        except LookupError:
            self._say(data.decode("cp1252", "replace"))

    def _say(self, words: str) -> None:
        state = self._stack[-1]
        if state.place == "fonts":
            self._name_font(state, words)
        elif state.is_unsaid or (self._is_html and state.is_rtf_only) or not words:
            return
        elif state.place == "told":
            if self._fields and len(self._fields[-1]) < 200:
                self._fields[-1].append(words)
        else:
            if self._fields:
                self._fields[-1].append(words)
            self._out.append(words)
            self._size += len(words)

    def _name_font(self, state: _State, words: str) -> None:
        self._font_name.append(words)
        if ";" in words:
            name = "".join(self._font_name).strip(" ;")
            self._font_name.clear()
            charset, _ = self._fonts.get(state.font, (self._codepage, None))
            if len(self._fonts) < MAX_FONTS:
                self._fonts[state.font] = (charset, charset_of(name))


# --- packed as Outlook does ---------------------------------------------------------------

_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
MAX_UNPACKED = 16 << 20


def unpacked(data: bytes) -> bytes:
    """RTF out of a message's property; what is broken ends it."""
    if len(data) < 16:
        return b""
    _, raw, kind, _ = struct.unpack("<IIII", data[:16])
    if kind == 0x414C454D:  # not packed
        return data[16 : 16 + min(raw, MAX_UNPACKED)]
    out = bytearray()
    for piece in _pieces(data):
        out += piece
        if len(out) >= min(raw, MAX_UNPACKED):
            break
    return bytes(out[:raw])


def _pieces(data: bytes) -> Iterator[bytes]:
    window = bytearray(_START.ljust(4096, b"\0"))
    write, at = len(_START), 16
    while at < len(data):
        flags, at = data[at], at + 1
        for bit in range(8):
            if flags >> bit & 1:
                if at + 2 > len(data):
                    return
                token = data[at] << 8 | data[at + 1]
                at += 2
                offset, length = token >> 4, (token & 15) + 2
                if offset == write:
                    return
                piece = bytearray()
                for step in range(length):
                    one = window[(offset + step) % 4096]
                    piece.append(one)
                    window[write] = one
                    write = (write + 1) % 4096
                yield bytes(piece)
            elif at < len(data):
                window[write] = data[at]
                write = (write + 1) % 4096
                yield data[at : at + 1]
                at += 1
