"""Marks that somebody made in another program, read from a PDF or an XFDF for a paper.

Places are read in the page's own user space and brought to the paper's page as it is seen,
so that a copy whose page was turned, cropped or grown still fits.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import pymupdf

from meetingroom.documents.annotations import open_for_marks
from meetingroom.documents.foreign import Annotation, Seen, mark_of
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.pdf_annotations import annotations_of
from meetingroom.documents.placing import size_as_seen, to_user_space
from meetingroom.documents.sniffing import check_pdf
from meetingroom.documents.supplement import is_where_it_was, read_supplement
from meetingroom.documents.words import page_words
from meetingroom.documents.xfdf_annotations import read_xfdf, xfdf_about
from meetingroom.domain.errors import PaperError
from meetingroom.domain.foreign_marks import FoundMark, FoundMarks, LeftOut, PaperFile
from meetingroom.domain.geometry import Rect
from meetingroom.domain.marks import TextMark
from meetingroom.domain.paper import Word

MAX_MARKS = 5_000
AROUND, QUOTED = 40, 2_000  # characters
PAGES_COMPARED, LETTERS_COMPARED, ALIKE = 6, 4_000, 0.8
SAME_SIZE = 1.0  # points


def is_pdf(path: Path) -> bool:
    """Whether a file's first bytes are a PDF's; what is none is read as XFDF."""
    try:
        with path.open("rb") as file:
            return b"%PDF-" in file.read(1024)
    except OSError:
        return False


def find_marks(file: Path, papers: Sequence[PaperFile], *, is_chosen: bool = False) -> FoundMarks:
    """The marks of a file for the one of `papers` it is about; `blob` says which.

    The likeliest paper comes first. The right one is the version an export of ours names;
    else, for a PDF, the one with the same pages; for XFDF the one it names, or the first where
    somebody chose it. Raises PaperError: "marks.same_file", "marks.other_paper",
    "marks.which_paper", and what reading raises.
    """
    paper = _paper_of(file, papers, is_chosen=is_chosen)
    return msgspec.structs.replace(read_marks(file, Path(paper.path)), blob=paper.blob)


def _paper_of(file: Path, papers: Sequence[PaperFile], *, is_chosen: bool) -> PaperFile:
    named = blobs_named(file)
    for paper in papers:
        if paper.blob in named:
            return paper
    if is_pdf(file):
        for paper in papers:
            if _has_the_same_pages(file, Path(paper.path)):
                return paper
        raise PaperError("marks.other_paper", file=file.name)
    if named:
        raise PaperError("marks.other_paper", file=file.name)
    about = _letters_of(xfdf_about(file))
    for paper in papers:
        if about and about in {_letters_of(name) for name in (*paper.names, paper.blob)}:
            return paper
    if not papers or not (is_chosen or len(papers) == 1):
        raise PaperError("marks.which_paper", file=file.name)
    return papers[0]


def _letters_of(name: str) -> str:
    """A file's name as names are compared: no folders, no ending, letters and digits only."""
    last = name.replace("\\", "/").rpartition("/")[2].removesuffix(".pdf")
    composed = unicodedata.normalize("NFC", last).casefold()
    return "".join(letter for letter in composed if letter.isalnum())


def _has_the_same_pages(file: Path, paper: Path) -> bool:
    """Of a paper that cannot be read nobody has a marked copy."""
    try:
        return is_copy_of(file, paper)
    except PaperError as error:
        if error.fields.get("file") == file.name:
            raise
        return False


def read_marks(file: Path, paper: Path) -> FoundMarks:
    """The marks of a file, on the pages of the paper they are read for.

    What the paper itself carries is not found again. Raises PaperError, "marks.same_file"
    where the file is the paper.
    """
    if not is_pdf(file):
        with open_for_marks(paper, paper.name) as document:
            return _found(read_xfdf(file), document)
    check_pdf(file)
    if file.stat().st_size == paper.stat().st_size and file.read_bytes() == paper.read_bytes():
        raise PaperError("marks.same_file", file=file.name)
    with (
        open_for_marks(paper, paper.name) as document,
        open_for_marks(file, file.name) as marked,
    ):
        return _found(_new_in(marked, document), document)


def blobs_named(file: Path) -> tuple[str, ...]:
    """The versions of papers that an export of this program says its marks are on."""
    rows: Iterable[Annotation]
    if not is_pdf(file):
        rows = read_xfdf(file)
        return _blobs(rows)
    check_pdf(file)
    with open_for_marks(file, file.name) as document:
        return _blobs(row for page in range(document.page_count) for row in _of(document, page))


