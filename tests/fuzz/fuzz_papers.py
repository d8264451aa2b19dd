"""Fuzzes the reading of papers: `python tests/fuzz/fuzz_papers.py --seconds 60 --seed N`.

Takes PDFs (the corpus where there is one, else the sample's), changes them, and has the crew
look at, open, draw (by either engine), read, list and export them. Fails on a wish that is
never answered, on a bug in a worker, on a worker that dies too often to be chance, and on an
error without a sentence. Prints its seed; the files that failed are kept in --keep.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoAnswerError
from pathlib import Path
from typing import Any

from meetingroom.documents import crew as crew_room
from meetingroom.documents.crew import Crew
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import InkPoint, Point, Quad, Rect
from meetingroom.domain.marks import FreeText, Ink, Mark, Note, TextMark
from meetingroom.domain.paper import STEPS_PER_POINT, Drawing
from meetingroom.sentences import sentence_of

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 400_000  # bytes: small files are tried more often
ANSWER_SECONDS = 90.0
TOKENS = (
    b"/Type", b"/Page", b"/Pages", b"/Kids", b"/Count", b"/Length", b"/Filter", b"/FlateDecode",
    b"/DCTDecode", b"/JPXDecode", b"/JBIG2Decode", b"/LZWDecode", b"/MediaBox", b"/CropBox",
    b"/Rotate", b"/UserUnit", b"/Annots", b"/Contents", b"/Resources", b"/Font", b"/XObject",
    b"/Parent", b"/Root", b"/Encrypt", b"/Outlines", b"/Dest", b"/W", b"/Width", b"/Height",
    b"stream", b"endstream", b"endobj", b"xref", b"trailer", b"startxref", b"obj", b"null",
    b"0 R", b"<<", b">>", b"[", b"]", b"-1", b"0", b"65535", b"2147483647", b"99999999999",
    b"1e38", b"nan", b"(", b")",
)  # fmt: skip


class Fuzz:
    """One run: papers in, changed papers through a crew."""

    def __init__(self, sources: list[Path], seed: int, work: Path, keep: Path) -> None:
        self._sources, self._work, self._keep = sources, work, keep
        self._dice = random.Random(seed)  # noqa: S311 - no secrets here
        self._crew = Crew(workers=2)
        self.met: Counter[str] = Counter()
        self.failures: list[str] = []

    def run(self, seconds: float) -> int:
        """Papers tried until the time is over."""
        end, number = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            number += 1
            source = self._dice.choice(self._sources)
            paper = self._work / f"{number}.pdf"
            paper.write_bytes(self._changed(source.read_bytes()))
            problems = self._try(paper, str(number))
            if problems:
                kept = self._keep / f"{number}-{source.name}"
                self._keep.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(paper, kept)
                self.failures += [f"{kept.name}: {problem}" for problem in problems]
            paper.unlink()
        return number

    def close(self) -> None:
        self._crew.close()

    # --- changing -------------------------------------------------------------------------

    def _changed(self, content: bytes) -> bytes:
        changed = bytearray(content)
        for _ in range(self._dice.choice((1, 1, 2, 4, 16))):
            if changed:
                self._dice.choice(
                    (self._flip, self._flip, self._swap_token, self._swap_token, self._number,
                     self._cut, self._double, self._join)
                )(changed)  # fmt: skip
        return bytes(changed)

    def _place(self, content: bytearray) -> int:
        return self._dice.randrange(len(content))

    def _flip(self, content: bytearray) -> None:
        for _ in range(self._dice.choice((1, 3, 30))):
            content[self._place(content)] = self._dice.randrange(256)

    def _swap_token(self, content: bytearray) -> None:
        place = content.find(self._dice.choice(TOKENS), self._place(content))
        if place >= 0:
            content[place : place + self._dice.randrange(1, 8)] = self._dice.choice(TOKENS)

    def _number(self, content: bytearray) -> None:
        place = self._place(content)
        while place < len(content) and not chr(content[place]).isdigit():
            place += 1
        end = place
        while end < len(content) and chr(content[end]).isdigit():
            end += 1
        values = (b"0", b"-1", b"1", b"999999", b"4294967296", b"0.00001", b"1e30")
        content[place:end] = self._dice.choice(values)

    def _cut(self, content: bytearray) -> None:
        place = self._place(content)
        del content[place : place + self._dice.choice((1, 20, 2000, len(content)))]

    def _double(self, content: bytearray) -> None:
        place = self._place(content)
        piece = content[place : place + self._dice.choice((10, 500, 5000))]
        to = self._place(content)
        content[to:to] = piece

    def _join(self, content: bytearray) -> None:
        other = self._dice.choice(self._sources).read_bytes()
        place = self._place(content)
        content[place : place + 3000] = other[self._dice.randrange(len(other) or 1) :][:3000]

    # --- trying ---------------------------------------------------------------------------

    def _try(self, paper: Path, blob: str) -> list[str]:
        problems: list[str] = []
        crew, picture = self._crew, self._work / "page.png"
        seen = self._answer(problems, "inspect", lambda: crew.inspect_one(paper, picture))
        if seen is not None:
            self.met[seen.problem or "read"] += 1
        picture.unlink(missing_ok=True)
        shape = self._answer(problems, "open", lambda: crew.open(blob, paper))
        for page in self._some_pages(len(shape.pages) if shape is not None else 0):
            step = self._dice.choice((8, STEPS_PER_POINT, 2 * STEPS_PER_POINT))
            self._draw(problems, Drawing(blob=blob, page=page, step=step), paper)
            self._answer(problems, "words", lambda page=page: crew.words(blob, page))
            self._answer(problems, "links", lambda page=page: crew.links(blob, page))
        if shape is not None:
            self._answer(problems, "annotations", lambda: crew.annotations(blob))
        self._export(problems, paper)
        return problems

    def _draw(self, problems: list[str], wish: Drawing, paper: Path) -> None:
        """By the engine chosen for the page, then by the other, as if the first took too long."""
        culprit = ("draw", str(paper), wish.page)
        for name in ("draw", "draw by the other"):
            pixels = self._answer(problems, name, lambda: self._crew.draw(wish))
            if pixels is not None:
                pixels.release()
            self._crew._deadly.setdefault(culprit, 1)

    def _some_pages(self, count: int) -> list[int]:
        return sorted(self._dice.sample(range(count), min(2, count)))

    def _export(self, problems: list[str], paper: Path) -> None:
        marks, names = some_marks(), {"person-1": "Lý A Sùng"}
        for ending, write in (("pdf", self._crew.export_pdf), ("xfdf", self._crew.export_xfdf)):
            target = self._work / f"marked.{ending}"
            self._answer(
                problems,
                ending,
                lambda write=write, target=target: write(paper, target, marks, names),
            )
            target.unlink(missing_ok=True)

    def _answer(self, problems: list[str], what: str, ask: Callable[[], "Future[Any]"]) -> Any:
        """The answer, or None; what must never be is a problem."""
        try:
            return ask().result(ANSWER_SECONDS)
        except PaperError as error:
            self.met[f"{what}: {error.code}"] += 1
            if error.code in sentence_of(error):
                problems.append(f"{what}: no sentence for {error.code}")
        except NoAnswerError:
            problems.append(f"{what}: no answer")
        except Exception as error:
            # Of a worker's traceback: where it happened, and what.
            lines = [line for line in str(error).splitlines() if line.strip()]
            places = [line.strip() for line in lines if "meetingroom" in line][-1:]
            problems.append(f"{what}: {type(error).__name__}: {' '.join(places + lines[-1:])}")
        return None


def some_marks() -> list[Mark]:
    """One of each kind on the first pages."""
    shapes = (
        TextMark(quads=(Quad.of(Rect(50, 50, 150, 70)),)),
        Ink(strokes=((InkPoint(20, 20), InkPoint(90, 90)), (InkPoint(5, 5),))),
        Note(at=Point(100, 100)),
        FreeText(box=Rect(60, 200, 260, 260)),
    )
    return [
        Mark(
            id=f"mark-{number}", author="person-1", at="2026-03-02T08:00:00.000Z", blob="b",
            paper="p", page=number % 2, shape=shape, text="Đề nghị làm rõ",
        )
        for number, shape in enumerate(shapes)
    ]  # fmt: skip


def papers() -> list[Path]:
    """The corpus' small PDFs, or the sample's."""
    corpus = Path(os.environ.get("MEETINGROOM_CORPUS", ROOT.parent / "shared" / "corpus"))
    place = corpus / "pdf" if corpus.is_dir() else ROOT / "resources" / "sample"
    found = sorted(place.rglob("*.pdf"))
    return [file for file in found if 0 < file.stat().st_size < LARGEST] or found


def main() -> int:
    """0 where nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "fuzz-papers")
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    # A page that takes long is no failure; one that is never answered is.
    crew_room.SECONDS.update(draw=8.0, words=8.0, open=8.0, inspect=20.0, export_pdf=20.0)
    crew_room.SECONDS.update(links=8.0, annotations=25.0)
    with tempfile.TemporaryDirectory() as work:
        fuzz = Fuzz(papers(), given.seed, Path(work), given.keep)
        try:
            tried = fuzz.run(given.seconds)
        finally:
            fuzz.close()
    print(f"{tried} papers; met {dict(fuzz.met.most_common())}")
    for failure in fuzz.failures:
        print(failure)
    return 1 if fuzz.failures else 0


if __name__ == "__main__":
    sys.exit(main())
