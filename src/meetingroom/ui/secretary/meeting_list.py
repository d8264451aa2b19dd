"""The secretary's meetings and drafts."""

from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from meetingroom.domain.bodies import bodies_of, body_name
from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.office_facts import BodySet
from meetingroom.services.drafting import Draft
from meetingroom.ui.controls import (
    Button,
    Card,
    Chip,
    ElidedLabel,
    EmptyPlace,
    FoldingRow,
    HairLine,
    Label,
    Segmented,
    wrapping,
)
from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.ui.office_words import secretaries_words
from meetingroom.ui.stage.moments import date_words, local, now, time_words
from meetingroom.wording import tr

OLD_SHOWN = 30


@dataclass(frozen=True)
class Row:
    """What one row says."""

    key: str
    title: str
    starts: datetime | None
    place: str
    state: str
    kind: str
    is_draft: bool
    body: str = ""
    host: str = ""


class MeetingList(QScrollArea):
    """`meeting_requested` opens one's steps, `new_requested` starts a draft, `letter_requested`
    asks for one from a higher level's letter."""

    meeting_requested = Signal(str)
    new_requested = Signal()
    letter_requested = Signal()
    discard_requested = Signal(str)
    aside_requested = Signal(str)
    """Something of several meetings: "week" or "figures"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll_by_touch(self)
        self._shown: object = None
        self._all: list[Row] = []
        self._bodies: list[BodySet] = []
        self._body = ""
        self._directory = Directory()

    def show_all(
        self,
        drafts: dict[str, Draft],
        meetings: dict[str, Meeting],
        me: str,
        directory: Directory,
    ) -> None:
        """Drafts and the meetings this person is secretary of, of all bodies or of one."""
        mine = [m for m in meetings.values() if m.issued is not None and m.is_secretary(me)]
        rows = [_draft_row(key, draft, meetings.get(key)) for key, draft in drafts.items()]
        rows += [_meeting_row(meeting) for meeting in mine if meeting.id not in drafts]
        rows = [replace(row, host=body_name(directory, row.body)) for row in rows]
        bodies = _bodies_to_show(rows, directory, me)
        if (rows, bodies, directory.people) == self._shown:
            return
        self._shown = (rows, bodies, directory.people)
        self._all, self._bodies, self._directory = rows, bodies, directory
        if self._body not in {body.body for body in bodies}:
            self._body = ""
        self._lay()

    def _lay(self) -> None:
        self.setWidget(self._list(self._all) if self._all else self._empty())

    def choose_body(self, body: str) -> None:
        """Narrow the list to one body; "" is all of them."""
        if body != self._body:
            self._body = body
            QTimer.singleShot(0, self, self._lay)

    def _narrowing(self) -> QWidget:
        """One press a body; its letterhead and secretaries under it."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        choices = (("", "", tr("All bodies")), *((b.body, "", b.name) for b in self._bodies))
        self.bodies = Segmented(choices, tr("Of which body"))
        self.bodies.choose(self._body)
        self.bodies.choice_changed.connect(self.choose_body)
        row = QHBoxLayout()
        row.addWidget(self.bodies)
        row.addStretch(1)
        column.addLayout(row)
        body = next((one for one in self._bodies if one.body == self._body), None)
        if body is not None:
            names = tr("Secretaries: {0}").format(secretaries_words(body, self._directory))
            words = "  ·  ".join(part for part in (" / ".join(body.letterhead), names) if part)
            column.addWidget(Label(words, "small", "ink_soft", wraps=True))
        return holder

    def _empty(self) -> QWidget:
        empty = EmptyPlace(
            "calendar",
            tr("No meeting yet"),
            tr("A meeting is prepared in steps; everything is kept at once."),
            tr("Make the first meeting"),
            button_icon="plus",
        )
        empty.step_requested.connect(self.new_requested)
        letter = self._letter_button()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(1)
        empty.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        column.addWidget(empty)
        column.addWidget(letter, 0, Qt.AlignmentFlag.AlignHCenter)
        hint = Label(tr("or drop the letter anywhere here"), "caption", "ink_soft")
        column.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return holder

    def _letter_button(self) -> Button:
        button = Button(tr("Invitation from a higher level"), "outlined", "video")
        button.setToolTip(tr("Drop or paste a letter, or choose its file"))
        button.clicked.connect(self.letter_requested)
        return button

    def _list(self, rows: list[Row]) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(28, 20, 28, 20)
        column.setSpacing(12)
        week = Button(tr("The week's meetings"), "outlined", "calendar")
        week.clicked.connect(lambda _on=False: self.aside_requested.emit("week"))
        figures = Button(tr("Online figures"), "outlined", "table")
        figures.clicked.connect(lambda _on=False: self.aside_requested.emit("figures"))
        new = Button(tr("New meeting"), "primary", "plus")
        new.clicked.connect(self.new_requested)
        acts = wrapping(figures, week, self._letter_button(), new)
        column.addWidget(FoldingRow(Label(tr("Prepare meetings"), "page_title"), acts, (1, 0)))
        if len(self._bodies) > 1:
            column.addWidget(self._narrowing())
            rows = [row for row in rows if self._body in ("", row.body)]
        for title, some in _groups(rows):
            if some:
                column.addWidget(Label(title, "section"))
                column.addWidget(self._card(some))
        column.addStretch(1)
        return inner

    def _card(self, rows: list[Row]) -> Card:
        card = Card(padding=0)
        card.body.setSpacing(0)
        for place, row in enumerate(rows):
            if place:
                card.body.addWidget(HairLine())
            card.body.addWidget(self._line(row))
        return card

    def _line(self, shown: Row) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(20, 10, 16, 10)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedLabel(shown.title, "strong"))
        words.addWidget(ElidedLabel(_when_and_where(shown), "small", "ink_soft"))
        row.addLayout(words, 1)
        row.addWidget(Chip(shown.state, shown.kind))  # type: ignore[arg-type]
        if shown.is_draft:
            drop = Button(tr("Give up"), "quiet", extent="small")
            drop.setAccessibleName(f"{tr('Give up')}: {shown.title}")
            drop.clicked.connect(lambda: self.discard_requested.emit(shown.key))
            row.addWidget(drop)
        button = Button(tr("Open", "meeting"), "outlined", extent="small")
        button.setAccessibleName(f"{tr('Open', 'meeting')}: {shown.title}")
        button.clicked.connect(lambda: self.meeting_requested.emit(shown.key))
        row.addWidget(button)
        return line