def is_copy_of(file: Path, paper: Path) -> bool:
    """Whether a PDF has the pages of a paper: as many, as large, with the same words.

    A paper that was changed in another way than by marking it is not the same any more.
    """
    with (
        open_for_marks(paper, paper.name) as one,
        open_for_marks(file, file.name) as other,
    ):
        if one.page_count != other.page_count:
            return False
        step = max(1, one.page_count // PAGES_COMPARED)
        pages = range(0, one.page_count, step)
        try:
            return all(_is_same_page(one[page], other[page]) for page in pages)
        except FILE_AT_FAULT:
            return False


def _is_same_page(one: pymupdf.Page, other: pymupdf.Page) -> bool:
    words = [_letters(page) for page in (one, other)]
    if max(map(len, words)) < 20:  # a scan, or an empty page: only its size is known
        sizes = [size_as_seen(page) for page in (one, other)]
        across, down = abs(sizes[0].width - sizes[1].width), abs(sizes[0].height - sizes[1].height)
        return across <= SAME_SIZE and down <= SAME_SIZE
    counts = [Counter(text.split()) for text in words]
    common = sum((counts[0] & counts[1]).values())
    return common >= ALIKE * sum(counts[0].values())


def _letters(page: pymupdf.Page) -> str:
    text = unicodedata.normalize("NFC", page.get_text("text")[:LETTERS_COMPARED])
    return " ".join(re.findall(r"\w+", text.casefold()))


# --- reading --------------------------------------------------------------------------------


def _of(document: pymupdf.Document, page: int) -> Iterable[Annotation]:
    """The annotations of a page; none of one that cannot be read."""
    try:
        yield from annotations_of(document, page)
    except PaperError:
        return


def _blobs(rows: Iterable[Annotation]) -> tuple[str, ...]:
    named = (read_supplement(row.supplement).blob for row in rows if row.supplement)
    return tuple(dict.fromkeys(blob for blob in named if blob))


def _new_in(marked: pymupdf.Document, paper: pymupdf.Document) -> list[Annotation]:
    """What a marked copy has and the paper itself does not."""
    found: list[Annotation] = []
    for page in range(marked.page_count):
        before: Counter[tuple[object, ...]] = Counter()
        if page < paper.page_count:
            before = Counter(_sameness(row) for row in _of(paper, page))
        for row in _of(marked, page):
            if before[_sameness(row)] > 0:
                before[_sameness(row)] -= 1
            else:
                found.append(row)
        if len(found) > 4 * MAX_MARKS:
            break
    return found


def _sameness(row: Annotation) -> tuple[object, ...]:
    return row.kind, tuple(round(value, 1) for value in row.rect), row.text, row.name


def _found(rows: Sequence[Annotation], paper: pymupdf.Document) -> FoundMarks:
    marks: list[FoundMark] = []
    left_out: list[LeftOut] = []
    pages: dict[int, PageOfPaper] = {}
    for row in rows:
        if not 0 <= row.page < paper.page_count:
            left_out.append(LeftOut(kind=row.kind, page=row.page, reason="no_page"))
            continue
        if row.page not in pages:
            pages[row.page] = PageOfPaper(paper, row.page)
        made = mark_of(row, pages[row.page].seen)
        if isinstance(made, LeftOut):
            left_out.append(made)
        elif made is not None:
            marks.append(pages[row.page].quoted(made, is_known=_is_as_written(row, made)))
    if len(marks) > MAX_MARKS:
        more = len(marks) - MAX_MARKS
        left_out.append(LeftOut(kind="", page=-1, reason="too_many", count=more))
    return FoundMarks(marks=tuple(marks[:MAX_MARKS]), left_out=tuple(left_out))


def _is_as_written(row: Annotation, made: FoundMark) -> bool:
    """Whether a mark is an export of ours that nobody moved: it says its words itself."""
    return bool(row.supplement) and is_where_it_was(made.shape, read_supplement(row.supplement))


class PageOfPaper:
    """A page of the paper: where places of the file are seen on it, and its words."""

    def __init__(self, paper: pymupdf.Document, number: int) -> None:
        try:
            self._page = paper[number]
            matrix = ~to_user_space(self._page)
        except (*FILE_AT_FAULT, ZeroDivisionError) as error:
            raise PaperError("paper.page_failed", page=number) from error

        def seen(x: float, y: float) -> tuple[float, float]:
            point = pymupdf.Point(x, y) * matrix
            return float(point.x), float(point.y)

        self.seen: Seen = seen
        self._words: tuple[Word, ...] | None = None

    def quoted(self, found: FoundMark, *, is_known: bool) -> FoundMark:
        """A mark on words with the words it is on; what only repeats them is no text of it."""
        shape, text = found.shape, found.text
        if not isinstance(shape, TextMark):
            return found
        if not is_known:
            shape = self._on_words(shape)
        is_repeated = " ".join(text.split()) == " ".join(shape.quote.split())
        return msgspec.structs.replace(found, shape=shape, text="" if is_repeated else text)

    def _on_words(self, shape: TextMark) -> TextMark:
        if self._words is None:
            try:
                self._words = page_words(self._page, size_as_seen(self._page))
            except FILE_AT_FAULT:
                self._words = ()
        boxes = [quad.bounds() for quad in shape.quads]
        texts = [word.text for word in self._words]
        chosen = [at for at, word in enumerate(self._words) if _is_on(word, boxes)]
        if not chosen:
            return shape
        return msgspec.structs.replace(
            shape,
            quote=" ".join(texts[at] for at in chosen)[:QUOTED],
            before=" ".join(texts[: chosen[0]])[-AROUND:],
            after=" ".join(texts[chosen[-1] + 1 :])[:AROUND],
        )


def _is_on(word: Word, boxes: Sequence[Rect]) -> bool:
    box = word.quad.bounds()
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return any(one.contains(x, y) for one in boxes)
