"""Following within a page, three polite levels, and the way back to the very place."""

import pytest
from one_desk import CHAIR, MEETING, issued
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from meetingroom.domain.facts import MeetingOpened, PaperRemoved
from meetingroom.domain.geometry import Rect
from meetingroom.domain.stage import Stage, Steer, steered
from meetingroom.ui.page.lens import FULL, Fit
from meetingroom.ui.reader.pack import Place
from meetingroom.ui.reader.summons_bar import SummonsBar
from meetingroom.wording import choose_language

LEFT = Qt.MouseButton.LeftButton
NEAR = Rect(100, 500, 300, 604)


@pytest.fixture(autouse=True)
def in_english():
    """Words are compared."""
    choose_language("en")
    yield
    choose_language("vi")


@pytest.fixture
def chair(room, desk, qtbot):
    """Lets the chair show a part of a page of the first paper; waits until it is heard."""
    meeting = desk.desk.meeting(MEETING)
    now = [Stage(meeting=MEETING)]

    def show(page, view=None, *, summons=False):
        wish = Steer(
            meeting=MEETING, base=now[0].revision, paper="paper-Một", page=page, view=view,
            blob=meeting.papers["paper-Một"].current.blob, summons=summons,
        )  # fmt: skip
        now[0] = steered(now[0], wish, CHAIR)
        with qtbot.waitSignal(desk.context.bridge.stage_heard):
            desk.desk.stage_heard(now[0])

    return show


def sees(room, part: Rect) -> bool:
    """Whether the reader sees all of a part of the page."""
    seen = room.view.lens.visible().grown(1)
    return seen.contains(part.x0, part.y0) and seen.contains(part.x1, part.y1)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (900, 600), (700, 1000)])
def test_who_follows_sees_the_part_the_chair_shows(room, chair, size):
    room.resize(*size)
    chair(1, NEAR)
    QTest.mouseClick(room.ribbon.button, LEFT)
    assert room.place == Place(paper="paper-Một", page=1)
    assert sees(room, NEAR)
    other = Rect(300, 100, 560, 240)
    chair(1, other)
    assert sees(room, other)


def test_what_is_near_at_the_chair_is_as_near_as_fits_here(room, chair):
    chair(1, NEAR)
    QTest.mouseClick(room.ribbon.button, LEFT)
    seen = room.view.lens.visible()
    share = max(
        (NEAR.x1 - NEAR.x0) / (seen.x1 - seen.x0), (NEAR.y1 - NEAR.y0) / (seen.y1 - seen.y0)
    )
    assert share > 0.95


def test_the_own_scale_stays_while_the_chair_shows_whole_widths(room, chair):
    own = room.view.lens.scale
    chair(1)
    QTest.mouseClick(room.ribbon.button, LEFT)
    chair(1, NEAR)
    assert room.view.lens.scale != own
    chair(2)
    assert room.view.lens.scale == own and room.place.page == 2


def test_nothing_moves_that_can_be_seen_already(room, chair):
    room.view.set_fit(Fit.PAGE)
    chair(1)
    QTest.mouseClick(room.ribbon.button, LEFT)
    before = room.view.lens.stand()
    chair(1, Rect(0, 200, 595, 510))
    assert room.view.lens.stand() == before


def test_one_click_leads_back_to_the_very_place(room, chair):
    room.go(Place(paper="paper-Hai", page=1))
    room.view.zoom_by(1.7 * FULL / room.view.lens.scale)
    room.view.scroll_page(40, 130)
    place, stood = room.place, room.view.lens.stand()
    chair(1, NEAR)
    QTest.mouseClick(room.ribbon.button, LEFT)
    chair(2)
    QTest.mouseClick(room.ribbon.button, LEFT)
    assert (room.place, room.view.lens.stand()) == (place, stood)
    assert not room.ribbon.is_following and not room.ribbon.back.isVisible()


@pytest.mark.parametrize(
    "act",
    [
        lambda room: room.view.scroll_page(0, 30),
        lambda room: room.view.zoom_by(1.2),
        lambda room: room.on_fit(Fit.PAGE),
        lambda room: room.view.bars.moved.emit(0.0, 300.0),
        lambda room: QTest.keyClick(room.view, Qt.Key.Key_PageUp),
    ],
    ids=["scroll", "zoom", "fit", "scroll bar", "turn"],
)
def test_who_moves_oneself_is_dragged_nowhere(room, chair, act):
    chair(1)
    QTest.mouseClick(room.ribbon.button, LEFT)
    act(room)
    assert not room.ribbon.is_following
    stood = room.view.lens.stand()
    chair(2, NEAR)
    assert room.view.lens.stand() == stood


def test_after_a_step_of_ones_own_the_old_place_is_still_one_click_away(room, chair):
    room.go(Place(paper="paper-Hai", page=1))
    chair(1)
    QTest.mouseClick(room.ribbon.button, LEFT)
    room.view.scroll_page(0, 30)
    QTest.mouseClick(room.ribbon.button, LEFT)  # follows again, from the chair's page
    room.view.scroll_page(0, 30)
    assert room.ribbon.back.isVisible()
    QTest.mouseClick(room.ribbon.back, LEFT)
    assert room.place == Place(paper="paper-Hai", page=1)


def test_the_other_pane_is_read_in_peace(room, chair):
    chair(1)
    QTest.mouseClick(room.ribbon.button, LEFT)
    followed = room.panes.active
    room.places.show_side_by_side(2)
    beside = room.panes.active
    assert beside is not followed and room.ribbon.is_following
    chair(2)
    assert followed.place == Place(paper="paper-Một", page=2)
    assert room.panes.active is beside and beside.place.paper == "paper-Hai"


