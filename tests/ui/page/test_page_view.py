"""A page under glass: what hands and keys do to it."""

import subprocess
import sys

import pytest
from hands_on_page import at, drag, pen_stroke
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputDevice, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from meetingroom.domain.marks import FreeText, Ink, Mark, Note, TextMark
from meetingroom.ui.page.pen_nearness import PenNearness
from meetingroom.ui.page.tools import Tool
from meetingroom.wording import tr

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "Mouse event occurs outside")


@pytest.fixture
def with_words(view, qtbot):
    """The view with the page's words known."""

    def choose(tool):
        view.set_tool(tool)
        qtbot.waitUntil(lambda: bool(view.words.words))
        return view

    return choose


def wheel(view, where, angle, modifier=Qt.KeyboardModifier.NoModifier):
    event = QWheelEvent(
        where, view.mapToGlobal(where), QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton,
        modifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


@pytest.mark.parametrize(
    ("tool", "style"),
    [
        (Tool.HIGHLIGHT, "highlight"),
        (Tool.UNDERLINE, "underline"),
        (Tool.STRIKEOUT, "strikeout"),
    ],
)
def test_drawing_over_words_marks_them(with_words, made_marks, tool, style):
    view = with_words(tool)
    drag(view, (60, 70), (200, 70), (220, 100))
    shape = made_marks[0].shape
    assert isinstance(shape, TextMark) and shape.style == style
    assert shape.quote.startswith("w0.0 w0.1") and len(shape.quads) == 2


def test_chosen_words_can_be_copied_and_then_marked_by_the_bar_beside_them(with_words, made_marks):
    view = with_words(Tool.SELECT)
    drag(view, (60, 70), (160, 70))
    assert view.actions_bar.isVisible()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "w0.0 w0.1"
    view.actions_bar.mark_requested.emit("underline")
    assert made_marks[0].shape.quote == "w0.0 w0.1"
    assert view.chosen is None and not view.actions_bar.isVisible()


def test_choosing_a_marking_tool_marks_the_words_that_are_chosen(with_words, made_marks):
    view = with_words(Tool.SELECT)
    drag(view, (60, 70), (160, 70))
    view.set_tool(Tool.STRIKEOUT)
    assert [row.shape.style for row in made_marks] == ["strikeout"]


def test_words_can_be_chosen_and_marked_by_keys_alone(with_words, made_marks):
    view = with_words(Tool.HIGHLIGHT)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(view, key, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert made_marks[0].shape.quote == "w0.0 w0.1 w0.2 w0.3 w0.4 w0.5 w1.0 w1.1"


def test_a_stroke_of_the_mouse_becomes_ink_in_points_of_the_page(view, made_marks):
    view.set_tool(Tool.PEN)
    drag(view, (100, 100), (150, 120), (200, 100))
    shape = made_marks[0].shape
    assert isinstance(shape, Ink) and made_marks[0].colour == "pen"
    stroke = shape.strokes[0]
    assert abs(stroke[0].x - 100) < 1 and abs(stroke[-1].x - 200) < 1


def test_a_pen_draws_with_its_pressure_even_while_the_hand_tool_is_chosen(view, made_marks):
    pen_stroke(view, [(100, 100), (150, 120), (200, 100)], [0.2, 0.9, 0.4])
    stroke = made_marks[0].shape.strokes[0]
    pressed = [stroke[0].pressure, max(point.pressure for point in stroke), stroke[-1].pressure]
    assert pressed == pytest.approx([0.2, 0.9, 0.4], abs=0.01)


def test_while_the_pen_moves_only_the_newest_piece_is_painted_again(view, qtbot):
    view.set_tool(Tool.PEN)
    seen = []
    view._glass.paint = _noting(view._glass.paint, seen)
    places = [at(view, x, 100).toPoint() for x in (100, 110, 300, 310)]
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=places[0])
    qtbot.waitUntil(lambda: bool(seen))
    seen.clear()
    QTest.mouseMove(view, places[1])
    qtbot.waitUntil(lambda: bool(seen))
    assert all(rect.width() < 60 and rect.height() < 40 for rect in seen)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=places[1])


