"""Votes at a real hub: each counts once, secret ballots leave no trace, results come once."""

import msgspec
import pytest
from quiet_office import QuietDesk, QuietOffice

from meetingroom.domain import facts
from meetingroom.domain.errors import RefusedError
from meetingroom.domain.ids import new_id
from meetingroom.domain.records import read_head
from meetingroom.domain.voting import Vote
from meetingroom.services.doors import Ballot

VOTERS = ("person-a", "person-b")


@pytest.fixture
def chair(office: QuietOffice) -> QuietDesk:
    return office.desk_of("person-c")


@pytest.fixture
def voting(office: QuietOffice, chair: QuietDesk) -> QuietOffice:
    """The meeting is open."""
    office.put(facts.MeetingOpened())
    return office


def put_to_vote(office: QuietOffice, **changes: object) -> None:
    fact = facts.VoteOpened(
        vote="v", motion="Thông qua?", item="i", choices=("yes", "no"), voters=VOTERS, members=2,
        majority="half_members", paper="open", blob=office.blob("open"),
    )  # fmt: skip

    office.put(msgspec.structs.replace(fact, **changes))


def cast(desk: QuietDesk, office: QuietOffice, choice: str) -> None:
    desk.desk.write(office.meeting, facts.BallotCast(vote="v", choice=choice))
    office.sync()


def cast_secretly(
    office: QuietOffice, desk: QuietDesk, choice: str, cast: str | None = None
) -> None:
    name = cast or new_id("cast")
    body = {"meeting": office.meeting, "vote": "v", "choice": choice, "cast": name}
    office.hub.ask(desk.session, "vote.cast", body)


def close(office: QuietOffice, desk: QuietDesk) -> list[int]:
    told = office.hub.ask(desk.session, "vote.close", {"meeting": office.meeting, "vote": "v"})
    office.sync()
    return told["counts"]


def vote_of(office: QuietOffice, desk: QuietDesk | None = None) -> Vote:
    folded = desk.desk.meetings[office.meeting] if desk else office.folded()
    return folded.voting.votes["v"]


def test_two_computers_of_one_person_count_once(voting, chair, a, b) -> None:
    put_to_vote(voting)
    second = voting.desk_of("person-a")
    cast(a, voting, "yes")
    cast(second, voting, "no")
    cast(b, voting, "yes")
    assert close(voting, chair) == [1, 1]
    assert vote_of(voting, b).voted == set(VOTERS)


def test_who_votes_at_once_stands_in_one_record_each_once(voting, a, b) -> None:
    put_to_vote(voting, is_secret=True)
    ballots = [
        Ballot(session=desk.session, meeting=voting.meeting, vote="v", choice="yes", cast=name)
        for desk, name in ((a, "1"), (b, "2"), (a, "3"), (voting.desk_of("person-c"), "4"))
    ]
    told = voting.hub.cast_all(ballots)
    assert [error.code if error else "" for error in told] == ["", "", "", "no_vote"]
    said = [
        line.entry.fact.people
        for line in voting.hub.ledger._lines[voting.meeting]
        if isinstance(line.entry.fact, facts.HasVoted)
    ]
    assert said == [VOTERS]


def told_after(office: QuietOffice, desk: QuietDesk, since: int) -> list[str]:
    """Kinds of what the hub has for a computer behind a step."""
    steps = office.hub.delivered_after(desk.session, since, 99)
    return [read_head(step.kept.record).kind for step in steps if step.kept]


def test_the_result_goes_first_and_the_ballots_follow(voting, chair, a, b) -> None:
    put_to_vote(voting)
    cast(a, voting, "yes")
    b.take()
    since = b.desk.position().since
    body = {"meeting": voting.meeting, "vote": "v"}
    voting.hub.ask(chair.session, "vote.close", body)
    assert told_after(voting, b, since) == ["vote_closed"]
    voting.hub.catch_up()
    assert told_after(voting, b, since) == ["vote_closed", "ballot_cast"]
    assert not voting.hub.is_behind()


