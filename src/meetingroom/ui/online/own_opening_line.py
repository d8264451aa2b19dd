"""What who leads must press so that the display can enter an online meeting by itself."""

from datetime import timedelta

from PySide6.QtWidgets import QHBoxLayout, QWidget

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_day import LATE_OPENING, opens_itself
from meetingroom.ui.controls import IconLabel, Label
from meetingroom.ui.stage import moments
from meetingroom.wording import tr

SOON = timedelta(minutes=60)


class OwnOpeningLine(QWidget):
    """Hidden where no display opens anything by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.picture = IconLabel("clock", "ink_soft", 18)
        self.words = Label("", "body", wraps=True)
        row.addWidget(self.picture)
        row.addWidget(self.words, 1)
        self.hide()

    def show_meeting(self, meeting: Meeting) -> None:
        """As it stands now."""
        issued = meeting.issued
        is_meant = issued is not None and opens_itself(meeting) is not None
        if issued is None or not is_meant or meeting.state not in ("issued", "open"):
            self.hide()
            return
        starts = moments.local(issued.starts_at)
        left = starts - moments.now()
        if left < -LATE_OPENING or meeting.scene.join:
            self.hide()
            return
        lacks = what_lacks(meeting)
        is_urgent = bool(lacks) and left < SOON
        self.picture.set_icon("triangle-alert" if is_urgent else "clock",
                              "attention" if is_urgent else "ink_soft")  # fmt: skip
        at = tr("The display enters by itself at {0}.").format(f"{starts:%H:%M}")
        later = tr("In the last minute it shows “Not now”; any other scene stops it, too.")
        self.words.set_ink("attention" if is_urgent else "ink")
        self.words.setText(f"{at} {lacks or later}")
        self.setVisible(True)


def what_lacks(meeting: Meeting) -> str:
    """What to press first; "" where nothing lacks."""
    if meeting.state != "open" and not meeting.unlocked:
        return tr("For that, open the meeting and unlock the display (under “Only you see”).")
    if meeting.state != "open":
        return tr("For that, open the meeting.")
    if not meeting.unlocked:
        return tr("For that, unlock the display (under “Only you see”).")
    return ""
