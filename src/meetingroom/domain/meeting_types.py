"""Kinds of meeting and their rules: those of the office, and ready ones until it sets its own.

The ready ones are a commune's usual practice, not law: every value is the office's to set.
"""

from datetime import datetime, time, timedelta

import msgspec

from meetingroom.domain.bodies import open_bodies
from meetingroom.domain.directory import Directory
from meetingroom.domain.majorities import COUNCIL_CHOICES, DEFAULT_CHOICES
from meetingroom.domain.office_facts import MeetingTypeSet

READY: dict[str, MeetingTypeSet] = {
    row.kind: row
    for row in (
        MeetingTypeSet(
            kind="ubnd_regular", name="", body="ubnd", days_before=3, quorum="two_thirds_members",
            majority="half_members", choices=DEFAULT_CHOICES,
        ),
        MeetingTypeSet(
            kind="ubnd_thematic", name="", body="ubnd", days_before=1, quorum="two_thirds_members",
            majority="half_members", choices=DEFAULT_CHOICES, days_to_answer=1,
        ),
        MeetingTypeSet(
            kind="hdnd", name="", body="hdnd", days_before=5, are_working_days=False,
            quorum="two_thirds_members", majority="half_members", choices=COUNCIL_CHOICES,
        ),
        MeetingTypeSet(
            kind="briefing", name="", days_before=3, quorum="none", majority="half_present",
            choices=DEFAULT_CHOICES,
        ),
        MeetingTypeSet(
            kind="party", name="", body="dang_uy", days_before=3, quorum="half_members",
            majority="half_members", choices=DEFAULT_CHOICES,
        ),
        MeetingTypeSet(
            kind="other", name="", days_before=3, quorum="none", majority="half_members",
            choices=DEFAULT_CHOICES,
        ),
    )
}  # fmt: skip
"""Without names: who shows one says it in the language of the screen."""
OFFICE_CLOSES = time(17)
SATURDAY = 5


def type_of(kind: str, directory: Directory) -> MeetingTypeSet:
    """A kind's rules: as the office set them, ready, or the most usual ones."""
    known = directory.meeting_types.get(kind) or READY.get(kind)
    return known or msgspec.structs.replace(READY["other"], kind=kind)


def types_in_use(directory: Directory, body: str = "") -> list[MeetingTypeSet]:
    """What a meeting may be: ready ones first, then the office's own; of one body if named.

    A kind of a body the office does not have is anybody's.
    """
    rows = {**READY, **directory.meeting_types}
    others = {one.body for one in open_bodies(directory)} - {body} if body else set()
    return [row for row in rows.values() if not row.is_gone and row.body not in others]


def after_days(start: datetime, days: int, *, are_working_days: bool) -> datetime:
    """So many days later; of a working week Saturday and Sunday are none.

    Public holidays are not known here.
    """
    moment, left = start, days
    while left > 0:
        moment += timedelta(days=1)
        if not are_working_days or moment.weekday() < SATURDAY:
            left -= 1
    return moment


def is_short_notice(rules: MeetingTypeSet, now: datetime, starts: datetime) -> bool:
    """Whether a meeting starts sooner than its kind asks for, counted in whole days."""
    earliest = after_days(now, rules.days_before, are_working_days=rules.are_working_days)
    return starts.date() < earliest.date()


def answers_due(rules: MeetingTypeSet, now: datetime, starts: datetime) -> datetime:
    """When answers in writing are asked for: as the kind says, and before the meeting.

    `now` is on the office's clock: the day ends when the office closes.
    """
    last = after_days(now, rules.days_to_answer, are_working_days=rules.are_working_days)
    due = datetime.combine(last.date(), OFFICE_CLOSES, now.tzinfo)
    return min(due, starts) if starts > now else due
