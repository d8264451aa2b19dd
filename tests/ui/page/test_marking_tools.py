"""The tools that draw, erase and take marks: by mouse, by pen and by keys alone."""

import pytest
from hands_on_page import LEFT, at, drag, pen_stroke
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest

from meetingroom.domain.geometry import InkPoint, Point, Rect
from meetingroom.domain.marks import Box, FreeText, Ink, Line, Mark, Note, Stamp
from meetingroom.services.marking import Content
from meetingroom.ui.page.shown_marks import NEW
from meetingroom.ui.page.tools import Tool

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "Mouse event occurs outside")
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def mark(view, name, shape, author="person-me", **values: object):
    return Mark(id=name, author=author, paper="p", blob=view.blob, page=0, shape=shape, **values)


@pytest.fixture
def edits(view):
    """The steps the view asks to be kept: {id: content or None} each."""
    steps = []
    view.marks_edited.connect(
        lambda rows: steps.append({was.id: new and Content.of(new) for was, new in rows})
    )
    return steps


@pytest.fixture
def marked(view):
    """A box, a stamp and a stroke of one's own, and a note of somebody else."""
    rows = [
        mark(view, "box", Box(box=Rect(60, 60, 120, 100))),
        mark(view, "stamp", Stamp(box=Rect(200, 60, 280, 90)), text="OK"),
        mark(view, "ink", Ink(strokes=((InkPoint(60, 200), InkPoint(260, 200)),))),
        mark(view, "other", Note(at=Point(300, 200)), author="person-other"),
    ]
    view.set_marks(rows)
    return rows


