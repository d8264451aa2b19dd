"""Papers' words are read in a process apart: in chunks, off pictures, and past bad pages."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pymupdf
import pytest
from bad_papers import write_good

from meetingroom.documents import text_reader
from meetingroom.documents.scan_data import scan_data
from meetingroom.documents.text_reader import TextReader
from meetingroom.domain.errors import PaperError
from meetingroom.domain.search_ports import PageText

needs_scan_data = pytest.mark.skipif(scan_data() is None, reason="no Tesseract data for Vietnamese")


@pytest.fixture
def reader() -> Iterator[TextReader]:
    made = TextReader()
    yield made
    made.close()


def numbered(path: Path, pages: int) -> Path:
    with pymupdf.open() as document:
        for number in range(pages):
            document.new_page().insert_text((72, 72), f"page {number}")
        document.save(path)
    return path


def scanned(path: Path, source: Path, dpi: int = 200) -> Path:
    """Pictures of the pages of a paper, as a scanner makes them."""
    with pymupdf.open() as document, pymupdf.open(source) as original:
        for page in original:
            sheet = document.new_page(width=page.rect.width, height=page.rect.height)
            picture = page.get_pixmap(dpi=dpi).tobytes("jpeg")
            sheet.insert_image(sheet.rect, stream=picture)
        document.save(path)
    return path


def test_a_paper_is_read_in_chunks_up_to_its_end(reader: TextReader, tmp_path: Path):
    paper = numbered(tmp_path / "a.pdf", 5)
    texts = [reader.read(paper, first, 3).result(30) for first in (0, 3, 6)]
    assert [[one.text for one in chunk] for chunk in texts] == [
        ["page 0", "page 1", "page 2"], ["page 3", "page 4"], [],
    ]  # fmt: skip


def test_a_page_without_text_is_a_scan_only_with_a_picture(reader: TextReader, tmp_path: Path):
    with pymupdf.open() as document:
        document.new_page()
        document.save(tmp_path / "empty.pdf")
    scan = scanned(tmp_path / "scan.pdf", write_good(tmp_path / "good.pdf"), dpi=30)
    assert reader.read(tmp_path / "empty.pdf", 0, 9).result(30) == (PageText(""),)
    assert all(one.is_scan for one in reader.read(scan, 0, 9).result(30))


def test_a_file_that_is_no_paper_says_so(reader: TextReader, tmp_path: Path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(PaperError, match=r"paper\.damaged"):
        reader.read(tmp_path / "a.pdf", 0, 9).result(30)


def test_a_page_that_takes_too_long_is_left_out(
    reader: TextReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    paper, asked = numbered(tmp_path / "a.pdf", 3), []
    real = reader._ask

    def ask(name: str, arguments: tuple, seconds: float) -> object:
        """As if the second page hung its worker."""
        asked.append(arguments[1:])
        if arguments[1] <= 1 < arguments[1] + arguments[2]:
            raise PaperError("paper.timeout", file="a.pdf")
        return real(name, arguments, seconds)

    monkeypatch.setattr(reader, "_ask", ask)
    texts = reader.read(paper, 0, 3).result(30)
    assert [one.text for one in texts] == ["page 0", "", "page 2"]
    assert asked == [(0, 3), (0, 1), (1, 1), (2, 1)]


def test_it_reads_again_after_a_rest(reader: TextReader, tmp_path: Path):
    paper = numbered(tmp_path / "a.pdf", 1)
    first = reader.read(paper, 0, 1).result(30)
    reader.rest()
    assert reader.read(paper, 0, 1).result(30) == first


def test_closing_waits_for_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(text_reader, "SCAN_SECONDS", 3600)
    reader = TextReader()
    waiting = [reader.read(numbered(tmp_path / f"{n}.pdf", 1), 0, 1) for n in range(3)]
    reader.close()
    assert all(one.done() for one in waiting)


def middles(words: Iterable[tuple]) -> dict[str, pymupdf.Point]:
    """Words that stand once on a page, and where."""
    places = {}
    for x0, y0, x1, y1, text, *_ in words:
        places.setdefault(text, []).append(pymupdf.Point((x0 + x1) / 2, (y0 + y1) / 2))
    return {text: found[0] for text, found in places.items() if len(found) == 1}


@needs_scan_data
@pytest.mark.parametrize("turned", [0, 90])
def test_vietnamese_is_read_off_a_picture_where_it_is_seen(
    reader: TextReader, tmp_path: Path, sample: Path, turned: int
):
    with pymupdf.open(sorted((sample / "meeting").glob("*.pdf"))[1]) as source:
        written = middles(source[0].get_text("words"))
        rect, picture = source[0].rect, source[0].get_pixmap(dpi=150).tobytes("jpeg")
    with pymupdf.open() as document:
        sides = (rect.height, rect.width) if turned else (rect.width, rect.height)
        page = document.new_page(width=sides[0], height=sides[1])
        page.insert_image(page.rect, stream=picture, rotate=turned)
        page.set_rotation(turned)
        document.save(tmp_path / "scan.pdf")
    words = reader.scan(tmp_path / "scan.pdf", 0).result(100)
    boxes = [(word.quad.bounds(), word.text) for word in words]
    read = middles((box.x0, box.y0, box.x1, box.y1, text) for box, text in boxes)
    common = written.keys() & read.keys()
    assert len(common) > 0.8 * len(written)
    assert all(abs(read[word] - written[word]) < 6 for word in common)
