"""What somebody wants to see in the list of marks."""

from dataclasses import dataclass
from typing import Literal

from meetingroom.domain.ids import CHAIR, EVERYONE, ME, SECRETARY
from meetingroom.domain.marks import Mark, TextMark, mark_kind
from meetingroom.ui.controls.finding import folded

Scope = Literal["page", "paper", "meeting"]
Grouping = Literal["page", "person", "kind"]
GROUPS = (ME, SECRETARY, CHAIR, EVERYONE)


@dataclass(frozen=True)
class Here:
    """The page that is open: paper, file, page from 0."""

    paper: str = ""
    blob: str = ""
    page: int = 0


@dataclass(frozen=True)
class Wish:
    """Where to look, in what order, and for what; "" asks for nothing special.

    `audience` is "me", "secretary", "chair", "everyone" or "named"; `words` are found
    without capitals and accents.
    """

    scope: Scope = "paper"
    grouping: Grouping = "page"
    person: str = ""
    kind: str = ""
    audience: str = ""
    words: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether some marks may be left out."""
        return bool(self.person or self.kind or self.audience or self.words)


class Sieve:
    """Whether marks answer a wish; remembers their folded words, for thousands of them."""

    def __init__(self) -> None:
        self._folded: dict[tuple[str, int, str], str] = {}

    def lets_through(self, mark: Mark, wish: Wish, author: str) -> bool:
        """Whether a mark is asked for; `author` is its author's name."""
        return (
            (not wish.person or mark.author == wish.person)
            and (not wish.kind or kind_of(mark) == wish.kind)
            and (not wish.audience or wish.audience in audience_kinds(mark))
            and (not wish.words or self._has(mark, wish.words, author))
        )

    def words_of(self, mark: Mark, author: str) -> str:
        """All that can be found of a mark, folded."""
        key = (mark.id, mark.revision, author)
        text = self._folded.get(key)
        if text is None:
            text = self._folded[key] = folded(f"{mark.text} {quote_of(mark)} {author}")
        return text

    def _has(self, mark: Mark, words: str, author: str) -> bool:
        text = self.words_of(mark, author)
        return all(word in text for word in folded(words).split())


def kind_of(mark: Mark) -> str:
    """A mark's kind, "reply" for one that answers another."""
    return "reply" if mark.reply_to else mark_kind(mark.shape)


def quote_of(mark: Mark) -> str:
    """The words of the paper a mark stands on."""
    return mark.shape.quote if isinstance(mark.shape, TextMark) and not mark.reply_to else ""


def audience_kinds(mark: Mark) -> tuple[str, ...]:
    """The groups a mark is for, "named" for persons."""
    groups = tuple(word for word in mark.audience if word in GROUPS)
    return groups if len(groups) == len(mark.audience) else (*groups, "named")
