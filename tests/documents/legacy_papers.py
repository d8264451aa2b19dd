"""Papers set in Vietnamese fonts from before Unicode, in the ways real ones are."""

from pathlib import Path

import pymupdf

FONT = Path(__file__).parents[2] / "resources" / "fonts" / "BeVietnamPro_500Medium.ttf"


def to_unicode(pairs: dict[int, str], size: int = 1) -> bytes:
    """A font's table: code → text."""
    rows = [f"<{code:0{2 * size}x}> <{text.encode('utf-16-be').hex()}>"
            for code, text in pairs.items()]  # fmt: skip
    body = "\n".join(rows)
    return (
        f"begincmap 1 begincodespacerange <{'00' * size}> <{'ff' * size}> endcodespacerange\n"
        f"{len(rows)} beginbfchar\n{body}\nendbfchar endcmap"
    ).encode()


def legacy_paper(
    path: Path,
    codes: bytes,
    font: str = "/.VnTime",
    *,
    encoding: str = "/WinAnsiEncoding",
    table: bytes = b"",
    is_embedded: bool = True,
) -> Path:
    """One line of text, as codes of a simple TrueType font."""
    document = pymupdf.open()
    page = document.new_page()
    descriptor = _descriptor(document, font, is_embedded, is_symbolic=not encoding)
    name = document.get_new_xref()
    document.update_object(
        name,
        f"<</Type/Font/Subtype/TrueType/BaseFont{font}/FirstChar 32/LastChar 255"
        f"/Widths[{'500 ' * 224}]/FontDescriptor {descriptor} 0 R"
        + (f"/Encoding{encoding}" if encoding else "")
        + ">>",
    )
    return _saved(document, page, name, codes, table, path)


def legacy_composite(path: Path, codes: bytes, table: bytes, font: str = "/.VnTime") -> Path:
    """One line of two-byte codes, as a word processor's own export writes it."""
    document = pymupdf.open()
    page = document.new_page()
    descriptor = _descriptor(document, font, is_embedded=True, is_symbolic=True)
    child, name = document.get_new_xref(), 0
    document.update_object(
        child,
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont{font}/CIDSystemInfo"
        f"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500"
        f"/FontDescriptor {descriptor} 0 R/CIDToGIDMap/Identity>>",
    )
    name = document.get_new_xref()
    document.update_object(
        name,
        f"<</Type/Font/Subtype/Type0/BaseFont{font}/Encoding/Identity-H"
        f"/DescendantFonts[{child} 0 R]>>",
    )
    return _saved(document, page, name, codes, table, path)


def _descriptor(
    document: pymupdf.Document, font: str, is_embedded: bool, *, is_symbolic: bool
) -> int:
    file = document.get_new_xref()
    document.update_object(file, "<<>>")
    document.update_stream(file, FONT.read_bytes())
    descriptor = document.get_new_xref()
    document.update_object(
        descriptor,
        f"<</Type/FontDescriptor/FontName{font}/Flags {4 if is_symbolic else 32}"
        "/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80"
        + (f"/FontFile2 {file} 0 R" if is_embedded else "")
        + ">>",
    )
    return descriptor


def _saved(
    document: pymupdf.Document, page: pymupdf.Page, font: int, codes: bytes, table: bytes,
    path: Path,
) -> Path:  # fmt: skip
    if table:
        stream = document.get_new_xref()
        document.update_object(stream, "<<>>")
        document.update_stream(stream, table)
        document.xref_set_key(font, "ToUnicode", f"{stream} 0 R")
    document.xref_set_key(page.xref, "Resources", f"<</Font<</F1 {font} 0 R>>>>")
    content = document.get_new_xref()
    document.update_object(content, "<<>>")
    document.update_stream(content, b"BT /F1 14 Tf 50 700 Td <" + codes.hex().encode() + b"> Tj ET")
    document.xref_set_key(page.xref, "Contents", f"{content} 0 R")
    document.save(path, garbage=1)
    document.close()
    return path
