"""Scanned papers for the benchmarks: sample pages as a scanner of 300 dpi sees them."""

import io
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pymupdf
from figures import ROOT, SAMPLE
from PIL import Image, ImageChops

DPI = 300
KINDS = ("jpeg", "jpx", "jbig2")


def scanned_paper(target: Path, kind: str, pages: int, seal: int = 0) -> Path:
    """A paper of so many scanned pages, each its own picture; `kind` is one of KINDS."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with pymupdf.open() as document:
        for number, stream in zip(range(pages), _pictures(kind, seal), strict=False):
            _add(document, kind, number, stream)
        document.save(target)
    return target


def heavy_scan(target: Path, size: int, seal: int = 0) -> Path:
    """A paper of JPEG pages, together at least so many bytes."""
    streams = [next(_pictures("jpeg", seal + number)) for number in range(6)]
    with pymupdf.open() as document:
        total = number = 0
        while total < size:
            stream = streams[number % len(streams)]
            # Another remark in each, so that no two pages share a picture.
            remark = b"%d %d" % (seal, number)
            own = stream[:2] + b"\xff\xfe" + (len(remark) + 2).to_bytes(2, "big") + remark
            _add(document, "jpeg", number, own + stream[2:])
            total, number = total + len(stream), number + 1
        document.save(target)
    return target


def _pictures(kind: str, seal: int) -> Iterator[bytes]:
    if kind == "jbig2":
        yield from _from_corpus("JBIG2Decode")
        return
    dice = random.Random(seal)  # noqa: S311 - the grain of paper is no secret
    for sheet in _sheets():
        scan = _with_grain(sheet, dice)
        file = io.BytesIO()
        if kind == "jpeg":
            scan.save(file, "JPEG", quality=75, dpi=(DPI, DPI))
        else:
            scan.save(
                file, "JPEG2000", quality_mode="rates", quality_layers=[30], irreversible=True
            )
        yield file.getvalue()


def _sheets() -> Iterator[Image.Image]:
    """The sample papers' pages as sheets, again and again."""
    while True:
        for source in sorted((SAMPLE / "meeting").glob("*.pdf")):
            with pymupdf.open(source) as paper:
                for page in paper:
                    shown = page.get_pixmap(dpi=DPI)
                    yield Image.frombytes("RGB", (shown.width, shown.height), shown.samples)


def _with_grain(sheet: Image.Image, dice: random.Random) -> Image.Image:
    """Not quite white, not quite even, as paper under a lamp."""
    small = Image.effect_noise((sheet.width // 2, sheet.height // 2), 6 + dice.random())
    grain = small.resize(sheet.size).convert("RGB")
    return ImageChops.multiply(
        sheet, ImageChops.add(grain, Image.new("RGB", sheet.size, "#707070"))
    )


def _add(document: pymupdf.Document, kind: str, number: int, stream: bytes) -> None:
    if kind == "jbig2":
        with pymupdf.open("pdf", stream) as one:
            document.insert_pdf(one)
        return
    document.new_page(width=595, height=842)
    page = document[number]
    picture = page.insert_image(page.rect, stream=stream)
    document.xref_set_key(picture, "ColorSpace", "/DeviceRGB")  # as scanners write it


def _from_corpus(compression: str) -> Iterator[bytes]:
    """One-page papers of the corpus whose page is one picture packed like this."""
    place = Path(os.environ.get("MEETINGROOM_CORPUS", ROOT.parent / "shared" / "corpus"))
    found = []
    for file in sorted((place / "pdf" / "scanned").glob("*.pdf")):
        with pymupdf.open(file) as document:
            pictures = document[0].get_images()
            if pictures and all(picture[8] == compression for picture in pictures):
                found.append(file.read_bytes())
    while found:
        yield from found
