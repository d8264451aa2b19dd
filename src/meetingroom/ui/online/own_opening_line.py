"""What who leads must press so that the display can enter an online meeting by itself."""

from datetime import timedelta

from PySide6.QtWidgets import QHBoxLayout, QWidget

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_day import COUNTDOWN, LATE_OPENING, opens_itself
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

    def show_meeting(self, meeting: Meeting, warned: str = "") -> None:
        """As it stands now; an address somebody should look at is not opened by itself."""
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
        lacks = tr("It does not: the address has to be looked at.") if warned else ""
        lacks = lacks or what_lacks(meeting)
        is_urgent = bool(lacks) and left < SOON
        self.picture.set_icon("triangle-alert" if is_urgent else "clock",
                              "attention" if is_urgent else "ink_soft")  # fmt: skip
        at = tr("The display enters by itself at {0}.").format(f"{starts:%H:%M}")
        later = tr("In the last minute it shows “Not now”; any other scene stops it, too.")
        self.words.set_ink("attention" if is_urgent else "ink")
        self.words.setText(f"{at} {lacks or later}")
        self.setVisible(True)


def counts_down(meeting: Meeting) -> bool:
    """Whether the display is about to enter by itself: the last minute is on it."""
    scene, issued = meeting.scene, meeting.issued
    if issued is None or opens_itself(meeting) is None or scene.scene != "online" or scene.join:
        return False
    left = moments.local(issued.starts_at) - moments.now()
    is_ready = meeting.state == "open" and bool(meeting.unlocked)
    return is_ready and -LATE_OPENING < left <= COUNTDOWN


def what_lacks(meeting: Meeting) -> str:
    """What to press first; "" where nothing lacks."""
    if meeting.state != "open" and not meeting.unlocked:
        return tr("For that, open the meeting and unlock the display (under “Only you see”).")
    if meeting.state != "open":
        return tr("For that, open the meeting.")
    if not meeting.unlocked:
        return tr("For that, unlock the display (under “Only you see”).")
    return ""
