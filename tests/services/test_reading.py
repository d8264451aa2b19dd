"""Receipts: at most one a minute for a paper, none twice, none lost by closing the program."""

import msgspec
import pytest
from quiet_office import QuietDesk

from meetingroom.domain.facts import Receipt
from meetingroom.services.reading import Reading


def receipts(desk: QuietDesk) -> list[Receipt]:
    """What this computer wrote, in order."""
    rows = desk.log.stream(desk.office.meeting)
    mine = [row.record for row in rows if '"receipt"' in row.record.head]
    return [msgspec.json.decode(record.payload, type=Receipt) for record in mine]


def settled(desk: QuietDesk) -> None:
    """All intents that are queued have run."""
    desk.desk.run(lambda: None).result(10)


@pytest.fixture
def reader(office, b: QuietDesk) -> QuietDesk:
    b.fetch()
    return b


def test_reading_on_within_a_minute_writes_one_receipt(office, reader) -> None:
    reading = Reading(reader.desk)
    for page in range(5):
        reading.read(office.meeting, "open", page).result(5)
    assert len(receipts(reader)) == 1


def test_reading_on_later_writes_the_newest_state(office, reader) -> None:
    reading = Reading(reader.desk, receipt_seconds=0)
    settled(reader)
    for page in (0, 1, 2, 7):
        reading.read(office.meeting, "open", page).result(5)
    assert receipts(reader)[-1].pages == ((0, 2), (7, 7))


def test_a_restart_repeats_no_receipt(office, reader) -> None:
    Reading(reader.desk, receipt_seconds=0)
    settled(reader)
    told = receipts(reader)
    for _ in range(2):
        reader.stop()
        reader.start()
        Reading(reader.desk, receipt_seconds=0)
        settled(reader)
    assert told and receipts(reader) == told


def test_what_was_not_told_before_closing_is_told_after(office, reader) -> None:
    reading = Reading(reader.desk)
    settled(reader)
    reading.read(office.meeting, "open", 4).result(5)
    assert receipts(reader)[-1].pages == ()
    reader.stop()
    reader.start()
    Reading(reader.desk, receipt_seconds=0)
    settled(reader)
    assert receipts(reader)[-1].pages == ((4, 4),)


def test_a_restart_within_the_minute_still_waits(office, reader) -> None:
    reading = Reading(reader.desk)
    settled(reader)
    reading.read(office.meeting, "open", 4).result(5)
    reader.stop()
    reader.start()
    Reading(reader.desk)
    settled(reader)
    assert len(receipts(reader)) == 1


def test_a_clock_set_back_delays_no_receipt_by_more_than_a_minute(office, reader) -> None:
    import time

    reader.log.set_value(f"receipt:{office.meeting}/open", str(time.time() + 86_400).encode())
    reading = Reading(reader.desk)
    rest = reading._sent_at[office.meeting, "open"] + 60 - time.monotonic()
    assert rest <= 60


def test_a_paper_that_went_and_came_back_is_told_again_only_if_it_differs(office, reader) -> None:
    Reading(reader.desk, receipt_seconds=0)
    settled(reader)
    office.sync()
    office.put(office.paper("open", ("person-a",)))
    settled(reader)
    assert reader.log.values("progress:") == {}
    office.put(office.paper("open"))
    reader.fetch()
    settled(reader)
    assert len(receipts(reader)) == 1
