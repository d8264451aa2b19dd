"""Whether a stream's chain holds, also where a hub was restored or taken over.

Each record's chain goes on from one with the number before it. Where two hubs went on from the
same record there are several of these; and of what the lost hub gave out last, only what some
device had came back, so that numbers behind the place where the new one began may be missing.
"""

from collections.abc import Iterable

from meetingroom.domain.office_facts import HubRestored, HubTakenOver
from meetingroom.domain.records import GENESIS, Envelope, next_chain

Beginning = HubRestored | HubTakenOver


class Chain:
    """The links of one stream, told in order."""

    def __init__(self, stream: str, beginnings: Iterable[Beginning]) -> None:
        self._ends: dict[int, set[str]] = {0: {GENESIS}}
        self._is_judged = True
        # (epoch, number): where a later hub began, and the stream's last record it had.
        self._forks = [
            (fact.epoch, max((n for name, n, _ in fact.heads if name == stream), default=0))
            for fact in beginnings
        ]

    def skip(self) -> None:
        """A record cannot be read: the next link is judged from itself."""
        self._is_judged = False

    def holds(self, envelope: Envelope, head_hash: str) -> bool:
        """Whether a record goes on from one that came before it; it is a link from now on."""
        before = self._ends.get(envelope.number - 1, set())
        fits = any(envelope.chain == next_chain(chain, head_hash) for chain in before)
        is_whole = fits or not self._is_judged or (not before and self._is_of_a_tail(envelope))
        self._ends.setdefault(envelope.number, set()).add(envelope.chain)
        self._is_judged = True
        return is_whole

    def _is_of_a_tail(self, envelope: Envelope) -> bool:
        return any(
            envelope.epoch < epoch and envelope.number > number for epoch, number in self._forks
        )
