"""The quiet bar over the pages: what became of one's notes on a new version."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from meetingroom.services.carrying import Carried
from meetingroom.ui.controls import Button, ElidedLabel, IconButton, IconLabel, Panel
from meetingroom.wording import tr


class CarriedBar(Panel):
    """Tells counts and opens the list; while a note is put by hand, it says how."""

    list_requested = Signal()
    close_requested = Signal()
    stop_requested = Signal()
    """The note that was about to be put stays as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("top_bar", parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(8)
        self.picture = IconLabel("history", "accent", 18)
        self.words = ElidedLabel("", "strong")
        self.see = Button(tr("See where they are"), "outlined", "list", extent="small")
        self.stop = Button(tr("Leave it"), "outlined", "x", extent="small")
        self.close_button = IconButton("x", tr("Close this message"), extent="small")
        row.addWidget(self.picture)
        row.addWidget(self.words, 1)
        for widget in (self.see, self.stop, self.close_button):
            row.addWidget(widget)
        self.see.clicked.connect(self.list_requested)
        self.stop.clicked.connect(self.stop_requested)
        self.close_button.clicked.connect(self.close_requested)
        self.hide()

    def tell(self, report: Carried, *, is_under_way: bool) -> None:
        """What became of the notes."""
        needs_eye = bool(report.needs_eye)
        icon, role = ("triangle-alert", "attention") if needs_eye else ("circle-check", "good")
        if report.waiting:
            icon, role = "history", "accent"
        self.picture.set_icon(icon, role)
        self._say(summary_words(report, is_under_way=is_under_way), is_asking=False)

    def ask(self, words: str) -> None:
        """How the note is put by hand."""
        self.picture.set_icon("map-pin", "accent")
        self._say(words, is_asking=True)

    def _say(self, words: str, *, is_asking: bool) -> None:
        self.words.setText(words)
        self.setAccessibleName(words)
        self.stop.setVisible(is_asking)
        self.see.setVisible(not is_asking)
        self.close_button.setVisible(not is_asking)
        self.show()


def summary_words(report: Carried, *, is_under_way: bool) -> str:
    """Counts of what is where, in one line."""
    if report.waiting and is_under_way:
        words = tr("Version {0}: finding the places of your {1} notes…")
        return words.format(report.version, len(report.all))
    counts = (
        (len(report.exact) + len(report.placed), tr("{0} at their place")),
        (len(report.words), tr("{0} moved with their words")),
        (len(report.needs_eye), tr("{0} for you to look at")),
        (len(report.waiting), tr("{0} still on the older version")),
    )
    told = ", ".join(words.format(count) for count, words in counts if count)
    return tr("Version {0}: your {1} notes: {2}").format(report.version, len(report.all), told)
