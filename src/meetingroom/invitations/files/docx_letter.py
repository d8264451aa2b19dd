"""Word documents (.docx): paragraphs, tables, text boxes, headers, links, pictures' codes.

The file is read as what it is, a zip of XML: a library that makes an object of everything in
it leaves out text boxes, and would unpack whatever a hostile file holds.
"""

import posixpath
import re
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from meetingroom.domain import secrecy
from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Letter, Part
from meetingroom.domain.legacy_charsets import Charset, charset_of, real_letters
from meetingroom.domain.outside_xml import bare_name
from meetingroom.invitations.files.charsets import mended
from meetingroom.invitations.files.packed import Packed
from meetingroom.invitations.files.task import Task, joined

MAX_PICTURES, MAX_HEADERS = 12, 12
_GONE = frozenset(("del", "moveFrom", "Fallback", "rPr", "pPr", "tblPr", "instrText", "delText"))
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_HYPERLINK = re.compile(r"\bHYPERLINK\s+(?:\\\w\s+)*\"([^\"]{1,4000})\"")
_BEHIND = ("http://", "https://")


def read_docx(name: str, data: bytes, task: Task) -> Letter:
    """A Word document."""
    with Packed(name, data, task) as packed:
        _refuse_secret(packed, name)
        main = _main_part(packed)
        root = packed.tree(main)
        if root is None:
            raise PaperError("paper.damaged", file=name)
        heads, feet = _around(packed, "header"), _around(packed, "footer")
        words = [*heads, _Words(root, _targets(packed, main)), *feet]
        text = mended("\n".join(filter(None, (one.text for one in words)))).strip("\n")
        links = dict.fromkeys(part for one in words for part in one.links)
        letters = [Letter(parts=(Part(text=text), *links) if text else tuple(links))]
        letters += _pictures(packed, task)
    return joined(letters)


def _main_part(packed: Packed) -> str:
    """The document in the package: some programs give it another name."""
    if "word/document.xml" in packed.names:
        return "word/document.xml"
    found = (one for one in packed.names if re.fullmatch(r"word/document\d*\.xml", one))
    return next(found, "")


def _around(packed: Packed, kind: str) -> "list[_Words]":
    """Headers or footers, each once."""
    names = sorted(one for one in packed.names if re.fullmatch(rf"word/{kind}\d*\.xml", one))
    seen: dict[str, _Words] = {}
    for name in names[:MAX_HEADERS]:
        root = packed.tree(name)
        if root is not None:
            words = _Words(root, _targets(packed, name))
            seen.setdefault(words.text, words)
    return [words for text, words in seen.items() if any(map(str.isalpha, text))]


def _targets(packed: Packed, part: str) -> dict[str, str]:
    """What a part's links lead to."""
    folder, name = posixpath.split(part)
    root = packed.tree(f"{folder}/_rels/{name}.rels")
    rows = () if root is None else root
    return {
        row.get("Id", ""): row.get("Target", "")
        for row in rows
        if row.get("TargetMode") == "External" and row.get("Target", "").startswith(_BEHIND)
    }


def _pictures(packed: Packed, task: Task) -> Iterator[Letter]:
    names = sorted(one for one in packed.names if one.startswith("word/media/"))
    for name in names[:MAX_PICTURES]:
        if not task.is_late:
            yield task.enclosed(posixpath.basename(name), packed.read(name))


def _refuse_secret(packed: Packed, name: str) -> None:
    values: list[str] = []
    for part in ("docProps/core.xml", "docProps/custom.xml"):
        root = packed.tree(part)
        if root is not None:
            values += [one.text or "" for one in root.iter()]
    if secrecy.level_of_properties(values) != "none":
        raise PaperError("paper.secret", file=name)


