"""The votes of a meeting: motions, who has voted, ballots one may see, results."""

from collections.abc import Callable

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry


class Ballot(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's newest open ballot; `record` is the one that counts."""

    choice: str
    reason: str = ""
    record: str = ""
    is_at_hub: bool = True


class Vote(msgspec.Struct, frozen=True, kw_only=True):
    """One vote; `others` are results that contradict the first one (after a takeover)."""

    opened: facts.VoteOpened
    opened_at: str = ""
    voted: frozenset[str] = frozenset()
    ballots: dict[str, Ballot] = {}
    counts: dict[str, tuple[int, ...]] = {}
    result: facts.VoteClosed | None = None
    closed_at: str = ""
    cancelled: str = ""
    others: tuple[facts.VoteClosed, ...] = ()

    @property
    def id(self) -> str:
        return self.opened.vote

    @property
    def is_open(self) -> bool:
        return self.result is None and not self.cancelled

    @property
    def shows_ballots(self) -> bool:
        """Whether others may see who chose what: after the close, or at once if so wanted."""
        is_visible = self.opened.shows_tally or self.result is not None
        return is_visible and not self.opened.is_secret

    def tally(self) -> tuple[int, ...]:
        """The ballots known here, counted in the order of the choices."""
        chosen = [ballot.choice for ballot in self.ballots.values()]
        return tuple(chosen.count(choice) for choice in self.opened.choices)

    def agreed_count(self) -> tuple[int, ...] | None:
        """What two tellers counted alike; None while they do not."""
        rows = list(self.counts.values())
        return next((row for row in rows if rows.count(row) > 1), None)


class Voting(msgspec.Struct, frozen=True, kw_only=True):
    """Motions that wait, and votes in the order they were opened."""

    motions: dict[str, facts.MotionPut] = {}
    votes: dict[str, Vote] = {}

    @property
    def open(self) -> Vote | None:
        """The vote that runs now."""
        return next((vote for vote in self.votes.values() if vote.is_open), None)

    @property
    def last(self) -> Vote | None:
        """The newest vote, running or over."""
        return next(reversed(self.votes.values()), None)


def _changed(voting: Voting, vote: str, **changes: object) -> Voting:
    known = voting.votes.get(vote)
    if known is None:
        return voting
    new = msgspec.structs.replace(known, **changes)
    return msgspec.structs.replace(voting, votes={**voting.votes, vote: new})


def _put_motion(voting: Voting, entry: Entry) -> Voting:
    fact = entry.fact
    assert isinstance(fact, facts.MotionPut)  # noqa: S101
    return msgspec.structs.replace(voting, motions={**voting.motions, fact.motion: fact})


def _remove_motion(voting: Voting, entry: Entry) -> Voting:
    fact = entry.fact
    assert isinstance(fact, facts.MotionRemoved)  # noqa: S101
    rest = {key: row for key, row in voting.motions.items() if key != fact.motion}
    return msgspec.structs.replace(voting, motions=rest)


def _open(voting: Voting, entry: Entry) -> Voting:
    fact = entry.fact
    assert isinstance(fact, facts.VoteOpened)  # noqa: S101
    if fact.vote in voting.votes:
        return voting
    rest = {key: row for key, row in voting.motions.items() if key != fact.prepared}
    votes = {**voting.votes, fact.vote: Vote(opened=fact, opened_at=entry.at)}
    return msgspec.structs.replace(voting, motions=rest, votes=votes)


def _cast(voting: Voting, entry: Entry) -> Voting:
    fact = entry.fact
    assert isinstance(fact, facts.BallotCast)  # noqa: S101
    vote = voting.votes.get(fact.vote)
    if vote is None:
        return voting
    ballot = Ballot(
        choice=fact.choice,
        reason=fact.reason,
        record=entry.head.id,
        is_at_hub=entry.envelope is not None,
    )
    return _changed(voting, fact.vote, ballots={**vote.ballots, entry.head.author: ballot})


def _has_voted(voting: Voting, entry: Entry) -> Voting:
    fact = entry.fact
    assert isinstance(fact, facts.HasVoted)  # noqa: S101
    vote = voting.votes.get(fact.vote)
    return _changed(voting, fact.vote, voted=vote.voted | {*fact.people}) if vote else voting


def _count(voting: Voting, entry: Entry) -> Voting:
    fact = entry.fact
    assert isinstance(fact, facts.CountEntered)  # noqa: S101
    vote = voting.votes.get(fact.vote)
    if vote is None:
        return voting
    return _changed(voting, fact.vote, counts={**vote.counts, entry.head.author: fact.counts})


def _close(voting: Voting, entry: Entry) -> Voting:
    """The first result stands; one that says otherwise is kept beside it for the chair."""
    fact = entry.fact
    assert isinstance(fact, facts.VoteClosed)  # noqa: S101
    vote = voting.votes.get(fact.vote)
    if vote is None:
        return voting
    if vote.result is None:
        return _changed(voting, fact.vote, result=fact, closed_at=entry.at)
    if vote.result.counts == fact.counts:
        return voting
    return _changed(voting, fact.vote, others=(*vote.others, fact))


def _cancel(voting: Voting, entry: Entry) -> Voting:
    fact = entry.fact
    assert isinstance(fact, facts.VoteCancelled)  # noqa: S101
    vote = voting.votes.get(fact.vote)
    if vote is None or not vote.is_open:
        return voting
    return _changed(voting, fact.vote, cancelled=fact.reason, closed_at=entry.at)


Change = Callable[[Voting, Entry], Voting]
CHANGES: dict[type[facts.Fact], Change] = {
    facts.MotionPut: _put_motion,
    facts.MotionRemoved: _remove_motion,
    facts.VoteOpened: _open,
    facts.BallotCast: _cast,
    facts.HasVoted: _has_voted,
    facts.CountEntered: _count,
    facts.VoteClosed: _close,
    facts.VoteCancelled: _cancel,
}
