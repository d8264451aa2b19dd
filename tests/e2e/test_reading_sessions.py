"""Eighty pages read in a real window, by keys only and by touch only; the hub its own process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from meetingroom.documents.crew import Crew
from meetingroom.documents.inspector import PaperInspector
from real_office import HubProcess, Office, has_papers, issue, wait_until, write_pdf

SESSION = Path(__file__).parent / "reading_session.py"
PAGES = {"1.1 Báo cáo": 38, "1.2 Phụ lục": 30, "1.3 Dự thảo": 14}


@pytest.fixture
def office(tmp_path):
    """A secretary's computer with an issued meeting of 82 pages, nobody working at it."""
    made = Office(tmp_path)
    hub = HubProcess(made.data)
    made.port = hub.start()["port"]
    files = [write_pdf(tmp_path / f"{name}.pdf", name, pages) for name, pages in PAGES.items()]
    crew = Crew(1)
    try:
        secretary = made.desk(inspector=lambda: PaperInspector(crew))
        wait_until(lambda: secretary.desk.link_state.state == "online")
        meeting = issue(secretary, files)
        wait_until(lambda: has_papers(secretary, meeting))
    finally:
        crew.close()
        made.close()
    yield made
    hub.stop()


def session(office, kind):
    """What a session told."""
    done = subprocess.run(
        [sys.executable, str(SESSION), kind, str(office.data)],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_eighty_pages_are_read_marked_and_looked_at_by_keys_only(office):
    told = session(office, "keys")
    assert told["pages"] == 80 and told["end"] == ["1.3", 12]
    assert told["typed"] == ["1.3", 12]
    assert told["marks"] == ["Note", "TextMark"]
    assert told["zoomed"] and told["columns"] == 2 and told["turned"] == 90 and told["panes"] == 2


@pytest.mark.soak
def test_eighty_pages_are_read_and_marked_by_touch_only(office):
    told = session(office, "touch")
    assert told["pages"] >= 80
    assert told["marks"] == ["Note"] and told["zoomed"]
