"""A hub restored from an older backup gets back what the laptops have, each record once."""

import shutil
from pathlib import Path

from meetingroom.assembly import RunningHub, restore
from meetingroom.exports import check_data
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


def test_what_came_after_the_backup_comes_back_from_the_laptops(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        hub = office.start_hub()
        secretary = office.secretary()
        early = hub.back_up().rename(tmp_path / "kept.backup")
        official = office.newcomer(secretary, OFFICIAL, tmp_path / "laptop")
        meeting = issue(secretary, [write_pdf(tmp_path / "a.pdf")])
        wait_until(lambda: has_papers(official, meeting))
        note(official, meeting, "sau bản sao", ("secretary",))
        wait_until(lambda: texts(secretary, meeting) == ["sau bản sao"])
        wait_until(lambda: official.desk.waiting() == 0)
        count = len(hub.log.stream(meeting)) + len(hub.log.stream("office"))
        hub.stop()
        shutil.rmtree(office.data / "hub")
        restore(tmp_path / "new", early, office.recovery)
        hub = RunningHub(tmp_path / "new", announces=False)
        hub.start()
        wait_until(lambda: official.desk.link_state.state == "online", 90)
        wait_until(lambda: len(hub.log.stream(meeting)) >= 3)
        paper = next(iter(meeting_of(official, meeting).papers.values())).current.blob
        wait_until(lambda: hub.blobs.path(paper))
        note(official, meeting, "chờ", ("secretary",))
        wait_until(lambda: secretary.hub_watch.condition.restoring)
        came_back = secretary.hub_watch.go_on().result(20)["came_back"]
        wait_until(lambda: texts(secretary, meeting) == ["chờ", "sau bản sao"])
        assert came_back >= 4  # the laptop, the paper, the meeting, the note …
        # The certificate and the restore themselves, and the second note, are new.
        found = len(hub.log.stream(meeting)) + len(hub.log.stream("office"))
        assert found >= count + 3
        office.close()
        hub.stop()
    assert check_data(tmp_path / "new") == []