class _Words:
    """The words and links of one part of the package."""

    def __init__(self, root: Xml.Element, targets: dict[str, str]) -> None:
        self._targets = targets
        self._boxes: list[str] = []
        self._fields: list[list[str]] = []  # of each open field: what it is told, its words
        self._is_first_table = True
        self.links: list[Part] = []
        self.text = re.sub(r"\n{3,}", "\n\n", "\n".join(self._blocks(root)))

    def _blocks(self, element: Xml.Element) -> Iterator[str]:
        for one in element:
            name = bare_name(one)
            if name == "p":
                yield self._paragraph(one)
                boxes, self._boxes = self._boxes, []
                yield from boxes
            elif name == "tbl":
                yield self._table(one)
            elif name not in _GONE:
                yield from self._blocks(one)

    def _paragraph(self, element: Xml.Element) -> str:
        return "".join(self._runs(element)).rstrip()

    def _runs(self, element: Xml.Element, charset: Charset | None = None) -> Iterator[str]:
        for one in element:
            name = bare_name(one)
            if name == "t":
                yield self._said(_letters(one.text or "", charset))
            elif name in _BREAKS:
                yield self._said(_BREAKS[name])
            elif name == "hyperlink":
                yield self._linked(one)
            elif name == "fldSimple":
                yield self._simple_field(one)
            elif name in ("fldChar", "instrText"):
                self._field(one)
            elif name == "txbxContent":
                self._box(one)
            elif name not in _GONE:
                yield from self._runs(one, _charset(one) if name == "r" else charset)

    def _box(self, element: Xml.Element) -> None:
        """A text box: its words follow the paragraph that it is tied to."""
        before, self._boxes = self._boxes, []
        words = [one for one in self._blocks(element) if one.strip()]
        self._boxes = before + words

    def _said(self, words: str) -> str:
        if self._fields and self._fields[-1][0] == "shown":
            self._fields[-1].append(words)
        return words

    def _linked(self, element: Xml.Element) -> str:
        words = "".join(self._runs(element))
        key = next((value for name, value in element.items() if name.endswith("}id")), "")
        self._add(self._targets.get(key, ""), words)
        return words

    def _simple_field(self, element: Xml.Element) -> str:
        told = next((value for name, value in element.items() if name.endswith("instr")), "")
        words = "".join(self._runs(element))
        self._add_told(told, words)
        return words

    def _field(self, element: Xml.Element) -> None:
        """A field over several runs: begun, told what it is, its words, ended."""
        if bare_name(element) == "instrText":
            if self._fields and self._fields[-1][0] == "told":
                self._fields[-1][1] += element.text or ""
            return
        kind = next((value for name, value in element.items() if name.endswith("fldCharType")), "")
        if kind == "begin" and len(self._fields) < 20:
            self._fields.append(["told", ""])
        elif kind == "separate" and self._fields:
            self._fields[-1][0] = "shown"
        elif kind == "end" and self._fields:
            _, told, *words = self._fields.pop()
            self._add_told(told, "".join(words))

    def _add_told(self, told: str, words: str) -> None:
        found = _HYPERLINK.search(told)
        self._add(found[1] if found else "", words)

    def _add(self, address: str, words: str) -> None:
        if address.startswith(_BEHIND) and len(self.links) < 500:
            shown = " ".join(words.split())[:500]
            self.links.append(Part(text=address, how="link", shown=shown))

    def _table(self, element: Xml.Element) -> str:
        rows = [
            ["\n".join(self._blocks(cell)).strip() for cell in row if bare_name(cell) == "tc"]
            for row in _rows(element)
        ]
        is_head = self._is_first_table and _is_letter_head(rows)
        self._is_first_table = False
        if is_head:  # one column after the other
            width = max(map(len, rows))
            columns = ["\n".join(row[n] for row in rows if n < len(row)) for n in range(width)]
            return "\n\n".join(one.strip() for one in columns)
        return "\n".join(_row_text(row) for row in rows)


def _rows(table: Xml.Element) -> Iterator[Xml.Element]:
    for one in table:
        name = bare_name(one)
        if name == "tr":
            yield one
        elif name in ("sdt", "sdtContent", "ins"):
            yield from _rows(one)


def _is_letter_head(rows: list[list[str]]) -> bool:
    """Whether a table only sets the letter's head in two columns."""
    text = "\n".join("\n".join(row) for row in rows).casefold()
    return 0 < len(rows) <= 4 and max(map(len, rows)) <= 3 and "độc lập" in text


def _row_text(cells: list[str]) -> str:
    """A row: of a table of three and more columns one line, else a name and what it says."""
    if len(cells) > 2:
        cells = [" ".join(cell.split()) for cell in cells]
    return "\t".join(cells)


def _charset(run: Xml.Element) -> Charset | None:
    """The charset that the font of a run speaks of."""
    for properties in run:
        if bare_name(properties) == "rPr":
            for one in properties:
                if bare_name(one) == "rFonts":
                    fonts = {name.rpartition("}")[2]: value for name, value in one.items()}
                    return charset_of(fonts.get("ascii") or fonts.get("hAnsi") or "")
    return None


def _letters(text: str, charset: Charset | None) -> str:
    return real_letters("".join(map(charset.letter, text))) if charset else text
