"""Files built to hang, to swell or to break what reads them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pymupdf
from made_compound import compound, message

WORDS = "Kính mời đồng chí dự họp trực tuyến"


def hostile_letters() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Each with its name; made when it is wanted, for some are large."""
    yield from (
        ("empty.pdf", lambda: b""),
        ("random.pdf", lambda: b"%PDF-1.7\n" + noise(200_000)),
        ("random.docx", lambda: b"PK\x03\x04" + noise(200_000)),
        ("random.msg", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(200_000)),
        ("random.png", lambda: b"\x89PNG\r\n\x1a\n" + noise(200_000)),
        ("random.jpg", lambda: b"\xff\xd8\xff\xe0" + noise(200_000)),
        ("random.tif", lambda: b"II*\x00" + noise(200_000)),
        ("random.webp", lambda: b"RIFF\0\0\0\0WEBP" + noise(10_000)),
        ("random.heic", lambda: b"\0\0\0\x18ftypheic" + noise(10_000)),
        ("random.rtf", lambda: b"{\\rtf1" + noise(200_000)),
        ("random.bin", lambda: noise(1 << 20)),
        ("gigapixel.png", lambda: png(60_000, 60_000)),
        ("wide.png", lambda: png(1_000_000, 140)),
        ("lying.png", lambda: png(12_000, 12_000, rows=10)),
        ("gigapixel.pdf", lambda: picture_pdf(50_000, 50_000)),
        ("many_pages.pdf", many_pages),
        ("same_page.pdf", same_page),
        ("circle.pdf", circle),
        ("stream_bomb.pdf", lambda: stream_bomb(b" " * (400 << 20))),
        ("operators.pdf", lambda: stream_bomb(b"0 0 m 9 9 l S " * 3_000_000)),
        ("forms.pdf", forms_within_forms),
        ("many_links.pdf", many_links),
        ("zip_bomb.zip", lambda: packed(("a.txt", b"a" * (200 << 20)))),
        ("many_members.zip", lambda: packed(*((f"{n}.txt", b"a") for n in range(60_000)))),
        ("many_pdfs.zip", lambda: packed(*((f"{n}.pdf", one_page()) for n in range(190)))),
        ("entities.docx", lambda: docx(ENTITIES)),
        ("deep.docx", lambda: docx(b"<a>" * 300_000)),
        ("swelling.docx", lambda: docx(b"<w>" + b"<p/>" * 5_000_000 + b"</w>")),
        ("elements.docx", lambda: docx(b"<w>" + b"<p><r><t>a</t></r></p>" * 130_000 + b"</w>")),
        ("deep.html", lambda: b"<html>" + b"<div>" * 1_000_000),
        ("unclosed.html", lambda: b"<html>" + b"<!" * 400_000),
        ("comments.html", lambda: b"<html>" + b"<!--" * 400_000),
        ("attributes.html", lambda: b"<html><a " + b"a='" * 400_000),
        ("entities.html", lambda: b"<html>" + b"&#" * 1_000_000),
        ("cdata.html", lambda: b"<html><script>" + b"</scrip" * 400_000),
        ("small_comments.html", lambda: b"<html>" + b"<!--" * 12_000),
        ("headers.eml", lambda: b"MIME-Version: 1.0\nSubject: x\n" + b"X-A: b\n" * 500_000),
        ("long_header.eml", lambda: b"MIME-Version: 1.0\nSubject: " + b"=?utf-8?q?a?= " * 200_000),
        ("parts.eml", many_parts),
        ("deep.eml", deep_mail),
        ("boundaries.eml", lambda: MULTIPART + b"--b\n" * 500_000),
        ("base64.eml", lambda: BASE64 + b"QUFB\n" * 2_000_000),
        ("secondly.ics", lambda: calendar("RRULE:FREQ=SECONDLY")),
        ("never.ics", lambda: calendar("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")),
        ("zone.ics", zone_bomb),
        ("events.ics", lambda: b"BEGIN:VCALENDAR\n" + EVENT * 60_000),
        ("folds.ics", lambda: calendar("SUMMARY:a" + "\n b" * 1_000_000)),
        ("snippet.txt", lambda: b"DTSTART:19700101T000000\nRRULE:FREQ=MINUTELY;BYSECOND=70\n"),
        ("groups.rtf", lambda: b"{\\rtf1" + b"{" * 1_000_000),
        ("fonts.rtf", lambda: b"{\\rtf1{\\fonttbl" + b"{\\f1 .VnTime;}" * 200_000),
        ("streams.msg", many_streams),
        ("within.msg", message_within),
        ("lines.txt", lambda: b"\n" * (3 << 20)),
        ("one_line.txt", lambda: b"a" * (3 << 20)),
        ("marks.txt", ("e" + "\u0301" * 500_000).encode),
        ("wide.txt", lambda: b"\xff\xfe" + b"\xd8" * 1_000_001),
        ("legacy.txt", lambda: bytes(range(0xA1, 0x100)) * 20_000),
        ("angles.txt", lambda: b"<" * (2 << 20)),
        ("links.txt", lambda: b"<a href=" * 200_000),
        ("colons.txt", lambda: b"LOCATION;A=" * 200_000),
        ("too_large.txt", lambda: b"a " * (40 << 20)),
    )  # fmt: skip


