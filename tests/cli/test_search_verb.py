"""The search as scripts call it: words in a real office's papers, without Qt."""

import subprocess
import sys
from pathlib import Path

import pymupdf
import pytest
from verbs import call, facts, write_meeting, write_people

from real_office import HubProcess, free_port

FONT = Path(__file__).parents[2] / "resources" / "fonts" / "BeVietnamPro_500Medium.ttf"


def write_paper(path: Path, *pages: str) -> Path:
    with pymupdf.open() as document:
        for text in pages:
            page = document.new_page()
            page.insert_text((72, 72), text, fontfile=str(FONT), fontname="viet")
        document.save(path)
    return path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A secretary's computer with two issued meetings."""
    place = tmp_path_factory.mktemp("office")
    people, folder = write_people(place / "people.csv"), place / "data"
    call("office", "init", "--name", "Xã", "--people", people, "--port", free_port(), data=folder)
    hub = HubProcess(folder)
    hub.start()
    first = write_paper(place / "Báo cáo.pdf", "Kinh tế", "Thôn Nậm Chạc có điện")
    second = write_paper(place / "Tờ trình.pdf", "Nam chac", "Đồng bào")
    call("meeting", "issue", write_meeting(place / "a", first, title="Tháng 10"), data=folder)
    call("meeting", "issue", write_meeting(place / "b", second, title="Tháng 11"), data=folder)
    hub.stop()
    return folder


def test_words_are_found_with_their_place(data: Path):
    found = facts("search", "nậm chạc", data=data)
    best = found["hits"][0]
    assert (best["meeting_title"], best["paper_title"], best["page"], best["exact"]) == (
        "Tháng 10", "1.1 Báo cáo", 2, True,
    )  # fmt: skip
    start, end = best["hits"][0]
    assert best["text"][start:end] == "Nậm Chạc"
    assert (found["pages"], found["read"]["read"]) == (2, 4)


def test_one_meeting_can_be_searched(data: Path):
    hits = facts("search", "nam chac", "--meeting", "Tháng 11", data=data)["hits"]
    assert [hit["meeting_title"] for hit in hits] == ["Tháng 11"]


def test_what_is_nowhere_is_no_failure(data: Path):
    assert facts("search", "không có đâu", data=data)["hits"] == []


def test_it_reads_for_people_too(data: Path):
    assert "1.1 Tờ trình, 2: Đồng bào" in call("search", "dong bao", data=data)


def test_it_needs_no_qt(data: Path):
    program = (
        "import sys\nfrom meetingroom.__main__ import main\n"
        "try:\n    main()\nfinally:\n    assert not any('PySide6' in one for one in sys.modules)\n"
    )
    command = [sys.executable, "-c", program, "search", "dong", "--json", "--data", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert (done.returncode, "AssertionError" in done.stderr) == (0, False), done.stderr
