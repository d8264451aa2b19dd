"""A proposed meeting to confirm or to correct, the letter beside it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.entrance import secrets_in
from meetingroom.domain.records import moment_of
from meetingroom.services.inviting import Proposal
from meetingroom.services.known_meetings import Known, Origin
from meetingroom.services.proposals import ProposedMeeting, ReadLetter, Told
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    Card,
    Field,
    FoldingRow,
    Label,
    Panel,
    ScrolledColumn,
    empty,
    wrapping,
)
from meetingroom.ui.secretary.received_fields import FoundField, PasscodeField
from meetingroom.ui.secretary.received_known import KnownCard
from meetingroom.ui.secretary.received_letter import LetterView
from meetingroom.ui.secretary.received_link import LinkPart
from meetingroom.ui.secretary.received_times import MomentField
from meetingroom.ui.secretary.received_words import doubts, levels
from meetingroom.ui.stage.moments import now
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

LIVE_MS = 200  # after the last key: what changes of a meeting that is here
FORM_LEAST, FORM_MOST, LETTER_LEAST = 430, 640, 380


class ReceivedForm(QWidget):
    """`make_requested` carries a Proposal, `change_requested` also the meeting it is for,
    `cancel_requested` a Known meeting; `leave_requested` gives the letter up."""

    make_requested = Signal(object)
    change_requested = Signal(str, object)
    cancel_requested = Signal(object)
    leave_requested = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meeting = ProposedMeeting()
        self._letters: list[ReadLetter] = []
        self.letter = LetterView(context)
        self.link = LinkPart()
        self.known = KnownCard()
        self._live = QTimer(self)
        self._live.setSingleShot(True)
        self._live.setInterval(LIVE_MS)
        self._papers: list[tuple[QCheckBox, Path]] = []
        self._shown: dict[str, str] = {}
        self._is_narrow = False
        self.left = QWidget()
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.scroller = ScrolledColumn(tr("What the letter says"), 16)
        self.scroller.column.setContentsMargins(20, 16, 20, 16)
        cards = (self._top(), self.known, self._meeting_card(), self.link, self._paper_card())
        for part in cards:
            self.scroller.column.addWidget(part)
        self.scroller.column.addStretch(1)
        column.addWidget(self.scroller, 1)
        column.addWidget(self._bottom())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.left, 1)
        row.addWidget(self.letter, 1)
        self._wire()

    def _top(self) -> QWidget:
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.heading = Label("", "title", wraps=True)
        self.advice = Label("", "body", "ink_soft", wraps=True)
        column.addWidget(self.heading)
        column.addWidget(self.advice)
        return top

    def _meeting_card(self) -> Card:
        card = Card(tr("Meeting"))
        self.title, self.organiser, self.place = QLineEdit(), QLineEdit(), QLineEdit()
        self.level = QComboBox()
        for key, words in levels():
            self.level.addItem(words, key)
        self.starts, self.ends = MomentField(tr("Begins")), MomentField(tr("Ends"))
        self.fields = {
            "title": FoundField(
                tr("Title of the meeting"), self.title, is_needed=True, is_long=True
            ),
            "starts_at": FoundField(tr("Begins"), self.starts, is_needed=True),
            "ends_at": FoundField(tr("Ends"), self.ends),
            "organiser": FoundField(tr("Who invites"), self.organiser),
            "place": FoundField(tr("Place"), self.place, is_long=True),
        }
        level = QWidget()
        beside = QVBoxLayout(level)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(Field(tr("Level"), self.level))
        beside.addStretch(1)
        for key in ("title", "starts_at", "ends_at"):
            card.body.addWidget(self.fields[key])
        card.body.addWidget(FoldingRow(self.fields["organiser"], level, (2, 1)))
        card.body.addWidget(self.fields["place"])
        return card

    def _paper_card(self) -> Card:
        self.paper_card = Card(tr("The letter as a paper of the meeting"))
        self._paper_rows = QVBoxLayout()
        self.paper_card.body.addLayout(self._paper_rows)
        words = tr("The letter shows the passcode: who may read the paper sees it too.")
        self.paper_warning = Label(words, "body", "attention_ink", wraps=True)
        self.paper_card.body.addWidget(self.paper_warning)
        return self.paper_card

    def _bottom(self) -> Panel:
        bottom = Panel("bottom_bar")
        column = QVBoxLayout(bottom)
        column.setContentsMargins(20, 10, 20, 10)
        column.setSpacing(6)
        self.make = Button(tr("Make the meeting"), "primary", "check")
        self.leave = Button(tr("Do not use this letter"), "quiet")
        self.missing = Label("", "body", "attention_ink", wraps=True)
        self.missing.hide()
        column.addWidget(self.missing)
        column.addWidget(wrapping(self.make, self.leave))
        return bottom

    def _wire(self) -> None:
        for field in self.fields.values():
            field.look_requested.connect(self._on_look)
        self.link.look_requested.connect(self._on_look)
        self.link.state_changed.connect(self._say_left)
        self.letter.back_requested.connect(self._show_fields)
        self.make.clicked.connect(self._on_make)
        self.leave.clicked.connect(self.leave_requested)
        self._live.timeout.connect(self._show_changes)
        self.known.way_changed.connect(lambda _way: self._show_way())
        for line in self.findChildren(QLineEdit):
            line.textChanged.connect(self._live.start)
        self.title.textEdited.connect(lambda _words: self._forgive("title"))
        self.starts.moment_changed.connect(lambda: self._forgive("starts_at"))
        self.ends.moment_changed.connect(lambda: self._forgive("ends_at"))
        for moment in (self.starts, self.ends):
            moment.moment_changed.connect(self._say_end)

    # --- showing ------------------------------------------------------------------------

    def show_meeting(self, meeting: ProposedMeeting, letters: Sequence[ReadLetter]) -> None:
        """What the letters say; without any, the fields to fill in by hand."""
        self._meeting, self._letters = meeting, list(letters)
        names = [letter.name for letter in letters]
        self.letter.show_letters(letters)
        is_found = bool(meeting.told or meeting.links)
        self.heading.setText(tr("Is this right?") if is_found else tr("Make the meeting by hand"))
        self.advice.setText(
            tr(
                "Below every field stands where it was read in the letter. Correct it by typing. "
                "Drop or paste what else came for this meeting."
            )
            if is_found
            else tr("Only the title, the day and the time are needed.")
        )
        for key, editor in (
            ("title", self.title), ("organiser", self.organiser), ("place", self.place),
        ):  # fmt: skip
            editor.setText(meeting.value(key))
            editor.setCursorPosition(0)
        self.level.setCurrentIndex(max(0, self.level.findData(meeting.level)))
        self.starts.set_moment(meeting.value("starts_at"))
        self.ends.set_moment(meeting.value("ends_at"))
        for key, field in self.fields.items():
            told = meeting.told.get(key)
            has_pages = told is not None and self.letter.can_look(told.letter)
            field.set_error("")
            field.show_told(told, names, has_pages=has_pages)
        self.link.show_meeting(meeting, names, self.letter.can_look)
        self._say_left()
        self.show_known(None)
        if not is_found:
            self.link.show_by_hand()
            for field in self.fields.values():
                field.show_by_hand()
        self._show_papers()
        self._say_doubts()
        self._show_fields()
        self.scroller.verticalScrollBar().setValue(0)
        self._look_at_first()

    def _look_at_first(self) -> None:
        told = self._meeting.told.get("title") or self._meeting.told.get("starts_at")
        if told is not None:
            self.letter.look_at(told.letter, told.spot)

    def show_known(self, known: Known | None) -> None:
        """A meeting that is here already and that the letter may mean."""
        meeting = self._meeting
        self.known.show_known(
            known,
            is_cancelled=meeting.is_cancelled,
            new_starts_at=meeting.value("starts_at"),
        )
        self._show_way()

    def _show_way(self) -> None:
        words = {
            "change": tr("Change the meeting"),
            "cancel": tr("Call the meeting off"),
        }.get(self.known.way, tr("Make the meeting"))
        self.make.set_words(words)
        self._show_changes()

    def _show_changes(self) -> None:
        if self.known.known is not None:
            self.known.show_changes(self.proposal())

    def _show_papers(self) -> None:
        empty(self._paper_rows)
        self._papers = []
        has_passcode = any(
            link.value("passcode") or secrets_in(link.value("url")) for link in self._meeting.links
        )
        for letter in self._letters:
            if letter.pages is not None:
                box = QCheckBox(tr("Put “{0}” with the first item").format(letter.name))
                box.setChecked(True)
                self._paper_rows.addWidget(box)
                self._papers.append((box, letter.pages))
        self.paper_card.setVisible(bool(self._papers))
        self.paper_warning.setVisible(has_passcode)

    def _say_doubts(self) -> None:
        """What was guessed of the time, or cannot be."""
        starts = self._meeting.value("starts_at")
        words = [words for code, words in doubts().items() if code in self._meeting.doubts]
        if starts and moment_of(starts) < now():
            words.append(tr("This time is over."))
        self.fields["starts_at"].set_doubt(" ".join(words))
        self._say_end()

    def _say_end(self) -> None:
        """An end that cannot be: of a beginning that was put off, most often."""
        starts, ends = self.starts.moment, self.ends.moment
        is_odd = bool(starts and ends) and moment_of(ends) <= moment_of(starts)
        words = tr("It ends before it begins: please look at it again.") if is_odd else ""
        self.fields["ends_at"].set_doubt(words)

    def _on_look(self, asked: tuple[Told, bool]) -> None:
        told, is_pressed = asked
        self.letter.look_at(told.letter, told.spot)
        if is_pressed and self._is_narrow:
            self.left.hide()
            self.letter.show()
            self.letter.back.setFocus()

    def _show_fields(self) -> None:
        """Both beside each other where there is room, else the fields."""
        theme = current_theme()
        room = theme.scaled(FORM_LEAST) + theme.scaled(LETTER_LEAST)
        self._is_narrow = self.width() < room
        self.letter.back.setVisible(self._is_narrow)
        self.letter.setVisible(self.letter.has_pages and not self._is_narrow)
        self.left.show()
        most = theme.scaled(FORM_MOST) if not self.letter.isHidden() else theme.scaled(900)
        self.left.setMaximumWidth(most)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room for the letter."""
        super().resizeEvent(event)
        self._show_fields()

    # --- what was confirmed -------------------------------------------------------------

    def _forgive(self, key: str) -> None:
        self.fields[key].set_error("")
        self._say_left()

    def _say(self, words: str, ink: str) -> None:
        self.missing.set_ink(ink)
        self.missing.setText(words)
        self.missing.setVisible(bool(words))

    def _say_left(self) -> None:
        """What asks for a look further down is told beside the button too."""
        self._say(self.link.left_to_do(), "attention_ink")
        self.fields["place"].setVisible(not self.link.is_online.isChecked())

    def _on_make(self) -> None:
        if self.known.way == "cancel":
            self.cancel_requested.emit(self.known.known)
            return
        missing = self._check()
        if missing is not None:
            self._say(tr("Something is still missing, see above."), "live")
            self.scroller.ensureWidgetVisible(missing)
            missing.setFocus()
            return
        self._say_left()
        known = self.known.known
        if known is not None and self.known.way == "change":
            self.change_requested.emit(known.meeting, self.proposal())
        else:
            self.make_requested.emit(self.proposal())

    def _check(self) -> QWidget | None:
        if not self.title.text().strip():
            self.fields["title"].set_error(tr("The meeting needs a title."))
            return self.title
        if not self.starts.moment:
            words = tr("The meeting needs a day and a time, like 08:00 25/11/2026.")
            self.fields["starts_at"].set_error(words)
            return self.starts
        if not self.ends.is_empty and not self.ends.moment:
            self.fields["ends_at"].set_error(tr("This is no time. Write it like 14:00 25/11/2026."))
            return self.ends
        return self.link.check()

    def proposal(self) -> Proposal:
        """What the fields say."""
        return Proposal(
            title=self.title.text().strip(),
            starts_at=self.starts.moment,
            ends_at=self.ends.moment,
            place=self.place.text().strip() if not self.link.is_online.isChecked() else "",
            links=self.link.links(self.organiser.text().strip(), self.level.currentData() or ""),
            papers=tuple(path for box, path in self._papers if box.isChecked()),
            origin=origin_of(self._meeting, self._letters),
        )

    def _lines(self) -> dict[str, QLineEdit | MomentField | PasscodeField]:
        link = self.link
        return {
            "title": self.title, "organiser": self.organiser, "place": self.place,
            "starts_at": self.starts, "ends_at": self.ends, "meeting_id": link.number,
            "passcode": link.passcode, "site": link.site, "contact": link.contact,
            "test_at": link.test,
        }  # fmt: skip

    def edits(self) -> dict[str, str]:
        """What somebody typed over what was read."""
        return {key: now for key, line in self._lines().items()
                if (now := _said(line)) != self._shown.get(key, "")}  # fmt: skip

    def edit_again(self, edits: dict[str, str]) -> None:
        """What was typed before further letters came stays typed."""
        lines = self._lines()
        self._shown = {key: _said(line) for key, line in lines.items()}
        for key, words in edits.items():
            line = lines[key]
            if isinstance(line, MomentField):
                line.set_moment(words)
            else:
                line.setText(words)

    def clear(self) -> None:
        """Nothing of a letter stays here."""
        self.show_meeting(ProposedMeeting(), ())


def origin_of(meeting: ProposedMeeting, letters: Sequence[ReadLetter]) -> Origin:
    """What a meeting is known by when its letter comes again."""
    return Origin(uids=meeting.uids, files=tuple(one.sha256 for one in letters if one.sha256))


def _said(line: "QLineEdit | MomentField | PasscodeField") -> str:
    return line.moment if isinstance(line, MomentField) else line.text().strip()
