"""HTML as words by block, and every address behind words."""

import contextlib
import re
from html.parser import HTMLParser

from meetingroom.domain.invitation import Letter, Part
from meetingroom.invitations.files.charsets import decoded
from meetingroom.invitations.files.task import Task

MAX_HTML, MAX_WORDS, MAX_LINKS = 2_000_000, 1_000_000, 2_000  # characters; characters of words
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl",
    "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody",
    "tfoot", "thead", "title", "tr", "ul",
))  # fmt: skip
_CELLS = ("td", "th")
_UNSEEN = frozenset(("script", "style", "template", "noscript", "object", "svg", "math", "select"))
# Addresses that lead to no page: mail, telephones, places in the same text, code.
_NOWHERE = re.compile(
    r"\s*(?:mailto|tel|sms|cid|mid|data|javascript|vbscript|about|file):|\s*#|\s*$", re.I
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.I)
_DECLARATION = re.compile("<!--|<[!?]")
_SPACES = re.compile(r"[ \t\r\n\f\xa0\u200b\ufeff]+")


def read_html(_name: str, data: bytes, _task: Task) -> Letter:
    """An HTML file."""
    named = _CHARSET.search(data[:4096])
    text = decoded(data, named[1].decode("ascii") if named else "")
    return letter_of_html(text, keeps_lines=not _PAGE.search(text[:4096]))


def letter_of_html(text: str, *, keeps_lines: bool = False) -> Letter:
    """The words and links of HTML; `keeps_lines` for a text with only some tags in it."""
    words = _Words(keeps_lines=keeps_lines)
    # AssertionError: what the parser says of some broken declarations.
    with contextlib.suppress(AssertionError, _EnoughError):
        words.feed(_without_declarations(text[:MAX_HTML]))
        words.close()
    body = words.text()
    parts = [Part(text=body, how="html")] if body else []
    return Letter(parts=(*parts, *words.links), subject=words.title())


def _without_declarations(text: str) -> str:
    """HTML without comments and the like: the parser looks for the end of each one anew."""
    pieces: list[str] = []
    at = 0
    while (found := _DECLARATION.search(text, at)) is not None:
        pieces.append(text[at : found.start()])
        end = "-->" if found[0] == "<!--" else ">"
        after = text.find(end, found.end())
        if after < 0:
            return "".join(pieces)  # as browsers do: it is all comment
        at = after + len(end)
    return "".join((*pieces, text[at:]))


class _EnoughError(Exception):
    """More words than any letter has."""


class _Words(HTMLParser):
    def __init__(self, *, keeps_lines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[Part] = []
        self._keeps_lines = keeps_lines
        self._pieces: list[str] = []
        self._size = 0
        self._unseen: list[str] = []
        self._title: list[str] | None = None
        self._titles: list[str] = []
        self._href = ""
        self._shown = 0  # where in the pieces the words over an address begin

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen.append(tag)
        if self._unseen:
            return
        if tag == "title":
            self._title = self._titles
        elif tag == "br":
            self._add("\n")
        elif tag in _BLOCKS:
            self._add("\n\n" if tag in ("p", "table", "h1", "h2", "h3") else "\n")
        elif tag in _CELLS:
            self._add("\t")
        elif tag in ("a", "area"):
            self._end_link()
            self._href = (dict(attrs).get("href") or "").strip()
            self._shown = len(self._pieces)
            if tag == "area":
                self._end_link()

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.pop()
            return
        if tag == "title":
            self._title = None
        elif tag == "a":
            self._end_link()
        elif tag in _BLOCKS:
            self._add("\n")

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._title is not None:
            self._title.append(data[:500])
            return
        if self._keeps_lines:
            self._add(data)
        else:
            self._add(_SPACES.sub(" ", data))

    def close(self) -> None:
        super().close()
        self._end_link()

    def text(self) -> str:
        """The words, a block a line, cells of a row apart by tabs."""
        rows = (
            re.sub(r" *\t[ \t]*", "\t", re.sub(r" {2,}", " ", row)).strip(" \t\r")
            for row in "".join(self._pieces).replace("\xa0", " ").split("\n")
        )
        return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip("\n")

    def title(self) -> str:
        return _SPACES.sub(" ", "".join(self._titles)).strip()[:500]

    def _add(self, piece: str) -> None:
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > MAX_WORDS:
            raise _EnoughError

    def _end_link(self) -> None:
        href, self._href = self._href, ""
        if not href or _NOWHERE.match(href) or len(self.links) >= MAX_LINKS:
            return
        shown = _SPACES.sub(" ", "".join(self._pieces[self._shown :])).strip()
        link = Part(text=href, how="link", shown=shown[:500])
        if link not in self.links[-20:]:
            self.links.append(link)
