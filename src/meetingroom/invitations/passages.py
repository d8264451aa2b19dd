"""The words of a letter made plain: without tags, escapes and folds, with the links behind words.

Positions count in the plain text, which is one for the whole letter; every part keeps its page.
"""

import html
import re
import unicodedata
from bisect import bisect_right

import msgspec

from meetingroom.domain.folding import folded
from meetingroom.domain.invitation import Letter, Part, Spot

LONGEST = 400_000  # some 130 pages: no way in stands behind them
LONGEST_LINE = 300
_BLOCKS = "p|div|br|tr|li|ul|ol|table|h[1-6]|hr|body|html|head|blockquote|pre|title|center|dd|dt|dl"
_INLINE = (
    "a|span|font|b|i|u|s|strong|em|small|big|sup|sub|img|code|tt|o:p|tbody|thead|td|th|col"
    "|colgroup|meta|link|style|script|section|article|header|footer|main|nav|button|label|wbr|base"
    "|address|v:[a-z]+|w:[a-z]+|xml"
)
_TAG = re.compile(rf"(?i)<(!--|/?(?:{_BLOCKS}|{_INLINE})\b)([^<>]*)>?")
_LOOKS_HTML = re.compile(
    r"(?i)<(?:a\s[^<>]{0,400}href|br\s*/?>|p>|p\s|div|table|html|body|span|li>)"
)
_HREF = re.compile(r"""(?i)(?:^|[\s"'])href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_CALENDAR = re.compile(
    r"(?m)^(?:BEGIN:V|X-GOOGLE-CONFERENCE|X-MICROSOFT-"
    r"|(?:DESCRIPTION|LOCATION|SUMMARY|DTSTART)(?:;[A-Z][^:\n]{0,200})?:\S)"
)
_FOLD = re.compile(r"\r?\n[ \t]")
_JSON = re.compile(r'"\s{0,3}:\s{0,3}["\[{]')
_JSON_CHARACTER = re.compile(r"\\u00(26|3[cdeCDE]|2[fF])")
_SPACES = re.compile(r"[\u3000\u00a0\u2007\u202f\u2002-\u2006\u2008-\u200a\u205f\v\f]")
# An address that a line break cut in or after its scheme.
_BROKEN = re.compile(
    r"(?i)\b(https?:)(?:/?[ \t]{0,20}\r?\n[ \t]{0,40}/{1,2}|//[ \t]{0,20}\r?\n[ \t]{0,40})"
    r"(?=[\w\-]{1,60}\.[\w.\-]{1,80}/)"
)
_MISTYPED = re.compile(
    r"(?i)(?<![\w/])(?:https?|htpps?|htps|htttps?)(?!://\w) ?[:;.]? ?/{1,3} ?(?=[\w\-]{1,60}\.\w)"
)
_HIDDEN_ENDS = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


class Anchor(msgspec.Struct, frozen=True):
    """A link behind words: the words stand from `start` to `end`."""

    start: int
    end: int
    target: str


class Passage(msgspec.Struct, frozen=True):
    """One part of a letter, plain; `start` is where it begins in the letter's text."""

    text: str
    page: int | None
    start: int
    how: str
    event: int | None = None


class Words:
    """The plain text of a letter, and where each word of it stands."""

    def __init__(self, letter: Letter) -> None:
        self.passages: list[Passage] = []
        self.anchors: list[Anchor] = []
        self._at = 0
        later: list[Part] = []
        self._add(Part(text=letter.subject[:LONGEST_LINE]))
        for part in letter.parts:
            if part.how == "link":
                later.append(part)
            else:
                self._add(part)
        for at, event in enumerate(letter.events):
            for text in (event.url, event.place, event.text):
                self._add(Part(text=text, how="calendar"), at)
        self._starts = [one.start for one in self.passages]
        self.text = "\n\n".join(one.text for one in self.passages)
        for part in later:
            self._add_link(part)

    def _add(self, part: Part, event: int | None = None) -> None:
        room = LONGEST - self._at
        if room <= 0 or not part.text:
            return
        text, anchors = plain(part.text[:room], is_html=part.how == "html")
        self.passages.append(Passage(text, part.page, self._at, part.how, event))
        shift = self._at
        self.anchors += (Anchor(a.start + shift, a.end + shift, a.target) for a in anchors)
        self._at += len(text) + 2

    def _add_link(self, part: Part) -> None:
        """A link behind words of the text; where the words are not found, at its page's end."""
        shown, _ = plain(part.shown[:LONGEST_LINE], is_html=False)
        shown = shown.strip()
        pages = [one for one in self.passages if one.page == part.page] or self.passages
        for passage in pages if shown else ():
            at = passage.text.find(shown)
            if at >= 0:
                start = passage.start + at
                self.anchors.append(Anchor(start, start + len(shown), part.text.strip()))
                return
        end = pages[-1].start + len(pages[-1].text) if pages else 0
        self.anchors.append(Anchor(end, end, part.text.strip()))

    def page_at(self, position: int) -> int | None:
        """The page that a position of the text is on."""
        passage = self._passage_at(position)
        return passage.page if passage is not None else None

    def event_at(self, position: int) -> int | None:
        """Which calendar entry of the letter a position of the text belongs to."""
        passage = self._passage_at(position)
        return passage.event if passage is not None else None

    def _passage_at(self, position: int) -> Passage | None:
        at = bisect_right(self._starts, position) - 1
        return self.passages[at] if at >= 0 else None

    def spot(self, start: int, end: int) -> Spot:
        """The line or lines from `start` to `end`, on their page."""
        first = max(self.text.rfind("\n", 0, start) + 1, start - LONGEST_LINE)
        last = self.text.find("\n", end)
        last = min(len(self.text) if last < 0 else last, end + LONGEST_LINE)
        line = " ".join(self.text[first:last].split())
        return Spot(page=self.page_at(start), text=line)


def plain(text: str, *, is_html: bool) -> tuple[str, list[Anchor]]:
    """Text as a person reads it, and the links behind its words."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    text = _MISTYPED.sub("https://", _BROKEN.sub(r"\1//", _unescaped(text)))
    anchors: list[Anchor] = []
    if is_html or ("<" in text and _LOOKS_HTML.search(text)):
        text, anchors = _without_tags(text)
    elif "&" in text:
        text = _ENTITY.sub(_entity, text)
    text = text.replace("\r\n", " \n") if anchors else text.replace("\r\n", "\n")
    return _SPACES.sub(" ", text.replace("\r", "\n")), anchors


def _entity(found: re.Match[str]) -> str:
    return html.unescape(found[0])


def _unescaped(text: str) -> str:
    """Without the folds and escapes of calendar files and JSON."""
    if "\\\\n" in text and "\n" not in text:  # a string of a program, written out
        parts = (part.replace("\\r", "").replace("\\n", "\n") for part in text.split("\\\\"))
        text = "\\".join(parts)
    is_calendar = "\n" in text and _CALENDAR.search(text) is not None
    if is_calendar or text.startswith(("DESCRIPTION", "LOCATION:", "SUMMARY:", "BEGIN:V")):
        text = _FOLD.sub("", text)
        is_calendar = True
    if "\\" not in text:
        return text
    if "\\/" in text or "\\u00" in text:
        text = text.replace("\\/", "/")
        text = _JSON_CHARACTER.sub(lambda one: chr(int(one[1], 16)), text)
    if is_calendar or "\n" not in text or _JSON.search(text):
        text = text.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\\N", "\n")
        text = text.replace("\\,", ",").replace("\\;", ";")
    return text


def _without_tags(text: str) -> tuple[str, list[Anchor]]:
    reader = _TagReader()
    at = 0
    for tag in _TAG.finditer(text):
        if tag.start() < at:
            continue
        reader.words(text[at : tag.start()])
        at = tag.end()
        name = tag[1].lower()
        if name in ("style", "script", "!--"):
            ending = "-->" if name == "!--" else f"</{name}"
            over = text.find(ending, tag.start())
            at = len(text) if over < 0 else over
            at += 3 if name == "!--" else 0
        else:
            reader.tag(name, tag[2])
    reader.words(text[at:])
    return "".join(reader.pieces), reader.anchors


class _TagReader:
    """Puts plain words together, and remembers where links began and ended."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.anchors: list[Anchor] = []
        self._length = 0
        self._open: tuple[int, str] | None = None

    def words(self, text: str) -> None:
        if "&" in text:
            text = _ENTITY.sub(_entity, text)
        self.pieces.append(text)
        self._length += len(text)

    def tag(self, name: str, rest: str) -> None:
        bare = name.removeprefix("/")
        if bare == "a":
            self._link(name, rest)
        elif re.fullmatch(_BLOCKS, bare):
            self.words("\n")
        elif bare in ("td", "th"):
            self.words(" | ")

    def _link(self, name: str, rest: str) -> None:
        if self._open is not None:
            start, target = self._open
            self.anchors.append(Anchor(start, self._length, target))
            self._open = None
        found = _HREF.search(rest) if name == "a" else None
        if found is not None:
            target = _ENTITY.sub(_entity, found[1] or found[2] or found[3] or "")
            self._open = (self._length, target.strip())


class _OneForOne(dict[int, str]):
    """A small letter without its marks for each letter."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = folded(letter)
        kept = self[code] = bare if len(bare) == 1 and letter < "\u2e80" else letter
        return kept


_BARE = _OneForOne()


def in_place(text: str) -> str:
    """The text folded letter for letter, so that positions stay."""
    return text.translate(_BARE)


def without_hidden(text: str) -> str:
    """Characters of no width made spaces, tabs the borders of cells; positions stay."""
    return text.translate(_AS_SPACES)


_AS_SPACES = {**dict.fromkeys(map(ord, _HIDDEN_ENDS), " "), ord("\t"): "|"}
