"""Opinions of a meeting and its written consultations."""

from collections.abc import Callable

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry


class Opinions(msgspec.Struct, frozen=True, kw_only=True):
    """What the fold knows of it."""


Change = Callable[[Opinions, Entry], Opinions]
CHANGES: dict[type[facts.Fact], Change] = {}
