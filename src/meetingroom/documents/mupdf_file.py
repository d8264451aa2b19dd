"""A file open in MuPDF: at once, with its password where it has one."""

from collections.abc import Callable
from pathlib import Path

import pymupdf

from meetingroom.documents.engine import MAX_PAGES
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.sniffing import check_pdf
from meetingroom.domain.errors import PaperError


class QuickDocument(pymupdf.Document):  # type: ignore[misc]
    """A document that does not read its outline first: a tenth of a second in a long one."""

    def _loadOutline(self) -> None:  # noqa: N802 - the library's own name
        return None


def open_in_mupdf(path: Path, password: str = "") -> QuickDocument:
    """A paper with at least one page.

    Raises PaperError: paper.damaged, .encrypted, .password_wrong, .huge, and what
    `check_pdf` says.
    """
    check_pdf(path)
    return _opened(lambda: QuickDocument(path, filetype="pdf"), path.name, password)


def open_bytes_in_mupdf(data: bytes, name: str) -> QuickDocument:
    """The same of a PDF in memory, without a password."""
    return _opened(lambda: QuickDocument(stream=data, filetype="pdf"), name, "")


def _opened(make: Callable[[], QuickDocument], name: str, password: str) -> QuickDocument:
    try:
        # `needs_pass` before `page_count`: the other way round breaks decryption.
        document = make()
        if document.needs_pass and not document.authenticate(password):
            document.close()
            code = "paper.password_wrong" if password else "paper.encrypted"
            raise PaperError(code, file=name)
        count = document.page_count
    except FILE_AT_FAULT as error:
        raise PaperError("paper.damaged", file=name) from error
    if not 0 < count <= MAX_PAGES:
        document.close()
        raise PaperError("paper.huge" if count else "paper.damaged", file=name)
    return document
