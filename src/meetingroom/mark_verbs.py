"""The verbs about marks: out of the program, into it, and kept safe by their author."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from meetingroom.domain.errors import CallError, StoreError
from meetingroom.domain.foreign_marks import FoundMarks, PaperFile
from meetingroom.domain.meeting import Meeting
from meetingroom.invitation_verbs import invitation
from meetingroom.services.import_words import import_words, restored_words
from meetingroom.services.importing import Importing, Taken
from meetingroom.verbs import (
    _data,
    _desk,
    _find_meeting,
    _plain,
    _tell,
    data_option,
    json_option,
    verbs,
)
from meetingroom.wording import tr

__all__ = ["verbs"]
verbs.add_command(invitation)


@verbs.group()
def marks() -> None:
    """Marks."""


@marks.command("export")
@click.argument("meeting_id", metavar="MEETING")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "formats", default="pdf,xfdf,csv", help="pdf,xfdf,csv,opinions")
@data_option
@json_option
@click.pass_context
def marks_export(
    ctx: click.Context, meeting_id: str, out: Path, formats: str, data: Path | None, as_json: bool
) -> None:
    """The shared marks of all people on the papers of a MEETING (id or title).

    Of several meetings with one title, the one that starts last. What this computer has is
    exported: sync first where others may have marked since.
    """
    from meetingroom.exports import export_marks  # noqa: PLC0415

    wanted = set(formats.split(","))
    if not wanted <= {"pdf", "xfdf", "csv", "opinions"}:
        raise click.UsageError("--format is any of pdf,xfdf,csv,opinions")
    home = _desk(_data(ctx, data))
    try:
        row = _find_meeting(home, meeting_id)
        written = export_marks(home.desk, row, out, wanted)
    finally:
        home.close()
    absent = tr("No file could be made for: {0}")
    lines = [*written["files"], *(absent.format(title) for title in written["missing"])]
    _tell(written, as_json, "\n".join(lines))


@marks.command("import")
@click.argument("meeting_id", metavar="MEETING")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--paper", "paper_name", default="", help="The paper: its number, title or id.")
@data_option
@json_option
@click.pass_context
def marks_import(
    ctx: click.Context, meeting_id: str, file: Path, paper_name: str, data: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """What was marked in FILE (a PDF or XFDF) with another program, as private marks.

    Without --paper, the paper of the MEETING (id or title) that the file is a marked copy of.
    """
    from meetingroom.documents.crew import Crew  # noqa: PLC0415

    crew = Crew(workers=1)
    home = _desk(_data(ctx, data))

    def find(file: Path, papers: Sequence[PaperFile], *, is_chosen: bool) -> FoundMarks:
        return crew.find_marks(file, papers, is_chosen=is_chosen).result()

    try:
        row = _find_meeting(home, meeting_id)
        paper = _find_paper(row, paper_name) if paper_name else ""
        taken = Importing(home.desk, home.marking, find).take(row.id, file, paper)
    finally:
        home.close()
        crew.close()
    _tell(_facts(row, taken), as_json, "\n".join(import_words(row, taken)))


passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    default=None,
    help="The passphrase is the first line of this file; left out, it is asked for.",
)


@verbs.command("backup-marks")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@passphrase_option
@data_option
@json_option
@click.pass_context
def backup_marks(
    ctx: click.Context, folder: Path, passphrase_file: Path | None, data: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """This person's private marks, places and undo into a new encrypted file in FOLDER.

    Only the passphrase opens it: nobody can help who forgets it.
    """
    passphrase = _passphrase(passphrase_file, confirms=True)
    home = _desk(_data(ctx, data))
    try:
        made, _ = home.own_backup.back_up(folder.absolute(), passphrase)
    finally:
        home.close()
    words = tr("{0} records of your own were kept in {1}").format(made.records, made.file)
    _tell({"file": made.file, "records": made.records}, as_json, words)


@verbs.command("restore-marks")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@passphrase_option
@data_option
@json_option
@click.pass_context
def restore_marks(
    ctx: click.Context, file: Path, passphrase_file: Path | None, data: Path | None, as_json: bool
) -> None:
    """What a backup FILE of the same person has and this computer has not.

    On a new laptop: enrol, `sync --once`, then this.
    """
    passphrase = _passphrase(passphrase_file, confirms=False)
    home = _desk(_data(ctx, data))
    try:
        restored = home.own_backup.restore(file, passphrase)
    finally:
        home.close()
    facts = msgspec.structs.asdict(restored)
    _tell(facts, as_json, restored_words(restored))


def _passphrase(file: Path | None, *, confirms: bool) -> str:
    """Asked for where nobody sees it, or read: never an argument that others could list."""
    if file is None:
        words = tr("Passphrase")
        return str(click.prompt(words, hide_input=True, confirmation_prompt=confirms))
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError("file.unreadable", file=file.name) from error
    return lines[0] if lines else ""


def _find_paper(meeting: Meeting, name: str) -> str:
    """The paper of a number, title or id. Raises CallError("paper.unknown")."""
    for paper in (*meeting.papers.values(), *meeting.removed_papers.values()):
        number = meeting.number_of(paper.paper)
        if name in (paper.paper, number) or _plain(name) == _plain(paper.title):
            return paper.paper
    raise CallError("paper.unknown")


def _facts(meeting: Meeting, taken: Taken) -> dict[str, Any]:
    return {
        "paper": taken.paper,
        "number": meeting.number_of(taken.paper),
        "sha256": taken.blob,
        "taken": len(taken.marks),
        "kinds": taken.kinds,
        "became": taken.became,
        "already": taken.already,
        "differing": taken.differing,
        "left_out": [
            {"kind": row.kind, "page": row.page + 1, "reason": row.reason, "count": row.count}
            for row in taken.left_out
        ],
    }
