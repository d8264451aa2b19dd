"""Old and new programs in one meeting, as in the week of an update."""

import pytest
from older_program import program_before_votes
from rooms import SIZE, Room, a_room

pytestmark = pytest.mark.timeout(420)
SMALL = max(4, SIZE // 4)
KNOWN_TO_BOTH = ("state", "item", "over", "notes", "papers", "wants_newer")


def known_to_both(room: Room, place: int) -> dict:
    """What the laptop at a place shows of what every version knows."""
    (row,) = room.each([place], "look", meeting=room.meeting)
    return {key: row["meeting"][key] for key in KNOWN_TO_BOTH} | {"stage": row["stage"]}


def test_the_program_before_votes_goes_through_a_meeting_with_a_vote(tmp_path) -> None:
    older = program_before_votes(tmp_path / "older")
    with a_room(tmp_path, SMALL, old=2, program=older) as room:
        room.enter()
        room.chair("start_meeting")
        room.wait_for(lambda rows: all(r["meeting"]["state"] == "open" for r in rows), 60)
        vote = room.chair("open_vote", is_secret=False)
        new = SMALL - 2
        room.wait_for(lambda rows: all(row["meeting"]["votes"] for row in rows[:new]), 60)
        room.each(list(range(new)), "cast", meeting=room.meeting, choice=0)
        room.wait_for(lambda rows: len(rows[0]["meeting"]["votes"][0][2]) == new, 60)
        room.chair("close_vote", vote=vote)
        room.chair("show_page", page=2)
        room.all("note", meeting=room.meeting, text="sau biểu quyết")
        everybody = set(range(SMALL))
        room.wait_for(lambda rows: all(len(r["meeting"]["notes"]) == SMALL for r in rows), 60)
        room.wait_for(lambda rows: all(r["stage"][2] == 2 and not r["waiting"] for r in rows), 60)
        seen = [known_to_both(room, place) for place in everybody]
        assert seen == [seen[0]] * SMALL
        assert room.look()[0]["meeting"]["votes"][0][1] == [new, 0, 0]
        assert room.all("refused") == [[]] * SMALL


def test_laptops_that_were_updated_first_hold_a_meeting_at_the_older_hub(tmp_path) -> None:
    """What it does not know it refuses, saying why; all it knows goes on as ever."""
    older = program_before_votes(tmp_path / "older")
    with a_room(tmp_path, SMALL, hub_program=older) as room:
        room.enter()
        room.chair("start_meeting")
        room.chair("open_vote", is_secret=False)
        room.all("note", meeting=room.meeting, text="ở máy chủ cũ")
        room.chair("show_page", page=2)
        room.wait_for(lambda rows: all(r["stage"][2] == 2 for r in rows), 60)
        room.wait_for(lambda rows: all(len(r["meeting"]["notes"]) == SMALL for r in rows), 60)
        seen = [known_to_both(room, place) for place in range(SMALL)]
        assert seen == [seen[0]] * SMALL
        assert "not_yet" in room.each([0], "refused")[0]  # the vote
        assert room.each([SMALL - 1], "refused") == [[]]
