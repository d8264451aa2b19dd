"""The bar about the hub: a restored one goes on, a lost one is moved by one press."""

from concurrent.futures import Future

import pytest
from one_desk import CHAIR, OTHER

from meetingroom.domain.errors import LinkError
from meetingroom.domain.facts import PersonSet
from meetingroom.domain.ids import OFFICE
from meetingroom.services.doors import LinkChanged
from meetingroom.services.hub_watch import HubWatch
from meetingroom.services.taking_over import Target
from meetingroom.ui.controls import Button, InfoBar, StatusLine
from meetingroom.ui.hub_bar import HubBar
from meetingroom.ui.reader.connection import Connection

HERE = Target(device="device-here", principal="person-me", is_here=True)
THERE = Target(device="device-there", principal=CHAIR, is_here=False)


def done(value) -> Future:
    answer: Future = Future()
    if isinstance(value, Exception):
        answer.set_exception(value)
    else:
        answer.set_result(value)
    return answer


class Line:
    """A line whose hub answers as the test says; implements what is asked here of `Link`."""

    def __init__(self) -> None:
        self.says = {"restoring": True, "came_back": 132, "heard": 17, "devices": 23}
        self.asked: list[str] = []

    def ask(self, name, body, timeout=10):
        self.asked.append(name)
        if name == "hub.go_on":
            self.says = {**self.says, "restoring": False}
        return done({**self.says, "heads": {}})

    def wake(self) -> None:
        """Nothing is sent."""

    def stop(self) -> None:
        """Nothing runs."""


class Moving:
    """Moves the hub as the test says; implements what is asked here of `TakingOver`."""

    def __init__(self) -> None:
        self.may, self.result = True, "127.0.0.1:1"
        self.is_offered = False
        self.pressed: list[str] = []

    def targets(self):
        return done([HERE, THERE])

    def take_over(self, device):
        self.pressed.append(device)
        return done(self.result)


@pytest.fixture
def line(desk) -> Line:
    line = Line()
    desk.desk.attach(line)
    return line


@pytest.fixture
def make_bar(desk, line, qtbot):
    def make(moving=None):
        bar = HubBar(desk.context, HubWatch(desk.desk), moving, away_ms=0)
        qtbot.addWidget(bar)
        return bar

    return make


def buttons(bar) -> list[Button]:
    return [button for button in bar.findChildren(Button) if not button.isHidden()]


def test_the_secretary_reads_what_came_back_and_goes_on(make_bar, line, desk, qtbot):
    me = PersonSet(person=desk.desk.person, name="Tôi", rights=("secretary",))
    desk.desk.write(OFFICE, me)
    bar = make_bar()
    desk.desk.link_changed(LinkChanged(state="online"))
    qtbot.waitUntil(bar.isVisible)
    assert "132" in bar.advice_label.text()
    assert "17/23" in bar.advice_label.text()
    bar.findChild(Button).click()
    qtbot.waitUntil(bar.isHidden)
    assert line.asked.count("hub.go_on") == 1


def test_who_may_not_go_on_reads_that_the_own_words_wait(make_bar, desk, qtbot):
    assert desk.desk.person != OTHER
    bar = make_bar()
    desk.desk.link_changed(LinkChanged(state="online"))
    qtbot.waitUntil(bar.isVisible)
    assert bar.findChild(Button) is None
    assert "giữ trên máy này" in bar.advice_label.text()


def test_a_lost_hub_is_moved_by_one_press(make_bar, desk, line, qtbot):
    line.says = {**line.says, "restoring": False}
    moving = Moving()
    bar = make_bar(moving)
    qtbot.waitUntil(lambda: len(buttons(bar)) == 2)
    assert buttons(bar)[0].text() == "Chuyển sang máy này"
    buttons(bar)[0].click()
    qtbot.waitUntil(lambda: "Đang chuyển" in bar.title_label.text())
    assert moving.pressed == ["device-here"]
    desk.desk.link_changed(LinkChanged(state="online"))
    qtbot.waitUntil(lambda: "Máy chủ nay ở máy này" in bar.title_label.text())
    assert not buttons(bar)


def test_who_may_not_take_over_sees_no_bar(make_bar, desk, line, qtbot):
    moving = Moving()
    moving.may = False
    bar = make_bar(moving)
    with qtbot.waitSignal(bar._away.timeout):
        pass
    assert bar.isHidden()


def test_a_move_that_failed_says_why_and_can_be_tried_again(make_bar, line, qtbot):
    moving = Moving()
    moving.result = LinkError("link.unreachable", address="máy")
    bar = make_bar(moving)
    qtbot.waitUntil(lambda: len(buttons(bar)) == 2)
    buttons(bar)[1].click()
    qtbot.waitUntil(lambda: moving.pressed == ["device-there"] and len(buttons(bar)) == 2)
    assert "máy" in bar.advice_label.text()


def test_a_hub_that_comes_back_by_itself_takes_the_bar_away(make_bar, desk, line, qtbot):
    line.says = {**line.says, "restoring": False}
    bar = make_bar(Moving())
    qtbot.waitUntil(lambda: len(buttons(bar)) == 2)
    desk.desk.link_changed(LinkChanged(state="online"))
    qtbot.waitUntil(bar.isHidden)


def test_the_reading_rooms_own_bar_makes_way(make_bar, desk, line, qtbot):
    moving = Moving()
    context = type(desk.context)(
        **{name: getattr(desk.context, name) for name in desk.context.__dataclass_fields__}
        | {"taking_over": moving}
    )
    info = InfoBar()
    qtbot.addWidget(info)
    connection = Connection(context, StatusLine(), info)
    connection._tell_offline()
    assert info.isVisible()
    make_bar(moving)
    qtbot.waitUntil(info.isHidden)
    connection._tell_offline()
    assert info.isHidden()
