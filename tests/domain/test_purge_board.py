"""The receipt board of a purge."""

import msgspec
from an_office import CHAIR, FORMER, MEMBER, ROOM, SECRETARY, a_directory, a_meeting, entry

from meetingroom.domain import facts
from meetingroom.domain.directory import Device, Directory
from meetingroom.domain.ids import HUB
from meetingroom.domain.meeting import Meeting, fold_meeting
from meetingroom.domain.purge_board import board_of
from meetingroom.domain.purging import BACKUPS, Seen

AFTER = "2026-11-27T01:00:00.000Z"


def an_office_with(*devices: Device) -> Directory:
    return msgspec.structs.replace(a_directory(), devices={one.device: one for one in devices})


def device(name: str, principal: str, revoked_at: str = "") -> Device:
    return Device(device=name, principal=principal, public_key="", revoked_at=revoked_at)


def purged(*receipts: tuple[str, str, facts.PurgeDone]) -> Meeting:
    """A meeting whose open paper was purged, and what devices said of it."""
    meeting = a_meeting()
    rows = [entry(facts.Purged(paper="open", reason="secret"), number=60, id="p")]
    for number, (name, principal, done) in enumerate(receipts, 61):
        rows.append(entry(done, principal, audience=("secretary",), number=number, device=name))
    return fold_meeting("m", rows, meeting)


def states(meeting: Meeting, directory: Directory, seen: dict[str, Seen]) -> dict[str, str]:
    rows = board_of(meeting, meeting.purges["p"], directory, seen)
    return {row.device: row.state for row in rows}


def test_each_computer_stands_with_what_it_said_the_worst_first() -> None:
    directory = an_office_with(
        device("done", MEMBER), device("away", CHAIR), device("here", SECRETARY),
        device("stuck", ROOM), device("lost", FORMER, AFTER), device("strange", "person-stranger"),
    )  # fmt: skip
    meeting = purged(
        ("done", MEMBER, facts.PurgeDone(purge="p", files=1)),
        ("stuck", ROOM, facts.PurgeDone(purge="p", pending="store.full")),
        ("hub-1", HUB, facts.PurgeDone(purge="p", files=1, pending=BACKUPS)),
    )
    seen = {"here": Seen(is_online=True), "away": Seen(last=AFTER)}
    assert list(states(meeting, directory, seen).items()) == [
        ("stuck", "failed"), ("lost", "shut_out"), ("away", "waiting"),
        ("hub", "working"), ("here", "working"), ("done", "done"),
    ]  # fmt: skip


def test_a_computer_shut_out_before_the_meeting_was_issued_holds_nothing() -> None:
    directory = an_office_with(device("old", FORMER, "2026-01-01T00:00:00.000Z"))
    assert states(purged(), directory, {}) == {"hub": "working"}


def test_a_computer_of_somebody_who_left_the_office_is_out_of_reach() -> None:
    directory = an_office_with(device("theirs", FORMER))
    assert states(purged(), directory, {})["theirs"] == "shut_out"


def test_a_computer_that_failed_first_and_then_did_it_is_done() -> None:
    meeting = purged(
        ("d", MEMBER, facts.PurgeDone(purge="p", pending="store.full")),
        ("d", MEMBER, facts.PurgeDone(purge="p", files=1)),
    )
    assert states(meeting, an_office_with(device("d", MEMBER)), {})["d"] == "done"


def test_an_opinion_on_the_paper_that_the_room_sees_leaves_the_display() -> None:
    given = facts.OpinionGiven(opinion="o", text="?", paper="open")
    shown = facts.OpinionShown(opinion="o", is_shown=True, text="?", paper="open")
    meeting = a_meeting(given, shown, facts.SceneShown(scene="opinion", opinion="o"))
    assert meeting.scene.scene == "opinion"
    purge = entry(facts.Purged(paper="open", reason="secret"), number=60)
    assert fold_meeting("m", [purge], meeting).scene.scene == "lobby"
