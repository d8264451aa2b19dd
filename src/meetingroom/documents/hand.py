"""One worker process as its thread sees it: started, asked, watched, replaced."""

import logging
import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from meetingroom.domain.errors import PaperError

log = logging.getLogger(__name__)
END_SECONDS = 5
NICENESS, LEAST_URGENT = 10, 19
PROGRAM = "meetingroom.documents.worker"


class Hand:
    """A worker running its own small program: what this process runs is never loaded there.

    `multiprocessing` would load this process's main module in the worker first, with all
    it imports (or, without a guard, run it again).
    """

    def __init__(self, niceness: int = NICENESS, program: str = PROGRAM) -> None:
        self._niceness = niceness
        self._program = program  # the module that is run
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._ending = threading.Lock()
        self._is_ready()

    @property
    def pid(self) -> int | None:
        """The worker's process id, None where none runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def ask(self, name: str, arguments: tuple[Any, ...], seconds: float, password: str = "") -> Any:
        """The worker's answer. Raises PaperError, or RuntimeError for a bug there.

        A password goes over the pipe with each wish, for any worker may be a new one.
        """
        if not self._is_ready():
            raise PaperError("paper.too_big", file=Path(str(arguments[0])).name)
        if (pipe := self._pipe) is None:  # another thread ended it just now
            raise PaperError("paper.worker_died", file=Path(str(arguments[0])).name)
        try:
            pipe.send((name, arguments, password))
            if not pipe.poll(seconds):
                self.end()
                raise PaperError("paper.timeout", file=Path(str(arguments[0])).name)
            answer = pipe.recv()
        except (EOFError, OSError) as error:
            self.end()
            raise PaperError("paper.worker_died", file=Path(str(arguments[0])).name) from error
        return _opened(answer)

    def end(self) -> None:
        """Kill the worker. Any thread may; two at once never close one pipe twice."""
        with self._ending:
            process, pipe = self._process, self._pipe
            self._process = self._pipe = None
        if process is not None:
            process.kill()
            process.wait(END_SECONDS)
        if pipe is not None:
            pipe.close()

    def _is_ready(self) -> bool:
        """Whether there is a worker; a computer short of memory may not start one now."""
        if self._pipe is None or self._process is None or self._process.poll() is not None:
            self.end()
            try:
                self._start()
            except OSError as error:
                log.warning("no worker can be started: %s", error)
                return False
        return True

    def _start(self) -> None:
        # The stubs know one kind of connection only, Windows has its own.
        ours, theirs = multiprocessing.Pipe()
        self._process, self._pipe = _launched(self._program, theirs.fileno(), self._niceness), ours
        theirs.close()


def _launched(program: str, handle: int, niceness: int) -> "subprocess.Popen[bytes]":
    """A worker that inherits one end of a pipe and nothing else.

    Drawing ahead must never keep a window, this one or another, from its next frame: a
    worker gives way to windows from its first moment.
    """
    command = [sys.executable, "-m", program, str(handle)]
    if sys.platform == "win32":  # written for Windows, not yet tried there
        os.set_handle_inheritable(handle, True)
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            startupinfo=subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]}),
            creationflags=(
                subprocess.IDLE_PRIORITY_CLASS
                if niceness >= LEAST_URGENT
                else subprocess.BELOW_NORMAL_PRIORITY_CLASS
            ),
        )
    if (nice := shutil.which("nice")) is not None:
        command = [nice, "-n", str(niceness), *command]
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # engines say things there, where verbs say what scripts read
        pass_fds=(handle,),
    )


def _opened(answer: tuple[Any, ...]) -> Any:
    if answer[0] == "ok":
        return answer[1]
    if answer[0] == "known":
        raise PaperError(answer[1], **answer[2])
    raise RuntimeError(answer[1])
