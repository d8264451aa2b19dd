"""How the hub takes records: once, whole, from whoever they are of."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from quiet_office import NOTE, QuietDesk, QuietOffice

from meetingroom.domain import facts
from meetingroom.domain.ports import Accepted
from meetingroom.domain.records import (
    ENVELOPE_CONTEXT,
    Envelope,
    Head,
    SignedEnvelope,
    SignedRecord,
    moment_of,
    next_chain,
    payload_hash,
    read_head,
    utc_text,
)
from meetingroom.services.doors import Parcel

NEWS = facts.MeetingOpened()


def mark(office: QuietOffice, text: str = "", revision: int = 1, mark: str = "m"):
    return facts.MarkPut(
        mark=mark, revision=revision, paper="open", blob=office.blob("open"), page=0, shape=NOTE,
        text=text,
    )  # fmt: skip


def sent(desk: QuietDesk, *records: SignedRecord, is_batch: bool = False) -> list[str]:
    """The hub's refusals, "" for what it took."""
    answers = desk.office.hub.accept(desk.session, list(records), is_batch=is_batch)
    return [answer.refusal for answer in answers]


def signed(desk: QuietDesk, fact: facts.Fact, audience=("everyone",)) -> SignedRecord:
    return desk.desk.author.write(desk.office.meeting, fact, audience=audience)


def resigned(desk: QuietDesk, record: SignedRecord, **changes: object) -> SignedRecord:
    """The same record with another head or payload, signed by the same device."""
    from meetingroom.domain.records import RECORD_CONTEXT

    payload = str(changes.pop("payload", record.payload))
    head = msgspec.structs.replace(
        read_head(record), payload_hash=payload_hash(record.salt, payload), **changes
    )
    text = msgspec.json.encode(head).decode()
    signature = desk.signer.sign(RECORD_CONTEXT + text.encode())
    return SignedRecord(head=text, payload=payload, salt=record.salt, signature=signature)


def handed(desk: QuietDesk, *records: SignedRecord, is_batch: bool = False) -> Parcel:
    return Parcel(session=desk.session, records=records, is_batch=is_batch)


def test_a_batch_that_is_not_whole_leaves_what_others_hand_in_with_it_alone(office, a, b) -> None:
    of_a, of_b, forged = signed(a, mark(office)), signed(b, mark(office, mark="n")), signed(b, NEWS)
    parcels = [handed(a, of_a), handed(b, of_b, forged, is_batch=True), handed(b, of_b)]
    told = office.hub.accept_all(parcels)
    refusals = [[answer.refusal for answer in answers] for answers in told]
    assert refusals == [[""], ["batch", "no_right"], [""]]
    assert {"m", "n"} <= set(office.folded().marks)


def test_a_record_handed_in_twice_at_once_is_taken_once(office, a) -> None:
    record = signed(a, mark(office))
    before = len(office.log.stream(office.meeting))
    told = office.hub.accept_all([handed(a, record), handed(a, record)])
    assert [answers[0].refusal for answers in told] == ["", ""]
    assert len(office.log.stream(office.meeting)) == before + 1


def test_a_repeated_record_is_taken_once(office, a) -> None:
    record = signed(a, mark(office))
    before = len(office.log.stream(office.meeting))
    assert [sent(a, record) for _ in range(3)] == [[""]] * 3
    assert len(office.log.stream(office.meeting)) == before + 1


HOUR, DAY = 3600, 24 * 3600


def written(office: QuietOffice, a: QuietDesk, ago: float, *, wrong: float, told: float | None):
    """A mark written `ago` seconds before it comes, by a clock `wrong` seconds ahead."""
    now = datetime.now(UTC)
    at = utc_text(now + timedelta(seconds=wrong - ago))
    session = msgspec.structs.replace(a.session, clock_offset=told)
    office.hub.accept(session, [resigned(a, signed(a, mark(office)), at=at)], is_batch=False)
    kept = office.folded().marks["m"]
    return kept.was_offline, round((now - moment_of(kept.at)).total_seconds() / HOUR)


def test_what_was_written_away_from_the_hub_shows_when_whatever_its_clock_said(office, a) -> None:
    assert written(office, a, 3 * HOUR, wrong=DAY, told=-DAY) == (True, 3)


@pytest.mark.parametrize(
    ("ago", "wrong", "told"),
    [(2, DAY, -DAY), (3 * HOUR, 0, None), (-HOUR, 0, 0), (0, 0, 1e300), (0, 0, float("nan"))],
    ids=["at once", "clock not told", "from tomorrow", "no clock has that", "no number"],
)
def test_else_the_time_shown_is_the_hubs(office, a, ago, wrong, told) -> None:
    assert written(office, a, ago, wrong=wrong, told=told) == (False, 0)


def test_a_record_twice_in_one_frame_is_taken_once(office, a) -> None:
    record = signed(a, mark(office))
    assert sent(a, record, record) == ["", ""]


@pytest.mark.parametrize("change", [{"at": "2030-01-01T00:00:00.000Z"}, {"payload": "{}"}])
def test_the_same_id_with_other_bytes_is_refused(office, a, change) -> None:
    record = signed(a, mark(office, "one"))
    assert sent(a, record, resigned(a, record, **change)) == ["", "conflict"]
    assert sent(a, resigned(a, record, **change)) == ["conflict"]


