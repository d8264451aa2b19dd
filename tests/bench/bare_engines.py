"""Both engines bare: open and draw, in place into memory used again, or as their own call does."""

import ctypes
import time
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pypdfium2
from pypdfium2 import raw

mupdf = pymupdf.mupdf


class BarePdfium:
    """A file open in PDFium."""

    def __init__(self, file: Path) -> None:
        self.document = pypdfium2.PdfDocument(file)

    def in_place(self, page: int, wide: int, buffer: bytearray) -> None:
        """Draw a whole page so many pixels wide into the buffer."""
        opened = self.document[page]
        width, height = opened.get_size()
        rows = round(height * wide / width)
        pixels = (ctypes.c_ubyte * (wide * rows * 4)).from_buffer(buffer)
        bitmap = raw.FPDFBitmap_CreateEx(wide, rows, raw.FPDFBitmap_BGRx, pixels, wide * 4)
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, rows, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(bitmap, opened, 0, 0, wide, rows, 0, raw.FPDF_ANNOT)
        raw.FPDFBitmap_Destroy(bitmap)

    def fresh(self, page: int, wide: int) -> None:
        """Draw as the engine's own call does, into memory made for it."""
        opened = self.document[page]
        opened.render(scale=wide / opened.get_width())

    def close(self) -> None:
        self.document.close()


class BareMupdf:
    """A file open in MuPDF; the outline is not read."""

    def __init__(self, file: Path) -> None:
        self.document = mupdf.fz_open_document(str(file))

    def in_place(self, page: int, wide: int, buffer: bytearray) -> None:
        """Draw a whole page so many pixels wide into the buffer."""
        opened = mupdf.fz_load_page(self.document, page)
        box = mupdf.fz_bound_page(opened)
        scale = wide / (box.x1 - box.x0)
        rows = round((box.y1 - box.y0) * scale)
        pixmap = mupdf.fz_new_pixmap_with_data(
            mupdf.FzColorspace(mupdf.FzColorspace.Fixed_RGB),
            wide, rows, mupdf.FzSeparations(), 1, wide * 4, mupdf.python_buffer_data(buffer),
        )  # fmt: skip
        mupdf.fz_clear_pixmap_with_value(pixmap, 255)
        device = mupdf.fz_new_draw_device(mupdf.FzMatrix(), pixmap)
        mupdf.fz_run_page(opened, device, mupdf.fz_scale(scale, scale), mupdf.FzCookie())
        mupdf.fz_close_device(device)

    def fresh(self, page: int, wide: int) -> None:
        """Draw as the engine's own call does, into memory made for it."""
        opened = mupdf.fz_load_page(self.document, page)
        box = mupdf.fz_bound_page(opened)
        scale = mupdf.fz_scale(wide / (box.x1 - box.x0), wide / (box.x1 - box.x0))
        rgb = mupdf.FzColorspace(mupdf.FzColorspace.Fixed_RGB)
        mupdf.fz_new_pixmap_from_page(opened, scale, rgb, 0)

    def close(self) -> None:
        mupdf.fz_empty_store()


BARE = {"pdfium": BarePdfium, "mupdf": BareMupdf}


def milliseconds(act: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000
