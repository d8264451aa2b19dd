"""Votes as every computer folds them."""

import itertools

import pytest
from an_office import CHAIR, FORMER, GUEST, MEMBER, SECRETARY, a_meeting, a_vote, entry, judged
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain import facts
from meetingroom.domain.meeting import Meeting, fold_meeting
from meetingroom.domain.vote_rights import may_see_ballot, present_at


def voted(*said: tuple[facts.Fact, str], vote: facts.VoteOpened | None = None) -> Meeting:
    """An open meeting with a vote and what was said in it, in order."""
    rows = [(vote or a_vote("v"), CHAIR), *said]
    entries = [entry(fact, who, number=n) for n, (fact, who) in enumerate(rows, 60)]
    return fold_meeting("m", entries, a_meeting())


def ballot(choice: str, who: str = MEMBER) -> tuple[facts.Fact, str]:
    return facts.BallotCast(vote="v", choice=choice), who


@given(st.lists(st.tuples(st.sampled_from((MEMBER, FORMER)), st.sampled_from(("yes", "no")))))
def test_each_person_counts_once_with_the_newest_choice(cast) -> None:
    meeting = voted(*(ballot(choice, who) for who, choice in cast))
    newest = list(dict(cast).values())
    expected = (newest.count("yes"), newest.count("no"))
    assert meeting.voting.votes["v"].tally() == expected


def test_the_first_result_stands_and_another_is_kept_beside_it() -> None:
    first, second = (facts.VoteClosed(vote="v", counts=row) for row in ((2, 0), (1, 1)))
    vote = voted((first, "hub"), (second, "hub"), (first, "hub")).voting.votes["v"]
    assert vote.result == first
    assert vote.others == (second,)


@pytest.mark.parametrize(("shows", "is_secret", "closed"),
                         list(itertools.product((False, True), repeat=3)))  # fmt: skip
def test_ballots_are_seen_after_the_close_or_when_the_chair_wants_it(
    shows, is_secret, closed
) -> None:
    result = [(facts.VoteClosed(vote="v", counts=(1, 0)), "hub")] if closed else []
    meeting = voted(
        ballot("yes"), *result, vote=a_vote("v", shows_tally=shows, is_secret=is_secret)
    )
    made = entry(*ballot("yes"), number=61)
    seen = may_see_ballot(SECRETARY, made.head, made.fact, meeting)
    assert seen == ((shows or closed) and not is_secret)


def test_a_ballot_that_was_changed_is_seen_by_nobody_else() -> None:
    meeting = voted(ballot("yes"), ballot("no"), (facts.VoteClosed(vote="v", counts=(0, 1)), "hub"))
    older = entry(*ballot("yes"), number=61)
    assert not may_see_ballot(CHAIR, older.head, older.fact, meeting)


def test_after_the_close_no_ballot_is_taken() -> None:
    meeting = voted((facts.VoteClosed(vote="v", counts=(0, 0)), "hub"))
    assert judged(entry(*ballot("yes")), meeting) == "vote_over"


def test_one_vote_runs_at_a_time() -> None:
    assert judged(entry(a_vote("w"), CHAIR), voted()) == "vote_running"


def test_guests_are_no_voters() -> None:
    fact = a_vote("w", voters=("person-guest",), members=1)
    assert judged(entry(fact, CHAIR), a_meeting()) == "malformed"


def test_guests_are_not_present_at_a_vote_and_who_voted_is() -> None:
    here = [(facts.CheckedIn(person=one), one) for one in (GUEST, CHAIR)]
    assert present_at(voted(*here).voting.votes["v"], voted(*here)) == 0
    meeting = voted(*here, (facts.CheckedIn(person=FORMER), FORMER), ballot("yes"))
    assert present_at(meeting.voting.votes["v"], meeting) == 2


def test_two_tellers_who_differ_have_counted_nothing() -> None:
    counts = [
        (facts.CountEntered(vote="v", counts=row, teller=who), who)
        for who, row in ((CHAIR, (2, 0)), (SECRETARY, (1, 1)))
    ]
    by_hand = a_vote("v", "hands")
    assert voted(*counts, vote=by_hand).voting.votes["v"].agreed_count() is None
    again = (facts.CountEntered(vote="v", counts=(2, 0), teller=SECRETARY), SECRETARY)
    assert voted(*counts, again, vote=by_hand).voting.votes["v"].agreed_count() == (2, 0)
