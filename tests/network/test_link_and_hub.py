"""Records, requests and the stage between a hub and its devices, over real sockets."""

import threading

import pytest
from small_office import Key, SmallInbox, note, serve

from meetingroom.domain.errors import CallError, LinkError, RefusedError
from meetingroom.domain.geometry import InkPoint
from meetingroom.domain.ports import Position
from meetingroom.domain.records import read_head
from meetingroom.domain.stage import Laser, Steer, Stroke
from meetingroom.services.copybook import CERTIFICATE_CONTEXT
from meetingroom.services.doors import Vouched


def test_a_device_comes_on_line_and_learns_the_hubs_clock(hub, inbox, key, connect) -> None:
    connect(hub, inbox, key)
    inbox.wait(lambda: inbox.state == "online")
    assert abs(inbox.changes[-1].fields["offset_ms"]) < 1000


def ranked(door, epoch: int) -> Vouched:
    """A hub of another epoch that the office's key vouches for."""
    text = door.certificate.replace('"epoch":1', f'"epoch":{epoch}')
    signature = door.office_key.sign(CERTIFICATE_CONTEXT + text.encode())
    return Vouched(certificate=text, signature=signature)


def test_a_device_that_knows_a_higher_hub_tells_of_it_and_does_not_stay(
    door, hub, inbox, key, connect
) -> None:
    inbox.known = ranked(door, 2)
    connect(hub, inbox, key)
    inbox.wait(lambda: any(change.problem == "hub.fenced" for change in inbox.changes))
    assert inbox.known.certificate in door.told
    assert inbox.state != "online"


def test_a_higher_hub_that_somebody_opened_who_may_not_is_given_nothing(
    door, hub, inbox, key, connect
) -> None:
    inbox.known, inbox.trusts = ranked(door, 0), False
    door.takeover = note("taken over")
    inbox.put(note("mine"))
    connect(hub, inbox, key)
    inbox.wait(lambda: any(change.problem == "link.wrong_hub" for change in inbox.changes))
    assert door.batches == []


def test_a_higher_hub_is_followed_from_then_on(door, hub, inbox, key, connect) -> None:
    inbox.known, door.takeover = ranked(door, 0), note("taken over")
    connect(hub, inbox, key)
    inbox.wait(lambda: inbox.state == "online")
    assert inbox.known.certificate == door.certificate


def test_records_said_before_and_after_connecting_arrive_in_order(
    door, hub, inbox, key, connect
) -> None:
    early, late = [note(str(n)) for n in range(450)], note("late")
    door.say(*early)
    connect(hub, inbox, key)
    inbox.wait(lambda: len(inbox.received) == 450)
    door.say(late)
    inbox.wait(lambda: len(inbox.received) == 451)
    assert inbox.received == [read_head(record).id for record in (*early, late)]
    assert inbox.at == Position(incarnation="incarnation-1", since=451)


def test_only_what_follows_the_position_is_sent(door, hub, inbox, key, connect) -> None:
    door.say(*(note(str(n)) for n in range(5)))
    inbox.at = Position(incarnation="incarnation-1", since=3)
    connect(hub, inbox, key)
    inbox.wait(lambda: inbox.at.since == 5)
    assert len(inbox.received) == 2


def test_another_incarnation_sends_everything_anew(door, hub, inbox, key, connect) -> None:
    door.say(note("one"), note("two"))
    inbox.at = Position(incarnation="an older one", since=2)
    connect(hub, inbox, key)
    inbox.wait(lambda: len(inbox.received) == 2)


def test_an_own_record_is_sent_once_and_comes_back(door, hub, inbox, key, connect) -> None:
    link = connect(hub, inbox, key)
    record = note("mine")
    inbox.wait(lambda: inbox.state == "online")
    inbox.put(record)
    link.wake()
    inbox.wait(lambda: inbox.received)
    assert door.accepted == inbox.received == [read_head(record).id]
    assert door.batches == [(False, 1)]


