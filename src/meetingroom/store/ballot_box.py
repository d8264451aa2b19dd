"""Secret ballots until their vote is closed: a file each vote, apart from the hub's log."""

import hashlib
import logging
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from meetingroom.store.blobs import disk_error

log = logging.getLogger(__name__)
CASTS_KEPT = 50  # of a person: what is sent again comes soon, and nobody may fill the disk


class _Ballot(msgspec.Struct, frozen=True, kw_only=True):
    """A choice, and the acts of voting that led to it."""

    choice: str
    casts: tuple[str, ...] = ()


class FileBallotBox:
    """Implements `BallotBox` in a folder that no backup reads; only its owner may."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, vote: str, casts: Sequence[tuple[str, str, str]]) -> None:
        """Keep choices of people, in place of earlier ones; a cast that comes again is old."""
        kept = self._ballots(vote)
        for person, choice, cast in casts:
            known = kept[person].casts if person in kept else ()
            if cast not in known:
                kept[person] = _Ballot(choice=choice, casts=(*known, cast)[-CASTS_KEPT:])
        self._write(vote, kept)

    def _write(self, vote: str, kept: dict[str, _Ballot]) -> None:
        target = self._file(vote)
        new = _beside(target)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with new.open("wb") as file:
                file.write(msgspec.json.encode(kept, order="deterministic"))
                file.flush()
                os.fsync(file.fileno())
            new.replace(target)
        except OSError as error:
            raise disk_error(error, target.name) from error

    def choices(self, vote: str) -> dict[str, str]:
        """Person → choice; empty where there is no box."""
        return {person: ballot.choice for person, ballot in self._ballots(vote).items()}

    def _ballots(self, vote: str) -> dict[str, _Ballot]:
        target = self._file(vote)
        if not target.is_file():
            return {}
        try:
            return msgspec.json.decode(target.read_bytes(), type=dict[str, _Ballot])
        except (msgspec.DecodeError, UnicodeDecodeError):
            log.warning("a box of secret ballots is damaged: its vote is to be held again")
            return {}

    def destroy(self, vote: str) -> None:
        """Overwrite and remove it (a disk may keep old blocks all the same)."""
        target = self._file(vote)
        for file in (target, _beside(target)):  # a stop in the middle of `put` leaves the other
            _destroy(file)

    def _file(self, vote: str) -> Path:
        # A vote's name comes from a device: it must never be a path.
        return self._folder / f"{hashlib.sha256(vote.encode()).hexdigest()}.box"


def _beside(target: Path) -> Path:
    """Where a box is written before it takes the other's place."""
    return target.with_suffix(".new")


def _destroy(target: Path) -> None:
    if not target.is_file():
        return
    try:
        with target.open("r+b") as file:
            file.write(b"\0" * target.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        target.unlink()
    except OSError as error:
        raise disk_error(error, target.name) from error
