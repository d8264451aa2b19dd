"""The state of the line to the hub: always in the status line, a bar after five seconds."""

from PySide6.QtCore import QObject, QTimer

from meetingroom.sentences import sentence
from meetingroom.services.news import LinkNews, OutboxChanged
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import InfoBar, StatusLine
from meetingroom.wording import tr

OFFLINE_MS, BACK_MS = 5000, 4000


class Connection(QObject):
    """Tells quietly whether the hub is there and what waits for it."""

    def __init__(self, context: DeskContext, status: StatusLine, info: InfoBar) -> None:
        super().__init__(status)
        self._context = context
        self._status = status
        self._info = info
        self._is_told = False
        self._offline = QTimer(self)
        self._offline.setSingleShot(True)
        self._offline.setInterval(OFFLINE_MS)
        self._offline.timeout.connect(self._tell_offline)
        context.bridge.link_changed.connect(self.on_link_changed)
        context.bridge.outbox_changed.connect(self.on_outbox_changed)
        context.bridge.hub_changed.connect(lambda _what: self._make_way())
        self.on_outbox_changed(OutboxChanged(waiting=context.desk.waiting()))
        self.on_link_changed(LinkNews(change=context.desk.link_state))

    def on_link_changed(self, what: LinkNews) -> None:
        if what.change.state == "online":
            self._offline.stop()
            self._status.set_segment("hub", "wifi", tr("Hub: connected"))
            if self._is_told:
                self._is_told = False
                self._info.tell("good", tr("The hub is back; every computer agrees again."))
                QTimer.singleShot(BACK_MS, self._info.withdraw)
            return
        self._status.set_segment("hub", "wifi-off", tr("Hub: connecting"), "attention")
        if not self._offline.isActive() and not self._is_told:
            self._offline.start()

    def on_outbox_changed(self, what: OutboxChanged) -> None:
        words = tr("Kept on this computer")
        if what.waiting:
            words = tr("Kept on this computer, {0} waiting to be sent").format(what.waiting)
        self._status.set_segment("kept", "laptop", words)

    @property
    def _is_offered(self) -> bool:
        taking_over = self._context.taking_over
        return taking_over is not None and taking_over.is_offered

    def _make_way(self) -> None:
        """The bar of the window says that the hub is away, and what can be done."""
        if self._is_told and self._is_offered:
            self._is_told = False
            self._info.withdraw()

    def _tell_offline(self) -> None:
        change = self._context.desk.link_state
        if change.state == "online" or self._is_offered:
            return
        self._is_told = True
        advice = tr("You can read and mark. What you write goes out by itself when it is back.")
        if change.problem in ("link.revoked", "link.wrong_hub"):
            advice = sentence(change.problem, dict(change.fields))
        self._info.tell("attention", tr("No connection to the hub"), advice, icon="unplug")
