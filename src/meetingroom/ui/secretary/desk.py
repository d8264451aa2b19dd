"""The secretary's desk: a meeting in steps, each kept at once."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.ids import EVERYONE
from meetingroom.domain.meeting import Meeting
from meetingroom.sentences import sentence_of
from meetingroom.services.drafting import Draft, DraftPaper, map_papers
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    Chip,
    ElidedLabel,
    FoldingRow,
    IconButton,
    InfoBar,
    Panel,
    ProgressRow,
    StatusLine,
    StepBar,
    UndoToast,
)
from meetingroom.ui.freshness import WhenSeen
from meetingroom.ui.secretary.adding import AddingFiles
from meetingroom.ui.secretary.agenda_clock import clocks_of
from meetingroom.ui.secretary.asides import Asides
from meetingroom.ui.secretary.audience_dialog import AudienceDialog
from meetingroom.ui.secretary.draft_changes import changes_in_words, loss_in_words
from meetingroom.ui.secretary.hub_state import HubState
from meetingroom.ui.secretary.issue_page import IssuePage
from meetingroom.ui.secretary.meeting_list import MeetingList
from meetingroom.ui.secretary.received_desk import LettersAtDesk
from meetingroom.ui.secretary.step_pages import MAKERS, StepPages
from meetingroom.ui.secretary.usual_draft import checked, usual_draft, without_computer
from meetingroom.wording import tr

DRAFT_STEPS = ("info", "agenda", "people", "check", "issue")
GOOD_NEWS_MS = 12_000
AFTER_MS = 60
TITLE_AT_LEAST = 200


class SecretaryDesk(QWidget):
    """Prepares, issues, follows up and collects."""

    lead_requested = Signal(str)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.meeting_id = ""
        self._draft: Draft | None = None
        self._discarded: Draft | None = None
        self.list = MeetingList()
        self.steps = StepBar(
            (
                ("info", tr("Information")),
                ("agenda", tr("Agenda and papers")),
                ("people", tr("Participants")),
                ("check", tr("Check")),
                ("issue", tr("Issue")),
                ("follow", tr("Follow up")),
                ("collect", tr("Collect")),
            ),
            tr("Steps of a meeting"),
        )
        self.info = InfoBar()
        self._said_for = QTimer(self)
        self._said_for.setSingleShot(True)
        self._said_for.setInterval(GOOD_NEWS_MS)
        self._said_for.timeout.connect(self.info.withdraw)
        self.room = QStackedWidget()
        self.pages = StepPages(self, self._adopt_page, context)
        self._build()
        self._wire()
        self.show_list()

    def _build(self) -> None:
        self.stack = QStackedWidget()
        meeting = QWidget()
        column = QVBoxLayout(meeting)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top())
        column.addWidget(self.steps)
        column.addWidget(self.info)
        body = QVBoxLayout()
        body.setContentsMargins(20, 16, 20, 16)
        self.looking = ProgressRow(tr("Looking at the files"), can_stop=False)
        body.addWidget(self.looking)
        # Only where large text leaves no room does this scroll as a whole.
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setWidget(self.room)
        body.addWidget(scroller, 1)
        column.addLayout(body, 1)
        self.stack.addWidget(self.list)
        self.stack.addWidget(meeting)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.stack, 1)
        self.status = StatusLine()
        outer.addWidget(self.status)
        self.hub_state = HubState(self._context, self.status)
        self.adding = AddingFiles(self._context, self.looking, self.info)
        self.toast = UndoToast(self)
        self.letters = LettersAtDesk(self, self._context)

    def _top(self) -> Panel:
        top = Panel("top_bar")
        left, right = QWidget(), QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        back = IconButton("chevron-left", tr("All meetings"))
        back.clicked.connect(self.show_list)
        row.addWidget(back)
        self.title = ElidedLabel("", "title")
        self.title.setMinimumWidth(TITLE_AT_LEAST)
        row.addWidget(self.title, 1)
        self.state = Chip(tr("Draft"), "draft")
        row.addWidget(self.state)
        row = QHBoxLayout(right)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.undo = Button(tr("Undo"), "outlined", "undo-2", shortcut="Ctrl+Z")
        self.redo = IconButton("redo-2", tr("Redo"), shortcut="Ctrl+Y")
        self.lead = Button(tr("Conduct the session"), "outlined", "presentation")
        self.revise = Button(tr("Change and issue again"), "accent", "pencil")
        self.next = Button(tr("Next step"), "primary", "chevron-right", icon_after=True)
        for button in (self.redo, self.undo, self.lead, self.revise, self.next):
            row.addWidget(button)
            button.hide()
        column = QVBoxLayout(top)
        column.setContentsMargins(16, 8, 20, 8)
        column.addWidget(FoldingRow(left, right))
        return top

    def _wire(self) -> None:
        bridge = self._context.bridge
        self._fresh = WhenSeen(self, self._refresh)
        bridge.meeting_changed.connect(self._fresh.ask)
        bridge.directory_changed.connect(self._fresh.ask)
        self.asides = Asides(self._context, self.stack, self.list, self.open_meeting)
        self.list.meeting_requested.connect(self.open_meeting)
        self.list.new_requested.connect(self.on_new)
        self.list.discard_requested.connect(self.on_discard)
        self.steps.step_requested.connect(self.go)
        self.adding.draft_changed.connect(self._take_and_show)
        self.toast.undo_requested.connect(self._on_toast)
        self.undo.clicked.connect(self.on_undo)
        self.redo.clicked.connect(self.on_redo)
        self.revise.clicked.connect(self.on_revise)
        self.next.clicked.connect(self.on_next)
        self.lead.clicked.connect(lambda: self.lead_requested.emit(self.meeting_id))

    def _adopt_page(self, key: str, page: Any) -> None:
        self.room.addWidget(page)
        if key in ("info", "agenda", "people"):
            page.edit_requested.connect(self.edit)
        match key:
            case "info":
                page.look_with(self._context)
                page.link_requested.connect(self.on_link)
            case "agenda":
                page.files_requested.connect(self.add_files)
                page.choose_requested.connect(self.on_choose_files)
                page.audience_requested.connect(self.on_audience)
            case "check":
                page.step_requested.connect(self.go)
            case "issue":
                page.issue_requested.connect(self.on_issue)
                page.check_requested.connect(lambda: self.go("check"))
            case "collect":
                page.look_with(self._context, self._do)
                page.export_requested.connect(self.on_export)

    @property
    def issue_button(self) -> Button:
        """The button that sends the draft out."""
        button: Button = self.pages["issue"].button
        return button

    # --- which meeting --------------------------------------------------------------------

    @property
    def meeting(self) -> Meeting | None:
        return self._context.desk.meeting(self.meeting_id)

    def show_list(self) -> None:
        """All meetings and drafts."""
        self.meeting_id = ""
        self._refresh()
        self.stack.setCurrentIndex(0)

    def on_new(self) -> None:
        """Start a draft: what the fields show at first is also kept."""
        drafting = self._context.drafting
        if drafting is None:
            return
        draft = usual_draft(self._context)
        self._context.bridge.when_done(
            drafting.adopt(draft), lambda kept: self.open_meeting(kept.meeting), self.complain
        )

    def on_discard(self, meeting: str) -> None:
        """Give a draft up; it can be taken back for a while."""
        drafting = self._context.drafting
        draft = drafting.draft(meeting) if drafting else None
        if drafting is None or draft is None:
            return

        def done(_nothing: object) -> None:
            self._refresh()
            self._discarded = draft
            words = tr("The draft “{0}” was given up")
            self.toast.tell(words.format(draft.title or tr("Without a title")), "draft")

        self._context.bridge.when_done(drafting.discard(meeting), done, self.complain)

    def _on_toast(self, key: str) -> None:
        drafting, draft = self._context.drafting, self._discarded
        if key != "draft":
            self.on_undo()
        elif drafting is not None and draft is not None:
            self._discarded = None
            self._context.bridge.when_done(
                drafting.adopt(draft), lambda _kept: self._refresh(), self.complain
            )

    def open_meeting(self, meeting: str) -> None:
        """A meeting's steps: a draft from its first, an issued one from the follow-up."""
        self.meeting_id = meeting
        self._take_draft()
        self.go("info" if self._draft is not None else "follow")
        self.stack.setCurrentIndex(1)

    def _take_draft(self) -> None:
        drafting = self._context.drafting
        self._draft = drafting.draft(self.meeting_id) if drafting else None

    def _take_and_show(self) -> None:
        self._take_draft()
        self._refresh()

    def go(self, key: str) -> None:
        """Go to a step; the draft's steps need a draft."""
        if key in DRAFT_STEPS and self._draft is None:
            self.on_revise(then=key)
            return
        self.info.withdraw()
        self.steps.set_current(key)
        self.room.setCurrentWidget(self.pages[key])
        self._refresh()

    def on_next(self) -> None:
        keys = list(MAKERS)
        at = keys.index(self.steps.current_key())
        self.go(keys[min(at + 1, len(keys) - 1)])

    def on_revise(self, *_args: object, then: str = "agenda") -> None:
        """A draft of the next revision."""
        drafting = self._context.drafting
        if drafting is None or self.meeting is None:
            return

        def started(draft: Draft) -> None:
            self._draft = draft
            self.go(then)

        self._context.bridge.when_done(drafting.revise(self.meeting_id), started, self.complain)

    # --- showing --------------------------------------------------------------------------

    def _refresh(self) -> None:
        desk, drafting = self._context.desk, self._context.drafting
        if not self.meeting_id:
            drafts = drafting.drafts if drafting else {}
            self.list.show_all(drafts, desk.meetings, self._context.me, desk.directory)
            return
        draft, meeting, directory = self._draft, self.meeting, desk.directory
        self._show_top(draft, meeting)
        if draft is not None:
            self._show_draft(draft)
        step = self.steps.current_key()
        if meeting is not None and meeting.issued is not None and step in ("follow", "collect"):
            self.pages[step].show_meeting(meeting, directory)

    def _show_top(self, draft: Draft | None, meeting: Meeting | None) -> None:
        issued, drafting = meeting.issued if meeting else None, self._context.drafting
        title = draft.title if draft else (issued.title if issued else "")
        self.title.setText(title or tr("Without a title"))
        if draft is not None:
            words = (
                tr("Draft of revision {0}").format(draft.base + 1) if draft.base else tr("Draft")
            )
            self.state.set_state(words, "draft")
        elif issued is not None:
            self.state.set_state(tr("Issued, revision {0}").format(issued.revision), "accent")
        step = self.steps.current_key()
        is_draft_step = step in DRAFT_STEPS
        has_draft = draft is not None and is_draft_step
        can_revise = draft is None and meeting is not None and meeting.state in ("issued", "open")
        leads = self._context.leading.may_lead(self.meeting_id)
        self._show_buttons(
            {
                self.undo: has_draft,
                self.redo: has_draft,
                self.next: has_draft and step != "issue",
                self.revise: can_revise and issued is not None,
                self.lead: issued is not None and not is_draft_step and leads,
            }
        )
        self.undo.setEnabled(drafting is not None and drafting.can_undo(self.meeting_id))
        self.redo.setEnabled(drafting is not None and drafting.can_redo(self.meeting_id))
        if draft is None and issued is not None:
            for key in DRAFT_STEPS:
                self.steps.set_state(key, "done")

    def _show_buttons(self, visible: dict[QWidget, bool]) -> None:
        """Hide first: all at once would need more room than there is."""
        for button in sorted(visible, key=lambda one: visible[one]):
            button.setVisible(visible[button])

    def _show_draft(self, draft: Draft) -> None:
        directory = self._context.desk.directory
        rows = checked(draft, self._context)
        must = sum(row.level == "must" for row in rows)
        match self.steps.current_key():
            case "info":
                self.pages["info"].show_draft(draft)
            case "agenda":
                self.pages["agenda"].show_draft(draft, clocks_of(draft), directory)
            case "people":
                self.pages["people"].show_draft(draft, directory)
            case "check":
                self.pages["check"].show_findings(rows, without_computer(draft, self._context))
            case "issue":
                changes = changes_in_words(draft, self.meeting, directory)
                without = len(without_computer(draft, self._context))
                self.pages["issue"].show_draft(draft, changes, must, without)
        self._show_states(draft, must)

    def _show_states(self, draft: Draft, must: int) -> None:
        self.steps.set_state("check", "missing" if must else "done", must)
        has_titles = bool(draft.items) and all(row.title for row in draft.items)
        for key, is_done in (
            ("info", bool(draft.title and draft.starts_at)),
            ("agenda", has_titles and bool(draft.papers)),
            ("people", bool(draft.chair and draft.members)),
            ("issue", False),
        ):
            self.steps.set_state(key, "done" if is_done else "todo")

    # --- acting ---------------------------------------------------------------------------

    def edit(self, change: Callable[[Draft], Draft]) -> None:
        """Change the draft: kept at once."""
        drafting = self._context.drafting
        if drafting is not None and self.meeting_id:
            self._context.bridge.when_done(
                drafting.edit(self.meeting_id, change), self._edited, self.complain
            )

    def _edited(self, draft: Draft) -> None:
        if draft.meeting == self.meeting_id:
            before, self._draft = self._draft, draft
            self._refresh()
            self._tell_loss(before, draft)

    def _tell_loss(self, before: Draft | None, draft: Draft) -> None:
        """What was taken out can be taken back, here and with Ctrl Z."""
        if before is not None and before.meeting == draft.meeting:
            words = loss_in_words(before, draft)
            if words:
                self.toast.tell(words, "edit")

    def on_undo(self) -> None:
        """Take the last change back."""
        self._step("undo")

    def on_redo(self) -> None:
        """Make it again."""
        self._step("redo")

    def _step(self, way: str) -> None:
        drafting = self._context.drafting
        if drafting is None:
            return
        self.toast.leave()
        task = (drafting.undo if way == "undo" else drafting.redo)(self.meeting_id)
        self._context.bridge.when_done(task, self._stepped, self.complain)

    def _stepped(self, draft: Draft) -> None:
        if draft.meeting == self.meeting_id:
            self._draft = draft
            self._refresh()

    def on_link(self, title: str, url: str) -> None:
        drafting = self._context.drafting
        if drafting is not None:
            self._context.bridge.when_done(
                drafting.add_link(self.meeting_id, title, url), self._edited, self.complain
            )

    def on_choose_files(self, item: str, replaces: str) -> None:
        """Files by dialog."""
        names, _ = QFileDialog.getOpenFileNames(self, tr("Add files"), "", "PDF (*.pdf)")
        if names:
            self.add_files(item, [Path(name) for name in names], replaces)

    def add_files(self, item: str, files: list[Path], replaces: str = "") -> None:
        """Look at files and keep the good ones; what was refused is said, not kept."""
        if self._draft is not None:
            self.adding.add(self._draft, item, files, replaces)

    def on_audience(self, paper: str) -> None:
        """Choose who may read a paper."""
        draft = self._draft
        row = next((one for one in draft.papers if one.paper == paper), None) if draft else None
        if draft is None or row is None:
            return
        directory = self._context.desk.directory
        participants = {*draft.members, *draft.guests}
        # Nobody chosen yet: the secretary may still name readers, from the whole office.
        people = {*participants, draft.chair} if participants else set(directory.people)
        dialog = AudienceDialog(row.title, people, row.audience, directory, self)
        dialog.chosen.connect(lambda audience: self._set_audience(paper, audience))
        dialog.open()

    def _set_audience(self, paper: str, audience: tuple[str, ...]) -> None:
        def change(row: DraftPaper) -> DraftPaper:
            if row.paper != paper:
                return row
            return msgspec.structs.replace(row, audience=audience or (EVERYONE,))

        self.edit(lambda draft: map_papers(draft, change))

    def on_issue(self) -> None:
        """Send the draft out as a revision."""
        issuing, bridge = self._context.issuing, self._context.bridge
        page: IssuePage = self.pages["issue"]
        if issuing is None:
            return
        page.wait(is_waiting=True)

        def moved(done: int, total: int) -> None:
            numbers = f"{done / 1e6:.1f}/{total / 1e6:.1f} MB"
            bridge.call(lambda: page.progress.set_progress(done, total, numbers))

        bridge.when_done(issuing.issue(self.meeting_id, moved), self._issued, self._not_issued)

    def _issued(self, revision: int) -> None:
        self.pages["issue"].wait(is_waiting=False)
        self._draft = None
        # One thing after another: the window must not stand still while all laptops hurry.
        QTimer.singleShot(0, self, lambda: self.go("follow"))
        QTimer.singleShot(AFTER_MS, self, lambda: self._say_issued(revision))

    def _say_issued(self, revision: int) -> None:
        words = tr("Revision {0} is issued; every laptop fetches it by itself.")
        self.info.tell("good", words.format(revision))
        self._said_for.start()

    def _not_issued(self, error: MeetingError) -> None:
        self.pages["issue"].wait(is_waiting=False)
        self.complain(error)

    def on_export(self, folder: Path, formats: set[str]) -> None:
        """Write the shared marks to a folder."""
        meeting, page = self.meeting, self.pages["collect"]
        if meeting is None or self._context.export is None:
            return
        page.wait(is_waiting=True)

        def failed(error: MeetingError) -> None:
            page.wait(is_waiting=False)
            self.complain(error)

        self._context.bridge.when_done(
            self._context.export(meeting, folder, formats),
            lambda found: page.show_written(folder, found["files"], found["missing"]),
            failed,
        )

    def _do(self, task: "Future[Any]") -> None:
        self._context.bridge.when_done(task, None, self.complain)

    def complain(self, error: MeetingError) -> None:
        """Say a known error in the quiet bar."""
        self._said_for.stop()
        self.info.tell("attention", sentence_of(error))
