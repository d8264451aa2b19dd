"""Until when something is asked for, in words."""

from meetingroom.domain.records import moment_of
from meetingroom.ui.stage.moments import local, now, time_words
from meetingroom.wording import tr


def due_words(due: str) -> str:
    """ "by 17:00, 30/11", or that the day has passed."""
    day = local(due)
    if moment_of(due) < now():
        return tr("was due {0}, {1}").format(time_words(day), f"{day:%d/%m}")
    if day.date() == now().date():
        return tr("by {0} today").format(time_words(day))
    return tr("by {0}, {1}").format(time_words(day), f"{day:%d/%m}")
