"""The program's log: on the terminal what warns, in a file on disk that and more."""

import logging
import sys
import threading
from pathlib import Path
from types import TracebackType

log = logging.getLogger(__name__)
LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
LARGEST, KEPT = 1_000_000, 3  # bytes of a file, and how many older ones stay


def log_to_the_terminal() -> None:
    """Warnings and worse, one a line."""
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.WARNING)
    logging.basicConfig(handlers=[terminal], format="%(levelname)s %(name)s: %(message)s")


def log_file(data: Path, name: str) -> Path:
    """Where a program's log lies: the "window"'s, the "display"'s, the "hub"'s, the "verbs'"."""
    return data / "logs" / f"{name}.log"


def log_to_file(data: Path, name: str) -> None:
    """Keep what happens from now on, and every bug whole, under the data folder; old files go.

    A disk that takes none is told on the terminal and stops nothing.
    """
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415 - not before it is wanted

    target = log_file(data, name)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600)
        handler = RotatingFileHandler(
            target, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", errors="replace"
        )
    except OSError as error:
        log.warning("there is no log file: %s", error.strerror)
        return
    handler.setFormatter(logging.Formatter(LINE))
    logging.getLogger().addHandler(handler)
    logging.getLogger("meetingroom").setLevel(logging.INFO)
    log.info("%s starts", name)


def catch_bugs() -> None:
    """Every bug goes whole to the log; nothing is swallowed. Ctrl-C is none."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            log.critical("a bug", exc_info=(kind, error, trace))

    def in_thread(found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            hook(found.exc_type, found.exc_value, found.exc_traceback)

    sys.excepthook = hook
    threading.excepthook = in_thread
