"""The verbs about the room: whether every computer is ready for a meeting."""

import time
from pathlib import Path

import click
import msgspec

from meetingroom.calendar_verbs import verbs
from meetingroom.desk_home import DeskHome
from meetingroom.domain.errors import CallError
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.rehearsal import Rehearsal, is_over, judged
from meetingroom.services.rehearsal_words import list_words
from meetingroom.verbs import (
    HUB_SECONDS,
    _data,
    _desk,
    _find_meeting,
    _online,
    _tell,
    data_option,
    json_option,
)

__all__ = ["verbs"]
LOOK_SECONDS = 0.5


@verbs.command()
@click.argument("meeting_name", metavar="MEETING")
@click.option("--seconds", default=120.0, help="How long to wait for all pages to be opened.")
@data_option
@json_option
@click.pass_context
def rehearse(
    ctx: click.Context, meeting_name: str, seconds: float, data: Path | None, as_json: bool
) -> None:
    """Ask every laptop and the display whether they are ready for a MEETING."""
    home = _desk(_data(ctx, data))
    try:
        _online(home)
        meeting = _find_meeting(home, meeting_name)
        found = _rehearsed(home, meeting, seconds)
        directory = home.desk.directory
        rows = judged(found, directory)
        facts = {**msgspec.to_builtins(found), "levels": {}}
        facts["levels"] = {row.row.device or row.row.principal: row.level for row in rows}
        words = list_words(found, rows, meeting, directory)
    finally:
        home.close()
    _tell(facts, as_json, words.rstrip())
    ctx.exit(1 if any(row.level == "bad" for row in rows) else 0)


def _rehearsed(home: DeskHome, meeting: Meeting, seconds: float) -> Rehearsal:
    """The list once nothing more is to come, or as far as it came in that time."""
    end = time.monotonic() + seconds
    home.rehearsing.start(meeting.id).result(HUB_SECONDS)
    while True:
        found = home.rehearsing.look(meeting.id).result(HUB_SECONDS)
        if found is None:
            raise CallError("rehearsal.over")
        if is_over(found) or time.monotonic() > end:
            return found
        time.sleep(LOOK_SECONDS)
