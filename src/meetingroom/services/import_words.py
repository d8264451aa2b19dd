"""What came of an import or of a restore, in words."""

from meetingroom.domain.foreign_marks import LeftOut
from meetingroom.domain.meeting import Meeting
from meetingroom.services.collecting import kind_words
from meetingroom.services.importing import Taken
from meetingroom.services.personal_backup import Restored
from meetingroom.wording import tr


def import_words(meeting: Meeting, taken: Taken) -> list[str]:
    """The report, a thing a line; the first says how many came and to which paper."""
    known = meeting.paper_with(taken.blob)
    title = f"{meeting.number_of(taken.paper)} {known.title if known else ''}".strip()
    count = len(taken.marks)
    one, many = (
        tr("One mark came to {1}; only you see it."),
        tr("{0} marks came to {1}; only you see them."),
    )
    nothing = tr("Nothing new came to {1}.")
    first = nothing if not count else one if count == 1 else many
    lines = [first.format(count, title)]
    if taken.kinds:
        rows = (f"{kind_words(kind)} {number}" for kind, number in sorted(taken.kinds.items()))
        lines.append(", ".join(rows))
    if taken.already:
        lines.append(tr("{0} were here already and stay as they are.").format(taken.already))
    if taken.differing:
        lines.append(tr("{0} of these are different in the file.").format(taken.differing))
    for kind, number in sorted(taken.became.items()):
        words = tr("{0} × {1}: taken as the nearest kind there is here.")
        lines.append(words.format(number, foreign_kind_words(kind)))
    return lines + left_out_words(taken.left_out)


def restored_words(restored: Restored) -> str:
    """What a restore brought, as a sentence."""
    if not restored.records:
        return tr("Everything in this backup is here already.")
    words = tr("Came back: {0} records. Here already: {1}.")
    return words.format(restored.records, restored.already)


def left_out_words(rows: tuple[LeftOut, ...]) -> list[str]:
    """What was not taken, alike ones together."""
    counts: dict[tuple[str, str], int] = {}
    pages: dict[tuple[str, str], set[int]] = {}
    for row in rows:
        key = (row.kind, row.reason)
        counts[key] = counts.get(key, 0) + row.count
        pages.setdefault(key, set()).update({row.page + 1} if row.page >= 0 else set())
    return [
        tr("Not taken: {0} × {1} ({2}){3}").format(
            count, foreign_kind_words(kind), _reason(reason), _page_words(pages[kind, reason])
        )
        for (kind, reason), count in counts.items()
    ]


def _page_words(pages: set[int]) -> str:
    if not pages:
        return ""
    shown = ", ".join(str(page) for page in sorted(pages)[:8])
    return ", " + tr("page {0}").format(shown + (" …" if len(pages) > 8 else ""))


def _reason(reason: str) -> str:
    words = {
        "kind": tr("there is nothing like it here"),
        "no_page": tr("the paper has no such page"),
        "hidden": tr("hidden in the file"),
        "empty": tr("without words or shape"),
        "state": tr("only a tick of another program"),
        "too_long": tr("too long for one mark"),
        "too_many": tr("more than one file may bring"),
    }
    return words.get(reason, reason)


def foreign_kind_words(kind: str) -> str:
    """A kind of mark of another program in words; ours as everywhere."""
    words = {
        "caret": tr("insertion mark"),
        "polygon": tr("polygon"),
        "polyline": tr("broken line"),
        "circle": tr("ellipse"),
        "squiggly": tr("squiggly line"),
        "fileattachment": tr("attached file (only its name)"),
        "sound": tr("sound"),
        "redact": tr("blacked out part"),
        "movie": tr("film"),
        "screen": tr("film"),
        "": tr("mark"),
    }
    ours = {"text": "note", "freetext": "text", "square": "box"}
    return words.get(kind) or kind_words(ours.get(kind, kind))
