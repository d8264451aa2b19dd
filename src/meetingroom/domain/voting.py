"""The votes of a meeting: motions, who has voted, ballots one may see, results."""

from collections.abc import Callable

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry


class Voting(msgspec.Struct, frozen=True, kw_only=True):
    """What the fold knows of it."""


Change = Callable[[Voting, Entry], Voting]
CHANGES: dict[type[facts.Fact], Change] = {}
