"""The way of an online meeting's link from the secretary to what opens it, in a real office."""

from datetime import timedelta

import msgspec
import pytest

from meetingroom.assembly import RunningHub
from meetingroom.domain.clock import utc_now
from meetingroom.domain.errors import CallError, RefusedError
from meetingroom.domain.records import moment_of, utc_text
from meetingroom.services.calling import NOTE, Calling, Note

TOKEN, PASSCODE = "Tok3nOfTheLetter", "615942"
ADDRESS = f"https://us02web.zoom.us/j/81234567890?pwd={TOKEN}&from=addon"
PLAIN = "https://us02web.zoom.us/j/81234567890?from=addon"
NATIVE = f"zoommtg://us02web.zoom.us/join?action=join&confno=81234567890&pwd={TOKEN}"


def issue(office, address=ADDRESS, passcode=PASSCODE, **values: object):
    """An issued meeting with one online meeting; its id and the link's."""
    draft = office.draft()
    drafting = office.secretary.drafting
    drafting.add_link(draft.meeting, "Hội nghị", address, passcode).result(10)
    if values:
        drafting.edit(draft.meeting, lambda one: with_link(one, **values)).result(10)
    office.secretary.issuing.issue(draft.meeting).result(30)
    meeting = office.secretary.desk.meeting(draft.meeting)
    return draft.meeting, meeting.issued.links[0]


def with_link(draft, **values: object):
    """The draft, its link changed."""
    links = tuple(msgspec.structs.replace(link, **values) for link in draft.links)
    return msgspec.structs.replace(draft, links=links)


def room_of(office, meeting):
    """The display's context, unlocked for the meeting."""
    context = office.join(office.room)
    office.wait(lambda: context.desk.meeting(meeting))
    office.secretary.leading.unlock_display(meeting, office.room).result(10)
    office.wait(lambda: context.me in context.desk.meeting(meeting).unlocked)
    return context


def test_the_display_opens_the_exact_address_of_the_letter_and_the_log_says_so(office):
    meeting, link = issue(office)
    room = room_of(office, meeting)
    assert link.url == PLAIN
    assert room.calling.open(meeting, link.link).result(20).way == "browser"
    assert office.programs.opened == [ADDRESS]
    assert room.calling.passcode(link).result(10) == PASSCODE
    known = office.secretary.desk.meeting
    office.wait(lambda: (office.room, link.link) in known(meeting).calls)
    assert known(meeting).calls[office.room, link.link].is_in
    room.calling.leave(meeting, link.link).result(10)
    office.wait(lambda: not known(meeting).calls[office.room, link.link].is_in)


def test_the_services_own_program_comes_first_and_the_browser_where_it_fails(office, caplog):
    meeting, link = issue(office)
    office.programs.handlers = {"zoommtg": "Zoom"}
    calling = office.secretary.calling
    assert calling.ways(link).result(10).program == "Zoom"
    assert calling.open(meeting, link.link).result(10).way == "native"
    office.programs.fails = {"zoommtg"}
    assert calling.open(meeting, link.link).result(10).way == "browser"
    assert office.programs.opened == [NATIVE, ADDRESS]
    assert TOKEN not in caplog.text
    caplog.clear()


def test_an_address_that_is_not_what_it_seems_opens_only_for_who_confirms_it(office):
    meeting, link = issue(office, f"https://zoom.us.example.com/j/1?pwd={TOKEN}")
    calling = office.secretary.calling
    with pytest.raises(CallError) as caught:
        calling.open(meeting, link.link).result(10)
    assert caught.value.code == "call.unsafe" and TOKEN not in str(caught.value)
    assert office.programs.opened == []
    calling.open(meeting, link.link, confirmed=True).result(10)
    assert office.programs.opened == [f"https://zoom.us.example.com/j/1?pwd={TOKEN}"]


def test_nothing_is_opened_for_whom_the_invitation_does_not_allow_it(office):
    meeting, link = issue(office)
    member = office.join("person-b")
    office.wait(lambda: member.desk.meeting(meeting))
    with pytest.raises(RefusedError, match="no_right"):
        member.calling.open(meeting, link.link).result(10)
    assert office.programs.opened == []


def test_an_official_joins_from_the_own_laptop_where_it_is_for_all(office):
    meeting, link = issue(office, is_for_all=True)
    member = office.join("person-b")
    office.wait(lambda: member.desk.meeting(meeting))
    member.calling.open(meeting, link.link).result(10)
    assert office.programs.opened == [ADDRESS] and member.calling.is_in(meeting) == link.link
    office.wait(lambda: office.secretary.desk.meeting(meeting).calls)


def test_without_any_program_the_leader_is_told_and_the_log_says_nothing(office):
    meeting, link = issue(office)
    office.programs.fails = {"https"}
    with pytest.raises(CallError) as caught:
        office.secretary.calling.open(meeting, link.link).result(10)
    assert str(caught.value) == "call.not_opened"
    assert office.secretary.desk.meeting(meeting).calls == {}


def test_with_the_hub_away_a_passcode_fetched_before_still_opens_the_door(office):
    meeting, link = issue(office)
    room = room_of(office, meeting)
    assert room.calling.passcode(link).result(10) == PASSCODE
    office.hub.stop()
    office.wait(lambda: room.desk.link_state.state != "online")
    room.calling.open(meeting, link.link).result(20)
    assert office.programs.opened == [ADDRESS]
    office.hub = RunningHub(office.root / "s", announces=False)
    office.hub.start()


def test_a_passcode_leaves_the_computer_when_the_meeting_is_over(office):
    meeting, link = issue(office)
    room = room_of(office, meeting)
    room.calling.passcode(link).result(10)
    kept = office.root / office.room / "device" / "secrets" / f"call-secret-{link.secret}"
    assert kept.is_file() and kept.stat().st_mode & 0o077 == 0
    office.secretary.leading.open_meeting(meeting).result(10)
    office.secretary.leading.close_meeting(meeting).result(10)
    office.wait(lambda: not kept.exists())


def test_a_crash_in_a_call_ends_it_when_it_was_seen_last(office):
    meeting, link = issue(office)
    context = office.secretary
    context.calling.open(meeting, link.link).result(10)
    context.leading.open_meeting(meeting).result(10)
    at = utc_text(utc_now() - timedelta(hours=2))
    note = Note(meeting=meeting, link=link.link, at=at)
    context.desk.run(
        lambda: context.desk.log.set_value(NOTE + link.link, msgspec.json.encode(note))
    ).result(10)
    again = Calling(context.desk, None, None, office.programs)
    again.leave(meeting, "none").result(10)  # after what it does first
    call = context.desk.meeting(meeting).calls[context.me, link.link]
    assert not call.is_in and call.lasted(moment_of(at)) == timedelta()


def test_no_file_has_the_passcode_but_the_keyrings_and_the_hubs(office, caplog):
    meeting, link = issue(office)
    room = room_of(office, meeting)
    room.calling.open(meeting, link.link).result(20)
    office.wait(lambda: office.secretary.desk.meeting(meeting).calls)
    words = (TOKEN.encode(), PASSCODE.encode())
    found = [
        str(path.relative_to(office.root))
        for path in office.root.rglob("*")
        if path.is_file() and any(word in path.read_bytes() for word in words)
    ]
    kept = {name for name in found if "/secrets/" not in name and not name.startswith("s/hub/")}
    assert kept == set()
    assert TOKEN not in caplog.text and PASSCODE not in caplog.text
