"""`meetingroom purge`, with a hub process of its own."""

import sys
from pathlib import Path

from real_office import HubProcess, free_port, write_pdf

sys.path.insert(0, str(Path(__file__).parent))
from verbs import call, facts, write_meeting, write_people


def test_a_purged_paper_is_on_no_list_and_the_data_is_whole(tmp_path: Path) -> None:
    data = tmp_path / "first"
    call(
        "office", "init", "--name", "Xã", "--people", write_people(tmp_path / "a.csv"),
        "--port", free_port(), data=data,
    )  # fmt: skip
    hub = HubProcess(data)
    hub.start()
    try:
        paper = write_pdf(tmp_path / "Báo cáo quý.pdf")
        issued = facts("meeting", "issue", write_meeting(tmp_path / "họp", paper), data=data)
        known = facts("sync", "--once", data=data)["meetings"][0]["papers"][0]["id"]
        facts("purge", issued["meeting"], known, "--reason", "secret", "--yes", data=data)
        assert facts("sync", "--once", data=data)["meetings"][0]["papers"] == []
    finally:
        hub.stop()
    assert facts("check", data=data)["faults"] == []
