"""The day of an online meeting: which moments matter, and what may be shown when."""

from datetime import datetime, timedelta

from meetingroom.domain.facts import OnlineLink, SceneShown
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import moment_of

PASSCODE_MINUTES = 3  # a passcode that was shown goes by itself
REMINDERS = (
    ("hour", timedelta(minutes=60)),
    ("ten", timedelta(minutes=10)),
    ("now", timedelta()),
)
LATE = timedelta(minutes=30)  # nobody is reminded of what began so long ago
COUNTDOWN = timedelta(seconds=60)  # seen by everybody before the display enters by itself
LATE_OPENING = timedelta(minutes=10)
FIRST_YEAR = 1971  # what cannot be read is told as the epoch


def checked_at(link: OnlineLink) -> datetime | None:
    """When the technical check is; None where nobody said."""
    moment = moment_of(link.test_at)
    return moment if link.test_at and moment.year >= FIRST_YEAR else None


def shows_passcode(scene: SceneShown, now: datetime) -> bool:
    """Whether the room is to see the passcode of the online meeting of the scene."""
    if scene.scene != "online" or not scene.passcode:
        return False
    return bool(scene.until) and now < moment_of(scene.until)


def shown_link(meeting: Meeting) -> OnlineLink | None:
    """The online meeting of the scene, or the only one."""
    links = meeting.issued.links if meeting.issued else ()
    named = [one for one in links if one.link == meeting.scene.link]
    return next(iter(named or links), None)


def opens_itself(meeting: Meeting) -> OnlineLink | None:
    """The online meeting that the display is to enter by itself."""
    links = meeting.issued.links if meeting.issued else ()
    return next((link for link in links if link.opens_itself and link.url), None)


def shows_secret(meeting: Meeting, secret: str, now: datetime) -> bool:
    """Whether `secret` is the passcode that the room is to see now."""
    if meeting.state not in ("issued", "open"):
        return False
    link = shown_link(meeting)
    is_meant = link is not None and bool(secret) and link.secret == secret
    return is_meant and shows_passcode(meeting.scene, now)


def reminder(starts: datetime, now: datetime) -> str:
    """Which reminder the moment asks for: "hour", "ten" or "now" before an online meeting;
    "" before the first and when the meeting began long ago."""
    left = starts - now
    if left < -LATE:
        return ""
    return next((key for key, before in reversed(REMINDERS) if left <= before), "")


def is_later(reminder: str, told: str) -> bool:
    """Whether a reminder comes after the one that was told last ("" for none)."""
    order = ["", *(key for key, _ in REMINDERS)]
    return order.index(reminder) > order.index(told if told in order else "")


def opening_moment(starts: datetime, ready: datetime) -> datetime | None:
    """When a display that is ready since `ready` enters by itself: at the start, or when the
    countdown of who came late is over; None where it is too late for that."""
    moment = max(starts, ready + COUNTDOWN)
    return moment if moment <= starts + LATE_OPENING else None


def passcode_until(now: datetime) -> datetime:
    """When a passcode shown now goes by itself."""
    return now + timedelta(minutes=PASSCODE_MINUTES)