def test_ballots_a_stop_left_untold_are_told_at_the_next_start(voting, chair, a, b) -> None:
    put_to_vote(voting)
    cast(a, voting, "yes")
    voting.hub.ask(chair.session, "vote.close", {"meeting": voting.meeting, "vote": "v"})
    voting.restart_hub()
    voting.sync()
    assert vote_of(voting, b).ballots["person-a"].choice == "yes"


def test_nobody_else_learns_a_ballot_before_the_close_and_all_learn_it_then(
    voting, chair, a, b
) -> None:
    put_to_vote(voting)
    cast(a, voting, "yes")
    assert vote_of(voting, b).ballots == {}
    assert vote_of(voting, chair).ballots == {}
    assert vote_of(voting, b).voted == {"person-a"}
    close(voting, chair)
    assert vote_of(voting, b).ballots["person-a"].choice == "yes"


def test_a_changed_ballot_stays_with_its_author(voting, chair, a, b) -> None:
    put_to_vote(voting, shows_tally=True)
    cast(a, voting, "yes")
    assert vote_of(voting, b).tally() == (1, 0)
    cast(a, voting, "no")
    close(voting, chair)
    kept = voting.hub.ledger.held(b.session.device, voting.meeting)
    ballots = [
        line.entry.head.id
        for line in voting.hub.ledger._lines[voting.meeting]
        if isinstance(line.entry.fact, facts.BallotCast)
    ]
    assert [row in kept for row in ballots] == [False, True]


def test_a_vote_is_closed_once_however_often_it_is_asked(voting, chair, a) -> None:
    put_to_vote(voting)
    cast(a, voting, "yes")
    assert close(voting, chair) == close(voting, chair) == [1, 0]
    lines = voting.hub.ledger._lines[voting.meeting]
    assert sum(isinstance(line.entry.fact, facts.VoteClosed) for line in lines) == 1


def test_a_hub_that_stops_in_the_middle_loses_no_ballot(voting, chair, a, b) -> None:
    put_to_vote(voting, is_secret=True)
    cast_secretly(voting, a, "yes")
    voting.restart_hub()
    cast_secretly(voting, a, "no")
    cast_secretly(voting, b, "no")
    assert close(voting, chair) == [0, 2]


def test_of_a_secret_ballot_nothing_is_left_but_the_counts(voting, chair, a) -> None:
    put_to_vote(voting, is_secret=True, choices=("CAM-QUYT", "no"))
    cast_secretly(voting, a, "CAM-QUYT")
    assert list((voting.folder / "ballots").glob("*.box"))
    close(voting, chair)
    assert list((voting.folder / "ballots").iterdir()) == []
    assert vote_of(voting, chair).ballots == {}
    assert not any(
        isinstance(line.entry.fact, facts.BallotCast)
        for line in voting.hub.ledger._lines[voting.meeting]
    )


def test_a_vote_whose_box_is_gone_is_to_be_held_again(voting, chair, a) -> None:
    put_to_vote(voting, is_secret=True)
    cast_secretly(voting, a, "yes")
    voting.hub.counting.cancel_secret_votes()
    assert vote_of(voting).cancelled == "taken_over"
    assert list((voting.folder / "ballots").iterdir()) == []


def test_only_voters_vote_and_only_leaders_close(voting, chair, a) -> None:
    put_to_vote(voting, is_secret=True)
    for desk, act in ((chair, cast_secretly), (a, None)):
        with pytest.raises(RefusedError) as refused:
            cast_secretly(voting, desk, "yes") if act else close(voting, desk)
        assert refused.value.code == ("no_vote" if act else "no_right")


def test_two_tellers_who_agree_make_the_result(voting, chair) -> None:
    put_to_vote(voting, way="hands")
    for desk in (chair, voting.secretary):
        person = desk.desk.person
        desk.desk.write(voting.meeting, facts.CountEntered(vote="v", counts=(2, 0), teller=person))
        voting.sync()
    result = vote_of(voting).result
    assert result is not None
    assert (result.counts, result.is_passed) == ((2, 0), True)


