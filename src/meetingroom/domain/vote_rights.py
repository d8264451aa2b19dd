"""Who may put motions, open votes and vote: rules of the group votes."""

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory
from meetingroom.domain.majorities import MAJORITIES
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import Head
from meetingroom.domain.ruling import Refusal, Rule, lead, leads, may_read_paper
from meetingroom.domain.voting import Vote

WAYS = ("app", "hands", "paper")
MOST_MEMBERS = 100_000


def may_vote(meeting: Meeting) -> tuple[str, ...]:
    """The meeting's members: guests never vote."""
    if meeting.issued is None:
        return ()
    rows = {row.person: row.role for row in meeting.issued.people}
    rows.setdefault(meeting.issued.chair, "member")
    return tuple(person for person, role in rows.items() if role == "member")


def present_at(vote: Vote, meeting: Meeting) -> int:
    """How many of the voters are here: who voted is, also who forgot to check in."""
    took_part = {*vote.voted, *vote.ballots}
    return sum(meeting.is_here(one) or one in took_part for one in vote.opened.voters)


def may_see_ballot(principal: str, head: Head, fact: facts.BallotCast, meeting: Meeting) -> bool:
    """Whether somebody else's ballot may be seen: the newest one, once ballots are shown."""
    vote = meeting.voting.votes.get(fact.vote)
    ballot = vote.ballots.get(head.author) if vote else None
    is_newest = ballot is not None and ballot.record == head.id
    return vote is not None and vote.shows_ballots and is_newest


def _open(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.VoteOpened)  # noqa: S101
    refusal = lead(actor, head, fact, directory, meeting)
    if refusal is not None:
        return refusal
    if meeting.state != "open":
        return "not_open"
    if meeting.voting.open is not None or fact.vote in meeting.voting.votes:
        return "vote_running"
    return None if _is_well_put(fact, meeting) else "malformed"


def _is_well_put(fact: facts.VoteOpened, meeting: Meeting) -> bool:
    """Whether everyone named may vote or count, and there is something to decide on."""
    is_known = set(fact.voters) <= set(may_vote(meeting)) and bool(fact.voters)
    is_whole = len(set(fact.choices)) == len(fact.choices) >= 2 and fact.way in WAYS
    is_told = all(words.strip() for words in (fact.motion, *fact.choices))
    is_counted = MOST_MEMBERS >= fact.members >= len(set(fact.voters)) == len(fact.voters)
    has_rule = fact.majority in ("", *MAJORITIES) and set(fact.tellers) <= set(meeting.people)
    is_secret_well = not fact.is_secret or (fact.way == "app" and not fact.shows_tally)
    may_read = all(may_read_paper(person, fact.paper, meeting) for person in fact.voters)
    return all((is_known, is_whole, is_told, is_counted, has_rule, is_secret_well, may_read))


def _running(vote: str, meeting: Meeting) -> Vote | None:
    known = meeting.voting.votes.get(vote)
    return known if known is not None and known.is_open and meeting.state == "open" else None


def _cast(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.BallotCast)  # noqa: S101
    vote = _running(fact.vote, meeting)
    if vote is None:
        return "vote_over"
    if vote.opened.is_secret or vote.opened.way != "app":
        return "malformed"
    if actor not in vote.opened.voters:
        return "no_vote"
    return None if fact.choice in vote.opened.choices else "malformed"


def _count(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.CountEntered)  # noqa: S101
    vote = _running(fact.vote, meeting)
    if vote is None:
        return "vote_over"
    if not leads(actor, meeting) and actor not in vote.opened.tellers:
        return "no_right"
    is_whole = len(fact.counts) == len(vote.opened.choices) and all(n >= 0 for n in fact.counts)
    is_whole = is_whole and sum(fact.counts) <= len(vote.opened.voters)
    is_by_hand = vote.opened.way != "app" and fact.teller == actor
    return None if is_whole and is_by_hand else "malformed"


def _cancel(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.VoteCancelled)  # noqa: S101
    refusal = lead(actor, head, fact, directory, meeting)
    if refusal is not None:
        return refusal
    return None if _running(fact.vote, meeting) else "vote_over"


RULES: dict[str, Rule] = {
    "motion_put": lead,
    "motion_removed": lead,
    "vote_opened": _open,
    "ballot_cast": _cast,
    "count_entered": _count,
    "vote_cancelled": _cancel,
}
