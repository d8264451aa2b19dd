"""Marks of other programs: taken as the nearest of ours, or told; hostile files refused."""

from pathlib import Path

import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_papers import Form, make_paper

from meetingroom.documents.annotations import write_annotated_pdf
from meetingroom.documents.foreign import nearest_colour
from meetingroom.documents.importing import is_copy_of, read_marks
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.xfdf import NAMESPACE
from meetingroom.domain.errors import MeetingError, PaperError
from meetingroom.domain.foreign_marks import FoundMark, FoundMarks
from meetingroom.domain.geometry import Quad, Rect
from meetingroom.domain.marks import Ink, Line, Mark, Note, Stamp, TextMark, mark_kind

HEAD = f'<?xml version="1.0" encoding="UTF-8"?><xfdf xmlns="{NAMESPACE}"><annots>'
TAIL = "</annots></xfdf>"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return make_paper(tmp_path / "paper.pdf", Form())


def marked(paper: Path, *annotations: str) -> Path:
    """A copy of the paper with annotations as some program might write them."""
    target = paper.with_name("marked.pdf")
    with pymupdf.open(paper) as document:
        page = document[0].xref
        rows = []
        for text in annotations:
            rows.append(document.get_new_xref())
            document.update_object(rows[-1], f"<</Type/Annot{text}>>")
        document.xref_set_key(page, "Annots", f"[{' '.join(f'{row} 0 R' for row in rows)}]")
        document.save(target)
    return target


def xfdf(paper: Path, inner: str, head: str = HEAD) -> Path:
    target = paper.with_name("marks.xfdf")
    target.write_text(head + inner + TAIL, encoding="utf-8")
    return target


def only(found: FoundMarks) -> FoundMark:
    assert found.left_out == ()
    assert len(found.marks) == 1
    return found.marks[0]


