"""Papers with a password: asked for, reached to every worker and job, written nowhere."""

import logging
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bad_papers import LOCKED, write_good

from meetingroom.documents.crew import Crew
from meetingroom.domain.errors import PaperError
from meetingroom.domain.paper import STEPS_PER_POINT, Drawing
from meetingroom.sentences import sentence_of

SECRET = "mở-cửa-nhé"
PROTECTED = (  # file, password
    ("arturt_encrypted", "kanbanery"),
    ("pdfbox_PasswordSample-128bit", "user"),
    ("pdfium_encrypted", "5678"),
    ("pdfium_encrypted_hello_world_r3", "hôtel"),
    ("pdfjs_bug1782186", "Hello"),
    ("pdfjs_issue3371", "ELXRTQWS"),
    ("pdfjs_issue6010_1", "abc"),
    ("pdfjs_pr6531_2", "asdfasdf"),
    ("pikepdf_graph-encrypted", "user"),
    ("pypdf_libreoffice-writer-password", "openpassword"),
    ("qpdf_20-pages", "user"),
    ("qpdf_c-r5-in", "user3"),
    ("qpdf_enc-R2_V1_U=view_O=master", "view"),
    ("qpdf_enc-R3_V2_U=view_O=view", "view"),
)


@pytest.fixture
def crew() -> Iterator[Crew]:
    """A crew of one worker."""
    made = Crew(workers=1)
    yield made
    made.close()


def refusal(crew: Crew, path: Path, password: str) -> str:
    with pytest.raises(PaperError) as met:
        crew.open("a", path, password).result(30)
    assert met.value.code not in sentence_of(met.value)
    return met.value.code


@pytest.mark.parametrize(("name", "password"), PROTECTED)
def test_a_protected_paper_asks_refuses_a_wrong_password_and_opens_with_the_right_one(
    crew: Crew, corpus: Path, name: str, password: str
) -> None:
    paths = [*(corpus / "pdf" / "ok").glob("*.pdf")]
    path = next(one for one in paths if one.stem.replace(",", "_") == name.replace(",", "_"))
    assert refusal(crew, path, "") == "paper.encrypted"
    assert refusal(crew, path, password + "?") == "paper.password_wrong"
    shape = crew.open("a", path, password).result(30)
    pixels = crew.draw(Drawing(blob="a", page=0, step=STEPS_PER_POINT)).result(30)
    pixels.release()
    crew.words("a", len(shape.pages) - 1).result(30)
    crew.links("a", 0).result(30)
    crew.annotations("a").result(30)


def test_a_new_worker_opens_the_paper_too(
    crew: Crew, tmp_path: Path, until: Callable[..., None]
) -> None:
    path = write_good(tmp_path / "a.pdf", "Kín", user_pw=SECRET, **LOCKED)
    crew.open("a", path, SECRET).result(30)
    until(lambda: crew.workers)
    for pid in crew.workers:
        os.kill(pid, signal.SIGKILL)
    assert [word.text for word in crew.words("a", 0).result(30)] == ["Kín"]
    crew.draw(Drawing(blob="a", page=0, step=STEPS_PER_POINT)).result(30).release()


def test_a_paper_once_open_stays_open_whatever_is_typed_later(crew: Crew, tmp_path: Path) -> None:
    path = write_good(tmp_path / "a.pdf", "Kín", user_pw=SECRET, **LOCKED)
    shape = crew.open("a", path, SECRET).result(30)
    assert crew.open("a", path, "sai").result(30) == shape
    assert crew.words("a", 0).result(30)


def test_a_password_stands_in_no_log_and_on_no_command_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, until: Callable[..., None]
) -> None:
    caplog.set_level(logging.DEBUG)
    path = write_good(tmp_path / "a.pdf", user_pw=SECRET, **LOCKED)
    crew = Crew(workers=1)
    refused = crew.open("a", path, SECRET + "x").exception(30)
    crew.open("a", path, SECRET).result(30)
    until(lambda: crew.workers)
    lines = [Path(f"/proc/{pid}/cmdline") for pid in crew.workers]
    told = "".join(line.read_text(errors="replace") for line in lines if line.exists())
    crew.close()
    assert SECRET not in told + caplog.text + str(refused) + repr(refused)
