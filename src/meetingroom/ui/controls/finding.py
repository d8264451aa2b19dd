"""Finding a name as people type it: without capitals and without marks."""

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]+")  # what Latin letters carry


def folded(words: str) -> str:
    """Lower case without marks: "Nguyễn Đức" gives "nguyen duc"."""
    return _MARKS.sub("", unicodedata.normalize("NFD", words.lower().replace("đ", "d")))


def is_found(wanted: str, *places: str) -> bool:
    """Whether every word typed stands in one of the places; nothing typed finds all."""
    text = " ".join(folded(place) for place in places)
    return all(word in text for word in folded(wanted).split())
