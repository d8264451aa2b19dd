"""How long a page turn takes until screens have painted it, as the hub sees it.

From the moment the hub takes the turn to a screen's word that its sharp page is painted: what
the wish took to come here and what the word took make up for each other.
"""

import statistics
import time
from collections import OrderedDict
from collections.abc import Callable

from meetingroom.domain.stage import Stage

TURNS = 8  # of a meeting that are still waited for
LONGEST = 30.0  # seconds; later it is no delay but somebody who looked away


class HubDelays:
    """The newest turns of each meeting, and who painted them when."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._turns: dict[str, OrderedDict[int, tuple[float, dict[str, float]]]] = {}

    def turned(self, before: Stage, stage: Stage) -> None:
        """The hub took a wish: counted where it shows another page."""
        if (before.blob, before.page) == (stage.blob, stage.page):
            return
        turns = self._turns.setdefault(stage.meeting, OrderedDict())
        turns[stage.revision] = (self._now(), {})
        while len(turns) > TURNS:
            turns.popitem(last=False)

    def painted(self, meeting: str, revision: int, device: str) -> None:
        """A device painted the page of a turn; its first word counts."""
        turns = self._turns.get(meeting)
        turn = turns.get(revision) if turns is not None else None
        if turn is None:
            return
        took = self._now() - turn[0]
        if took <= LONGEST:
            turn[1].setdefault(device, took)

    def newest(self, meeting: str) -> tuple[int, int, int]:
        """The newest turn that anybody painted: median and slowest in ms, and how many screens."""
        turns = list(self._turns.get(meeting, OrderedDict()).values())
        for _, delays in reversed(turns):
            if delays:
                took = [1000 * one for one in delays.values()]
                return round(statistics.median(took)), round(max(took)), len(took)
        return 0, 0, 0
