"""A page view on a desk's first paper, open and painted."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from one_desk import MEETING

from meetingroom.ui.page.page_view import PageView


@pytest.fixture
def make_view(desk, qtbot):
    """A page view; `bring` False leaves it without a paper."""

    def make(blob: str = "", page: int = 0):
        view = PageView(desk.context, lambda _person: 0)
        qtbot.addWidget(view)
        view.resize(800, 600)
        with qtbot.waitExposed(view):
            view.show()
        meeting = desk.desk.meeting(MEETING)
        blob = blob or meeting.in_reading_order()[0].current.blob
        view.show_page(blob, page)
        return view

    return make


@pytest.fixture
def view(make_view, qtbot):
    """The first page, sharp."""
    made = make_view()
    qtbot.waitUntil(lambda: not made.lens.box().isEmpty())
    return made


@pytest.fixture
def made_marks(view):
    """What the view asks to be kept, in order."""
    rows = []
    view.mark_made.connect(lambda blob, page, content: rows.append(content))
    return rows
