"""What is chosen in the bars holds for every page view, also for one that is opened later."""

from PySide6.QtCore import QObject

from meetingroom.settings import Settings
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.page_view import PageView
from meetingroom.ui.page.tools import Tool
from meetingroom.ui.reader.mark_bar import MarkBar
from meetingroom.ui.reader.panes import Pane, Panes
from meetingroom.ui.reader.view_menu import ViewMenu


class MarkingTools(QObject):
    """Fingers that draw, and room beside the pages, are remembered on this computer."""

    def __init__(self, context: DeskContext, bar: MarkBar, panes: Panes, menu: ViewMenu) -> None:
        super().__init__(panes)
        self._context, self._bar, self._panes, self._menu = context, bar, panes, menu
        self._is_declined = False
        bar.tool_changed.connect(self.on_tool)
        bar.colour_changed.connect(lambda colour: self._on_colour("colour", colour))
        bar.line_colour_changed.connect(lambda colour: self._on_colour("line_colour", colour))
        bar.width_changed.connect(lambda width: self._for_views("pen_width", width))
        bar.stamp_changed.connect(lambda words: self._for_views("stamp_words", words))
        bar.audience_changed.connect(lambda who: self._for_views("audience", who))
        bar.finger_toggled.connect(self.on_finger)
        menu.room.toggled.connect(self.on_room)
        panes.pane_made.connect(self.dress)
        menu.room.triggered.connect(self._on_wish)
        panes.active.view.marks_beside.connect(self.on_marks_beside)
        if context.preferences is not None:
            context.bridge.when_done(context.preferences.read(), self._show)

    def _show(self, settings: Settings) -> None:
        """As it was when the program was last closed."""
        self._bar.finger.setChecked(settings.draw_with_finger)
        self._menu.room.setChecked(settings.room_beside_pages)

    def dress(self, pane: Pane) -> None:
        """Let a new view be like the others."""
        view, like = pane.view, self._panes.views[0]
        for name in ("colour", "line_colour", "pen_width", "stamp_words", "audience"):
            setattr(view, name, getattr(like, name))
        view.set_tool(self._bar.tool)
        view.marks_beside.connect(self.on_marks_beside)
        self._give(view)

    def _give(self, view: PageView) -> None:
        view.hands.draws_with_finger = self._bar.finger.isChecked()
        view.set_room(has_room=self._menu.room.isChecked())

    def on_tool(self, tool: Tool) -> None:
        """Work on the page with this tool: keys go there, too."""
        for view in self._panes.views:
            view.set_tool(tool)
        self._panes.active.view.setFocus()

    def _on_colour(self, name: str, colour: str) -> None:
        """Taken marks get it at once, otherwise the next ones will."""
        view = self._panes.active.view
        if view.picks.is_any:
            view.picks.recolour(colour)
        self._for_views(name, colour)

    def _for_views(self, name: str, value: object) -> None:
        for view in self._panes.views:
            setattr(view, name, value)

    def on_finger(self, is_on: bool) -> None:
        self._keep("draw_with_finger", is_on)

    def on_marks_beside(self) -> None:
        """Marks lie beside the pages: make room, unless somebody just took it away."""
        if not self._is_declined:
            self._menu.room.setChecked(True)

    def _on_wish(self, is_on: bool) -> None:
        self._is_declined = not is_on

    def on_room(self, is_on: bool) -> None:
        self._keep("room_beside_pages", is_on)

    def _keep(self, name: str, value: object) -> None:
        for view in self._panes.views:
            self._give(view)
        if self._context.preferences is not None:
            self._context.bridge.when_done(self._context.preferences.keep({name: value}))
