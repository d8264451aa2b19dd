"""What the panel says of how far the papers are read."""

import pytest

from meetingroom.domain.search import Answer, Hit, ReadSoFar, Snippet
from meetingroom.ui.reader.search_list import Found
from meetingroom.ui.reader.search_panel import SearchPanel
from meetingroom.wording import choose_language


@pytest.fixture
def panel(theme, qtbot) -> SearchPanel:
    choose_language("en")
    made = SearchPanel()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (ReadSoFar(pages=1030, read=212), "Still reading the papers: 212 of 1,030 pages"),
        (ReadSoFar(pages=9, read=9, scans=5, scans_left=2), "Still reading scanned pages: 2 left"),
        (ReadSoFar(pages=9, read=9), ""),
    ],
)
def test_it_says_how_far_the_papers_are_read(panel: SearchPanel, reading: ReadSoFar, said: str):
    panel.show_reading(reading)
    assert (panel.below.text(), panel.below.isHidden()) == (said, not said)


def test_it_says_in_one_sentence_that_scans_are_not_searched(panel: SearchPanel):
    panel.show_reading(ReadSoFar(pages=9, read=9, scans=1, scans_left=1, can_scan=False))
    assert panel.below.text().startswith("Scanned pages are not searched")


def test_numbers_are_written_as_in_the_language(panel: SearchPanel):
    choose_language("vi")
    panel.show_reading(ReadSoFar(pages=1030, read=212))
    assert "212/1.030" in panel.below.text()


def test_rows_that_stay_keep_the_chosen_one(panel: SearchPanel):
    hits = [Found("p. 1", number, Snippet(text=str(number))) for number in range(3)]
    answer = Answer(
        text="x", hits=(Hit(kind="page", meeting="m", snippet=hits[0].snippet),), pages=3
    )
    panel.show_answer(answer, [Found("paper"), *hits[:2]])
    panel.list.show_chosen(1)
    panel.show_answer(answer, [Found("paper"), *hits])
    assert panel.list.currentIndex().row() == 2
    assert panel.said.text() == "Found on 3 pages"
