"""What lies on a computer of a hub that another one took over from, when a paper is purged."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from quiet_office import NOTE, QuietOffice

from meetingroom.domain import facts
from meetingroom.store.blobs import FileBlobs
from meetingroom.store.old_hub import OldHubs

WORDS = "trích kế hoạch mật"


@pytest.fixture
def data(office: QuietOffice, tmp_path: Path) -> Path:
    """A data folder with an old hub that has words on a paper, and its file."""
    mark = facts.MarkPut(
        mark="m", revision=1, paper="open", blob=office.blob("open"), page=0, shape=NOTE, text=WORDS
    )
    office.secretary.desk.write(office.meeting, mark, audience=("everyone",))
    office.sync()
    old = tmp_path / "data" / "hub-before-1"
    old.mkdir(parents=True)
    with (
        closing(sqlite3.connect(office.folder / "hub.db")) as source,
        closing(sqlite3.connect(old / "hub.db")) as target,
    ):
        source.backup(target)
    shutil.copytree(office.folder / "hub-blobs", old / "blobs")
    return tmp_path / "data"


def raw(data: Path) -> bytes:
    return b"".join(path.read_bytes() for path in data.rglob("hub.db*"))


def test_a_purged_paper_goes_from_an_old_hub_and_nothing_else(office, data) -> None:
    blob, other = office.blob("open"), office.blob("closed")
    before = OldHubs(data).records("other")
    assert WORDS.encode() in raw(data)
    OldHubs(data).purge(office.meeting, "open", (blob, other), "other")
    assert WORDS.encode() not in raw(data)
    files = FileBlobs(data / "hub-before-1" / "blobs")
    assert files.path(blob) is None and files.path(other) is not None
    assert OldHubs(data).records("other") == before


def test_the_hub_of_today_is_left_to_itself(office, data) -> None:
    now = office.log.value("incarnation").decode()
    OldHubs(data).purge(office.meeting, "open", (office.blob("open"),), now)
    assert WORDS.encode() in raw(data)
