"""What a file is, by its bytes; its name's ending is never asked."""

import re
from typing import Literal

from meetingroom.invitations.files.charsets import decoded

Kind = Literal[
    "text", "html", "calendar", "mail", "msg", "docx", "odt", "rtf", "doc", "pdf", "picture",
    "zip", "locked", "sheet", "packed", "unknown",
]  # fmt: skip
_START = 4096
_PICTURES = (
    b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM",
    b"\x00\x00\x00\x0cjP  ",
)  # fmt: skip
_FOREIGN_PICTURES = re.compile(rb"RIFF.{4}WEBP|.{4}ftyp(?:hei[cxms]|mif1|msf1|avif|avis|hev)", re.S)
_OFFICE = (b"_rels/", b"word/", b"docProps/", b"xl/", b"ppt/", b"customXml/")
_PACKED = (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_CALENDAR = re.compile(r"^\s*BEGIN:V(?:CALENDAR|EVENT)\b", re.I | re.M)
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|table|div|p|br|span|font|ul|ol|li|h[1-6])(?:\s[^<>]*)?/?>"
    r"|<a\s[^<>]*href\s*=",
    re.I,
)
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*)[ \t]*:")
_MAIL_ONLY = {
    "mime-version", "received", "message-id", "return-path", "delivered-to", "dkim-signature",
    "content-transfer-encoding", "x-mailer",
}  # fmt: skip
_MAIL_TOO = {"from", "to", "subject", "date", "content-type", "cc", "reply-to"}
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(data: bytes) -> Kind:
    """What the bytes are."""
    start = data[:_START]
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.startswith(_PICTURES) or _FOREIGN_PICTURES.match(start):
        return "picture"
    if start.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return _kind_of_compound(data)
    if start.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(_PACKED):
        return "packed"
    text = decoded(start)
    if _is_noise(start, text):
        return "unknown"
    return kind_of_text(text)


def kind_of_text(text: str) -> Kind:
    """What a text is: a message, a calendar, a page of HTML, or only words."""
    start = text[:_START].lstrip("\ufeff \t\r\n")
    if _is_mail(start):
        return "mail"
    if _CALENDAR.search(start):
        return "calendar"
    return "html" if _HTML.search(start) else "text"


def _kind_of_zip(data: bytes) -> Kind:
    """By the first member's name and, of Office's, the names in the list at the end.

    The zip is not opened: its list may be made to take long.
    """
    first = data[30 : 30 + int.from_bytes(data[26:28], "little")][:200]
    if first == b"mimetype":
        return "odt" if b"opendocument.text" in data[:200] else "sheet"
    if first == b"[Content_Types].xml" or first.startswith(_OFFICE):
        return "docx" if b"word/document" in data else "sheet"
    return "zip"


def _kind_of_compound(data: bytes) -> Kind:
    """Outlook's and old Office's container: names in it are in UTF-16."""
    names = {
        "__properties_version1.0": "msg",
        "EncryptedPackage": "locked",
        "WordDocument": "doc",
        "Workbook": "sheet",
        "PowerPoint Document": "sheet",
    }
    for name, kind in names.items():
        if name.encode("utf-16-le") in data:
            return kind  # type: ignore[return-value]
    return "unknown"


def _is_mail(text: str) -> bool:
    """Whether a text begins with a message's headers, not only with words before a colon."""
    if text.startswith("From ") and "\n" in text:
        text = text.partition("\n")[2]  # how mailboxes begin each message
    met = set()
    for row in text.splitlines():
        if not row.strip():
            break
        header = _HEADER.match(row)
        if header:
            met.add(header[1].lower())
        elif row[0] not in " \t":
            break
    return bool(met & _MAIL_ONLY) and len(met & (_MAIL_ONLY | _MAIL_TOO)) > 1


_SPACES = dict.fromkeys(map(ord, "\r\n\t\f\v\xa0\x1b"))


def _is_noise(start: bytes, text: str) -> bool:
    """Whether bytes are no text at all: control codes, or letters that decode to nothing."""
    wide = "\x00" not in text and start.count(0) > len(start) // 8  # it was UTF-16
    if not wide and len(_CONTROLS.findall(start)) > len(start) // 100:
        return True
    if text.translate(_SPACES).isprintable():
        return False
    odd = sum(not one.isprintable() and one not in "\r\n\t\f\v\xa0\x1b" for one in text)
    return odd > len(text) // 20 + 2
