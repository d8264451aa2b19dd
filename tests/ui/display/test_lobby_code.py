"""The code for telephones in the lobby, from a real hub, and a check-in that the room sees."""

import re
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from PySide6.QtGui import QImage, QPainter
from scene_world import world

from meetingroom.ui.stage import scenes
from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.stage.canvas import StageCanvas
from meetingroom.ui.stage.moments import now
from meetingroom.ui.theme import load_theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def lobby(office, qtbot):
    """The room's picture of a meeting that begins soon."""
    meeting = office.issued(starts_at=now().isoformat())
    room = office.join(office.room)
    office.wait(lambda: room.desk.meeting(meeting))
    canvas = StageCanvas(room)
    canvas.resize(640, 360)
    canvas.show_meeting(meeting)
    qtbot.addWidget(canvas)
    canvas.show()
    return canvas


def code_of(office, lobby):
    office.wait(lambda: lobby.lobby.shown(lobby.meeting))
    return lobby.lobby.shown(lobby.meeting)


def post(address, **form: str):
    line = HTTPConnection("127.0.0.1", int(address.rpartition(":")[2]), timeout=20)
    line.request("POST", "/", urlencode(form), FORM)
    body = line.getresponse().read().decode()
    line.close()
    return body


def test_who_types_the_code_on_a_phone_is_seen_by_room_and_secretary(office, lobby):
    if office.hub._phones.server is None:
        pytest.skip("the port beside this hub's is taken by another program")
    code, address = code_of(office, lobby)
    body = post(address, code=code)
    key = re.search(r'value="(\w+)">Nông Thị Hiền<', body).group(1)
    post(address, code=code, who=key, sure="yes")
    office.wait(lambda: lobby.meeting.is_here("person-b"))
    office.wait(lambda: office.secretary.desk.meeting(lobby.meeting_id).is_here("person-b"))
    assert office.secretary.desk.meeting(lobby.meeting_id).presence["person-b"].by_code


def test_a_member_is_not_told_the_code(office, lobby, qtbot):
    member = office.join("person-b")
    office.wait(lambda: member.desk.meeting(lobby.meeting_id))
    canvas = StageCanvas(member)
    qtbot.addWidget(canvas)
    canvas.show_meeting(lobby.meeting_id)
    assert canvas.lobby.shown(canvas.meeting) is None and canvas.lobby._next == 0.0


@pytest.mark.parametrize("people", [3, 7, 14, 23, 50])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_code_and_names_have_room_beside_each_other(qapp, people, size):
    meeting, directory = world(people)
    theme = load_theme("dark", for_display=True)

    def painted(code):
        picture = QImage(*size, QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        brush = Brush(painter, theme, *size)
        scenes.paint_lobby(brush, meeting, directory, code)
        painter.end()
        return picture

    picture = painted(("482915", "http://192.168.100.200:47802"))
    right = size[0] - round(theme.number("display.margin_x") * size[1])
    ground = picture.pixelColor(2, 2)
    beyond = [picture.pixelColor(x, y) for x in range(right + 2, size[0], 3)
              for y in range(round(size[1] * 0.14), size[1], 3)]  # fmt: skip
    assert all(colour == ground for colour in beyond)
    assert picture != painted(None)
