"""What an official does on a page beyond a first mark: draws, stamps, takes marks, answers."""

from itertools import pairwise
from math import cos, pi, sin
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from meetingroom.demo.cast import Actor
from meetingroom.demo.hands import drag, press, wait_for, write
from meetingroom.demo.reader_acts import mine
from meetingroom.domain.geometry import Point, Rect
from meetingroom.domain.marks import FreeText, Mark, mark_kind
from meetingroom.services.history import Content
from meetingroom.ui.page.page_view import PageView
from meetingroom.ui.page.tools import Tool
from meetingroom.wording import tr

# Strokes of the words "vì sao?" as a hand writes them, in a box of one by one.
WHY = (
    ((0.00, 0.35), (0.05, 0.62), (0.10, 0.35)),
    ((0.16, 0.38), (0.16, 0.62)),
    ((0.13, 0.16), (0.18, 0.24)),
    ((0.40, 0.40), (0.34, 0.42), (0.41, 0.52), (0.33, 0.62)),
    ((0.55, 0.42), (0.48, 0.42), (0.47, 0.60), (0.55, 0.58), (0.55, 0.40), (0.56, 0.62)),
    ((0.68, 0.40), (0.62, 0.50), (0.68, 0.62), (0.74, 0.50), (0.68, 0.40)),
    ((0.84, 0.28), (0.92, 0.22), (0.95, 0.34), (0.88, 0.44), (0.88, 0.54)),
    ((0.88, 0.64), (0.885, 0.66)),
)
TURN = 24  # places of the pen on a ring


def _place(view: PageView, share: tuple[float, float]) -> QPointF:
    """A share of the current page, in the view."""
    box = view.lens.box()
    return QPointF(box.x() + share[0] * box.width(), box.y() + share[1] * box.height())


def _take(actor: Actor, tool: Tool) -> PageView:
    """Press a tool's button, or the key of one that shares a button."""
    bar = actor.desk.room.bar
    if tool is Tool.STAMP:
        bar.choose_stamp(actor.desk.room.view.stamp_words)
    else:
        bar.choose(tool)
    return actor.desk.room.view


def _kept(actor: Actor, before: set[str], count: int) -> list[str]:
    """Wait for so many new marks; their ids."""
    wait_for(lambda: len(set(mine(actor)) - before) >= count, f"{count} new marks")
    return sorted(set(mine(actor)) - before)


def draw(
    actor: Actor, kind: str, audience: str, start: tuple[float, float], end: tuple[float, float]
) -> list[str]:
    """Draw a box, an arrow or a line from one share of the page to another."""
    actor.desk.room.bar.choose_audience((audience,))
    view, before = _take(actor, Tool(kind)), set(mine(actor))
    first, last = _place(view, start), _place(view, end)
    drag(view, [first + (last - first) * (n / 6) for n in range(7)])
    found = _kept(actor, before, 1)
    _put_away(actor)
    return found


def stamp(actor: Actor, audience: str, at: tuple[float, float], which: int) -> list[str]:
    """Choose a ready stamp by its place in the menu, and press it on the page."""
    bar = actor.desk.room.bar
    bar.choose_audience((audience,))
    before = set(mine(actor))
    bar.stamps.actions()[which].trigger()
    view = actor.desk.room.view
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=_place(view, at).toPoint())
    found = _kept(actor, before, 1)
    _put_away(actor)
    return found


def ring(
    actor: Actor, audience: str, at: tuple[float, float], size: tuple[float, float]
) -> list[str]:
    """Draw a ring with the pen around a share of the page, as wide and high as shares."""
    actor.desk.room.bar.choose_audience((audience,))
    view, before = _take(actor, Tool.PEN), set(mine(actor))
    places = []
    for n in range(TURN + 2):
        angle = 2 * pi * n / TURN - pi / 3
        grown = 1 + 0.05 * n / TURN  # a hand does not meet its beginning
        across, down = size[0] / 2 * grown * cos(angle), size[1] / 2 * grown * sin(angle)
        places.append(_place(view, (at[0] + across, at[1] + down)))
    drag(view, places)
    found = _kept(actor, before, 1)
    _put_away(actor)
    return found


def handwrite(
    actor: Actor, audience: str, at: tuple[float, float], size: tuple[float, float]
) -> int:
    """Write "vì sao?" with the pen, its upper left corner at a share of the page."""
    actor.desk.room.bar.choose_audience((audience,))
    view, before = _take(actor, Tool.PEN), set(mine(actor))
    for stroke in WHY:
        shares = [(at[0] + x * size[0], at[1] + y * size[1]) for x, y in stroke]
        points = [_place(view, share) for share in shares]
        between = [a + (b - a) * (n / 4) for a, b in pairwise(points) for n in range(4)]
        drag(view, [*between, points[-1]])
    count = len(_kept(actor, before, 1))
    _put_away(actor)
    return count


def write_beside(actor: Actor, at: tuple[float, float], words: str) -> list[str]:
    """Make room beside the pages and write a text there; shares reach over the paper's edge."""
    room = actor.desk.room
    room.reading.menu.room.setChecked(True)
    view = _take(actor, Tool.TEXT)
    before = set(mine(actor))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=_place(view, at).toPoint())
    wait_for(view.editor.isVisible, "the editor opens")
    write(view.editor.words, words, ends=False)
    press(view.editor, tr("Keep"))
    found = _kept(actor, before, 1)
    _put_away(actor)
    return found


