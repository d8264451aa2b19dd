"""The measured delay: how soon the newest page turn was painted on the screens that follow."""

from PySide6.QtCore import QTimer

from meetingroom.services.following import TurnDelay
from meetingroom.services.news import StageHeard
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Label
from meetingroom.wording import tr

SETTLED_MS = 800  # after a turn: by then whoever follows has painted


class DelayLine(Label):
    """Quiet words; none until something was measured."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__("", "caption", "ink_soft", wraps=True)
        self._context, self._meeting = context, ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLED_MS)
        self._soon.timeout.connect(self._ask)
        context.bridge.stage_heard.connect(self.on_stage_heard)

    def open_meeting(self, meeting: str) -> None:
        """Another meeting: nothing is known of it."""
        self._meeting = meeting
        self.setText("")

    def on_stage_heard(self, what: StageHeard) -> None:
        """Ask some time after a turn, where somebody looks."""
        if what.stage.meeting == self._meeting and self.isVisible():
            self._soon.start()

    def _ask(self) -> None:
        following = self._context.following
        if following is not None:
            self._context.bridge.when_done(
                following.delay(self._meeting), self._show, lambda _error: self.setText("")
            )

    def _show(self, delay: TurnDelay) -> None:
        took = tr("Measured: {0} ms").format(delay.median_ms)
        most = tr("slowest {0} ms, screens: {1}").format(delay.slowest_ms, delay.screens)
        self.setText(f"{took}\n{most}" if delay.screens else "")
        self.setToolTip(tr("From the page turn to the sharp page on every screen that follows"))
