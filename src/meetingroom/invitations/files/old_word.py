"""Word before 2007 (.doc): the words, from the table of pieces that the document is made of."""

import io
import re
import struct
from collections.abc import Iterator
from typing import Any

from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Letter, Part
from meetingroom.invitations.files.charsets import mended
from meetingroom.invitations.files.task import Task

MAX_STREAM, MAX_PIECES = 64 << 20, 100_000
ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200
WORD_97 = 0xC1
_HYPERLINK = re.compile(
    r"\x13[^\x13\x14\x15]*HYPERLINK\s+(?:\\\w\s+)*\"([^\"]{1,4000})\"[^\x13\x14]*\x14([^\x13\x15]*)\x15"
)
_FIELD = re.compile(r"\x13[^\x13\x14\x15]*(?:\x14([^\x13\x15]*))?\x15")
_SIGNS = {0x07: "\t", 0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x0E: "\n", 0x1E: "-", 0x1F: None}
_SIGNS |= dict.fromkeys((*range(9), 0x13, 0x14, 0x15, *range(0x0F, 0x13)), None) | {0x07: "\t"}


def read_doc(name: str, data: bytes, _task: Task) -> Letter:
    """A document of an old Word."""
    text = _text(name, data)
    links = dict.fromkeys(
        Part(text=found[1], how="link", shown=" ".join(found[2].split())[:500])
        for found in _HYPERLINK.finditer(text)
        if found[1].startswith(("http://", "https://"))
    )
    for _ in range(5):  # fields within fields
        text, count = _FIELD.subn(lambda found: found[1] or "", text)
        if not count:
            break
    text = text.replace("\x07\x07", "\n")  # the end of a table's row
    text = mended(text.translate(_SIGNS))
    text = re.sub(r"\n{3,}", "\n\n", text).strip("\n")
    return Letter(parts=(Part(text=text), *links) if text.strip() else tuple(links))


def _text(name: str, data: bytes) -> str:
    import olefile  # noqa: PLC0415 - seldom

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            main = _stream(ole, "WordDocument")
            flags = struct.unpack_from("<H", main, 0x0A)[0]
            if flags & ENCRYPTED:
                raise PaperError("paper.encrypted", file=name)
            if struct.unpack_from("<H", main, 2)[0] < WORD_97:
                first, last = struct.unpack_from("<II", main, 0x18)
                return main[first:last].decode("cp1252", "replace")
            table = _stream(ole, "1Table" if flags & SECOND_TABLE else "0Table")
            place, size = struct.unpack_from("<II", main, 0x01A2)
            return "".join(_pieces(main, table[place : place + size]))
    except (OSError, struct.error, ValueError, IndexError, KeyError, TypeError) as error:
        raise PaperError("paper.damaged", file=name) from error


def _stream(ole: Any, name: str) -> bytes:
    with ole.openstream(name) as file:
        content: bytes = file.read(MAX_STREAM)
    return content


def _pieces(main: bytes, told: bytes) -> Iterator[str]:
    at = 0
    while told[at] == 1:  # what was changed and not yet put in place
        at += 3 + struct.unpack_from("<H", told, at + 1)[0]
    if told[at] != 2:
        raise ValueError
    size = struct.unpack_from("<I", told, at + 1)[0]
    count = min((size - 4) // 12, MAX_PIECES)
    start = at + 5
    places = struct.unpack_from(f"<{count + 1}I", told, start)
    for number in range(count):
        length = min(places[number + 1] - places[number], MAX_STREAM)
        where = struct.unpack_from("<I", told, start + 4 * (count + 1) + 8 * number + 2)[0]
        if where & 0x40000000:
            begin = (where & 0x3FFFFFFF) // 2
            yield main[begin : begin + length].decode("cp1252", "replace")
        else:
            yield main[where : where + 2 * length].decode("utf-16-le", "replace")
