"""Words of free texts and stamps as drawings of their own, with the letters they need.

They are set on pages of a sheet beside the paper and carried over from there, so that one
font, cut down to the letters used, serves all of them and every reader shows Vietnamese.
"""

from collections.abc import Sequence

import msgspec
import pymupdf

from meetingroom.documents.appearances import number
from meetingroom.documents.colours import ink_colour
from meetingroom.domain.geometry import Rect
from meetingroom.domain.marks import FreeText, Mark, Stamp
from meetingroom.resources import resource

REGULAR, STRONG = "BeVietnamPro_400Regular.ttf", "BeVietnamPro_600SemiBold.ttf"
LINE = 1.25  # of the size
STAMP_HEIGHT, STAMP_WIDTH = 0.6, 0.88  # of its frame, for its words
COVERS = 0.86  # of what lies under a stamp


class Lettered(msgspec.Struct, frozen=True, kw_only=True):
    """A drawing in the target document: its xref, and the size it needs, in points."""

    xref: int
    width: float
    height: float


class Lettering:
    """The sheet; `carry_over` once all marks are on it."""

    def __init__(self) -> None:
        self._sheet = pymupdf.open()
        self._fonts: dict[str, pymupdf.Font] = {}
        self._marks: list[Mark] = []

    def add(self, mark: Mark) -> None:
        """Set the words of a free text or a stamp."""
        shape = mark.shape
        assert isinstance(shape, FreeText | Stamp)  # noqa: S101
        width, height = max(1.0, shape.box.x1 - shape.box.x0), max(1.0, shape.box.y1 - shape.box.y0)
        if isinstance(shape, FreeText):
            lines = self._wrapped(mark.text, shape.size, width)
            height = max(height, LINE * shape.size * len(lines))
            page = self._sheet.new_page(width=width, height=height)
            self._write(page, lines, shape.size, mark.colour)
        else:
            page = self._sheet.new_page(width=width, height=height)
            self._stamp(page, mark.text, mark.colour, Rect(0, 0, width, height))
        self._marks.append(mark)

    def carry_over(self, target: pymupdf.Document, turns: Sequence[int]) -> list[Lettered]:
        """Every drawing in the target document, in the order added.

        `turns` is each one's page's rotation in degrees, so that it stands upright as seen.
        """
        if not self._marks:
            return []
        self._sheet.subset_fonts(fallback=False)
        mupdf = pymupdf.mupdf
        to_pdf, from_pdf = (mupdf.PdfDocument(one.this) for one in (target, self._sheet))
        graft = mupdf.pdf_new_graft_map(to_pdf)
        made = []
        # All forms first: what is made after the first one went over cannot follow it.
        pages = list(self._sheet)
        forms = [self._form(page, turn) for page, turn in zip(pages, turns, strict=True)]
        for page, form in zip(pages, forms, strict=True):
            source = mupdf.pdf_new_indirect(from_pdf, form, 0)
            copied = mupdf.pdf_graft_mapped_object(graft, source)
            xref = mupdf.pdf_to_num(copied)
            made.append(Lettered(xref=xref, width=page.rect.width, height=page.rect.height))
        self._sheet.close()
        return made

    def _form(self, page: pymupdf.Page, turn: int) -> int:
        """A page of the sheet as a form; only its letters, for the sheet itself is nothing."""
        xref = int(self._sheet.get_new_xref())
        kind, resources = self._sheet.xref_get_key(page.xref, "Resources")
        matrix = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[turn % 360]
        self._sheet.update_object(
            xref,
            f"<</Type/XObject/Subtype/Form/BBox[0 0 {number(page.rect.width)}"
            f" {number(page.rect.height)}]/Matrix[{matrix} 0 0]"
            f"/Resources {resources if kind != 'null' else '<<>>'}>>",
        )
        self._sheet.update_stream(xref, page.read_contents() or b" ", compress=True)
        return xref

    def _font(self, name: str) -> pymupdf.Font:
        if name not in self._fonts:
            self._fonts[name] = pymupdf.Font(fontfile=str(resource("fonts", name)))
        return self._fonts[name]

    def _wrapped(self, text: str, size: float, width: float) -> list[str]:
        """Lines as the screen breaks them: between words, a long word is never cut."""
        font, lines = self._font(REGULAR), []
        for paragraph in text.split("\n"):
            line = ""
            for word in paragraph.split(" "):
                longer = f"{line} {word}" if line else word
                if line and font.text_length(longer, size) > width:
                    lines.append(line)
                    longer = word
                line = longer
            lines.append(line)
        return lines

    def _write(self, page: pymupdf.Page, lines: Sequence[str], size: float, colour: str) -> None:
        writer, font = pymupdf.TextWriter(page.rect), self._font(REGULAR)
        is_empty = True
        for at, line in enumerate(lines):
            if line.strip():
                writer.append((0, LINE * size * at + size), line, font=font, fontsize=size)
                is_empty = False
        if not is_empty:
            writer.write_text(page, color=ink_colour(colour, is_wash=False))

    def _stamp(self, page: pymupdf.Page, text: str, colour: str, box: Rect) -> None:
        """Words as large as fit into a frame with round corners, as the screen shows them."""
        rgb = ink_colour(colour, is_wash=False)
        width, height = box.x1, box.y1
        line = min(max(1.0, height / 16), width / 2, height / 2)
        frame = pymupdf.Rect(line / 2, line / 2, width - line / 2, height - line / 2)
        is_round = min(frame.width, frame.height) > 4
        page.draw_rect(
            frame, color=rgb, fill=(1, 1, 1), fill_opacity=COVERS,
            width=line, radius=1 / 6 if is_round else None,
        )  # fmt: skip
        words = " ".join(text.split())
        if not words:
            return
        font = self._font(STRONG)
        across = font.text_length(words, 1)
        size = max(1.0, min(height * STAMP_HEIGHT, width * STAMP_WIDTH / across))
        left = (width - across * size) / 2
        writer = pymupdf.TextWriter(page.rect)
        writer.append((left, height / 2 + size * 0.35), words, font=font, fontsize=size)
        writer.write_text(page, color=rgb)
