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
    """The chair excuses an absence, or agrees to a substitute, or does not.

    `answer` is the record that was decided on: a newer one is not.
    """

    person: str
    is_agreed: bool
    answer: str = ""


class CheckedIn(Fact, frozen=True):
    """`way` is room or online. `stands_in_for` is whom a substitute is here for.

    `never_left` takes back a leaving that was noted by mistake. `by_code` is the hub's word that
    it was typed on a phone with the code shown in the lobby.
    """

    person: str
    way: str = "room"
    stands_in_for: str = ""
    never_left: bool = False
    by_code: bool = False


class LeftMeeting(Fact, frozen=True):
    """`never_came` takes back a check-in that was noted by mistake: the stay was none."""

    person: str
    never_came: bool = False