def test_a_record_whose_answer_was_lost_is_kept_once(door, hub, inbox, key, connect) -> None:
    record = note("mine")
    accept, is_first = door.accept, threading.Event()

    def lose_the_answer(session, records, *, is_batch):
        answers = accept(session, records, is_batch=is_batch)
        if not is_first.is_set():
            is_first.set()
            for line in hub._lines_of(frozenset({"device-1"})):
                hub._loop.call_soon_threadsafe(line.connection.transport.abort)
        return answers

    door.accept = lose_the_answer
    inbox.put(record)
    connect(hub, inbox, key)
    inbox.wait(lambda: inbox.answers)
    assert len(door.batches) == 2
    assert door.accepted == [read_head(record).id]


def test_a_refusal_reaches_its_author(door, hub, inbox, key, connect) -> None:
    record = note("no")
    door.refusals[read_head(record).id] = "no_right"
    inbox.put(record)
    connect(hub, inbox, key)
    inbox.wait(lambda: inbox.answers)
    assert inbox.answers[0].refusal == "no_right"


def test_a_batch_larger_than_a_frame_is_judged_together(door, hub, inbox, key, connect) -> None:
    inbox.put(*(note("x" * 100_000) for _ in range(60)), batch="issue-1")
    connect(hub, inbox, key)
    inbox.wait(lambda: len(inbox.answers) == 60)
    assert door.batches == [(True, 60)]


def test_many_single_records_go_in_frames_of_bounded_size(door, hub, inbox, key, connect) -> None:
    inbox.put(*(note("x" * 100_000) for _ in range(10)))
    connect(hub, inbox, key)
    inbox.wait(lambda: len(inbox.answers) == 10)
    assert len(door.batches) >= 5


def test_a_request_is_answered(hub, inbox, key, connect) -> None:
    link = connect(hub, inbox, key)
    inbox.wait(lambda: inbox.state == "online")
    answer = link.ask("echo", {"word": "chào"}).result(5)
    assert answer == {"said": {"word": "chào"}, "to": "person-1"}


def test_a_requests_known_error_keeps_its_class_code_and_fields(hub, inbox, key, connect) -> None:
    link = connect(hub, inbox, key)
    inbox.wait(lambda: inbox.state == "online")
    with pytest.raises(CallError) as raised:
        link.ask("nonsense", {}).result(5)
    assert (raised.value.code, raised.value.fields) == ("call.unknown", {"name": "nonsense"})


def test_a_request_without_a_hub_says_offline(door, inbox, key, connect) -> None:
    link = connect(1, inbox, key)
    with pytest.raises(LinkError, match=r"link\.offline"):
        link.ask("echo", {}).result(5)


@pytest.mark.parametrize("is_free", [True, False], ids=["free", "busy"])
def test_a_turned_page_is_heard_by_everyone_and_answered(
    door, hub, inbox, key, connect, tmp_path, is_free: bool
) -> None:
    door.is_free = is_free
    other, other_key = SmallInbox(tmp_path / "other"), Key()
    link = connect(hub, inbox, key)
    connect(hub, other, other_key, "device-2")
    other.wait(lambda: other.stages)
    inbox.wait(lambda: inbox.stages)
    wish = Steer(meeting="meeting-1", base=1, paper="p", blob="b", page=7)
    stage = link.steer(wish).result(5)
    other.wait(lambda: other.stages[-1].page == 7)
    assert stage == other.stages[-1] == door.stage


def test_a_stale_turn_is_refused_with_the_revision(hub, inbox, key, connect) -> None:
    link = connect(hub, inbox, key)
    inbox.wait(lambda: inbox.stages)
    with pytest.raises(RefusedError) as raised:
        link.steer(Steer(meeting="meeting-1", base=0, paper="p", blob="b", page=7)).result(5)
    assert (raised.value.code, raised.value.fields) == ("stage.stale", {"revision": 1})


