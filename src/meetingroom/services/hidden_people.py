"""Whose marks a person does not want to see now; remembered on this computer only."""

from concurrent.futures import Future

import msgspec

from meetingroom.services.desk import Desk

NAME = "hidden_people"


class HiddenPeople:
    """Ids of people, or "everyone" for all others."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def read(self) -> "Future[frozenset[str]]":
        """Who is hidden."""
        return self._desk.run(self._read)

    def keep(self, people: frozenset[str]) -> "Future[None]":
        """Hide these, and nobody else."""
        raw = msgspec.json.encode(sorted(people))
        return self._desk.run(lambda: self._desk.log.set_value(NAME, raw))

    def _read(self) -> frozenset[str]:
        raw = self._desk.log.value(NAME)
        return frozenset(msgspec.json.decode(raw, type=list[str]) if raw else ())


def is_hidden(author: str, me: str, hidden: frozenset[str]) -> bool:
    """Whether somebody's marks are not wanted; one's own always are."""
    return author != me and bool(hidden & {author, "everyone"})
