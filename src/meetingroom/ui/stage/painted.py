"""Telling who leads how soon a page turn was painted on a screen that follows."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from meetingroom.domain.stage import Stage
from meetingroom.services.news import StageHeard
from meetingroom.ui.context import DeskContext


class PaintedTurns(QObject):
    """Speaks once of each turn that was looked at when it came: who comes later delays nothing."""

    def __init__(
        self, context: DeskContext, parent: QObject, looks_at: Callable[[Stage], bool]
    ) -> None:
        super().__init__(parent)
        self._context, self._looks_at = context, looks_at
        self._due: Stage | None = None
        context.bridge.stage_heard.connect(self.on_stage_heard)

    def on_stage_heard(self, what: StageHeard) -> None:
        """A turn this screen is going to paint, or one of a screen that is elsewhere."""
        if self._looks_at(what.stage):
            self._due = what.stage

    def tell(self, blob: str, page: int) -> None:
        """A sharp page is to be seen."""
        due, following = self._due, self._context.following
        if due is None or (due.blob, due.page) != (blob, page):
            return
        self._due = None
        if following is not None:
            following.painted(due.meeting, due.revision)
