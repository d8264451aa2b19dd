"""From a letter of a higher level to a meeting: drop or paste it, check, make."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.records import moment_of
from meetingroom.sentences import sentence_of
from meetingroom.services.inviting import Handed, Made, Proposal, ProposedLink
from meetingroom.services.known_meetings import Known
from meetingroom.services.proposals import ProposedMeeting, ReadLetter, proposals_of
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import IconButton, InfoBar, Label, Panel
from meetingroom.ui.secretary.received_choice import ReceivedChoice
from meetingroom.ui.secretary.received_form import ReceivedForm, origin_of
from meetingroom.ui.secretary.received_letter import problem_of
from meetingroom.ui.secretary.received_mime import can_take, handed_of
from meetingroom.ui.secretary.received_start import NothingPage, ReadingPage, StartPage
from meetingroom.ui.secretary.received_words import when_words
from meetingroom.ui.secretary.usual_draft import invited_draft
from meetingroom.wording import tr

OTHER = "other"  # a link on a host nobody knows
FILES = "*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.webp *.ics *.eml *.msg *.docx *.doc *.txt *.html"


class ReceivedRoom(QWidget):
    """`made` carries what became of letters, `changed` and `put` the meeting that was there,
    `cancel_requested` one to be called off; `left` when the secretary goes back."""

    made = Signal(object)
    changed = Signal(object)
    put = Signal(object)
    cancel_requested = Signal(object)
    left = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._letters: list[ReadLetter] = []
        self._meetings: list[ProposedMeeting] = []
        self._made_places: set[int] = set()
        self._shown: ProposedMeeting | None = None
        self._handed: list[Handed] = []
        self._edits: dict[str, str] = {}
        self._services: dict[str, str] = {}
        self._knows_services = False
        self.info = InfoBar()
        self.stack = QStackedWidget()
        self.start, self.reading, self.nothing = StartPage(), ReadingPage(), NothingPage()
        self.choice, self.form = ReceivedChoice(), ReceivedForm(context)
        for page in (self.start, self.reading, self.nothing, self.choice, self.form):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top())
        column.addWidget(self.info)
        column.addWidget(self.stack, 1)
        self.setAcceptDrops(True)
        self._wire()

    def _top(self) -> Panel:
        top = Panel("top_bar")
        row = QHBoxLayout(top)
        row.setContentsMargins(16, 8, 20, 8)
        row.setSpacing(12)
        self.back = IconButton("chevron-left", tr("Back"))
        self.back.clicked.connect(self.go_back)
        row.addWidget(self.back)
        row.addWidget(Label(tr("Invitation from a higher level"), "title"), 1)
        return top

    def _wire(self) -> None:
        self.start.choose_requested.connect(self.choose_files)
        self.start.paste_requested.connect(self.paste)
        self.start.by_hand_requested.connect(self.by_hand)
        self.reading.stop_requested.connect(self.stop)
        self.nothing.by_hand_requested.connect(self.by_hand)
        self.nothing.again_requested.connect(self.begin)
        self.nothing.put_requested.connect(self.put_with)
        self.choice.one_requested.connect(lambda place: self._show_one(self._meetings[place]))
        self.choice.some_requested.connect(self.make_some)
        self.choice.leave_requested.connect(self.leave)
        self.form.make_requested.connect(self.make)
        self.form.change_requested.connect(self.change)
        self.form.cancel_requested.connect(self.cancel_requested)
        self.form.leave_requested.connect(self.leave)
        QShortcut(QKeySequence.StandardKey.Paste, self).activated.connect(self.paste)

    # --- taking letters -----------------------------------------------------------------

    def begin(self) -> None:
        """The empty place, ready for a letter."""
        self.clear()
        self.info.withdraw()
        self._learn_services()
        self.stack.setCurrentWidget(self.start)
        self.start.choose.setFocus()

    def choose_files(self) -> None:
        """Letters by dialog."""
        kinds = f"{tr('Letters')} ({FILES});;{tr('All files')} (*)"
        names, _ = QFileDialog.getOpenFileNames(self, tr("Choose files…"), "", kinds)
        self.take([Handed(name=Path(name).name, path=Path(name)) for name in names])

    def paste(self) -> None:
        """What was copied in another program."""
        if not self.take_data(QGuiApplication.clipboard().mimeData()):
            words = tr("Nothing that could be a letter was copied.")
            self.info.tell("attention", words, tr("Copy the message or the picture first."))

    def take_data(self, data: QMimeData) -> bool:
        """What was dropped or pasted; whether there was anything in it."""
        handed = handed_of(data)
        self.take(handed)
        return bool(handed)

    def take(self, handed: Sequence[Handed]) -> None:
        """Read letters; what comes while others are being checked is read with them."""
        inviting = self._context.inviting
        if inviting is None or not handed:
            return
        is_more = self.stack.currentWidget() in (self.form, self.choice) and self._handed
        self._edits = self.form.edits() if is_more else {}
        self._handed = [*self._handed, *handed] if is_more else list(handed)
        handed = self._handed
        self.info.withdraw()
        self._learn_services()
        self.reading.begin(len(handed))
        self.stack.setCurrentWidget(self.reading)
        bridge = self._context.bridge

        def told(done: int, total: int) -> None:
            bridge.call(lambda: self.reading.tell(done, total) if isValid(self) else None)

        self._when(inviting.read(handed, told), self._on_read, self._on_failed)

    def _learn_services(self) -> None:
        inviting = self._context.inviting
        if inviting is not None:
            inviting.warm_up()
        if inviting is not None and not self._knows_services:
            self._knows_services = True
            self._when(inviting.services(), self._know_services)

    def _know_services(self, services: dict[str, str]) -> None:
        services = {**services, OTHER: tr("Another service")}
        self._services = services
        self.form.link.know_services(services)

    def stop(self) -> None:
        """Nobody waits for the letter any more."""
        if self._context.inviting is not None:
            self._context.inviting.stop()
        self.reading.end()
        self.begin()

    def _on_failed(self, error: MeetingError) -> None:
        self.reading.end()
        self.begin()
        self.info.tell("attention", sentence_of(error))

    def _on_read(self, letters: list[ReadLetter]) -> None:
        self.reading.end()
        self._letters, self._meetings = letters, sorted(proposals_of(letters), key=_begins)
        self._made_places = set()
        problems = [problem for one in letters if (problem := problem_of(one)) is not None]
        if not self._meetings:
            self.nothing.show_letters(letters, self._open_meetings())
            self.stack.setCurrentWidget(self.nothing)
            return
        if problems:
            self.info.tell("attention", " ".join(sentence_of(one) for one in problems[:3]))
        if len(self._meetings) == 1:
            self._show_one(self._meetings[0])
            return
        self.show_choice()

    def _show_one(self, meeting: ProposedMeeting) -> None:
        self.form.show_meeting(meeting, self._letters)
        self.form.edit_again(self._edits)
        self._edits = {}
        self.stack.setCurrentWidget(self.form)
        self.form.title.setFocus()
        inviting = self._context.inviting
        if inviting is None:
            return
        files = [self._letters[n].sha256 for n in meeting.letters]

        def found(known: list[Known]) -> None:
            if self._shown is meeting:
                self.form.show_known(known[0] if known else None)
                self._say_unknown(meeting, known)

        self._shown = meeting
        self._when(inviting.known(meeting, files), found)

    def _say_unknown(self, meeting: ProposedMeeting, known: list[Known]) -> None:
        if meeting.is_cancelled and not known:
            words = tr("The letter calls off a meeting that is not in the list.")
            self.info.tell("attention", words, tr("There is nothing to do for it here."))

    def by_hand(self) -> None:
        """The fields, empty; the letters may go along as papers."""
        self._meetings = []
        self._show_one(ProposedMeeting())

    def _open_meetings(self) -> list[tuple[str, str]]:
        """Meetings that may take a paper: drafts, and those that are issued."""
        drafting, desk, me = self._context.drafting, self._context.desk, self._context.me
        rows = {
            key: (one.title, one.starts_at)
            for key, one in (drafting.drafts if drafting else {}).items()
        }
        for key, meeting in desk.meetings.items():
            issued = meeting.issued
            if issued is not None and meeting.state == "issued" and meeting.is_secretary(me):
                rows.setdefault(key, (issued.title, issued.starts_at))
        return [
            (key, "  ·  ".join(filter(None, (title or tr("Without a title"), when_words(starts)))))
            for key, (title, starts) in sorted(rows.items(), key=lambda row: row[1][1])
        ]

    def _when(
        self,
        future: "Future[Any]",
        done: Callable[[Any], None],
        failed: Callable[[MeetingError], None] | None = None,
    ) -> None:
        """Hand an answer on, unless the window is gone meanwhile."""

        def alive(act: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda what: act(what) if isValid(self) else None

        self._context.bridge.when_done(future, alive(done), alive(failed or self._on_failed))

    # --- making a meeting ---------------------------------------------------------------

    def make(self, proposal: Proposal) -> None:
        """A draft of what was confirmed."""
        inviting = self._context.inviting
        if inviting is None:
            return
        future = inviting.make(invited_draft(self._context), proposal)
        self._wait(future, lambda made: self.made.emit([made]))

    def change(self, meeting: str, proposal: Proposal) -> None:
        """The meeting that is there, as the newer letter says."""
        inviting = self._context.inviting
        if inviting is not None:
            self._wait(inviting.change(meeting, proposal), self.changed.emit)

    def _wait(self, future: "Future[Made]", then: Callable[[Made], None]) -> None:
        self.form.make.setEnabled(False)

        def done(made: Made) -> None:
            self.form.make.setEnabled(True)
            self._made_places |= {n for n, one in enumerate(self._meetings) if one is self._shown}
            then(made)

        def failed(error: MeetingError) -> None:
            self.form.make.setEnabled(True)
            self.info.tell("attention", sentence_of(error))

        self._when(future, done, failed)

    def make_some(self, places: list[int]) -> None:
        """Drafts of all that were ticked."""
        inviting = self._context.inviting
        if inviting is None:
            return
        made: list[Made] = []

        def one_done(one: Made) -> None:
            made.append(one)
            if len(made) == len(places):
                self._made_places |= set(places)
                self.made.emit(made)

        for place in places:
            proposal = proposal_of(self._meetings[place], self._letters)
            future = inviting.make(invited_draft(self._context), proposal)
            self._when(future, one_done, self._on_failed)

    def put_with(self, meeting: str) -> None:
        """The letters become papers of a meeting that is there."""
        inviting = self._context.inviting
        if inviting is None:
            return
        files = [one.pages for one in self._letters if one.pages is not None]
        future = inviting.put_with(meeting, files)
        self._when(future, self.put.emit, self._on_failed)

    def go_back(self) -> None:
        """From one of several meetings to their list, else to all meetings."""
        if self.stack.currentWidget() is self.form and len(self._meetings) > 1:
            self.show_choice()
        else:
            self.leave()

    def show_choice(self) -> None:
        """The meetings that were found; those that are made are told."""
        self.choice.show_meetings(self._meetings, self._services, self._made_places)
        self.stack.setCurrentWidget(self.choice)

    def made_back(self) -> None:
        """What was made is taken back: it may be made again."""
        self._made_places = set()
        if len(self._meetings) > 1:
            self.show_choice()

    @property
    def has_more(self) -> bool:
        """Whether some of several meetings are not made yet."""
        return 0 < len(self._made_places) < len(self._meetings)

    def leave(self) -> None:
        """Back to all meetings; nothing of the letter stays."""
        if self._context.inviting is not None:
            self._context.inviting.stop()
        self.clear()
        self.left.emit()

    def clear(self) -> None:
        """Forget the letters."""
        self.reading.end()
        self._letters, self._meetings, self._made_places = [], [], set()
        self._handed, self._edits = [], {}
        self.form.clear()

    # --- dropping -----------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Anything that could be a letter."""
        if can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read it."""
        if self.take_data(event.mimeData()):
            event.acceptProposedAction()


def proposal_of(meeting: ProposedMeeting, letters: Sequence[ReadLetter]) -> Proposal:
    """A proposed meeting as it was read, without warnings and with at most one link."""
    links: tuple[ProposedLink, ...] = ()
    if meeting.links or meeting.value("site"):
        link = meeting.links[0] if meeting.links else None
        links = (
            ProposedLink(
                service=link.value("service") if link else "",
                url=link.value("url") if link else "",
                meeting_number=link.value("meeting_id") if link else "",
                passcode=link.value("passcode") if link else "",
                organiser=meeting.value("organiser"),
                level=meeting.level,
                site=meeting.value("site"),
                contact=meeting.value("contact"),
                test_at=meeting.value("test_at"),
            ),
        )
    papers = (letters[n].pages for n in meeting.letters)
    return Proposal(
        title=meeting.value("title"),
        starts_at=meeting.value("starts_at"),
        ends_at=meeting.value("ends_at"),
        place="" if links else meeting.value("place"),
        links=links,
        papers=tuple(path for path in papers if path is not None),
        origin=origin_of(meeting, [letters[n] for n in meeting.letters]),
    )


def _begins(meeting: ProposedMeeting) -> tuple[bool, float]:
    """The soonest first; what has no time yet comes last."""
    starts = meeting.value("starts_at")
    return (not starts, moment_of(starts).timestamp() if starts else 0.0)
