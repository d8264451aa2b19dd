"""Papers made for the tests, and the places where their pictures have ink."""

import io
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pymupdf
from PIL import Image, ImageChops

from meetingroom.documents.pdfium import PdfiumPaper
from meetingroom.domain.geometry import Rect

MEDIA = (600, 800)
CROP = (50, 100, 450, 650)
SCALE = 2.0


@dataclass(frozen=True)
class Form:
    """How a made paper lies: turned, cropped, in larger units."""

    rotation: int = 0
    is_cropped: bool = False
    origin: int = 0  # where the media box starts
    unit: float = 1.0

    def __str__(self) -> str:
        crop = "-cropped" if self.is_cropped else ""
        return f"{self.rotation}{crop}-from{self.origin}-unit{self.unit:g}"


FORMS = tuple(
    Form(rotation, is_cropped, origin)
    for rotation in (0, 90, 180, 270)
    for is_cropped in (False, True)
    for origin in (0, 30)
)
LARGE_UNITS = tuple(Form(rotation, is_cropped=True, unit=2.0) for rotation in (0, 90))


def make_paper(path: Path, form: Form, words: tuple[str, ...] = ("one", "two", "three")) -> Path:
    """A page with one word in each of several places, turned and cropped as asked."""
    document = pymupdf.open()
    page = document.new_page(width=MEDIA[0], height=MEDIA[1])
    for number, word in enumerate(words):
        page.insert_text((120 + 70 * number, 250 + 130 * number), word, fontsize=24)
    if form.origin:
        x, y = form.origin, form.origin
        box = f"[{x} {y} {MEDIA[0] + x} {MEDIA[1] + y}]"
        document.xref_set_key(page.xref, "MediaBox", box)
    if form.is_cropped:
        x0, y0, x1, y1 = CROP
        box = f"[{x0} {MEDIA[1] - y1} {x1} {MEDIA[1] - y0}]"
        document.xref_set_key(page.xref, "CropBox", box)
    if form.unit != 1.0:
        document.xref_set_key(page.xref, "UserUnit", f"{form.unit:g}")
    document.xref_set_key(page.xref, "Rotate", str(form.rotation))
    document.save(path)
    document.close()
    return path


def picture(path: Path, page: int = 0, scale: float = SCALE) -> Image.Image:
    """The page as the drawing engine shows it."""
    paper = PdfiumPaper(path)
    size = paper.shape().pages[page]
    width, height = round(size.width * scale), round(size.height * scale)
    pixels = bytearray(width * height * 4)
    paper.draw(page, scale, None, memoryview(pixels), width * 4)
    paper.close()
    return Image.frombytes("RGB", (width, height), bytes(pixels), "raw", "BGRX")


def picture_by_mupdf(path: Path, page: int = 0, scale: float = SCALE) -> Image.Image:
    """The page as MuPDF shows it."""
    with pymupdf.open(path) as document:
        pixmap = document[page].get_pixmap(matrix=pymupdf.Matrix(scale, scale))
        return Image.open(io.BytesIO(pixmap.tobytes("png"))).convert("RGB")


def picture_by_poppler(path: Path, page: int = 0, scale: float = SCALE) -> Image.Image:
    """The page as pdftoppm, a reader of another family, shows it."""
    number = str(page + 1)
    command = ["pdftoppm", "-cropbox", "-r", f"{72 * scale:g}", "-f", number, "-l", number, "-png"]
    shown = subprocess.run([*command, str(path)], check=True, capture_output=True)
    return Image.open(io.BytesIO(shown.stdout)).convert("RGB")


def ink_within(image: Image.Image, scale: float = SCALE) -> Rect | None:
    """The box around everything that is not white, in points."""
    return changed_within(Image.new("RGB", image.size, "white"), image, scale)


def changed_within(
    before: Image.Image, after: Image.Image, scale: float = SCALE, threshold: int = 12
) -> Rect | None:
    """The box around what two pictures differ in, in points."""
    difference = ImageChops.difference(before, after).convert("L")
    box = difference.point(lambda value: 255 if value > threshold else 0).getbbox()
    return None if box is None else Rect(*(value / scale for value in box))


def edges(first: Rect, second: Rect) -> Iterator[float]:
    """How far each edge of one box lies from the other's."""
    pairs = ((first.x0, second.x0), (first.y0, second.y0))
    for one, other in (*pairs, (first.x1, second.x1), (first.y1, second.y1)):
        yield abs(one - other)
