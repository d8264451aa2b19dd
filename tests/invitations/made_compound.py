"""Compound files, as Outlook and old Office write them: storages and streams in a dict."""

import struct
from itertools import pairwise
from typing import Any

SECTOR, SMALL, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = dict[str, Any]


class _Writer:
    def __init__(self) -> None:
        self.rows: list[list[Any]] = []  # name, kind, right, child, start, size
        self.fat: list[int] = []
        self.sectors = bytearray()
        self.small = bytearray()
        self.small_fat: list[int] = []

    def stream(self, data: bytes) -> tuple[int, int]:
        if len(data) >= CUTOFF:
            return self.chain(data), len(data)
        start, count = len(self.small_fat), -(-len(data) // SMALL)
        self.small_fat += [*range(start + 1, start + count), END][:count]
        self.small += data.ljust(count * SMALL, b"\0")
        return (start if count else END), len(data)

    def chain(self, data: bytes) -> int:
        start, count = len(self.fat), -(-len(data) // SECTOR)
        self.fat += [*range(start + 1, start + count), END][:count]
        self.sectors += data.ljust(count * SECTOR, b"\0")
        return start if count else END

    def add(self, name: str, value: bytes | Tree) -> int:
        number = len(self.rows)
        self.rows.append([name, 2 if isinstance(value, bytes) else 1, FREE, FREE, 0, 0])
        if isinstance(value, bytes):
            self.rows[number][4:] = self.stream(value)
        else:
            self.rows[number][3] = self.children(value)
        return number

    def children(self, tree: Tree) -> int:
        """A list bent to the right."""
        numbers = [self.add(name, tree[name]) for name in sorted(tree, key=lambda n: (len(n), n))]
        for one, other in pairwise(numbers):
            self.rows[one][2] = other
        return numbers[0] if numbers else FREE


def compound(tree: Tree) -> bytes:
    """The bytes of a file with these streams (bytes) and storages (dicts)."""
    made = _Writer()
    made.rows.append(["Root Entry", 5, FREE, FREE, 0, 0])
    made.rows[0][3] = made.children(tree)
    made.rows[0][4:] = made.chain(bytes(made.small)), len(made.small)
    small_fat = made.chain(_table(made.small_fat))
    directory = made.chain(b"".join(_entry(*row) for row in made.rows))
    fat_start = len(made.fat)
    count = 1
    while len(made.fat) + count > count * 128:
        count += 1
    made.fat += [FAT] * count
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIII", 0, count, directory, 0, CUTOFF)
    head += struct.pack("<IIII", small_fat, -(-len(made.small_fat) // 128), END, 0)
    places = [*range(fat_start, fat_start + count)] + [FREE] * (109 - count)
    return head + struct.pack("<109I", *places) + bytes(made.sectors) + _table(made.fat)


def _table(numbers: list[int]) -> bytes:
    padded = numbers + [FREE] * (-len(numbers) % 128)
    return struct.pack(f"<{len(padded)}I", *padded)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le")
    head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters) + 2, kind, 1)
    return head + struct.pack("<III36xIQ", FREE, right, child, start, size)


# --- Outlook's messages ---------------------------------------------------------------------


def message(
    texts: dict[int, str], *, data: dict[int, bytes] | None = None,
    fixed: dict[int, bytes] | None = None, storages: Tree | None = None, head: int = 32,
) -> Tree:  # fmt: skip
    """A message's storage: texts and data by their tag, fixed ones with type and eight bytes."""
    rows = [struct.pack("<II", tag, 6) + value for tag, value in (fixed or {}).items()]
    rows += [struct.pack("<IIII", tag << 16 | 0x1F, 6, 0, 0) for tag in texts]
    tree: Tree = {"__properties_version1.0": bytes(head) + b"".join(rows)}
    for tag, words in texts.items():
        tree[f"__substg1.0_{tag:04X}001F"] = words.encode("utf-16-le")
    for tag, content in (data or {}).items():
        tree[f"__substg1.0_{tag:04X}0102"] = content
    return tree | (storages or {})


def names(tags: dict[int, int]) -> Tree:
    """Which number stands for which tag from 0x8000 on."""
    rows = b"".join(struct.pack("<IHH", name, 6, tag - 0x8000) for name, tag in tags.items())
    return {"__nameid_version1.0": {"__substg1.0_00030102": rows}}
