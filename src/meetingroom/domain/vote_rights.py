"""Who may put motions, open votes and vote: rules of the group votes."""

from meetingroom.domain.ruling import Rule

RULES: dict[str, Rule] = {}