def press(view, *place: float, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.mouseClick(view, LEFT, modifier, at(view, *place).toPoint())


def taken(view):
    return [one.id for one in view.picks.marks]


# --- drawing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("tool", "kind"), [(Tool.BOX, Box), (Tool.LINE, Line), (Tool.ARROW, Line)])
def test_a_shape_is_drawn_from_press_to_release(view, made_marks, tool, kind):
    view.set_tool(tool)
    drag(view, (200, 180), (120, 150), (100, 100))
    shape = made_marks[0].shape
    assert isinstance(shape, kind) and made_marks[0].colour == "pen"
    if kind is Box:
        assert (shape.box.x0, shape.box.y1) == pytest.approx((100, 180), abs=1)
    else:
        assert shape.has_head == (tool is Tool.ARROW)
        assert (shape.end.x, shape.end.y) == pytest.approx((100, 100), abs=1)


def test_shift_keeps_a_line_straight(view, made_marks):
    view.set_tool(Tool.LINE)
    start, end = (at(view, x, y).toPoint() for x, y in ((100, 100), (200, 106)))
    QTest.mousePress(view, LEFT, SHIFT, start)
    view.pointer.move(at(view, 200, 106))
    QTest.mouseRelease(view, LEFT, SHIFT, end)
    shape = made_marks[0].shape
    assert shape.start.y == shape.end.y


def test_while_a_shape_is_drawn_only_its_surroundings_are_painted(view, qtbot):
    view.set_tool(Tool.BOX)
    QTest.mousePress(view, LEFT, pos=at(view, 100, 100).toPoint())
    view.pointer.move(at(view, 150, 150))
    view.repaint()
    seen = []
    paint = view._glass.paint
    view._glass.paint = lambda painter, damaged, asks: (
        seen.append(damaged) or paint(painter, damaged, asks=asks)
    )
    view.pointer.move(at(view, 155, 152))
    qtbot.waitUntil(lambda: bool(seen))
    assert all(rect.width() < 150 and rect.height() < 150 for rect in seen)
    QTest.mouseRelease(view, LEFT, pos=at(view, 155, 152).toPoint())


def test_a_stamp_is_put_where_it_is_pressed_as_wide_as_its_words(view, made_marks):
    view.set_tool(Tool.STAMP)
    for words in ("OK", "Đề nghị làm rõ"):
        view.stamp_words = words
        press(view, 150, 120)
    short, long = (content.shape.box for content in made_marks)
    assert [content.text for content in made_marks] == ["OK", "Đề nghị làm rõ"]
    assert (short.x0 + short.x1) / 2 == pytest.approx(150, abs=1)
    assert long.x1 - long.x0 > 2 * (short.x1 - short.x0)


def test_a_stamp_with_own_words_asks_for_them(view, made_marks):
    view.set_tool(Tool.STAMP)
    press(view, 150, 120)
    QTest.keyClicks(view.editor.words, "xem lai")
    QTest.keyClick(view.editor.words, Qt.Key.Key_Return, CONTROL)
    assert isinstance(made_marks[0].shape, Stamp) and made_marks[0].text == "xem lai"
    assert made_marks[0].shape.box.x1 - made_marks[0].shape.box.x0 > 40


@pytest.mark.parametrize("tool", [Tool.BOX, Tool.ARROW, Tool.LINE, Tool.STAMP])
def test_a_shape_is_put_moved_and_resized_by_keys_alone(view, made_marks, edits, tool):
    view.stamp_words = "OK"
    view.set_tool(tool)
    QTest.keyClick(view, Qt.Key.Key_Return)
    made = made_marks[0]
    view.set_marks([mark(view, "kept", made.shape, text=made.text, colour=made.colour)])
    assert taken(view) == ["kept"]
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Down, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    view.picks.keep()
    assert len(edits) == 1 and edits[0]["kept"].shape != made.shape
    assert edits[0]["kept"].text == made.text


# --- erasing ---------------------------------------------------------------------------------


def test_one_movement_of_the_eraser_takes_several_marks_as_one_step(view, marked, edits):
    view.set_tool(Tool.ERASER)
    drag(view, (60, 80), (240, 75), (305, 205), (100, 200))
    assert edits == [{"box": None, "stamp": None, "ink": None}]
    assert [one.id for one in view.marks] == ["other"]


def test_the_eraser_goes_through_what_ink_surrounds(view, edits):
    ring = Ink(strokes=(tuple(InkPoint(x, y) for x, y in ((60, 60), (160, 60), (160, 160))),))
    view.set_marks([mark(view, "ring", ring)])
    view.set_tool(Tool.ERASER)
    press(view, 90, 130)
    assert edits == []
    press(view, 110, 60)
    assert edits == [{"ring": None}]


def test_the_rubber_takes_part_of_a_stroke_only(view, marked, edits):
    view.set_tool(Tool.RUBBER)
    drag(view, (160, 180), (160, 200), (160, 220))
    (kept,) = edits
    pieces = kept["ink"].shape.strokes
    assert len(pieces) == 2 and pieces[0][-1].x < 160 < pieces[1][0].x
    press(view, 60, 80)
    assert len(edits) == 1  # a box is no ink


def test_edits_that_could_not_be_kept_show_what_is_kept_again(view, marked, edits):
    view.set_tool(Tool.ERASER)
    press(view, 60, 80)
    assert "box" not in [one.id for one in view.marks]
    view.settle_edits(["box"])
    assert "box" in [one.id for one in view.marks]


def test_the_pens_other_end_erases_whole_strokes_or_parts_as_was_chosen(view, marked, edits):
    kind = QPointingDevice.PointerType.Eraser
    view.set_tool(Tool.RUBBER)
    pen_stroke(view, [(160, 180), (160, 220)], [0.5, 0.5], kind)
    assert len(edits[0]["ink"].shape.strokes) == 2
    view.set_tool(Tool.PEN)
    pen_stroke(view, [(240, 75)], [0.5], kind)
    assert edits[1] == {"stamp": None}


# --- taking ----------------------------------------------------------------------------------


def test_a_press_takes_a_mark_and_a_drag_moves_it(view, marked, edits):
    view.set_tool(Tool.PICK)
    drag(view, (240, 75), (250, 95), (260, 175))
    assert taken(view) == ["stamp"]
    box = edits[0]["stamp"].shape.box
    assert (box.x0, box.y0) == pytest.approx((220, 160), abs=1)
    assert edits[0]["stamp"].text == "OK"


def test_a_frame_takes_several_and_a_drag_moves_them_as_one_step(view, marked, edits):
    view.set_tool(Tool.PICK)
    drag(view, (30, 30), (100, 100), (330, 330))
    assert taken(view) == ["box", "stamp", "ink"]
    drag(view, (240, 75), (240, 85), (240, 95))
    assert set(edits[0]) == {"box", "stamp", "ink"} and len(edits) == 1


def test_shift_takes_one_more_or_leaves_one(view, marked):
    view.set_tool(Tool.PICK)
    press(view, 240, 75)
    press(view, 61, 80, modifier=SHIFT)
    assert taken(view) == ["stamp", "box"]
    press(view, 240, 75, modifier=SHIFT)
    assert taken(view) == ["box"]


def test_a_corner_resizes_what_is_taken(view, marked, edits):
    view.set_tool(Tool.PICK)
    press(view, 61, 80)
    drag(view, (120, 100), (150, 130), (160, 150))
    box = edits[0]["box"].shape.box
    assert (box.x0, box.y0) == (60, 60)
    assert (box.x1, box.y1) == pytest.approx((160, 150), abs=1)


def test_marks_of_others_are_not_taken(view, marked, edits):
    chosen = []
    view.mark_chosen.connect(chosen.append)
    view.set_tool(Tool.PICK)
    press(view, 310, 210)
    assert taken(view) == [] and chosen == ["other"]


def test_by_keys_marks_are_taken_one_after_another_moved_and_removed(view, marked, edits):
    view.set_tool(Tool.PICK)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert taken(view) == ["box"]
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert taken(view) == ["stamp"]
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    assert taken(view) == ["box", "stamp", "ink"]
    assert edits[0]["stamp"].shape.box.x0 == 194
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert edits[1] == {"box": None, "stamp": None, "ink": None}
    assert not view.picks.is_any and not view.pick_bar.isVisible()


def test_escape_leaves_what_is_taken(view, marked):
    view.set_tool(Tool.PICK)
    press(view, 240, 75)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert taken(view) == [] and not view.pick_bar.isVisible()


def test_what_is_taken_is_recoloured_by_its_chips(view, marked, edits):
    view.set_tool(Tool.PICK)
    press(view, 240, 75)
    assert view.pick_bar.isVisible()
    QTest.mouseClick(view.pick_bar.chips["red"], LEFT)
    assert edits[0]["stamp"].colour == "red"


def test_a_mark_just_drawn_can_be_moved_once_it_is_kept(view, made_marks, edits):
    view.set_tool(Tool.BOX)
    drag(view, (100, 100), (150, 130), (200, 180))
    assert taken(view)[0].startswith(NEW)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert edits == []


def test_changed_marks_are_shown_at_once_and_until_they_are_kept(view, marked, edits):
    view.set_tool(Tool.PICK)
    press(view, 240, 75)
    view.picks.recolour("green")
    assert {one.id: one.colour for one in view.marks}["stamp"] == "green"
    view.set_marks(marked)  # other news, before the disk has it
    assert {one.id: one.colour for one in view.marks}["stamp"] == "green"
    kept = mark(view, "stamp", marked[1].shape, text="OK", colour="green", revision=2)
    view.set_marks([marked[0], kept])
    assert view.marks == [marked[0], kept]


def test_a_text_beside_the_paper_is_as_wide_as_there_is_room(view):
    view.set_tool(Tool.TEXT)
    size = view.pages.size(view.blob, 0)
    view.pointer.write(at(view, size.width + 20, 100), Tool.TEXT)
    shape = view.editor._shape
    assert isinstance(shape, FreeText) and shape.box.x0 > size.width
    assert shape.box.x1 - shape.box.x0 > 100
    view.editor.cancel()


def test_marks_are_painted_again_only_where_they_changed(view, marked, qtbot):
    view.repaint()
    seen = []
    paint = view._glass.paint
    view._glass.paint = lambda painter, damaged, asks: (
        seen.append(damaged) or paint(painter, damaged, asks=asks)
    )
    more = mark(view, "more", Stamp(box=Rect(60, 300, 120, 320)), text="x")
    view.set_marks([*marked, more])
    qtbot.waitUntil(lambda: bool(seen))
    assert all(rect.height() < 60 for rect in seen)


def test_what_is_edited_says_what_it_answers_and_whom_it_is_for(view, edits):
    note = mark(view, "n", Note(at=Point(80, 80)), text="a", audience=("chair",), reply_to="m")
    view.set_marks([note])
    view.set_tool(Tool.PICK)
    press(view, 88, 88)
    view.picks.recolour("pink")
    assert edits[0]["n"] == Content(
        shape=note.shape, text="a", colour="pink", audience=("chair",), reply_to="m"
    )


def test_a_resting_hand_does_not_press(view):
    pen_stroke(view, [(100, 100), (120, 100)], [0.5, 0.5])
    view.set_tool(Tool.NOTE)
    view.tap(QPoint(300, 300).toPointF())
    assert not view.editor.isVisible()


def test_a_colour_of_lines_alone_is_not_given_to_what_lies_behind_words(view, marked, edits):
    view.set_marks([*marked, mark(view, "note", Note(at=Point(60, 250)))])
    view.set_tool(Tool.PICK)
    view.picks.choose_all()
    view.picks.recolour("red")
    assert set(edits[0]) == {"box", "stamp", "ink"}
