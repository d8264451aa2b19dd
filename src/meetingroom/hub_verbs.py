"""The verbs about a hub that was lost: going on with a restored one."""

from pathlib import Path

import click

from meetingroom.mark_verbs import verbs
from meetingroom.verbs import HUB_SECONDS, _data, _desk, _online, _tell, data_option, json_option
from meetingroom.wording import tr

__all__ = ["verbs"]


@verbs.command("go-on")
@data_option
@json_option
@click.pass_context
def go_on(ctx: click.Context, data: Path | None, as_json: bool) -> None:
    """A restored hub has back what the computers have: it takes new records again."""
    home = _desk(_data(ctx, data))
    try:
        _online(home)
        answer = home.desk.ask("hub.go_on", {}).result(HUB_SECONDS)
    finally:
        home.close()
    words = tr("The hub goes on; {0} records came back, {1} computers have answered.")
    _tell(answer, as_json, words.format(answer["came_back"], answer["heard"]))
