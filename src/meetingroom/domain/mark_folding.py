"""Marks as they are folded: put, taken back, carried to another version."""

from typing import NamedTuple

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry
from meetingroom.domain.marks import Mark, Standing


class TakenBack(msgspec.Struct, frozen=True, kw_only=True):
    """A mark its author removed: content up to this revision is for nobody else any more.

    `stands` are the places it had on later versions, for its author to put it back.
    """

    author: str
    revision: int
    stands: dict[str, Standing] = {}


class Marks(NamedTuple):
    """The tables of a fold, which its steps change in place."""

    marks: dict[str, Mark]
    taken_back: dict[str, TakenBack]


def put_mark(table: Marks, entry: Entry) -> None:
    """A mark's whole content, unless a later one is known."""
    fact = entry.fact
    assert isinstance(fact, facts.MarkPut)  # noqa: S101
    known = table.marks.get(fact.mark) or table.taken_back.get(fact.mark)
    if known is not None and (known.author != entry.head.author or fact.revision < known.revision):
        return
    mark = Mark(
        id=fact.mark,
        author=entry.head.author,
        paper=fact.paper,
        blob=fact.blob,
        page=fact.page,
        shape=fact.shape,
        text=fact.text,
        colour=fact.colour,
        audience=entry.head.audience,
        revision=fact.revision,
        at=entry.at,
        is_at_hub=entry.envelope is not None,
        refusal=entry.refused or "",
        is_late=entry.envelope is not None and entry.envelope.late,
        was_offline=entry.was_offline,
        reply_to=fact.reply_to,
        stands=known.stands if isinstance(known, Mark) else {},
    )
    table.marks[fact.mark] = mark


def remove_mark(table: Marks, entry: Entry) -> None:
    """A mark taken back by its author."""
    fact = entry.fact
    assert isinstance(fact, facts.MarkRemoved)  # noqa: S101
    known = table.marks.get(fact.mark) or table.taken_back.get(fact.mark)
    if known is not None and (known.author != entry.head.author or fact.revision < known.revision):
        return
    table.marks.pop(fact.mark, None)
    table.taken_back[fact.mark] = TakenBack(
        author=entry.head.author, revision=fact.revision, stands=known.stands if known else {}
    )


def carry_mark(table: Marks, entry: Entry) -> None:
    """Where a mark stands on another version."""
    fact = entry.fact
    assert isinstance(fact, facts.MarkCarried)  # noqa: S101
    known, gone = table.marks.get(fact.mark), table.taken_back.get(fact.mark)
    if known is None or known.author != entry.head.author:
        return
    if gone is not None and fact.content <= gone.revision:
        return  # its place belongs to what was taken back
    before = known.stands.get(fact.to_blob)
    if before is not None and fact.revision < before.revision:
        return
    stand = Standing(
        page=fact.page,
        shape=fact.shape,
        certainty=fact.certainty,
        revision=fact.revision,
        from_blob=fact.from_blob,
        is_at_hub=entry.envelope is not None,
    )
    stands = {**known.stands, fact.to_blob: stand}
    table.marks[fact.mark] = msgspec.structs.replace(known, stands=stands)
