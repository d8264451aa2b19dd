"""Carrying 1,000 marks to a new version of a 200-page paper: seconds, and how often it is right.

The papers are set here, word by word, so that it is known where every word went. For each
kind of change: precision (of the marks said to be certain, how many stand right), recall (of
those whose words are all still there, how many stand right and are said to be certain), and
how many of the others are offered at the right place.

    python tests/bench/carry_marks.py [--json FILE]
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pymupdf
from figures import SAMPLE, hand_in, row

from meetingroom.documents.crew import Crew
from meetingroom.documents.paper_text import PaperText, open_document, read_text
from meetingroom.domain.geometry import InkPoint, Point, Rect
from meetingroom.domain.marks import Box, FreeText, Ink, Mark, Note, Placement, TextMark, bounds

PAGES, MARKS = 200, 1000
FONT = SAMPLE.parent / "fonts" / "BeVietnamPro_400Regular.ttf"
CERTAIN = ("exact", "words")
NEAR = 4.0  # points a mark may stand from where it belongs
LINE = 18.0  # points: notes and texts belong to a line, or the one below
Word = tuple[int, str]  # number, -1 for what no other version has; letters
Paragraph = list[Word]


@dataclass
class Layout:
    """How a version is set: characters a line, lines a page."""

    width: int = 84
    lines: int = 42


@dataclass
class Version:
    """A version's file and the number of each of its words, in reading order."""

    file: Path
    numbers: list[int]
    text: PaperText


def vocabulary() -> list[str]:
    """Words as the sample papers have them, so often as they do."""
    words: list[str] = []
    for file in sorted((SAMPLE / "meeting").glob("*.pdf")):
        with pymupdf.open(file) as document:
            words += [word[4] for page in document for word in page.get_text("words")]
    return words


def paragraphs(rnd: random.Random) -> list[Paragraph]:
    """Text for the pages: sentences of usual words, some that come again and again, tables."""
    words = vocabulary()
    again = [rnd.sample(words, 12) for _ in range(12)]
    made: list[Paragraph] = []
    number = count = 0
    while count < PAGES * 42 * 14:
        kind = rnd.random()
        if kind < 0.1:
            letters = rnd.choice(again)
        elif kind < 0.25:  # a row of a table
            letters = [str(rnd.randrange(1, 40)), rnd.choice(words), str(rnd.randrange(9999))]
        else:
            letters = rnd.choices(words, k=rnd.randrange(20, 90))
        made.append([(number + n, word) for n, word in enumerate(letters)])
        number, count = number + len(letters), count + len(letters) + 6
    return made


def set_pages(text: Sequence[Paragraph], layout: Layout) -> list[list[list[Word]]]:
    """Paragraphs as pages of lines."""
    lines: list[list[Word]] = []
    for paragraph in text:
        line: list[Word] = []
        for word in paragraph:
            if sum(len(w[1]) + 1 for w in line) + len(word[1]) > layout.width:
                lines.append(line)
                line = []
            line.append(word)
        lines += [line, []]
    return [lines[at : at + layout.lines] for at in range(0, len(lines), layout.lines)]


def write(file: Path, pages: Sequence[list[list[Word]]]) -> Version:
    """Set the pages; the words are read back as the program reads them."""
    document, font = pymupdf.open(), pymupdf.Font(fontfile=str(FONT))
    numbers: list[int] = []
    for at, lines in enumerate(pages):
        page = document.new_page(width=595, height=842)
        writer = pymupdf.TextWriter(page.rect)
        writer.append((290, 40), str(at + 1), font=font, fontsize=10)
        numbers.append(-1)
        for down, line in enumerate(lines):
            if line:
                words = " ".join(word for _, word in line)
                writer.append((60, 70 + 17.5 * down), words, font=font, fontsize=10)
                numbers += [number for number, _ in line]
        writer.write_text(page)
    document.save(file, garbage=1, deflate=True)
    document.close()
    with open_document(file) as opened:
        text = read_text(opened)
    if len(text.words) != len(numbers):
        raise RuntimeError("the words read are not the words set")
    return Version(file, numbers, text)


# --- kinds of change ---------------------------------------------------------------------


