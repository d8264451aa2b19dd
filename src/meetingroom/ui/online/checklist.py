"""What is to be right before an online meeting: found by the display's computer, or ticked."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from meetingroom.domain.call_check import BEGINS, CheckRow, check_rows, tick_name
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.rehearsal import is_over
from meetingroom.sentences import sentence, sentence_of
from meetingroom.services.call_check_words import row_words
from meetingroom.services.call_checking import CallState
from meetingroom.services.news import LinkNews
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, Card, GradualRows, IconLabel, Label
from meetingroom.ui.controls.folding_row import FoldingRow, side_by_side
from meetingroom.ui.controls.told_row import told_row
from meetingroom.ui.stage import moments
from meetingroom.wording import tr

LOOK_MS = 1000
QUIET_LOOKS = 25
AGAIN = timedelta(minutes=5)  # within the last hour it is asked by itself so often
LOOKS = {
    "good": ("circle-check", "good"),
    "look": ("triangle-alert", "attention"),
    "hand": ("hand", "ink_soft"),
    "wait": ("clock", "ink_soft"),
}


class Checklist(Card):
    """Of one online meeting; the same for everybody who leads."""

    changed = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(tr("Before the online meeting"), padding=12, parent=parent)
        self._context = context
        self._meeting: Meeting | None = None
        self._link: OnlineLink | None = None
        self._quiet = 0
        self._is_known = False  # what the hub knows was not heard yet
        self._tried_at: datetime | None = None
        self.state = CallState()
        self.title_label.setWordWrap(True)
        self.header.setStretchFactor(self.title_label, 100)
        self.body.setSpacing(8)
        self.summary = Label("", "strong", wraps=True)
        self.said = Label("", "small", "attention", wraps=True)
        self.said.hide()
        self.check = Button(tr("Check now"), "outlined", "refresh-cw", extent="small")
        self.check.clicked.connect(lambda _checked: self.on_check())
        self.tone = Button(tr("Test tone"), "outlined", "bell", extent="small")
        self.tone.clicked.connect(lambda: self.on_check(sound=True))
        self.rows = GradualRows(lambda value: self._row(*value), 6)
        self.good, self.good_row = Label("", "small", "ink_soft", wraps=True), QWidget()
        last = QHBoxLayout(self.good_row)
        last.setContentsMargins(0, 0, 0, 0)
        last.setSpacing(8)
        last.addWidget(IconLabel("circle-check", "good", 18), 0, Qt.AlignmentFlag.AlignTop)
        self.good.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        last.addWidget(self.good, 1)
        buttons = side_by_side(self.check, self.tone)
        for widget in (self.summary, buttons, self.said, self.rows, self.good_row):
            self.body.addWidget(widget)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._ask)
        context.bridge.link_changed.connect(self.on_link_changed)

    # --- showing --------------------------------------------------------------------------

    def show_link(self, meeting: Meeting, link: OnlineLink) -> None:
        """The list of this online meeting."""
        is_other = self._meeting is None or self._meeting.id != meeting.id
        self._meeting, self._link = meeting, link
        if is_other:
            self.state, self._is_known = CallState(), False
            self.said.hide()
            self._ask()
        elif self.isVisible() and self._is_due():
            self.on_check()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes back sees how it stands; near the meeting it is looked at anew."""
        super().showEvent(event)
        self._ask()

    def on_link_changed(self, what: LinkNews) -> None:
        """The hub went, or is back."""
        self._show()
        if what.change.state == "online":
            self._ask()

    def found(self) -> list[CheckRow]:
        """The rows as they stand."""
        if self._meeting is None or self._link is None:
            return []
        is_online = self._context.desk.link_state.state == "online"
        return check_rows(
            self._link, self.state.seen, self.state.ticks, moments.now(), is_online=is_online
        )

    def _ask(self) -> None:
        service, meeting = self._context.call_checking, self._meeting
        if service is None or meeting is None or not self.isVisible():
            self._look.stop()
            return

        def told(state: CallState) -> None:
            if isValid(self) and self._meeting is not None and self._meeting.id == meeting.id:
                self._take(state)

        self._context.bridge.when_done(service.look(meeting.id), told)

    def _take(self, state: CallState) -> None:
        before = self.state.seen.rows if self.state.seen else ()
        self.state, self._is_known = state, True
        is_still = state.seen is None or state.seen.rows == before
        self._quiet = self._quiet + 1 if is_still else 0
        is_tried = not any(row.code == "link" and row.level == "wait" for row in self.found())
        is_done = state.seen is None or (is_over(state.seen) and is_tried)
        if is_done or self._quiet > QUIET_LOOKS or state.problem:
            self._look.stop()
        elif not self._look.isActive():
            self._look.start()
        self._show()
        self.changed.emit()
        if self._is_due():
            self.on_check()

    def _is_due(self) -> bool:
        """Within the last hour, where nobody asked for some minutes."""
        meeting, seen = self._meeting, self.state.seen
        if meeting is None or meeting.issued is None or self.state.problem or not self._is_known:
            return False
        if self._tried_at is not None and moments.now() - self._tried_at < AGAIN:
            return False
        left = moments.local(meeting.issued.starts_at) - moments.now()
        if not timedelta() < left <= BEGINS or self._look.isActive():
            return False
        return seen is None or moments.now() - moments.local(seen.at) > AGAIN

    def _show(self) -> None:
        rows = self.found()
        done = sum(row.is_done for row in rows)
        is_all = bool(rows) and done == len(rows)
        words = tr("Everything is ready") if is_all else tr("{0} of {1} things are ready")
        self.summary.setText(words.format(done, len(rows)))
        self.tone.setVisible(any(row.code == "sound" and not row.fields["own"] for row in rows))
        open_rows = [row for row in rows if row.level != "good"]
        open_rows.sort(key=lambda row: row.is_done)
        self.rows.show_rows([(row.code, self._value(row)) for row in open_rows])
        good = [row_words(row)[0] for row in rows if row.level == "good"]
        self.good.setText(" · ".join(good))
        self.good_row.setVisible(bool(good))

    def _value(self, row: CheckRow) -> tuple[object, ...]:
        said, advice = row_words(row)
        who = ""
        if row.tick is not None and row.tick.is_done:
            name = self._context.desk.directory.name_of(row.tick.by) or row.tick.by
            at = moments.local(row.tick.at)
            who = tr("Ticked by {0} at {1}").format(name, f"{at:%H:%M}")
        return row.code, row.level, row.is_done, said, advice or who

    def _row(self, code: str, level: str, is_done: bool, said: str, second: str) -> QWidget:
        icon, role = LOOKS["good" if is_done else level]
        told = told_row(icon, role, said, second, 18)
        words_of = tr("Take back") if is_done else tr("Tick")
        tick = Button(words_of, "plain" if is_done else "outlined", extent="small")
        tick.setAccessibleName(f"{tick.text()}: {said}")
        tick.clicked.connect(lambda: self.on_tick(code, is_done=not is_done))
        row = FoldingRow(told, _at_the_top(tick), spacing=8)
        state = tr("ready") if is_done else tr("to be looked at")
        row.setAccessibleName(f"{said}: {state}. {second}")
        return row

    # --- acting ---------------------------------------------------------------------------

    def on_check(self, *, sound: bool = False) -> None:
        """Ask the display's computer; with `sound` a tone is heard there."""
        service, meeting = self._context.call_checking, self._meeting
        if service is None or meeting is None:
            return
        self._quiet, self._tried_at = 0, moments.now()
        self.said.hide()

        def begun(_answer: object) -> None:
            if isValid(self):
                self._look.start()
                self._ask()

        future = service.start(meeting.id, sound=sound)
        self._context.bridge.when_done(future, begun, self._complain)

    def on_tick(self, code: str, *, is_done: bool) -> None:
        """Looked at by hand, or taken back."""
        service, meeting, link = self._context.call_checking, self._meeting, self._link
        if service is not None and meeting is not None and link is not None:
            future = service.tick(meeting.id, tick_name(code, link), is_done=is_done)
            self._context.bridge.when_done(future, self._ticked)

    def _ticked(self, state: CallState) -> None:
        if isValid(self):
            self._take(state)

    def _complain(self, error: MeetingError) -> None:
        if not isValid(self):
            return
        is_away = error.code.startswith("link.")
        is_older = error.code == "call.unknown"  # a hub that does not know the question
        words = sentence("hub_too_old") if is_older else sentence_of(error)
        away = tr("The hub is away: the display cannot be asked. What you tick is kept here.")
        self.said.setText(away if is_away else words)
        self.said.show()


def _at_the_top(button: Button) -> QWidget:
    """A button beside or under words, no larger than it is."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return holder
