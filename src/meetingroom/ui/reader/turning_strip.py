"""For the presenter whom the chair lets turn the room's pages: what the room sees, on and back."""

from concurrent.futures import Future
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.rights import is_turner
from meetingroom.sentences import sentence_of
from meetingroom.services.news import StageHeard
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, ElidedLabel, Label, Panel
from meetingroom.ui.stage.canvas import StageCanvas
from meetingroom.ui.stage.turning import Turning
from meetingroom.wording import tr

HEIGHT = 40


class TurningStrip(Panel):
    """Shown while the page-turning is with this person; a presenter's clicker works, too."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__("field")
        self._context, self._meeting = context, ""
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(8)
        self.live = StageCanvas(context, parent=self)
        self.live.setFixedSize(HEIGHT * 16 // 9, HEIGHT)
        self.turning = Turning(context, self.live, self.complain)
        self.words = ElidedLabel("", "strong")
        self.page = Label("", "body", tabular=True)
        self.back = Button(
            tr("Previous page"),
            "outlined",
            "chevron-left",
            extent="small",
            shortcut="PgUp",
            at_once=True,
        )
        self.forward = Button(
            tr("Next page"), "primary", "chevron-right", extent="small", icon_after=True,
            shortcut="PgDown", at_once=True,
        )  # fmt: skip
        self.give_back = Button(tr("Give it back"), "outlined", extent="small")
        row.addWidget(self.live)
        row.addWidget(self.words, 1)
        for widget in (self.page, self.back, self.forward, self.give_back):
            row.addWidget(widget)
        self.back.clicked.connect(self.turning.back)
        self.forward.clicked.connect(self.turning.forward)
        self.give_back.clicked.connect(
            lambda: self._do(context.leading.give_turning(self._meeting, ""))
        )
        context.bridge.stage_heard.connect(self.on_stage_heard)
        self.hide()

    def show_meeting(self, meeting: Meeting) -> None:
        """Whether it is mine, and which page the room sees."""
        is_mine = meeting.state == "open" and is_turner(self._context.me, meeting)
        self._meeting = meeting.id
        if is_mine and self.live.meeting_id != meeting.id:
            self.live.show_meeting(meeting.id)
        is_paper = meeting.scene.scene == "paper"
        self.words.setText(
            tr("You turn the pages on the large display")
            if is_paper
            else tr("You turn the pages as soon as the chair shows the paper")
        )
        for button in (self.back, self.forward):
            button.setEnabled(is_paper)
        self._show_page()
        self.setVisible(is_mine)

    def on_stage_heard(self, what: StageHeard) -> None:
        if what.stage.meeting == self._meeting:
            self._show_page()

    def _show_page(self) -> None:
        paper = self.live.shown_paper()
        at = self.live.stage().page + 1
        self.page.setText(f"{at} / {paper.current.pages}" if paper is not None else "")

    def _do(self, future: "Future[Any]") -> None:
        self._context.bridge.when_done(future, None, self.complain)

    def complain(self, error: MeetingError) -> None:
        """Say a known error in the strip."""
        self.words.setText(sentence_of(error))
