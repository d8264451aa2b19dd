"""A box of secret ballots: what a stop in the middle or a bad disk leaves of it."""

import logging
from pathlib import Path

import pytest

from meetingroom.store.ballot_box import CASTS_KEPT, FileBallotBox

CAST = ("person-a", "CAM-QUYT", "c1")


@pytest.fixture
def box(tmp_path: Path) -> FileBallotBox:
    made = FileBallotBox(tmp_path)
    made.put("v", [CAST])
    return made


def test_what_a_stop_left_beside_the_box_goes_with_it(box: FileBallotBox, tmp_path: Path) -> None:
    kept = next(tmp_path.glob("*.box"))
    kept.with_suffix(".new").write_bytes(kept.read_bytes())
    box.destroy("v")
    assert list(tmp_path.iterdir()) == []


def test_what_a_stop_left_goes_also_where_there_was_no_box_yet(tmp_path: Path) -> None:
    box = FileBallotBox(tmp_path)
    box.put("v", [CAST])
    kept = next(tmp_path.glob("*.box"))
    kept.rename(kept.with_suffix(".new"))
    box.destroy("v")
    assert list(tmp_path.iterdir()) == []


def test_who_changes_their_mind_for_ever_fills_no_disk(box: FileBallotBox, tmp_path: Path) -> None:
    for turn in range(3 * CASTS_KEPT):
        box.put("v", [("person-a", "yes" if turn % 2 else "no", f"c{turn:05}")])
    raw = next(tmp_path.glob("*.box")).read_bytes()
    assert raw.count(b'"c0') == CASTS_KEPT
    box.put("v", [("person-a", "no", f"c{3 * CASTS_KEPT - 2:05}")])
    assert box.choices("v") == {"person-a": "yes"}


@pytest.mark.parametrize("content", [b"", b"\x00" * 40, b'{"person-a":{"choi', b'"\xff"'])
def test_a_damaged_box_holds_nothing_and_stops_nobody(
    box: FileBallotBox, tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    next(tmp_path.glob("*.box")).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert box.choices("v") == {}
    assert "held again" in caplog.text
    caplog.clear()