def test_a_known_head_with_another_payload_is_refused(office, a) -> None:
    record = signed(a, mark(office, "one"))
    sent(a, record)
    assert sent(a, msgspec.structs.replace(record, payload='{"x":1}')) == ["conflict"]


def test_nobody_hears_of_anothers_record_by_its_id(office, a, b) -> None:
    record = signed(a, mark(office))
    before = sent(b, record)
    sent(a, record)
    assert before == sent(b, record) == ["not_you"]


def test_a_wrong_signature_or_payload_is_refused(office, a) -> None:
    record = signed(a, mark(office))
    bad = msgspec.structs.replace(record, signature=bytes(64))
    other = msgspec.structs.replace(record, payload='{"x":1}')
    assert (sent(a, bad), sent(a, other)) == (["bad_signature"], ["malformed"])


def test_a_refused_batch_leaves_no_trace(office, a) -> None:
    before = office.folded()
    good, stale = office.paper("new"), office.issued(9)
    s = office.secretary
    assert sent(s, signed(s, good, ()), signed(s, stale, ()), is_batch=True) == ["batch", "stale"]
    assert office.folded() is before
    office.issue(good)
    assert "new" in office.folded().papers
    office.restart_hub()
    assert "new" in office.folded().papers


def test_a_batch_for_a_new_meeting_that_is_refused_leaves_no_stream(office) -> None:
    s = office.secretary
    record = s.desk.author.write("meeting-new", office.issued(3))
    assert sent(s, record, is_batch=True) == ["stale"]
    assert office.hub.meeting("meeting-new") is None
    assert "meeting-new" not in office.hub.ledger.streams()


def test_the_numbers_and_the_chain_have_no_gap_after_a_refusal(office, a) -> None:
    from meetingroom.store.checking import log_faults
    from meetingroom.store.keys import verify

    sent(a, signed(a, mark(office)), signed(a, mark(office)), signed(a, mark(office, mark="n")))
    rows = office.log.stream(office.meeting)
    numbers = [msgspec.json.decode(row.envelope.body)["number"] for row in rows]
    assert numbers == list(range(1, len(rows) + 1))
    assert list(log_faults(office.log, verify)) == []


def test_a_mark_after_close_is_accepted_as_late(office, a) -> None:
    office.put(facts.MeetingOpened(), facts.MeetingClosed())
    sent(a, signed(a, mark(office)))
    a.take()
    assert a.desk.meeting(office.meeting).marks["m"].is_late


def test_unknown_fields_reach_every_computer_as_the_author_wrote_them(office, a, b) -> None:
    record = signed(a, facts.CheckedIn(person="person-a"))
    strange = resigned(a, record, payload='{ "person":"person-a","ừ": [1.50, {"x":null}] }')
    assert sent(a, strange) == [""]
    b.take()
    kept = [row.record for row in b.log.stream(office.meeting)]
    assert strange in kept
    assert "person-a" in b.desk.meeting(office.meeting).presence


def newer_kind(office: QuietOffice, *, critical: bool) -> SignedRecord:
    """A record of an unknown kind in the hub's log, numbered by a newer hub."""
    last = office.log.stream(office.meeting)[-1]
    before = msgspec.json.decode(last.envelope.body, type=Envelope)
    payload, salt = '{ "tomorrow" : 1.0 }', bytes(16)
    head = Head(
        id="record-tomorrow", stream=office.meeting, kind="kind_of_tomorrow", version=4,
        author="person-c", device="d", at="2027-01-01T00:00:00.000Z", critical=critical,
        payload_hash=payload_hash(salt, payload),
    )  # fmt: skip
    text = msgspec.json.encode(head).decode()
    record = SignedRecord(head=text, payload=payload, salt=salt, signature=bytes(64))
    envelope = msgspec.structs.replace(
        before, number=before.number + 1, record=head.id, head_hash=record.head_hash,
        chain=next_chain(before.chain, record.head_hash),
    )  # fmt: skip
    body = msgspec.json.encode(envelope).decode()
    signature = office.key.sign(ENVELOPE_CONTEXT + body.encode())
    office.log.append(
        [Accepted(record=record, envelope=SignedEnvelope(body=body, signature=signature),
                  readers=("everyone",))],
        [],
    )  # fmt: skip
    office.restart_hub()
    return record


@pytest.mark.parametrize("critical", [False, True])
def test_a_numbered_record_of_tomorrow_passes_whole_to_every_computer(
    office, a, critical: bool
) -> None:
    record = newer_kind(office, critical=critical)
    a.take()
    assert record in [row.record for row in a.log.stream(office.meeting)]
    assert a.desk.meeting(office.meeting).needs_update is critical
    a.stop()
    a.start()
    assert a.desk.meeting(office.meeting).needs_update is critical


def test_a_secretary_who_issues_without_being_in_it_keeps_nothing_waiting(office, a) -> None:
    office.issue(chair="person-c", secretaries=("person-t",), people=())
    assert office.secretary.desk.meeting(office.meeting) is None
    assert office.secretary.desk.waiting() == 0
    assert office.secretary.desk.outgoing() == []
