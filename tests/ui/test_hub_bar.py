"""The bar about a restored hub: what came back, and going on."""

from concurrent.futures import Future

import pytest
from one_desk import OTHER

from meetingroom.domain.facts import PersonSet
from meetingroom.domain.ids import OFFICE
from meetingroom.services.doors import LinkChanged
from meetingroom.services.hub_watch import HubWatch
from meetingroom.ui.controls import Button
from meetingroom.ui.hub_bar import HubBar


class Line:
    """A line whose hub answers as the test says; implements what is asked here of `Link`."""

    def __init__(self) -> None:
        self.says = {"restoring": True, "came_back": 132, "heard": 17, "devices": 23}
        self.asked: list[str] = []

    def ask(self, name, body, timeout=10):
        self.asked.append(name)
        if name == "hub.go_on":
            self.says = {**self.says, "restoring": False}
        answer: Future = Future()
        answer.set_result({**self.says, "heads": {}})
        return answer

    def wake(self) -> None:
        """Nothing is sent."""

    def stop(self) -> None:
        """Nothing runs."""


@pytest.fixture
def make_bar(desk, qtbot):
    line = Line()
    desk.desk.attach(line)

    def make():
        watch = HubWatch(desk.desk)
        bar = HubBar(desk.context, watch)
        qtbot.addWidget(bar)
        desk.desk.link_changed(LinkChanged(state="online"))
        qtbot.waitUntil(bar.isVisible)
        return bar

    make.line = line
    return make


def test_the_secretary_reads_what_came_back_and_goes_on(make_bar, desk, qtbot):
    me = PersonSet(person=desk.desk.person, name="Tôi", rights=("secretary",))
    desk.desk.write(OFFICE, me)
    bar = make_bar()
    assert "132" in bar.advice_label.text()
    assert "17/23" in bar.advice_label.text()
    bar.findChild(Button).click()
    qtbot.waitUntil(bar.isHidden)
    assert make_bar.line.asked.count("hub.go_on") == 1


def test_who_may_not_go_on_reads_that_the_own_words_wait(make_bar, desk):
    assert desk.desk.person != OTHER
    bar = make_bar()
    assert bar.findChild(Button) is None
    assert "giữ trên máy này" in bar.advice_label.text()
