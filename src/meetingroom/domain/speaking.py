"""The floor of a meeting: who asks to speak, who speaks, who has spoken how long."""

from collections.abc import Callable

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry


class Speaking(msgspec.Struct, frozen=True, kw_only=True):
    """What the fold knows of it."""


Change = Callable[[Speaking, Entry], Speaking]
CHANGES: dict[type[facts.Fact], Change] = {}