def noise(length: int) -> bytes:
    """The same bytes each time, without any order."""
    seed, rows = b"letter", []
    for _ in range(-(-length // 32)):
        import hashlib

        seed = hashlib.sha256(seed).digest()
        rows.append(seed)
    return b"".join(rows)[:length]


def png(width: int, height: int, rows: int | None = None) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        sum_of = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + sum_of

    line = b"\0" * (width // 8 + 2)
    packer = zlib.compressobj(1)
    data = b"".join(packer.compress(line) for _ in range(min(rows or height, 4000)))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", data + packer.flush()) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def pdf(*objects: bytes) -> bytes:
    """Objects from 1 on; the first is the catalogue. Without a table: readers mend that."""
    rows = [b"%d 0 obj\n" % n + one + b"\nendobj\n" for n, one in enumerate(objects, 1)]
    return b"%PDF-1.7\n" + b"".join(rows) + b"trailer <</Root 1 0 R>>\n"


def stream(data: bytes, head: bytes = b"") -> bytes:
    body = zlib.compress(data, 1)
    return (
        b"<<%s/Length %d/Filter/FlateDecode>>stream\n" % (head, len(body)) + body + b"\nendstream"
    )


def one_page() -> bytes:
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), "moi hop")
        return document.tobytes()


def many_pages() -> bytes:
    """50,000 pages, each of its own."""
    kids = b"".join(b"%d 0 R " % n for n in range(3, 50_003))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    tree = b"<</Type/Pages/Count 50000/Kids[" + kids + b"]>>"
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, *([page] * 50_000))


def same_page() -> bytes:
    """50,000 pages, all the same one."""
    kids = b"3 0 R " * 50_000
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 50000/Kids[" + kids + b"]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )


def circle() -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 9/Parent 3 0 R/Kids[3 0 R 2 0 R]>>",
        b"<</Type/Pages/Count 9/Parent 2 0 R/Kids[2 0 R 3 0 R]>>",
    )


def stream_bomb(data: bytes) -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        stream(data),
    )


def forms_within_forms() -> bytes:
    """Each form draws the next one ten times: ten to the twelfth."""
    forms = [
        stream(
            b"/F Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"
            % (n + 1),
        )
        for n in range(5, 17)
    ]
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</F 5 0 R>>>>>>",
        stream(b"/F Do"),
        *forms,
        stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"),
    )


def picture_pdf(width: int, height: int) -> bytes:
    line = zlib.compress(b"\0" * (width // 8 * 2000), 1)
    image = (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/FlateDecode/Length %d>>stream\n" % (width, height, len(line))
    ) + line + b"\nendstream"  # fmt: skip
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</F 5 0 R>>>>>>",
        stream(b"595 0 0 842 0 0 cm /F Do"),
        image,
    )


def many_links() -> bytes:
    link = b"<</Subtype/Link/Rect[0 0 99 99]/A<</S/URI/URI(https://a.vn/x)>>>>"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[" + link * 100_000 + b"]>>",
    )


def packed(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, data in members:
            file.writestr(name, data)
    return out.getvalue()


def docx(body: bytes) -> bytes:
    return packed(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", body))


ENTITIES = (
    b"<!DOCTYPE a [<!ENTITY a0 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><a>&a11;</a>"
)
MULTIPART = b"MIME-Version: 1.0\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
BASE64 = (
    b"MIME-Version: 1.0\nSubject: x\nContent-Type: application/pdf\n"
    b"Content-Transfer-Encoding: base64\n\n"
)
EVENT = b"BEGIN:VEVENT\nDTSTART:20261201T080000\nSUMMARY:a\nRRULE:FREQ=DAILY\nEND:VEVENT\n"


def many_parts() -> bytes:
    part = b"--b\nContent-Type: text/plain\n\nwords\n"
    return MULTIPART + part * 60_000


def deep_mail() -> bytes:
    rows = [b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(9000)]
    return b"MIME-Version: 1.0\nSubject: x\n" + b"".join(rows)


def calendar(*rows: str) -> bytes:
    body = "\n".join(("DTSTART:19700101T000000", *rows))
    return f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{body}\nEND:VEVENT\nEND:VCALENDAR\n".encode()


def zone_bomb() -> bytes:
    return (
        b"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19000101T000000\n"
        b"TZOFFSETFROM:+0700\nTZOFFSETTO:+0800\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n"
        b"BEGIN:VEVENT\nDTSTART;TZID=X:20261201T080000\nSUMMARY:a\nEND:VEVENT\nEND:VCALENDAR\n"
    )


def many_streams() -> bytes:
    tree = message({0x37: "x", 0x1000: WORDS})
    return compound(tree | {f"__substg1.0_{n:04X}0102": b"a" for n in range(0x2000, 0x3400)})


def message_within() -> bytes:
    inner = message({0x1000: WORDS}, head=24)
    for _ in range(120):
        inner = {"__attach_version1.0_#0": {"__substg1.0_3701000D": inner}}
    return compound(inner)
