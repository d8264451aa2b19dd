"""Whatever a worker is taken away from: its wish fails with a sentence, the crew goes on."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from bad_papers import write_good

from meetingroom.documents import crew as crew_room
from meetingroom.documents.crew import Crew
from meetingroom.domain.errors import PaperError
from meetingroom.domain.foreign_marks import PaperFile
from meetingroom.sentences import sentence, sentence_of

Wish = Callable[[Crew, Path], "Future[object]"]
WISHES: dict[str, Wish] = {
    "words": lambda crew, _file: crew.words("a", 0),
    "links": lambda crew, _file: crew.links("a", 0),
    "annotations": lambda crew, _file: crew.annotations("a"),
    "compare": lambda crew, file: crew.compare(file, file),
    "carry": lambda crew, file: crew.carry(file, file, []),
    "inspect": lambda crew, file: crew.inspect_one(file, None),
    "export_pdf": lambda crew, file: crew.export_pdf(file, file.with_name("x.pdf"), [], {}),
    "export_xfdf": lambda crew, file: crew.export_xfdf(file, file.with_name("x.xfdf"), [], {}),
    "find_marks": lambda crew, file: crew.find_marks(
        file, [PaperFile(blob="b", path=str(file), names=())], is_chosen=True
    ),
}


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Crew, Path]]:
    """A crew of one worker, with a paper open."""
    crew = Crew(workers=1)
    file = write_good(tmp_path_factory.mktemp("papers") / "a.pdf")
    crew.open("a", file).result(60)
    yield crew, file
    crew.close()


@pytest.mark.parametrize("name", WISHES)
def test_a_wish_that_takes_too_long_fails_with_a_sentence_and_the_next_is_done(
    ready: tuple[Crew, Path], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew, file = ready
    with monkeypatch.context() as patch:
        patch.setitem(crew_room.SECONDS, name, 0.0)
        with pytest.raises(PaperError, match=r"paper\.timeout") as met:
            WISHES[name](crew, file).result(60)
    assert file.name in sentence_of(met.value) != sentence("no such code")
    assert crew.words("a", 0).result(60)
