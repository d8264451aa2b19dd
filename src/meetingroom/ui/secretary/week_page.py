"""The office's week on the secretary's desk: day by day, and out as an official schedule."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.bodies import open_bodies
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.office_week import Day, DayPart, Engagement, Week
from meetingroom.domain.week_lines import PlannedMeeting
from meetingroom.sentences import sentence_of
from meetingroom.services.drafting import Draft
from meetingroom.services.schedules import Schedules, week_file_name
from meetingroom.ui.calendar_dialog import with_ending
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    Card,
    Chip,
    HairLine,
    IconButton,
    InfoBar,
    Label,
    ScrolledColumn,
    Segmented,
    empty,
    wrapping,
)
from meetingroom.ui.freshness import WhenSeen
from meetingroom.ui.secretary.usual_draft import usual_draft
from meetingroom.ui.secretary.week_import import WeekImport
from meetingroom.ui.stage import moments
from meetingroom.ui.stage.week_words import dates_words, inviter_words, part_words
from meetingroom.wording import tr

DAY_WIDE = 132


class WeekPage(QWidget):
    """`meeting_requested` opens one's steps, `back_requested` leads to the list."""

    meeting_requested = Signal(str)
    back_requested = Signal()

    def __init__(
        self, context: DeskContext, schedules: Schedules, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._schedules = context, schedules
        self.day = schedules.today()
        self.body = ""
        self._shown: object = None
        self.title = Label("", "page_title")
        self.info = InfoBar()
        self.rows = ScrolledColumn(tr("The week's meetings"), 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(self._top())
        column.addWidget(self._choices())
        column.addWidget(self.info)
        column.addWidget(self.rows, 1)
        self._fresh = WhenSeen(self, self.refresh)
        bridge = context.bridge
        for signal in (bridge.meeting_changed, bridge.meeting_gone, bridge.directory_changed):
            signal.connect(self._fresh.ask)
        self._fresh.ask()

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(8)
        back = IconButton("arrow-left", tr("All meetings"))
        back.clicked.connect(self.back_requested)
        before = IconButton("chevron-left", tr("The week before"))
        after = IconButton("chevron-right", tr("The week after"))
        before.clicked.connect(lambda: self.step(-7))
        after.clicked.connect(lambda: self.step(7))
        self.this_week = Button(tr("This week"), "outlined", extent="small")
        self.this_week.clicked.connect(lambda: self.show_week(self._schedules.today()))
        top.addWidget(back)
        top.addWidget(self.title, 1)
        for button in (before, self.this_week, after):
            top.addWidget(button)
        return top

    def _choices(self) -> QWidget:
        bodies = open_bodies(self._context.desk.directory)
        choices = (("", "", tr("Whole office")), *((one.body, "", one.name) for one in bodies))
        self.bodies = Segmented(choices, tr("Of which body"))
        self.bodies.choice_changed.connect(self.choose_body)
        self.replaces = QCheckBox(tr("This schedule replaces letters of invitation"))
        self.export = Button(tr("Export to Word"), "primary", "file-text")
        self.export.clicked.connect(lambda _on=False: self.on_export())
        self.bring = Button(tr("Read a schedule in…"), "outlined", "upload")
        self.bring.clicked.connect(lambda _on=False: self.on_bring())
        self.bring.setEnabled(self._context.week_reading is not None)
        shown = [self.bodies] if len(bodies) > 1 else []
        return wrapping(*shown, self.replaces, self.export, self.bring)

    # --- which week -----------------------------------------------------------------------

    def step(self, days: int) -> None:
        """Some days on or back."""
        self.show_week(self.day + timedelta(days=days))

    def show_week(self, day: date) -> None:
        """The week a day lies in."""
        self.day = day
        self.refresh()

    def choose_body(self, body: str) -> None:
        """Of one body, or of all ("")."""
        self.body = body
        self.refresh()

    @property
    def week(self) -> Week:
        return self._schedules.week_in_preparation(self.day, self.body)

    # --- showing --------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the week as it is now."""
        week, today = self.week, self._schedules.today()
        if (week, today) == self._shown:
            return
        self._shown = (week, today)
        self.title.setText(dates_words(week))
        self.this_week.setEnabled(week.monday != today - timedelta(days=today.weekday()))
        empty(self.rows.column)
        for day in week.shown_days:
            self.rows.column.addWidget(self._day(day, is_today=day.date == today))
        words = tr(
            "Shown are the meetings you take part in. Drafts are marked; the schedule has only "
            "issued meetings."
        )
        self.rows.column.addWidget(Label(words, "caption", "ink_soft", wraps=True))
        self.rows.column.addStretch(1)

    def _day(self, day: Day, *, is_today: bool) -> Card:
        card = Card(padding=12)
        card.set_chosen("true" if is_today else "")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        name = QVBoxLayout()
        moment = datetime.combine(day.date, datetime.min.time())
        name.addWidget(Label(moments.weekday(moment), "strong"))
        name.addWidget(Label(f"{day.date:%d/%m}", "body", "ink_soft", tabular=True))
        if is_today:
            name.addWidget(Label(tr("Today"), "caption", "accent", weight=600))
        name.addStretch(1)
        grid.addLayout(name, 0, 0)
        grid.setColumnMinimumWidth(0, DAY_WIDE)
        columns: tuple[tuple[DayPart, ...], ...] = (("morning",), ("afternoon", "evening"))
        for place, parts in enumerate(columns, 1):
            grid.addWidget(self._column(day, parts), 0, place)
            grid.setColumnStretch(place, 1)
        card.body.addLayout(grid)
        return card

    def _column(self, day: Day, parts: tuple[DayPart, ...]) -> QWidget:
        """The parts of a day under each other; the first is named also where it is free."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        is_free = not any(day.of_part(part) for part in parts)
        for part in parts:
            rows = day.of_part(part)
            if rows or (is_free and part == parts[0]):
                column.addWidget(Label(part_words(part), "caption", "ink_soft", weight=600))
            for place, row in enumerate(rows):
                if place:
                    column.addWidget(HairLine())
                column.addWidget(self._row(row))
        if is_free:
            column.addWidget(Label("–", "body", "ink_soft"))
        column.addStretch(1)
        return holder

    def _row(self, row: Engagement) -> QWidget:
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 2, 0, 2)
        across.setSpacing(8)
        across.addWidget(
            Label(f"{row.starts_at:%H:%M}", "strong", "accent", tabular=True),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        words = QVBoxLayout()
        words.setSpacing(2)
        title = row.title or tr("Without a title")
        words.addWidget(Label(title, "strong", wraps=True))
        where = "  ·  ".join(
            one
            for one in (row.place, row.chair.name if row.chair else "", inviter_words(row))
            if one
        )
        if where:
            words.addWidget(Label(where, "small", "ink_soft", wraps=True))
        chips = self._chips(row)
        if chips:
            words.addWidget(wrapping(*chips))
        words.addStretch(1)
        across.addLayout(words, 1)
        button = IconButton("chevron-right", f"{tr('Open', 'meeting')}: {title}")
        button.clicked.connect(lambda _on=False, key=row.meeting: self.meeting_requested.emit(key))
        across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _chips(self, row: Engagement) -> list[QWidget]:
        chips: list[QWidget] = []
        if row.is_online:
            chips.append(Chip(tr("Online"), "accent"))
        if row.state == "draft":
            chips.append(Chip(tr("Draft"), "draft"))
        if row.is_cancelled:
            chips.append(Chip(tr("Cancelled"), "attention"))
        return chips

    # --- in -------------------------------------------------------------------------------

    def on_bring(self) -> None:
        """Ask for a schedule of somebody else's."""
        name, _ = QFileDialog.getOpenFileName(self, tr("Read a schedule in…"))
        if name:
            self.bring_in(Path(name))

    def bring_in(self, file: Path) -> None:
        """Read a schedule, and let its meetings be ticked."""
        reading = self._context.week_reading
        if reading is None:
            return
        self.bring.setEnabled(False)
        self.bring.setText(tr("Working…"))

        def done(rows: Sequence[PlannedMeeting]) -> None:
            self._let()
            self.info.withdraw()
            dialog = WeekImport(rows, self._context.desk.directory, self)
            dialog.chosen.connect(self.make_drafts)
            dialog.open()

        self._context.bridge.when_done(reading.read(file), done, self._complain)

    def make_drafts(self, chosen: Sequence[PlannedMeeting]) -> None:
        """Drafts of those that were ticked; the week they lie in is shown."""
        reading = self._context.week_reading
        if reading is None or not chosen:
            return

        def done(made: list[Draft]) -> None:
            self.info.tell("good", tr("{0} drafts were made.").format(len(made)))
            self._shown = None
            self.show_week(moments.local(chosen[0].line.starts_at).date())

        base = usual_draft(self._context)
        if self.body:
            base = msgspec.structs.replace(base, body=self.body)
        self._context.bridge.when_done(reading.make(chosen, base), done, self._complain)

    def _let(self) -> None:
        self.bring.setEnabled(True)
        self.bring.setText(tr("Read a schedule in…"))
        self.export.setEnabled(True)

    def _complain(self, error: MeetingError) -> None:
        self._let()
        self.info.tell("attention", sentence_of(error))

    # --- out ------------------------------------------------------------------------------

    def on_export(self) -> None:
        """Ask where, and write the document."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Export to Word"), week_file_name(self.week), "Word (*.docx)"
        )
        if chosen:
            self.export_to(with_ending(chosen, ".docx"))

    def export_to(self, path: Path) -> None:
        """Write the schedule of the week that is shown."""
        self.export.setEnabled(False)

        def done(count: int) -> None:
            self.export.setEnabled(True)
            self.info.tell("good", tr("{0} meetings are in {1}").format(count, path.name))

        written = self._schedules.save(
            path, self.day, self.body, replaces_invitations=self.replaces.isChecked()
        )
        self._context.bridge.when_done(written, done, self._complain)
