"""Payloads about who comes, is here, and left."""

from meetingroom.domain.fact import Fact


class AnswerGiven(Fact, frozen=True):
    """`answer` is comes, absent or substitute; `substitute` a person's id, or a name.

    `person` is whom it is for where somebody else wrote it down; empty is the author.
    """

    answer: str
    reason: str = ""
    substitute: str = ""
    person: str = ""


class AnswerDecided(Fact, frozen=True):
    """The chair excuses an absence, or agrees to a substitute, or does not."""

    person: str
    is_agreed: bool


class CheckedIn(Fact, frozen=True):
    """`way` is room or online. `stands_in_for` is whom a substitute is here for."""

    person: str
    way: str = "room"
    stands_in_for: str = ""


class LeftMeeting(Fact, frozen=True):
    person: str
