"""The verb about letters of higher levels: what online meeting they invite to.

It needs no office and nothing that is kept, and so loads none of it.
"""

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.invitation import Finding, Letter, Received
from meetingroom.domain.invitation_port import LetterReader
from meetingroom.sentences import sentence
from meetingroom.wording import tr

STDIN = "-"
SHOWN = (
    "service", "url", "meeting_id", "passcode", "starts_at", "title", "organiser", "site",
    "contact", "warnings",
)  # fmt: skip


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="Print facts as JSON.")
@click.pass_context
def invitation(ctx: click.Context, files: tuple[str, ...], as_json: bool) -> None:
    """The online meetings that letters, e-mails or calendar FILES invite to; - reads stdin.

    Nothing of them is kept, and the network is not asked.
    """
    rows = read_invitations(files)
    if as_json:
        click.echo(json.dumps([_facts(row) for row in rows], ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(map(_words, rows)))
    if any(row.problem for row in rows):
        ctx.exit(1)


def read_invitations(files: tuple[str, ...]) -> list[Received]:
    """What became of each file, in the order asked."""
    from meetingroom.invitations.files.door import today_here  # noqa: PLC0415
    from meetingroom.letter_process import letter_reader  # noqa: PLC0415

    today, reader = today_here(), letter_reader()
    try:
        return [_received(file, reader, today) for file in files]
    finally:
        reader.close()


def _received(file: str, reader: LetterReader, today: date) -> Received:
    from meetingroom.invitations.received import meetings_in  # noqa: PLC0415

    try:
        findings = meetings_in(_letter(file, reader, today), today)
    except MeetingError as error:
        fields = {name: str(value) for name, value in error.fields.items()}
        return Received(file=file, problem=error.code, fields=fields)
    return Received(file=file, findings=findings)


def _letter(file: str, reader: LetterReader, today: date) -> Letter:
    from meetingroom.invitations.files import (  # noqa: PLC0415
        read_letter_bytes,
        read_letter_file,
    )

    if file == STDIN:
        return read_letter_bytes(STDIN, sys.stdin.buffer.read(), reader, today)
    return read_letter_file(Path(file), reader, today)


def _facts(row: Received) -> dict[str, Any]:
    return {
        "file": row.file,
        "problem": _problem(row),
        "findings": [_finding_facts(one) for one in row.findings],
    }


def _finding_facts(one: Finding) -> dict[str, Any]:
    facts = {name: getattr(one, name) for name in SHOWN}
    return {**facts, "source": msgspec.to_builtins(one.source)}


def _problem(row: Received) -> str | None:
    return sentence(row.problem, dict(row.fields)) if row.problem else None


def _words(row: Received) -> str:
    if row.problem:
        return f"{row.file}: {_problem(row)}"
    if not row.findings:
        return f"{row.file}: {tr('No online meeting was found.')}"
    return "\n".join([f"{row.file}:", *(_finding_words(one) for one in row.findings)])


def _service_title(one: Finding) -> str:
    from meetingroom.invitations.online_services import online_services  # noqa: PLC0415

    services = online_services()
    if not one.service:
        return ""
    is_other = one.service == services.other.name
    return tr("another, by its address", "of a letter") if is_other else services.title(one.service)


def _finding_words(one: Finding) -> str:
    rows = (
        (tr("Title", "of a letter"), one.title),
        (tr("Starts", "of a letter"), _clock_words(one.starts_at)),
        (tr("Invited by", "of a letter"), one.organiser),
        (tr("Service"), _service_title(one)),
        (tr("Address"), one.url),
        (tr("Meeting ID", "of a letter"), one.meeting_id),
        (tr("Passcode"), one.passcode),
        (tr("Site", "of a letter"), one.site),
        (tr("Contact", "of a letter"), one.contact),
        *((tr("Careful", "of a letter"), sentence(code)) for code in one.warnings),
    )
    return "\n".join(f"  {label}: {value}" for label, value in rows if value) + "\n"


def _clock_words(moment: str | None) -> str:
    """As the letter's own country writes it; its offset only where that is not this office's."""
    if moment is None:
        return ""
    when = datetime.fromisoformat(moment)
    return f"{when:%H:%M, %d/%m/%Y}" + ("" if moment.endswith("+07:00") else f" ({when:%z})")