def _noting(paint, seen):
    def noted(painter, damaged, *, asks):
        seen.append(damaged)
        return paint(painter, damaged, asks=asks)

    return noted


def test_a_mark_is_shown_from_pen_up_until_it_is_kept(view, made_marks):
    view.set_tool(Tool.PEN)
    drag(view, (100, 100), (200, 100))
    assert view.pending == [made_marks[0]]
    kept = Mark(
        id="m", author="person-me", paper="p", blob=view.blob, page=0,
        shape=made_marks[0].shape, colour="pen",
    )  # fmt: skip
    view.set_marks([kept])
    assert view.pending == []


def test_a_stroke_under_way_is_kept_when_the_page_turns(view, made_marks):
    view.set_tool(Tool.PEN)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at(view, 100, 100).toPoint())
    where = []
    view.mark_made.connect(lambda blob, page, _content: where.append(page))
    view.show_page(view.blob, 1)
    assert where == [0] and isinstance(made_marks[0].shape, Ink)


@pytest.mark.parametrize(("tool", "kind"), [(Tool.NOTE, Note), (Tool.TEXT, FreeText)])
def test_a_note_or_text_is_written_where_somebody_pressed(view, made_marks, tool, kind):
    view.set_tool(tool)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(view, 120, 90).toPoint())
    QTest.keyClicks(view.editor.words, "xem lai")
    QTest.keyClick(view.editor.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(made_marks[0].shape, kind) and made_marks[0].text == "xem lai"


def test_words_being_written_are_kept_when_the_page_turns_or_the_window_closes(view, made_marks):
    view.set_tool(Tool.NOTE)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(view, 120, 90).toPoint())
    QTest.keyClicks(view.editor.words, "chua xong")
    view.show_page(view.blob, 1)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    QTest.keyClicks(view.editor.words, "dong cua so")
    view.close()
    assert [row.text for row in made_marks] == ["chua xong", "dong cua so"]


def test_a_note_can_be_placed_by_keys_alone(view, made_marks):
    view.set_tool(Tool.NOTE)
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClicks(view.editor.words, "phim")
    QTest.keyClick(view.editor.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert made_marks[0].text == "phim"


def test_the_eraser_takes_ones_own_marks_only(view):
    stroke = Note(at=view.lens.page_place(QPointF(300, 200)))
    mine, other = (
        Mark(id=name, author=name, paper="p", blob=view.blob, page=0, shape=stroke)
        for name in ("person-me", "person-other")
    )
    removed = []
    view.marks_edited.connect(lambda rows: removed.extend(was.id for was, _ in rows))
    view.set_tool(Tool.ERASER)
    view.set_marks([mine, other])
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(302, 202))
    view.set_marks([mine])
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(302, 202))
    assert removed == ["person-me"]


def test_control_and_the_wheel_zoom_around_the_pointer(view):
    where = QPointF(300, 250)
    wheel(view, where, 600, Qt.KeyboardModifier.ControlModifier)
    before = view.lens.page_place(where)
    wheel(view, where, 120, Qt.KeyboardModifier.ControlModifier)
    after = view.lens.page_place(where)
    assert abs(after.x - before.x) < 2 and abs(after.y - before.y) < 2


def test_while_zooming_the_nearest_scale_is_shown_and_the_sharp_one_asked_for_after(
    view, desk, qtbot
):
    qtbot.waitUntil(lambda: view.pages.is_sharp(view.blob, 0, _wide(view)))
    asked = len(desk.pages.asked)
    for _ in range(8):
        view.zoom_by(1.05)
        view.repaint()
    assert len(desk.pages.asked) == asked
    assert view.pages.picture(view.blob, 0, _wide(view), asks=False) is not None
    qtbot.waitUntil(lambda: view.pages.is_sharp(view.blob, 0, _wide(view)))


