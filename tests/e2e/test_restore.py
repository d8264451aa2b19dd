"""A hub lost with its disk: another one from the backup, and every laptop finds it by itself."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from meetingroom.assembly import RunningHub, restore
from real_office import (
    OFFICIAL,
    an_office,
    has_papers,
    issue,
    meeting_of,
    note,
    texts,
    wait_until,
    write_pdf,
)


def test_laptops_find_a_restored_hub_and_hold_everything_once(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        hub = office.start_hub()
        secretary = office.secretary()
        official = office.newcomer(secretary, OFFICIAL, tmp_path / "laptop")
        meeting = issue(secretary, [write_pdf(tmp_path / "a.pdf")])
        wait_until(lambda: has_papers(official, meeting))
        note(official, meeting, "trước", ("secretary",))
        wait_until(lambda: texts(secretary, meeting) == ["trước"])
        backup = hub.back_up().rename(tmp_path / "kept.backup")
        hub.stop()
        note(official, meeting, "khi mất máy chủ", ("secretary",))
        note(official, meeting, "riêng tôi", ("me",))
        shutil.rmtree(office.data / "hub")
        restore(tmp_path / "new", backup, office.recovery)
        hub = RunningHub(tmp_path / "new", announces=False)
        hub.start()
        wait_until(lambda: secretary.desk.link_state.state == "online")
        assert official.desk.waiting() == 1
        # A receipt may have been numbered between the backup and the end of the hub.
        assert secretary.desk.ask("hub.go_on", {}).result(20)["came_back"] <= 1
        wait_until(lambda: texts(secretary, meeting) == ["khi mất máy chủ", "trước"])
        wait_until(lambda: official.desk.waiting() == 0)
        assert texts(official, meeting) == ["khi mất máy chủ", "riêng tôi", "trước"]
        assert len(meeting_of(official, meeting).revisions) == 1
        issue(secretary, [write_pdf(tmp_path / "b.pdf")], "Họp sau")
        wait_until(lambda: len(official.desk.meetings) == 2)
        office.close()
        hub.stop()
    for data in (tmp_path / "hub-computer", tmp_path / "laptop"):
        with closing(sqlite3.connect(data / "device" / "device.db")) as database:
            doubled = database.execute(
                "SELECT stream, epoch, number FROM records WHERE envelope IS NOT NULL"
                " GROUP BY stream, epoch, number HAVING COUNT(*) > 1"
            ).fetchall()
        assert doubled == []
