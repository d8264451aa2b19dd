"""Politely after the chair: who follows sees what the room sees, who moves oneself is left alone.

Three levels: invited (the ribbon offers it), following, and summoned (the chair asks everybody
to look, and everybody answers for oneself). Nobody is ever held: one click leads back to the
very place one came from.
"""

from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.domain.stage import Stage
from meetingroom.services.news import StageHeard
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import InfoBar
from meetingroom.ui.page.company import Standpoint
from meetingroom.ui.reader.follow import FollowRibbon
from meetingroom.ui.reader.pack import Place
from meetingroom.ui.reader.panes import Pane, Panes
from meetingroom.ui.reader.places import Places
from meetingroom.ui.stage.painted import PaintedTurns
from meetingroom.ui.stage.steps import first_view
from meetingroom.ui.stage.zooming import is_near
from meetingroom.wording import tr

AGAIN_MS = 150  # after which it is tried again where a hand was on the page


class OwnPlace(NamedTuple):
    """Where one was before the chair led one away."""

    place: Place
    stood: Standpoint


class Follower(QObject):
    """Knows where the chair and this reader are; leads the pane in which one follows."""

    def __init__(
        self,
        context: DeskContext,
        ribbon: FollowRibbon,
        summons: InfoBar,
        panes: Panes,
        places: Places,
    ) -> None:
        super().__init__(ribbon)
        self._context, self._ribbon, self._bar = context, ribbon, summons
        self._panes, self._places = panes, places
        self._meeting = ""
        self._own: OwnPlace | None = None
        self._is_wanted = False
        self._pane: Pane | None = None
        self._summons: dict[str, int] = {}  # the newest answered or seen, by meeting
        self._painted = PaintedTurns(context, self, self._is_looked_at)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.catch_up)
        ribbon.follow_requested.connect(self.follow)
        ribbon.return_requested.connect(self.go_back)
        summons.action_requested.connect(self._on_answer)
        context.bridge.stage_heard.connect(self.on_stage_heard)
        panes.pages.shape_known.connect(self._on_shape)
        panes.pane_made.connect(self._watch)
        self._watch(panes.active)

    @property
    def is_following(self) -> bool:
        return self._ribbon.is_following

    @property
    def stage(self) -> Stage:
        """What the room sees."""
        return self._context.desk.stage(self._meeting)

    def open_meeting(self, meeting: str) -> None:
        """Another meeting: nobody is followed there yet."""
        self._meeting, self._own = meeting, None
        self._bar.withdraw()
        self._set_following(False)
        self._see_summons(self.stage)

    def _is_looked_at(self, stage: Stage) -> bool:
        return self.is_following and stage.meeting == self._meeting

    # --- levels -------------------------------------------------------------------------------

    def follow(self) -> None:
        """See what the room sees from now on; the own place is remembered."""
        pane = self._panes.active
        self._is_wanted = pane.place is None  # the papers are being opened: then
        if pane.place is None:
            return
        if self._own is None or not self._is_where_the_chair_led(pane):
            self._own = OwnPlace(pane.place, pane.view.lens.stand())
        self._pane = pane
        self._bar.withdraw()
        self._set_following(True)
        self.catch_up()
        self.show()

    def go_back(self) -> None:
        """Stop, and return to the own place, exactly."""
        own, self._own = self._own, None
        pane = self._followed()
        self._set_following(False)
        if own is not None:
            self._places.accompany(pane, own.place)
            pane.view.come_back(own.stood)
        self.show()

    def moved_oneself(self, pane: Pane | None = None) -> None:
        """Who turns, scrolls or zooms in the followed pane follows no longer."""
        if self.is_following and (pane or self._panes.active) is self._followed():
            self._set_following(False)
            self.show()

    def _set_following(self, following: bool) -> None:
        self._ribbon.set_following(following, has_own_place=self._own is not None)

    def _on_answer(self, key: str) -> None:
        self._bar.withdraw()
        if key == "look":
            self.follow()

    def _is_where_the_chair_led(self, pane: Pane) -> bool:
        """Whether one still stands on the page of the chair: that is no place of one's own."""
        stage, place = self.stage, pane.place
        return place is not None and (place.paper, place.page) == (stage.paper, stage.page)

    # --- going along --------------------------------------------------------------------------

    def catch_up(self) -> None:
        """See what the room sees, if the chair is followed; never under a hand at work."""
        stage, own, pane = self.stage, self._own, self._followed()
        paper = self._paper()
        if not self.is_following or own is None or paper is None:
            return
        view = pane.view
        is_there = (view.blob, view.page) == (stage.blob, stage.page)
        if is_there and view.pointer.is_busy:
            self._again.start()
            return
        if not is_there or pane.place is None:
            self._places.accompany(pane, self._place(stage, paper))
        size = view.pages.size(stage.blob, stage.page)
        if size is not None and view.blob == stage.blob:
            part = stage.view or first_view(size)
            view.accompany(part, own.stood, is_near=is_near(size, stage.view))

    def on_stage_heard(self, what: StageHeard) -> None:
        if what.stage.meeting != self._meeting:
            return
        self.catch_up()
        self.show()
        self._see_summons(what.stage)

    def _see_summons(self, stage: Stage) -> None:
        """Ask once for each summons; who comes later only while the chair is still there."""
        if not stage.revision:
            return
        known = self._summons.get(self._meeting)
        is_here = known is not None or stage.summons == stage.revision
        is_new = stage.summons > (known or 0) and is_here
        self._summons[self._meeting] = max(stage.summons, known or 0)
        is_asking = not self._bar.isHidden()  # the page it speaks of may be another one now
        if (is_new or is_asking) and not self.is_following:
            self._show_summons()

    def _on_shape(self, blob: str) -> None:
        """A page the chair is on can be measured now."""
        if self.is_following and blob in ("", self.stage.blob):
            self.catch_up()

    def _watch(self, pane: Pane) -> None:
        pane.view.moved_by_hand.connect(lambda: self.moved_oneself(pane))
        pane.view.painted.connect(lambda blob, page: self._on_painted(pane, blob, page))

    def _on_painted(self, pane: Pane, blob: str, page: int) -> None:
        if pane is self._followed():
            self._painted.tell(blob, page)

    def _followed(self) -> Pane:
        """The pane in which one follows; the active one where that was closed."""
        if self._pane is None or not isValid(self._pane) or self._pane not in self._panes.panes:
            self._pane = self._panes.active
        return self._pane

    def _paper(self) -> Paper | None:
        """The paper of the chair, if it is among the own ones."""
        meeting = self._context.desk.meeting(self._meeting)
        return meeting.papers.get(self.stage.paper) if meeting else None

    def _place(self, stage: Stage, paper: Paper) -> Place:
        is_old = stage.blob != paper.current.blob
        return Place(paper=stage.paper, page=stage.page, blob=stage.blob if is_old else "")

    # --- words --------------------------------------------------------------------------------

    def show(self) -> None:
        """Say where both are; nothing before the chair shows a paper, or after the meeting."""
        meeting = self._context.desk.meeting(self._meeting)
        stage, paper = self.stage, self._paper()
        if self._is_wanted and self._panes.active.place is not None:
            QTimer.singleShot(0, self, self.follow)
        if meeting is None or not stage.paper or meeting.state == "closed":
            self._ribbon.show_nothing()
            self._bar.withdraw()
        elif paper is None:
            self._ribbon.show_out_of_reach()
            self._bar.withdraw()
        else:
            chair, mine = Place(paper=paper.paper, page=stage.page), self._panes.active.place
            self._ribbon.show_places(*_words(meeting, chair, mine))

    def _show_summons(self) -> None:
        """The chair asks everybody to look."""
        meeting, paper = self._context.desk.meeting(self._meeting), self._paper()
        if meeting is None or paper is None:
            return
        title = tr("The chair asks everybody to look at this page")
        number, page = meeting.number_of(paper.paper), self.stage.page + 1
        where = tr("{0} {1}, page {2}").format(number, paper.title, page)
        actions = ((tr("Look"), "look"), (tr("Later"), "later"))
        self._bar.tell("attention", title, where, actions, icon="users")


def _words(meeting: Meeting, chair: Place, mine: Place | None) -> tuple[str, str]:
    """Both places; the paper's number only where they are not in the same one."""
    if mine is None:
        return _page(meeting, chair, is_short=False), ""
    is_short = chair.paper == mine.paper
    return _page(meeting, chair, is_short=is_short), _page(meeting, mine, is_short=is_short)


def _page(meeting: Meeting, place: Place, *, is_short: bool) -> str:
    page = tr("page {0}").format(place.page + 1)
    return page if is_short else f"{meeting.number_of(place.paper)}, {page}"
