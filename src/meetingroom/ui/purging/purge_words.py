"""A purge in words."""

from meetingroom.domain.directory import Directory
from meetingroom.domain.facts import PurgeDone
from meetingroom.domain.ids import HUB, is_room
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.domain.purge_board import BoardRow
from meetingroom.domain.purging import BACKUPS, Purge
from meetingroom.sentences import sentence
from meetingroom.ui.stage.moments import local, now
from meetingroom.wording import tr


def reason_words(reason: str) -> str:
    """Why a paper was withdrawn."""
    if reason == "secret":
        return tr("Found to be secret")
    return tr("Kept long enough") if reason == "retention" else tr("Recalled")


def place_words(meeting: Meeting, item: str) -> str:
    """Where the paper stood; its title went with it."""
    for number, row in enumerate(meeting.issued.agenda if meeting.issued else (), 1):
        if row.item == item:
            return tr("a paper of item {0}").format(number)
    return tr("a paper of the meeting")


def when_words(moment: str) -> str:
    """An hour, with its day where that is not today."""
    at = local(moment)
    return f"{at:%H:%M}" if at.date() == now().date() else f"{at:%H:%M %d/%m/%Y}"


def title_words(meeting: Meeting, purge: Purge) -> str:
    """A board's title."""
    return f"{reason_words(purge.reason)}: {place_words(meeting, purge.item)}"


def summary_words(rows: list[BoardRow], purge: Purge) -> str:
    """ "Gone on 21 of 23 computers; 2 will delete it when they connect again"."""
    if not purge.is_at_hub:
        return tr("Waits for the hub: the order goes out by itself when it is back.")
    computers = [row for row in rows if row.principal != HUB]
    done = sum(row.is_done for row in computers)
    words = [tr("Gone on {0} of {1} computers").format(done, len(computers))]
    for state, told in (
        ("waiting", tr("{0} will delete it when they connect again")),
        ("working", tr("{0} are deleting it")),
        ("failed", tr("{0} cannot delete it yet and try again")),
        ("shut_out", tr("{0} are not of the office any more and cannot be reached")),
    ):
        count = sum(row.state == state for row in computers)
        words += [told.format(count)] if count else []
    return "; ".join(words)


def row_name(row: BoardRow, directory: Directory) -> str:
    """Whose computer it is."""
    if row.principal == HUB:
        return tr("The hub")
    name = directory.name_of(row.principal) or row.principal
    return tr("Display: {0}").format(name) if is_room(row.principal) else name


def row_words(row: BoardRow) -> str:
    """What one computer says."""
    done = row.receipt.done if row.receipt else None
    match row.state:
        case "failed":
            return tr("Not deleted yet: {0} Tried again every minute.").format(
                sentence(done.pending if done else "")
            )
        case "shut_out":
            return tr(
                "Not of the office any more: nothing reaches it. Look for the computer itself."
            )
        case "waiting" if row.since:
            return tr("Away since {0}; deletes it when it connects").format(when_words(row.since))
        case "waiting":
            return tr("Away; deletes it when it connects")
        case "working" if done is not None and done.pending == BACKUPS:
            return tr("Deleted; a fresh backup is being made, then the old ones go")
        case "working":
            return tr("On line, deleting")
        case _:
            return done_words(row, done) if done is not None else ""


def done_words(row: BoardRow, done: PurgeDone) -> str:
    """What went, and what is left where the program cannot reach."""
    at = when_words(row.receipt.at) if row.receipt else ""
    words = [tr("Deleted at {0}").format(at)]
    if row.principal != HUB and not done.files:
        words = [tr("Had no copy of the file (said at {0})").format(at)]
    if done.backups:
        words.append(tr("{0} backups replaced").format(done.backups))
    if done.copies:
        words.append(tr("{0} saved copies deleted").format(done.copies))
    return " · ".join((*words, *left_words(done)))


def left_words(done: PurgeDone) -> list[str]:
    """What a person must see to."""
    left = []
    if done.unreached:
        left.append(tr("{0} copies were changed or moved").format(done.unreached))
    if done.prints:
        left.append(tr("printed {0} times: collect the sheets").format(done.prints))
    if done.sealed:
        left.append(tr("{0} own backups under a passphrase").format(done.sealed))
    return left


def goes_words(meeting: Meeting, paper: Paper) -> list[str]:
    """What disappears with a paper."""
    marks = [mark for mark in meeting.marks.values() if mark.paper == paper.paper]
    shared = tr("all marks and opinions on it, private ones too")
    if marks:
        words = tr("all marks and opinions on it, private ones too ({0} you can see)")
        shared = words.format(len(marks))
    versions = tr("every version ({0})").format(len(paper.versions))
    return [
        tr("The file, {0}, on every laptop, on the display and at the hub").format(versions),
        shared[:1].upper() + shared[1:],
        tr("Its words in the search, small pictures, receipts, and its place in drafts"),
        tr("Copies and exports that this program saved, unless somebody changed or moved them"),
        tr("Backups at the hub: a fresh one is made, the old ones go"),
    ]


def stays_words() -> list[str]:
    """What the program cannot reach."""
    return [
        tr("Prints on paper, photographs of screens"),
        tr("Copies that were changed, moved, or given away by stick or e-mail"),
        tr("The file you added it from: it lies outside this program"),
        tr("People's own backups under a passphrase; they are told"),
        tr("The agenda's words and the results of votes: they stay"),
    ]
