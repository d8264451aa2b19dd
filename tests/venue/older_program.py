"""An older version of the program as it was: from the history of this checkout."""

import subprocess
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEWER_PART = "src/meetingroom/domain/voting.py"  # what the older program did not have yet


def program_before_votes(place: Path) -> Path:
    """The last program before there were votes, in `place`; skips without a history."""
    first = _git("log", "--diff-filter=A", "--format=%H", "--", NEWER_PART).split()
    if not first or not _git("rev-parse", "--verify", "--quiet", f"{first[-1]}~1"):
        pytest.skip("an older program comes from the history, and there is none here")
    place.mkdir()
    packed = place / "older.tar"
    _git("archive", "--output", str(packed), f"{first[-1]}~1", "src", "resources")
    with tarfile.open(packed) as archive:
        archive.extractall(place, filter="data")
    assert not (place / NEWER_PART).exists()
    return place


def _git(*arguments: str) -> str:
    """What git says; nothing where there is no checkout, or no git."""
    command = ["git", "-C", str(ROOT), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
