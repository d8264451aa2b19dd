"""What a new meeting begins with, so that little is left to type."""

from datetime import datetime, time, timedelta

import msgspec

from meetingroom.services.drafting import Draft, new_draft
from meetingroom.ui.context import DeskContext
from meetingroom.ui.secretary.information import kind_names
from meetingroom.ui.stage.moments import ZONE, now

USUAL_DAYS_AHEAD, USUAL_HOUR = 3, 8


def usual_draft(context: DeskContext) -> Draft:
    """In three days at eight, in the office's only room."""
    day = now().date() + timedelta(days=USUAL_DAYS_AHEAD)
    rooms = context.desk.directory.rooms
    return msgspec.structs.replace(
        new_draft(context.me),
        starts_at=datetime.combine(day, time(USUAL_HOUR), ZONE).isoformat(),
        kind=kind_names()[0][0],
        place=next(iter(rooms.values())).name if len(rooms) == 1 else "",
    )


def without_computer(draft: Draft, context: DeskContext) -> list[str]:
    """The names of invited people who have no computer."""
    directory, invited = context.desk.directory, {*draft.members, *draft.guests}
    return [
        person.name
        for person in directory.in_protocol_order()
        if person.person in invited and not directory.devices_of(person.person)
    ]
