"""How Vietnamese a text is: what tells a right decoding, a right way up, from a wrong one."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

SAMPLE = 20_000  # characters looked at
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|g|kh|k|ch|c|ph|p|th|tr|t|qu|q|b|d|đ|h|l|m|n|r|s|v|x)?"
    r"(?:uyê|uya|uyu|ươi|ươu|uôi|iêu|yêu|oai|oao|oay|oeo|uây|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa"
    r"|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)"
    r"(?:ch|c|m|ng|nh|n|p|t)?"
)
_WORD = re.compile(r"[^\W\d_]+")
_AROUND = ".,;:!?()[]\"'“”‘’-–_/"
_NUMBER = re.compile(r"^[\d.,:/%-]+$")
_VOWEL = re.compile("[aeiouyăâêôơư]", re.I)
_NO_LETTER = re.compile(r"[\x80-\xbf\xd7\xf7\u0300-\u036f\ufffd]")


def likeness(text: str) -> int:
    """Words that only Vietnamese spells so, less those it cannot spell."""
    text = unicodedata.normalize("NFC", text[:SAMPLE])
    score = 0
    for word in _WORD.findall(text):
        if not word.isascii():
            score += 1 if is_syllable(word) else -1
    return score - (len(_NO_LETTER.findall(text)) + 1) // 2


@lru_cache(maxsize=4096)
def is_syllable(word: str) -> bool:
    """Whether Vietnamese could spell a word so: one tone at most, letters that go together."""
    if word != word.lower() and word != word.upper() and word != word.title():
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    tones = sum(one in _TONES for one in letters)
    bare = unicodedata.normalize("NFC", "".join(one for one in letters if one not in _TONES))
    return tones <= 1 and _SYLLABLE.fullmatch(bare) is not None


def share_of_words(tokens: Iterable[str]) -> float:
    """How many of what stands between spaces, numbers aside, are words of any language: 0 to 1.

    What is read off a picture that lies on its head is mostly signs and single letters.
    """
    met = [bare for token in tokens if (bare := token.strip(_AROUND)) and not _NUMBER.search(bare)]
    return sum(map(_is_word, met)) / max(8, len(met))


def _is_word(token: str) -> bool:
    if not _WORD.fullmatch(token) or len(token) < 2:
        return False
    is_regular = token in (token.lower(), token.upper(), token.title())
    return is_regular and ((len(token) > 2 and bool(_VOWEL.search(token))) or is_syllable(token))