def test_the_last_point_of_a_burst_arrives(hub, inbox, key, connect, tmp_path) -> None:
    other = SmallInbox(tmp_path / "other")
    link = connect(hub, inbox, key)
    connect(hub, other, Key(), "device-2")
    for one in (inbox, other):
        one.wait(lambda one=one: one.state == "online" and one.stages)
    for x in range(500):
        link.point(Laser(meeting="meeting-1", x=float(x), y=0.0), None)
    other.wait(lambda: other.lasers and other.lasers[-1].x == 499.0)
    assert len(other.lasers) < 500


def test_the_last_state_of_a_growing_stroke_arrives(hub, inbox, key, connect, tmp_path) -> None:
    other = SmallInbox(tmp_path / "other")
    link = connect(hub, inbox, key)
    connect(hub, other, Key(), "device-2")
    for one in (inbox, other):
        one.wait(lambda one=one: one.state == "online" and one.stages)
    points = tuple(InkPoint(float(x), 1.0) for x in range(200))
    for count in range(1, 201):
        stroke = Stroke(meeting="meeting-1", blob="b", page=0, points=points[:count])
        link.draw(stroke, None)
    other.wait(lambda: other.strokes and other.strokes[-1].points == points)
    assert len(other.strokes) < 200


def test_the_stage_is_not_queued_behind_records_being_kept(door, hub, inbox, key, connect) -> None:
    is_held = threading.Event()
    inbox.before_take = lambda: is_held.wait(10)
    link = connect(hub, inbox, key)
    inbox.wait(lambda: inbox.stages)
    door.say(*(note("x" * 10_000) for _ in range(50)))
    wish = Steer(meeting="meeting-1", base=1, paper="p", blob="b", page=2)
    link.steer(wish)
    inbox.wait(lambda: inbox.stages[-1].page == 2)
    assert inbox.received == []
    is_held.set()


def test_a_slow_device_delays_nobody(door, hub, inbox, key, connect, tmp_path) -> None:
    slow, is_held = SmallInbox(tmp_path / "slow"), threading.Event()
    slow.before_take = lambda: is_held.wait(10)
    connect(hub, slow, Key(), "device-2")
    connect(hub, inbox, key)
    for _ in range(20):
        door.say(*(note("x" * 50_000) for _ in range(10)))
    inbox.wait(lambda: len(inbox.received) == 200)
    assert slow.received == []
    is_held.set()
    slow.wait(lambda: len(slow.received) == 200)


def test_a_device_comes_back_by_itself_when_the_hub_does(door, inbox, key, connect) -> None:
    first = serve(door)
    link = connect(first, inbox, key)
    inbox.wait(lambda: inbox.state == "online")
    first.stop()
    inbox.wait(lambda: inbox.problem in ("link.lost", "link.nothing_there"))
    inbox.put(note("written meanwhile"))
    link.wake()
    second = serve(door, first.port)
    try:
        inbox.wait(lambda: inbox.received, 15)
        assert inbox.state == "online"
    finally:
        link.stop()
        second.stop()


def test_a_full_log_at_the_hub_leaves_the_record_in_the_outbox(
    door, hub, inbox, key, connect
) -> None:
    from meetingroom.domain.errors import StoreError

    accept, was_full = door.accept, threading.Event()

    def full_once(session, records, *, is_batch):
        if was_full.is_set():
            return accept(session, records, is_batch=is_batch)
        was_full.set()
        raise StoreError("store.full")

    door.accept = full_once
    inbox.put(note("mine"))
    link = connect(hub, inbox, key)
    assert was_full.wait(5)
    link.wake()
    inbox.wait(lambda: inbox.answers)
    assert len(door.accepted) == 1


def test_a_port_in_use_is_a_known_error(door, hub) -> None:
    with pytest.raises(LinkError) as raised:
        serve(door, hub.port)
    assert (raised.value.code, raised.value.fields) == ("hub.port_taken", {"port": hub.port})