def _draft_row(key: str, draft: Draft, meeting: Meeting | None) -> Row:
    state = tr("Draft")
    if meeting is not None and meeting.issued is not None:
        state = tr("Draft of revision {0}").format(draft.base + 1)
    starts = local(draft.starts_at) if draft.starts_at else None
    title = draft.title or tr("Without a title")
    return Row(key, title, starts, draft.place, state, "draft", is_draft=True, body=draft.body)


def _meeting_row(meeting: Meeting) -> Row:
    issued = meeting.issued
    assert issued is not None  # noqa: S101 - only issued meetings are listed
    state, kind = tr("Issued, revision {0}").format(issued.revision), "accent"
    if meeting.state == "open":
        state, kind = tr("IN SESSION"), "live"
    elif meeting.state == "closed":
        state, kind = tr("Ended"), "draft"
    elif meeting.state == "cancelled":
        state, kind = tr("Cancelled"), "draft"
    starts = local(issued.starts_at)
    return Row(
        meeting.id,
        issued.title,
        starts,
        issued.place,
        state,
        kind,
        is_draft=False,
        body=issued.body,
    )


def _bodies_to_show(rows: list[Row], directory: Directory, me: str) -> list[BodySet]:
    """Bodies whose meetings one prepares, or has here."""
    mine = {body.body for body in bodies_of(directory, me)} | {row.body for row in rows}
    return [body for body in directory.bodies.values() if body.body in mine]


def _groups(rows: list[Row]) -> tuple[tuple[str, list[Row]], ...]:
    """Drafts, what comes (the next first), what was (the newest first)."""
    today = now().replace(hour=0, minute=0)
    soonest = sorted(rows, key=lambda row: row.starts or today)
    drafts = [row for row in soonest if row.is_draft]
    issued = [row for row in soonest if not row.is_draft]
    past = [
        row
        for row in issued
        if row.state in (tr("Ended"), tr("Cancelled")) or (row.starts and row.starts < today)
    ]
    coming = [row for row in issued if row not in past]
    return (
        (tr("In preparation"), drafts),
        (tr("Issued"), coming),
        (tr("Past meetings"), past[::-1][:OLD_SHOWN]),
    )


def _when_and_where(row: Row) -> str:
    parts = []
    if row.starts is not None:
        parts.append(f"{time_words(row.starts)}, {date_words(row.starts)}")
    parts += [words for words in (row.place, row.host) if words]
    return "  ·  ".join(parts) or tr("No time yet")
