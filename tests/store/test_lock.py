"""A folder has one owner; a second program is told who it is and since when."""

import getpass
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from meetingroom.domain.errors import StoreError
from meetingroom.sentences import sentence_of
from meetingroom.store.lock import FolderLock, is_held

HOLD = (
    "import sys, time; from pathlib import Path; from meetingroom.store.lock import FolderLock;"
    "lock = FolderLock(Path(sys.argv[1]), 'desk'); print('held', flush=True); time.sleep(600)"
)


def holder(folder: Path) -> subprocess.Popen[bytes]:
    """A program that holds the folder until it is killed."""
    program = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE)
    assert program.stdout is not None
    assert program.stdout.readline().strip() == b"held"
    program.stdout.close()
    return program


def test_a_second_program_is_told_who_holds_the_folder_and_since_when(tmp_path: Path) -> None:
    program = holder(tmp_path)
    try:
        with pytest.raises(StoreError, match=r"store\.locked") as met:
            FolderLock(tmp_path, "desk")
    finally:
        program.kill()
        program.wait()
    words = sentence_of(met.value)
    assert getpass.getuser() in words
    assert str(program.pid) in words
    assert re.search(r"\d\d:\d\d \d\d/\d\d/\d{4}", words)


def test_a_killed_owner_lets_go(tmp_path: Path) -> None:
    program = holder(tmp_path)
    assert is_held(tmp_path)
    program.kill()
    program.wait()
    assert not is_held(tmp_path)
    FolderLock(tmp_path, "desk").release()


def test_to_look_whether_a_folder_is_held_changes_nothing(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path, "hub")
    note = (tmp_path / "owner.json").read_text(encoding="utf-8")
    assert is_held(tmp_path)
    assert (tmp_path / "owner.json").read_text(encoding="utf-8") == note
    lock.release()
    assert not is_held(tmp_path)
    assert not is_held(tmp_path / "nowhere")


def test_a_folder_nobody_may_write_to_is_a_known_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StoreError, match=r"store\.unwritable"):
        FolderLock(tmp_path / "a" / "hub", "hub")
    assert os.listdir(tmp_path) == ["a"]
