"""One window of the story, in a process of its own.

The first line on standard input lets it open its window. Then orders come as JSON lines,
answers go out on standard output:
{"act": name, "with": {...}} is answered by {"value": ...} or {"error": words}.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from meetingroom import desk_home
from meetingroom.demo import (
    calendar_acts,
    chair_acts,
    display_acts,
    gallery,
    letter_acts,
    marking_acts,
    online_acts,
    reader_acts,
    reading_acts,
    secretary_acts,
    session_acts,
)
from meetingroom.demo.cast import Actor
from meetingroom.demo.hands import StoryError
from meetingroom.desk_home import DeskHome
from meetingroom.desktop import OpenDesk, new_desk_window, open_home
from meetingroom.documents.crew import Crew
from meetingroom.ui.application import make_application
from meetingroom.ui.bridge import Bridge
from meetingroom.ui.controls import InfoBar
from meetingroom.ui.display.room_display import RoomDisplay
from meetingroom.ui.stalls import StallWatch

ACTS: dict[str, Any] = {
    **secretary_acts.ACTS,
    **reader_acts.ACTS,
    **reading_acts.ACTS,
    **marking_acts.ACTS,
    **chair_acts.ACTS,
    **display_acts.ACTS,
    **session_acts.ACTS,
    **gallery.ACTS,
    **online_acts.ACTS,
    **letter_acts.ACTS,
    **calendar_acts.ACTS,
}


class Browser(QObject):
    """Stands where the browser would: notes what was opened instead of opening it."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


class NoPrograms:
    """Stands where the system's programs would: an online meeting is noted and not opened."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def handler(self, _scheme: str) -> str:
        """None of the services' own programs is here."""
        return ""

    def open(self, address: str) -> None:
        """To the story's browser."""
        self._browser.opened.append(address)


class Stage(QObject):
    """Takes orders on the interface's thread, one after another."""

    ordered = Signal(str)

    def __init__(self, actor: Actor) -> None:
        super().__init__()
        self._actor = actor
        self.ordered.connect(self.on_ordered)

    def read_orders(self) -> None:
        """Read standard input to its end; then the window closes."""
        for line in sys.stdin:
            self.ordered.emit(line)
        self.ordered.emit("")

    @Slot(str)
    def on_ordered(self, line: str) -> None:
        """Do one act and answer."""
        if not line:
            QApplication.quit()
            return
        order = json.loads(line)
        try:
            answer = {"value": ACTS[order["act"]](self._actor, **order["with"])}
        except StoryError as error:
            answer = {"error": f"{error}; {_told(self._actor)}"}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
            sys.excepthook(*sys.exc_info())
        print(json.dumps(answer, ensure_ascii=False), flush=True)


def _told(actor: Actor) -> str:
    """What the window tells its person just now."""
    bars = (actor.display or actor.desk).findChildren(InfoBar)
    words = [f"{b.title_label.text()} {b.advice_label.text()}" for b in bars if b.isVisible()]
    return "the window says: " + (" / ".join(words) or "nothing")


def main(kind: str, data: Path, width: int, height: int) -> int:
    """Open the window of a `kind` ("desk" or "display") and take orders; its exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not sys.stdin.readline():
        return 0
    crew = Crew()
    app = make_application(data, is_display=kind == "display")
    browser = Browser()
    if os.environ.get("MEETINGROOM_DEMO_BROWSER") != "real":
        # The stub asks for bytes, Qt takes the slot's name.
        QDesktopServices.setUrlHandler("https", browser, "open")  # type: ignore[arg-type]
        desk_home.SystemPrograms = partial(NoPrograms, browser)  # type: ignore[assignment,attr-defined]
    work = ThreadPoolExecutor(2, thread_name_prefix="first-steps")
    desk = new_desk_window(data, crew, work)
    actor = Actor(desk=desk, browser=browser, stalls=StallWatch(app))
    if kind == "display":
        _become_display(actor, lambda: work.submit(open_home, data, crew), crew)
    desk.resize(width, height)
    desk.show()
    desk.begin()
    _watch_from_first_paint(actor)
    stage = Stage(actor)
    threading.Thread(target=stage.read_orders, name="orders", daemon=True).start()
    status = app.exec()
    _end(actor, work, crew)
    return int(status)


def _become_display(actor: Actor, open_it: Callable[[], "Future[DeskHome]"], crew: Crew) -> None:
    """Once enrolled, the window of the first run gives way to the room display."""
    bridge = Bridge(actor.desk)

    def on_home(home: DeskHome) -> None:
        opened = OpenDesk(home, crew)
        actor.opened = opened
        actor.display = RoomDisplay(opened.context)
        actor.display.resize(actor.desk.size())
        actor.display.show()
        actor.desk.hide()
        opened.start()

    def open_display() -> None:
        bridge.when_done(open_it(), on_home, actor.desk.on_closed)

    actor.desk.open_desk = open_display  # type: ignore[method-assign]


def _watch_from_first_paint(actor: Actor) -> None:
    window: QWidget = actor.display or actor.desk
    window.grab()
    actor.stalls.start()


def _end(actor: Actor, work: ThreadPoolExecutor, crew: Crew) -> None:
    actor.desk.end()
    if actor.opened is not None:
        actor.opened.close()
    work.shutdown(wait=False)
    crew.close()
    sys.stdout.flush()
    # Windows' native resources go with the process; tearing them down could only hang.
    os._exit(0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
