"""Zip files: their members, never more of them than a letter needs."""

import io
import zipfile
import zlib
from types import TracebackType
from typing import Self
from xml.etree import ElementTree as Xml

from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Letter
from meetingroom.domain.outside_xml import BrokenXmlError, UnsafeXmlError, tree_of
from meetingroom.invitations.files.task import Task, joined

MAX_MEMBERS = 5_000
MAX_XML = 24 << 20  # bytes of one document
MAX_FILE_IN_ZIP = 64 << 20
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, IndexError,
    NotImplementedError, OverflowError,
)  # fmt: skip


class Packed:
    """An open zip. Raises PaperError: paper.damaged, .encrypted, letter.unsafe."""

    def __init__(self, name: str, data: bytes, task: Task) -> None:
        self._name, self._task = name, task
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN as error:
            raise PaperError("paper.damaged", file=name) from error
        rows = self._zip.infolist()
        if len(rows) > MAX_MEMBERS:
            raise PaperError("letter.unsafe", file=name)
        self._rows = {row.filename: row for row in rows if not row.is_dir()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._zip.close()

    @property
    def names(self) -> list[str]:
        return list(self._rows)

    def read(self, member: str, most: int = MAX_FILE_IN_ZIP) -> bytes:
        """A member's bytes; a bomb is given up before it has burst."""
        row = self._rows[member]
        if row.flag_bits & 1:
            raise PaperError("paper.encrypted", file=self._name)
        most = min(most, self._task.bytes_left)
        if row.file_size > most:
            raise PaperError("letter.unsafe", file=self._name)
        try:
            with self._zip.open(row) as file:
                content = file.read(most + 1)
        except (*BROKEN, RuntimeError) as error:
            raise PaperError("paper.damaged", file=self._name) from error
        if len(content) > most:
            raise PaperError("letter.unsafe", file=self._name)
        return content

    def tree(self, member: str) -> Xml.Element | None:
        """A member as XML; None where there is none such."""
        if member not in self._rows:
            return None
        try:
            return tree_of(self.read(member, MAX_XML))
        except UnsafeXmlError as error:
            raise PaperError("letter.unsafe", file=self._name) from error
        except BrokenXmlError as error:
            raise PaperError("paper.damaged", file=self._name) from error


def read_zip(name: str, data: bytes, task: Task) -> Letter:
    """The letters packed together in one file; what is no letter among them is left out."""
    with Packed(name, data, task) as packed:
        letters = []
        for member in packed.names[:200]:
            if task.is_late:
                break
            if not _is_of_the_packer(member):
                letters.append(task.enclosed(member.rpartition("/")[2], packed.read(member)))
    letter = joined(letters)
    if not letter.parts and not letter.events:
        raise PaperError("letter.no_words", file=name)
    return letter


def _is_of_the_packer(member: str) -> bool:
    return member.startswith("__MACOSX/") or member.rpartition("/")[2] in (".DS_Store", "Thumbs.db")
