"""What a new meeting begins with, so that little is left to type."""

from datetime import datetime, time, timedelta

import msgspec

from meetingroom.domain.bodies import bodies_of, open_bodies
from meetingroom.domain.meeting_types import is_short_notice, type_of, types_in_use
from meetingroom.domain.records import moment_of
from meetingroom.services.drafting import Draft, Finding, findings, new_draft
from meetingroom.ui.context import DeskContext
from meetingroom.ui.stage.moments import ZONE, now

USUAL_DAYS_AHEAD, USUAL_HOUR = 3, 8


def usual_draft(context: DeskContext) -> Draft:
    """In three days at eight, in the office's only room, for one's first body."""
    day = now().date() + timedelta(days=USUAL_DAYS_AHEAD)
    directory = context.desk.directory
    rooms, bodies = directory.rooms, bodies_of(directory, context.me)
    body = bodies[0].body if bodies else ""
    return msgspec.structs.replace(
        new_draft(context.me),
        starts_at=datetime.combine(day, time(USUAL_HOUR), ZONE).isoformat(),
        body=body,
        kind=types_in_use(directory, body)[0].kind,
        place=next(iter(rooms.values())).name if len(rooms) == 1 else "",
    )


def invited_draft(context: DeskContext) -> Draft:
    """For a meeting a higher level holds: the office's own kind for such ones, or another one."""
    draft = usual_draft(context)
    kinds = types_in_use(context.desk.directory, draft.body)
    own = next((row.kind for row in kinds if "trực tuyến" in row.name.lower()), "")
    others = [row.kind for row in kinds if row.kind == "other"]
    return msgspec.structs.replace(draft, kind=own or next(iter(others), draft.kind))


def without_computer(draft: Draft, context: DeskContext) -> list[str]:
    """The names of invited people who have no computer."""
    directory, invited = context.desk.directory, {*draft.members, *draft.guests}
    return [
        person.name
        for person in directory.in_protocol_order()
        if person.person in invited and not directory.devices_of(person.person)
    ]


def checked(draft: Draft, context: DeskContext) -> list[Finding]:
    """The check list with what the office's bodies and kinds of meeting ask for."""
    directory = context.desk.directory
    rows = findings(draft, lambda person: len(directory.devices_of(person)))
    if open_bodies(directory) and not draft.base:
        mine = {row.body for row in bodies_of(directory, context.me)}
        rows.append(Finding(level="good" if draft.body in mine else "must", code="body"))
    rules = type_of(draft.kind, directory)
    starts = moment_of(draft.starts_at).astimezone(ZONE)
    if draft.starts_at and not draft.base and is_short_notice(rules, now(), starts):
        rows.append(Finding(level="look", code="late", count=rules.days_before))
    return sorted(rows, key=lambda row: ("must", "look", "good").index(row.level))
