"""Undo and redo of one person's marks in one meeting, kept on this computer's disk.

A step is a value: what each mark was before and after. Where the history stands is kept in
the same transaction as the facts of the step, so neither is ever there without the other.
"""

import logging

import msgspec

from meetingroom.domain.ids import ME
from meetingroom.domain.marks import Mark, Shape, Standing
from meetingroom.domain.ports import DeviceLog

log = logging.getLogger(__name__)
KEPT = 20_000  # steps a meeting: more than a person makes; it only bounds the file
STANDS, STEPS = "history:", "step:"
Values = dict[str, bytes | None]


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What a mark says and for whom; where it stands never changes."""

    shape: Shape
    text: str = ""
    colour: str = "yellow"
    audience: tuple[str, ...] = (ME,)
    reply_to: str = ""

    @classmethod
    def of(cls, mark: Mark) -> "Content":
        """What a mark says now."""
        return cls(
            shape=mark.shape,
            text=mark.text,
            colour=mark.colour,
            audience=mark.audience,
            reply_to=mark.reply_to,
        )


class Spot(msgspec.Struct, frozen=True, array_like=True):
    """The page a mark stands on."""

    paper: str
    blob: str
    page: int


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One mark's part of a step; None is where there was, or is, no such mark.

    The places on later versions are those that the step changes, or that come and go with
    the mark.
    """

    mark: str
    spot: Spot
    before: Content | None = None
    after: Content | None = None
    places_before: dict[str, Standing] = {}
    places_after: dict[str, Standing] = {}

    @property
    def blobs(self) -> frozenset[str]:
        """The files it stands on."""
        return frozenset({self.spot.blob, *self.places_before, *self.places_after})

    def turned(self) -> "Change":
        """The change that takes it back."""
        return msgspec.structs.replace(
            self,
            before=self.after,
            after=self.before,
            places_before=self.places_after,
            places_after=self.places_before,
        )


Step = tuple[Change, ...]


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """Steps `first` + 1 to `last` are kept; those to `done` are done, the others undone."""

    first: int = 0
    done: int = 0
    last: int = 0


class History:
    """The steps of one meeting; what changes it gives what to keep, `settle` when it is kept."""

    def __init__(self, device_log: DeviceLog, meeting: str, stand: Stand | None = None) -> None:
        self._log, self._meeting = device_log, meeting
        self._stand = stand or Stand()

    @property
    def can_undo(self) -> bool:
        return self._stand.done > self._stand.first

    @property
    def can_redo(self) -> bool:
        return self._stand.done < self._stand.last

    def with_step(self, step: Step) -> tuple[Stand, Values]:
        """A new step: where the history stands after it, and what to keep for that."""
        old = self._stand
        number = old.done + 1
        values: Values = {self._name(gone): None for gone in range(number + 1, old.last + 1)}
        values[self._name(number)] = msgspec.msgpack.encode(step)
        first = max(old.first, number - KEPT)
        if first > old.first:
            values[self._name(first)] = None
        stand = Stand(first=first, done=number, last=number)
        return stand, values | self._kept(stand)

    def undone(self) -> tuple[Step, Stand, Values] | None:
        """The newest step turned round, and what to keep; None without one."""
        step = self._step(self._stand.done) if self.can_undo else None
        if step is None:
            return None
        stand = msgspec.structs.replace(self._stand, done=self._stand.done - 1)
        return tuple(change.turned() for change in step), stand, self._kept(stand)

    def redone(self) -> tuple[Step, Stand, Values] | None:
        """The newest undone step, and what to keep; None without one."""
        step = self._step(self._stand.done + 1) if self.can_redo else None
        if step is None:
            return None
        stand = msgspec.structs.replace(self._stand, done=self._stand.done + 1)
        return step, stand, self._kept(stand)

    def forgotten(self) -> tuple[Stand, Values]:
        """No step any more: what they quote is for this person no longer."""
        numbers = range(self._stand.first + 1, self._stand.last + 1)
        values: Values = {self._name(number): None for number in numbers}
        return Stand(), values | {STANDS + self._meeting: None}

    def without(self, blob: str) -> tuple[Stand, Values] | None:
        """The steps without what stands on this file; None where nothing does.

        A step of which nothing is left goes, and with it what cannot be read any more.
        """
        old, changed = self._stand, False
        kept: list[tuple[int, Step]] = []
        for number in range(old.first + 1, old.last + 1):
            step = self._step(number) or ()
            rest = tuple(change for change in step if blob not in change.blobs)
            changed |= len(rest) != len(step)
            kept += [(number, rest)] if rest else []
        if not changed:
            return None
        values: Values = {self._name(gone): None for gone in range(old.first + 1, old.last + 1)}
        for number, (_, step) in enumerate(kept, 1):
            values[self._name(number)] = msgspec.msgpack.encode(step)
        done = sum(number <= old.done for number, _ in kept)
        stand = Stand(first=0, done=done, last=len(kept))
        return stand, values | self._kept(stand)

    def settle(self, stand: Stand) -> None:
        """It is on the disk."""
        self._stand = stand

    def _step(self, number: int) -> Step | None:
        raw = self._log.value(self._name(number))
        try:
            return msgspec.msgpack.decode(raw, type=Step) if raw is not None else None
        except msgspec.DecodeError:
            log.warning("a step of the history cannot be read")  # of another version
            return None

    def _name(self, number: int) -> str:
        return f"{STEPS}{self._meeting}/{number:09}"

    def _kept(self, stand: Stand) -> Values:
        return {STANDS + self._meeting: msgspec.json.encode(stand)}


def kept_histories(device_log: DeviceLog) -> dict[str, History]:
    """Meeting → its history as it was left."""
    return {
        name.removeprefix(STANDS): History(
            device_log, name.removeprefix(STANDS), msgspec.json.decode(raw, type=Stand)
        )
        for name, raw in device_log.values(STANDS).items()
    }
