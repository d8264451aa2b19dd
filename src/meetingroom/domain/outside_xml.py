"""XML from outside as a tree, without whatever could read or swell.

A document type, and with it every entity, is refused before anything of it is read; depth and
number of elements are bounded.
"""

from typing import Any
from xml.etree import ElementTree as Xml
from xml.parsers import expat

MAX_DEPTH, MAX_ELEMENTS = 200, 400_000


class UnsafeXmlError(Exception):
    """XML that is built to do harm."""


class BrokenXmlError(Exception):
    """What is no XML, or not to its end."""


def tree_of(content: bytes) -> Xml.Element:
    """The root of a document. Raises UnsafeXmlError, BrokenXmlError."""
    builder, depth, count = Xml.TreeBuilder(), 0, 0

    def refuse(*_: object) -> None:
        raise UnsafeXmlError

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            refuse()
        builder.start(_named(tag), {_named(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_named(tag))

    parser: Any = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
        return builder.close()
    except (expat.ExpatError, ValueError, LookupError, AssertionError) as error:
        raise BrokenXmlError from error


def bare_name(element: Xml.Element) -> str:
    """The name without its namespace: some programs write none."""
    return str(element.tag).rpartition("}")[2]


def _named(tag: str) -> str:
    return f"{{{tag}" if "}" in tag else tag
