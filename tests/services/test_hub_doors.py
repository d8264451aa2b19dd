"""What the hub lets a device do that is no record: steer, listen, unlock, ask for passcodes."""

import math
import threading
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from quiet_office import QuietDesk, QuietOffice

from meetingroom.domain import facts
from meetingroom.domain.errors import RefusedError
from meetingroom.domain.geometry import InkPoint, Rect
from meetingroom.domain.ids import OFFICE
from meetingroom.domain.records import utc_text
from meetingroom.domain.stage import MOST_POINTS, Laser, Steer, Stroke
from meetingroom.services import requests
from meetingroom.services.doors import StageMoved, StrokeGrew
from meetingroom.services.hub_delays import HubDelays
from meetingroom.services.requests import PIN_TRIES


@pytest.fixture
def chair(office: QuietOffice) -> QuietDesk:
    return office.desk_of("person-c")


@pytest.fixture
def room(office: QuietOffice) -> QuietDesk:
    return office.desk_of(next(iter(office.hub.ledger.directory.rooms)))


def wish(office: QuietOffice, **changes: object) -> Steer:
    made = Steer(meeting=office.meeting, base=0, paper="open", blob=office.blob("open"), page=1)
    return msgspec.structs.replace(made, **changes)


def refusal(office: QuietOffice, desk: QuietDesk, asked: Steer) -> str:
    with pytest.raises(RefusedError) as raised:
        office.hub.steer(desk.session, asked)
    return raised.value.code


def test_the_chair_turns_the_page_for_all_who_are_in(office, chair, b, room) -> None:
    heard: list[StageMoved] = []
    office.hub.subscribe(heard.append)
    stage = office.hub.steer(chair.session, wish(office))
    assert (stage.page, stage.controller) == (1, "person-c")
    assert {desk.session.device for desk in (chair, b, room)} <= heard[0].devices


def test_a_turn_waits_for_nothing_on_the_loop_while_the_hub_keeps_records(office) -> None:
    chair, turn = office.desk_of("person-c"), wish(office)
    held, may_go = threading.Event(), threading.Event()

    def keep_records() -> None:
        with office.hub._lock:
            held.set()
            may_go.wait(30)

    keeping = threading.Thread(target=keep_records)
    keeping.start()
    assert held.wait(30)
    assert office.hub.steer_at_once(chair.session, turn) is None
    may_go.set()
    keeping.join()
    stage = office.hub.steer_at_once(chair.session, turn)
    assert stage is not None and stage.page == turn.page


def test_only_who_leads_turns(office, b, room) -> None:
    assert refusal(office, b, wish(office)) == "no_right"
    assert refusal(office, room, wish(office, on_behalf_of="person-c")) == "no_right"


def test_no_other_file_and_no_page_beyond_the_last_is_put_on_the_stage(office, chair) -> None:
    other = office.blob("closed")
    assert refusal(office, chair, wish(office, blob=other)) == "unknown_paper"
    assert refusal(office, chair, wish(office, page=9)) == "unknown_paper"
    closed = wish(office, paper="closed", blob=other)
    assert refusal(office, chair, closed) == "not_for_the_room"


def test_a_part_of_a_page_no_screen_can_show_is_not_put_on_the_stage(office, chair) -> None:
    assert refusal(office, chair, wish(office, view=Rect(5, 0, 5, 9))) == "unknown_paper"
    office.hub.steer(chair.session, wish(office))
    heard: list[object] = []
    office.hub.subscribe(heard.append)
    office.hub.point(chair.session, Laser(meeting=office.meeting, x=1e300, y=1), None)
    assert heard == []


def test_two_fast_clicks_never_turn_twice(office, chair) -> None:
    first = office.hub.steer(chair.session, wish(office))
    office.hub.steer(chair.session, wish(office, base=first.revision, page=2))
    assert refusal(office, chair, wish(office, base=first.revision, page=2)) == "stage.stale"


@pytest.mark.parametrize("change", ["taken out", "made restricted"])
def test_a_paper_that_is_not_for_the_room_any_more_leaves_the_display(
    office, chair, change
) -> None:
    shown = office.hub.steer(chair.session, wish(office))
    heard: list[StageMoved] = []
    office.hub.subscribe(heard.append)
    narrowed = office.paper("open", ("person-a",), version=2)
    office.issue(facts.PaperRemoved(paper="open") if change == "taken out" else narrowed)
    left = [one.stage for one in heard if isinstance(one, StageMoved)]
    assert [(one.paper, one.revision > shown.revision) for one in left] == [("", True)]


def test_who_leads_is_told_how_soon_a_turn_was_painted(office, chair, b, room) -> None:
    now = [100.0]
    office.hub.delays = HubDelays(lambda: now[0])
    first = office.hub.steer(chair.session, wish(office))
    for desk, later in ((b, 0.020), (room, 0.010), (b, 3.0)):
        now[0] += later
        body = {"meeting": office.meeting, "revision": first.revision}
        office.hub.ask(desk.session, "stage.painted", body)
    told = office.hub.ask(chair.session, "stage.delay", {"meeting": office.meeting})
    assert told == {"median_ms": 25, "slowest_ms": 30, "screens": 2}
    with pytest.raises(RefusedError):
        office.hub.ask(b.session, "stage.delay", {"meeting": office.meeting})


