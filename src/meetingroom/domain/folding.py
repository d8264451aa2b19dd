"""Words as they are compared in search: lower case, marks removed, `đ` as `d`.

Folding keeps places: every folded character knows the character it came from, so that a
hit in folded text can be shown in the text as written.
"""

import re
import unicodedata
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+")


class _Fold(dict[int, str]):
    """Folds of single characters, made when first met; `odd` are those that are not one."""

    def __init__(self) -> None:
        super().__init__()
        self.odd: set[str] = set()

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kept = self[code] = self.of(character)
        if len(kept) != 1:
            self.odd.add(character)
        return kept

    @staticmethod
    def of(character: str) -> str:
        parts = unicodedata.normalize("NFKD", character.casefold()).casefold()
        parts = unicodedata.normalize("NFKD", parts)
        bare = "".join(one for one in parts if not _is_mark(one))
        return bare.replace("đ", "d")


class _Lower(dict[int, str]):
    """Lower case of single characters, never longer than what it came from."""

    def __missing__(self, code: int) -> str:
        lower = chr(code).lower()
        kept = self[code] = lower if len(lower) == 1 else chr(code)
        return kept


_FOLD, _LOWER = _Fold(), _Lower()


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) != 0 or unicodedata.category(character) == "Mn"


class Folded(NamedTuple):
    """Folded text; `places[i]` is where its character i stands in the text it came from.

    `places` is None where character i came from character i, as in all NFC Vietnamese.
    """

    text: str
    places: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A run of the folded text as a run of the text it came from."""
        if self.places is None or start >= end:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def folded(text: str) -> str:
    """The folded text alone."""
    return text.translate(_FOLD)


def fold(text: str) -> Folded:
    """The folded text, and where each of its characters came from."""
    plain = text.translate(_FOLD)
    if not _FOLD.odd or _FOLD.odd.isdisjoint(text):
        return Folded(plain)
    places = [place for place, one in enumerate(text) for _ in _FOLD[ord(one)]]
    return Folded(plain, tuple(places))


def marked(text: str) -> str:
    """NFC text in lower case, its marks kept, a character for a character."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_LOWER)


def composed(text: str) -> str:
    """NFC: as everything is kept, shown and compared."""
    return unicodedata.normalize("NFC", text)
