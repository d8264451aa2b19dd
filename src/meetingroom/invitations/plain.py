"""A letter's words laid end to end and folded, a letter for a letter.

Searches run on `plain` (lower case, no marks, one kind of dash, quote and space); whatever is
found is shown from `text`, which has the same places.
"""

import re
import unicodedata
from bisect import bisect_right
from typing import NamedTuple

from meetingroom.domain.folding import folded
from meetingroom.domain.invitation import Letter, Spot

MOST = 300_000  # some 90 pages: nobody writes the hour of a meeting behind them
SPOT_LENGTH = 160

_READ = ("text", "html", "scan", "calendar")
_UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]+")
# "G I Ấ Y  M Ờ I": single letters with single spaces, words apart by more.
_SPACED = re.compile(
    r"(?<![^\s])(?:[^\W\d_] ){3,40}[^\W\d_](?![^\s])(?: {2,6}(?:[^\W\d_] ){1,40}[^\W\d_](?![^\s]))*"
)
_SPACED_SIGN = re.compile(r" [^\W\d_] [^\W\d_](?= )")
# Addresses hold no words: links become "~", mail addresses "^".
_LINK, _MAIL = re.compile(r"://"), re.compile("@")
_BEFORE, _BEHIND = re.compile(r"[^\s<>()\"']{0,80}$"), re.compile(r"[^\s<>\"]{0,2000}")
# Letters that a scanner's reader takes for digits, in what else is a number.
_MISREAD = re.compile(r"[0-9](?=[oli])|[oli](?=[0-9])")
_FIGURES = re.compile(r"[0-9oli]{1,16}")
_BEFORE_FIGURES = re.compile(r"(?:^|[^a-z0-9]|[0-9ol][hg])$")
_AFTER_FIGURES = re.compile(r"[^a-z0-9]|gio|[hg][0-9oli]{0,2}(?:[^a-z]|$)|$")
_DIGITS = str.maketrans("oli", "011")


class _Letters(dict[int, str]):
    """One plain letter for each letter as written."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = folded(letter)
        if unicodedata.category(letter) == "Pd":
            bare = "-"
        elif letter in "’‘´`′ʼ":
            bare = "'"
        elif letter in "“”″":
            bare = '"'
        elif letter == "…" or (letter.isspace() and letter not in "\n\t"):  # a form's blank
            bare = " "
        kept = self[code] = bare if len(bare) == 1 else letter
        return kept


_LETTERS = _Letters()


class Reading(NamedTuple):
    """The words of a letter; `starts[i]` is where the words of `pages[i]` begin."""

    text: str
    plain: str
    starts: tuple[int, ...]
    pages: tuple[int | None, ...]

    def page(self, place: int) -> int | None:
        """The page of a place."""
        at = bisect_right(self.starts, place) - 1
        return self.pages[at] if at >= 0 else None

    def spot(self, start: int, end: int) -> Spot:
        """Where something was read, with its words."""
        words = " ".join(self.text[start : min(end, start + 4 * SPOT_LENGTH)].split())
        return Spot(page=self.page(start), text=words[:SPOT_LENGTH])


def read(letter: Letter) -> Reading:
    """The letter's words, as far as they are words that somebody wrote; each line begins with
    a line break, the first one too."""
    texts: list[str] = [""]
    starts: list[int] = []
    pages: list[int | None] = []
    length = 1
    for part in letter.parts:
        if part.how not in _READ or length >= MOST:
            continue
        text = composed(part.text[: MOST - length])
        starts.append(length)
        pages.append(part.page)
        texts.append(f"{text}\n")
        length += len(text) + 2
    text = "\n".join(texts)
    return Reading(text, plain(text), tuple(starts), tuple(pages))


def composed(text: str) -> str:
    """NFC, nothing unseen, spaced headings closed."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = _UNSEEN.sub("", text)
    return _SPACED.sub(_closed, text) if _SPACED_SIGN.search(text) else text


def plain(text: str) -> str:
    """Text as it is searched: every letter in its place."""
    found = text.translate(_LETTERS)
    for pattern, sign in ((_LINK, "~"), (_MAIL, "^")):
        if pattern.search(found):
            found = _without_addresses(found, pattern, sign)
    return _FIGURES.sub(_as_figures, found) if _MISREAD.search(found) else found


def _without_addresses(text: str, pattern: re.Pattern[str], sign: str) -> str:
    kept, done = [], 0
    for found in pattern.finditer(text):
        if found.start() < done:
            continue
        before = _BEFORE.search(text, max(done, found.start() - 80), found.start())
        behind = _BEHIND.match(text, found.end())
        start = before.start() if before else found.start()
        end = found.end() + len(behind[0].rstrip(".,;:)]}>!?\"'") if behind else "")
        kept += [text[done:start], sign * (end - start)]
        done = end
    return "".join((*kept, text[done:]))


def _as_figures(found: re.Match[str]) -> str:
    run = found[0]
    if not 2 <= len(run) <= 4 or run.isdigit() or run.isalpha():
        return run
    text, start, end = found.string, found.start(), found.end()
    if run[0] == "i" and start and text[start - 1] == "g":
        return run  # 08giờ00
    if not _BEFORE_FIGURES.search(text, max(0, start - 2), start):
        return run
    return run.translate(_DIGITS) if _AFTER_FIGURES.match(text, end) else run


def _closed(spaced: re.Match[str]) -> str:
    return " ".join(spaced[0].replace("  ", "\n").replace(" ", "").split())
