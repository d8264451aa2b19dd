"""The chair's summons at another place of the desk, where the papers are not in sight."""

from collections.abc import Callable

from meetingroom.domain.stage import Stage
from meetingroom.services.news import StageHeard
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import InfoBar
from meetingroom.wording import tr


class SummonsBar(InfoBar):
    """Asks once for each summons; `look` goes to the papers, `is_reading` tells whether one is
    there already (the reading room asks by itself then)."""

    def __init__(
        self, context: DeskContext, look: Callable[[str], None], is_reading: Callable[[], bool]
    ) -> None:
        super().__init__()
        self._context, self._look, self._is_reading = context, look, is_reading
        self._stage = Stage(meeting="")
        context.bridge.stage_heard.connect(self.on_stage_heard)
        self.action_requested.connect(self._on_answer)

    def on_stage_heard(self, what: StageHeard) -> None:
        """A fresh summons is asked; where the chair went on, the old page is asked for no more."""
        stage = what.stage
        meeting = self._context.desk.meeting(stage.meeting)
        is_fresh = stage.summons == stage.revision and stage.revision > 0
        if meeting is None or self._is_reading() or stage.paper not in meeting.papers:
            self.withdraw()
        elif is_fresh and not self._context.leading.may_lead(stage.meeting):
            self._stage = stage
            paper = meeting.papers[stage.paper]
            number = meeting.number_of(paper.paper)
            where = tr("{0} {1}, page {2}").format(number, paper.title, stage.page + 1)
            title = tr("The chair asks everybody to look at this page")
            actions = ((tr("Look"), "look"), (tr("Later"), "later"))
            self.tell("attention", title, where, actions, icon="users")

    def _on_answer(self, key: str) -> None:
        self.withdraw()
        if key == "look":
            self._look(self._stage.meeting)
