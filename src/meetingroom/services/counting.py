"""Votes at the hub: who has voted, secret ballots, the one result. Under the hub's lock."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from meetingroom.domain import facts
from meetingroom.domain.errors import MeetingError, RefusedError
from meetingroom.domain.ids import is_room
from meetingroom.domain.majorities import is_passed
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.ports import BallotBox
from meetingroom.domain.ruling import leads
from meetingroom.domain.vote_rights import present_at
from meetingroom.domain.voting import Vote
from meetingroom.services.doors import Ballot, Session
from meetingroom.services.ledger import Line

if TYPE_CHECKING:
    from meetingroom.services.ledger import Ledger

Say = Callable[[str, facts.Fact], None]
LONGEST_CAST = 100  # letters of the name of an act of voting


class Counting:
    """What only the hub says of a vote; all of it can be said again after a crash."""

    def __init__(
        self,
        ledger: Callable[[], "Ledger"],
        say: Say,
        box: BallotBox | None,
        check_takes_new: Callable[[], None],
    ) -> None:
        self._ledger = ledger
        self._say = say
        self._box = box
        self._check_takes_new = check_takes_new

    def heal(self) -> None:
        """What a crash left unsaid, and boxes whose vote is over."""
        for meeting in self._meetings():
            for vote in meeting.voting.votes.values():
                if vote.is_open:
                    self._say_who_voted(meeting, vote)
                elif self._box is not None:
                    self._box.destroy(vote.id)

    def after(self, lines: Sequence[Line]) -> None:
        """Say what follows from records just taken."""
        voters: dict[tuple[str, str], list[str]] = {}
        for line in lines:
            fact, stream = line.entry.fact, line.entry.head.stream
            if isinstance(fact, facts.BallotCast):
                voters.setdefault((stream, fact.vote), []).append(line.entry.head.author)
            elif isinstance(fact, facts.CountEntered):
                self._close_if_agreed(stream, fact.vote)
            elif isinstance(fact, facts.MeetingClosed):
                self._call_off(stream)
            elif isinstance(fact, facts.VoteCancelled) and self._box is not None:
                self._box.destroy(fact.vote)
        for (stream, vote), people in voters.items():
            self._have_voted(stream, vote, people)

    def cast_secretly(
        self, ballots: Sequence[Ballot], check: Callable[[Session], None]
    ) -> list[MeetingError | None]:
        """Keep secret ballots, a person's newest counts; of each why not, or None.

        `check` raises what a session that may ask for nothing is told. Those of one vote go
        into its box in one go.
        """
        refusals: list[MeetingError | None] = []
        good: dict[tuple[str, str], list[Ballot]] = {}
        for ballot in ballots:
            refusal = self._refusal(ballot, check)
            refusals.append(refusal)
            if refusal is None:
                good.setdefault((ballot.meeting, ballot.vote), []).append(ballot)
        for (meeting, vote), rows in good.items():
            if self._box is not None:
                casts = [(row.session.principal, row.choice, row.cast) for row in rows]
                self._box.put(vote, casts)
            self._have_voted(meeting, vote, [row.session.principal for row in rows])
        return refusals

    def _refusal(self, ballot: Ballot, check: Callable[[Session], None]) -> MeetingError | None:
        try:
            check(ballot.session)
            opened = self._running(ballot.meeting, ballot.vote).opened
        except MeetingError as error:
            return error
        is_odd = not opened.is_secret or opened.way != "app" or len(ballot.cast) > LONGEST_CAST
        if is_odd or self._box is None:
            return RefusedError("malformed")
        if ballot.session.principal not in opened.voters:
            return RefusedError("no_vote")
        return None if ballot.choice in opened.choices else RefusedError("malformed")

    def close(self, session: Session, meeting: str, vote: str) -> facts.VoteClosed:
        """Count and say the result, once: asked again, the same. Raises RefusedError."""
        folded = self._ledger().meeting(meeting)
        if folded is None or not _may_close(session, folded):
            raise RefusedError("no_right")
        known = folded.voting.votes.get(vote)
        if known is not None and known.result is not None:
            return known.result
        running = self._running(meeting, vote)
        if running.opened.way != "app":
            raise RefusedError("counts_differ")
        counts = (
            self._secret_counts(meeting, running)
            if running.opened.is_secret
            else _open_counts(running)
        )
        return self._close(folded, running, counts)

    def cancel_secret_votes(self) -> None:
        """After a takeover or a restore: their boxes are not here, so they are held again."""
        for meeting in self._meetings():
            vote = meeting.voting.open
            if vote is not None and vote.opened.is_secret and vote.opened.way == "app":
                self._say(meeting.id, facts.VoteCancelled(vote=vote.id, reason="taken_over"))

    def call_off_older(self, lines: Sequence[Line]) -> None:
        """The same for secret votes of the hub that was lost, when only devices knew of them."""
        for line in lines:
            fact, stream = line.entry.fact, line.entry.head.stream
            if isinstance(fact, facts.VoteOpened) and fact.is_secret and fact.way == "app":
                meeting = self._ledger().meeting(stream)
                known = meeting.voting.votes.get(fact.vote) if meeting else None
                if known is not None and known.is_open:
                    self._say(stream, facts.VoteCancelled(vote=fact.vote, reason="taken_over"))

    def _meetings(self) -> list[Meeting]:
        ledger = self._ledger()
        rows = [ledger.meeting(stream) for stream in ledger.streams()]
        return [row for row in rows if row is not None]

    def _running(self, meeting: str, vote: str) -> Vote:
        # A hub that was restored lacks ballots that devices are still to bring back.
        self._check_takes_new()
        folded = self._ledger().meeting(meeting)
        known = folded.voting.votes.get(vote) if folded else None
        if folded is None or known is None or not known.is_open or folded.state != "open":
            raise RefusedError("vote_over")
        return known

    def _have_voted(self, meeting: str, vote: str, people: Sequence[str]) -> None:
        folded = self._ledger().meeting(meeting)
        known = folded.voting.votes.get(vote) if folded else None
        voted = known.voted if known else frozenset(people)
        new = tuple(person for person in dict.fromkeys(people) if person not in voted)
        if new:
            self._say(meeting, facts.HasVoted(vote=vote, people=new))

    def _say_who_voted(self, meeting: Meeting, vote: Vote) -> None:
        secret = self._box.choices(vote.id) if self._box and vote.opened.is_secret else {}
        self._have_voted(meeting.id, vote.id, (*vote.ballots, *secret))

    def _secret_counts(self, meeting: str, vote: Vote) -> tuple[int, ...]:
        kept = self._box.choices(vote.id) if self._box else {}
        if not vote.voted <= kept.keys():
            self._say(meeting, facts.VoteCancelled(vote=vote.id, reason="box_lost"))
            raise RefusedError("box_lost")
        chosen = list(kept.values())
        return tuple(chosen.count(choice) for choice in vote.opened.choices)

    def _close_if_agreed(self, meeting: str, vote: str) -> None:
        folded = self._ledger().meeting(meeting)
        known = folded.voting.votes.get(vote) if folded else None
        counts = known.agreed_count() if known and known.is_open else None
        if folded is not None and known is not None and counts is not None:
            self._close(folded, known, counts)

    def _call_off(self, meeting: str) -> None:
        folded = self._ledger().meeting(meeting)
        vote = folded.voting.open if folded else None
        if vote is not None:
            self._say(meeting, facts.VoteCancelled(vote=vote.id, reason="meeting_closed"))

    def _close(self, meeting: Meeting, vote: Vote, counts: tuple[int, ...]) -> facts.VoteClosed:
        opened = vote.opened
        present = max(present_at(vote, meeting), sum(counts))
        result = facts.VoteClosed(
            vote=vote.id,
            counts=counts,
            is_passed=is_passed(opened.majority, counts[0], opened.members, present),
            present=present,
            had=_versions_had(meeting, opened),
        )
        self._say(meeting.id, result)
        if self._box is not None:
            self._box.destroy(vote.id)
        return result


def _open_counts(vote: Vote) -> tuple[int, ...]:
    """After a takeover it may be known that somebody voted before their laptop brought how."""
    coming = vote.voted - vote.ballots.keys()
    if coming:
        raise RefusedError("ballots_coming", count=len(coming))
    return vote.tally()


def _may_close(session: Session, meeting: Meeting) -> bool:
    if is_room(session.principal):
        return session.principal in meeting.unlocked
    return leads(session.principal, meeting)


def _versions_had(meeting: Meeting, opened: facts.VoteOpened) -> tuple[tuple[str, str], ...]:
    """Of each voter the version of the paper their computer said it had, "" for none."""
    if not opened.paper:
        return ()
    rows = [
        row for row in meeting.receipts.values() if row.paper == opened.paper and row.is_verified
    ]
    # Of several computers of one person, the one with the version voted on.
    rows.sort(key=lambda row: row.blob == opened.blob)
    had = {row.person: row.blob for row in rows}
    return tuple((person, had.get(person, "")) for person in opened.voters)
