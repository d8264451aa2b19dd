"""Written out and read again, marks are the same: in a PDF, in XFDF, on every kind of page."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from made_marks import NAMES, answering, as_found, is_same, sheets_of_marks
from made_papers import FORMS, LARGE_UNITS, Form, make_paper
from msgspec.structs import replace

from meetingroom.documents.annotations import write_annotated_pdf
from meetingroom.documents.importing import blobs_named, read_marks
from meetingroom.documents.xfdf import write_xfdf
from meetingroom.domain.geometry import InkPoint, Point
from meetingroom.domain.marks import Ink, Mark, Note

EVERY_FORM = [*FORMS, *LARGE_UNITS, Form(270, is_cropped=True, origin=30, unit=2.0)]
WRITERS = {"pdf": write_annotated_pdf, "xfdf": write_xfdf}
DOT = Mark(
    id="mark-dot", author="person-1", paper="paper-1", blob="b" * 64, page=0, text="",
    shape=Ink(strokes=((InkPoint(10, 20, 0.7),), (InkPoint(5, 5), InkPoint(5, 5)))),
    at="2026-03-02T08:15:00.000Z", colour="pen",
)  # fmt: skip


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[Form, Path]:
    """One paper of every form."""
    folder = tmp_path_factory.mktemp("papers")
    return {
        form: make_paper(folder / f"{number}.pdf", form) for number, form in enumerate(EVERY_FORM)
    }


@pytest.mark.parametrize("ending", WRITERS)
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(form=Form(), marks=[DOT])
@example(form=Form(), marks=[replace(DOT, text="À¡ Ã©")])
@given(form=st.sampled_from(EVERY_FORM), marks=sheets_of_marks)
def test_what_is_written_out_is_read_as_it_was(
    papers: dict[Form, Path], tmp_path: Path, ending: str, form: Form, marks: list[Mark]
) -> None:
    paper, target, answered = papers[form], tmp_path / f"marked.{ending}", answering(marks)
    assert WRITERS[ending](paper, target, answered, NAMES) == len(marks)
    found = read_marks(target, paper)
    wanted = [as_found(mark) for mark in answered]
    assert found.left_out == ()
    assert len(found.marks) == len(wanted)
    for one, other in zip(found.marks, wanted, strict=True):
        assert is_same(one, other), (one, other)


@pytest.mark.parametrize("ending", WRITERS)
def test_an_export_names_the_version_its_marks_are_on(tmp_path: Path, ending: str) -> None:
    paper = make_paper(tmp_path / "paper.pdf", Form())
    target = tmp_path / f"marked.{ending}"
    WRITERS[ending](paper, target, [DOT], NAMES)
    assert blobs_named(target) == ("b" * 64,)


def test_what_lies_beside_the_page_makes_the_copy_wider_and_keeps_its_place(tmp_path: Path) -> None:
    paper = make_paper(tmp_path / "paper.pdf", Form(90, is_cropped=True, origin=30))
    beside = Mark(
        id="mark-1", author="person-1", paper="paper-1", blob="b" * 64, page=0, text="bên lề",
        shape=Note(at=Point(600, 90)), at="2026-03-02T08:15:00.000Z",
    )  # fmt: skip
    target = tmp_path / "marked.pdf"
    write_annotated_pdf(paper, target, [beside], NAMES)
    from meetingroom.documents.pdfium import PdfiumPaper

    wide, as_it_was = (PdfiumPaper(one).shape().pages[0] for one in (target, paper))
    assert wide.width == pytest.approx(620, abs=1)
    assert wide.height == as_it_was.height
    assert [mark.shape for mark in read_marks(target, paper).marks] == [beside.shape]
