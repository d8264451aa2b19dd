"""A speaker's time in words, digits and a light: never by colour alone."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from meetingroom.domain.clock import utc_now
from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import moment_of
from meetingroom.domain.speaking import Speech
from meetingroom.ui.stage import moments
from meetingroom.wording import tr

Light = Literal["green", "amber", "red", "none"]
MOST_SHOWN = 99 * 60 + 59  # there is room for five digits beside a name
WARNING_SECONDS, WARNING_SHARE = 60.0, 0.2
INKS: dict[Light, str] = {"green": "good", "amber": "attention", "red": "live", "none": "ink_soft"}


@dataclass(frozen=True)
class FloorTime:
    """What a speaker used of what was given (seconds; given 0 has no limit)."""

    used: float
    given: int

    @property
    def rest(self) -> float:
        return self.given - self.used

    @property
    def light(self) -> Light:
        """Green, amber before the end, red after it; none without a limit."""
        if not self.given:
            return "none"
        if self.rest <= 0:
            return "red"
        return "amber" if self.rest <= min(WARNING_SECONDS, self.given * WARNING_SHARE) else "green"

    @property
    def digits(self) -> str:
        """The time left, over, or (without a limit) used."""
        if not self.given:
            return clock_words(min(self.used, MOST_SHOWN))
        if self.rest <= 0:
            return f"+{clock_words(min(-self.rest, MOST_SHOWN))}"
        return clock_words(self.rest + 0.999)  # 0:01 until the very end

    @property
    def words(self) -> str:
        """What the digits are."""
        return {
            "green": tr("Time left", "of a speaker"),
            "amber": tr("Ending soon"),
            "red": tr("Over time"),
            "none": tr("Has spoken for"),
        }[self.light]


def floor_time(speech: Speech) -> FloorTime:
    """How far somebody's turn is, by the room's clock."""
    now = moments.now() if speech.is_start_at_hub else utc_now()
    used = (now - moment_of(speech.started_at)) / timedelta(seconds=1)
    return FloorTime(max(0.0, used), speech.seconds)


def clock_words(seconds: float) -> str:
    """Minutes and seconds: "02:14"."""
    whole = max(0, int(seconds))
    return f"{whole // 60:02d}:{whole % 60:02d}"


def length_words(seconds: int) -> str:
    """A time given: in minutes, with the seconds where there are some."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02d}" if rest else tr("{0} minutes").format(minutes)


def speaker_name(person: str, directory: Directory) -> str:
    """Somebody's name; a substitute's is what was written down."""
    return directory.name_of(person) or person


def speaker_title(person: str, directory: Directory) -> str:
    """Somebody's title and unit, as far as they are known."""
    known = directory.people.get(person)
    return ", ".join(filter(None, (known.title, known.unit))) if known else ""


def strip_words(meeting: Meeting, directory: Directory) -> tuple[str, str]:
    """Who speaks and how long still, in short, and their ink; empty where nobody does."""
    speaker = meeting.speaking.speaker
    if speaker is None:
        return "", ""
    time = floor_time(speaker)
    name = speaker_name(speaker.person, directory)
    words = f"{time.words} " if time.light in ("amber", "red") else ""
    return f"{name} · {words}{time.digits}", INKS[time.light]
