"""Exports and checks without a window: files out of what a computer keeps."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from meetingroom.documents.annotations import write_annotated_pdf
from meetingroom.documents.table import write_table
from meetingroom.documents.xfdf import write_xfdf
from meetingroom.domain.errors import StoreError
from meetingroom.domain.marks import Mark
from meetingroom.domain.meeting import Meeting
from meetingroom.services.collecting import (
    collected_papers,
    exported,
    names_of,
    shared_marks,
    version_words,
)
from meetingroom.services.desk import Desk
from meetingroom.store.blobs import FileBlobs
from meetingroom.store.checking import blob_faults, database_faults, log_faults
from meetingroom.store.database import Database
from meetingroom.store.device_log import MIGRATIONS as DEVICE_MIGRATIONS
from meetingroom.store.hub_log import SqliteHubLog
from meetingroom.store.keys import verify

WritePdf = Callable[[Path, Path, Sequence[Mark], dict[str, str]], object]
BAD_LETTERS = '<>:"/\\|?*'


def safe_name(text: str) -> str:
    """A file name every system takes."""
    plain = "".join("-" if letter in BAD_LETTERS or ord(letter) < 32 else letter for letter in text)
    return plain.strip(" .")[:100] or "meeting"


def export_marks(
    desk: Desk,
    meeting: Meeting,
    out: Path,
    formats: set[str],
    write_pdf: WritePdf = write_annotated_pdf,
) -> dict[str, Any]:
    """Write the shared marks of a meeting; the files written and how many marks.

    Papers without shared marks are left out of PDF and XFDF. Blocks. A program with windows
    gives a `write_pdf` that works in another process. Raises PaperError,
    StoreError("store.full").
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        return _export(desk, meeting, out, formats, write_pdf)
    except OSError as error:
        raise StoreError("store.unwritable", file=out.name, reason=error.strerror) from error


def _export(
    desk: Desk, meeting: Meeting, out: Path, formats: set[str], write_pdf: WritePdf
) -> dict[str, Any]:
    names = names_of(desk.directory)
    files: list[str] = []
    rows = []
    for paper in collected_papers(meeting):
        for version in paper.versions:
            marks = shared_marks(meeting, paper, version.blob)
            rows += [exported(meeting, paper, mark, names) for mark in marks]
            source = desk.paper_path(version.blob)
            if not marks or source is None:
                continue
            older = version_words(paper, version.blob)
            name = f"{meeting.number_of(paper.paper)} {paper.title} {older}"
            for ending, write in (("pdf", write_pdf), ("xfdf", write_xfdf)):
                if ending in formats:
                    target = out / f"{safe_name(name)}.{ending}"
                    write(source, target, marks, names)
                    files.append(str(target))
    if "csv" in formats:
        title = meeting.issued.title if meeting.issued else meeting.id
        target = out / f"{safe_name(title)}.csv"
        write_table(target, rows)
        files.append(str(target))
    return {"files": files, "marks": len(rows)}


def check_data(data: Path) -> list[dict[str, str]]:
    """What is wrong with what a computer keeps; empty if nothing is."""
    faults: list[dict[str, str]] = []
    hub, device = data / "hub", data / "device"
    if (hub / "hub.db").is_file():
        log = SqliteHubLog(hub / "hub.db")
        found = (
            *database_faults(log.database),
            *blob_faults(FileBlobs(hub / "blobs")),
            *log_faults(log, verify),
        )
        faults += [{"where": "hub", "code": f.code, "what": f.what} for f in found]
        log.close()
    if (device / "device.db").is_file():
        database = Database(device / "device.db", DEVICE_MIGRATIONS)
        found = (*database_faults(database), *blob_faults(FileBlobs(device / "blobs")))
        faults += [{"where": "device", "code": f.code, "what": f.what} for f in found]
        database.close()
    return faults
