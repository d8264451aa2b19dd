"""Politely after the chair: who follows turns with the room, who turns oneself is left alone."""

from PySide6.QtCore import QObject, Signal

from meetingroom.domain.meeting import Meeting
from meetingroom.services.news import StageHeard
from meetingroom.ui.context import DeskContext
from meetingroom.ui.reader.follow import FollowRibbon
from meetingroom.ui.reader.pack import Place
from meetingroom.wording import tr


class Follower(QObject):
    """Knows where the chair and this reader are; `place_wanted` asks the room to go there."""

    place_wanted = Signal(object)
    summoned = Signal()

    def __init__(self, context: DeskContext, ribbon: FollowRibbon) -> None:
        super().__init__(ribbon)
        self._context, self._ribbon = context, ribbon
        self._meeting = ""
        self._place: Place | None = None
        self._own: Place | None = None
        self._summons = 0
        ribbon.follow_requested.connect(self.follow)
        ribbon.return_requested.connect(self.go_back)
        context.bridge.stage_heard.connect(self.on_stage_heard)

    @property
    def is_following(self) -> bool:
        return self._ribbon.is_following

    def open_meeting(self, meeting: str) -> None:
        """Another meeting: nobody is followed there yet."""
        self._meeting, self._place, self._own = meeting, None, None
        self._summons = self._context.desk.stage(meeting).summons
        self._ribbon.set_following(False)

    def follow(self) -> None:
        """Turn with the room from now on; the own page is remembered."""
        self._own = self._place
        self._ribbon.set_following(True)
        self.catch_up()
        self.show()

    def go_back(self) -> None:
        """Stop, and return to the own page."""
        own, self._own = self._own, None
        self._ribbon.set_following(False)
        if own is not None:
            self.place_wanted.emit(own)
        self.show()

    def turned_oneself(self) -> None:
        """Turning a page oneself stops following."""
        self._ribbon.set_following(False)

    def catch_up(self) -> None:
        """Go to the chair's page, if the chair is followed."""
        stage = self._context.desk.stage(self._meeting)
        if self.is_following and stage.paper:
            self.place_wanted.emit(Place(paper=stage.paper, page=stage.page))

    def on_stage_heard(self, what: StageHeard) -> None:
        if what.stage.meeting != self._meeting:
            return
        if what.stage.summons > self._summons and not self.is_following:
            self.summoned.emit()
        self._summons = max(self._summons, what.stage.summons)
        self.catch_up()
        self.show()

    def now_at(self, place: Place) -> None:
        """Where this reader is."""
        self._place = place
        self.show()

    def show(self) -> None:
        """Say where both are; nothing before the chair shows a paper, or after the meeting."""
        meeting = self._context.desk.meeting(self._meeting)
        stage = self._context.desk.stage(self._meeting)
        paper = meeting.papers.get(stage.paper) if meeting else None
        if meeting is None or paper is None or meeting.state == "closed":
            self._ribbon.show_places("", "")
            return
        chair = _words(meeting, Place(paper=paper.paper, page=stage.page))
        self._ribbon.show_places(chair, _words(meeting, self._place) if self._place else "")


def _words(meeting: Meeting, place: Place) -> str:
    return f"{meeting.number_of(place.paper)}, {tr('page {0}').format(place.page + 1)}"
