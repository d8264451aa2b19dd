"""The floor of a meeting: who asks to speak, who speaks, who has spoken how long."""

from collections.abc import Callable
from datetime import timedelta
from typing import Literal

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry
from meetingroom.domain.records import moment_of

State = Literal["waiting", "speaking", "spoken", "withdrawn"]


class Speech(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's turn, from asking to its end; `seconds` is the time given, 0 unlimited.

    What is not at the hub yet was said on this computer, by its own clock.
    """

    asked: facts.SpeechAsked
    at: str
    is_at_hub: bool = True
    state: State = "waiting"
    seconds: int = 0
    started_at: str = ""
    is_start_at_hub: bool = True
    ended_at: str = ""

    @property
    def id(self) -> str:
        return self.asked.speech

    @property
    def person(self) -> str:
        return self.asked.person

    @property
    def used(self) -> float:
        """The seconds a turn that is over took, by the hub's time."""
        if not self.started_at or not self.ended_at:
            return 0.0
        took = moment_of(self.ended_at) - moment_of(self.started_at)
        return max(0.0, took / timedelta(seconds=1))


class Speaking(msgspec.Struct, frozen=True, kw_only=True):
    """Speeches in the order they were asked for, and how the chair wants those that wait.

    `same` names asks that say what an earlier one says: one person counts once an item.
    `given` is the minutes added to the items, `usual` the seconds of the last call.
    """

    speeches: dict[str, Speech] = {}
    order: tuple[str, ...] = ()
    same: dict[str, str] = {}
    given: dict[str, int] = {}
    usual: int = 300

    @property
    def speaker(self) -> Speech | None:
        """Who has the floor now."""
        return next((one for one in self.speeches.values() if one.state == "speaking"), None)

    def find(self, speech: str) -> Speech | None:
        """A speech by any of the ids it was asked for with."""
        return self.speeches.get(self.same.get(speech, speech))

    def waiting(self) -> list[Speech]:
        """All who wait: as the chair wants it, then as they asked."""
        places = {speech: place for place, speech in enumerate(self.order)}
        rows = [one for one in self.speeches.values() if one.state == "waiting"]
        return sorted(rows, key=lambda one: places.get(one.id, len(places)))

    def queue(self, item: str) -> list[Speech]:
        """Who waits to speak on an item, and who asked on none."""
        return [one for one in self.waiting() if one.asked.item in ("", item)]

    def left_over(self, item: str) -> list[Speech]:
        """Who waits still though another item runs."""
        return [one for one in self.waiting() if one.asked.item not in ("", item)]

    def of(self, person: str, item: str) -> Speech | None:
        """Somebody's own turn on an item: the one that runs, else the one that waits."""
        speaker = self.speaker
        if speaker is not None and speaker.person == person:
            return speaker
        return next((one for one in self.queue(item) if one.person == person), None)

    def turns(self) -> list[Speech]:
        """Turns that were taken or run, in the order they began."""
        rows = [one for one in self.speeches.values() if one.started_at]
        return sorted(rows, key=lambda one: one.started_at)


def _with(speaking: Speaking, *speeches: Speech) -> Speaking:
    changed = {one.id: one for one in speeches}
    return msgspec.structs.replace(speaking, speeches={**speaking.speeches, **changed})


def _over(speech: Speech, at: str) -> Speech:
    """A turn ended; never before it began."""
    ended = max(at, speech.started_at)
    return msgspec.structs.replace(speech, state="spoken", ended_at=ended)


def _ask(speaking: Speaking, entry: Entry) -> Speaking:
    fact = entry.fact
    assert isinstance(fact, facts.SpeechAsked)  # noqa: S101
    if speaking.find(fact.speech) is not None:
        return speaking
    for one in speaking.waiting():
        if one.person == fact.person and one.asked.item == fact.item:
            same = {**speaking.same, fact.speech: one.id}
            return msgspec.structs.replace(speaking, same=same)
    is_at_hub = entry.envelope is not None
    return _with(speaking, Speech(asked=fact, at=entry.at, is_at_hub=is_at_hub))


def _withdraw(speaking: Speaking, entry: Entry) -> Speaking:
    fact = entry.fact
    assert isinstance(fact, facts.SpeechWithdrawn)  # noqa: S101
    speech = speaking.find(fact.speech)
    if speech is None or speech.state not in ("waiting", "speaking"):
        return speaking
    if speech.state == "speaking":  # called meanwhile
        return _with(speaking, _over(speech, entry.at))
    return _with(speaking, msgspec.structs.replace(speech, state="withdrawn"))


def _order(speaking: Speaking, entry: Entry) -> Speaking:
    fact = entry.fact
    assert isinstance(fact, facts.SpeechesOrdered)  # noqa: S101
    named = dict.fromkeys(speaking.same.get(one, one) for one in fact.speeches)
    return msgspec.structs.replace(speaking, order=tuple(named))


def _grant(speaking: Speaking, entry: Entry) -> Speaking:
    """The floor, or for who has it the time as it is now.

    Who was called while the computer of the chair was away had the floor until somebody else
    was called: what comes late takes it from nobody.
    """
    fact = entry.fact
    assert isinstance(fact, facts.SpeechGranted)  # noqa: S101
    speech = speaking.find(fact.speech)
    if speech is None:
        return speaking
    if speech.state == "speaking":
        return _with(speaking, msgspec.structs.replace(speech, seconds=fact.seconds))
    if speech.state != "waiting":
        return speaking
    called = msgspec.structs.replace(
        speech, state="speaking", seconds=fact.seconds, started_at=entry.at,
        is_start_at_hub=entry.envelope is not None,
    )  # fmt: skip
    speaking = msgspec.structs.replace(speaking, usual=fact.seconds)
    if entry.was_offline:
        later = [one.started_at for one in speaking.turns() if one.started_at > entry.at]
        if later:
            return _with(speaking, *_cut(speaking, entry.at), _over(called, min(later)))
    speaker = speaking.speaker
    return _with(speaking, *([_over(speaker, entry.at)] if speaker else []), called)


def _cut(speaking: Speaking, at: str) -> list[Speech]:
    """The turn another one fell into, ended there."""
    return [_over(one, at) for one in speaking.turns() if one.started_at <= at < one.ended_at]


def _end(speaking: Speaking, entry: Entry) -> Speaking:
    fact = entry.fact
    assert isinstance(fact, facts.SpeechEnded)  # noqa: S101
    speech = speaking.find(fact.speech)
    if speech is None or not speech.started_at:
        return speaking
    # An end that was told late is the earlier one.
    is_earlier = entry.was_offline and speech.started_at <= entry.at < speech.ended_at
    if speech.state == "speaking" or is_earlier:
        return _with(speaking, _over(speech, entry.at))
    return speaking


def _give_time(speaking: Speaking, entry: Entry) -> Speaking:
    fact = entry.fact
    assert isinstance(fact, facts.TimeGiven)  # noqa: S101
    minutes = speaking.given.get(fact.item, 0) + fact.minutes
    return msgspec.structs.replace(speaking, given={**speaking.given, fact.item: minutes})


def freed(speaking: Speaking, entry: Entry) -> Speaking:
    """The floor when an item began or ended, or the meeting did: nobody speaks on."""
    speaker = speaking.speaker
    if speaker is None or (entry.was_offline and entry.at < speaker.started_at):
        return speaking
    return _with(speaking, _over(speaker, entry.at))


Change = Callable[[Speaking, Entry], Speaking]
CHANGES: dict[type[facts.Fact], Change] = {
    facts.SpeechAsked: _ask,
    facts.SpeechWithdrawn: _withdraw,
    facts.SpeechesOrdered: _order,
    facts.SpeechGranted: _grant,
    facts.SpeechEnded: _end,
    facts.TimeGiven: _give_time,
}
