"""What an official does in the story, on the own laptop."""

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from meetingroom.demo.cast import Actor
from meetingroom.demo.hands import drag, press, wait_for, write
from meetingroom.domain.marks import Mark, mark_kind
from meetingroom.ui.first_run import FirstRun
from meetingroom.ui.page.page_view import PageView
from meetingroom.ui.page.tools import Tool
from meetingroom.ui.reader.pack import Place
from meetingroom.ui.reader.reading_room import ReadingRoom
from meetingroom.wording import tr


def join(actor: Actor, code: str, address: str) -> str:
    """Type the code and the hub's address of the first run; whose computer it is now."""
    first = wait_for(lambda: first_run(actor), "the first run")
    card = first.join_card
    write(card.code, code.replace("-", ""), ends=False)
    wait_for(lambda: len(card.code.code()) == 8, "the code is typed")
    write(card.address, address, ends=False)
    press(card, tr("Join", "office"))
    wait_for(lambda: actor.desk.context or actor.opened, "the computer joins")
    wait_for(lambda: actor.office.directory.people, "the people are known")
    settle(actor)
    return actor.office.profile.name


def first_run(actor: Actor) -> FirstRun | None:
    """The first run, once all its parts are made."""
    first = actor.desk.centralWidget()
    return first if isinstance(first, FirstRun) and first.is_whole else None


def settle(actor: Actor) -> int:
    """Wait until the window has made itself ready for what comes; how many places it has."""
    if actor.display is None and actor.desk.context is None:
        # A display that belongs to its office opens a moment after its window.
        wait_for(
            lambda: actor.display or actor.desk.context or first_run(actor), "the first screen"
        )
    if actor.desk.context is not None:
        wait_for(lambda: not actor.desk.is_preparing, "the window is ready")
    return len(actor.desk.places)


def ready(actor: Actor) -> bool:
    """The window is open, has made its first screens and answers."""
    wait_for(lambda: actor.desk.isVisible() or actor.display, "the window opens")
    return settle(actor) >= 0


def receive(actor: Actor, revision: int, title: str = "") -> dict[str, int]:
    """Wait until a revision and all its papers are here; of the meeting with a title."""

    def has_come() -> bool:
        issued = actor.meeting().issued
        return issued is not None and (not title or issued.title == title)

    wait_for(lambda: actor.office.meetings and has_come(), "the meeting comes", 90)
    wait_for(lambda: actor.meeting().numbered_revision >= revision, "the revision comes", 90)
    wait_for(lambda: not actor.office.wanted_blobs(), "all papers are here", 90)
    meeting = actor.meeting()
    return {
        "papers": len(meeting.papers),
        "bytes": sum(paper.current.size for paper in meeting.papers.values()),
    }


def open_papers(actor: Actor) -> str:
    """Open the meeting from the calendar."""
    actor.desk.go("home")
    title = actor.meeting().issued.title  # type: ignore[union-attr]
    press(actor.desk.home, f"{tr('Open', 'meeting')}: {title}")
    wait_for(lambda: actor.desk.room.place, "the papers open")
    return title


def read(actor: Actor, number: str, page: int) -> str:
    """Go to a page (from 1) of a paper by the contents and the number field; see it sharp."""
    room, paper = actor.desk.room, actor.paper(number)
    room.contents.place_requested.emit(paper.paper, -1)
    room.number.setText(str(page))
    QTest.keyClick(room.number, Qt.Key.Key_Return)
    _sharp(actor.desk.room.view, paper.current.blob, page - 1)
    return room.where.text()


def _sharp(view: PageView, blob: str, page: int) -> None:
    wait_for(lambda: (view.blob, view.page) == (blob, page), f"page {page + 1} is there")
    see_sharp(view)


def see_sharp(view: PageView) -> None:
    """Wait until every page in sight is drawn as sharp as it can be, or cannot be drawn."""

    def is_sharp() -> bool:
        sheets = [one for one in view.lens.sheets() if one.box.intersects(QRectF(view.rect()))]
        return bool(sheets) and all(
            view.pages.failure(*one.leaf)
            or (one.is_known and view.pages.is_sharp(*one.leaf, view.width_of(one.size)))
            for one in sheets
        )

    wait_for(is_sharp, f"page {view.page + 1} is sharp")


def turn(actor: Actor, times: int) -> str:
    """Turn pages by key, each seen sharp before the next."""
    room = actor.desk.room
    for _ in range(times):
        before = room.place
        QTest.keyClick(room.view, Qt.Key.Key_PageDown)
        _wait_for_turn(room, before)
        _sharp(room.view, room.view.blob, room.view.page)
    return room.where.text()


def _wait_for_turn(room: ReadingRoom, before: Place | None) -> None:
    wait_for(lambda: room.place != before, "the page turns")


def mark(
    actor: Actor, kind: str, audience: str, at: tuple[float, float], words: str = ""
) -> dict[str, Any]:
    """Make a mark with the tool's own hand movements, at shares of the page; what was kept."""
    room = actor.desk.room
    known = set(mine(actor))
    room.bar.choose_audience((audience,))
    tool = Tool(kind)
    QTest.mouseClick(room.bar.buttons[tool], Qt.MouseButton.LeftButton)
    view, box = room.view, room.view.lens.box()
    first = QPointF(box.x() + at[0] * box.width(), box.y() + at[1] * box.height())
    if tool in (Tool.HIGHLIGHT, Tool.UNDERLINE, Tool.STRIKEOUT):
        _along_a_line(view, at[1])
    elif tool is Tool.PEN:
        steps = [QPointF(8.0 * n, 14.0 * (n % 3)) for n in range(14)]
        drag(view, [first + step for step in steps])
    else:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=first.toPoint())
        wait_for(view.editor.isVisible, "the editor opens")
        write(view.editor.words, words, ends=False)
        press(view.editor, tr("Keep"))
    new = wait_for(lambda: set(mine(actor)) - known, f"the {kind} is kept")
    QTest.mouseClick(room.bar.buttons[Tool.HAND], Qt.MouseButton.LeftButton)
    return _told(actor, mine(actor)[new.pop()])


