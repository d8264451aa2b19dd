"""The weekly schedule as a .docx, laid out as official documents are (NĐ 30/2020/NĐ-CP)."""

import io
from typing import Any

from meetingroom.domain.office_schedule import (
    REPLACES,
    ScheduleForm,
    ScheduleLine,
    date_words,
    schedule_lines,
    subject_words,
)
from meetingroom.domain.office_week import Week
from meetingroom.domain.plain_words import one_line

FONT = "Times New Roman"
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
PARTY_HEAD = "ĐẢNG CỘNG SẢN VIỆT NAM"
NO_NUMBER = "\u00a0" * 8  # the records clerk gives it
# Columns in twentieths of a point, as the decree's own forms have them.
HEAD_COLUMNS = (3829, 5670)
FOOT_COLUMNS = (4500, 4999)
MARGINS_MM = {"top_margin": 20, "bottom_margin": 20, "left_margin": 30, "right_margin": 15}
AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
LONGEST_PROPERTY = 255  # letters; the format takes no more
# Of its size: how wide a bold letter is, to make a rule as long as its line.
CAPITAL, SMALL = 0.62, 0.452


def schedule_document(week: Week, form: ScheduleForm) -> bytes:
    """The bytes of the document."""
    from docx import Document  # noqa: PLC0415 - slow to load, and seldom

    document = Document()
    _page(document)
    _head(document, form)
    _title(document, week, form)
    lines = schedule_lines(week)
    for place, line in enumerate(lines):
        _line(document, line, is_last=place == len(lines) - 1)
    _foot(document, form)
    document.core_properties.title = _property(f"{form.title} {subject_words(week)}")
    document.core_properties.author = _property(" ".join(form.letterhead))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _property(words: str) -> str:
    return one_line(words)[:LONGEST_PROPERTY]


def _page(document: Any) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above
    from docx.shared import Mm, Pt  # noqa: PLC0415

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, millimetres in MARGINS_MM.items():
        setattr(section, name, Mm(millimetres))
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        style.element.rPr.rFonts.set(qn(kind), FONT)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    section.different_first_page_header_footer = True  # no number on the first page
    _page_number(section.header.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind in ("begin", "PAGE", "end"):
        run = paragraph.add_run()
        if kind == "PAGE":
            field = OxmlElement("w:instrText")
            field.set(qn("xml:space"), "preserve")
            field.text = kind
        else:
            field = OxmlElement("w:fldChar")
            field.set(qn("w:fldCharType"), kind)
        run._r.append(field)  # noqa: SLF001 - the library has no fields


def _table(document: Any, columns: tuple[int, int]) -> Any:
    from docx.enum.table import WD_TABLE_ALIGNMENT  # noqa: PLC0415 - as above
    from docx.shared import Twips  # noqa: PLC0415

    table = document.add_table(rows=1, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    # Word goes by the cells, LibreOffice by the table's own columns.
    for column, cell, wide in zip(table.columns, table.rows[0].cells, columns, strict=True):
        column.width = cell.width = Twips(wide)
    return table


def _put(place: Any, text: str, size: float, *, bold: bool = False, italic: bool = False) -> Any:
    """A centred line in a cell or the document."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above
    from docx.shared import Pt  # noqa: PLC0415

    paragraphs = getattr(place, "paragraphs", [])
    is_first = len(paragraphs) == 1 and not paragraphs[0].runs and hasattr(place, "width")
    paragraph = paragraphs[0] if is_first else place.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def _rule_under(paragraph: Any, column: int, long: float) -> None:
    """A rule of so many twentieths of a point under a line, in the middle of its column."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt, Twips  # noqa: PLC0415

    rule = paragraph.insert_paragraph_before()
    paragraph._p.addnext(rule._p)  # noqa: SLF001 - the library only puts before
    inset = Twips(max(0, round((column - 216 - long) / 2)))
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = inset
    rule.paragraph_format.line_spacing = Pt(4)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    rule._p.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)  # noqa: SLF001


def _long(text: str, size: float) -> float:
    return len(text) * size * (CAPITAL if text.isupper() else SMALL) * 20


def _head(document: Any, form: ScheduleForm) -> None:
    """Who issues it at the left, the State's (or the Party's) head at the right."""
    left, right = _table(document, HEAD_COLUMNS).rows[0].cells
    wide_left, wide_right = HEAD_COLUMNS
    line = None
    for line_text in form.letterhead:
        line = _put(left, one_line(line_text), 13 if not form.is_party else 14, bold=True)
    if form.is_party:
        _put(left, "*", 14)
        _put(left, f"Số{NO_NUMBER}-{one_line(form.sign)}", 14)
        _rule_under(_put(right, PARTY_HEAD, 15, bold=True), wide_right, _long(PARTY_HEAD, 15))
        _put(right, "", 14)
        _put(right, one_line(date_words(form)), 14, italic=True)
        return
    if line is not None:
        _rule_under(line, wide_left, wide_left * 0.33)
    _put(left, f"Số:{NO_NUMBER}/{one_line(form.sign)}", 13)
    _put(right, NATION, 12, bold=True)
    _rule_under(_put(right, MOTTO, 13, bold=True), wide_right, _long(MOTTO, 13))
    for _ in range(len(form.letterhead) - 2):
        _put(right, "", 13)  # the date stands level with the number
    _put(right, one_line(date_words(form)), 13, italic=True)


def _title(document: Any, week: Week, form: ScheduleForm) -> None:
    from docx.shared import Pt  # noqa: PLC0415 - as above

    title = _put(document, one_line(form.title), 14, bold=True)
    title.paragraph_format.space_before = Pt(12)
    last = _put(document, subject_words(week), 14, bold=True)
    if form.replaces_invitations:
        last = _put(document, REPLACES, 14, bold=True)
    last.paragraph_format.space_after = Pt(6)


def _line(document: Any, line: ScheduleLine, *, is_last: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above
    from docx.shared import Mm, Pt  # noqa: PLC0415

    paragraph = document.add_paragraph()
    text = line.text.rstrip(".") + "./." if is_last else line.text
    if line.strong:
        paragraph.add_run(text[: line.strong]).bold = True
    paragraph.add_run(text[line.strong :])
    form = paragraph.paragraph_format
    form.space_before = Pt({"day": 9, "part": 4, "entry": 4, "detail": 2}[line.kind])
    form.first_line_indent = Mm(0 if line.kind == "day" else 10)
    form.keep_with_next = line.kind in ("day", "part")
    if line.kind in ("entry", "detail"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _foot(document: Any, form: ScheduleForm) -> None:
    """Who receives it at the left, who signs at the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above
    from docx.shared import Pt  # noqa: PLC0415

    gap = document.add_paragraph()
    gap.paragraph_format.line_spacing = Pt(10)
    left, right = _table(document, FOOT_COLUMNS).rows[0].cells
    _put(left, "Nơi nhận:", 12, bold=True, italic=True).alignment = WD_ALIGN_PARAGRAPH.LEFT
    for words in form.recipients:
        _put(left, f"- {one_line(words)}", 11).alignment = WD_ALIGN_PARAGRAPH.LEFT
    for words in form.signer:
        _put(right, one_line(words), 14, bold=True)
    for _ in range(4):
        _put(right, "", 14)
    _put(right, one_line(form.signer_name), 14, bold=True)
