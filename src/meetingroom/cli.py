"""`meetingroom` and its verbs, as typed. What a verb needs is loaded when it is called."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from meetingroom import __version__
from meetingroom.domain.errors import MeetingError
from meetingroom.log_files import catch_bugs, log_to_the_terminal
from meetingroom.window import open_window


class Doors(click.Group):
    """Turns known errors into a sentence and status 1; wrong calls are status 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_verbs())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == "invitation":  # read by scripts over many files: it loads no office
            from meetingroom.invitation_verbs import invitation  # noqa: PLC0415

            return invitation
        return _verbs().get(cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except MeetingError as error:
            from meetingroom.sentences import sentence_of  # noqa: PLC0415 - only where it is told

            click.echo(sentence_of(error), err=True)
            ctx.exit(1)


def _verbs() -> Mapping[str, click.Command]:
    from meetingroom.room_verbs import verbs  # noqa: PLC0415 - the window needs none of them

    return verbs.commands


SOURCE = (
    "Free software under the GNU AGPL 3 or later, without any warranty. "
    f"Its source code is in {Path(__file__).parent}."
)


@click.group(cls=Doors, invoke_without_command=True, epilog=SOURCE)
@click.version_option(__version__, prog_name="meetingroom")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Where this computer keeps its things (default: the platform's place).",
)
@click.pass_context
def main(ctx: click.Context, data: Path | None) -> None:
    """Paperless meetings. Without a verb: the desktop program."""
    log_to_the_terminal()
    catch_bugs()
    ctx.obj = data
    if ctx.invoked_subcommand is None:
        ctx.exit(open_window(data))
