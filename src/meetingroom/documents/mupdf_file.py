"""A file open in MuPDF: at once, with its password where it has one."""

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
    try:
        # `needs_pass` before `page_count`: the other way round breaks decryption.
        document = QuickDocument(path, filetype="pdf")
        if document.needs_pass and not document.authenticate(password):
            document.close()
            code = "paper.password_wrong" if password else "paper.encrypted"
            raise PaperError(code, file=path.name)
        count = document.page_count
    except FILE_AT_FAULT as error:
        raise PaperError("paper.damaged", file=path.name) from error
    if not 0 < count <= MAX_PAGES:
        document.close()
        raise PaperError("paper.huge" if count else "paper.damaged", file=path.name)
    return document
