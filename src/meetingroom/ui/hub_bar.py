"""The quiet bar about the hub: it is not seen and can be moved, or was restored and waits."""

from PySide6.QtCore import QTimer

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.ids import is_room
from meetingroom.sentences import sentence_of
from meetingroom.services.hub_watch import HubWatch
from meetingroom.services.news import HubNews, LinkNews
from meetingroom.services.taking_over import TakingOver, Target
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import InfoBar
from meetingroom.wording import tr

GO_ON, TO = "go_on", "to:"
AWAY_MS = 5000  # a hub that is only started again needs nobody
SHOWN = 2  # buttons


class HubBar(InfoBar):
    """Shows itself while the hub needs somebody; of a lost hub only to who may move it."""

    def __init__(
        self,
        context: DeskContext,
        watch: HubWatch,
        taking_over: TakingOver | None = None,
        away_ms: int = AWAY_MS,
    ) -> None:
        super().__init__()
        self._context, self._watch, self._taking_over = context, watch, taking_over
        self._targets: list[Target] = []
        self._is_moving, self._is_told, self._moved_to = False, False, ""
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(away_ms)
        self._away.timeout.connect(self._ask_where)
        self.action_requested.connect(self._on_action)
        context.bridge.hub_changed.connect(lambda _what: self.show_condition())
        context.bridge.link_changed.connect(self.on_link_changed)
        self.on_link_changed(LinkNews(change=context.desk.link_state))
        self.show_condition()

    # --- a restored hub -------------------------------------------------------------------

    def show_condition(self) -> None:
        """What the hub said last."""
        condition = self._watch.condition
        if not condition.restoring:
            if not self._is_told and not self._is_moving:
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

    # --- a lost hub -----------------------------------------------------------------------

    def on_link_changed(self, what: LinkNews) -> None:
        if what.change.state != "online":
            if not self._away.isActive() and not self._is_told:
                self._away.start()
            return
        self._away.stop()
        if self._is_told:
            self._is_told = False
            self._say_offered(False)
            self.withdraw()
        if self._moved_to:
            title = tr("The hub is at {0} now. Everybody connects by themselves.")
            self.tell("good", title.format(self._moved_to))
            self._moved_to = ""

    def _ask_where(self) -> None:
        if self._taking_over is not None and self._taking_over.may:
            self._context.bridge.when_done(self._taking_over.targets(), self._offer)

    def _offer(self, targets: list[Target], problem: str = "") -> None:
        """The computers the hub can go to, each with a button."""
        if self._context.desk.link_state.state == "online" or self._is_moving:
            return
        self._targets, self._is_told = targets, bool(targets)
        self._say_offered(bool(targets))
        if not targets:
            self._away.start()  # it may come to be known, or this person to be one who may
            return
        is_running = any(row.is_running for row in self._context.desk.meetings.values())
        title = tr("The hub is not seen")
        if is_running:
            title = tr("The hub is not seen; the display carries on with the meeting")
        advice = problem or tr(
            "If its computer does not come back, move the hub. An open secret vote is held again."
        )
        shown = targets[:SHOWN]
        actions = tuple((self._words(row), f"{TO}{row.device}") for row in shown)
        self.tell("attention", title, advice, actions, "unplug")

    def _say_offered(self, is_so: bool) -> None:
        if self._taking_over is not None and self._taking_over.is_offered is not is_so:
            self._taking_over.is_offered = is_so
            self._context.bridge.publish(HubNews())

    def _words(self, target: Target) -> str:
        if target.is_here:
            return tr("Move it to this computer")
        rooms = [row for row in self._targets if is_room(row.principal)]
        if rooms == [target]:
            return tr("Move it to the display")
        return tr("Move it to “{0}”").format(self._name(target))

    def _name(self, target: Target) -> str:
        if target.is_here:
            return tr("this computer")
        return self._context.desk.directory.name_of(target.principal)

    def _on_action(self, key: str) -> None:
        if key == GO_ON:
            self._context.bridge.when_done(self._watch.go_on())
        elif key.startswith(TO) and self._taking_over is not None and not self._is_moving:
            target = next(row for row in self._targets if row.device == key.removeprefix(TO))
            self._press(target)

    def _press(self, target: Target) -> None:
        assert self._taking_over is not None  # noqa: S101
        self._is_moving = True
        words = tr("The hub is being moved to {0} …").format(self._name(target))
        self.tell("attention", words, icon="refresh-cw")
        future = self._taking_over.take_over(target.device)
        self._context.bridge.when_done(future, lambda _at: self._moved(target), self._not_moved)

    def _moved(self, target: Target) -> None:
        self._is_moving, self._moved_to = False, self._name(target)
        if self._context.desk.link_state.state == "online":
            self.on_link_changed(LinkNews(change=self._context.desk.link_state))

    def _not_moved(self, error: MeetingError) -> None:
        self._is_moving = False
        self._offer(self._targets, sentence_of(error))