def test_no_page_moves_under_a_hand_at_work(room, chair, qtbot):
    chair(1)
    QTest.mouseClick(room.ribbon.button, LEFT)
    QTest.mousePress(room.view, LEFT, pos=QPoint(300, 200))
    stood = room.view.lens.stand()
    chair(1, NEAR)
    assert room.view.lens.stand() == stood
    QTest.mouseRelease(room.view, LEFT, pos=QPoint(300, 200))
    qtbot.waitUntil(lambda: sees(room, NEAR), timeout=20_000)


def test_a_new_revision_of_the_meeting_moves_nobody_who_follows(room, chair, desk, qtbot):
    chair(1, NEAR)
    QTest.mouseClick(room.ribbon.button, LEFT)
    with qtbot.waitSignal(desk.context.bridge.meeting_changed):
        desk.write(issued(2))
    assert room.ribbon.is_following and sees(room, NEAR)


# --- words ------------------------------------------------------------------------------------


def test_the_ribbon_names_pages_and_the_paper_only_where_they_differ(room, chair):
    chair(2)
    assert room.ribbon.words.text() == "Chair: page 3 · You: page 1"
    room.go(Place(paper="paper-Hai", page=1))
    assert room.ribbon.words.text() == "Chair: 1.1, page 3 · You: 1.2, page 2"
    QTest.mouseClick(room.ribbon.button, LEFT)
    assert room.ribbon.words.text() == "Following the chair: page 3"


def test_a_paper_that_is_not_here_is_said_and_not_named(room, chair, desk, qtbot):
    desk.write(MeetingOpened())
    chair(1)
    desk.write(PaperRemoved(paper="paper-Một"))
    qtbot.waitUntil(lambda: "not among yours" in room.ribbon.words.text(), timeout=20_000)
    assert not room.ribbon.button.isVisible()
    assert "Một" not in room.ribbon.words.text()


# --- summons ----------------------------------------------------------------------------------


def asked(room) -> bool:
    return not room.summons.isHidden()


def test_a_summons_asks_and_takes_nobody_along(room, chair):
    chair(1)
    chair(2, summons=True)
    assert asked(room) and room.place == Place(paper="paper-Một", page=0)
    assert room.summons.advice_label.text() == "1.1 Một, page 3"
    room.summons.action_requested.emit("look")
    assert room.place.page == 2 and not asked(room)
    QTest.mouseClick(room.ribbon.button, LEFT)
    assert room.place.page == 0


def test_who_says_later_is_asked_again_only_by_the_next_summons(room, chair):
    chair(2, summons=True)
    room.summons.action_requested.emit("later")
    chair(1)
    assert not asked(room)
    chair(2, summons=True)
    assert asked(room)


def test_who_follows_is_not_asked(room, chair):
    chair(1)
    QTest.mouseClick(room.ribbon.button, LEFT)
    chair(2, summons=True)
    assert not asked(room) and room.place.page == 2


def test_an_old_summons_asks_nobody_who_comes_later(room, desk, qtbot):
    meeting = desk.desk.meeting(MEETING)
    told = Stage(
        meeting=MEETING, revision=9, summons=7, paper="paper-Một", page=1,
        blob=meeting.papers["paper-Một"].current.blob,
    )  # fmt: skip
    with qtbot.waitSignal(desk.context.bridge.stage_heard):
        desk.desk.stage_heard(told)
    assert not asked(room)


# --- the measured delay -----------------------------------------------------------------------


@pytest.fixture
def told(room, desk, monkeypatch):
    """The revisions this screen says it has painted."""
    revisions = []
    context = room.follower._context
    heard = lambda _meeting, revision: revisions.append(revision)  # noqa: E731
    monkeypatch.setattr(context.following, "painted", heard)
    return revisions


def test_a_turn_is_told_painted_once_by_who_follows(room, chair, told, qtbot):
    chair(0)
    QTest.mouseClick(room.ribbon.button, LEFT)
    chair(1)
    qtbot.waitUntil(lambda: told == [2], timeout=20_000)
    chair(1, NEAR)
    chair(2)
    qtbot.waitUntil(lambda: told == [2, 4], timeout=20_000)


def test_who_comes_later_or_reads_elsewhere_tells_nothing(room, chair, told, qtbot):
    chair(1)
    QTest.mouseClick(room.ribbon.button, LEFT)
    with qtbot.waitSignal(room.view.painted):
        room.turn(1)
    assert told == []


# --- elsewhere on the desk --------------------------------------------------------------------


@pytest.fixture
def bar(desk, qtbot):
    """The bar over another place of the desk, and what was gone to from it."""
    gone_to: list[str] = []
    is_reading = [False]
    made = SummonsBar(desk.context, gone_to.append, lambda: is_reading[0])
    qtbot.addWidget(made)
    made.gone_to, made.is_reading = gone_to, is_reading
    return made


def test_a_summons_is_seen_at_other_places_of_the_desk(bar, chair):
    chair(1)
    assert bar.isHidden()
    chair(2, summons=True)
    assert not bar.isHidden() and bar.advice_label.text() == "1.1 Một, page 3"
    bar.action_requested.emit("look")
    assert bar.gone_to == [MEETING] and bar.isHidden()


def test_in_the_reading_room_it_is_asked_once(bar, chair, room):
    bar.is_reading[0] = True
    chair(2, summons=True)
    assert bar.isHidden() and asked(room)


def test_who_comes_for_a_summons_follows_once_the_papers_are_open(room, chair, qtbot):
    chair(2, summons=True)
    room.open_meeting(MEETING)
    room.follower.follow()
    qtbot.waitUntil(lambda: room.ribbon.is_following, timeout=20_000)
    assert room.place.page == 2
