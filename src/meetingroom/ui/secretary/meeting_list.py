"""The secretary's meetings and drafts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain.meeting import Meeting
from meetingroom.services.drafting import Draft
from meetingroom.ui.controls import Button, Card, Chip, ElidedLabel, EmptyPlace, HairLine, Label
from meetingroom.wording import tr


class MeetingList(QScrollArea):
    """`meeting_requested` opens one's steps, `new_requested` starts a draft."""

    meeting_requested = Signal(str)
    new_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)

    def show_all(self, drafts: dict[str, Draft], meetings: dict[str, Meeting], me: str) -> None:
        """Drafts and the meetings this person is secretary of."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(28, 20, 28, 20)
        mine = [m for m in meetings.values() if m.issued is not None and m.is_secretary(me)]
        if not drafts and not mine:
            advice = tr("A meeting is prepared in steps; everything is kept at once.")
            empty = EmptyPlace(
                "calendar",
                tr("No meeting yet"),
                advice,
                tr("Make the first meeting"),
                button_icon="plus",
            )
            empty.step_requested.connect(self.new_requested)
            column.addWidget(empty, 1)
            self.setWidget(inner)
            return
        top = QHBoxLayout()
        top.addWidget(Label(tr("Prepare meetings"), "page_title"), 1)
        new = Button(tr("New meeting"), "primary", "plus")
        new.clicked.connect(self.new_requested)
        top.addWidget(new)
        column.addLayout(top)
        card = Card(padding=0)
        rows = [
            (key, d.title or tr("Without a title"), tr("Draft"), "draft")
            for key, d in drafts.items()
        ]
        for meeting in mine:
            if meeting.id not in drafts and meeting.issued is not None:
                words = tr("Issued, revision {0}").format(meeting.issued.revision)
                rows.append((meeting.id, meeting.issued.title, words, "accent"))
        for place, (key, title, state, kind) in enumerate(rows):
            if place:
                card.body.addWidget(HairLine())
            card.body.addWidget(self._row(key, title, state, kind))
        column.addWidget(card)
        column.addStretch(1)
        self.setWidget(inner)

    def _row(self, key: str, title: str, state: str, kind: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(20, 12, 16, 12)
        row.addWidget(ElidedLabel(title, "strong"), 1)
        row.addWidget(Chip(state, kind))  # type: ignore[arg-type]
        button = Button(tr("Open", "meeting"), "outlined", extent="small")
        button.setAccessibleName(f"{tr('Open', 'meeting')}: {title}")
        button.clicked.connect(lambda: self.meeting_requested.emit(key))
        row.addWidget(button)
        return line