def test_at_400_per_cent_on_a_sharp_screen_only_what_is_seen_is_drawn(view, desk, qtbot):
    view.lens.set_view(800, 600, 2.0)
    view.devicePixelRatioF = lambda: 2.0
    view.zoom_by(50)
    qtbot.waitUntil(lambda: any(wish.clip is not None for wish in desk.pages.asked))
    largest = max(
        (wish.step / 64) ** 2 * 595 * 842 for wish in desk.pages.asked if wish.clip is None
    )
    assert largest <= 24_500_000


def _wide(view):
    return round(view.lens.box().width() * view.devicePixelRatioF())


def test_the_wheel_scrolls_and_turns_only_when_pulled_beyond_the_end(view, qtbot):
    turned = []
    view.page_requested.connect(lambda delta, at_end: turned.append((delta, at_end)))
    wheel(view, QPointF(300, 300), -120)
    assert turned == [] and view.lens.scrolled.y() > 0
    view.lens.scroll_to(0, 1e9)
    for _ in range(3):
        wheel(view, QPointF(300, 300), -40)
    assert turned == [(1, False)]
    view.show_page(view.blob, 1)
    wheel(view, QPointF(300, 300), 120)
    assert turned[-1] == (-1, True)


@pytest.fixture
def touch(view):
    """A touch screen's finger movements: lists of places for each finger."""
    device = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)

    def move(*fingers: list):
        sequence = QTest.touchEvent(view, device, False)
        for number, places in enumerate(fingers):
            sequence.press(number, QPoint(*places[0]), view)
        sequence.commit()
        for step in range(1, len(fingers[0])):
            for number, places in enumerate(fingers):
                sequence.move(number, QPoint(*places[step]), view)
            sequence.commit()
        for number, places in enumerate(fingers):
            sequence.release(number, QPoint(*places[-1]), view)
        sequence.commit()

    return move


def test_one_finger_scrolls_also_with_the_pen_tool(view, touch, made_marks):
    view.set_tool(Tool.PEN)
    touch([(300, 400), (300, 350), (300, 300)])
    assert view.lens.scrolled.y() == pytest.approx(100, abs=3) and made_marks == []


def test_two_fingers_apart_make_the_page_larger(view, touch):
    before = view.lens.scale
    touch([(300, 300), (270, 300), (240, 300)], [(360, 300), (390, 300), (420, 300)])
    assert view.lens.scale > before * 1.8


def test_a_swipe_turns_the_page(view, touch):
    turned = []
    view.page_requested.connect(lambda delta, _at_end: turned.append(delta))
    touch([(500, 300), (400, 305), (300, 310)])
    touch([(300, 300), (400, 305), (500, 310)])
    assert turned == [1, -1]


def test_a_tap_presses_where_the_finger_was(view, touch):
    view.set_tool(Tool.NOTE)
    touch([(300, 300), (301, 300)])
    assert view.editor.isVisible()


def test_a_page_that_cannot_be_drawn_says_so_and_is_tried_again_by_who_comes_back(
    view, desk, qtbot
):
    desk.pages.fails = {2}
    view.show_page(view.blob, 2)
    qtbot.waitUntil(lambda: view.pages.failure(view.blob, 2) is not None)
    assert view._glass._failure_words(view.lens.leaf) == tr(
        "This page cannot be drawn. The other pages and your notes are safe."
    )
    view.show_page(view.blob, 0)
    desk.pages.fails = set()
    view.show_page(view.blob, 2)
    qtbot.waitUntil(lambda: view.pages.is_sharp(view.blob, 2, _wide(view)))


def test_a_paper_not_here_yet_shows_how_far_it_is(make_view, desk, qtbot):
    view = make_view(blob="f" * 64)
    qtbot.waitUntil(lambda: view.pages.is_away("f" * 64))
    desk.desk.blob_progress("f" * 64, 3_000_000, 12_000_000)
    assert "3.0" in view._glass._progress_words("f" * 64) and "12.0" in view._glass._progress_words(
        "f" * 64
    )


