"""Payloads of votes: motions, open ballots, who has voted, counts by hand, results."""

from meetingroom.domain.fact import Fact


class MotionPut(Fact, frozen=True):
    """A motion prepared, or changed, before it is put to the vote.

    `way` is app, hands or paper; `majority` a rule's name (`domain.majorities`).
    """

    motion: str
    text: str
    item: str = ""
    choices: tuple[str, ...] = ()
    majority: str = ""
    way: str = "app"
    is_secret: bool = False
    paper: str = ""


class MotionRemoved(Fact, frozen=True):
    motion: str


class VoteOpened(Fact, frozen=True):
    """A vote begins. `voters` are who may vote; `members` how many the majority is of.

    `motion` is the text; `prepared` the id of the motion it was prepared as, if any.
    `paper` and `blob` are what is voted on; `tellers` may enter counts beside chair and
    secretaries. The first of `choices` is for the motion.
    """

    vote: str
    motion: str
    item: str
    choices: tuple[str, ...]
    voters: tuple[str, ...]
    is_secret: bool = False
    majority: str = ""
    shows_tally: bool = False
    members: int = 0
    way: str = "app"
    prepared: str = ""
    paper: str = ""
    blob: str = ""
    tellers: tuple[str, ...] = ()


class BallotCast(Fact, frozen=True):
    """An open ballot; a later one of the same person takes its place. Secret ones are no records.

    `reason` goes with "another opinion", and with an opinion reserved.
    """

    vote: str
    choice: str
    reason: str = ""


class HasVoted(Fact, frozen=True):
    """Only the hub says this: of all who voted since it last said so, each once."""

    vote: str
    people: tuple[str, ...]


class CountEntered(Fact, frozen=True):
    """A count of hands or paper ballots by one teller; two that agree are the result."""

    vote: str
    counts: tuple[int, ...]
    teller: str


class VoteClosed(Fact, frozen=True):
    """Only the hub says this; counts in the order of the vote's choices.

    `had` tells who had which version of the paper on a device, or "" for none.
    """

    vote: str
    counts: tuple[int, ...]
    is_passed: bool | None = None
    present: int = 0
    had: tuple[tuple[str, str], ...] = ()


class VoteCancelled(Fact, frozen=True):
    """A vote that has no result: `reason` is cancelled (by the chair) or taken_over."""

    vote: str
    reason: str = "cancelled"
