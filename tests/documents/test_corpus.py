"""Every paper of the corpus, hostile ones too: it is read, or one sentence says why not."""

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from meetingroom.documents.crew import Crew
from meetingroom.domain.errors import PaperError
from meetingroom.domain.paper import STEPS_PER_POINT, Drawing, PaperShape
from meetingroom.sentences import sentence_of

ROOMS = ("annotated", "hostile", "large", "ok", "scanned", "signed", "vietnamese")
SECONDS = 100  # more than the crew itself gives any wish


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    """One crew for all: a paper that takes its worker takes nothing from the others."""
    made = Crew(workers=2)
    yield made
    made.close()


def answer(wish: "Future[Any]") -> Any:
    """The answer, or None where one sentence says why there is none."""
    refused = wish.exception(SECONDS)
    if refused is None:
        return wish.result()
    assert isinstance(refused, PaperError), refused
    assert sentence_of(refused) and refused.code not in sentence_of(refused)
    return None


def some_pages(count: int, most: int) -> list[int]:
    """So many pages, spread over the paper, with the first and the last."""
    return sorted({round(number * (count - 1) / max(1, most - 1)) for number in range(most)})


def read_page(crew: Crew, blob: str, page: int) -> bool:
    """Whether a page could be drawn; its words and links are asked for too."""
    wishes = [crew.words(blob, page), crew.links(blob, page)]
    pixels = answer(crew.draw(Drawing(blob=blob, page=page, step=STEPS_PER_POINT)))
    for wish in wishes:
        answer(wish)
    if pixels is not None:
        pixels.release()
    return pixels is not None


def read_room(crew: Crew, corpus: Path, room: str, most: int) -> dict[str, list[bool]]:
    """What could be drawn of each paper of a room that opened at all."""
    drawn: dict[str, list[bool]] = {}
    for path in sorted((corpus / "pdf" / room).glob("*.pdf")):
        shape: PaperShape | None = answer(crew.open(path.name, path))
        if shape is not None:
            pages = some_pages(len(shape.pages), most)
            drawn[path.name] = [read_page(crew, path.name, page) for page in pages]
            answer(crew.annotations(path.name))
    return drawn


@pytest.mark.parametrize("room", ROOMS)
def test_every_paper_is_read_or_one_sentence_says_why_not(
    crew: Crew, corpus: Path, room: str
) -> None:
    drawn = read_room(crew, corpus, room, most=3)
    assert drawn
    if room != "hostile":
        assert [name for name, pages in drawn.items() if not all(pages)] == []


def test_most_of_the_hostile_papers_can_be_read_all_the_same(crew: Crew, corpus: Path) -> None:
    drawn = read_room(crew, corpus, "hostile", most=1)
    assert sum(any(pages) for pages in drawn.values()) > 50


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("room", ROOMS)
def test_every_page_of_every_paper(crew: Crew, corpus: Path, room: str) -> None:
    assert read_room(crew, corpus, room, most=400)


def test_a_page_that_takes_too_long_is_given_up_and_the_rest_stays_readable(
    crew: Crew, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meetingroom.documents import crew as crew_room

    slow, quick = corpus / "pdf" / "hostile" / "ocrmypdf_hugemono.pdf", "pdfium_js.pdf"
    assert answer(crew.open("slow", slow)) is not None
    assert answer(crew.open("quick", corpus / "pdf" / "hostile" / quick)) is not None
    wish = Drawing(blob="slow", page=0, step=STEPS_PER_POINT // 2)
    with monkeypatch.context() as patch:
        patch.setitem(crew_room.SECONDS, "draw", 0.0)
        with pytest.raises(PaperError, match=r"paper\.timeout"):
            crew.draw(wish).result(SECONDS)
    with pytest.raises(PaperError, match=r"paper\.page_failed"):
        crew.draw(wish).result(SECONDS)
    assert read_page(crew, "quick", 0)
