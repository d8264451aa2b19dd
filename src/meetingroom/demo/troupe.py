"""The processes of the story, as the one that tells it sees them."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from meetingroom.demo.hands import StoryError

PROGRAM = ("-m", "meetingroom.demo.actor")


class Process:
    """Takes acts, answers; it waits with its window until `open`. Its log lies in `folder`."""

    def __init__(
        self, name: str, arguments: tuple[str, ...], folder: Path, environment: dict[str, str]
    ) -> None:
        self.name, self.folder = name, folder
        self.log = folder / "window.log"
        folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, **environment},
            )
        self._turn = threading.Lock()

    def open(self) -> None:
        """Let the process open its window; several at once would only wait for each other."""
        assert self.process.stdin is not None  # noqa: S101
        self.process.stdin.write(b"open\n")
        self.process.stdin.flush()

    def do(self, act: str, /, **given: Any) -> Any:
        """Have the window do an act; its value. Raises StoryError."""
        with self._turn:
            assert self.process.stdin is not None  # noqa: S101
            assert self.process.stdout is not None  # noqa: S101
            order = json.dumps({"act": act, "with": given}) + "\n"
            try:
                self.process.stdin.write(order.encode())
                self.process.stdin.flush()
                line = self.process.stdout.readline()
            except OSError as error:
                raise StoryError(f"{self.name} is gone while it should {act}") from error
        if not line:
            raise StoryError(f"{self.name} ended while it should {act}; see {self.log}")
        answer = json.loads(line)
        if "error" in answer:
            raise StoryError(f"{self.name}, {act}: {answer['error']}")
        return answer["value"]

    def end(self) -> None:
        """Close the window and wait for its process."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


class Player(Process):
    """A window of a `kind`: "desk" or "display"."""

    def __init__(
        self,
        name: str,
        kind: str,
        folder: Path,
        size: tuple[int, int],
        environment: dict[str, str],
        program: tuple[str, ...] = PROGRAM,
    ) -> None:
        self.kind = kind
        arguments = (*program, kind, str(folder), str(size[0]), str(size[1]))
        super().__init__(name, arguments, folder, environment)


def start_hub(folder: Path, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """The hub as its own process; returns once it listens."""
    with (folder / "hub.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "meetingroom", "hub", "--data", str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            env={**os.environ, **(environment or {})},
        )
    assert process.stdout is not None  # noqa: S101
    if not process.stdout.readline():
        raise StoryError(f"the hub did not start; see {folder / 'hub.log'}")
    return process


def stop_hub(process: subprocess.Popen[bytes], folder: Path) -> None:
    """End the hub, also one that was started again by somebody else."""
    process.terminate()
    process.wait(20)
    if process.stdout is not None:
        process.stdout.close()
    stop_owner(folder / "hub" / "owner.json", but=process.pid)


def stop_owner(owner: Path, but: int = 0) -> None:
    """End the hub that wrote who it is, if it runs."""
    if not owner.is_file():
        return
    pid = json.loads(owner.read_text(encoding="utf-8")).get("pid")
    if pid and pid != but:
        try:
            os.kill(int(pid), signal.SIGTERM)
        except (OSError, ValueError):
            return


def free_port(first: int = 47830) -> int:
    """A port with a free one after it; plays side by side look in different places first."""
    for turn in range(200):
        port = first + 2 * ((os.getpid() + turn) % 200)
        if _is_free(port) and _is_free(port + 1):
            return port
    raise StoryError("no free port")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))  # noqa: S104 - as the hub will
        except OSError:
            return False
    return True
