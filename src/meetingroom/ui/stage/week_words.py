"""The week in words, on the wall and on desks."""

from datetime import timedelta

from meetingroom.domain.office_week import DayPart, Engagement, Week
from meetingroom.wording import tr


def part_words(part: DayPart) -> str:
    """The part of the day, as schedules head it."""
    words = {"morning": tr("Morning"), "afternoon": tr("Afternoon"), "evening": tr("Evening")}
    return words[part]


def dates_words(week: Week) -> str:
    """Which week it is: its number, from when until when."""
    last = week.monday + timedelta(days=len(week.shown_days) - 1)
    words = tr("Week {0}: {1} – {2}")
    return words.format(week.number, f"{week.monday:%d/%m}", f"{last:%d/%m/%Y}")


def inviter_words(row: Engagement) -> str:
    """Who invites to an online meeting; empty where nobody is named."""
    who = ", ".join(row.organisers)
    return tr("Invited by {0}").format(who) if who else ""
