"""Pictures of letters and the codes in them. Runs in a worker."""

import importlib
import io
from collections.abc import Iterator
from typing import Any

import pymupdf

from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Part

mupdf = pymupdf.mupdf
MAX_PIXELS = 110_000_000  # a telephone's largest
PAGE_SIDE, PAGE_LONG = 600, 900  # pixels: a smaller picture in a message is no letter
CODE_DPI, FINE_DPI = 150, 300
CODE_SIDES = 2400, 6000  # pixels of a picture's longer side in which codes are sought
MAX_CODES = 20


def open_picture(name: str, data: bytes) -> pymupdf.Document:
    """A picture as a document of one page or more.

    Raises PaperError: paper.damaged, .too_big, letter.foreign_picture.
    """
    if data.startswith(b"RIFF") or data[4:8] == b"ftyp":
        data = _as_png(name, data)
    try:
        document = pymupdf.open(stream=data)
        if document.is_pdf or not document.page_count:
            raise PaperError("paper.damaged", file=name)
    except FILE_AT_FAULT as error:
        raise PaperError("paper.damaged", file=name) from error
    return document


def _as_png(name: str, data: bytes) -> bytes:
    """A picture of a kind the engine does not know, where something here reads it."""
    try:
        pictures: Any = importlib.import_module("PIL.Image")
    except ImportError as error:
        raise PaperError("letter.foreign_picture", file=name) from error
    try:
        with pictures.open(io.BytesIO(data)) as picture:
            refuse_too_large(name, *picture.size)
            target = io.BytesIO()
            picture.convert("RGB").save(target, "PNG", compress_level=1)
    except PaperError:
        raise
    except pictures.UnidentifiedImageError as error:
        raise PaperError("letter.foreign_picture", file=name) from error
    except (OSError, ValueError, SyntaxError, pictures.DecompressionBombError) as error:
        raise PaperError("paper.damaged", file=name) from error
    return target.getvalue()


def pixels_of(pictures: pymupdf.Document, number: int, data: bytes) -> tuple[int, int]:
    """Width and height of a picture, without unpacking it."""
    if pictures.page_count == 1 and not (data.startswith(b"RIFF") or data[4:8] == b"ftyp"):
        image = mupdf.fz_new_image_from_buffer(mupdf.fz_new_buffer_from_copied_data(data))
        return int(image.w()), int(image.h())
    page = pictures[number]  # points: the engine's 96 dots an inch unless the picture says more
    return round(page.rect.width * 4 / 3), round(page.rect.height * 4 / 3)


def refuse_too_large(name: str, width: int, height: int) -> None:
    """Raises PaperError("paper.too_big") of what would fill the memory."""
    if width * height > MAX_PIXELS:
        raise PaperError("paper.too_big", file=name)


def is_as_large_as_a_page(width: int, height: int) -> bool:
    """Whether a picture is large enough for a letter to be read off it."""
    return min(width, height) >= PAGE_SIDE and max(width, height) >= PAGE_LONG


# --- codes --------------------------------------------------------------------------------


def codes_of_page(page: pymupdf.Page, number: int) -> Iterator[Part]:
    """The codes on a page; looked for more closely where it has pictures."""
    area = max(1.0, page.rect.width * page.rect.height) / 72**2
    texts: list[str] = []
    for dpi in (CODE_DPI, FINE_DPI):
        if dpi * dpi * area > MAX_PIXELS / 4:
            dpi = max(20, int((MAX_PIXELS / 4 / area) ** 0.5))  # noqa: PLW2901
        texts = texts_of_codes(page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY, annots=True))
        if texts or not page.get_image_info():
            break
    for text in texts:
        yield Part(text=text, page=number + 1, how="code")


def codes_in_picture(page: pymupdf.Page, number: int, pixels: tuple[int, int]) -> list[Part]:
    """The codes in a picture: in a smaller one first, then more closely."""
    texts: list[str] = []
    for side in CODE_SIDES:
        texts = texts_of_codes(shown(page, pixels, side, pymupdf.csGRAY))
        if texts or side >= max(pixels):
            break
    return [Part(text=text, page=number + 1, how="code") for text in texts]


def shown(page: pymupdf.Page, pixels: tuple[int, int], side: int, colours: Any) -> pymupdf.Pixmap:
    """A picture the right way up, its longer side no more pixels than told."""
    longest = max(page.rect.width, page.rect.height, 1.0)
    scale = min(side, max(pixels)) / longest
    return page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=colours)


def texts_of_codes(pixmap: pymupdf.Pixmap) -> list[str]:
    """What the codes say, whichever way up they stand."""
    import zxingcpp  # noqa: PLC0415 - only where there is something to look at

    kinds = zxingcpp.BarcodeFormat
    view = zxingcpp.ImageView(
        pixmap.samples_mv, pixmap.width, pixmap.height, zxingcpp.ImageFormat.Lum, pixmap.stride
    )
    found = zxingcpp.read_barcodes(
        view, formats=(kinds.QRCode, kinds.MicroQRCode, kinds.DataMatrix, kinds.Aztec)
    )
    return list(dict.fromkeys(one.text for one in found[:MAX_CODES] if one.text.strip()))