def _along_a_line(view: PageView, share: float) -> None:
    """Draw over the words of the line nearest to a share of the page's height."""
    words = wait_for(lambda: view.words.words, "the page's words")
    size = view.pages.size(view.blob, view.page)
    height = size.height if size else 1.0
    near = min(words, key=lambda word: abs(word.quad.bounds().y0 / height - share))
    line = [word for word in words if word.line == near.line]
    box, scale = view.lens.box(), view.lens.scale

    def place(word: Any) -> QPointF:
        edge = word.quad.bounds()
        return QPointF(
            box.x() + (edge.x0 + edge.x1) / 2 * scale, box.y() + (edge.y0 + edge.y1) / 2 * scale
        )

    first, last = place(line[0]), place(line[-1])
    drag(view, [first + (last - first) * (n / 8) for n in range(9)])


def mine(actor: Actor) -> dict[str, Mark]:
    """The marks this person made, by their ids."""
    return {
        key: row for key, row in actor.meeting().marks.items() if row.author == actor.context.me
    }


def _told(actor: Actor, row: Mark) -> dict[str, Any]:
    meeting = actor.meeting()
    paper = meeting.paper_with(row.blob)
    number = meeting.number_of(paper.paper) if paper else ""
    return {
        "id": row.id,
        "author": actor.office.directory.name_of(row.author),
        "paper": number,
        "page": row.page + 1,
        "kind": mark_kind(row.shape),
        "text": row.text,
        "exported": not row.is_private,
    }


def my_marks(actor: Actor) -> list[dict[str, Any]]:
    """All marks this person made, private ones too."""
    return [_told(actor, row) for row in mine(actor).values()]


def undo_and_redo(actor: Actor) -> int:
    """Take the newest mark back and make it again."""
    room, count = actor.desk.room, len(mine(actor))
    wait_for(room.bar.undo.isEnabled, "there is something to undo")
    QTest.mouseClick(room.bar.undo, Qt.MouseButton.LeftButton)
    wait_for(lambda: len(mine(actor)) == count - 1, "the mark is taken back")
    wait_for(room.bar.redo.isEnabled, "there is something to redo")
    QTest.mouseClick(room.bar.redo, Qt.MouseButton.LeftButton)
    wait_for(lambda: len(mine(actor)) == count, "the mark is back")
    return count


def sent(actor: Actor) -> int:
    """Wait until the hub has everything this laptop has to send."""
    wait_for(lambda: actor.office.waiting() == 0, "everything is sent", 90)
    return actor.office.waiting()


def follow(actor: Actor, following: bool) -> bool:
    """Follow the chair, or read on one's own."""
    ribbon = actor.desk.room.ribbon
    wait_for(ribbon.isVisible, "the ribbon of following", 90)
    if ribbon.is_following != following:
        QTest.mouseClick(ribbon.button, Qt.MouseButton.LeftButton)
    wait_for(lambda: ribbon.is_following == following, "following changes")
    return following


def at_page(actor: Actor, number: str, page: int) -> str:
    """Wait until the own window shows a page (from 1), sharp."""
    _sharp(actor.desk.room.view, actor.paper(number).current.blob, page - 1)
    return actor.desk.room.where.text()


def where(actor: Actor) -> list[Any]:
    """The page this window shows: the paper's number and the page from 1."""
    place = actor.desk.room.place or Place(paper="", page=-1)
    return [actor.meeting().number_of(place.paper), place.page + 1]


def changes(actor: Actor) -> str:
    """The words of what changed with the new revision."""
    info = actor.desk.room.info
    return str(wait_for(lambda: info.isVisible() and info.advice_label.text(), "what changed"))


def accept_changes(actor: Actor) -> None:
    """Press "Seen"."""
    press(actor.desk.room.info, tr("Seen"))


def closed(actor: Actor) -> str:
    """Wait until this computer knows that the meeting is closed."""
    wait_for(lambda: actor.meeting().state == "closed", "the meeting is closed", 90)
    return actor.meeting().state


def search(actor: Actor, words: str) -> list[str]:
    """Type words into the search, go to the first hit, see it drawn; how many pages have them."""
    room = actor.desk.room
    QTest.keyClick(room.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(room.reading.search, words)

    def is_answered() -> bool:
        answer = room.seeking.answer
        return answer is not None and answer.text == words and bool(answer.hits)

    wait_for(is_answered, f"{words} is found", 60)
    QTest.keyClick(room.reading.search, Qt.Key.Key_Return)
    wait_for(lambda: room.view.hits.chosen, "the hit is drawn")
    _sharp(room.view, room.view.blob, room.view.page)
    return [row.words for row in room.search_panel.list.found.rows]


def leave_search(actor: Actor) -> bool:
    """Back to the page as it was."""
    room = actor.desk.room
    room.reading.search.setFocus()
    QTest.keyClick(room.reading.search, Qt.Key.Key_Escape)
    return room.seeking.is_open


def stalled(actor: Actor) -> float:
    """The longest gap of this window's event loop so far, in milliseconds."""
    return round(actor.stalls.longest_ms, 1)


ACTS = {
    name.__name__: name
    for name in (
        ready, join, settle, receive, open_papers, read, turn, mark, my_marks, undo_and_redo, sent,
        follow, at_page, where, changes, accept_changes, closed, stalled, search, leave_search,
    )
}  # fmt: skip
