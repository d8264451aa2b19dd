"""A purge takes effect at once; files and backups follow, and say so."""

import threading

import pytest
from quiet_office import QuietDesk, QuietOffice

from meetingroom.domain import facts
from meetingroom.domain.errors import StoreError
from meetingroom.services import hub_purging
from meetingroom.services.hub import HubOffice
from meetingroom.store.keys import verify
from real_office import wait_until

SECRET = facts.Purged(paper="open", reason="secret")


class Backups:
    """Fresh backups that are made when the test lets them be; fails as often as told."""

    def __init__(self, fails: int = 0) -> None:
        self.may_go, self.fails = threading.Event(), fails

    def renew(self) -> int:
        assert self.may_go.wait(30)
        if self.fails:
            self.fails -= 1
            raise StoreError("store.full")
        return 3


def hub_with(office: QuietOffice, backups: Backups) -> None:
    office.hub = HubOffice(
        office.log, office.blobs, office.key, verify, renew_backups=backups.renew
    )


def receipts(office: QuietOffice) -> list[tuple[str, int, int]]:
    """What the hub said last: pending, files, backups."""
    rows = (row for one in office.folded().purges.values() for row in one.receipts.values())
    return [(row.done.pending, row.done.files, row.done.backups) for row in rows]


def test_the_answer_does_not_wait_for_a_fresh_backup(office: QuietOffice) -> None:
    backups = Backups()
    hub_with(office, backups)
    office.put(SECRET)
    assert "open" not in office.folded().papers
    wait_until(lambda: receipts(office) == [("backups", 1, 0)], 20)
    backups.may_go.set()
    wait_until(lambda: receipts(office) == [("", 1, 3)], 20)
    office.hub.close()


def test_what_stands_in_the_way_is_said_and_tried_again(
    office: QuietOffice, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(hub_purging, "RETRY_SECONDS", 0.01)
    backups = Backups(fails=1)
    backups.may_go.set()
    hub_with(office, backups)
    heard = []
    office.hub.subscribe(lambda _event: heard.extend(receipts(office)))
    office.put(SECRET)
    wait_until(lambda: receipts(office) == [("", 1, 3)], 20)
    assert ("store.full", 1, 0) in heard
    office.hub.close()
    caplog.clear()


def test_a_hub_that_stopped_in_between_goes_on_where_it_was(
    office: QuietOffice, caplog: pytest.LogCaptureFixture
) -> None:
    backups = Backups(fails=1)
    backups.may_go.set()
    hub_with(office, backups)
    office.put(SECRET)
    wait_until(lambda: receipts(office) == [("store.full", 1, 0)], 20)
    office.hub.close()
    hub_with(office, backups)
    office.hub.finish_purges()
    wait_until(lambda: receipts(office) == [("", 1, 3)], 20)
    office.hub.close()
    caplog.clear()


def test_the_chair_may_purge_and_a_member_may_not(office: QuietOffice, b: QuietDesk) -> None:
    b.desk.write(office.meeting, SECRET)
    b.send()
    assert "open" in office.folded().papers
    chair = office.desk_of("person-c")
    chair.desk.write(office.meeting, SECRET)
    chair.send()
    assert "open" not in office.folded().papers
    office.hub.close()
