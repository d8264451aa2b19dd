"""OpenDocument texts (.odt): paragraphs, tables, links."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Letter, Part
from meetingroom.domain.outside_xml import bare_name
from meetingroom.invitations.files.charsets import mended
from meetingroom.invitations.files.packed import Packed
from meetingroom.invitations.files.task import Task, joined

MAX_PICTURES = 12
_GONE = frozenset(("tracked-changes", "annotation", "note-citation", "sequence-decls", "forms"))


def read_odt(name: str, data: bytes, task: Task) -> Letter:
    """An OpenDocument text."""
    with Packed(name, data, task) as packed:
        root = packed.tree("content.xml")
        if root is None:
            raise PaperError("paper.damaged", file=name)
        links: dict[Part, None] = {}
        body = next((one for one in root if bare_name(one) == "body"), root)
        text = mended("\n".join(_blocks(body, links))).strip("\n")
        letters = [Letter(parts=(Part(text=text), *links) if text else tuple(links))]
        pictures = [one for one in packed.names if one.startswith("Pictures/")]
        letters += [
            task.enclosed(one.rpartition("/")[2], packed.read(one))
            for one in pictures[:MAX_PICTURES]
            if not task.is_late
        ]
    return joined(letters)


def _blocks(element: Xml.Element, links: dict[Part, None]) -> Iterator[str]:
    for one in element:
        name = bare_name(one)
        if name in ("p", "h"):
            yield "".join(_words(one, links)).strip(" ")
        elif name == "table-row":
            cells = ["\n".join(_blocks(cell, links)).strip() for cell in one]
            is_wide = len(cells) > 2
            yield "\t".join(" ".join(cell.split()) if is_wide else cell for cell in cells)
        elif name not in _GONE:
            yield from _blocks(one, links)


def _words(element: Xml.Element, links: dict[Part, None]) -> Iterator[str]:
    yield _spaced(element.text)
    for one in element:
        name = bare_name(one)
        if name == "s":
            yield " "
        elif name == "tab":
            yield "\t"
        elif name == "line-break":
            yield "\n"
        elif name == "a":
            shown = "".join(_words(one, links))
            address = next((value for key, value in one.items() if key.endswith("href")), "")
            if address.startswith(("http://", "https://")) and len(links) < 500:
                links[Part(text=address, how="link", shown=" ".join(shown.split())[:500])] = None
            yield shown
        elif name in ("p", "h"):  # of a text box within the paragraph
            yield "\n" + "".join(_words(one, links)) + "\n"
        elif name not in _GONE:
            yield from _words(one, links)
        yield _spaced(one.tail)


def _spaced(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")
