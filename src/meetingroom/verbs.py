"""The verbs of `meetingroom`, for scripts and for testing."""

import json
import logging
import signal
import sys
import threading
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
import msgspec

from meetingroom.assembly import RunningHub, found, join, restore
from meetingroom.desk_home import DeskHome
from meetingroom.domain.errors import CallError, LinkError, PaperError
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.ports import Inspector
from meetingroom.domain.purging import REASONS
from meetingroom.domain.search import Scope
from meetingroom.hub_process import hub_is_running
from meetingroom.log_files import log_to_file
from meetingroom.sentences import sentence, sentence_of
from meetingroom.services.founding import Charter
from meetingroom.services.people_file import read_people_file, with_a_secretary
from meetingroom.services.searching import hit_facts
from meetingroom.settings import default_data
from meetingroom.store.blobs import disk_error
from meetingroom.wording import tr

log = logging.getLogger(__name__)
HUB_SECONDS = 20.0
READ_SECONDS = 600.0
verbs = click.Group("verbs")
data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Where this computer keeps its things (default: the platform's place).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print facts as JSON.")


def _tell(facts: Any, as_json: bool, words: str) -> None:
    click.echo(json.dumps(facts, ensure_ascii=False, indent=1) if as_json else words)


def _data(ctx: click.Context, data: Path | None) -> Path:
    """Absolute: answers that name files mean the same to whoever is told them."""
    return Path(data or ctx.obj or default_data()).absolute()


def _desk(data: Path, inspector: Callable[[], Inspector] | None = None) -> DeskHome:
    """This computer's desk, and its log; its folder is ours until it is closed."""
    home = DeskHome(data, inspector)
    log_to_file(data, "verbs")
    return home


@verbs.command()
@data_option
@click.pass_context
def display(ctx: click.Context, data: Path | None) -> None:
    """The room display, full screen."""
    from meetingroom.documents.crew import Crew  # noqa: PLC0415 - its workers load beside Qt

    crew = Crew()
    from meetingroom.desktop import run_display  # noqa: PLC0415

    ctx.exit(run_display(_data(ctx, data), crew))


@verbs.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def read(ctx: click.Context, file: Path) -> None:
    """A window that reads one PDF; it needs no office and keeps nothing."""
    from meetingroom.window import open_file  # noqa: PLC0415 - as above

    ctx.exit(open_file(file))


@verbs.command()
@click.option("--port", type=click.IntRange(0, 65534), default=None, help="Port (default 47800).")
@data_option
@json_option
@click.pass_context
def hub(ctx: click.Context, port: int | None, data: Path | None, as_json: bool) -> None:
    """The hub without a window; ends with Ctrl-C."""
    place = _data(ctx, data)
    running = RunningHub(place, port)
    log_to_file(place, "hub")
    running.start()
    facts = {"port": running.server.port, "blob_port": running.server.blob_port}
    words = tr("The hub listens on ports {0} and {1}.")
    _tell(facts, as_json, words.format(facts["port"], facts["blob_port"]))
    sys.stdout.flush()
    stop = _told_to_stop()
    while not stop.wait(1.0) and not running.is_over.is_set():
        pass
    running.stop()


def _told_to_stop() -> threading.Event:
    """Set by Ctrl-C, or whoever ends this process kindly."""
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    return stop


@verbs.group()
def office() -> None:
    """The office of this computer."""


@office.command("init")
@click.option("--name", required=True, help="Name of the office.")
@click.option(
    "--people",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV with name, title, unit, email, phone, role.",
)
@click.option("--letterhead", multiple=True, help="A line of the letterhead; may be repeated.")
@click.option("--room", default="", help="Name of the meeting room.")
@click.option("--port", type=click.IntRange(1024, 65534), default=47800)
@data_option
@json_option
@click.pass_context
def office_init(
    ctx: click.Context, name: str, people: Path, letterhead: tuple[str, ...], room: str,
    port: int, data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """A new office; this computer is its hub and the secretary's."""
    place = _data(ctx, data)
    rows = tuple(with_a_secretary(read_people_file(people)))
    charter = Charter(name=name, letterhead=letterhead, room_name=room, people=rows)
    recovery = found(place, charter, port=port)
    words = tr(
        "The office stands, with {0} people. Write down its recovery key and keep it safe; "
        "it is shown only now:\n{1}"
    )
    facts = {"people": len(rows), "recovery_key": recovery, "port": port}
    _tell(facts, as_json, words.format(len(rows), recovery))


def _wait(is_done: Callable[[], bool], seconds: float = HUB_SECONDS) -> bool:
    end = time.monotonic() + seconds
    while not is_done():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def _online(home: DeskHome) -> None:
    """Connect, and wait until what the hub has for us is here."""
    home.link.start()
    if not _wait(lambda: home.desk.link_state.state == "online"):
        change = home.desk.link_state
        raise LinkError(change.problem or "link.not_found", **change.fields)
    last = home.desk.ask("hub.status", {}).result(20).get("last", 1)  # an older hub tells none
    _wait(lambda: home.desk.position().since >= last, 30)


@verbs.command("enrol-code")
@click.argument("person", required=False)
@click.option("--display", "for_display", is_flag=True, help="For the room display.")
@data_option
@json_option
@click.pass_context
def enrol_code(
    ctx: click.Context, person: str | None, for_display: bool, data: Path | None, as_json: bool
) -> None:
    """A one-time code for a PERSON (name or e-mail) or the room display."""
    if (person is None) == (not for_display):
        raise click.UsageError("Name a PERSON or give --display.")
    home = _desk(_data(ctx, data))
    try:
        _online(home)
        room = next(iter(home.desk.directory.rooms), "")
        principal = room if for_display else _find_person(home, person or "")
        answer = home.desk.ask("code.make", {"principal": principal}).result(HUB_SECONDS)
    finally:
        home.close()
    _tell(answer, as_json, answer["code"])


def _find_person(home: DeskHome, name: str) -> str:
    """The one person of a name, e-mail or id. Raises CallError."""
    wanted = _plain(name)
    people = home.desk.directory.people
    found = [
        key for key, one in people.items() if wanted in (_plain(one.name), _plain(one.email), key)
    ]
    if len(found) > 1:
        choices = ", ".join(people[key].email or key for key in found)
        raise CallError("person.ambiguous", name=name, choices=choices)
    if not found:
        raise CallError("person.unknown", name=name)
    return found[0]


def _plain(text: str) -> str:
    """As names are compared: however marks are composed, without regard to capitals."""
    return unicodedata.normalize("NFC", " ".join(text.split())).casefold()


@verbs.command()
@click.argument("code")
@click.option("--hub", "address", default="", metavar="HOST:PORT", help="Address of the hub.")
@data_option
@json_option
@click.pass_context
def enrol(ctx: click.Context, code: str, address: str, data: Path | None, as_json: bool) -> None:
    """This computer joins the office with a one-time CODE."""
    profile = join(_data(ctx, data), code, address)
    facts = {"name": profile.name, "office": profile.office_name, "hub": profile.address}
    words = tr("This computer now belongs to {0} ({1}).")
    _tell(facts, as_json, words.format(profile.name, profile.office_name))


@verbs.group()
def meeting() -> None:
    """Meetings."""


@meeting.command("issue")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@data_option
@json_option
@click.pass_context
def meeting_issue(ctx: click.Context, folder: Path, data: Path | None, as_json: bool) -> None:
    """A FOLDER with meeting.toml and papers becomes an issued revision.

    The first time it is a new meeting; a folder with the same title, body and start as a
    meeting this computer knows is that meeting's next revision, whatever else changed: papers
    are matched by title (a file with other content is a new version), a paper no longer named
    is taken out, and people, audiences and agenda are as the folder says now.
    """
    from meetingroom.documents.crew import Crew  # noqa: PLC0415
    from meetingroom.documents.inspector import PaperInspector  # noqa: PLC0415
    from meetingroom.services.folder_issue import issue_folder  # noqa: PLC0415

    crew = Crew()
    home = _desk(_data(ctx, data), lambda: PaperInspector(crew))
    try:
        _online(home)
        issued = issue_folder(home.desk, home.drafting, home.issuing, folder)
    except PaperError as error:
        _fail(sentence_of(error))
    finally:
        home.close()
        crew.close()
    words = tr("Issued {0}, revision {1}.").format(issued["title"], issued["revision"])
    _tell(issued, as_json, words)


@meeting.command("log")
@click.argument("name", metavar="MEETING")
@data_option
@json_option
@click.pass_context
def meeting_log(ctx: click.Context, name: str, data: Path | None, as_json: bool) -> None:
    """What happened in a MEETING (id or title), who did it and when, in words."""
    from meetingroom.services.chronicle import in_lines  # noqa: PLC0415
    from meetingroom.services.retelling import retold  # noqa: PLC0415

    home = _desk(_data(ctx, data))
    try:
        told = retold(home.desk, _find_meeting(home, name).id)
        lines = in_lines(told, home.desk.directory)
    finally:
        home.close()
    _tell({"log": msgspec.to_builtins(told)}, as_json, lines)


def _fail(words: str) -> NoReturn:
    click.echo(words, err=True)
    raise click.exceptions.Exit(1)


@verbs.command()
@click.option("--once", is_flag=True, help="End when everything is here and sent.")
@data_option
@json_option
@click.pass_context
def sync(ctx: click.Context, once: bool, data: Path | None, as_json: bool) -> None:
    """Fetch and send now; without --once until Ctrl-C."""
    home = _desk(_data(ctx, data))
    try:
        _online(home)
        if not once:
            stop = _told_to_stop()
            log.info("on line until told to stop")
            stop.wait()
        # Told to stop, it says what is here; what is left goes on the next time.
        is_done = _wait(lambda: _is_in_step(home), 600 if once else 0)
        meetings = [_meeting_facts(home, row) for row in home.desk.meetings.values()]
    finally:
        home.close()
    words = "\n".join(f"{row['id']}  {row['title']}" for row in meetings)
    _tell({"complete": is_done, "meetings": meetings}, as_json, words)
    if once and not is_done:
        ctx.exit(1)


def _is_in_step(home: DeskHome) -> bool:
    """Nothing to send, nothing to fetch, for half a second."""
    for _ in range(5):
        if home.desk.waiting() or home.desk.wanted_blobs():
            return False
        time.sleep(0.1)
    return True


def _meeting_facts(home: DeskHome, row: Meeting) -> dict[str, Any]:
    papers = [
        {
            "id": paper.paper,
            "number": row.number_of(paper.paper),
            "title": paper.title,
            "version": paper.current.version,
            "sha256": paper.current.blob,
            "here": home.desk.paper_path(paper.current.blob) is not None,
        }
        for paper in row.in_reading_order()
    ]
    issued = row.issued
    return {
        "id": row.id,
        "title": issued.title if issued else "",
        "revision": issued.revision if issued else 0,
        "state": row.state,
        "papers": papers,
        "marks": len(row.marks),
    }


@verbs.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--picture", type=click.Path(path_type=Path, file_okay=False), default=None)
@json_option
@click.pass_context
def paper(ctx: click.Context, files: tuple[Path, ...], picture: Path | None, as_json: bool) -> None:
    """What the program makes of FILES; with --picture DIR, page 1 of each as PNG."""
    from meetingroom.documents.crew import Crew  # noqa: PLC0415
    from meetingroom.documents.inspector import PaperInspector  # noqa: PLC0415

    if picture is not None:
        try:
            picture.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_error(error, str(picture)) from error
    crew = Crew()
    try:
        seen = PaperInspector(crew).inspect(files, picture)
    finally:
        crew.close()
    facts, lines = [], []
    for file, one in zip(files, seen, strict=True):
        problem = sentence(one.problem, {"file": file.name}) if one.problem else None
        row = msgspec.structs.asdict(one)
        del row["size"]
        facts.append({**row, "file": str(file), "problem": problem})
        lines.append(f"{file}: {problem or tr('{0} pages').format(one.pages)}")
    _tell(facts, as_json, "\n".join(lines))
    if any(one.problem for one in seen):
        ctx.exit(1)


@verbs.command()
@click.argument("text")
@click.option("--meeting", "meeting_name", default="", help="Only in a MEETING (id or title).")
@click.option("--limit", type=click.IntRange(1, 1000), default=100, help="Pages at most.")
@data_option
@json_option
@click.pass_context
def search(
    ctx: click.Context, text: str, meeting_name: str, limit: int, data: Path | None, as_json: bool
) -> None:
    """Pages, titles, items and marks with TEXT, with or without its marks (nam chac)."""
    home = _desk(_data(ctx, data))
    try:
        row = _find_meeting(home, meeting_name) if meeting_name else None
        scope = Scope(reach="meeting", meeting=row.id) if row else Scope()
        home.searching.start()
        home.searching.wait(READ_SECONDS)
        answer = home.searching.find(text, scope, limit).result(HUB_SECONDS)
        hits = [hit_facts(home.desk, hit) for hit in answer.hits]
        read = msgspec.to_builtins(home.searching.reading)
    finally:
        home.close()
    lines = [f"{hit['paper_title']}, {hit['page']}: {hit['text']}" for hit in hits]
    _tell({"pages": answer.pages, "hits": hits, "read": read}, as_json, "\n".join(lines))


def _find_meeting(home: DeskHome, name: str) -> Meeting:
    """The meeting of an id or title; of several with one title the newest. Raises CallError."""
    found = [
        row
        for row in home.desk.meetings.values()
        if name == row.id or (row.issued and _plain(name) == _plain(row.issued.title))
    ]
    if not found:
        raise CallError("meeting.unknown")
    return max(found, key=lambda row: row.issued.starts_at if row.issued else "")


@verbs.command()
@click.argument("meeting_name", metavar="MEETING")
@click.argument("paper_id", metavar="PAPER")
@click.option("--reason", type=click.Choice(REASONS), required=True)
@click.confirmation_option(prompt="The paper disappears from every computer for good. Go on?")
@data_option
@json_option
@click.pass_context
def purge(
    ctx: click.Context, meeting_name: str, paper_id: str, reason: str, data: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Make a PAPER (id, number or title) of a MEETING disappear everywhere."""
    home = _desk(_data(ctx, data))
    try:
        _online(home)
        row = _find_meeting(home, meeting_name)
        named = [p for p in row.papers.values() if paper_id in (p.paper, p.title)]
        named += [p for p in row.papers.values() if paper_id == row.number_of(p.paper)]
        if not named:
            raise CallError("paper.unknown")
        record = home.purging.purge(row.id, named[0].paper, reason).result(HUB_SECONDS)
        _wait(lambda: not home.desk.waiting())
    finally:
        home.close()
    _tell({"purge": record}, as_json, record)


@verbs.command()
@data_option
@json_option
@click.pass_context
def backup(ctx: click.Context, data: Path | None, as_json: bool) -> None:
    """An encrypted backup of the hub's office, log and papers, now."""
    place = _data(ctx, data)
    if hub_is_running(place):
        home = _desk(place)
        try:
            _online(home)
            file = str(home.desk.ask("backup.make", {}, 600).result(600)["file"])
        finally:
            home.close()
    else:
        running = RunningHub(place, announces=False)
        file = str(running.back_up())
        running.stop_unstarted()
    _tell({"file": file}, as_json, file)


@verbs.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--key",
    "recovery",
    prompt=True,
    help="The office's recovery key; left out, it is asked for, and other users cannot see it.",
)
@data_option
@click.pass_context
def restore_backup(ctx: click.Context, file: Path, recovery: str, data: Path | None) -> None:
    """The hub from a backup FILE, on a computer without one."""
    restore(_data(ctx, data), file, recovery)
    click.echo(tr("The office was restored. Start the hub; the laptops connect by themselves."))


@verbs.command()
@click.option("--headless", is_flag=True, help="Without a screen; takes pictures afterwards.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="A folder for everything the story makes.",
)
@click.option("--pictures/--no-pictures", default=True, help="Headless: take every picture.")
@click.option("--two-hours", is_flag=True, help="A long meeting of 23 people, in minutes.")
@click.pass_context
def demo(
    ctx: click.Context, headless: bool, out: Path | None, pictures: bool, two_hours: bool
) -> None:
    """The whole story on a sample office: a hub, a secretary, three readers, a display."""
    from meetingroom.demo import showing  # noqa: PLC0415 - only the demo pays for it

    play = showing.show_session if two_hours else showing.show
    ctx.exit(play(out, headless=headless, takes_pictures=pictures))


@verbs.command()
@data_option
@json_option
@click.pass_context
def check(ctx: click.Context, data: Path | None, as_json: bool) -> None:
    """Verify the database, the log's chain, and every blob."""
    from meetingroom.exports import check_data  # noqa: PLC0415

    place = _data(ctx, data)
    if not any((place / name).is_dir() for name in ("hub", "device")):
        raise CallError("data.nothing_here", folder=str(place))
    faults = check_data(place)
    words = "\n".join(
        f"{fault['where']}: {sentence('fault.' + fault['code'], {'what': fault['what']})}"
        for fault in faults
    )
    _tell({"faults": faults}, as_json, words or tr("Everything is whole."))
    if faults:
        ctx.exit(1)
