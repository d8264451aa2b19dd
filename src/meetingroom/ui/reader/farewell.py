"""What somebody may not read any more leaves the screen: its pages, its words, its name."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.meeting import Meeting
from meetingroom.sentences import sentence
from meetingroom.services.news import MeetingGone, PaperGone
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.roll import Roll
from meetingroom.ui.reader.marks_panel.wish import Here
from meetingroom.ui.reader.pack import Place

if TYPE_CHECKING:
    from meetingroom.ui.reader.reading_room import ReadingRoom

NOTHING = Meeting(id="")


class Farewell(QObject):
    """Tidies the reading room; pictures and notes in files go by themselves."""

    def __init__(self, context: DeskContext, room: "ReadingRoom") -> None:
        super().__init__(room)
        self._context, self._room = context, room
        context.bridge.paper_gone.connect(self.on_paper_gone)
        context.bridge.meeting_gone.connect(self.on_meeting_gone)

    def on_paper_gone(self, what: PaperGone) -> None:
        """One paper: the others stay, and where it was open, the first of them is."""
        room, meeting = self._room, self._room.meeting
        room.seeking.forget(what.blob)
        for view in room.panes.views:
            view.word_choice.forget(what.blob)
        if self._is_open(what.blob, meeting):
            for view in room.panes.views:
                view.set_marks([])
            room.notes.show_meeting(None, Here())
            room.info.tell("attention", sentence("paper.gone"))
        if meeting is not None:
            room.show_papers(meeting)
            self._go_on(meeting)

    def _is_open(self, blob: str, meeting: Meeting | None) -> bool:
        """Whether a pane shows the file, or did until the pack was laid out without it."""
        panes = self._room.panes.panes
        places = [pane.place for pane in panes if pane.place is not None]
        names = meeting.papers if meeting is not None else {}
        is_shown = blob in {pane.view.blob for pane in panes}
        return is_shown or any(place.paper not in names for place in places)

    def _go_on(self, meeting: Meeting) -> None:
        room, papers = self._room, meeting.in_reading_order()
        lost = [
            pane
            for pane in room.panes.panes
            if pane.place is not None and pane.place.paper not in meeting.papers
        ]
        if not lost:
            return
        room.comparing.end()
        room.carried.stop()
        for pane in lost:
            if pane in room.panes.panes:
                room.panes.close_pane(pane)
        if room.paper() is None and papers:
            page = room.places.pages.get(papers[0].paper, 0)
            room.go(Place(paper=papers[0].paper, page=page))
        elif not papers:
            self._empty()

    def on_meeting_gone(self, what: MeetingGone) -> None:
        """The whole meeting: back to the calendar, and the room is empty."""
        room = self._room
        if not room.is_whole or what.meeting != room.meeting_id:
            return
        self._empty()
        if room.isVisible():
            self._context.bridge.problem_arose.emit(MeetingError("meeting.gone"))
            room.home_requested.emit()

    def _empty(self) -> None:
        room = self._room
        room.comparing.end()
        room.carried.stop()
        room.seeking.leave()
        room.panes.keep_only_one()
        room.panes.active.place = None
        room.view.set_marks([])
        room.view.show_roll(Roll([]))
        room.notes.show_meeting(None, Here())
        room.carried_bar.hide()
        room.carried_panel.hide()
        room.info.withdraw()
        room.contents.show_outline("", None)
        room.contents.show_meeting(NOTHING, "")
        room.thumbnails.show_meeting(NOTHING)
        room.title.setText("")
        room.panes.active.head.show_place("", 0, 0, [])
        room.reading.show_place(0, 0, ("", "", ""))
