"""An Outlook message (.msg): a compound file with the few streams a reader asks for."""

import struct

_SECTOR, _SMALL, _FREE, _END, _FAT = 512, 64, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_TEXTS = {"Subject": 0x0037, "From": 0x0C1A}
_BODY = 0x1000


def outlook_message(head: dict[str, str], body: str) -> bytes:
    """The bytes of a message with a subject, a sender's name and a plain body."""
    texts = {_TEXTS[name]: words for name, words in head.items() if name in _TEXTS}
    texts[_BODY] = body.replace("\n", "\r\n")
    texts[0x001A] = "IPM.Note"
    streams = {"__properties_version1.0": bytes(32) + b"".join(map(_property, texts.items()))}
    for tag, words in texts.items():
        streams[f"__substg1.0_{tag:04X}001F"] = words.encode("utf-16-le")
    return _compound(streams)


def _property(item: tuple[int, str]) -> bytes:
    tag, words = item
    return struct.pack("<IIII", tag << 16 | 0x001F, 6, len(words.encode("utf-16-le")) + 2, 0)


def _compound(streams: dict[str, bytes]) -> bytes:
    """Every stream is below 4096 bytes and so lies in the mini stream."""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    small, chains, starts = bytearray(), [], {}
    for name in names:
        starts[name] = len(small) // _SMALL
        count = -(-len(streams[name]) // _SMALL)
        chains += [*range(starts[name] + 1, starts[name] + count), _END]
        small += streams[name].ljust(count * _SMALL, b"\0")
    small = small.ljust(-(-len(small) // _SECTOR) * _SECTOR, b"\0")
    entries = [_entry("Root Entry", 5, _FREE, _FREE, 1, 0, len(small))]
    for at, name in enumerate(names, 1):  # a list bent to the right: small, and legal to read
        right = at + 1 if at < len(names) else _FREE
        entries.append(_entry(name, 2, _FREE, right, _FREE, starts[name], len(streams[name])))
    while len(entries) % 4:
        entries.append(_entry("", 0, _FREE, _FREE, _FREE, 0, 0))
    directory = b"".join(entries)
    minifat = _table(chains)
    parts = [bytes(small), directory, minifat]
    fat, begins = [], []
    for part in parts:
        begins.append(len(fat))
        count = len(part) // _SECTOR
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
    fat.append(_FAT)
    head = _header(begins, len(minifat) // _SECTOR, len(fat) - 1)
    return head + b"".join(parts) + _table(fat)


def _table(numbers: list[int]) -> bytes:
    padded = numbers + [_FREE] * (-len(numbers) % 128)
    return struct.pack(f"<{len(padded)}I", *padded)


def _entry(name: str, kind: int, left: int, right: int, child: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le")
    length = len(letters) + 2 if name else 0
    head = letters.ljust(64, b"\0") + struct.pack("<HBB", length, kind, 1)
    return (
        head + struct.pack("<III", left, right, child) + bytes(36) + struct.pack("<IQ", start, size)
    )


def _header(begins: list[int], minifat_sectors: int, fat_sector: int) -> bytes:
    _, directory, minifat = begins
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIII", 0, 1, directory, 0, 4096)
    head += struct.pack("<IIII", minifat, minifat_sectors, _END, 0)
    return head + struct.pack("<I", fat_sector) + struct.pack("<I", _FREE) * 108