def with_pages_inserted(pages: list[Any], rnd: random.Random) -> list[Any]:
    new = list(pages)
    words = vocabulary()
    for _ in range(6):
        page = [[(-1, word) for word in rnd.choices(words, k=13)] for _ in range(40)]
        new.insert(rnd.randrange(len(new)), page)
    return new


def with_pages_deleted(pages: list[Any], rnd: random.Random) -> list[Any]:
    gone = set(rnd.sample(range(len(pages)), 8))
    return [page for at, page in enumerate(pages) if at not in gone]


def reworded(text: list[Paragraph], rnd: random.Random) -> list[Paragraph]:
    """One paragraph in four has a word changed, one in twelve a few words added or left out."""
    words, new = vocabulary(), []
    for paragraph in text:
        made = list(paragraph)
        if rnd.random() < 0.25:
            made[rnd.randrange(len(made))] = (-1, rnd.choice(words) + "x")
        if rnd.random() < 0.08:
            at = rnd.randrange(len(made))
            made[at : at + rnd.randrange(3)] = [(-1, word) for word in rnd.choices(words, k=3)]
        new.append(made)
    return new


def changes(
    text: list[Paragraph], rnd: random.Random
) -> dict[str, Callable[[], list[list[list[Word]]]]]:
    """Kind of change → the pages of the new version."""
    usual, other = Layout(), Layout(width=72, lines=44)
    old = set_pages(text, usual)[:PAGES]
    shown = {number for page in old for line in page for number, _ in line}
    kept = [[word for word in paragraph if word[0] in shown] for paragraph in text]
    kept = [paragraph for paragraph in kept if paragraph]
    return {
        "none": lambda: old,
        "pages inserted": lambda: with_pages_inserted(old, rnd),
        "pages deleted": lambda: with_pages_deleted(old, rnd),
        "reworded": lambda: set_pages(reworded(kept, rnd), usual),
        "reflowed": lambda: set_pages(kept, other),
        "all together": lambda: with_pages_deleted(
            with_pages_inserted(set_pages(reworded(kept, rnd), other), rnd), rnd
        ),
    }


# --- marks and where they belong ----------------------------------------------------------


@dataclass
class Made:
    """A mark and the words that say where it belongs: covered, circled or beside."""

    mark: Mark
    words: tuple[int, ...]


def marks_on(version: Version, rnd: random.Random) -> list[Made]:
    """Half of them marked words, the others drawn around words or beside them."""
    text, made = version.text, []
    while len(made) < MARKS:
        page = rnd.randrange(text.pages)
        first, end = text.span(page)
        length = rnd.choice((1, 2, 3, 5, 8, 13))
        if end - first < length + 2:
            continue
        at = rnd.randrange(first + 1, end - length)
        words = tuple(range(at, at + length))
        made.append(_made(len(made), text, page, words))
    return made


def _made(number: int, text: PaperText, page: int, words: tuple[int, ...]) -> Made:
    kind = number % 10
    quads = text.quads(words)
    first = quads[0].bounds()
    if kind < 5:
        quote = " ".join(text.words[word] for word in words)
        shape: Any = TextMark(quads=quads, quote=quote)
    else:
        words = words[: max(1, sum(text.lines[w] == text.lines[words[0]] for w in words))]
        if kind in (5, 6):
            corners = ((first.x0 - 2, first.y0), (first.x1 + 2, first.y1))
            shape = Ink(strokes=(tuple(InkPoint(x, y) for x, y in corners),))
        elif kind == 7:
            shape = Box(box=first.grown(2))
        elif kind == 8:
            line = text.lines.index(text.lines[words[0]])  # its first word is beside the note
            shape, words = Note(at=Point(24, first.y0)), (line,)
        else:
            shape = FreeText(box=Rect(first.x0, first.y1, first.x0 + 80, first.y1 + 14))
            words = words[:1]
    mark = Mark(
        id=f"mark-{number}", author="person-a", paper="p", blob="old", page=page, shape=shape
    )
    return Made(mark, words)


