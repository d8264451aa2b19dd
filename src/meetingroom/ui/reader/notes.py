"""All marks of the open paper, by page: who wrote what, and who may see it."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.marks import Mark, TextMark, mark_kind
from meetingroom.sentences import sentence
from meetingroom.services import collecting
from meetingroom.ui.controls import (
    Button,
    ElidedLabel,
    GradualRows,
    HairLine,
    IconButton,
    IconLabel,
    Label,
    Panel,
)
from meetingroom.ui.reader.mark_bar import audience_name
from meetingroom.wording import tr

ICONS: dict[tuple[str, ...], str] = {
    ("me",): "lock",
    ("secretary",): "send",
    ("chair",): "user",
    ("everyone",): "users",
}
SHOWN = 200


def kind_words(mark: Mark) -> str:
    """What kind of mark it is, in words."""
    return collecting.kind_words(mark_kind(mark.shape))


def late_and_refused(mark: Mark) -> list[str]:
    """What is to be said of a mark that came late, or that the hub did not take."""
    said = [sentence(mark.refusal)] if mark.is_refused else []
    return said + ([tr("Came after the meeting was closed.")] if mark.is_late else [])


@dataclass(frozen=True)
class NoteRow:
    """What a row of the list says."""

    mark: Mark
    author: str
    is_mine: bool
    version: str


class Notes(Panel):
    """The panel at the right; one's own marks can be shared, narrowed or removed."""

    page_requested = Signal(int)
    remove_requested = Signal(str)
    share_requested = Signal(str, tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("right_panel", parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 8, 8)
        self.title = Label(tr("Notes"), "section")
        column.addWidget(self.title)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.scroller, 1)
        self.setMinimumWidth(240)
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, 6, 0)
        self.advice = Label(
            tr("Highlight words or write on the page: what you mark is listed here."),
            "body",
            "ink_soft",
            wraps=True,
        )
        self.rows = GradualRows(self._row, 8)
        body.addWidget(self.advice)
        body.addWidget(self.rows)
        body.addStretch(1)
        self.scroller.setWidget(inner)
        inner.setAutoFillBackground(False)

    def show_marks(
        self, marks: list[Mark], me: str, directory: Directory, older: dict[str, str] | None = None
    ) -> None:
        """List marks by page; `older` has, by blob, the words for versions now replaced."""
        versions = older or {}
        self.title.setText(f"{tr('Notes')}  {len(marks)}" if marks else tr("Notes"))
        self.advice.setVisible(not marks)
        ordered = sorted(marks, key=lambda mark: (mark.page, mark.blob in versions))
        self.rows.show_rows(
            [
                (
                    mark.id,
                    NoteRow(
                        mark=mark,
                        author="" if mark.author == me else directory.name_of(mark.author),
                        is_mine=mark.author == me,
                        version=versions.get(mark.blob, ""),
                    ),
                )
                for mark in ordered[:SHOWN]
            ]
        )

    def show_mark(self, mark: str) -> None:
        """Bring a mark's row into view."""
        row = self.rows.row(mark)
        if row is not None:
            self.scroller.ensureWidgetVisible(row)

    def _row(self, shown: NoteRow) -> QWidget:
        mark = shown.mark
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        top = QHBoxLayout()
        page = Button(tr("p. {0}").format(mark.page + 1), "quiet", extent="small")
        page.clicked.connect(lambda: self.page_requested.emit(mark.page))
        top.addWidget(page)
        if shown.version:
            top.addWidget(Label(shown.version, "caption", "attention"))
        top.addWidget(ElidedLabel(shown.author, "caption", "ink_soft"), 1)
        who = IconLabel(ICONS.get(mark.audience, "users"), "ink_soft", 16)
        top.addWidget(who)
        top.addWidget(ElidedLabel(audience_name(mark.audience), "caption", "ink_soft"))
        column.addLayout(top)
        quote = mark.shape.quote if isinstance(mark.shape, TextMark) else ""
        if quote:
            column.addWidget(Label(quote[:160], "small", "ink_soft", wraps=True))
        words = mark.text or ("" if quote else kind_words(mark))
        if words:
            column.addWidget(Label(words, "small", wraps=True))
        for said in late_and_refused(mark):
            column.addWidget(Label(said, "caption", "attention", wraps=True))
        if shown.is_mine:
            column.addLayout(self._own(mark))
        column.addWidget(HairLine())
        return row

    def _own(self, mark: Mark) -> QHBoxLayout:
        line = QHBoxLayout()
        state, role = (
            (tr("at the hub"), "good") if mark.is_at_hub else (tr("on this computer"), "ink_soft")
        )
        if mark.is_refused:
            state, role = tr("not accepted by the hub"), "attention"
        line.addWidget(ElidedLabel(state, "caption", role), 1)
        if mark.is_private:
            share = Button(tr("To the secretary"), "quiet", extent="small")
            share.clicked.connect(lambda: self.share_requested.emit(mark.id, ("secretary",)))
        else:
            share = Button(tr("Only for me"), "quiet", extent="small")
            share.clicked.connect(lambda: self.share_requested.emit(mark.id, ("me",)))
        line.addWidget(share)
        drop = IconButton("trash-2", tr("Remove this mark"), extent="small", size=16)
        drop.clicked.connect(lambda: self.remove_requested.emit(mark.id))
        line.addWidget(drop)
        return line
