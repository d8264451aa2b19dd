"""The log on disk: bugs whole, old files gone, and a full disk stops nobody."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from meetingroom.log_files import KEPT, LARGEST, log_file, log_to_file

BUG = """
import sys, threading
from pathlib import Path
from meetingroom.log_files import catch_bugs, log_to_file, log_to_the_terminal
log_to_the_terminal(); catch_bugs(); log_to_file(Path(sys.argv[1]), "hub")
def of_a_thread(): raise ValueError("in a thread, ừ")
thread = threading.Thread(target=of_a_thread); thread.start(); thread.join()
raise KeyError("in the program")
"""


@pytest.fixture
def as_before() -> Iterator[None]:
    """Log handlers as they were."""
    root, ours = logging.getLogger(), logging.getLogger("meetingroom")
    handlers, level = list(root.handlers), ours.level
    yield
    for handler in [row for row in root.handlers if row not in handlers]:
        root.removeHandler(handler)
        handler.close()
    ours.setLevel(level)


def test_bugs_of_the_program_and_of_its_threads_are_kept_whole(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BUG, str(tmp_path)], capture_output=True, text=True, check=False
    )
    kept = log_file(tmp_path, "hub").read_text(encoding="utf-8")
    for words in ("in a thread, ừ", "in the program", "Traceback", "of_a_thread"):
        assert words in kept and words in done.stderr
    assert done.returncode == 1


@pytest.mark.usefixtures("as_before")
def test_old_files_go(tmp_path: Path) -> None:
    log_to_file(tmp_path, "hub")
    log, line = logging.getLogger("meetingroom.test"), "x" * (LARGEST // 3)
    for _ in range(5 * (KEPT + 2)):
        log.info(line)
    files = list((tmp_path / "logs").iterdir())
    assert len(files) == KEPT + 1
    assert all(path.stat().st_size <= LARGEST for path in files)


@pytest.mark.usefixtures("as_before")
def test_where_no_log_can_be_kept_the_program_goes_on_and_says_so(tmp_path, caplog) -> None:
    (tmp_path / "logs").write_text("in the way")
    log_to_file(tmp_path, "hub")
    assert "there is no log file" in caplog.text
    caplog.clear()
