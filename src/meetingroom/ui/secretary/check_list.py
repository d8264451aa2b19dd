"""The check list before issuing, in words."""

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from meetingroom.services.drafting import Finding
from meetingroom.ui.controls import Card, IconLabel, Label
from meetingroom.wording import tr


def finding_words(finding: Finding) -> str:
    """One finding as a sentence."""
    good = {
        "title": tr("The meeting has a title"),
        "time": tr("The time is set"),
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
    """Red, amber and green, each with its icon."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)

    def show_findings(self, findings: list[Finding]) -> None:
        """List them by what must be done first."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(12)
        looks = (
            ("must", tr("Must be solved before issuing"), "live", "circle-x"),
            ("look", tr("Should be looked at"), "attention", "triangle-alert"),
            ("good", tr("Good"), "good", "circle-check"),
        )
        for level, title, role, icon in looks:
            rows = [finding for finding in findings if finding.level == level]
            if not rows:
                continue
            card = Card(title, edge=role)
            for finding in rows:
                line = QHBoxLayout()
                line.addWidget(IconLabel(icon, role, 20))
                line.addWidget(Label(finding_words(finding), "body", wraps=True), 1)
                card.body.addLayout(line)
            column.addWidget(card)
        column.addStretch(1)
        self.setWidget(inner)
