"""What the hub did not take, as a text file: words somebody wrote are never locked in."""

from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path

from meetingroom.domain.errors import StoreError
from meetingroom.domain.marks import Mark, TextMark, mark_kind
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import moment_of
from meetingroom.sentences import sentence
from meetingroom.services.collecting import kind_words
from meetingroom.services.desk import Desk
from meetingroom.services.written import note_written
from meetingroom.wording import tr


def refused_text(meeting: Meeting, mark: Mark, names: Mapping[str, str]) -> str:
    """A mark as lines for people: where it stands, what it says, for whom, and the reason."""
    paper = meeting.papers.get(mark.paper) or meeting.removed_papers.get(mark.paper)
    title = f"{meeting.number_of(mark.paper)} {paper.title}".strip() if paper else mark.paper
    quote = mark.shape.quote if isinstance(mark.shape, TextMark) else ""
    kind = kind_words("reply" if mark.reply_to else mark_kind(mark.shape))
    rows = (
        (tr("Paper"), title),
        (tr("Page"), str(mark.page + 1)),
        (tr("Kind of mark"), kind),
        (tr("Quoted words"), quote),
        (tr("Text"), mark.text),
        (tr("For whom"), ", ".join(names.get(word, word) for word in mark.audience)),
        (tr("Time"), f"{moment_of(mark.at).astimezone():%Y-%m-%d %H:%M:%S}"),
        (tr("Why the hub did not take it"), sentence(mark.refusal)),
    )
    return "".join(f"{name}: {words}\n" for name, words in rows if words)


def save_text(desk: Desk, target: Path, text: str, blobs: tuple[str, ...] = ()) -> "Future[None]":
    """Write a text file that every editor opens. Fails with StoreError("store.unwritable")."""

    def task() -> None:
        try:
            target.write_text(text, encoding="utf-8-sig")
            note_written(desk.log, target, blobs)
        except OSError as error:
            reason = error.strerror or str(error)
            raise StoreError("store.unwritable", file=target.name, reason=reason) from error

    return desk.run(task)
