"""Ways to look at papers: in one run, two pages, side by side, two versions, in a window alone."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from meetingroom.demo import calendar_acts
from meetingroom.demo.cast import Actor
from meetingroom.demo.hands import live, wait_for, write
from meetingroom.demo.reader_acts import see_sharp
from meetingroom.domain.marks import Box
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.services.carrying import Carried
from meetingroom.ui.own_backup import OwnBackupCard, PassphraseDialog
from meetingroom.ui.page.page_view import PageView
from meetingroom.ui.page.tools import Tool
from meetingroom.ui.reader.file_window import FileWindow
from meetingroom.ui.reader.print_dialog import PrintDialog
from meetingroom.wording import tr

BACKUP_WORDS = "bốn con trâu qua suối"


def show_pages(actor: Actor, look: str) -> None:
    """As of the menu of pages: "one", "two", "scroll", "leaf", "right", "left"."""
    menu = actor.desk.room.reading.menu
    menu.look_requested.emit(look)


def scroll(actor: Actor, pages: float) -> str:
    """Scroll on by so many heights of the page."""
    view = actor.desk.room.view
    view.scroll_page(0, view.lens.box().height() * pages)
    return str(actor.desk.room.where.text())


def side_by_side(actor: Actor, papers: list[list[Any]]) -> int:
    """Papers beside each other, each (number, page from 1); how many there are."""
    room = actor.desk.room
    room.reading.panes_requested.emit(len(papers))
    for pane, (number, page) in zip(room.panes.panes, papers, strict=True):
        room.panes.activate(pane)
        room.places.go_to_paper(actor.paper(number).paper, page - 1)
    room.panes.activate(room.panes.panes[0])
    for view in room.panes.views:
        see_sharp(view)
    return len(room.panes.panes)


def compare(actor: Actor, number: str, page: int, steps: int = 1) -> str:
    """The two newest versions of a paper beside each other, at the first pages that differ."""
    room, paper = actor.desk.room, actor.paper(number)
    room.places.go_to_paper(paper.paper, page - 1)
    room.reading.compare_requested.emit()
    wait_for(room.compare_bar.forward.isVisible, "the versions are compared", 60)
    for _ in range(steps):
        room.comparing.step(1)
    return str(room.compare_bar.words.text())


def end_comparison(actor: Actor) -> None:
    """Back to the newest version alone."""
    actor.desk.room.comparing.end()


# --- one's marks on a new version -----------------------------------------------------------


def _report(actor: Actor) -> tuple[Meeting, Paper, Carried]:
    room, service = actor.desk.room, actor.context.carrying
    assert service is not None  # noqa: S101
    meeting, paper = actor.meeting(), room.paper()
    assert paper is not None  # noqa: S101
    return meeting, paper, service.report(meeting, paper)


def carried(actor: Actor) -> str:
    """Wait until all own marks of the open paper found their places; what the bar says."""
    bar = actor.desk.room.carried_bar
    wait_for(lambda: not _report(actor)[2].waiting, "the marks are carried over", 60)
    wait_for(lambda: bar.isVisible() and bar.words.text(), "the bar tells of it")
    return str(bar.words.text())


def see_carried(actor: Actor) -> int:
    """Open the list of carried marks; how many."""
    room = actor.desk.room
    room.carried.open_list()
    wait_for(room.carried_panel.isVisible, "the list of carried marks")
    return len(_report(actor)[2].all)


def put_again(actor: Actor) -> str:
    """Begin to put the first mark that needs an eye; the words of the bar."""
    report = _report(actor)[2]
    boxes = [mark for mark in (*report.words, *report.exact) if isinstance(mark.shape, Box)]
    first = (*report.unplaced, *report.look, *boxes)[0]
    room = actor.desk.room
    room.carried.put_by_hand(first)
    wait_for(lambda: room.carried.glass is not None, "the glass over the new page")
    return str(room.carried_bar.words.text())


def leave_carried(actor: Actor) -> None:
    """Leave the mark as it is, and close the list."""
    room = actor.desk.room
    room.carried.stop()
    room.carried_panel.hide()


# --- what opens over the window -------------------------------------------------------------


def open_over(actor: Actor, what: str) -> None:
    """A menu or dialog over the window: a key of `_OPENERS`."""
    _OPENERS[what](actor)
    wait_for(_is_something_over, f"{what} opens")
    live(60)


def _is_something_over() -> bool:
    windows = QApplication.topLevelWidgets()
    return any(one.isVisible() and isinstance(one, QMenu | QDialog) for one in windows)


def _open_stamps(actor: Actor) -> None:
    actor.desk.room.bar.buttons[Tool.STAMP].click()


def _open_print(actor: Actor) -> None:
    actor.desk.room.exchange.ask_to_print()
    dialogs = actor.desk.findChildren
    shown = wait_for(lambda: [one for one in dialogs(PrintDialog) if one.isVisible()], "the dialog")
    shown[0].pages.setText("1-5")


def _open_passphrase(actor: Actor) -> None:
    dialog = PassphraseDialog(tr("Back up"), _own_backup(actor), is_new=True)
    dialog.open()
    for field in (dialog.first, dialog.again):
        write(field, BACKUP_WORDS, ends=False)


def _own_backup(actor: Actor) -> OwnBackupCard:
    actor.desk.go("settings")
    return wait_for(lambda: actor.desk.findChild(OwnBackupCard), "the settings")


_OPENERS = {
    "stamps": _open_stamps,
    "pages": lambda actor: actor.desk.room.reading.zoom.click(),
    "paper": lambda actor: actor.desk.room.reading.paper_button.click(),
    "print": _open_print,
    "passphrase": _open_passphrase,
    **calendar_acts.OPENERS,
}


# --- a paper with a password ----------------------------------------------------------------


def see_protected(actor: Actor, file: str) -> None:
    """A protected file in a window of its own."""
    window = FileWindow(Path(file), actor.context.pages)
    actor.notes["window"] = window
    window.show()
    wait_for(window.view.password_sheet.isVisible, "the password is asked for")
    window.view.password_sheet.password.setText("12345678")


def close_window(actor: Actor) -> None:
    """Close that window."""
    window: QWidget = actor.notes.pop("window")
    window.close()
    window.deleteLater()


def back_up(actor: Actor, folder: str) -> str:
    """An own backup of private marks; what the settings say of it."""
    safe = actor.context.safekeeping
    assert safe is not None  # noqa: S101
    Path(folder).mkdir(parents=True, exist_ok=True)
    future = safe.back_up(Path(folder), BACKUP_WORDS, True)
    wait_for(future.done, "the backup is written", 60)
    card = _own_backup(actor)
    card.refresh()
    wait_for(card.itself.isVisible, "the card tells of it")
    return str(card.last.text())


def views_are_sharp(actor: Actor) -> bool:
    """Whether all pages in sight are sharp; waits for it."""
    views: list[PageView] = actor.desk.room.panes.views
    for view in views:
        see_sharp(view)
    return True


ACTS: dict[str, Any] = {
    name.__name__: name
    for name in (
        show_pages, scroll, side_by_side, compare, end_comparison, carried, see_carried,
        put_again, leave_carried, see_protected, close_window, back_up, views_are_sharp,
    )
}  # fmt: skip