def test_moving_within_a_page_is_no_turn_and_nobody_is_late_for_ever(office, chair, b) -> None:
    now = [100.0]
    office.hub.delays = HubDelays(lambda: now[0])
    first = office.hub.steer(chair.session, wish(office))
    moved = wish(office, base=first.revision, view=Rect(0, 100, 595, 400))
    moved = office.hub.steer(chair.session, moved)
    for revision in (moved.revision, first.revision, 7):
        now[0] += 40
        body = {"meeting": office.meeting, "revision": revision}
        office.hub.ask(b.session, "stage.painted", body)
    told = office.hub.ask(chair.session, "stage.delay", {"meeting": office.meeting})
    assert told["screens"] == 0


def stroke(office: QuietOffice, **changes: object) -> Stroke:
    points = (InkPoint(10, 10), InkPoint(20, 30))
    made = Stroke(meeting=office.meeting, blob=office.blob("open"), page=1, points=points)
    return msgspec.structs.replace(made, **changes)


def test_all_who_hear_the_stage_see_who_leads_draw(office, chair, b, room) -> None:
    office.hub.steer(chair.session, wish(office))
    heard: list[StrokeGrew] = []
    office.hub.subscribe(heard.append)
    office.hub.draw(chair.session, stroke(office, author="person-b"), None)
    assert heard[0].stroke.author == "person-c"
    assert {desk.session.device for desk in (b, room)} <= heard[0].devices
    assert chair.session.device not in heard[0].devices
    with pytest.raises(RefusedError):
        office.hub.draw(b.session, stroke(office), None)


@pytest.mark.parametrize(
    "changes",
    [
        {"blob": "other"},
        {"page": -1},
        {"points": tuple(InkPoint(n, 0) for n in range(MOST_POINTS + 1))},
        {"points": (InkPoint(math.nan, 0),)},
        {"width": 1e9},
        {"colour": "x" * 100},
    ],
)
def test_a_stroke_that_is_elsewhere_huge_or_no_ink_reaches_nobody(office, chair, changes) -> None:
    office.hub.steer(chair.session, wish(office))
    heard: list[object] = []
    office.hub.subscribe(heard.append)
    office.hub.draw(chair.session, stroke(office, **changes), None)
    assert heard == []


def test_a_summons_is_newer_than_all_before_it_also_after_a_restart(office, chair) -> None:
    first = office.hub.steer(chair.session, wish(office, summons=True))
    assert first.summons == first.revision
    turned = office.hub.steer(chair.session, wish(office, base=first.revision, page=2))
    assert turned.summons == first.summons
    office.restart_hub()
    assert office.hub.steer(chair.session, wish(office, summons=True)).summons > first.summons


def test_who_left_the_office_steers_hears_and_asks_nothing(office, chair) -> None:
    asked = office.secretary.session
    body = {"meeting": office.meeting, "secret": "123"}
    name = office.hub.ask(asked, "secret.put", body)["name"]
    assert office.hub.ask(chair.session, "secret.get", {"name": name}) == {"secret": "123"}
    office.hub.steer(chair.session, wish(office))
    office.hub.say(OFFICE, facts.PersonRemoved(person="person-c"))
    assert refusal(office, chair, wish(office)) == "no_right"
    assert office.hub.stages_for(chair.session) == []
    with pytest.raises(RefusedError):
        office.hub.ask(chair.session, "secret.get", {"name": name})


def test_a_passcode_is_for_who_is_in_the_meeting(office, b) -> None:
    body = {"meeting": office.meeting, "secret": "123"}
    name = office.hub.ask(office.secretary.session, "secret.put", body)["name"]
    link = facts.OnlineLink(
        link="link-1", title="", url="https://zoom.us/j/1", secret=name, is_for_all=True
    )
    office.issue(links=(link,))
    assert office.hub.ask(b.session, "secret.get", {"name": name}) == {"secret": "123"}
    office.issue(people=(facts.Invited(person="person-a"),), links=(link,))
    with pytest.raises(RefusedError):
        office.hub.ask(b.session, "secret.get", {"name": name})


def test_a_passcode_of_a_link_that_is_not_for_all_is_for_who_leads(office, chair, b) -> None:
    body = {"meeting": office.meeting, "secret": "123"}
    name = office.hub.ask(office.secretary.session, "secret.put", body)["name"]
    link = facts.OnlineLink(link="link-1", title="", url="https://zoom.us/j/1", secret=name)
    office.issue(links=(link,))
    assert office.hub.ask(chair.session, "secret.get", {"name": name}) == {"secret": "123"}
    with pytest.raises(RefusedError):
        office.hub.ask(b.session, "secret.get", {"name": name})


