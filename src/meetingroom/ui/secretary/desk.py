"""The secretary's desk: a meeting in steps, each kept at once."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.ids import EVERYONE
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.paper import Inspection
from meetingroom.sentences import sentence, sentence_of
from meetingroom.services.drafting import Draft, DraftPaper, findings, map_papers
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    Chip,
    ElidedLabel,
    IconButton,
    InfoBar,
    Label,
    Panel,
    ProgressRow,
    StepBar,
)
from meetingroom.ui.freshness import WhenSeen
from meetingroom.ui.secretary.agenda_editor import AgendaEditor
from meetingroom.ui.secretary.audience_dialog import AudienceDialog
from meetingroom.ui.secretary.check_list import CheckList
from meetingroom.ui.secretary.collected import Collected
from meetingroom.ui.secretary.follow_up import FollowUp
from meetingroom.ui.secretary.information import Information
from meetingroom.ui.secretary.meeting_list import MeetingList
from meetingroom.ui.secretary.people_picker import PeoplePicker
from meetingroom.ui.stage.moments import local
from meetingroom.wording import tr

DRAFT_STEPS = ("info", "agenda", "people", "check", "issue")


class SecretaryDesk(QWidget):
    """Prepares, issues, follows up and collects."""

    lead_requested = Signal(str)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.meeting_id = ""
        self._draft: Draft | None = None
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
        self.pages: dict[str, Any] = {
            "info": Information(),
            "agenda": AgendaEditor(),
            "people": PeoplePicker(),
            "check": CheckList(),
            "issue": self._issue_page(),
            "follow": FollowUp(),
            "collect": Collected(),
        }
        self._build()
        self._wire()
        self.show_list()

    def _build(self) -> None:
        self.stack = QStackedWidget()
        self.room = QStackedWidget()
        for page in self.pages.values():
            self.room.addWidget(page)
        meeting = QWidget()
        column = QVBoxLayout(meeting)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top())
        column.addWidget(self.steps)
        column.addWidget(self.info)
        body = QVBoxLayout()
        body.setContentsMargins(20, 16, 20, 16)
        body.addWidget(self.room)
        column.addLayout(body, 1)
        self.stack.addWidget(self.list)
        self.stack.addWidget(meeting)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def _top(self) -> Panel:
        top = Panel("top_bar")
        row = QHBoxLayout(top)
        row.setContentsMargins(16, 8, 20, 8)
        row.setSpacing(12)
        back = IconButton("chevron-left", tr("All meetings"))
        back.clicked.connect(self.show_list)
        row.addWidget(back)
        self.title = ElidedLabel("", "title")
        row.addWidget(self.title, 1)
        self.state = Chip(tr("Draft"), "draft")
        row.addWidget(self.state)
        self.undo = Button(tr("Undo"), "outlined", "undo-2", shortcut="Ctrl+Z")
        self.lead = Button(tr("Conduct the session"), "outlined", "presentation")
        self.revise = Button(tr("Change and issue again"), "accent", "pencil")
        self.next = Button(tr("Next step"), "primary", "chevron-right", icon_after=True)
        for button in (self.undo, self.lead, self.revise, self.next):
            row.addWidget(button)
        return top

    def _issue_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        self.summary = Label("", "section", wraps=True)
        self.issue_button = Button(tr("Issue"), "primary", "send", extent="large")
        self.progress = ProgressRow(tr("Sending the papers to the hub"), can_stop=False)
        self.progress.hide()
        column.addWidget(self.summary)
        row = QHBoxLayout()
        row.addWidget(self.issue_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addStretch(1)
        return page

    def _wire(self) -> None:
        bridge = self._context.bridge
        self._fresh = WhenSeen(self, self._refresh)
        bridge.meeting_changed.connect(self._fresh.ask)
        bridge.directory_changed.connect(self._fresh.ask)
        self.list.meeting_requested.connect(self.open_meeting)
        self.list.new_requested.connect(self.on_new)
        self.steps.step_requested.connect(self.go)
        for key in ("info", "agenda", "people"):
            self.pages[key].edit_requested.connect(self.edit)
        self.pages["info"].link_requested.connect(self.on_link)
        agenda: AgendaEditor = self.pages["agenda"]
        agenda.files_requested.connect(self.add_files)
        agenda.choose_requested.connect(self.on_choose_files)
        agenda.audience_requested.connect(self.on_audience)
        self.pages["collect"].export_requested.connect(self.on_export)
        self.undo.clicked.connect(self.on_undo)
        self.revise.clicked.connect(self.on_revise)
        self.next.clicked.connect(self.on_next)
        self.lead.clicked.connect(lambda: self.lead_requested.emit(self.meeting_id))
        self.issue_button.clicked.connect(self.on_issue)

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
        """Start a draft."""
        drafting = self._context.drafting
        if drafting is not None:
            self._context.bridge.when_done(
                drafting.start(), lambda draft: self.open_meeting(draft.meeting), self.complain
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

    def go(self, key: str) -> None:
        """Go to a step; the draft's steps need a draft."""
        if key in DRAFT_STEPS and self._draft is None:
            self.on_revise(then=key)
            return
        self.steps.set_current(key)
        self.room.setCurrentWidget(self.pages[key])
        self._refresh()

    def on_next(self) -> None:
        keys = list(self.pages)
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
            self.list.show_all(drafts, desk.meetings, self._context.me)
            return
        draft, meeting, directory = self._draft, self.meeting, desk.directory
        self._show_top(draft, meeting)
        if draft is not None:
            self._show_draft(draft)
        step = self.steps.current_key()
        if meeting is not None and meeting.issued is not None and step in ("follow", "collect"):
            self.pages[step].show_meeting(meeting, directory)

    def _show_top(self, draft: Draft | None, meeting: Meeting | None) -> None:
        issued = meeting.issued if meeting else None
        title = draft.title if draft else (issued.title if issued else "")
        self.title.setText(title or tr("Without a title"))
        if draft is not None:
            self.state.set_state(tr("Draft"), "draft")
        elif issued is not None:
            self.state.set_state(tr("Issued, revision {0}").format(issued.revision), "accent")
        is_draft_step = self.steps.current_key() in DRAFT_STEPS
        self.undo.setVisible(draft is not None)
        self.next.setVisible(draft is not None and self.steps.current_key() != "issue")
        self.revise.setVisible(draft is None and issued is not None)
        self.lead.setVisible(issued is not None and not is_draft_step)

    def _show_draft(self, draft: Draft) -> None:
        directory = self._context.desk.directory
        match self.steps.current_key():
            case "info":
                self.pages["info"].show_draft(draft)
            case "agenda":
                self.pages["agenda"].show_draft(draft, self._clocks(draft), directory)
            case "people":
                self.pages["people"].show_draft(draft, directory)
        rows = findings(draft, lambda person: len(directory.devices_of(person)))
        if self.steps.current_key() == "check":
            self.pages["check"].show_findings(rows)
        must = sum(row.level == "must" for row in rows)
        self.steps.set_state("check", "missing" if must else "done", must)
        self.steps.set_state("info", "done" if draft.title and draft.starts_at else "todo")
        self.steps.set_state("agenda", "done" if draft.papers else "todo")
        self.steps.set_state("people", "done" if draft.chair and draft.members else "todo")
        self.issue_button.setEnabled(must == 0)
        words = tr("Revision {0}: {1} items, {2} papers, {3} people")
        people = len({draft.chair, *draft.secretaries, *draft.members, *draft.guests} - {""})
        self.summary.setText(
            words.format(draft.base + 1, len(draft.items), len(draft.papers), people)
        )
        self.issue_button.set_words(tr("Issue revision {0}").format(draft.base + 1))

    def _clocks(self, draft: Draft) -> list[str]:
        if not draft.starts_at:
            return ["–" for _ in draft.items]
        at = local(draft.starts_at)
        clocks: list[str] = []
        for row in draft.items:
            clocks.append(f"{at:%H:%M}")
            at += timedelta(minutes=row.minutes)
        return clocks

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
            self._draft = draft
            self._refresh()

    def on_undo(self) -> None:
        drafting = self._context.drafting
        if drafting is not None:
            self._context.bridge.when_done(
                drafting.undo(self.meeting_id), self._edited, self.complain
            )

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
        drafting = self._context.drafting
        if drafting is not None:
            self._context.bridge.when_done(
                drafting.add_files(self.meeting_id, self._item_for(item, files), files, replaces),
                self._added,
                self.complain,
            )

    def _item_for(self, item: str, files: list[Path]) -> str:
        """A single file named "2.1 …" lands on item 2."""
        head = files[0].name.split(".")[0] if len(files) == 1 else ""
        items = self._draft.items if self._draft else ()
        is_number = head.isdecimal() and files[0].name[len(head) + 1 : len(head) + 2].isdecimal()
        if is_number and 0 < int(head) <= len(items):
            return items[int(head) - 1].item
        return item

    def _added(self, seen: list[Inspection]) -> None:
        problems = [one for one in seen if one.problem]
        self._take_draft()
        self._refresh()
        if problems:
            words = [
                sentence(
                    one.problem or "", {"file": "" if one.problem == "paper.secret" else one.file}
                )
                for one in problems[:3]
            ]
            self.info.tell(
                "live", tr("{0} files were not added").format(len(problems)), " ".join(words)
            )
        else:
            self.info.withdraw()

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
        if issuing is None:
            return
        self.issue_button.setEnabled(False)
        self.progress.show()

        def moved(done: int, total: int) -> None:
            bridge.call(
                lambda: self.progress.set_progress(done, total, f"{done >> 20}/{total >> 20} MB")
            )

        bridge.when_done(issuing.issue(self.meeting_id, moved), self._issued, self._not_issued)

    def _issued(self, revision: int) -> None:
        self.progress.hide()
        self._draft = None
        self.info.tell(
            "good",
            tr("Revision {0} is issued; every laptop fetches it by itself.").format(revision),
        )
        self.go("follow")

    def _not_issued(self, error: MeetingError) -> None:
        self.progress.hide()
        self.issue_button.setEnabled(True)
        self.complain(error)

    def on_export(self, folder: Path, formats: set[str]) -> None:
        meeting = self.meeting
        if meeting is None or self._context.export is None:
            return
        self._context.bridge.when_done(
            self._context.export(meeting, folder, formats),
            self._exported,
            self.complain,
        )

    def _exported(self, found: dict[str, Any]) -> None:
        absent = tr("No file could be made for: {0}")
        lines = [*found["files"], *(absent.format(name) for name in found["missing"])]
        self.pages["collect"].written.setText("\n".join(lines))

    def complain(self, error: MeetingError) -> None:
        """Say a known error in the quiet bar."""
        self.info.tell("attention", sentence_of(error))