def test_the_result_tells_who_had_which_version(voting, chair, a) -> None:
    put_to_vote(voting)
    blob = voting.blob("open")
    receipt = facts.Receipt(paper="open", blob=blob, is_verified=True)
    a.desk.write(voting.meeting, receipt, audience=("secretary",))
    voting.sync()
    close(voting, chair)
    result = vote_of(voting).result
    assert result is not None
    assert dict(result.had) == {"person-a": blob, "person-b": ""}


def test_closing_the_meeting_calls_a_running_vote_off(voting, a) -> None:
    put_to_vote(voting)
    voting.put(facts.MeetingClosed())
    assert vote_of(voting).cancelled == "meeting_closed"


def test_an_older_secret_ballot_that_comes_again_does_not_overturn_the_newer(
    voting, chair, a
) -> None:
    put_to_vote(voting, is_secret=True)
    cast_secretly(voting, a, "yes", "first")
    cast_secretly(voting, voting.desk_of("person-a"), "no", "second")
    cast_secretly(voting, a, "yes", "first")
    assert close(voting, chair) == [0, 1]


def test_an_act_of_voting_with_a_name_of_a_megabyte_is_none(voting, chair, a) -> None:
    put_to_vote(voting, is_secret=True)
    with pytest.raises(RefusedError, match="malformed"):
        cast_secretly(voting, a, "yes", "x" * (1 << 20))
    assert close(voting, chair) == [0, 0]


def test_a_box_with_ballots_missing_gives_no_result(voting, chair, a) -> None:
    put_to_vote(voting, is_secret=True)
    cast_secretly(voting, a, "yes")
    next((voting.folder / "ballots").glob("*.box")).unlink()
    with pytest.raises(RefusedError) as refused:
        close(voting, chair)
    assert refused.value.code == "box_lost"
    assert vote_of(voting).cancelled == "box_lost"


def test_the_room_learns_that_a_vote_was_called_off(voting, chair) -> None:
    room = voting.desk_of(next(iter(voting.hub.ledger.directory.rooms)))
    put_to_vote(voting)
    voting.put(facts.VoteCancelled(vote="v"))
    room.take()
    assert not vote_of(voting, room).is_open


def test_guests_who_are_here_do_not_raise_the_number_of_those_present(voting, chair, a) -> None:
    put_to_vote(voting, majority="half_present")
    cast(a, voting, "yes")
    for person in ("person-a", "person-c", "person-s"):
        voting.put(facts.CheckedIn(person=person))
    close(voting, chair)
    result = vote_of(voting).result
    assert result is not None
    assert (result.present, result.is_passed) == (1, True)


def test_a_hub_that_was_restored_counts_no_vote_before_it_has_back_what_it_lacks(
    voting, chair, a
) -> None:
    put_to_vote(voting)
    voting.log.set_value("restoring", b"1")
    voting.restart_hub()
    with pytest.raises(RefusedError) as refused:
        close(voting, chair)
    assert refused.value.code == "hub.restoring"
    assert vote_of(voting).is_open
    ballot = Ballot(
        session=a.session, meeting=voting.meeting, vote="v", choice="yes", cast=new_id("cast")
    )
    assert [one.code for one in voting.hub.cast_all([ballot])] == ["hub.restoring"]


@pytest.mark.parametrize("is_secret", [True, False])
def test_who_is_here_and_who_votes_without_checking_in_are_both_present(
    voting, chair, a, is_secret
) -> None:
    put_to_vote(voting, majority="half_present", is_secret=is_secret)
    voting.put(facts.CheckedIn(person="person-b"))
    if is_secret:
        cast_secretly(voting, a, "yes")
    else:
        cast(a, voting, "yes")
    assert close(voting, chair) == [1, 0]
    result = vote_of(voting).result
    assert (result.present, result.is_passed) == (2, False)
