"""Exports and checks without a window: files out of what a computer keeps."""

import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from meetingroom.documents.annotations import is_signed, write_annotated_pdf
from meetingroom.documents.table import write_table
from meetingroom.documents.whole_file import whole_file
from meetingroom.documents.xfdf import write_xfdf
from meetingroom.domain.errors import CallError, MeetingError, RefusedError, StoreError
from meetingroom.domain.handling import allowed
from meetingroom.domain.marks import Mark
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.services.collecting import (
    collected_papers,
    exported,
    names_of,
    shared_marks,
    table_header,
    table_row,
    version_words,
)
from meetingroom.services.desk import Desk
from meetingroom.services.opinion_tables import answer_table, opinion_table
from meetingroom.services.written import note_written
from meetingroom.store.blobs import FileBlobs, disk_error
from meetingroom.store.checking import (
    Fault,
    blob_faults,
    database_faults,
    device_log_faults,
    log_faults,
)
from meetingroom.store.device_log import SqliteDeviceLog
from meetingroom.store.hub_log import SqliteHubLog
from meetingroom.store.keys import verify
from meetingroom.wording import tr

Write = Callable[[Path, Path, Sequence[Mark], dict[str, str]], object]
BAD_LETTERS = '<>:"/\\|?*'
# Names that Windows keeps for devices, whatever their ending.
DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
NAME_BYTES = 180  # of 255 that file systems allow: room for endings and for being copied


def safe_name(text: str) -> str:
    """A file name every system takes."""
    plain = "".join("-" if letter in BAD_LETTERS or ord(letter) < 32 else letter for letter in text)
    plain = " ".join(unicodedata.normalize("NFC", plain).split())
    cut = plain.encode()[:NAME_BYTES].decode(errors="ignore").strip(" .")
    return f"_{cut}" if DEVICES.fullmatch(cut) else cut or "meeting"


class Names:
    """File names of one export: no two alike, also where capitals do not count."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, text: str, ending: str = "") -> str:
        """A name nobody has yet: its beginning is cut, never `ending`."""
        for number in range(1, 10_000):
            tail = ending + (f" ({number})" if number > 1 else "")
            room = NAME_BYTES - len(tail.encode())
            name = safe_name(safe_name(text).encode()[:room].decode(errors="ignore") + tail)
            if name.casefold() not in self._taken:
                self._taken.add(name.casefold())
                return name
        raise StoreError("store.unwritable", file=text, reason="")


def export_marks(
    desk: Desk,
    meeting: Meeting,
    out: Path,
    formats: set[str],
    write_pdf: Write = write_annotated_pdf,
    write_xfdf: Write = write_xfdf,
) -> dict[str, Any]:
    """Write the shared marks of a meeting; the files written and how many marks.

    Papers without shared marks are left out of PDF and XFDF; those that are not (yet) on this
    computer, or are damaged, are named as `missing`; the table has their marks. Blocks.
    A program with windows gives writers that work in another process. Raises
    StoreError("store.full" | "store.unwritable").
    """
    writers = {"pdf": write_pdf, "xfdf": write_xfdf}
    try:
        out.mkdir(parents=True, exist_ok=True)
        return _export(desk, meeting, out, formats, writers)
    except OSError as error:
        raise disk_error(error, out.name) from error


def _export(
    desk: Desk, meeting: Meeting, out: Path, formats: set[str], writers: dict[str, Write]
) -> dict[str, Any]:
    names, taken = names_of(desk.directory), Names()
    files: list[str] = []
    missing: list[str] = []
    rows = []
    for paper in collected_papers(meeting):
        for version in paper.versions:
            marks = shared_marks(meeting, paper, version.blob)
            rows += [exported(meeting, paper, mark, names) for mark in marks]
            source = desk.paper_path(version.blob)
            if not marks:
                continue
            if source is None:
                missing.append(paper.title)
                continue
            name = _file_name(taken, meeting, paper, version.blob, source)
            targets = {ending: out / f"{name}.{ending}" for ending in writers if ending in formats}
            for ending, target in targets.items():
                try:
                    writers[ending](source, target, marks, names)
                except MeetingError as error:
                    if not error.code.startswith("paper."):
                        raise
                    # One damaged paper keeps nobody's marks on the others back.
                    missing.append(target.name)
                else:
                    files.append(str(target))
                    note_written(desk.log, target, [version.blob])
    if "csv" in formats:
        title = meeting.issued.title if meeting.issued else meeting.id
        target = out / f"{taken.take(title)}.csv"
        write_table(target, table_header(), [table_row(row) for row in rows])
        files.append(str(target))
        note_written(desk.log, target, _blobs_of(meeting))
    files += _export_opinions(desk, meeting, out, taken) if "opinions" in formats else []
    return {"files": files, "marks": len(rows), "missing": missing}


def _blobs_of(meeting: Meeting) -> list[str]:
    """Every paper's files: a table goes when one of them is purged."""
    return [one.blob for paper in collected_papers(meeting) for one in paper.versions]


