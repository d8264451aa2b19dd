"""The quiet marks at the bottom of the secretary's desk: what is kept, whether the hub is there."""

from PySide6.QtCore import QObject

from meetingroom.services.news import LinkNews, OutboxChanged
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import StatusLine
from meetingroom.wording import tr


class HubState(QObject):
    """Keeps two segments of a status line true."""

    def __init__(self, context: DeskContext, status: StatusLine) -> None:
        super().__init__(status)
        self._status = status
        context.bridge.link_changed.connect(self.on_link_changed)
        context.bridge.outbox_changed.connect(self.on_outbox_changed)
        self.on_outbox_changed(OutboxChanged(waiting=context.desk.waiting()))
        self.on_link_changed(LinkNews(change=context.desk.link_state))

    def on_link_changed(self, what: LinkNews) -> None:
        """Whether the hub answers."""
        if what.change.state == "online":
            self._status.set_segment("hub", "wifi", tr("Hub: connected"))
        else:
            self._status.set_segment("hub", "wifi-off", tr("Hub: connecting"), "attention")

    def on_outbox_changed(self, what: OutboxChanged) -> None:
        """What the hub does not have yet."""
        words = tr("Kept on this computer")
        if what.waiting:
            words = tr("Kept on this computer, {0} waiting to be sent").format(what.waiting)
        self._status.set_segment("kept", "check", words)
