"""Replies: marks that answer a mark; who may write them is judged in `rights`.

A reply reaches nobody who may not read what it answers: its words (`audience`) name nobody
whom the answered mark does not, and its readers are frozen within the answered mark's. So
whoever sees that something was answered could see the answered mark itself, or could before
its author took it away.
"""

from collections.abc import Iterable, Mapping

import msgspec

from meetingroom.domain.ids import EVERYONE, ME
from meetingroom.domain.marks import Mark


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """A mark that is answered, as the hub took it: whose, on what, its words and its readers.

    `readers` are all principals (or "everyone") who were given any revision of it.
    """

    author: str
    paper: str
    audience: tuple[str, ...]
    readers: frozenset[str]

    def was_for(self, principal: str) -> bool:
        """Whether a principal is among those who were given it."""
        return EVERYONE in self.readers or principal in self.readers


def within(readers: tuple[str, ...], answered: Answered) -> tuple[str, ...]:
    """A reply's readers without those who may not read what it answers."""
    if EVERYONE in answered.readers:
        return readers
    if EVERYONE in readers:
        return tuple(sorted(answered.readers))
    return tuple(reader for reader in readers if reader in answered.readers)


def reply_audience(answered: Mark, author: str) -> tuple[str, ...]:
    """For whom a reply is: those whom the answered mark is for, and its author."""
    if answered.is_private or answered.is_refused:
        return (ME,)
    if EVERYONE in answered.audience or answered.author == author:
        return answered.audience
    named = [word for word in answered.audience if word != author]
    return tuple(dict.fromkeys((*named, answered.author)))


def may_be_for(audience: tuple[str, ...], reply: Mark, answered: Mark | None) -> bool:
    """Whether a reply may have this audience; of a mark that is gone nothing more is known."""
    if audience == (ME,):
        return True
    widest = reply_audience(answered, reply.author) if answered is not None else reply.audience
    return ME not in widest and (EVERYONE in widest or set(audience) <= set(widest))


def root_of(mark: Mark, marks: Mapping[str, Mark]) -> Mark:
    """The mark a thread begins with: the first of the answered ones that is still there."""
    seen = {mark.id}
    while mark.reply_to in marks and mark.reply_to not in seen:
        mark = marks[mark.reply_to]
        seen.add(mark.id)
    return mark


def replies_by_root(
    marks: Iterable[Mark], stands_for: Mapping[str, str] | None = None
) -> dict[str, list[Mark]]:
    """Root's id → the replies of its thread, oldest first.

    `stands_for` tells which mark took the place of one that is gone (its author shared it
    anew). Replies to a mark that is gone are a thread under the id of that mark.
    """
    known = {mark.id: mark for mark in marks}
    fresh = stands_for or {}
    threads: dict[str, list[Mark]] = {}
    for mark in known.values():
        if not mark.reply_to:
            continue
        root = root_of(mark, known)
        name = root.id if root.id != mark.id and not root.reply_to else root.reply_to
        place = name if name in known else fresh.get(name, name)
        threads.setdefault(place, []).append(mark)
    for replies in threads.values():
        replies.sort(key=lambda reply: (reply.at, reply.id))
    return threads
