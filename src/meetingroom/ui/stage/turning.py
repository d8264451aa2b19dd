"""Turning the room's pages: one wish at a time, absolute, so two fast clicks never turn twice."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.facts import SceneShown
from meetingroom.domain.geometry import Rect, Size
from meetingroom.ui.context import DeskContext
from meetingroom.ui.stage.canvas import StageCanvas
from meetingroom.ui.stage.steps import first_view, last_view, view_after, view_before
from meetingroom.ui.stage.zooming import zoomed

QUIET = ("stage.stale", "link.slow")


class Turning(QObject):
    """Page turns of a canvas's meeting. `complain` is told known errors worth a sentence."""

    def __init__(
        self,
        context: DeskContext,
        canvas: StageCanvas,
        complain: Callable[[MeetingError], None],
    ) -> None:
        super().__init__(canvas)
        self._context = context
        self._canvas = canvas
        self._complain = complain
        self._is_turning = False
        self._wish: tuple[int, Rect | None] | None = None  # the newest of a glide, not sent yet
        self._owed = 0  # a press that came before the paper was open: 1 on, -1 back
        canvas.pages.shape_known.connect(self._on_shape)

    def _on_shape(self, _blob: str) -> None:
        owed, self._owed = self._owed, 0
        if owed:
            self.forward() if owed > 0 else self.back()

    def forward(self) -> None:
        """The next screenful, or the next page's top."""
        stage, paper = self._canvas.stage(), self._canvas.shown_paper()
        size = self._size(stage.page)
        if paper is None:
            return
        if size is None:
            self._owed = 1
            return
        view = view_after(size, stage.view or first_view(size))
        if view is not None:
            self.to(stage.page, view)
        elif stage.page + 1 < paper.current.pages:
            self.to(stage.page + 1)

    def back(self) -> None:
        """The screenful before, or the end of the page before."""
        stage = self._canvas.stage()
        size = self._size(stage.page)
        if size is None:
            self._owed = -1
            return
        view = view_before(size, stage.view or first_view(size))
        if view is not None:
            self.to(stage.page, view)
        elif stage.page > 0:
            before = self._size(stage.page - 1)
            self.to(stage.page - 1, last_view(before) if before else None)

    def _size(self, page: int) -> Size | None:
        """A page's size, also where nobody has turned since the hub started."""
        paper = self._canvas.shown_paper()
        blob = self._canvas.stage().blob or (paper.current.blob if paper is not None else "")
        return self._canvas.pages.size(blob, page)

    def page(self, delta: int) -> None:
        """Whole pages on or back."""
        self.to(self._canvas.stage().page + delta)

    def to(self, page: int, view: Rect | None = None, *, summons: bool = False) -> None:
        """A page (from 0), absolute; ignored while another turn is on its way."""
        paper = self._canvas.shown_paper()
        if self._is_turning or paper is None:
            return
        page = max(0, min(page, paper.current.pages - 1))
        self._is_turning = True
        self._context.bridge.when_done(
            self._context.leading.turn_to(self._canvas.meeting_id, page, view, summons=summons),
            lambda _stage: self._done(),
            self._failed,
        )

    def glide(self, page: int, view: Rect | None) -> None:
        """One step of a movement under way: steps may be left out, the last one never."""
        if self._is_turning:
            self._wish = (page, view)
        else:
            self.to(page, view)

    def zoom(self, factor: float) -> None:
        """Nearer or further from the middle of what is seen."""
        stage = self._canvas.stage()
        size = self._size(stage.page)
        if size is not None:
            self.glide(stage.page, zoomed(size, stage.view, factor))

    def show_paper(self, paper: str, page: int = 0) -> None:
        """Put a paper on the display."""
        self._context.bridge.when_done(
            self._context.leading.show_paper(self._canvas.meeting_id, paper, page),
            None,
            self._failed,
        )

    def leave_black(self) -> None:
        """Back to the scene the room saw before it went dark."""
        self.show_scene_again(self._canvas.scene_before_black())

    def show_scene_again(self, before: SceneShown) -> None:
        """The very scene from before; a paper at the page and part it had."""
        meeting, leading = self._canvas.meeting_id, self._context.leading
        if before.scene == "paper" and before.paper:
            stage = self._canvas.stage()
            page = stage.page if stage.paper == before.paper else 0
            view = stage.view if stage.paper == before.paper else None
            shown = leading.show_paper(meeting, before.paper, page, view)
            self._context.bridge.when_done(shown, None, self._failed)
        else:
            said = leading.show_again(meeting, before)
            self._context.bridge.when_done(said, None, self._failed)

    def _done(self) -> None:
        self._is_turning = False
        wish, self._wish = self._wish, None
        if wish is not None:
            self.to(*wish)

    def _failed(self, error: MeetingError) -> None:
        self._is_turning = False
        self._wish = None
        if error.code not in QUIET:
            self._complain(error)
