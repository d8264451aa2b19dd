"""One paper of a draft: what it is, who reads it, its next version."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from meetingroom.domain.ids import EVERYONE
from meetingroom.services.drafting import DraftPaper
from meetingroom.ui.controls import Button, Chip, ElidedLabel, IconButton, IconLabel, Label
from meetingroom.ui.controls.grip import Grip
from meetingroom.ui.secretary.agenda_edits import paper_moved, without_paper
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr


class PaperRow(QWidget):
    """Never changed in place: another number or paper is another row."""

    edit_requested = Signal(object)
    audience_requested = Signal(str)
    version_requested = Signal(str)

    def __init__(self, number: str, paper: DraftPaper) -> None:
        super().__init__()
        self.shown = (number, paper)
        self.paper = paper.paper
        name = f"{number} {paper.title}"
        line = QHBoxLayout(self)
        line.setContentsMargins(current_theme().scaled(72), 0, 0, 0)
        line.setSpacing(8)
        grip = Grip("paper", paper.paper, name)
        grip.moved.connect(lambda by: self.edit_requested.emit(paper_moved(paper.paper, by)))
        line.addWidget(grip)
        line.addWidget(IconLabel("file-text", "accent", 18))
        title = ElidedLabel(f"{number}  {paper.title}", "body")
        line.addWidget(title, 1)
        self._add_marks(line, paper)
        self._add_buttons(line, name, paper)

    def _add_marks(self, line: QHBoxLayout, paper: DraftPaper) -> None:
        if paper.handling:
            line.addWidget(Chip(tr("internal"), "attention"))
        if paper.secrecy == "unknown":
            line.addWidget(Chip(tr("no text to check"), "attention"))
        if paper.version > 1:
            line.addWidget(Chip(tr("version {0}").format(paper.version), "accent"))
        pages = Label(tr("{0} p.", "pages of a paper").format(paper.pages), "caption", "ink_soft")
        line.addWidget(pages)

    def _add_buttons(self, line: QHBoxLayout, name: str, paper: DraftPaper) -> None:
        is_all = EVERYONE in paper.audience
        words = tr("All at the meeting") if is_all else tr("{0} people").format(len(paper.audience))
        audience = Button(words, "plain", "users" if is_all else "lock", extent="small")
        audience.setAccessibleName(f"{tr('Who may read this paper')}: {name}, {words}")
        audience.setToolTip(tr("Who may read this paper"))
        audience.clicked.connect(lambda: self.audience_requested.emit(paper.paper))
        line.addWidget(audience)
        replace = Button(tr("New version…"), "quiet", extent="small")
        replace.setAccessibleName(f"{tr('New version…')} {name}")
        replace.clicked.connect(lambda: self.version_requested.emit(paper.paper))
        line.addWidget(replace)
        drop = IconButton("x", f"{tr('Take the paper out')}: {name}", extent="small", size=16)
        drop.clicked.connect(lambda: self.edit_requested.emit(without_paper(paper.paper)))
        line.addWidget(drop)