def _export_opinions(desk: Desk, meeting: Meeting, out: Path, taken: Names) -> list[str]:
    """A table of opinions and one of answers in writing, where there are any."""
    title, files = meeting.issued.title if meeting.issued else meeting.id, []
    for words, (header, rows) in (
        (tr("Opinions"), opinion_table(meeting, desk.directory)),
        (tr("Written consultation"), answer_table(meeting, desk.directory)),
    ):
        if rows:
            target = out / f"{taken.take(title, f' - {words}')}.csv"
            write_table(target, header, rows)
            note_written(desk.log, target, _blobs_of(meeting))
            files.append(str(target))
    return files


def save_copy(
    desk: Desk, meeting: str, blob: str, target: Path, write_pdf: Write | None = None
) -> None:
    """A version of a paper as a file: as it was issued, or with the marks this person sees.

    Only where the paper's handling allows a copy. Raises RefusedError("handling.…"),
    PaperError, StoreError, CallError("paper.unknown").
    """
    folded, source = desk.meeting(meeting), desk.paper_path(blob)
    paper = folded.paper_with(blob) if folded is not None else None
    if folded is None or paper is None or source is None:
        raise CallError("paper.unknown")
    may = allowed(paper)
    if not may.copies:
        raise RefusedError(may.reason)
    if write_pdf is not None:
        write_pdf(source, target, folded.marks_on(blob), names_of(desk.directory))
        note_written(desk.log, target, [blob])
        return
    with whole_file(target, needed=source.stat().st_size) as new:
        shutil.copyfile(source, new)
    note_written(desk.log, target, [blob])


def _file_name(taken: Names, meeting: Meeting, paper: Paper, blob: str, source: Path) -> str:
    older = version_words(paper, blob)
    ending = f" {older}" if older else ""
    if is_signed(source):
        ending += f" ({tr('copy of a signed paper')})"
    return taken.take(f"{meeting.number_of(paper.paper)} {paper.title}", ending)


def check_data(data: Path) -> list[dict[str, str]]:
    """What is wrong with what a computer keeps; empty if nothing is.

    Only reads, beside a running hub or window, too. Raises StoreError("store.newer").
    """
    faults: list[dict[str, str]] = []
    for where, found in (
        ("hub", _hub_faults(data / "hub")),
        ("device", _device_faults(data / "device")),
    ):
        faults += [{"where": where, "code": fault.code, "what": fault.what} for fault in found]
    return faults


def _hub_faults(folder: Path) -> Iterator[Fault]:
    if not (folder / "hub.db").is_file():
        return
    yield from blob_faults(FileBlobs(folder / "blobs"))
    try:
        log = SqliteHubLog(folder / "hub.db")
    except StoreError as error:
        yield _database_fault(error)
        return
    yield from database_faults(log.database)
    yield from log_faults(log, verify)
    log.close()


def _device_faults(folder: Path) -> Iterator[Fault]:
    if not (folder / "device.db").is_file():
        return
    yield from blob_faults(FileBlobs(folder / "blobs"))
    try:
        log = SqliteDeviceLog(folder / "device.db")
    except StoreError as error:
        yield _database_fault(error)
        return
    yield from database_faults(log.database)
    yield from device_log_faults(log, verify)
    log.close()


def _database_fault(error: StoreError) -> Fault:
    if error.code != "store.damaged":
        raise error
    return Fault(code="database", what=str(error.fields.get("file", "")))
