"""What was written on a paper elsewhere: listed with kind, place, author, words and time."""

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from made_papers import (
    FORMS,
    LARGE_UNITS,
    Form,
    changed_within,
    edges,
    make_paper,
    picture,
)

from meetingroom.documents.crew import Crew
from meetingroom.domain.paper import FileAnnotation


@pytest.fixture
def crew() -> Iterator[Crew]:
    """A crew of one worker."""
    made = Crew(workers=1)
    yield made
    made.close()


def annotations_of(crew: Crew, path: Path) -> tuple[FileAnnotation, ...]:
    crew.open(path.name, path).result(30)
    return crew.annotations(path.name).result(30)


def kinds(found: tuple[FileAnnotation, ...]) -> dict[str, int]:
    names = [one.kind for one in found]
    return {name: names.count(name) for name in names}


def test_author_words_and_time_are_those_of_the_file(crew: Crew, corpus: Path) -> None:
    path = corpus / "pdf" / "annotated" / "pdfjs_annotation-square-circle.pdf"
    box, circle = annotations_of(crew, path)
    assert (box.kind, box.author, box.text) == ("box", "Tim van der Meij", "Square content")
    assert (circle.kind, circle.page) == ("circle", 0)
    assert box.at == "2015-12-20T22:23:50.000Z"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pdfjs_issue13447", {"circle": 2, "box": 2, "note": 1, "line": 4, "polyline": 2,
                              "ink": 2, "highlight": 1, "strikeout": 2, "caret": 2}),
        ("pdfjs_quadpoints", {"underline": 1, "highlight": 1, "squiggly": 1, "strikeout": 1}),
        ("pdfjs_freetexts", {"text": 6}),
        ("pdfjs_stamps", {"stamp": 5}),
        ("pdfium_annotation_fileattachment", {"file": 1}),
    ],
)  # fmt: skip
def test_each_kind_in_a_real_paper_is_counted(
    crew: Crew, corpus: Path, name: str, expected: dict[str, int]
) -> None:
    assert kinds(annotations_of(crew, corpus / "pdf" / "annotated" / f"{name}.pdf")) == expected


def test_links_form_fields_and_pop_ups_are_nobodys_words(crew: Crew, corpus: Path) -> None:
    found = annotations_of(crew, corpus / "pdf" / "annotated" / "pdfium_annots.pdf")
    assert set(kinds(found)) == {"highlight", "box"}


def test_what_is_hidden_is_not_listed(crew: Crew, tmp_path: Path) -> None:
    path = make_paper(tmp_path / "a.pdf", Form())
    with pymupdf.open(path) as document:
        for flags in (0, pymupdf.PDF_ANNOT_IS_HIDDEN, pymupdf.PDF_ANNOT_IS_NO_VIEW):
            note = document[0].add_text_annot((90, 90), "Ý kiến")
            note.set_flags(flags)
            note.update()
        document.saveIncr()
    assert [one.text for one in annotations_of(crew, path)] == ["Ý kiến"]


@pytest.mark.parametrize("form", [*FORMS, *LARGE_UNITS], ids=str)
def test_the_box_lies_where_the_page_shows_the_annotation(
    crew: Crew, tmp_path: Path, form: Form
) -> None:
    path = make_paper(tmp_path / "a.pdf", form, ())
    before = picture(path)
    with pymupdf.open(path) as document:
        page = document[0]
        inside = pymupdf.Rect(100, 150, 260, 240) * page.derotation_matrix
        page.add_rect_annot(inside.normalize()).update()
        document.saveIncr()
    (found,) = annotations_of(crew, path)
    shown = changed_within(before, picture(path))
    assert shown is not None
    assert max(edges(shown, found.box)) < 3


def test_a_damaged_page_has_none_and_the_others_are_listed(crew: Crew, corpus: Path) -> None:
    path = corpus / "pdf" / "hostile" / "pyhanko_circular-page-tree.pdf"
    assert annotations_of(crew, path) == ()
