"""Papers in two versions, made for the tests: lines of words on pages, or pictures only."""

import io
from collections.abc import Sequence
from pathlib import Path

import pymupdf
from PIL import Image, ImageDraw

FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "BeVietnamPro_400Regular.ttf"
LEFT, TOP, PITCH, SIZE = 60, 80, 18, 11
SHEET = (595, 842)


def write_words(path: Path, pages: Sequence[Sequence[str]]) -> Path:
    """A paper with these lines on its pages, from the top."""
    document = pymupdf.open()
    font = pymupdf.Font(fontfile=str(FONT))
    for lines in pages:
        page = document.new_page(width=SHEET[0], height=SHEET[1])
        writer = pymupdf.TextWriter(page.rect)
        for number, line in enumerate(lines):
            if line:
                writer.append((LEFT, TOP + number * PITCH), line, font=font, fontsize=SIZE)
        writer.write_text(page)
    document.subset_fonts()
    document.save(path)
    document.close()
    return path


def lines(name: str, count: int = 20) -> list[str]:
    """Lines that differ from all others: each word names its place."""
    return [f"{name} dòng {n} có chữ {name}{n}a {name}{n}b {name}{n}c" for n in range(count)]


def scan(*marks: tuple[int, int]) -> Image.Image:
    """What a scanner might have seen: a gray sheet with black bars at these places (points)."""
    picture = Image.new("L", SHEET, 235)
    draw = ImageDraw.Draw(picture)
    for x, y in marks:
        draw.rectangle((x, y, x + 90, y + 14), fill=20)
    return picture


def write_scans(path: Path, pictures: Sequence[Image.Image], quality: int = 80) -> Path:
    """A paper of pictures only, as a scanner makes it."""
    document = pymupdf.open()
    for picture in pictures:
        page = document.new_page(width=SHEET[0], height=SHEET[1])
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=quality)
        page.insert_image(page.rect, stream=stream.getvalue())
    document.save(path)
    document.close()
    return path
