"""Blobs: what does not have its name's bytes is never taken for the paper."""

import hashlib
from pathlib import Path

import pytest

from meetingroom.domain.errors import StoreError
from meetingroom.store.blobs import FileBlobs

CONTENT = b"%PDF" + b"trang" * 1000
NAME = hashlib.sha256(CONTENT).hexdigest()


def test_a_torn_part_is_thrown_away_and_fetched_anew(tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path)
    blobs.part(NAME).write_bytes(CONTENT[:3000] + b"\0" * (len(CONTENT) - 3000))
    with pytest.raises(StoreError, match=r"blob\.damaged"):
        blobs.finish(NAME)
    assert blobs.path(NAME) is None
    blobs.part(NAME).write_bytes(CONTENT)
    assert blobs.finish(NAME).read_bytes() == CONTENT


def test_a_blob_with_wrong_bytes_is_found(tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path)
    good, bad = blobs.keep_bytes(b"good"), blobs.keep_bytes(CONTENT)
    path = blobs.path(bad)
    assert path is not None
    path.write_bytes(CONTENT[:-1] + b"!")
    assert list(blobs.damaged()) == [bad]
    assert good in blobs.all()


def test_what_another_program_is_writing_is_left_alone_until_the_owner_sweeps(
    tmp_path: Path,
) -> None:
    (tmp_path / "half.new").write_bytes(b"half")
    blobs = FileBlobs(tmp_path)
    assert (tmp_path / "half.new").exists()
    blobs.sweep()
    assert not (tmp_path / "half.new").exists()
