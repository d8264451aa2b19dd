"""The room's online meetings: into the call by one touch, what is typed there, and out again."""

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QCursor, QGuiApplication
from shiboken6 import isValid

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.facts import OnlineLink, SceneShown
from meetingroom.domain.meeting import Meeting
from meetingroom.services.calling import Ways
from meetingroom.ui.context import DeskContext
from meetingroom.ui.display.calling import Calling
from meetingroom.ui.display.choices import Choice
from meetingroom.ui.display.touch import TouchButton
from meetingroom.ui.stage.call_words import warning_words
from meetingroom.wording import tr

if TYPE_CHECKING:
    from meetingroom.ui.display.room_display import RoomDisplay

log = logging.getLogger(__name__)
COPIED_MS = 3000
PASSCODE_MS = 120_000  # a passcode leaves the room's clipboard by itself
# Programs that keep what was copied leave out what is marked so.
SECRET_MARKS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
}


def links_of(meeting: Meeting | None) -> tuple[OnlineLink, ...]:
    """The online meetings of a meeting."""
    return meeting.issued.links if meeting is not None and meeting.issued else ()


class RoomCalls(QObject):
    """What the display does with the online meeting it shows."""

    def __init__(self, context: DeskContext, display: "RoomDisplay") -> None:
        super().__init__(display)
        self._context, self._display = context, display
        self._has_seen = self._was_in = self._is_asked_here = False
        self._copied = ""
        self.calling = Calling(display)
        self.calling.returned.connect(self.on_returned)
        self.calling.wanted.connect(lambda confirmed: self.enter(confirmed=confirmed))
        self.calling.surfaced.connect(self.on_surfaced)
        self.calling.papers_wanted.connect(self.on_papers)
        self.calling.number_wanted.connect(self.copy_number)
        self.calling.passcode_wanted.connect(self.copy_passcode)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(PASSCODE_MS)
        self._forget.timeout.connect(self.forget_passcode)
        program = QGuiApplication.instance()
        assert program is not None  # noqa: S101 - there is a window
        program.aboutToQuit.connect(self.forget_passcode)

    @property
    def link(self) -> OnlineLink | None:
        return self._display.canvas.link()

    def show_meeting(self, meeting: Meeting | None, *, may_join: bool) -> None:
        """Follow what is asked for, and what the log says of this room's call."""
        if not self._has_seen and meeting is not None and self._context.calling is not None:
            # A program that was started again in a call knows the way back and in again.
            self._has_seen, self.calling.link = True, self._context.calling.is_in(meeting.id)
        self.calling.note(meeting)
        self.calling.follow(meeting, may_join=may_join)
        key = (self._context.me, self.calling.link)
        call = meeting.calls.get(key) if meeting is not None else None
        is_in = call is not None and call.is_in
        if self._was_in and not is_in and self.calling.link:
            self.calling.end()
        self._was_in = is_in

    def touch(self) -> None:
        """Somebody at the display touched the online scene's button."""
        self._is_asked_here = True
        self.join()

    def press(self) -> None:
        """The panel's button: into the call; choices where there is something to choose."""
        panel, meeting = self._display.panel, self._display.meeting
        self._is_asked_here = True
        links = [link for link in links_of(meeting) if link.url]
        if panel.choices.kind == "join":
            panel.close_choices()
        elif self.calling.link:
            panel.offer("join", self._choices_in_call())
        elif len(links) > 1:
            panel.offer("join", [(one.title or one.url, partial(self.join, one)) for one in links])
        else:
            self.join()

    def _choices_in_call(self) -> list[Choice]:
        """What can be done while a call goes on: back, in again, and what is typed there."""
        rows: list[Choice] = [
            (tr("Back to the meeting"), self.calling.come_back),
            (tr("Into the call again"), self.join),
            (tr("Open the call anew"), self._open_anew),
        ]
        link = self.link
        if link is not None and link.meeting_number:
            rows.append((tr("Copy the meeting ID"), self.copy_number))
        if link is not None and link.secret is not None:
            rows.append((tr("Copy the passcode"), self.copy_passcode))
        return rows

    def _open_anew(self) -> None:
        """Its program was closed, or never came up."""
        self.calling.link = ""
        self.join()

    def join(self, link: OnlineLink | None = None) -> None:
        """One touch: into the call, or back into the one that goes on."""
        link, meeting = link or self.link, self._display.meeting
        if link is None or not link.url or meeting is None or not self._display.is_unlocked:
            return
        leading, bridge = self._context.leading, self._context.bridge
        if self.calling.link != link.link:
            entering = leading.enter_call(meeting.id, link.link)
            bridge.when_done(entering, None, self._display.complain)
            return
        if meeting.scene.scene != "online":
            shown = leading.show_scene(meeting.id, "online", link.link)
            bridge.when_done(shown, None, self._display.complain)
        self._display.close_panel()
        self.calling.step_aside(link)

    def enter(self, *, confirmed: bool) -> None:
        """Open it: the window makes room first, so that it is not in the call's way."""
        link, meeting, calling = self.link, self._display.meeting, self._context.calling
        if link is None or meeting is None or calling is None:
            return

        is_here, self._is_asked_here = self._is_asked_here, False
        if self.calling.link == link.link and not self.calling.is_aside:
            self.calling.step_aside(link)  # it goes on; asked for while it has the screen: anew
            return

        def known(ways: Ways) -> None:
            if not isValid(self):
                return
            if ways.warnings and not confirmed:
                self._warn(meeting.id, link, ways.warnings, is_here=is_here)
            else:
                self._open(meeting.id, link, confirmed=confirmed)

        self._context.bridge.when_done(calling.ways(link), known, self._display.complain)

    def _warn(
        self, meeting: str, link: OnlineLink, warnings: tuple[str, ...], *, is_here: bool
    ) -> None:
        """Whoever asked for it here sees why it is not opened, and may confirm it; others hear of
        it on their laptops.
        """
        display = self._display
        if not is_here:
            display.faults.moment("display.call_unsafe")
            return
        display.open_panel()
        display.panel.say(f"{warning_words(warnings)}\n{link.url}")

        def confirm() -> None:
            entering = self._context.leading.enter_call(meeting, link.link, confirmed=True)
            self._context.bridge.when_done(entering, None, display.complain)

        rows: list[Choice] = [
            (tr("Do not open it"), lambda: display.panel.say("")),
            (tr("Open it all the same"), confirm),
        ]
        display.panel.offer("warned", rows)

    def _open(self, meeting: str, link: OnlineLink, *, confirmed: bool) -> None:
        calling, bridge = self._context.calling, self._context.bridge
        assert calling is not None  # noqa: S101 - asked before
        if self._display.panel.isVisible():
            self._display.close_panel()
        self.calling.step_aside(link)
        if len(QGuiApplication.screens()) > 1:
            # Windows open where the pointer is: on the room's screen, not on a laptop's.
            QCursor.setPos(self._display.screen().geometry().center())
        opened = calling.open(meeting, link.link, confirmed=confirmed)
        bridge.when_done(opened, lambda _way: self._on_opened(link), self._on_failed)

    def _on_opened(self, link: OnlineLink) -> None:
        """What is there to be typed may be copied; a hub that is away is no news here."""
        if isValid(self) and self._context.calling is not None and link.secret is not None:
            asked = self._context.calling.passcode(link)
            self._context.bridge.when_done(asked, self._offer_passcode, lambda _error: None)

    def _offer_passcode(self, passcode: str) -> None:
        if isValid(self) and passcode and self.calling.bar is not None:
            self.calling.bar.passcode.show()

    def _on_failed(self, error: MeetingError) -> None:
        if not isValid(self):
            return
        self.calling.retake()
        self.calling.link = ""
        self._display.complain(error)

    # --- while it goes on -------------------------------------------------------------------

    def on_surfaced(self) -> None:
        """Somebody came to the room's window: where to from here."""
        if self._display.is_unlocked:
            self._display.open_panel()
            self._display.panel.offer("join", self._choices_in_call())

    def on_papers(self) -> None:
        """The room again with its agenda and papers; the call goes on."""
        self.calling.retake()
        self._display.open_panel()

    def on_returned(self, link: str, before: SceneShown | None) -> None:
        """Out of the call: what the room saw before it, page and all."""
        self.forget_passcode()
        display, calling = self._display, self._context.calling
        meeting = display.meeting
        if meeting is None:
            return
        if calling is not None:
            self._context.bridge.when_done(calling.leave(meeting.id, link), None, display.complain)
        self.show_again(before)

    def show_again(self, before: SceneShown | None) -> None:
        """What the room saw before the online scene, page and all."""
        display = self._display
        is_away = display.meeting and display.meeting.scene.scene in ("online", "black")
        if before is not None and display.is_unlocked and is_away:
            display.turning.show_scene_again(before)

    # --- what is typed at the service's door ------------------------------------------------

    def copy_number(self) -> None:
        """The meeting's ID to the clipboard."""
        if self.link is not None and self.link.meeting_number:
            QGuiApplication.clipboard().setText(self.link.meeting_number)
            self._say_copied("number")

    def copy_passcode(self) -> None:
        """The passcode to the clipboard, for a while."""
        if self.link is not None and self._context.calling is not None:
            asked = self._context.calling.passcode(self.link)
            self._context.bridge.when_done(asked, self._put_passcode, self._display.complain)

    def _put_passcode(self, passcode: str) -> None:
        if not passcode:
            return
        data = QMimeData()
        data.setText(passcode)
        for name, value in SECRET_MARKS.items():
            data.setData(name, value)
        QGuiApplication.clipboard().setMimeData(data)
        self._copied = passcode
        self._forget.start()
        self._say_copied("passcode")

    def forget_passcode(self) -> None:
        """Take it off the clipboard, if it is still there."""
        clipboard = QGuiApplication.clipboard()
        if self._copied and clipboard.text() == self._copied:
            clipboard.clear()
        self._copied = ""

    def _say_copied(self, which: str) -> None:
        bar = self.calling.bar
        if bar is None:
            self._display.panel.say(tr("Copied"))
            return
        button: TouchButton = getattr(bar, which)
        before = tr("Meeting ID", "to copy") if which == "number" else tr("Passcode", "to copy")
        button.set_words(tr("Copied"))
        QTimer.singleShot(COPIED_MS, button, lambda: button.set_words(before))
