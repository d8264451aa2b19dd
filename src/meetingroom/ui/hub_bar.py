"""The quiet bar about the hub: it was restored, what came back, and "go on"."""

from meetingroom.services.hub_watch import HubWatch
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import InfoBar
from meetingroom.wording import tr

GO_ON = "go_on"


class HubBar(InfoBar):
    """Shows itself while the hub needs somebody."""

    def __init__(self, context: DeskContext, watch: HubWatch) -> None:
        super().__init__()
        self._context, self._watch = context, watch
        self.action_requested.connect(self._on_action)
        context.bridge.hub_changed.connect(lambda _what: self.show_condition())
        self.show_condition()

    def show_condition(self) -> None:
        """What the hub said last."""
        condition = self._watch.condition
        if not condition.restoring:
            self.withdraw()
            return
        title = tr("The hub was restored from a backup and takes back what the computers have")
        counts = tr("{0} records came back; {1} of {2} computers have answered.").format(
            condition.came_back, condition.heard, condition.devices
        )
        may = self._watch.may_go_on
        advice = tr(
            "Go on when the computers that were in use since the backup are on. What people write "
            "meanwhile waits on their computers."
        )
        rest = tr("What you write waits on this computer until the secretary goes on.")
        actions = ((tr("Go on"), GO_ON),) if may else ()
        self.tell("attention", title, f"{counts} {advice if may else rest}", actions, "history")

    def _on_action(self, key: str) -> None:
        if key == GO_ON:
            self._context.bridge.when_done(self._watch.go_on())
