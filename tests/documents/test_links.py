"""Links of a page: where they lie as seen, where they lead, and how many may be."""

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from bad_papers import write_good
from made_papers import FORMS, LARGE_UNITS, Form, ink_within, make_paper, picture

from meetingroom.documents.crew import Crew
from meetingroom.documents.links import MAX_LINKS
from meetingroom.domain.paper import Link

WORD = (118, 544, 172, 572)  # user space: around the word that `make_paper` puts first


@pytest.fixture
def crew() -> Iterator[Crew]:
    """A crew of one worker."""
    made = Crew(workers=1)
    yield made
    made.close()


def with_links(path: Path, *links: str) -> Path:
    """The same paper with these links on its first page, each by its rectangle and target."""
    document = pymupdf.open(path)
    references = []
    for link in links:
        xref = document.get_new_xref()
        document.update_object(xref, f"<< /Type /Annot /Subtype /Link /Border [0 0 0] {link} >>")
        references.append(f"{xref} 0 R")
    document.xref_set_key(document[0].xref, "Annots", f"[{' '.join(references)}]")
    document.saveIncr()
    document.close()
    return path


def links_of(crew: Crew, path: Path) -> tuple[Link, ...]:
    crew.open("a", path).result(30)
    return crew.links("a", 0).result(30)


@pytest.mark.parametrize("form", [*FORMS, *LARGE_UNITS], ids=str)
def test_a_link_lies_on_its_word_and_leads_to_its_place(
    crew: Crew, tmp_path: Path, form: Form
) -> None:
    path = make_paper(tmp_path / "a.pdf", form, ("one",))
    xref = pymupdf.open(path)[0].xref
    rect = "[{} {} {} {}]".format(*WORD)
    link = f"/Rect {rect} /Dest [{xref} 0 R /XYZ {WORD[0]} {WORD[3]} null]"
    ink = ink_within(picture(path))
    (found,) = links_of(crew, with_links(path, link))
    assert ink is not None
    assert found.box.x0 <= ink.x0 + 1 and ink.x1 - 1 <= found.box.x1
    assert found.box.y0 <= ink.y0 + 1 and ink.y1 - 1 <= found.box.y1
    assert found.page == 0 and found.at is not None
    assert found.box.grown(0.1).contains(found.at.x, found.at.y)


def test_a_link_outside_carries_its_address(crew: Crew, tmp_path: Path) -> None:
    action = "/Rect [10 10 90 30] /A << /S /URI /URI (https://example.org/a?b=c) >>"
    (found,) = links_of(crew, with_links(write_good(tmp_path / "a.pdf"), action))
    assert (found.page, found.uri) == (None, "https://example.org/a?b=c")


@pytest.mark.parametrize(
    "action",
    [
        "<< /S /Launch /F (evil.exe) >>",
        "<< /S /URI /URI (file:///etc/passwd) >>",
        "<< /S /URI /URI (javascript:alert\\(1\\)) >>",
        "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
        "<< /S /GoTo /D [99 /Fit] >>",
        "<< /S /GoTo /D (nowhere) >>",
    ],
)
def test_a_link_that_would_start_something_or_leads_nowhere_is_none(
    crew: Crew, tmp_path: Path, action: str
) -> None:
    path = with_links(write_good(tmp_path / "a.pdf"), f"/Rect [10 10 90 30] /A {action}")
    assert links_of(crew, path) == ()


def test_a_page_full_of_links_is_listed_up_to_a_bound(crew: Crew, tmp_path: Path) -> None:
    path = write_good(tmp_path / "a.pdf", pages=2)
    second = pymupdf.open(path)[1].xref
    one = f"/Rect [10 10 90 30] /Dest [{second} 0 R /Fit]"
    found = links_of(crew, with_links(path, *[one] * (MAX_LINKS + 50)))
    assert len(found) == MAX_LINKS
    assert {link.page for link in found} == {1}


def test_the_table_of_contents_of_a_real_paper_leads_to_its_chapters(
    crew: Crew, corpus: Path
) -> None:
    crew.open("a", corpus / "pdf" / "large" / "pypdf_GeoTopo-komprimiert.pdf").result(30)
    pages = [link.page for page in range(4) for link in crew.links("a", page).result(30)]
    chapters = [page for page in pages if page is not None]
    assert len(chapters) > 10
    assert max(chapters) > 80
