"""A process with the room's window on an X server with a window manager, and a call beside it.

The call is a process of its own with a red window, maximised or over the whole screen. Prints
what can be seen as JSON: colours of places, and whether the windows lie as they should.
"""

import json
import subprocess
import sys
import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget

from meetingroom.domain.facts import OnlineLink
from meetingroom.ui.display.calling import Calling

ROOM, CALL = "#0000ff", "#ff0000"
LINK = OnlineLink(link="l", title="Hội nghị", url="https://zoom.us/j/1", meeting_number="1")


def coloured(colour: str) -> QWidget:
    """A window of one colour."""
    window = QWidget()
    window.setStyleSheet(f"background: {colour};")
    window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return window


def be_the_call(state: str) -> None:
    """Another program's window, until it is told to end."""
    app = QApplication([])
    window = coloured(CALL)
    window.show()
    window.showMaximized() if state == "maximised" else window.showFullScreen()
    QTimer.singleShot(60_000, app.quit)
    app.exec()


class Story:
    """Lets windows live and looks at the screen."""

    def __init__(self) -> None:
        self.app = QApplication([])
        self.window = coloured(ROOM)
        self.window.setWindowTitle("room")
        self.calling = Calling(self.window)
        self.told: dict[str, object] = {}

    def seen(self, x: float, y: float) -> str:
        """What colour a share of the screen has."""
        screen = self.app.primaryScreen()
        picture = screen.grabWindow(0).toImage()
        colour = picture.pixelColor(int(x * picture.width()), int(y * picture.height()))
        return {ROOM: "room", CALL: "call"}.get(QColor(colour).name(), "other")

    def wait(self, is_so, seconds: float = 25) -> bool:
        """Whether something came to be so."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            if is_so():
                return True
            time.sleep(0.02)
        return False

    def call(self, state: str) -> subprocess.Popen:
        return subprocess.Popen([sys.executable, __file__, state])

    def play(self) -> None:
        """Into the call twice: beside the bar, and over everything; back by both ways."""
        told, calling = self.told, self.calling
        self.window.showFullScreen()
        told["begins"] = self.wait(lambda: self.seen(0.5, 0.98) == "room")
        calling.step_aside(LINK)
        told["bar"] = calling.bar is not None
        call = self.call("maximised")
        told["call is seen"] = self.wait(lambda: self.seen(0.5, 0.5) == "call")
        told["beside the bar"] = self.wait(lambda: self.seen(0.5, 0.85) == "call")
        told["bar is seen"] = self.wait(lambda: self.seen(0.5, 0.985) == "other")
        told["the call has the keyboard"] = self.wait(lambda: not self.window.isActiveWindow())
        call.terminate()
        call.wait(20)
        told["room is seen again"] = self.wait(lambda: self.seen(0.5, 0.5) == "room")
        told["and comes up"] = self.wait(self.window.isFullScreen)
        told["the call goes on"] = calling.link == "l" and not calling.is_aside
        calling.step_aside(LINK)
        call = self.call("whole")
        told["whole call"] = self.wait(lambda: self.seen(0.5, 0.985) == "call")
        told["nothing over it"] = all(
            self.seen(x / 10 + 0.02, y / 10 + 0.02) == "call" for x in range(10) for y in range(10)
        )
        told["a bar again"] = calling.bar is not None
        calling.bar.back.click()
        told["back"] = self.wait(lambda: self.seen(0.5, 0.5) == self.seen(0.5, 0.985) == "room")
        call.terminate()
        call.wait(20)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        be_the_call(sys.argv[1])
    else:
        story = Story()
        story.play()
        print(json.dumps(story.told))