FOREIGN = {
    "caret": ("/Subtype/Caret/Rect[100 500 110 510]/Contents(thêm)", "note"),
    "polygon": ("/Subtype/Polygon/Rect[0 0 9 9]/Vertices[10 10 90 10 50 90]", "ink"),
    "polyline": ("/Subtype/PolyLine/Rect[0 0 9 9]/Vertices[10 10 90 10]", "ink"),
    "circle": ("/Subtype/Circle/Rect[10 10 90 50]", "ink"),
    "squiggly": ("/Subtype/Squiggly/Rect[0 0 9 9]/QuadPoints[9 9 90 9 9 2 90 2]", "underline"),
    "fileattachment": (
        "/Subtype/FileAttachment/Rect[10 10 30 30]/FS<</Type/Filespec/F(bang.xlsx)>>", "note"),
    "redact": ("/Subtype/Redact/Rect[10 10 90 50]", "box"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_kind_we_lack_becomes_the_nearest_and_says_what_it_was(paper: Path, kind: str) -> None:
    text, nearest = FOREIGN[kind]
    found = only(read_marks(marked(paper, text), paper))
    assert (mark_kind(found.shape), found.was) == (nearest, kind)


LEFT_OUT = {
    ("movie", "kind"): "/Subtype/Movie/Rect[0 0 9 9]",
    ("text", "state"): "/Subtype/Text/Rect[0 0 9 9]/StateModel(Review)/State(Accepted)",
    ("square", "hidden"): "/Subtype/Square/Rect[0 0 9 9]/F 2",
    ("stamp", "empty"): "/Subtype/Stamp/Rect[0 0 90 30]/Name/Picture",
    ("line", "kind"): "/Subtype/Line/Rect[0 0 9 9]",
    ("ink", "kind"): "/Subtype/Ink/Rect[0 0 9 9]/InkList[]",
}


@pytest.mark.parametrize("kind", LEFT_OUT, ids="-".join)
def test_what_cannot_be_taken_is_told_with_its_reason(paper: Path, kind: tuple[str, str]) -> None:
    found = read_marks(marked(paper, LEFT_OUT[kind]), paper)
    assert found.marks == ()
    assert [(row.kind, row.reason, row.page) for row in found.left_out] == [(*kind, 0)]


def test_links_forms_and_popups_are_no_marks(paper: Path) -> None:
    rows = (f"/Subtype/{kind}/Rect[0 0 9 9]" for kind in ("Link", "Widget", "Popup"))
    assert read_marks(marked(paper, *rows), paper) == FoundMarks()


def test_author_time_words_and_colour_come_along(paper: Path) -> None:
    says = "/T(Nguyen Van A)/Contents(so lieu?)/CreationDate(D:20260302151500+07'00')/C[1 0 0]"
    found = only(read_marks(marked(paper, f"/Subtype/Square/Rect[1 1 9 9]{says}"), paper))
    assert (found.author, found.text, found.colour) == ("Nguyen Van A", "so lieu?", "red")
    assert found.at == "2026-03-02T08:15:00.000Z"


def test_an_arrow_drawn_from_its_head_is_turned_around(paper: Path) -> None:
    line = "/Subtype/Line/Rect[0 0 9 9]/L[10 790 90 700]/LE[/ClosedArrow/None]/BS<</W 3>>"
    shape = only(read_marks(marked(paper, line), paper)).shape
    assert isinstance(shape, Line) and shape.has_head and shape.width == 3
    assert (shape.start.x, shape.end.x, shape.end.y) == (90, 10, 10)


def test_words_below_a_highlight_are_read_from_the_paper(paper: Path) -> None:
    quad = "/QuadPoints[188 440 300 440 188 410 300 410]"
    shape = only(read_marks(marked(paper, f"/Subtype/Highlight/Rect[0 0 9 9]{quad}"), paper)).shape
    assert isinstance(shape, TextMark)
    assert (shape.before, shape.quote, shape.after) == ("one", "two", "three")


def test_a_ready_made_stamp_has_its_words(paper: Path) -> None:
    stamp = "/Subtype/Stamp/Rect[10 700 90 730]/Name/SBNotApproved"
    found = only(read_marks(marked(paper, stamp), paper))
    assert isinstance(found.shape, Stamp) and found.text == "NOT APPROVED"


def test_an_answer_names_what_it_answers_though_other_programs_hide_it(paper: Path) -> None:
    first = "/Subtype/Text/Rect[10 700 30 720]/Contents(sao?)/NM(a1)"
    file = marked(paper, first, "/Subtype/Text/Rect[10 700 30 720]/Contents(vi)/NM(a2)/F 30")
    with pymupdf.open(file) as document:
        xrefs = [row[0] for row in document[0].annot_xrefs()]
        document.xref_set_key(xrefs[1], "IRT", f"{xrefs[0]} 0 R")
        document.saveIncr()
    assert [mark.reply_to for mark in read_marks(file, paper).marks] == ["", "a1"]


def test_what_the_paper_itself_carries_is_not_found_again(paper: Path) -> None:
    issued = marked(paper, "/Subtype/Square/Rect[10 10 90 90]/Contents(cua van ban)")
    issued = issued.rename(paper.with_name("issued.pdf"))
    mark = Mark(
        id="mark-1", author="person-1", paper="p", blob="b", page=0, text="mới",
        shape=TextMark(quads=(Quad.of(Rect(100, 100, 200, 120)),)), at="2026-03-02T08:00:00Z",
    )  # fmt: skip
    copy = paper.with_name("copy.pdf")
    write_annotated_pdf(issued, copy, [mark], {})
    assert [one.text for one in read_marks(copy, issued).marks] == ["mới"]


def test_the_paper_itself_is_no_marked_copy(paper: Path) -> None:
    with pytest.raises(PaperError, match=r"marks\.same_file"):
        read_marks(paper, paper)


def test_a_copy_is_known_by_its_pages_and_another_paper_is_not(tmp_path: Path) -> None:
    words = ("báo cáo kinh tế xã hội", "sáu tháng đầu năm", "phương hướng nhiệm vụ")
    paper = make_paper(tmp_path / "paper.pdf", Form(), words)
    copy = marked(paper, "/Subtype/Square/Rect[1 1 9 9]")
    other = make_paper(tmp_path / "b.pdf", Form(), ("tờ trình xin ý kiến về", "đất", "rừng"))
    assert is_copy_of(copy, paper)
    assert not is_copy_of(other, paper)


def test_a_page_the_paper_lacks_is_told(paper: Path) -> None:
    file = xfdf(paper, '<square page="7" rect="1,1,9,9"/><square page="0" rect="1,1,9,9"/>')
    found = read_marks(file, paper)
    assert [(row.page, row.reason) for row in found.left_out] == [(7, "no_page")]
    assert len(found.marks) == 1


def test_xfdf_of_other_programs_is_read(paper: Path) -> None:
    body = "<body><p>Dòng một</p><p>Dòng <b>hai</b></p></body>"
    rich = f"<contents-richtext>{body}</contents-richtext>"
    note = f'<text page="0" rect="1,700,21,720">{rich}</text>'
    stroke = "<inklist><gesture>1,2;3,4</gesture></inklist>"
    ink = f'<ink page="0" rect="0,0,9,9" color="#00ff00">{stroke}</ink>'
    found = read_marks(xfdf(paper, note + ink), paper)
    first, pen = found.marks
    assert isinstance(first.shape, Note) and first.text == "Dòng một\nDòng hai"
    assert isinstance(pen.shape, Ink) and pen.colour == "green"


HOSTILE = {
    "entities": '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xfdf><annots>',
    "outside": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><xfdf><annots>',
    "deep": "<xfdf><annots>" + "<a>" * 5000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_xml_that_reads_or_swells_is_refused(paper: Path, kind: str) -> None:
    with pytest.raises(PaperError, match=r"marks\.unsafe"):
        read_marks(xfdf(paper, "&b;", HOSTILE[kind]), paper)


def test_a_document_type_is_seen_in_every_encoding(paper: Path) -> None:
    file = paper.with_name("marks.xfdf")
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "a">]><xfdf>&a;</xfdf>'
    file.write_bytes(text.encode("utf-16"))
    with pytest.raises(PaperError, match=r"marks\.unsafe"):
        read_marks(file, paper)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300))
