"""`meetingroom marks import`: a file marked in another program, as scripts read it."""

from pathlib import Path

import pymupdf
import pytest
from verbs import call, facts

from meetingroom.desk_home import DeskHome
from real_office import OFFICIAL, an_office, has_papers, issue, meeting_of, wait_until, write_pdf


@pytest.fixture
def official(tmp_path: Path) -> Path:
    """An official's data folder with a meeting of two papers; the hub is away."""
    with an_office(tmp_path) as office:
        hub = office.start_hub()
        secretary = office.secretary()
        home = office.newcomer(secretary, OFFICIAL, tmp_path / "official")
        papers = [write_pdf(tmp_path / "Tờ trình.pdf", "To trinh xin y kien ve viec"),
                  write_pdf(tmp_path / "Báo cáo.pdf", "Bao cao kinh te xa hoi quy")]  # fmt: skip
        meeting = issue(secretary, papers)
        wait_until(lambda: has_papers(home, meeting))
        office.close()
        hub.stop()
    return tmp_path / "official"


def mark(source: Path, target: Path) -> Path:
    """As somebody marks a paper in another program."""
    with pymupdf.open(source) as document:
        page = document[1]
        note = page.add_text_annot((100, 100), "số liệu lấy ở đâu?")
        note.set_info(title="Nguyễn Văn A")
        page.add_squiggly_annot(quads=[pymupdf.Rect(70, 285, 150, 305).quad])
        document.save(target)
    return target


def test_a_marked_copy_finds_its_paper_and_comes_only_once(official: Path, tmp_path: Path) -> None:
    file = mark(tmp_path / "Báo cáo.pdf", tmp_path / "của tôi.pdf")
    told = facts("marks", "import", "Họp", file, data=official)
    assert (told["number"], told["taken"], told["already"]) == ("1.2", 2, 0)
    assert (told["kinds"], told["became"]) == ({"note": 1, "underline": 1}, {"squiggly": 1})
    again = facts("marks", "import", "Họp", file, "--paper", "1.2", data=official)
    assert (again["taken"], again["already"]) == (0, 2)
    home = DeskHome(official)
    marks = list(meeting_of(home, next(iter(home.desk.meetings))).marks.values())
    home.close()
    assert sorted(one.text for one in marks) == ["", "Nguyễn Văn A: số liệu lấy ở đâu?"]
    assert {(one.audience, one.page) for one in marks} == {(("me",), 1)}


def test_a_file_of_another_paper_is_refused_with_a_sentence(official: Path, tmp_path: Path) -> None:
    file = mark(tmp_path / "Báo cáo.pdf", tmp_path / "của tôi.pdf")
    words = call("marks", "import", "Họp", file, "--paper", "Tờ trình", data=official, status=1)
    assert "không phải bản sao" in words
    text = tmp_path / "a.txt"
    text.write_text("không có gì", encoding="utf-8")
    assert "XFDF" in call("marks", "import", "Họp", text, data=official, status=1)
    assert "không có tài liệu" in call(
        "marks", "import", "Họp", file, "--paper", "9.9", data=official, status=1
    )
