"""The quiet office with real papers, in versions, and workers that answer at once."""

import hashlib
import sys
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

from quiet_office import QuietOffice

from meetingroom.documents.carrying import carry_files
from meetingroom.documents.comparing import compare_files
from meetingroom.domain.facts import PaperPut
from meetingroom.domain.marks import Mark, Placement
from meetingroom.domain.paper import Comparison

sys.path.append(str(Path(__file__).parent.parent / "documents"))
from versions import PITCH, TOP, lines, write_words

__all__ = ["PITCH", "TOP", "HereAndNow", "PaperOffice", "lines"]


class HereAndNow:
    """Carries at once, in this process."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def carry(
        self, old: Path | None, new: Path, marks: Sequence[Mark]
    ) -> "Future[tuple[Placement, ...]]":
        self.asked.append([mark.id for mark in marks])
        done: Future[tuple[Placement, ...]] = Future()
        done.set_result(carry_files(old, new, marks))
        return done

    def compare(self, old: Path, new: Path) -> "Future[Comparison]":
        done: Future[Comparison] = Future()
        done.set_result(compare_files(old, new))
        return done


class PaperOffice(QuietOffice):
    """The quiet office, with real papers."""

    def issue_version(self, version: int, pages: Sequence[Sequence[str]]) -> None:
        """Issue the paper "real" with these lines on its pages; all computers fetch it."""
        file = write_words(self.folder / f"v{version}.pdf", pages)
        fact = self.paper_of(file, version)
        self.issue(fact)
        for desk in self.desks:
            desk.fetch()

    def paper_of(self, file: Path, version: int) -> PaperPut:
        """A paper whose file the secretary has uploaded."""
        raw = file.read_bytes()
        blob = hashlib.sha256(raw).hexdigest()
        session = self.secretary.session
        self.hub.upload_part(session, blob).write_bytes(raw)
        self.hub.upload_done(session, blob)
        return PaperPut(
            paper="real", item="i", place=0, title="Thật", file_name="real.pdf", blob=blob,
            size=len(raw), pages=4, version=version,
        )  # fmt: skip
