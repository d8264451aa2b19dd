"""What a worker has on its bench: papers open in engines, slots of shared memory; its jobs."""

from collections import OrderedDict
from pathlib import Path
from typing import Any

from meetingroom.documents.answers import answered
from meetingroom.documents.attached import AttachedMemory
from meetingroom.documents.engines import DrawnPaper, warm_up
from meetingroom.domain.errors import PaperError
from meetingroom.domain.foreign_marks import FoundMarks, PaperFile
from meetingroom.domain.geometry import Rect, Size
from meetingroom.domain.paper import FileAnnotation, Link, PaperShape, Word

PAPERS_OPEN = 24
ATTACHED_BYTES = 768 << 20  # of address space


class Bench:
    """Every public method but `answer` is a job, called with the arguments of its order."""

    def __init__(self) -> None:
        self._papers: OrderedDict[str, DrawnPaper] = OrderedDict()
        self._texts: OrderedDict[str, Any] = OrderedDict()
        self._slots: OrderedDict[str, AttachedMemory] = OrderedDict()
        self._passwords: dict[str, str] = {}
        self._is_warm = False

    def open(self, path: str) -> PaperShape:
        return self._paper(path).shape()

    def draw(
        self,
        path: str,
        page: int,
        scale: float,
        clip: Rect | None,
        slot: str,
        capacity: int,
        shape: tuple[int, int],
        by_other: bool = False,
    ) -> None:
        width, height = shape
        size = width * height * 4
        with self._slot(slot, capacity).buffer[:size] as target:
            self._paper(path).draw(page, scale, clip, target, width * 4, by_other=by_other)

    def words(self, path: str, page: int, size: Size) -> tuple[Word, ...]:
        from meetingroom.documents.mupdf_errors import FILE_AT_FAULT  # noqa: PLC0415
        from meetingroom.documents.words import page_words  # noqa: PLC0415

        try:
            return page_words(self._text(path, page)[page], size)
        except (PaperError, *FILE_AT_FAULT):
            return self._paper(path).words(page, size)

    def text(self, path: str, first: int, count: int) -> tuple[Any, ...]:
        """Texts of so many pages, for the search."""
        from meetingroom.documents.page_texts import page_texts  # noqa: PLC0415

        document = self._text(path)
        return page_texts(document, self._texts[path][1], first, count)

    def scan(self, path: str, page: int, data: str) -> tuple[Word, ...]:
        """The words a page's picture shows."""
        from meetingroom.documents.mupdf_errors import FILE_AT_FAULT  # noqa: PLC0415
        from meetingroom.documents.page_texts import scanned_words  # noqa: PLC0415

        try:
            return scanned_words(self._text(path)[page], data)
        except FILE_AT_FAULT as error:
            raise PaperError("paper.page_failed", page=page) from error

    def links(self, path: str, page: int, size: Size) -> tuple[Link, ...]:
        return self._paper(path).links(page, size)

    def annotations(self, path: str) -> tuple[FileAnnotation, ...]:
        return self._paper(path).annotations()

    # What follows needs MuPDF, which a worker loads when nobody waits for it.

    def compare(self, old: str, new: str) -> Any:
        from meetingroom.documents.comparing import compare_files  # noqa: PLC0415

        return compare_files(Path(old), Path(new))

    def carry(self, new: str, old: str | None, marks: Any) -> Any:
        from meetingroom.documents.carrying import carry_files  # noqa: PLC0415

        return carry_files(Path(old) if old else None, Path(new), marks)

    def inspect(self, path: str, picture: str | None) -> Any:
        from meetingroom.documents.inspection import inspect_file  # noqa: PLC0415

        return inspect_file(Path(path), Path(picture) if picture else None)

    def export_pdf(self, source: str, target: str, marks: Any, names: dict[str, str]) -> int:
        from meetingroom.documents.annotations import write_annotated_pdf  # noqa: PLC0415

        return write_annotated_pdf(Path(source), Path(target), marks, names)

    def make_pdf(self, source: str, target: str) -> None:
        from meetingroom.documents.letter_pages import make_pdf  # noqa: PLC0415

        make_pdf(Path(source), Path(target))

    def find_marks(self, file: str, papers: list[PaperFile], is_chosen: bool) -> FoundMarks:
        from meetingroom.documents.importing import find_marks  # noqa: PLC0415

        return find_marks(Path(file), papers, is_chosen=is_chosen)

    def export_xfdf(self, source: str, target: str, marks: Any, names: dict[str, str]) -> int:
        from meetingroom.documents.xfdf import write_xfdf  # noqa: PLC0415

        return write_xfdf(Path(source), Path(target), marks, names)

    def _paper(self, path: str) -> DrawnPaper:
        if path not in self._papers:
            self._papers[path] = DrawnPaper(Path(path), self._passwords.get(path, ""))
            if len(self._papers) > PAPERS_OPEN:
                self._papers.popitem(last=False)[1].close()
        self._papers.move_to_end(path)
        return self._papers[path]

    def _text(self, path: str, *pages: int) -> Any:
        """A file open for its words; the fonts of these pages say what they show."""
        from meetingroom.documents.legacy_fonts import LegacyFonts  # noqa: PLC0415
        from meetingroom.documents.mupdf_file import open_in_mupdf  # noqa: PLC0415

        if path not in self._texts:
            document = open_in_mupdf(Path(path), self._passwords.get(path, ""))
            self._texts[path] = document, LegacyFonts(document)
            if len(self._texts) > PAPERS_OPEN:
                self._texts.popitem(last=False)[1][0].close()
        self._texts.move_to_end(path)
        document, fonts = self._texts[path]
        for page in pages:
            fonts.mend(page)
        return document

    def _slot(self, name: str, capacity: int) -> AttachedMemory:
        """A slot of the parent's; the ones used last stay mapped, for it uses them again."""
        for gone in [one for one, slot in self._slots.items() if slot.is_gone]:
            self._slots.pop(gone).close()
        if name not in self._slots:
            self._slots[name] = AttachedMemory(name, capacity)
            while len(self._slots) > 1 and self._attached() > ATTACHED_BYTES:
                self._slots.popitem(last=False)[1].close()
        self._slots.move_to_end(name)
        return self._slots[name]

    def _attached(self) -> int:
        return sum(slot.size for slot in self._slots.values())

    def warm_up(self) -> None:
        """Load what later jobs need; the first answers do without."""
        if not self._is_warm:
            self._is_warm = True
            warm_up()

    def answer(self, name: str, arguments: tuple[Any, ...], password: str) -> tuple[Any, ...]:
        """What a job ended with, as a tuple that goes over the pipe.

        `password` opens the file that the first of the arguments names.
        """
        self._passwords[str(arguments[0])] = password
        return answered(getattr(self, name), arguments)
