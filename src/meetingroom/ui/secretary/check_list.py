"""The check list before issuing, in words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from meetingroom.services.drafting import Finding
from meetingroom.ui.controls import Button, Card, IconLabel, Label
from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.wording import tr

NAMES_SHOWN = 8
STEP_OF = {
    "title": "info",
    "body": "info",
    "late": "info",
    "time": "info",
    "place": "info",
    "chair": "people",
    "people": "people",
    "items": "agenda",
    "presenters": "agenda",
    "no_text": "agenda",
}


def finding_words(finding: Finding) -> str:
    """One finding as a sentence."""
    good = {
        "title": tr("The meeting has a title"),
        "time": tr("The time is set"),
        "body": tr("The body is chosen"),
        "chair": tr("The chair is chosen"),
        "people": tr("People are invited"),
        "items": tr("Every item has a title"),
        "place": tr("The place is set"),
        "presenters": tr("Every item has a presenter"),
        "devices": tr("Everybody invited has a computer of their own"),
    }
    open_ = {
        "title": tr("The meeting still needs a title"),
        "time": tr("The meeting still needs a time"),
        "body": tr("The meeting still needs a body whose meetings you prepare"),
        "late": tr("It starts sooner than the {0} days its kind of meeting asks for"),
        "chair": tr("The meeting still needs a chair"),
        "people": tr("Nobody is invited yet"),
        "items": tr("An item has no title"),
        "place": tr("The place is not set"),
        "presenters": tr("An item has no presenter"),
        "secret": tr("{0} files with a secrecy stamp were refused; nothing of them was kept"),
        "devices": tr("{0} people have no computer enrolled: print, e-mail or phone them"),
        "no_text": tr("{1}: a scan without text. Make sure it carries no secrecy stamp."),
    }
    table = good if finding.level == "good" else open_
    return table[finding.code].format(finding.count, finding.subject)


class CheckList(QScrollArea):
    """Red, amber and green, each with its icon; `step_requested` leads to what is missing."""

    step_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll_by_touch(self)
        self._shown: object = None

    def show_findings(self, findings: list[Finding], without: list[str]) -> None:
        """List them by what must be done first; `without` names who has no computer."""
        if (findings, without) == self._shown:
            return
        self._shown = (findings, without)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(12)
        looks = (
            ("must", tr("Must be solved before issuing"), "live", "circle-x"),
            ("look", tr("Should be looked at"), "attention", "triangle-alert"),
        )
        for level, title, role, icon in looks:
            rows = [finding for finding in findings if finding.level == level]
            if rows:
                card = Card(f"{len(rows)}  {title}", edge=role)
                for finding in rows:
                    card.body.addLayout(self._row(finding, icon, role, without))
                column.addWidget(card)
        good = [finding for finding in findings if finding.level == "good"]
        if good:
            column.addWidget(_good_card(good))
        column.addStretch(1)
        self.setWidget(inner)

    def _row(self, finding: Finding, icon: str, role: str, without: list[str]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(IconLabel(icon, role, 20))
        words = QVBoxLayout()
        words.setSpacing(2)
        sentence = finding_words(finding)
        words.addWidget(Label(sentence, "strong", wraps=True))
        if finding.code == "devices" and without:
            more = len(without) - NAMES_SHOWN
            names = ", ".join(without[:NAMES_SHOWN])
            told = tr("{0} and {1} more").format(names, more) if more > 0 else names
            words.addWidget(Label(told, "small", "ink_soft", wraps=True))
        line.addLayout(words, 1)
        step = STEP_OF.get(finding.code)
        if step:
            button = Button(tr("Go there"), "accent", extent="small")
            button.setAccessibleName(f"{tr('Go there')}: {sentence}")
            button.clicked.connect(lambda: self.step_requested.emit(step))
            line.addWidget(button)
        return line


def _good_card(findings: list[Finding]) -> Card:
    """Two columns of what is good."""
    card = Card(tr("{0} good").format(len(findings)), edge="good")
    grid = QGridLayout()
    grid.setVerticalSpacing(12)
    for place, finding in enumerate(findings):
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(IconLabel("circle-check", "good", 20))
        line.addWidget(Label(finding_words(finding), "body", wraps=True), 1)
        grid.addLayout(line, place // 2, place % 2)
    card.body.addLayout(grid)
    return card