def no_room_beside(actor: Actor) -> bool:
    """Pages as they are again."""
    room = actor.desk.room.reading.menu.room
    if room.isChecked():
        room.trigger()
    return bool(room.isChecked())


def pick(actor: Actor, kinds: list[str]) -> int:
    """Take the newest own mark of each of these kinds on the page; how many."""
    view = _take(actor, Tool.PICK)
    view.setFocus()
    own = [mark for mark in view.marks if mark.author == actor.context.me]
    newest = {mark_kind(mark.shape): mark.id for mark in own}
    view.picks.choose([newest[kind] for kind in kinds])
    wait_for(lambda: view.picks.is_any, "marks are taken")
    return len(view.picks.marks)


def leave_marks(actor: Actor) -> None:
    """Leave what was taken, and the tool."""
    actor.desk.room.view.picks.clear()
    _put_away(actor)


def _put_away(actor: Actor) -> None:
    """Take the hand again."""
    actor.desk.room.view.picks.clear()
    actor.desk.room.bar.choose(Tool.HAND)


def reply(actor: Actor, to: str, words: str) -> str:
    """Answer the newest mark with words of somebody, in the list of marks."""
    notes = actor.desk.room.notes
    asked = wait_for(lambda: _newest_of(actor, to), f"a mark of {to}")
    before = set(mine(actor))
    notes.show_mark(asked.id)
    wait_for(lambda: notes.card.mark is not None and notes.card.mark.id == asked.id, "its card")
    notes.card.start_reply()
    write(notes.card.field, words, ends=False)
    QTest.mouseClick(notes.card.send_button, Qt.MouseButton.LeftButton)
    found = _kept(actor, before, 1)
    notes.card.closed.emit()
    return found[0]


def _newest_of(actor: Actor, name: str) -> Mark | None:
    told = [
        mark
        for mark in actor.meeting().marks.values()
        if actor.office.directory.name_of(mark.author) == name and mark.text
    ]
    return told[-1] if told else None


def see_mark(actor: Actor, name: str) -> str:
    """Choose the newest mark with words of somebody, in the list beside the page."""
    notes = actor.desk.room.notes
    mark = wait_for(lambda: _newest_of(actor, name), f"a mark of {name}")
    notes.show_mark(mark.id)
    wait_for(notes.card.isVisible, "the card of the mark")
    return mark.id


def see_refused(actor: Actor) -> str:
    """Choose the own mark that the hub did not take."""
    notes = actor.desk.room.notes
    mark = wait_for(
        lambda: next((m for m in mine(actor).values() if m.is_refused), None), "a refused mark"
    )
    notes.show_mark(mark.id)
    wait_for(lambda: notes.card.isVisible() and notes.card.save.isVisible(), "its card")
    return mark.id


def see_people_of_marks(actor: Actor, is_open: bool) -> bool:
    """Who wrote, and whose marks are shown, over the list."""
    people = actor.desk.room.notes.finding.people
    people.setChecked(is_open)
    return bool(people.isChecked())


def choose_tool(actor: Actor, kind: str) -> None:
    """Take a tool up, without using it."""
    _take(actor, Tool(kind))


def leave_mark(actor: Actor) -> None:
    """Nothing is chosen in the list any more."""
    actor.desk.room.notes.card.closed.emit()


def write_to_a_stranger(actor: Actor, at: tuple[float, float], words: str) -> str:
    """A text for somebody who is not invited any more: the hub does not take it."""
    room, meeting = actor.desk.room, actor.meeting()
    people = actor.office.directory.people
    stranger = next(person for person in people if person not in meeting.people)
    view, before = room.view, set(mine(actor))
    size = view.pages.size(view.blob, view.page)
    assert size is not None  # noqa: S101
    corner = Point(at[0] * size.width, at[1] * size.height)
    box = Rect(corner.x, corner.y, corner.x + 150, corner.y + 40)
    content = Content(shape=FreeText(box=box), text=words, colour="pen", audience=(stranger,))
    room.own_marks.make(view, view.blob, view.page, content)
    mark = _kept(actor, before, 1)[0]
    wait_for(lambda: mine(actor)[mark].is_refused, "the hub refuses it", 60)
    return mark


def keep_marked_copy(actor: Actor, number: str, file: str) -> str:
    """Save a copy of a paper with the marks one sees, as a PDF."""
    save, paper = actor.context.save_copy, actor.paper(number)
    assert save is not None  # noqa: S101
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    future = save(actor.meeting().id, paper.current.blob, Path(file), True)
    wait_for(future.done, "the copy is saved", 90)
    future.result()
    return file


def take_marks_of(actor: Actor, file: str) -> str:
    """Take the marks of a PDF in; what the bar says of it."""
    room = actor.desk.room
    room.exchange.take(Path(file))
    info = room.info
    wait_for(lambda: info.isVisible() and info.advice_label.text(), "the report", 90)
    return f"{info.title_label.text()} {info.advice_label.text()}"


def told(actor: Actor) -> None:
    """Close what the bar over the pages says."""
    actor.desk.room.info.withdraw()


ACTS: dict[str, Any] = {
    name.__name__: name
    for name in (
        draw, stamp, ring, handwrite, write_beside, no_room_beside, pick, leave_marks, reply,
        see_mark, see_refused, see_people_of_marks, choose_tool, leave_mark,
        write_to_a_stranger, keep_marked_copy, take_marks_of, told,
    )
}  # fmt: skip
