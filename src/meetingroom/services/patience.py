"""A request to the hub that outlives the hub's going away: nobody need press again."""

import time
from concurrent.futures import Future
from typing import Any

from meetingroom.domain.errors import LinkError, RefusedError
from meetingroom.services.desk import Desk

# The hub is away or was cut off in the middle: asking again is right.
AWAY = ("link.offline", "link.lost", "link.slow", "link.unreachable", "link.not_found")
SECONDS, PAUSE = 30.0, 0.5


def ask_patiently(
    desk: Desk, name: str, body: dict[str, Any], not_yet: str = ""
) -> "Future[dict[str, Any]]":
    """The hub's answer, asked for again for half a minute: while the hub is away, or refuses
    with the code `not_yet`.

    Only for what may be asked twice: the hub may have answered before it went. Fails with
    what the hub raised, or LinkError.
    """
    answer: Future[dict[str, Any]] = Future()
    end = time.monotonic() + SECONDS

    def may_come(error: BaseException) -> bool:
        if isinstance(error, RefusedError):
            return error.code == not_yet
        return isinstance(error, LinkError) and error.code in AWAY

    def attempt() -> None:
        desk.ask(name, body).add_done_callback(judge)

    def judge(reply: "Future[dict[str, Any]]") -> None:
        error = reply.exception()
        if error is None:
            answer.set_result(reply.result())
        elif may_come(error) and time.monotonic() < end:
            desk.errands.later(PAUSE, attempt)
        else:
            answer.set_exception(error)

    attempt()
    return answer
