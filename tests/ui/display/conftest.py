"""An office on screen, with workers that draw pages."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


from meetingroom.ui.display.room_display import RoomDisplay


@pytest.fixture
def room_display(office, qtbot):
    """The locked display of a meeting that was issued."""

    def make(meeting: str) -> RoomDisplay:
        context = office.join(office.room)
        office.wait(lambda: context.desk.meeting(meeting))
        made = RoomDisplay(context)
        qtbot.addWidget(made)
        made.resize(1280, 720)
        made.show()
        return made

    return make


@pytest.fixture
def display(office, qtbot):
    """The display of an issued meeting; `unlocked` lets it steer."""

    def make(link="", *, unlocked=True, **values: object):
        context = office.join(office.room)
        meeting = office.issued(link, **values)
        office.wait(lambda: context.desk.meeting(meeting))
        made = RoomDisplay(context)
        qtbot.addWidget(made)
        made.resize(1280, 720)
        made.show()
        if unlocked:
            office.secretary.leading.unlock_display(meeting, office.room).result(10)
            office.wait(lambda: made.is_unlocked)
        return made

    return make
