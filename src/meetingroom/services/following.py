"""What followers and the hub say to each other: who painted a page turn, and how soon."""

from concurrent.futures import Future

import msgspec

from meetingroom.services.desk import Desk


class TurnDelay(msgspec.Struct, frozen=True, kw_only=True):
    """How long the newest page turn took to be painted, over the screens that follow."""

    median_ms: int
    slowest_ms: int
    screens: int


class Following:
    """Of a desk; without the hub nothing is measured and nothing fails."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def painted(self, meeting: str, revision: int) -> None:
        """This screen shows the sharp page of a stage."""
        if self._desk.link_state.state == "online":
            self._desk.ask("stage.painted", {"meeting": meeting, "revision": revision})

    def delay(self, meeting: str) -> "Future[TurnDelay]":
        """The newest turn that was painted. Fails with LinkError or RefusedError."""
        answer: Future[TurnDelay] = Future()

        def done(reply: "Future[dict[str, object]]") -> None:
            error = reply.exception()
            if error is None:
                answer.set_result(msgspec.convert(reply.result(), TurnDelay))
            else:
                answer.set_exception(error)

        self._desk.ask("stage.delay", {"meeting": meeting}).add_done_callback(done)
        return answer
