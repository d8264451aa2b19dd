"""Before a new version goes out the secretary sees whose marks are touched, and which pages."""

from collections.abc import Iterator
from pathlib import Path

import office_on_screen
import pymupdf
import pytest

from meetingroom.documents.crew import Crew
from meetingroom.domain.geometry import Point
from meetingroom.domain.marks import Note
from meetingroom.services.marking import Content
from meetingroom.ui.secretary.desk import SecretaryDesk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def office(tmp_path: Path, qapp, qtbot) -> Iterator[office_on_screen.Office]:
    """A hub and its secretary, with one worker that looks at papers."""
    with office_on_screen.office(tmp_path, qapp, qtbot, Crew(workers=1)) as made:
        yield made


def changed(office, pages: tuple[str, ...]) -> Path:
    file = office.root / "2.1 mới.pdf"
    with pymupdf.open() as made:
        for words in pages:
            made.new_page(width=595, height=842).insert_text((72, 72), words)
        made.save(file)
    return file


def test_counts_of_shared_marks_and_the_pages_that_change(office, qtbot):
    official = office.join("person-b")
    meeting = office.issued()
    office.wait(lambda: official.desk.meeting(meeting))
    paper = next(iter(official.desk.meeting(meeting).papers.values()))
    for page, audience in ((0, "secretary"), (1, "secretary"), (1, "chair")):
        content = Content(shape=Note(at=Point(90, 90)), text="Nêu rõ", audience=(audience,))
        where = (meeting, paper.paper, paper.current.blob, page)
        official.marking.put(*where, content).result(10)
    office.wait(lambda: official.desk.waiting() == 0)
    drafting = office.secretary.drafting
    drafting.revise(meeting).result(10)
    same = "2.1 Báo cáo.pdf"
    file = changed(office, (f"{same} 1", "2.1 changed", f"{same} 3", "one more page"))
    drafting.add_files(meeting, "item-2", [file], paper.paper).result(10)
    desk = SecretaryDesk(office.secretary)
    qtbot.addWidget(desk)
    desk.open_meeting(meeting)
    desk.go("issue")
    cards = desk.pages["issue"].replacements.cards
    office.wait(lambda: cards and "pages that change" in cards[paper.paper].headline.text())
    said = cards[paper.paper].words()
    assert said[0] == "1 people have 2 shared marks on the pages that change"
    assert any("Private ones cannot be counted" in words for words in said)
    assert "Page 4: new" in said and any(words.startswith("Page 2:") for words in said)
    assert "Nêu rõ" not in " ".join(said)


def test_marks_stand_on_the_new_version_soon_after_it_is_issued(office, qtbot):
    official = office.join("person-b")
    meeting = office.issued()
    office.wait(lambda: official.desk.meeting(meeting))
    paper = next(iter(official.desk.meeting(meeting).papers.values()))
    office.wait(lambda: official.desk.paper_path(paper.current.blob))
    for page, audience in ((0, "secretary"), (2, "me")):
        content = Content(shape=Note(at=Point(60, 60)), text="Nêu rõ", audience=(audience,))
        where = (meeting, paper.paper, paper.current.blob, page)
        official.marking.put(*where, content).result(10)
    drafting, same = office.secretary.drafting, "2.1 Báo cáo.pdf"
    drafting.revise(meeting).result(10)
    file = changed(office, (f"{same} 1", "one more page", f"{same} 2", f"{same} 3"))
    drafting.add_files(meeting, "item-2", [file], paper.paper).result(10)
    office.secretary.issuing.issue(meeting).result(30)

    def pages(context) -> list[int]:
        folded = context.desk.meeting(meeting)
        return [mark.page for mark in folded.marks_on(folded.papers[paper.paper].current.blob)]

    office.wait(lambda: sorted(pages(official)) == [0, 3])
    office.wait(lambda: pages(office.secretary) == [0])
