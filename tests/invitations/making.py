"""Files of every kind an invitation comes in, made from the plain words beside the table."""

import io
import re
import unicodedata
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import docx
import pymupdf
import segno
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from old_encodings import tcvn3, vni, windows_1258
from outlook_message import outlook_message

FONT = Path(__file__).parents[2] / "resources" / "fonts" / "BeVietnamPro_400Regular.ttf"
_MARKED = re.compile(r"\[\[(.+?)\|(.+?)\]\]")
_LEFT, _MIDDLE, _RIGHT, _SIZE = 70.0, 310.0, 550.0, 10.5


def made(how: str, text: str) -> bytes:
    """The bytes of a letter: `how` is a word of the table's column `make`."""
    if how.startswith("eml"):
        return _mail(how, text)
    if how.startswith("pdf"):
        return _pdf(text)
    if how.startswith("docx"):
        return _document(text)
    return _PLAIN[how](text)


def code_picture(address: str, scale: int = 6) -> bytes:
    """A QR code as PNG."""
    out = io.BytesIO()
    segno.make(address.strip(), error="m", micro=False).save(out, kind="png", scale=scale, border=4)
    return out.getvalue()


_PLAIN = {
    "": lambda text: text.encode(),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "bom": lambda text: text.encode("utf-8-sig"),
    "nfd": lambda text: unicodedata.normalize("NFD", text).encode(),
    "utf16": lambda text: text.replace("\n", "\r\n").encode("utf-16"),
    "cp1258": windows_1258,
    "tcvn3": tcvn3,
    "vni": vni,
    "qr": code_picture,
    "msg": lambda text: outlook_message(*_headed(text)),
}


def _headed(text: str) -> tuple[dict[str, str], str]:
    head, _, body = text.partition("\n\n")
    lines = (line.partition(": ") for line in head.split("\n"))
    return {name: value for name, _, value in lines}, body


def _mail(how: str, text: str) -> bytes:
    head, body = _headed(text)
    if how == "eml_1258":
        return _raw_mail(head, windows_1258(body), "windows-1258")
    if how == "eml_latin":
        return _raw_mail(head, body.encode("ascii"), "us-ascii")
    mail = EmailMessage(default.clone(max_line_length=500))  # folding would lose spaces
    for name, value in head.items():
        mail[name] = str(HeaderRegistry()("subject", value)) if "=?" in value else value
    body, _, calendar = body.partition("BEGIN:VCALENDAR")
    if how == "eml_html":
        mail.set_content("Vui lòng xem thư này bằng chương trình đọc được HTML.\n")
        mail.add_alternative(body, subtype="html")
        mail.set_boundary("=_hai_phan")
    else:
        way = "base64" if how == "eml_b64" else "quoted-printable"
        mail.set_content(body, cte=way)
    if how == "eml_att":
        mail.add_attachment(
            b"PK\x05\x06" + bytes(18),
            maintype="application",
            subtype="zip",
            filename="tai-lieu.zip",
        )
        mail.set_boundary("=_kem_theo")
    if how == "eml_ics":
        entry = ("BEGIN:VCALENDAR" + calendar).replace("\n", "\r\n")
        mail.add_alternative(entry, subtype="calendar", cte="base64", params={"method": "REQUEST"})
        mail.set_boundary("=_lich")
    return mail.as_bytes()


def _raw_mail(head: dict[str, str], body: bytes, charset: str) -> bytes:
    lines = [f"{name}: {value}" for name, value in head.items()]
    lines += ["MIME-Version: 1.0", f'Content-Type: text/plain; charset="{charset}"']
    lines += ["Content-Transfer-Encoding: 8bit", "", ""]
    return "\r\n".join(lines).encode("ascii") + body


def _document(text: str) -> bytes:
    document = docx.Document()
    table = None
    for line in text.splitlines():
        link = _MARKED.fullmatch(line)
        if link:
            _add_link(document, *link.groups())
        elif "|" in line:
            table = table or document.add_table(rows=0, cols=2)
            for cell, words in zip(table.add_row().cells, line.split("|", 1), strict=True):
                cell.text = words
        else:
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_link(document: docx.document.Document, words: str, address: str) -> None:
    paragraph = document.add_paragraph()
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link, run, shown = (OxmlElement(name) for name in ("w:hyperlink", "w:r", "w:t"))
    link.set(qn("r:id"), key)
    shown.text = words
    run.append(shown)
    link.append(run)
    paragraph._p.append(link)


def _pdf(text: str) -> bytes:
    """Two columns where a line has `||`, else the width of the page, wrapped as offices do."""
    font = pymupdf.Font(fontfile=str(FONT))
    with pymupdf.open() as document:
        page, y = document.new_page(), 70.0
        page.insert_font(fontname="viet", fontfile=str(FONT))
        for line in text.splitlines():
            link = _MARKED.fullmatch(line)
            if link and link[1] == "QR":
                page.insert_image((_LEFT, y, _LEFT + 130, y + 130), stream=code_picture(link[2]))
                y += 140
            elif link:
                _put(page, _LEFT, y, link[1])
                box = pymupdf.Rect(_LEFT, y - 12, _LEFT + 200, y + 4)
                page.insert_link({"kind": pymupdf.LINK_URI, "from": box, "uri": link[2]})
                y += 18
            elif "||" in line:
                left, right = line.split("||", 1)
                _put(page, _LEFT, y, left)
                _put(page, _MIDDLE, y, right)
                y += 16
            else:
                for part in _wrapped(line, font):
                    _put(page, _LEFT, y, part)
                    y += 16
        document.subset_fonts()
        return document.tobytes(garbage=3, deflate=True, no_new_id=True)


def _put(page: pymupdf.Page, x: float, y: float, words: str) -> None:
    page.insert_text((x, y), words, fontname="viet", fontsize=_SIZE)


def _wrapped(line: str, font: pymupdf.Font) -> list[str]:
    """A word too long for a line (an address) goes on in the next, as word processors do it."""
    lines, now = [], ""
    for word in re.findall(r"\S+\s*", line) or [""]:
        if now and font.text_length(now + word.rstrip(), _SIZE) > _RIGHT - _LEFT:
            lines.append(now)
            now = ""
        for letter in word:
            if font.text_length(now + letter, _SIZE) > _RIGHT - _LEFT:
                lines.append(now)
                now = ""
            now += letter
    return [*lines, now]
