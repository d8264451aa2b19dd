"""What a row of the list of marks says, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from meetingroom.domain.ids import ME
from meetingroom.domain.marks import Mark
from meetingroom.sentences import sentence
from meetingroom.services.collecting import kind_words
from meetingroom.services.past_shares import Share
from meetingroom.ui.reader.marks_panel.rows import Marks, Row
from meetingroom.ui.reader.marks_panel.wish import kind_of, quote_of
from meetingroom.ui.stage.moments import local, now
from meetingroom.wording import tr

KIND_ICONS = {
    "highlight": "highlighter",
    "underline": "underline",
    "strikeout": "strikethrough",
    "ink": "pen-line",
    "note": "sticky-note",
    "text": "type",
    "box": "square",
    "arrow": "move-up-right",
    "line": "slash",
    "stamp": "stamp",
    "reply": "reply",
}
AUDIENCE_ICONS = {"me": "lock", "secretary": "send", "chair": "user", "everyone": "users"}


@dataclass(frozen=True)
class State:
    """Where an own mark is: an icon, its role, and words."""

    icon: str
    role: str
    words: str


@dataclass(frozen=True)
class RowWords:
    """A row's words, each "" where there is nothing to say."""

    place: str = ""
    author: str = ""
    audience: str = ""
    audience_icon: str = ""
    kind_icon: str = ""
    quote: str = ""
    words: str = ""
    meta: str = ""
    offline: str = ""
    state: State | None = None
    warning: str = ""

    def spoken(self) -> str:
        """All of it, for a screen reader and a tool tip."""
        state = self.state.words if self.state else ""
        parts = (
            self.place, self.author, self.audience, self.quote, self.words, self.meta,
            self.offline, state, self.warning,
        )  # fmt: skip
        return "\n".join(part for part in parts if part)


def said_in(row: Row) -> tuple[str, str, str]:
    """What is quoted, what is written (or the kind's name), and what is wrong: what takes lines."""
    if row.note is not None:
        kind = row.note.kind
        name = kind_words(kind) if kind in KIND_ICONS else tr("Annotation")
        return "", plain(row.note.text) or name, ""
    mark = row.mark
    if mark is None:
        return "", row.title, ""
    quote = plain(quote_of(mark))
    words = plain(mark.text) or ("" if quote else kind_words(kind_of(mark)))
    return quote, words, warning_of(mark) if mark.is_refused or mark.is_late else ""


def row_words(row: Row, marks: Marks) -> RowWords:
    """What a row of a mark, a reply, a note in the file or a gone mark says."""
    quote, words, warning = said_in(row)
    mark, note = row.mark, row.note
    if note is not None:
        icon = KIND_ICONS.get(note.kind, "file-text")
        author, meta = note.author, when(note.at)
        return RowWords(place=row.place, author=author, kind_icon=icon, words=words, meta=meta)
    if mark is None:
        return RowWords(place=row.place, words=words)
    place = "" if row.kind == "reply" else row.place
    return RowWords(
        place=f"{place} · {row.version}" if row.version and place else place,
        author=marks.name_of(mark.author),
        audience=audience_words(mark.audience, marks.names),
        audience_icon=audience_icon(mark.audience),
        kind_icon=KIND_ICONS[kind_of(mark)],
        quote=quote,
        words=words,
        meta=when(mark.at),
        offline=offline_words(mark),
        state=state_of(mark) if mark.author == marks.me else None,
        warning=warning,
    )


def plain(text: str) -> str:
    """Words on one line."""
    return " ".join(text.split())


def when(at: str) -> str:
    """A time of today, or with its day."""
    if not at:
        return ""
    try:
        moment: datetime = local(at)
    except ValueError:
        return at
    is_today = moment.date() == now().date()
    return f"{moment:%H:%M}" if is_today else f"{moment:%H:%M %d/%m/%Y}"


def offline_words(mark: Mark) -> str:
    """That a mark was written while its author was away from the hub."""
    return tr("written while away from the hub") if mark.was_offline else ""


def state_of(mark: Mark) -> State:
    """Where an own mark is."""
    if mark.is_refused:
        return State("circle-alert", "attention", tr("not accepted by the hub"))
    if mark.is_private:
        return State("laptop", "ink_soft", tr("on this computer"))
    if mark.is_at_hub:
        return State("check", "good", tr("at the hub"))
    return State("clock", "ink_soft", tr("on this computer, waits for the hub"))


def warning_of(mark: Mark) -> str:
    """What is to be said of a mark that the hub did not take, or that came late."""
    said = [sentence(mark.refusal)] if mark.is_refused else []
    if mark.is_late:
        said.append(tr("Came after the meeting was closed."))
    return " ".join(said)


def audience_words(audience: tuple[str, ...], names: Mapping[str, str]) -> str:
    """For whom a mark is."""
    if audience == (ME,):
        return tr("Only me")
    return ", ".join(names.get(word, word) for word in audience)


def audience_icon(audience: tuple[str, ...]) -> str:
    """The icon of an audience; of several, that of the widest."""
    known = [AUDIENCE_ICONS[word] for word in audience if word in AUDIENCE_ICONS]
    return "users" if len(known) != 1 or "everyone" in audience else known[0]


def past_words(mark: Mark, past: tuple[Share, ...], names: Mapping[str, str]) -> list[str]:
    """Whom an own mark is or was shared with, and what that means for those who had it."""
    said = []
    if not mark.is_private and not mark.is_refused:
        told = tr("Shared with {0} at {1}.") if mark.is_at_hub else tr("Goes to {0}, written {1}.")
        said.append(told.format(audience_words(mark.audience, names), when(mark.at)))
    earlier = [share for share in past if share.mark != mark.id or mark.is_private]
    said += [
        tr("Was shared with {0} until changed; last at {1}.").format(
            audience_words(share.audience, names), when(share.at)
        )
        for share in earlier
        if share.audience != mark.audience or mark.is_private
    ]
    if len(said) > (not mark.is_private and not mark.is_refused):
        said.append(
            tr(
                "Their computers were told to delete it, those that are off when they connect. "
                "Who has read it has read it."
            )
        )
    return said
