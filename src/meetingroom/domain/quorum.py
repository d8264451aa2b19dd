"""How many members must be here: by the rule of the meeting's type, shown, never blocking.

Members are the people with role "member", here in the room or online. A substitute is no
member and does not count for the one who is away.
"""

from typing import Literal

import msgspec

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.meeting_types import READY, type_of

Rule = Literal["none", "half_members", "two_thirds_members"]
RULES: tuple[Rule, ...] = ("none", "half_members", "two_thirds_members")


class Quorum(msgspec.Struct, frozen=True, kw_only=True):
    """How many members are here, of how many, and how many it takes (0: no rule)."""

    rule: Rule
    here: int
    members: int
    needed: int

    @property
    def is_met(self) -> bool:
        return self.here >= self.needed


def rule_of(kind: str, directory: Directory) -> Rule:
    """The rule of a type of meeting: as set in the office, else its default."""
    ready = READY.get(kind)
    for wanted in (type_of(kind, directory).quorum, ready.quorum if ready else ""):
        if wanted in RULES:
            return wanted
    return "none"


def needed(rule: Rule, members: int) -> int:
    """More than half, or at least two thirds, of all members."""
    match rule:
        case "half_members":
            return members // 2 + 1
        case "two_thirds_members":
            return -(-2 * members // 3)
        case "none":
            return 0


def quorum_of(meeting: Meeting, directory: Directory) -> Quorum:
    """Who is here now against what the meeting's type asks for."""
    issued = meeting.issued
    people = issued.people if issued else ()
    members = {row.person for row in people if row.role == "member"}
    rule = rule_of(issued.kind if issued else "", directory)
    here = sum(meeting.is_here(person) for person in members)
    return Quorum(rule=rule, here=here, members=len(members), needed=needed(rule, len(members)))
