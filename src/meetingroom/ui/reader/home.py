"""The reader's home: what runs now, what comes, what was."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from meetingroom.domain.bodies import body_name
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.calendar_dialog import CalendarDialog, file_kinds, with_ending
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    Card,
    Chip,
    ElidedLabel,
    EmptyPlace,
    HairLine,
    IconButton,
    IconLabel,
    Label,
    LiveChip,
)
from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.ui.freshness import WhenSeen
from meetingroom.ui.stage.moments import local, now, time_words, weekday
from meetingroom.wording import tr

if TYPE_CHECKING:
    from meetingroom.services.calendars import Calendars


class ReaderHome(QScrollArea):
    """Meetings of this person; `meeting_requested` opens one."""

    meeting_requested = Signal(str)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._here: set[str] = set()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll_by_touch(self)
        self._fresh = WhenSeen(self, self.refresh)
        bridge = context.bridge
        for signal in (bridge.meeting_changed, bridge.meeting_gone, bridge.paper_arrived):
            signal.connect(self._fresh.ask)
        self._list()
        self._fresh.ask()

    def refresh(self) -> None:
        """Ask which papers are here, then list anew."""
        desk = self._context.desk
        blobs = [p.current.blob for m in desk.meetings.values() for p in m.papers.values()]
        ask = desk.run(lambda: {blob for blob in blobs if desk.blobs.path(blob) is not None})
        self._context.bridge.when_done(ask, self._on_here)

    def _on_here(self, here: set[str]) -> None:
        if isValid(self):  # the window may be gone by now
            self._here = here
            self._list()

    def _list(self) -> None:
        meetings = [m for m in self._context.desk.meetings.values() if m.issued is not None]
        meetings.sort(key=lambda m: m.issued.starts_at if m.issued else "")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(32, 20, 32, 20)
        column.setSpacing(12)
        column.addLayout(self._top())
        if not meetings:
            advice = tr("Meetings you are invited to appear here by themselves.")
            column.addWidget(EmptyPlace("calendar", tr("No meeting yet"), advice), 1)
            self.setWidget(inner)
            return
        for meeting in (m for m in meetings if m.state == "open"):
            column.addWidget(self._running(meeting))
        coming = [m for m in meetings if m.state == "issued"]
        past = [m for m in meetings if m.state in ("closed", "cancelled")]
        for title, rows in ((tr("Coming meetings"), coming), (tr("Ended meetings"), past[::-1])):
            if rows:
                column.addWidget(Label(title, "section"))
                column.addWidget(self._rows(rows))
        column.addStretch(1)
        self.setWidget(inner)

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.addWidget(Label(tr("Meeting calendar"), "page_title"), 1)
        calendars = self._context.calendars
        if calendars is not None:
            button = Button(tr("Save to my calendar…"), "outlined", "calendar", extent="small")
            button.clicked.connect(lambda _on=False: self.open_calendar(calendars))
            top.addWidget(button)
        return top

    def open_calendar(self, calendars: "Calendars") -> CalendarDialog:
        """The own meetings in other calendars."""
        dialog = CalendarDialog(self._context, calendars, self)
        dialog.open()
        return dialog

    def _running(self, meeting: Meeting) -> Card:
        card = Card()
        card.set_chosen("true")
        issued = meeting.issued
        row = QHBoxLayout()
        words = QVBoxLayout()
        top = QHBoxLayout()
        top.addWidget(LiveChip())
        if self._questions(meeting):
            top.addWidget(Chip(self._questions(meeting), "attention"))
        top.addStretch(1)
        words.addLayout(top)
        words.addWidget(Label(issued.title if issued else "", "hero", wraps=True))
        words.addWidget(Label(self._when(meeting), "body", "ink_soft", wraps=True))
        words.addWidget(self._delivery(meeting))
        row.addLayout(words, 1)
        read = Button(tr("Read"), "primary", extent="large")
        read.clicked.connect(lambda _checked=False, key=meeting.id: self._request(key))
        row.addWidget(read)
        card.body.addLayout(row)
        return card

    def _rows(self, meetings: list[Meeting]) -> Card:
        card = Card(padding=0)
        for place, meeting in enumerate(meetings):
            if place:
                card.body.addWidget(HairLine())
            card.body.addWidget(self._row(meeting))
        return card

    def _row(self, meeting: Meeting) -> QWidget:
        issued = meeting.issued
        starts = local(issued.starts_at if issued else "")
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(20, 10, 16, 10)
        row.setSpacing(16)
        day = QVBoxLayout()
        day.addWidget(Label(f"{starts:%d/%m}", "title", tabular=True))
        day.addWidget(Label(weekday(starts), "caption", "ink_soft"))
        row.addLayout(day)
        words = QVBoxLayout()
        words.addWidget(ElidedLabel(issued.title if issued else "", "strong"))
        words.addWidget(ElidedLabel(self._when(meeting), "caption", "ink_soft"))
        row.addLayout(words, 1)
        row.addWidget(self._delivery(meeting))
        if self._questions(meeting):
            row.addWidget(Chip(self._questions(meeting), "attention"))
        if self._context.calendars is not None and meeting.state == "issued":
            label = tr("Save this meeting to my calendar")
            save = IconButton("calendar", label)
            save.setAccessibleName(f"{label}: {issued.title if issued else ''}")
            save.clicked.connect(lambda _checked=False, key=meeting.id: self.on_save(key))
            row.addWidget(save)
        button = Button(tr("Open", "meeting"), "outlined", extent="small")
        button.setAccessibleName(f"{tr('Open', 'meeting')}: {issued.title if issued else ''}")
        button.clicked.connect(lambda _checked=False, key=meeting.id: self._request(key))
        row.addWidget(button)
        return line

    def on_save(self, meeting: str) -> None:
        """One meeting as a calendar file."""
        known, calendars = self._context.desk.meeting(meeting), self._context.calendars
        title = known.issued.title if known and known.issued else ""
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save this meeting to my calendar"), f"{title[:60]}.ics", file_kinds()
        )
        if chosen and calendars is not None:
            self._context.bridge.when_done(calendars.save(with_ending(chosen, ".ics"), meeting))

    def _when(self, meeting: Meeting) -> str:
        issued = meeting.issued
        if issued is None:
            return ""
        starts = local(issued.starts_at)
        is_today = starts.date() == now().date()
        day = tr("today") if is_today else f"{starts:%d/%m/%Y}"
        chair = self._context.desk.directory.name_of(issued.chair)
        directory = self._context.desk.directory
        body = body_name(directory, issued.body) if issued.body in directory.bodies else ""
        parts = (f"{time_words(starts)}, {day}", issued.place, tr("Chair: {0}").format(chair), body)
        return "   ".join(part for part in parts if part)

    def _questions(self, meeting: Meeting) -> str:
        """How many questions in writing this person has not answered."""
        me = self._context.me
        count = sum(me not in row.answers for row in meeting.opinions.asked_of(me))
        if not count or meeting.state not in ("issued", "open"):
            return ""
        one, many = tr("One question to answer"), tr("{0} questions to answer")
        return one if count == 1 else many.format(count)

    def _delivery(self, meeting: Meeting) -> QWidget:
        papers = list(meeting.papers.values())
        here = sum(paper.current.blob in self._here for paper in papers)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        if not papers:
            icon, role, words = "clock", "ink_soft", tr("No papers yet")
        elif here == len(papers):
            icon, role, words = "check", "good", tr("All {0} papers are here").format(len(papers))
        else:
            icon, role = "download", "accent"
            words = tr("Receiving {0} of {1} papers").format(here, len(papers))
        row.addWidget(IconLabel(icon, role, 18))
        row.addWidget(Label(words, "body", role, weight=500))
        row.addStretch(1)
        return line

    def _request(self, meeting: str) -> None:
        self.meeting_requested.emit(meeting)
