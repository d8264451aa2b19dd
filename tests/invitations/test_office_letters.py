"""Documents of office programs become letters: .docx, .doc, .odt, .rtf, and what is in a .zip."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from made_letters import LINK, code_picture
from old_encodings import tcvn3

from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Letter
from meetingroom.domain.invitation_port import LetterReader
from meetingroom.invitations.files import read_letter_bytes, read_letter_file

WORDS = "Kính mời đồng chí dự họp trực tuyến lúc 8 giờ"


def read(made: "docx.document.Document | bytes") -> Letter:
    return read_letter_bytes("a", made if isinstance(made, bytes) else saved(made), None)


def saved(made: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def text_of(letter: Letter) -> str:
    return "\n".join(part.text for part in letter.parts if part.how == "text")


def links(letter: Letter) -> dict[str, str]:
    return {part.text: part.shown for part in letter.parts if part.how == "link"}


def code_of(data: bytes) -> str:
    with pytest.raises(PaperError) as caught:
        read(data)
    return caught.value.code


def packed(**members: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def document(body: str, **others: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", body)
        for name, content in others.items():
            file.writestr(name, content)
    return out.getvalue()


def test_paragraphs_headers_and_tables_are_read_in_order():
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "SỞ NỘI VỤ"
    made.add_paragraph(WORDS)
    table = made.add_table(rows=2, cols=3)
    told = (("Giờ", "Nội dung", "Chủ trì"), ("8h", "Họp\ngiao ban", "CT"))
    for row, cells in zip(table.rows, told, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    made.add_paragraph("Trân trọng!")
    rows = text_of(read(made)).split("\n")
    assert rows == [
        "SỞ NỘI VỤ",
        WORDS,
        "Giờ\tNội dung\tChủ trì",
        "8h\tHọp giao ban\tCT",
        "Trân trọng!",
    ]


def test_the_heads_two_columns_are_read_one_after_the_other():
    made = docx.Document()
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "UBND TỈNH\nSố: 12/GM-UBND"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    assert text_of(read(made)).split("\n")[:2] == ["UBND TỈNH", "Số: 12/GM-UBND"]


def test_addresses_behind_words_are_links_however_they_are_written():
    made = docx.Document()
    paragraph = made.add_paragraph("Đường dẫn: ")
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(LINK, RELATIONSHIP_TYPE.HYPERLINK, True))
    link.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>vào phòng</w:t></w:r>"))
    paragraph._p.append(link)
    field = (
        '<w:p {0}><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK '
        '"https://meet.jit.si/xa" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
        '</w:r><w:r><w:t>phòng hai</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    made.element.body.append(parse_xml(field.format(nsdecls("w"))))
    simple = "<w:p {0}><w:fldSimple w:instr='HYPERLINK \"https://zoom.us/j/9\"'><w:r><w:t>ba</w:t></w:r></w:fldSimple></w:p>"
    made.element.body.append(parse_xml(simple.format(nsdecls("w"))))
    letter = read(made)
    assert links(letter) == {
        LINK: "vào phòng", "https://meet.jit.si/xa": "phòng hai", "https://zoom.us/j/9": "ba",
    }  # fmt: skip
    assert text_of(letter) == "Đường dẫn: vào phòng\nphòng hai\nba"


def test_text_boxes_are_read_once_and_what_was_deleted_is_not():
    box = "<w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent>"
    body = (
        f'<w:document {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body><w:p><w:r><w:t>đầu</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del><w:ins><w:r><w:t>mới</w:t></w:r></w:ins>"
        "</w:p></w:body></w:document>"
    )
    assert text_of(read(document(body))) == "đầu\ntrong khung\nmới"


def test_boxes_within_boxes_are_read_once():
    inner = "<w:p><w:r><w:t>trong</w:t></w:r></w:p>"
    for _ in range(12):
        inner = (
            f"<w:p><w:r><w:txbxContent>{inner}{inner[:0]}</w:txbxContent></w:r></w:p>{inner[:0]}"
        )
    body = f"<w:document {nsdecls('w')}><w:body>{inner}</w:body></w:document>"
    assert text_of(read(document(body))).split() == ["trong"]


def test_old_vietnamese_fonts_are_read():
    made = docx.Document()
    run = made.add_paragraph().add_run(tcvn3("Kính mời họp").decode("latin-1"))
    run.font.name = ".VnTime"
    capitals = made.add_paragraph().add_run(tcvn3("giấy mời").decode("latin-1"))
    capitals.font.name = ".VnTimeH"
    assert text_of(read(made)) == "Kính mời họp\nGIẤY MỜI"


def test_a_code_in_a_document_is_read(reader: LetterReader):
    made = docx.Document()
    made.add_paragraph(WORDS)
    made.add_picture(io.BytesIO(code_picture(LINK)))
    letter = read_letter_bytes("a.docx", saved(made), reader)
    assert [part.text for part in letter.parts if part.how == "code"] == [LINK]


def test_a_secret_document_is_refused():
    stamped, named = docx.Document(), docx.Document()
    stamped.add_paragraph("TỈNH ỦY")
    stamped.add_paragraph("TỐI MẬT")
    named.add_paragraph(WORDS)
    named.core_properties.keywords = "Độ mật: Mật"
    assert code_of(saved(stamped)) == code_of(saved(named)) == "paper.secret"


def test_what_could_read_or_swell_is_refused():
    bomb = "<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><a>&b;</a>"
    assert code_of(document(bomb)) == "letter.unsafe"
    deep = "<a>" * 5000 + "</a>" * 5000
    assert code_of(document(deep)) == "letter.unsafe"
    assert code_of(document("<a>" + " " * (30 << 20) + "</a>")) == "letter.unsafe"
    assert code_of(document("<a><b></a>")) == "paper.damaged"


def test_the_documents_of_the_corpus_are_read_or_known_errors(corpus: Path):
    read_files, problems = [], {}
    for path in sorted((corpus / "office").iterdir()):
        try:
            read_files.append((path.name, read_letter_file(path, None)))
        except PaperError as error:
            problems[path.name] = error.code
    assert problems["poi_ExternalEntityInText.docx"] == "letter.unsafe"
    assert problems["poi_bug53475-password-is-pass.docx"] == "paper.encrypted"
    assert problems["poi_PasswordProtected.doc"] == "paper.encrypted"
    assert problems["poi_sample.pptx"] == problems["poi_SampleSS.xls"] == "letter.other_office"
    assert {"nd30_30_2020_ND_CP.docx", "poi_HeaderFooterUnicode.docx"} <= {n for n, _ in read_files}


def test_an_old_words_document_says_what_its_newer_copy_says(corpus: Path):
    old, new = (
        text_of(read_letter_file(corpus / "office" / f"nd30_Phuluc1.{end}", None))
        for end in ("doc", "docx")
    )
    shared = set(old.split("\n")) & set(new.split("\n"))
    assert len(shared) > 100
    assert "Tên loại và trích yếu nội dung văn bản" in old.replace("  ", " ")


def test_an_open_document_is_read():
    spaces = 'xmlns:office="urn:o" xmlns:text="urn:t" xmlns:table="urn:b" xmlns:xlink="http://www.w3.org/1999/xlink"'
    body = (
        f"<office:document {spaces}><office:body><office:text><text:h>GIẤY MỜI</text:h>"
        "<text:p>Họp<text:s/>lúc<text:line-break/>8 giờ</text:p><table:table><table:table-row>"
        "<table:table-cell><text:p>ID</text:p></table:table-cell><table:table-cell>"
        "<text:p>123</text:p></table:table-cell></table:table-row></table:table><text:p>"
        f'<text:a xlink:href="{LINK}">vào</text:a></text:p></office:text></office:body>'
        "</office:document>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", body)
    letter = read(out.getvalue())
    assert text_of(letter) == "GIẤY MỜI\nHọp lúc\n8 giờ\nID\t123\nvào"
    assert links(letter) == {LINK: "vào"}


def test_rich_text_is_read_with_its_links_and_old_fonts():
    old = "".join(f"\\'{byte:02x}" for byte in tcvn3("mời họp"))
    data = (
        r"{\rtf1\ansi{\fonttbl{\f0\fcharset163 Arial;}{\f1 .VnTime;}}{\*\generator x;}"
        r"{\f0 K\'ednh \u273?\u7891?ng ch\'ed}\par{\f1 " + old + r"}\line "
        r'{\field{\*\fldinst{HYPERLINK "' + LINK + r'"}}{\fldrslt{v\u224?o}}}}'
    )
    letter = read(data.encode("latin-1"))
    assert text_of(letter) == "Kính đồng chí\nmời họp\nvào"
    assert links(letter) == {LINK: "vào"}


def test_letters_packed_together_are_read():
    data = packed(thu_txt=WORDS, lich_ics="BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Họp\nEND:VEVENT")
    letter = read(data)
    assert WORDS in text_of(letter)
    assert letter.events[0].title == "Họp"


def test_a_zip_bomb_is_refused_and_zips_within_zips_end():
    assert code_of(packed(a_txt=b"a" * (100 << 20))) == "letter.unsafe"
    inner = packed(a_txt=WORDS)
    for _ in range(10):
        inner = packed(a_zip=inner)
    assert code_of(inner) == "letter.no_words"


def test_a_locked_zip_says_so():
    data = bytearray(packed(a_txt=WORDS))
    for place in (6, data.index(b"PK\x01\x02") + 8):
        data[place] |= 1
    assert code_of(bytes(data)) == "paper.encrypted"
