"""Who is, and was, in which online meeting of a meeting, and for how long."""

from datetime import datetime, timedelta

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry
from meetingroom.domain.records import moment_of, utc_text

LONGEST = timedelta(hours=12)
"""A stay nobody ended (a computer died in it) counts no longer than this."""

Calls = dict[tuple[str, str], "Call"]


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One principal (a person, or the display for the whole room) and one online meeting.

    `joined_at` is "" while it is out; `stays` are the earlier ones, oldest first.
    """

    who: str
    link: str
    joined_at: str = ""
    stays: tuple[tuple[str, str], ...] = ()

    @property
    def is_in(self) -> bool:
        return bool(self.joined_at)

    def lasted(self, now: datetime) -> timedelta:
        """How long it was in, all stays together; the one under way until now."""
        ended = [(moment_of(start), moment_of(end)) for start, end in self.stays]
        if self.joined_at:
            ended.append((moment_of(self.joined_at), now))
        return sum((_length(start, end) for start, end in ended), timedelta())


def _length(start: datetime, end: datetime) -> timedelta:
    return max(timedelta(), min(end - start, LONGEST))


def with_call(calls: Calls, entry: Entry) -> Calls:
    """The calls after somebody joined or left; joining twice is joining once."""
    fact = entry.fact
    assert isinstance(fact, facts.OnlineJoined | facts.OnlineLeft)  # noqa: S101
    key = (caller(entry), fact.link)
    known = calls.get(key, Call(who=key[0], link=fact.link))
    if isinstance(fact, facts.OnlineLeft):
        return {**calls, key: _left(known, _end(fact.at, entry.at))} if known.is_in else calls
    if known.is_in:
        return calls
    return {**calls, key: msgspec.structs.replace(known, joined_at=entry.at)}


def caller(entry: Entry) -> str:
    """Whose call a record is about."""
    who = entry.fact.who if isinstance(entry.fact, facts.OnlineLeft) else ""
    return who or entry.head.author


def all_left(calls: Calls, at: str) -> Calls:
    """Nobody is in a call of a meeting that is over."""
    return {key: _left(call, at) if call.is_in else call for key, call in calls.items()}


def _end(said: str, written: str) -> str:
    """When a stay ended: as said, where a computer tells it late, but never after it was told."""
    return said if said and moment_of(said) < moment_of(written) else written


def _left(call: Call, at: str) -> Call:
    start = moment_of(call.joined_at)
    end = at if start < moment_of(at) else call.joined_at
    if moment_of(end) - start > LONGEST:
        end = utc_text(start + LONGEST)
    stays = (*call.stays, (call.joined_at, end))
    return msgspec.structs.replace(call, joined_at="", stays=stays)
