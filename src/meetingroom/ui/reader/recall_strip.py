"""A paper was withdrawn: said once, in one low line, until the person has read it."""

from PySide6.QtWidgets import QHBoxLayout
from shiboken6 import isValid

from meetingroom.domain.meeting import Meeting
from meetingroom.services.news import CopiesLeft
from meetingroom.services.purging import Notice
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, IconLabel, Label, Panel
from meetingroom.wording import tr


class RecallStrip(Panel):
    """The title is told only of a recalled paper that this window still knows it of."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__("field")
        self._context, self._meeting = context, ""
        self._folded: Meeting | None = None
        self._titles: dict[str, str] = {}
        self._asked: frozenset[str] = frozenset()
        self.notice: Notice | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 16, 3)
        row.setSpacing(8)
        # Where files must be deleted by hand every word counts: the line may become two.
        row.addWidget(IconLabel("file-warning", "attention", 18))
        self.words = Label("", "body", wraps=True)
        row.addWidget(self.words, 1)
        self.known = Button(tr("I have read it"), "outlined", extent="small")
        self.known.clicked.connect(self.on_known)
        row.addWidget(self.known)
        context.bridge.copies_left.connect(self.on_copies_left)
        self.hide()

    def show_meeting(self, meeting: Meeting) -> None:
        """Ask what is to be told, where there is something new."""
        if meeting.id != self._meeting:
            self._meeting, self._titles, self._asked = meeting.id, {}, frozenset()
            self.hide()
        self._folded = meeting
        self._titles |= {key: paper.title for key, paper in meeting.papers.items()}
        if (names := frozenset(meeting.purges)) != self._asked:
            self._asked = names
            self._ask()

    def on_copies_left(self, _what: CopiesLeft) -> None:
        """Something of it is left on this computer: the line says where."""
        self._ask()

    def _ask(self) -> None:
        purging, meeting = self._context.purging, self._meeting
        if purging is None or not meeting:
            return

        def told(notices: list[Notice]) -> None:
            if isValid(self) and meeting == self._meeting:
                self._show(notices)

        self._context.bridge.when_done(purging.notices(meeting), told)

    def _show(self, notices: list[Notice]) -> None:
        self.notice = next(iter(notices), None)
        if self.notice is not None:
            self.words.setText(self._words_of(self.notice))
            self.setAccessibleName(self.words.text())
        self.setVisible(self.notice is not None)

    def _words_of(self, notice: Notice) -> str:
        title = self._titles.get(notice.paper, "") if notice.reason != "secret" else ""
        number = self._number(notice.item)
        if title:
            words = tr("The paper “{0}” was withdrawn.").format(title)
        elif number:
            words = tr("A paper of item {0} was withdrawn.").format(number)
        else:
            words = tr("A paper was withdrawn.")
        left = (*notice.copies, *notice.backups)
        if left:
            words += " " + tr("Please delete yourself: {0}").format(", ".join(left))
        return words

    def _number(self, item: str) -> int:
        issued = self._folded.issued if self._folded else None
        rows = issued.agenda if issued else ()
        return next((n for n, row in enumerate(rows, 1) if row.item == item), 0)

    def on_known(self) -> None:
        """The next one, or none."""
        purging, notice = self._context.purging, self.notice
        if purging is None or notice is None:
            return
        self._context.bridge.when_done(purging.keep_told(notice.purge), lambda _: self._ask())
