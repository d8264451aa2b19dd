"""Open ballots after their vote's close: told to a few devices at a time, behind the result.

In a large room everybody's ballot for everybody is very many records; the result must not
wait for them. What a stop of the hub leaves untold, its next start tells.
"""

from collections.abc import Sequence

from meetingroom.domain import facts
from meetingroom.domain.ports import HubLog
from meetingroom.domain.ruling import leads
from meetingroom.services.ledger import Delivery, Ledger, Line

STEPS_AT_ONCE = 1000  # the hub's lock is held for so many


class BallotNews:
    """Under the hub's lock, but for `is_behind`."""

    def __init__(self, log: HubLog, ledger: Ledger) -> None:
        self._log = log
        self._ledger = ledger
        self._waiting: dict[tuple[str, str, str], str] = {}

    @property
    def is_behind(self) -> bool:
        """Whether devices are to be told."""
        return bool(self._waiting)

    def note(self, lines: Sequence[Line]) -> None:
        """Remember whom to tell of the votes just closed: who leads the meeting first."""
        for line in lines:
            fact, stream = line.entry.fact, line.entry.head.stream
            if isinstance(fact, facts.VoteClosed) and self._ledger.ballots_in(stream, fact.vote):
                meeting = self._ledger.meeting(stream)
                active = [d for d in self._ledger.directory.devices.values() if d.is_active]
                active.sort(key=lambda d: meeting is None or not leads(d.principal, meeting))
                for device in active:
                    self._waiting[device.device, stream, fact.vote] = device.principal

    def tell_some(self) -> frozenset[str]:
        """The devices told. Raises StoreError: all of them wait on."""
        steps: list[Delivery] = []
        taken: list[tuple[str, str, str]] = []
        for key, principal in self._waiting.items():
            device, stream, vote = key
            ballots = self._ledger.ballots_in(stream, vote)
            taken.append(key)
            known = self._ledger.directory.devices.get(device)
            if known is not None and known.is_active:
                steps += self._ledger.differences_in(device, principal, ballots)
            if len(steps) >= STEPS_AT_ONCE:
                break
        if steps:
            self._log.deliver(steps)
            self._ledger.note_delivered(steps)
        for key in taken:
            del self._waiting[key]
        return frozenset(device for device, _, _, _ in steps)
