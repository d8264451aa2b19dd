"""Where on a page the words stand that something was read from."""

import unicodedata
from collections.abc import Sequence

from meetingroom.domain.paper import Word


def words_of_spot(words: Sequence[Word], spot: str) -> tuple[int, int] | None:
    """The first and last word of a page that a spot's text stands in; None where it does not.

    Only letters and digits count: lines are broken and signs are mended on the way.
    """
    wanted = _bare(spot)
    if not wanted:
        return None
    text, owners = "", []
    for place, word in enumerate(words):
        bare = _bare(word.text)
        text += bare
        owners += [place] * len(bare)
    at = text.find(wanted)
    if at < 0 and len(wanted) > SURE:
        # A long one may go on on the next page, or lie across a column.
        wanted = wanted[:SURE]
        at = text.find(wanted)
    if at < 0:
        return None
    return owners[at], owners[at + len(wanted) - 1]


SURE = 24


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
