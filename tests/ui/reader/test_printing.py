"""Printing a paper into a PDF file: drawn by real workers, with marks or without."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pymupdf
import pytest
from one_desk import ME, MEETING, OneDesk
from PySide6.QtWidgets import QFileDialog

from meetingroom.documents.crew import Crew
from meetingroom.domain.facts import PaperPut
from meetingroom.domain.geometry import Point, Quad, Rect
from meetingroom.domain.handling import allowed
from meetingroom.domain.marks import Box, Note, TextMark
from meetingroom.domain.meeting import Paper
from meetingroom.services.marking import Content
from meetingroom.ui.reader.print_dialog import PrintChoice, PrintDialog, pages_of
from meetingroom.ui.reader.printing import Printing
from meetingroom.wording import choose_language

BLUE, TEXT = (191, 217, 250), "Bao cao trang"


@pytest.fixture
def crew():
    made = Crew()
    yield made
    made.close()


def put_paper(desk: OneDesk, folder: Path, **more: object) -> Paper:
    """A real paper of five pages, the last one wide."""
    file = folder / "real.pdf"
    with pymupdf.open() as document:
        for number in range(5):
            size = (842, 595) if number == 4 else (595, 842)
            page = document.new_page(width=size[0], height=size[1])
            page.insert_text((80, 200), f"{TEXT} {number + 1}", fontsize=30)
        document.save(file)
    blob, size = desk.blobs.keep_file(file)
    fact = PaperPut(
        paper="paper-real", item="item-1", place=5, title="Thật", file_name="real.pdf",
        blob=blob, size=size, pages=5,
    )  # fmt: skip
    desk.write(msgspec.structs.replace(fact, **more))
    return desk.desk.meeting(MEETING).papers["paper-real"]


@pytest.fixture
def printing(desk: OneDesk, crew, theme, qtbot, tmp_path, monkeypatch):
    """Printing for the desk's window; `said` has what the info bar is told."""
    choose_language("en")
    from PySide6.QtWidgets import QWidget

    room = QWidget()
    qtbot.addWidget(room)
    desk.context = replace(desk.context, pages=crew)
    made = Printing(desk.context, room)
    made.said = []
    made.told.connect(lambda *what: made.said.append(what))
    target = staticmethod(lambda *_: (str(tmp_path / "out.pdf"), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", target)
    yield made
    if made.run is not None:
        made.run.stop()
        made.run.wait(30)


def mark(desk: OneDesk, paper: Paper, shape, text: str = "") -> None:
    content = Content(shape=shape, text=text, colour="blue")
    spot = (paper.paper, paper.current.blob, 1)
    desk.context.marking.put(MEETING, *spot, content).result()


def printed(printing, desk, paper: Paper, choice: PrintChoice, qtbot, tmp_path) -> pymupdf.Document:
    meeting = desk.desk.meeting(MEETING)
    marks = meeting.marks_on(paper.current.blob) if choice.has_marks else []
    printing.print(paper, paper.current.blob, choice, marks)
    qtbot.waitUntil(lambda: printing.run is None, timeout=60_000)
    return pymupdf.open(tmp_path / "out.pdf")


def picture(document: pymupdf.Document, page: int) -> pymupdf.Pixmap:
    return document[page].get_pixmap(dpi=72)


def has_ink(pixmap: pymupdf.Pixmap, box: tuple[int, int, int, int]) -> bool:
    rows = (pixmap.pixel(x, y) for x in range(box[0], box[2]) for y in range(box[1], box[3]))
    return any(min(pixel) < 120 for pixel in rows)


def test_chosen_pages_are_printed_each_on_its_sheet(printing, desk, qtbot, tmp_path) -> None:
    paper = put_paper(desk, tmp_path)
    document = printed(
        printing, desk, paper, PrintChoice(printer="", pages=(1, 4)), qtbot, tmp_path
    )
    sheets = [(round(page.rect.width), round(page.rect.height)) for page in document]
    assert [wide > high for wide, high in sheets] == [False, True]
    assert has_ink(picture(document, 0), (80, 175, 300, 205))
    assert printing.said[-1][:2] == ("good", "2 pages went to the printer.")


def test_marks_are_printed_where_they_stand_and_their_words_at_the_end(
    printing, desk, qtbot, tmp_path
) -> None:
    paper = put_paper(desk, tmp_path)
    mark(desk, paper, TextMark(quads=(Quad.of(Rect(80, 170, 300, 206)),)))
    mark(desk, paper, Box(box=Rect(100, 400, 300, 500), width=4))
    mark(desk, paper, Note(at=Point(400, 300)), "số liệu lấy ở đâu?")
    choice = PrintChoice(printer="", pages=(0, 1), has_marks=True)
    document = printed(printing, desk, paper, choice, qtbot, tmp_path)
    assert len(document) == 3
    marked = picture(document, 1)
    assert all(abs(a - b) < 12 for a, b in zip(marked.pixel(290, 172), BLUE, strict=True))
    assert has_ink(marked, (80, 175, 300, 205))  # the words shine through the wash
    assert has_ink(marked, (98, 399, 103, 500))
    assert has_ink(picture(document, 2), (50, 50, 400, 90))


def test_a_paper_for_internal_use_says_so_on_every_sheet(printing, desk, qtbot, tmp_path) -> None:
    plain, internal = put_paper(desk, tmp_path), None
    choice = PrintChoice(printer="", pages=(0,))
    foot = (100, 815, 500, 842)
    assert not has_ink(picture(printed(printing, desk, plain, choice, qtbot, tmp_path), 0), foot)
    internal = put_paper(desk, tmp_path, handling="internal")
    assert has_ink(picture(printed(printing, desk, internal, choice, qtbot, tmp_path), 0), foot)


def test_it_is_stopped_when_somebody_says_so(printing, desk, qtbot, tmp_path) -> None:
    paper = put_paper(desk, tmp_path)
    printing.print(paper, paper.current.blob, PrintChoice(printer="", pages=(0, 1, 2, 3)), [])
    printing.stop()
    qtbot.waitUntil(lambda: printing.run is None, timeout=60_000)
    assert printing.said[-1][1] == "Printing was stopped."
    assert not (tmp_path / "out.pdf").exists()


def test_turning_pages_meanwhile_takes_no_page_away(printing, desk, crew, qtbot, tmp_path) -> None:
    paper = put_paper(desk, tmp_path)
    printing.print(paper, paper.current.blob, PrintChoice(printer="", pages=(0, 1, 2)), [])
    qtbot.waitUntil(lambda: crew.forget_except([]) or printing.run is None, timeout=60_000)
    assert printing.said[-1][1] == "3 pages went to the printer."


def test_a_paper_to_be_handed_back_is_not_printed_and_says_why(printing, desk, tmp_path) -> None:
    paper = put_paper(desk, tmp_path, handling="return,urgent")
    printing.ask(desk.desk.meeting(MEETING), paper, paper.current.blob, 0)
    assert "return after reading" in printing.said[-1][1]
    assert printing.parent().findChildren(PrintDialog) == []


@pytest.mark.parametrize(
    ("handling", "audience", "prints", "copies"),
    [("", ("everyone",), True, True), ("urgent,flash", ("everyone",), True, True),
     ("internal", ("everyone",), True, False), ("", (ME,), True, False),
     ("internal,return", (ME,), False, False)],
)  # fmt: skip
def test_what_a_handling_mark_allows(handling, audience, prints, copies) -> None:
    paper = Paper(paper="p", item="i", place=0, title="", audience=audience, handling=handling)
    may = allowed(paper)
    assert (may.prints, may.copies) == (prints, copies)
    assert bool(may.reason) == (not copies)


@pytest.mark.parametrize(
    ("text", "pages"),
    [("1-3, 7", (0, 1, 2, 6)), ("9-", (8, 9)), ("-2", (0, 1)), ("2,2,1", (1, 0)), ("5–6", (4, 5)),
     ("8-99", (7, 8, 9)), ("", ()), ("x", ()), ("3-1", ()), ("-", ()), ("0", ()), ("11", ())],
)  # fmt: skip
def test_pages_as_people_write_them(text: str, pages: tuple[int, ...]) -> None:
    assert pages_of(text, 10) == pages