def is_right(made: Made, found: Placement, old: Version, new: Version, at: dict[int, int]) -> bool:
    """Whether a mark stands where its words are now."""
    there = [at.get(old.numbers[word], -1) for word in made.words]
    if any(word < 0 for word in there):
        return False
    text = new.text
    if found.page != text.page_of(there[0]):
        return False
    if isinstance(found.shape, TextMark):
        wanted = [quad.bounds() for quad in text.quads(there)]
        shown = [quad.bounds() for quad in found.shape.quads]
        return len(wanted) == len(shown) and all(map(_is_near, wanted, shown))
    before, after = bounds(made.mark.shape), bounds(found.shape)
    here, now = old.text.boxes[made.words[0]], text.boxes[there[0]]
    down = abs((after.y0 - before.y0) - (now[1] - here[1]))
    if isinstance(found.shape, Note | FreeText):
        return down <= LINE
    return down <= NEAR and abs((after.x0 - before.x0) - (now[0] - here[0])) <= NEAR


def _is_near(one: Rect, other: Rect) -> bool:
    pairs = ((one.x0, other.x0), (one.y0, other.y0), (one.x1, other.x1), (one.y1, other.y1))
    return all(abs(a - b) <= NEAR for a, b in pairs)


def is_whole(made: Made, old: Version, new: Version, at: dict[int, int]) -> bool:
    """Whether all words of a mark are still there in a row on one page (what is drawn around
    them, in one line, too): it has a true place.
    """
    there = [at.get(old.numbers[word], -1) for word in made.words]
    in_a_row = all(b - a == 1 for a, b in pairwise(there))
    pages = {new.text.page_of(word) for word in there}
    lines = {new.text.lines[word] for word in there}
    fits = len(lines) == 1 or isinstance(made.mark.shape, TextMark)
    return there[0] >= 0 and in_a_row and len(pages) == 1 and fits


def judged(
    made: Sequence[Made], found: Sequence[Placement], old: Version, new: Version
) -> dict[str, float]:
    """Precision, recall, and how many guesses are right."""
    at = {number: place for place, number in enumerate(new.numbers) if number >= 0}
    right = [is_right(one, place, old, new, at) for one, place in zip(made, found, strict=True)]
    certain = [place.certainty in CERTAIN for place in found]
    whole = [is_whole(one, old, new, at) for one in made]
    hits = sum(a and b for a, b in zip(right, certain, strict=True))
    wanted = sum(whole)
    guesses = [ok for ok, sure, is_there in zip(right, certain, whole, strict=True)
               if is_there and not sure]  # fmt: skip
    return {
        "precision": round(hits / max(1, sum(certain)), 4),
        "recall": round(sum(r and c and w for r, c, w in zip(right, certain, whole, strict=True))
                        / max(1, wanted), 4),
        "certain": sum(certain),
        "with_a_place": wanted,
        "guesses_right": round(sum(guesses) / max(1, len(guesses)), 4),
    }  # fmt: skip


# --- the figure ----------------------------------------------------------------------------


def measure() -> dict[str, Any]:
    """All kinds of change, each carried in a worker as the program does it."""
    rnd = random.Random(20261126)  # noqa: S311 - papers, not secrets
    kinds: dict[str, dict[str, float]] = {}
    crew = Crew(workers=1)
    try:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            versions = changes(paragraphs(rnd), rnd)
            old = write(place / "old.pdf", versions["none"]())
            made = marks_on(old, rnd)
            marks = [one.mark for one in made]
            crew.carry(old.file, old.file, marks[:1]).result(120)  # a worker that is awake
            for name, pages in versions.items():
                new = write(place / "new.pdf", pages())
                start = time.perf_counter()
                found = crew.carry(old.file, new.file, marks).result(120)
                seconds = time.perf_counter() - start
                kinds[name] = {"seconds": round(seconds, 2), **judged(made, found, old, new)}
    finally:
        crew.close()
    slowest = max(kind["seconds"] for kind in kinds.values())
    return row("carry_1000", "s", ours=slowest, pages=PAGES, marks=MARKS, kinds=kinds)


def main() -> dict[str, Any]:
    """Print a table for people, too, where a file for the figures is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    entry = measure()
    if asked.json is not None:
        asked.json.write_text(json.dumps(entry, indent=1), encoding="utf-8")
        for name, told in entry["kinds"].items():
            print(f"{name:16}", *(f"{key} {value}" for key, value in told.items()))
    return entry


if __name__ == "__main__":
    hand_in(main)
