"""The verbs about calendars: meetings for other programs."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from meetingroom.domain.bodies import body_called
from meetingroom.domain.errors import CallError
from meetingroom.domain.office_schedule import is_one_of
from meetingroom.domain.office_week import Engagement
from meetingroom.domain.online_figures import MONTHS
from meetingroom.hub_verbs import verbs
from meetingroom.services.figure_sheets import heads, month_words, note_words, numbers
from meetingroom.verbs import _data, _desk, _find_meeting, _tell, data_option, json_option
from meetingroom.wording import tr

__all__ = ["verbs"]


def engagement_facts(row: Engagement) -> dict[str, Any]:
    """One meeting of a calendar as facts."""
    return {
        "meeting": row.meeting,
        "title": row.title,
        "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat(),
        "part": row.part,
        "place": row.place,
        "body": row.body,
        "chair": row.chair.name if row.chair else "",
        "people": [one.name for one in row.people],
        "units": list(row.units),
        "is_online": row.is_online,
        "organisers": list(row.organisers),
        "state": row.state,
    }


def engagement_words(row: Engagement) -> str:
    parts = (f"{row.starts_at:%d/%m/%Y %H:%M}", row.title, row.place)
    return "  ".join(part for part in parts if part)


@verbs.command()
@click.option("--ics", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option("--meeting", "name", default="", help="Only this MEETING (id or title).")
@data_option
@json_option
@click.pass_context
def calendar(
    ctx: click.Context, ics: Path | None, name: str, data: Path | None, as_json: bool
) -> None:
    """My meetings, as far as they have come to this computer; with --ics as a calendar file.

    It tells when, where and who chairs; neither links nor passcodes nor papers.
    """
    home = _desk(_data(ctx, data))
    try:
        meeting = _find_meeting(home, name).id if name else ""
        rows = home.calendars.rows(meeting)
        if ics is not None:
            home.calendars.save_now(ics.absolute(), meeting)
    finally:
        home.close()
    facts = {
        "file": str(ics.absolute()) if ics else None,
        "meetings": list(map(engagement_facts, rows)),
    }
    lines = [engagement_words(row) for row in rows]
    if ics is not None:
        lines.append(tr("{0} meetings are in {1}").format(len(rows), ics))
    _tell(facts, as_json, "\n".join(lines))


@verbs.command()
@click.option("--from", "day", type=click.DateTime(["%Y-%m-%d"]), help="A day of the week.")
@click.option("--body", "body_name", default="", help="Only meetings of this BODY (id or name).")
@click.option("--docx", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option("--replaces-invitations", is_flag=True, help="The schedule says that it does.")
@data_option
@json_option
@click.pass_context
def week(
    ctx: click.Context, day: datetime | None, body_name: str, docx: Path | None,
    replaces_invitations: bool, data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """The meetings of a week I may read, of the whole office or one body; with --docx as an
    official weekly schedule."""
    home = _desk(_data(ctx, data))
    try:
        schedules, directory = home.schedules, home.desk.directory
        body = body_called(directory, body_name) if body_name else ""
        if body is None or not is_one_of(directory, body):
            raise CallError("body.unknown", name=body_name)
        wanted = day.date() if day is not None else schedules.today()
        found = schedules.week(wanted, body)
        if docx is not None:
            place = docx.absolute()
            schedules.save_now(place, wanted, body, replaces_invitations=replaces_invitations)
    finally:
        home.close()
    facts = {
        "file": str(docx.absolute()) if docx else None,
        "monday": found.monday.isoformat(),
        "number": found.number,
        "meetings": [engagement_facts(row) for row in found.engagements],
    }
    words = tr("{0} meetings of week {1}").format(len(found.engagements), found.number)
    _tell(facts, as_json, "\n".join([words, *map(engagement_words, found.engagements)]))


@verbs.command("online-figures")
@click.option("--year", type=click.IntRange(2000, 2100), default=None, help="This year without.")
@click.option("--xlsx", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@data_option
@json_option
@click.pass_context
def online_figures(
    ctx: click.Context, year: int | None, xlsx: Path | None, data: Path | None, as_json: bool
) -> None:
    """How many online meetings, hours and people a year had, and what was not driven.

    Of the meetings I may read; distances and costs are this computer's settings (km_to_central,
    km_to_province, km_to_commune, km_to_others, cost_of_km, cost_of_day, people_in_car).
    """
    home = _desk(_data(ctx, data))
    try:
        figures = home.figures.figures_now(year or home.figures.this_year())
        if xlsx is not None:
            home.figures.save_now(xlsx.absolute(), figures)
    finally:
        home.close()
    facts = {"file": str(xlsx.absolute()) if xlsx else None, **msgspec.to_builtins(figures)}
    head = [tr("Month"), *(column.head for column in heads())]
    rows = [
        [month_words(month), *map(str, numbers(sums))]
        for month, sums in zip(MONTHS, figures.months, strict=True)
        if sums.meetings
    ]
    rows.append([tr("The whole year"), *map(str, numbers(figures.total))])
    lines = ["  ".join(row) for row in (head, *rows)]
    _tell(facts, as_json, "\n".join([*lines, *note_words(figures)]))
