"""Bad papers made for the tests: each with what the program must say of it."""

import zipfile
from pathlib import Path

import pymupdf
from PIL import Image

LOCKED = {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "owner_pw": "chủ"}


def write_good(path: Path, text: str = "Báo cáo", pages: int = 1, **saving: object) -> Path:
    """A paper that can be read, saved as asked."""
    with pymupdf.open() as document:
        for _ in range(pages):
            document.new_page(width=595, height=842).insert_text((80, 400), text)
        document.save(path, **saving)
    return path


def write_without_pages(path: Path) -> Path:
    """A sound PDF whose page tree is empty."""
    objects = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")
    return write_objects(path, objects)


def write_with_many_pages(path: Path, pages: int) -> Path:
    """A sound PDF with a great many empty pages."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(pages))
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"
    return write_objects(path, (b"<< /Type /Catalog /Pages 2 0 R >>", tree, *[page] * pages))


def write_with_a_huge_page(path: Path, width: int, height: int) -> Path:
    """A page kilometres wide, or a strip."""
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        page.insert_text((80, 400), "Bản đồ")
        document.xref_set_key(page.xref, "MediaBox", f"[0 0 {width} {height}]")
        document.save(path)
    return path


def write_objects(path: Path, objects: tuple[bytes, ...]) -> Path:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    body, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    path.write_bytes(body)
    return path


def write_bad_papers(folder: Path) -> dict[str, Path]:
    """The code of a known error → a file that must be met with it."""
    good = write_good(folder / "good.pdf").read_bytes()
    damaged, empty, huge = folder / "hỏng.pdf", folder / "rỗng.pdf", folder / "lớn.pdf"
    damaged.write_bytes(b"%PDF-1.7\n" + good[200:400])
    empty.touch()
    with huge.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate((2 << 30) + 1)
    letter, picture = folder / "công văn.pdf", folder / "ảnh.pdf"
    with zipfile.ZipFile(letter, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    Image.new("RGB", (40, 30), "red").save(picture, "PNG")
    return {
        "paper.damaged": damaged,
        "paper.encrypted": write_good(folder / "khóa.pdf", user_pw="mở", **LOCKED),
        "paper.empty": empty,
        "paper.huge": huge,
        "paper.no_pages": write_without_pages(folder / "không trang.pdf"),
        "paper.not_pdf": letter,
        "paper.missing": folder / "không có.pdf",
        "paper.unreadable": folder,
    }
