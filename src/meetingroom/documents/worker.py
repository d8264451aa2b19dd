"""A worker process: opens papers, draws into shared memory, reads words. Knows no Qt.

Jobs come over a pipe as tuples (name, arguments, password); the answer is ("ok", value) or
("known", code, fields) or ("bug", traceback). The parent kills a worker that takes too long.
"""

import os
import signal
import sys
from collections.abc import Callable
from multiprocessing import connection
from typing import Any, Protocol

MEMORY_LIMIT, LEAST_LIMIT = 6 << 30, 2 << 30  # addresses; three quarters of the computer's
PR_SET_PDEATHSIG = 1


def _limit_memory(most: int) -> None:
    if sys.platform == "win32":
        return  # a Job Object set by the parent is the way there; not written yet
    import resource  # noqa: PLC0415

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = min(most, max(LEAST_LIMIT, memory * 3 // 4))
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _end_with_the_parent() -> None:
    """A worker busy with a bad page must not outlive a program that was killed.

    Its shared memory is unlinked when the last of its processes has gone.
    """
    if sys.platform != "linux":
        return  # elsewhere a worker ends when it next looks at its pipe
    import ctypes  # noqa: PLC0415

    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def _inherited(handle: int) -> "connection.Connection":
    """The pipe's end the parent left open for this process."""
    if sys.platform == "win32":
        return connection.PipeConnection(handle)
    return connection.Connection(handle)


class Jobs(Protocol):
    """What a worker does: a job for each name."""

    def warm_up(self) -> None: ...

    def answer(self, name: str, arguments: tuple[Any, ...], password: str) -> tuple[Any, ...]: ...


def serve(handle: int, made: Callable[[], Jobs], most: int = MEMORY_LIMIT) -> None:
    """Do jobs until the pipe closes, with no more memory than `most`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    pipe = _inherited(handle)
    _end_with_the_parent()
    _limit_memory(most)
    jobs = made()  # what it loads is within the limits just set
    while True:
        if not pipe.poll():
            jobs.warm_up()
        try:
            name, arguments, password = pipe.recv()
        except (EOFError, OSError):
            return
        answer = jobs.answer(name, arguments, password)
        try:
            pipe.send(answer)
        except OSError:
            return  # nobody is there any more


def _bench() -> Jobs:
    from meetingroom.documents.bench import Bench  # noqa: PLC0415 - within the limits

    return Bench()


if __name__ == "__main__":
    serve(int(sys.argv[1]), _bench)
