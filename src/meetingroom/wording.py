"""Words for people: English literals in the code, other languages from catalogues.

A catalogue is a folder `resources/words/LANG/` of TOML files, one a room, each a
flat table from the English text (with a note after `|` where one English word has
two meanings) to the translation. The table is read once; `tr` is a dictionary look-up.
"""

import os
import tomllib
from functools import cache

from meetingroom.resources import resource

LANGUAGES = ("vi", "en")
_chosen = os.environ.get("MEETINGROOM_LANG", "")


def choose_language(language: str) -> None:
    """Speak `language` from now on; unknown ones fall back to Vietnamese."""
    global _chosen  # noqa: PLW0603 - one language a process
    _chosen = language


def language() -> str:
    """The language on screen: "vi" or "en"."""
    return _chosen if _chosen in LANGUAGES else "vi"


@cache
def catalogue(language: str) -> dict[str, str]:
    """All translations of one language, English text (and `|note`) to words."""
    words: dict[str, str] = {}
    for path in sorted(resource("words", language).glob("*.toml")):
        with path.open("rb") as file:
            words.update(tomllib.load(file))
    return words


def tr(text: str, note: str = "") -> str:
    """The words for an English literal in the chosen language; English if missing."""
    key = f"{text}|{note}" if note else text
    return catalogue(language()).get(key, text)