def test_whatever_a_file_holds_is_read_or_refused(paper: Path, content: bytes) -> None:
    file = paper.with_name("any.xfdf")
    file.write_bytes(content)
    with pytest.raises(MeetingError):
        read_marks(file, paper)


def test_too_many_are_told_and_the_rest_is_taken(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetingroom.documents.importing.MAX_MARKS", 2)
    found = read_marks(xfdf(paper, '<square page="0" rect="1,1,9,9"/>' * 5), paper)
    assert len(found.marks) == 2
    assert [(row.reason, row.count) for row in found.left_out] == [("too_many", 3)]


@pytest.mark.parametrize(
    ("code", "is_wash", "name"),
    [("#FF0000", False, "red"), ("#FFFF00", True, "yellow"), ("#00FF00", True, "green"),
     ("#808080", False, "black"), ("", True, "yellow"), ("#0000FF", False, "blue")],
)  # fmt: skip
def test_a_colour_of_another_program_has_the_nearest_name(
    code: str, is_wash: bool, name: str
) -> None:
    assert nearest_colour(code, is_wash=is_wash) == name


def test_every_real_file_with_annotations_is_read_or_refused(corpus: Path, tmp_path: Path) -> None:
    taken = 0
    for folder in ("annotated", "hostile"):
        for file in sorted((corpus / "pdf" / folder).glob("*.pdf")):
            try:
                taken += len(read_marks(file, without_annotations(file, tmp_path)).marks)
            except MeetingError:
                continue
    assert taken > 100


def without_annotations(file: Path, folder: Path) -> Path:
    """The paper as it was before somebody marked it; the file itself where that cannot be."""
    target = folder / "plain.pdf"
    try:
        with pymupdf.open(file, filetype="pdf") as document:
            for page in document if document.is_pdf else ():
                document.xref_set_key(page.xref, "Annots", "[]")
            document.save(target)
    except FILE_AT_FAULT:
        return file
    return target
