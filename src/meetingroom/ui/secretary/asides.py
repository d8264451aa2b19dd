"""What a secretary looks at beside single meetings: the week, figures; made when first wanted."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from meetingroom.ui.context import DeskContext
from meetingroom.ui.secretary.figures_page import FiguresPage
from meetingroom.ui.secretary.meeting_list import MeetingList
from meetingroom.ui.secretary.week_page import WeekPage


class Asides(QObject):
    """Pages over the desk's `stack`, asked for in the list by their keys."""

    def __init__(
        self,
        context: DeskContext,
        stack: QStackedWidget,
        meetings: MeetingList,
        open_meeting: Callable[[str], None],
    ) -> None:
        super().__init__(stack)
        self._context, self._stack, self._list = context, stack, meetings
        self._open = open_meeting
        self._pages: dict[str, QWidget] = {}
        meetings.aside_requested.connect(self.show)

    def show(self, key: str) -> None:
        """Show a page."""
        page = self._pages.get(key) or self._make(key)
        if page is not None:
            self._stack.setCurrentWidget(page)

    def _make(self, key: str) -> QWidget | None:
        schedules, figures = self._context.schedules, self._context.figures
        page: WeekPage | FiguresPage
        if key == "week" and schedules is not None:
            page = WeekPage(self._context, schedules)
            page.meeting_requested.connect(self._open)
        elif key == "figures" and figures is not None:
            page = FiguresPage(self._context, figures)
        else:
            return None
        page.back_requested.connect(lambda: self._stack.setCurrentWidget(self._list))
        self._stack.addWidget(page)
        self._pages[key] = page
        return page