def test_the_pens_other_end_erases(view):
    removed = []
    view.marks_edited.connect(lambda rows: removed.extend(was.id for was, _ in rows))
    note = Note(at=view.lens.page_place(at(view, 100, 100)))
    view.set_marks(
        [Mark(id="m", author="person-me", paper="p", blob=view.blob, page=0, shape=note)]
    )
    pen_stroke(view, [(105, 105)], [0.5], QPointingDevice.PointerType.Eraser)
    assert removed == ["m"]


# --- pens, and the hands that hold them --------------------------------------------------------


@pytest.fixture
def far_pen(view):
    """A pen that can be told how long ago it was here."""
    now = [1000.0]
    view.hands.pen = PenNearness(lambda: now[0])
    return now


def test_where_fingers_may_draw_one_draws_and_two_scroll(view, far_pen, touch, made_marks):
    view.set_tool(Tool.PEN)
    view.hands.draws_with_finger = True
    touch([(300, 400), (320, 380), (340, 360)])
    assert len(made_marks) == 1 and view.lens.scrolled.y() == 0
    touch([(300, 400), (300, 350), (300, 300)], [(360, 400), (360, 350), (360, 300)])
    assert len(made_marks) == 1 and view.lens.scrolled.y() > 50


def test_while_a_pen_is_near_fingers_only_scroll(view, far_pen, touch, made_marks):
    view.hands.draws_with_finger = True
    view.set_tool(Tool.PEN)
    pen_stroke(view, [(100, 100), (150, 120)], [0.5, 0.5])
    touch([(300, 400), (300, 350), (300, 300)])
    assert len(made_marks) == 1 and view.lens.scrolled.y() > 50
    view.set_tool(Tool.NOTE)
    touch([(300, 300), (301, 300)])
    assert not view.editor.isVisible()
    far_pen[0] += 1.5
    touch([(300, 300), (301, 300)])
    assert view.editor.isVisible()
    view.editor.cancel()


def test_what_the_hand_drew_before_its_pen_came_is_not_meant(view, far_pen, made_marks):
    view.hands.draws_with_finger = True
    view.set_tool(Tool.PEN)
    device = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    resting = QTest.touchEvent(view, device, False)
    resting.press(0, QPoint(500, 500), view)
    resting.commit()
    resting.move(0, QPoint(504, 502), view)
    resting.commit()
    pen_stroke(view, [(100, 100), (150, 120)], [0.5, 0.5])
    resting.move(0, QPoint(540, 530), view)
    resting.commit()
    resting.release(0, QPoint(540, 530), view)
    resting.commit()
    assert len(made_marks) == 1 and made_marks[0].shape.strokes[0][0].x < 160


def test_a_pen_that_came_near_counts_until_it_goes(qapp):
    now = [0.0]
    pen = PenNearness(lambda: now[0])
    pen.came()
    now[0] = 5.0
    assert pen.is_near
    pen.went()
    assert pen.is_near
    now[0] = 6.5
    assert not pen.is_near


def test_live_ink_reaches_the_pens_point_without_lag(view):
    view.set_tool(Tool.PEN)
    view.pointer.press(at(view, 100, 100), Tool.PEN)
    for x in (110, 120, 135, 160):
        view.pointer.move(at(view, x, 100))
    image = view.grab().toImage()
    tip = at(view, 160, 100).toPoint()
    assert image.pixelColor(tip).lightness() < 200
    view.pointer.release()


PROXIMITY = """
from PySide6.QtCore import QEvent
from meetingroom.ui.page.pen_nearness import PenAwareApplication, pen_of_application

app = PenAwareApplication([])
told = []
for kind in (QEvent.Type.TabletEnterProximity, QEvent.Type.TabletLeaveProximity):
    app.sendEvent(app, QEvent(kind))
    told.append(pen_of_application()._came > 0)
assert told == [True, False], told
"""


def test_the_application_hears_a_pen_come_and_go():
    command = [sys.executable, "-c", PROXIMITY]
    told = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 0, told.stderr
