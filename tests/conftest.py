"""Fixtures every room shares: a quiet machine, the corpus, an office on 127.0.0.1."""

import logging
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from meetingroom import wording

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
settings.register_profile("house", deadline=None, max_examples=60)
settings.load_profile("house")
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real files from outside; tests that need them are skipped where there are none."""
    place = Path(os.environ.get("MEETINGROOM_CORPUS", ROOT.parent / "shared" / "corpus"))
    if not place.is_dir():
        pytest.skip(f"no corpus at {place}")
    return place


@pytest.fixture
def sample() -> Path:
    """The sample office that the program ships."""
    return ROOT / "resources" / "sample"


@pytest.fixture(autouse=True)
def _quiet_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    before = wording.language()
    yield
    wording.choose_language(before)


@pytest.fixture(autouse=True)
def _no_unexpected_words(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning or error nobody asked for fails the test."""
    yield
    loud = [row for row in caplog.get_records("call") if row.levelno >= logging.WARNING]
    assert not loud, [row.getMessage() for row in loud]


@pytest.fixture
def until() -> Callable[[Callable[[], object]], None]:
    """Wait until something is so; fail after a generous while."""

    def wait(is_so: Callable[[], object], seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < end, "waited in vain"
            time.sleep(0.01)

    return wait
