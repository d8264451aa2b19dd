"""One button asks every laptop and the display; one list says who is ready and what to do."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from meetingroom.domain.directory import Directory
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.rehearsal import JudgedRow, Rehearsal, is_over, judged
from meetingroom.sentences import sentence, sentence_of
from meetingroom.services.news import LinkNews
from meetingroom.services.rehearsal_words import (
    finding_words,
    level_words,
    list_words,
    name_of,
    summary_words,
)
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    Card,
    Chip,
    GradualRows,
    IconLabel,
    Label,
    ProgressBar,
    ScrolledColumn,
)
from meetingroom.ui.controls.folding_row import side_by_side
from meetingroom.ui.controls.told_row import told_row
from meetingroom.ui.stage.moments import local, now
from meetingroom.wording import tr

LOOK_MS = 700
QUIET_LOOKS = 90  # without anything new: about a minute
LOOKS: dict[str, tuple[str, str, Any]] = {
    "bad": ("circle-x", "live", "problem"),
    "look": ("triangle-alert", "attention", "attention"),
    "wait": ("refresh-cw", "accent", "accent"),
    "good": ("circle-check", "good", "good"),
}


class RehearsalPage(ScrolledColumn):
    """For a meeting's chair and secretaries."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(spacing=12, parent=parent, scrolls_sideways=True)
        self._context = context
        self._meeting: Meeting | None = None
        self._directory: Directory | None = None
        self.rehearsal: Rehearsal | None = None
        self._quiet = 0
        self.column.addWidget(self._head())
        self.rows = GradualRows(lambda value: _row(*value), 8)
        self.column.addWidget(self.rows)
        self.column.addStretch(1)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._ask)
        context.bridge.link_changed.connect(self.on_link_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes back sees how far it is by now."""
        super().showEvent(event)
        self._ask()

    def on_link_changed(self, what: LinkNews) -> None:
        """The hub is back: so is the list."""
        if what.change.state == "online":
            self._ask()

    def _head(self) -> Card:
        card = Card(padding=16)
        card.body.setSpacing(8)
        self.advice = Label(
            tr("One press asks every laptop and the display: reached, program, clock, disk, "
               "every paper and every page, the large screen, the way to the online meeting."),
            "body", "ink_soft", wraps=True,
        )  # fmt: skip
        self.summary = Label("", "title", wraps=True)
        self.when = Label("", "small", "ink_soft", wraps=True)
        self.bar = ProgressBar()
        self.bar.setAccessibleName(tr("Check the room"))
        self.said = Label("", "body", "attention", wraps=True)
        self.start = Button(tr("Check the room"), "primary", "shield-check", extent="large")
        self.start.clicked.connect(self.on_start)
        self.copy = Button(tr("Copy the list"), "outlined", "copy", extent="large")
        self.copy.clicked.connect(self.on_copy)
        for widget in (self.advice, self.summary, self.when, self.bar, self.said):
            card.body.addWidget(widget)
        card.body.addWidget(side_by_side(self.start, self.copy))
        for hidden in (self.summary, self.when, self.bar, self.said, self.copy):
            hidden.hide()
        return card

    # --- showing --------------------------------------------------------------------------

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """The last list of this meeting."""
        is_other = self._meeting is None or self._meeting.id != meeting.id
        self._meeting, self._directory = meeting, directory
        if is_other:
            self.rehearsal = None
            self._show()
            self._ask()

    def _ask(self) -> None:
        service, meeting = self._context.rehearsing, self._meeting
        if service is None or meeting is None or not self.isVisible():
            self._look.stop()
            return

        def told(found: Rehearsal | None) -> None:
            if isValid(self) and self._meeting is not None and self._meeting.id == meeting.id:
                self._take(found)

        self._context.bridge.when_done(service.look(meeting.id), told, self._not_told)

    def _take(self, found: Rehearsal | None) -> None:
        before = self.rehearsal.rows if self.rehearsal else ()
        self.rehearsal = found
        self._quiet = 0 if found is None or found.rows != before else self._quiet + 1
        is_done = found is None or is_over(found)
        if not is_done and self._quiet > QUIET_LOOKS:
            is_done = True
            self._say(tr("Nobody answered for a minute; the list is as far as it came."))
        if is_done:
            self._look.stop()
        elif not self._look.isActive():
            self._look.start()
        self._show()

    def _not_told(self, error: MeetingError) -> None:
        """Without the hub the list stands still; it goes on when the hub is back."""
        if not isValid(self):
            return
        is_running = self._look.isActive()
        self._look.stop()
        self._show()
        if not error.code.startswith("link."):
            self._complain(error)
        elif is_running:
            self._say(tr("The hub is away: the check runs over it."))

    def _show(self) -> None:
        found, meeting, directory = self.rehearsal, self._meeting, self._directory
        is_there = found is not None and meeting is not None and directory is not None
        for widget in (self.summary, self.when, self.bar, self.copy):
            widget.setVisible(is_there)
        self.advice.setVisible(not is_there)
        self.start.set_words(tr("Check again") if is_there else tr("Check the room"))
        self.start.setEnabled(not self._look.isActive())
        if found is None or meeting is None or directory is None:
            self.rows.show_rows([])
            return
        rows = judged(found, directory)
        self.summary.setText(summary_words(rows))
        at = local(found.at)
        when = f"{at:%H:%M}" if at.date() == now().date() else f"{at:%H:%M %d/%m/%Y}"
        words = tr("Checked at {0} by {1}")
        self.when.setText(words.format(when, directory.name_of(found.by) or found.by))
        self.bar.set_share(sum(row.level != "wait" for row in rows), len(rows))
        self.rows.show_rows(
            [((row.row.principal, row.row.device), _value(row, meeting, directory)) for row in rows]
        )

    # --- acting ---------------------------------------------------------------------------

    def on_start(self) -> None:
        """Ask them all."""
        service, meeting = self._context.rehearsing, self._meeting
        if service is None or meeting is None:
            return
        self._quiet = 0
        self.said.hide()
        self.start.setEnabled(False)

        def begun(_answer: object) -> None:
            if isValid(self):
                self._look.start()
                self._ask()

        self._context.bridge.when_done(service.start(meeting.id), begun, self._not_begun)

    def _not_begun(self, error: MeetingError) -> None:
        if not isValid(self):
            return
        self.start.setEnabled(True)
        if error.code.startswith("link."):
            self._say(tr("The hub is away: the check runs over it."))
        else:
            self._complain(error)

    def on_copy(self) -> None:
        """As plain text, for a letter or a sheet of paper."""
        found, meeting, directory = self.rehearsal, self._meeting, self._directory
        if found is None or meeting is None or directory is None:
            return
        words = list_words(found, judged(found, directory), meeting, directory)
        QGuiApplication.clipboard().setText(words)
        self._say(tr("The list is copied: paste it where you like."))

    def _complain(self, error: MeetingError) -> None:
        is_older = error.code == "call.unknown"  # a hub that does not know the question
        self._say(sentence("hub_too_old") if is_older else sentence_of(error))

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()


def _value(row: JudgedRow, meeting: Meeting, directory: Directory) -> tuple[Any, ...]:
    """What one row says, as plain values: a row that says the same stays as it is."""
    said = [(one.level, *finding_words(one, meeting, directory)) for one in row.findings]
    lines = tuple(one for one in said if one[0] != "good")
    good = [one[1] for one in said if one[0] == "good"]
    return row.level, name_of(row.row, directory), row.row.name, lines, " · ".join(good)


def _row(
    level: str, name: str, device: str, lines: tuple[tuple[str, str, str], ...], good: str
) -> QWidget:
    icon, role, chip = LOOKS[level]
    card = Card(edge="" if level in ("good", "wait") else role, padding=12)
    card.body.setSpacing(4)
    head = QHBoxLayout()
    head.setSpacing(10)
    head.addWidget(IconLabel(icon, role, 20))
    told = f"{name} · {device}" if device else name
    head.addWidget(Label(told, "strong", wraps=True), 1)
    words = level_words(level)  # type: ignore[arg-type]
    head.addWidget(Chip(words, chip), 0, Qt.AlignmentFlag.AlignTop)
    card.body.addLayout(head)
    for one, said, advice in lines:
        card.body.addWidget(told_row(LOOKS[one][0], LOOKS[one][1], said, advice, 16))
    if good:
        card.body.addWidget(Label(good, "small", "ink_soft", wraps=True))
    card.setAccessibleName(f"{name}: {words}. " + ". ".join(line[1] for line in lines))
    return card
