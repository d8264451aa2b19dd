"""A PDF of a letter that came as a picture or as text, to look at and to keep as a paper.

Runs in a worker: what is read here comes from outside.
"""

import html
from pathlib import Path

import pymupdf

from meetingroom.documents.engine import MAX_FILE
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.domain.errors import PaperError
from meetingroom.resources import resource

WIDTH, HEIGHT, MARGIN = 595, 842, 24  # points: A4
TEXT_MARGIN = 56
MOST_PAGES, MOST_LETTERS = 60, 400_000
FONT = "BeVietnamPro_400Regular.ttf"
CSS = f"""
@font-face {{ font-family: letter; src: url({FONT}); }}
* {{ font-family: letter; font-size: 12px; line-height: 1.5; }}
"""
TEXTS = {".txt", ".htm", ".html"}


def make_pdf(source: Path, target: Path) -> None:
    """Raises PaperError: paper.missing, .unreadable, .empty, .huge, .damaged."""
    try:
        size = source.stat().st_size
    except FileNotFoundError as error:
        raise PaperError("paper.missing", file=source.name) from error
    except OSError as error:
        raise PaperError("paper.unreadable", file=source.name) from error
    if size == 0 or size > MAX_FILE:
        raise PaperError("paper.empty" if size == 0 else "paper.huge", file=source.name)
    try:
        is_text = source.suffix.lower() in TEXTS
        _of_text(source, target) if is_text else _of_picture(source, target)
    except FILE_AT_FAULT as error:
        raise PaperError("paper.damaged", file=source.name) from error


def _of_picture(source: Path, target: Path) -> None:
    """Each picture as large as an A4 page lets it."""
    with pymupdf.open(source) as pictures, pymupdf.open() as made:
        if pictures.page_count == 0:
            raise PaperError("paper.no_pages", file=source.name)
        with pymupdf.open("pdf", pictures.convert_to_pdf(to_page=MOST_PAGES - 1)) as pages:
            for number, page in enumerate(pages):
                wide = page.rect.width > page.rect.height
                width, height = (HEIGHT, WIDTH) if wide else (WIDTH, HEIGHT)
                box = pymupdf.Rect(MARGIN, MARGIN, width - MARGIN, height - MARGIN)
                made.new_page(width=width, height=height).show_pdf_page(box, pages, number)
        made.save(target, deflate=True)


def _of_text(source: Path, target: Path) -> None:
    words = _decoded(source.read_bytes())[:MOST_LETTERS]
    if source.suffix.lower() == ".txt":
        lines = (f"<p>{html.escape(line) or '&nbsp;'}</p>" for line in words.splitlines())
        words = "".join(lines)
    archive = pymupdf.Archive(str(resource("fonts")))
    story = pymupdf.Story(html=words, user_css=CSS, archive=archive)
    box = pymupdf.Rect(TEXT_MARGIN, TEXT_MARGIN, WIDTH - TEXT_MARGIN, HEIGHT - TEXT_MARGIN)
    writer = pymupdf.DocumentWriter(str(target))
    for _page in range(MOST_PAGES):
        device = writer.begin_page(pymupdf.Rect(0, 0, WIDTH, HEIGHT))
        goes_on, _filled = story.place(box)
        story.draw(device)
        writer.end_page()
        if not goes_on:
            break
    writer.close()


def _decoded(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1258", "replace")
