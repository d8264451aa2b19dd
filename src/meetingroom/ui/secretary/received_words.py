"""What a letter said, in words for a person who checks it."""

from collections.abc import Sequence

from meetingroom.sentences import sentence
from meetingroom.services.proposals import ProposedMeeting, Told
from meetingroom.ui.stage.moments import date_words, local, time_words
from meetingroom.wording import tr

DOTS = "••••••"
LONGEST = 160


def levels() -> tuple[tuple[str, str], ...]:
    """Who invites, from above."""
    return (
        ("", tr("Not said")),
        ("central", tr("Central government")),
        ("province", tr("Province")),
        ("commune", tr("Commune", "level")),
        ("other", tr("Another one")),
    )


def source_words(told: Told, names: Sequence[str], secrets: Sequence[str] = ()) -> str:
    """The place and the words there, such as: page 1: “08 giờ 00 …”; secrets as dots."""
    spot = told.spot
    words = " ".join((spot.text if spot is not None else "").split())
    for secret in secrets:
        if secret:
            words = words.replace(secret, DOTS)
    words = words if len(words) <= LONGEST else words[:LONGEST].rstrip() + "…"
    quoted = f"“{words}”" if words else tr("read in the letter")
    page = spot.page if spot is not None else None
    place = tr("page {0}").format(page) if page is not None else ""
    if len(names) > 1 and told.letter < len(names):
        place = f"{names[told.letter]}, {place}" if place else names[told.letter]
    return f"{place}: {quoted}" if place else quoted


def when_words(moment: str) -> str:
    """A moment on the office's clock, "" for none."""
    if not moment:
        return ""
    shown = local(moment)
    return f"{time_words(shown)}, {date_words(shown)}"


def summary(meeting: ProposedMeeting, services: dict[str, str]) -> tuple[str, str]:
    """A proposed meeting in two lines: what, and when and by what way."""
    title = meeting.value("title") or tr("Meeting without a title")
    ways = [services.get(one.value("service"), "") for one in meeting.links]
    parts = (
        when_words(meeting.value("starts_at")) or tr("no time found"),
        meeting.value("organiser"),
        ", ".join(dict.fromkeys(filter(None, ways))) or meeting.value("place"),
    )
    return title, "  ·  ".join(filter(None, parts))


def doubts() -> dict[str, str]:
    """What was guessed of a time, or contradicts in the letter."""
    return {
        "time_not_said": tr("The letter names no hour: please ask and correct it."),
        "day_not_said": tr("The letter names no day: please ask and correct it."),
        "weekday_differs": tr("The weekday in the letter does not fit this date."),
    }


def warning_words(code: str) -> str:
    """What is wrong with an address, plainly."""
    known = sentence(code, {})
    if code.startswith("address.") and code not in known:
        return known
    return tr("This address may not lead where it says.")
