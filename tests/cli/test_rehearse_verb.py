"""`meetingroom rehearse`, with a hub process of its own."""

import sys
from pathlib import Path

from real_office import HubProcess, free_port, write_pdf

sys.path.insert(0, str(Path(__file__).parent))
from verbs import call, facts, write_meeting, write_people


def test_the_list_names_who_has_no_computer_and_the_hub_is_ready(tmp_path: Path) -> None:
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
        found = facts("rehearse", issued["meeting"], data=data)
    finally:
        hub.stop()
    assert found["levels"]["hub"] in ("good", "look")
    assert any(row.get("device", "") == "" for row in found["rows"])
