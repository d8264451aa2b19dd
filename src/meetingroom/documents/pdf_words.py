"""Text strings in a PDF: how they are written, and what came of those that were read."""

import pymupdf


def pdf_text(text: str) -> str:
    """A text string of PDF (ISO 32000-1, 7.9.2.2), in UTF-16 where it is not plain ASCII.

    In PDF's own one-byte code two letters such as "Ã©" could be taken for UTF-8.
    """
    if text.isascii():
        return str(pymupdf.get_pdf_str(text))
    return f"<feff{text.encode('utf-16-be').hex()}>"


def as_words(text: str) -> str:
    """What MuPDF read: bytes it took for UTF-8 and that are none are one letter each."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape").decode("latin-1")
    return text
