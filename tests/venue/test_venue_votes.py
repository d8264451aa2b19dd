"""Votes of a whole room, and of one whose hub is killed in the middle: each person counts once."""

import threading
import time
from typing import Any

import pytest
from rooms import AGREE, IS_FULL, SIZE, Room, a_room, said_at_the_hub

pytestmark = pytest.mark.timeout(420)
FOR, AGAINST, OTHERWISE = range(3)


def open_vote(room: Room, *, is_secret: bool) -> str:
    """The meeting open, a vote running on every screen; its id."""
    room.enter()
    room.chair("say", kind="meeting_opened")
    vote = str(room.chair("open_vote", is_secret=is_secret))
    room.wait_for(lambda rows: all(row["meeting"]["votes"] for row in rows), 60)
    return vote


def cast(room: Room, people: range, choice: int) -> None:
    """Ballots of these people, all at once."""
    room.each(list(people), "cast", meeting=room.meeting, choice=choice)


def everybody_has_voted(rows: list[dict[str, Any]]) -> bool:
    return all(len(row["meeting"]["votes"][0][2]) == SIZE for row in rows)


def result(room: Room, vote: str) -> list[int]:
    """What the hub counts, the same on every screen."""
    room.chair("close_vote", vote=vote)
    room.wait_for(lambda rows: all(row["meeting"]["votes"][-1][1] for row in rows), AGREE)
    (told,) = room.agreed()["votes"]
    assert told[0] == vote
    return list(told[1])


@pytest.mark.parametrize("is_secret", [False, True], ids=["open", "secret"])
def test_everybody_votes_at_once_and_each_counts(tmp_path, is_secret: bool) -> None:
    with a_room(tmp_path) as room:
        vote = open_vote(room, is_secret=is_secret)
        start = time.monotonic()
        cast(room, range(SIZE), FOR)
        room.wait_for(everybody_has_voted, 60)
        seconds = time.monotonic() - start
        print(f"{SIZE} voted in {seconds:.1f} s, seen by all")
        assert result(room, vote) == [SIZE, 0, 0]
        assert seconds <= 10 or not IS_FULL, seconds


@pytest.mark.parametrize("is_secret", [False, True], ids=["open", "secret"])
def test_a_hub_killed_during_a_vote_loses_no_ballot_and_counts_none_twice(
    tmp_path, is_secret: bool
) -> None:
    with a_room(tmp_path) as room:
        vote, half = open_vote(room, is_secret=is_secret), SIZE // 2
        cast(room, range(half), FOR)
        # The rest votes, and one changes his mind, while the hub dies under their hands.
        late = threading.Thread(target=cast, args=(room, range(half - 1, SIZE), AGAINST))
        late.start()
        room.hub.kill()
        room.hub.start()
        late.join()
        room.wait_for(everybody_has_voted, 60)
        assert result(room, vote) == [half - 1, SIZE - half + 1, 0]
        said = [one for row in said_at_the_hub(room, "has_voted") for one in row["people"]]
        assert sorted(said) == sorted(f"person-{n}" for n in range(SIZE))
        assert len(said_at_the_hub(room, "vote_closed")) == 1
        assert len(said_at_the_hub(room, "ballot_cast")) == (0 if is_secret else SIZE + 1)