def test_a_display_gets_the_passcode_it_was_told_to_show_and_no_other(office, room) -> None:
    body = {"meeting": office.meeting, "secret": "123"}
    name, other = (
        office.hub.ask(office.secretary.session, "secret.put", body)["name"] for _ in "12"
    )
    link = facts.OnlineLink(link="link-1", title="", url="https://zoom.us/j/1", secret=name)
    office.issue(links=(link,))
    with pytest.raises(RefusedError):
        office.hub.ask(room.session, "secret.get", {"name": name})
    until = utc_text(datetime.now(UTC) + timedelta(minutes=1))
    office.put(facts.SceneShown(scene="online", passcode=True, until=until))
    assert office.hub.ask(room.session, "secret.get", {"name": name}) == {"secret": "123"}
    with pytest.raises(RefusedError):
        office.hub.ask(room.session, "secret.get", {"name": other})
    office.put(facts.SceneShown(scene="online", passcode=True, until=utc_text(datetime.now(UTC))))
    with pytest.raises(RefusedError):
        office.hub.ask(room.session, "secret.get", {"name": name})


def test_a_pin_unlocks_a_meeting_that_runs_and_none_that_ended(office, chair, room) -> None:
    office.hub.ask(chair.session, "pin.set", {"pin": "2468"})
    body = {"meeting": office.meeting, "pin": "2468"}
    assert office.hub.ask(room.session, "display.unlock", body) == {"person": "person-c"}
    office.put(facts.MeetingOpened(), facts.MeetingClosed())
    with pytest.raises(RefusedError, match="closed"):
        office.hub.ask(room.session, "display.unlock", body)
    assert office.folded().unlocked == {}


def test_nobody_waits_while_a_pin_is_stretched(office, b, monkeypatch) -> None:
    free: list[bool] = []

    def turn_a_page() -> None:
        free.append(office.hub._lock.acquire(timeout=5))
        if free[0]:
            office.hub._lock.release()

    def stretched(pin: str, salt: bytes) -> bytes:
        asking = threading.Thread(target=turn_a_page)
        asking.start()
        asking.join()
        return b"slow"

    monkeypatch.setattr(requests, "_stretched", stretched)
    office.hub.ask(b.session, "pin.set", {"pin": "2468"})
    assert free == [True]


def test_a_hub_that_starts_again_gives_no_more_tries_of_a_pin(office, chair, room) -> None:
    office.hub.ask(chair.session, "pin.set", {"pin": "2468"})
    wrong, right = ({"meeting": office.meeting, "pin": pin} for pin in ("1357", "2468"))
    for _ in range(PIN_TRIES):
        with pytest.raises(RefusedError, match="wrong"):
            office.hub.ask(room.session, "display.unlock", wrong)
    office.restart_hub()
    with pytest.raises(RefusedError, match="too_many"):
        office.hub.ask(room.session, "display.unlock", right)


def test_nobody_writes_for_a_person_who_left_the_office(office, b) -> None:
    office.hub.say(OFFICE, facts.PersonRemoved(person="person-b"))
    b.desk.write(office.meeting, facts.AnswerGiven(answer="comes"), audience=("secretary",))
    b.send()
    assert office.folded().answers == {}


def test_whom_the_chair_lets_turn_turns_until_it_is_taken_back(office, b) -> None:
    office.put(facts.MeetingOpened(), facts.SceneShown(scene="paper", paper="open"))
    office.put(facts.TurningGiven(person="person-b"))
    assert office.hub.steer(b.session, wish(office)).controller == "person-b"
    office.put(facts.TurningGiven(person=""))
    assert refusal(office, b, wish(office)) == "no_right"


def test_a_passcode_is_for_nobody_but_who_leads_once_the_meeting_is_over(office, chair, b) -> None:
    body = {"meeting": office.meeting, "secret": "123"}
    name = office.hub.ask(office.secretary.session, "secret.put", body)["name"]
    link = facts.OnlineLink(
        link="link-1", title="", url="https://zoom.us/j/1", secret=name, is_for_all=True
    )
    office.issue(links=(link,))
    assert office.hub.ask(b.session, "secret.get", {"name": name}) == {"secret": "123"}
    office.put(facts.MeetingCancelled(reason="x"))
    with pytest.raises(RefusedError):
        office.hub.ask(b.session, "secret.get", {"name": name})
    asked = office.secretary.session
    assert office.hub.ask(asked, "secret.get", {"name": name}) == {"secret": "123"}


def test_no_display_gets_a_passcode_of_a_meeting_that_is_over(office, room) -> None:
    body = {"meeting": office.meeting, "secret": "123"}
    name = office.hub.ask(office.secretary.session, "secret.put", body)["name"]
    link = facts.OnlineLink(link="link-1", title="", url="https://zoom.us/j/1", secret=name)
    office.issue(links=(link,))
    until = utc_text(datetime.now(UTC) + timedelta(days=900))
    office.put(facts.SceneShown(scene="online", passcode=True, until=until))
    assert office.hub.ask(room.session, "secret.get", {"name": name}) == {"secret": "123"}
    office.put(facts.MeetingCancelled(reason="x"))
    with pytest.raises(RefusedError):
        office.hub.ask(room.session, "secret.get", {"name": name})
