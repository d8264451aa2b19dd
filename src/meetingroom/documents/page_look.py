"""What is on a page, as MuPDF has it: a look at its lists of resources, nothing is drawn.

Where there are pictures the page is followed once to see where they lie, still undecoded.
PDFium could tell too, but would load all fonts of a page that it then does not draw.
"""

from typing import Any

import msgspec
import pymupdf

mupdf = pymupdf.mupdf
MOST = 64  # entries of a list looked at
DEEPEST = 2  # forms within forms
SMALL = 50_000  # pixels: fewer are a logo, however large it is drawn
LONG = 8000  # bytes a page is written in
MANY_POINTS, MANY_STROKES = 800, 60  # MuPDF takes as long as PDFium with these, then longer
POINTS = (b" l\n", b" l ", b" l\r", b" c\n", b" c ", b" c\r")
STROKES = (b"\nS\n", b" S\n", b"\nS ", b" S ", b"\rS\r", b"\ns\n", b"\nB\n", b" B\n", b"\nB*\n")
PICTURES = ("fill-image", "fill-imgmask")


class PageLook(msgspec.Struct, frozen=True, kw_only=True):
    """Facts by which an engine is chosen.

    `picture_share`: how much of the page lies under pictures, from 0; above 1 where they
    overlap. `picture_pixels`: how large they are unpacked. `is_layered`: parts are drawn
    apart and laid over each other. `is_line_drawing`: hundreds of long lines, as on maps
    and plans. `has_plain_group`: the page asks to be drawn apart, in the colours of the
    screen.
    `is_written_on`: annotations other than links, or form fields.
    """

    picture_share: float = 0.0
    picture_pixels: int = 0
    is_layered: bool = False
    is_line_drawing: bool = False
    has_plain_group: bool = False
    is_written_on: bool = False


def look_at(document: pymupdf.Document, number: int) -> PageLook:
    """The facts of one page. Raises what MuPDF raises of a damaged one."""
    opened = document[number]
    page = mupdf.pdf_page_from_fz_page(opened.this)
    resources = mupdf.pdf_page_resources(page)
    pixels, is_layered = _things(resources)
    group = _group(mupdf.pdf_dict_gets(page.obj(), "Group"))
    return PageLook(
        picture_share=_share(opened) if pixels >= SMALL else 0.0,
        picture_pixels=pixels,
        is_layered=is_layered
        or group == "other"
        or _has_masks(mupdf.pdf_dict_gets(resources, "ExtGState")),
        is_line_drawing=_is_line_drawing(opened),
        has_plain_group=group == "screen",
        is_written_on=_is_written_on(mupdf.pdf_dict_gets(page.obj(), "Annots")),
    )


def _things(resources: Any, depth: int = 0) -> tuple[int, bool]:
    """How many pixels in pictures, whether a form is a group of its own."""
    things = mupdf.pdf_dict_gets(resources, "XObject")
    pixels, is_layered = 0, False
    for number in range(min(MOST, mupdf.pdf_dict_len(things))):
        thing = mupdf.pdf_dict_get_val(things, number)
        kind = mupdf.pdf_to_name(mupdf.pdf_dict_gets(thing, "Subtype"))
        if kind == "Image":
            width = mupdf.pdf_to_int(mupdf.pdf_dict_gets(thing, "Width"))
            height = mupdf.pdf_to_int(mupdf.pdf_dict_gets(thing, "Height"))
            pixels += max(0, width) * max(0, height)
        elif kind == "Form":
            is_layered = is_layered or bool(mupdf.pdf_dict_gets(thing, "Group").m_internal)
            if depth < DEEPEST:
                inner = _things(mupdf.pdf_dict_gets(thing, "Resources"), depth + 1)
                pixels, is_layered = pixels + inner[0], is_layered or inner[1]
    return pixels, is_layered


def _share(page: pymupdf.Page) -> float:
    """How much of a page its pictures cover."""
    whole = page.rect
    covered = 0.0
    for kind, box in page.get_bboxlog():
        if kind in PICTURES:
            across = min(box[2], whole.x1) - max(box[0], whole.x0)
            down = min(box[3], whole.y1) - max(box[1], whole.y0)
            covered += max(0.0, across) * max(0.0, down)
    return float(covered / max(1.0, whole.width * whole.height))


def _is_line_drawing(page: pymupdf.Page) -> bool:
    """By what the page is written in; pages of text are shorter and are not looked into."""
    contents = mupdf.pdf_dict_gets(mupdf.pdf_page_from_fz_page(page.this).obj(), "Contents")
    parts = [contents] if not mupdf.pdf_is_array(contents) else [
        mupdf.pdf_array_get(contents, part)
        for part in range(min(MOST, mupdf.pdf_array_len(contents)))
    ]  # fmt: skip
    if sum(mupdf.pdf_to_int(mupdf.pdf_dict_gets(part, "Length")) for part in parts) < LONG:
        return False
    written = page.read_contents()
    points = sum(written.count(sign) for sign in POINTS)
    strokes = sum(written.count(sign) for sign in STROKES)
    return bool(points >= MANY_POINTS and strokes >= MANY_STROKES)


def _group(group: Any) -> str:
    """Whether a page's group is in the colours of the screen: "none", "screen", "other"."""
    if not group.m_internal or mupdf.pdf_to_name(mupdf.pdf_dict_gets(group, "S")) != "Transparency":
        return "none"
    colours = mupdf.pdf_dict_gets(group, "CS")
    if not colours.m_internal or mupdf.pdf_to_name(colours) in ("DeviceRGB", "RGB"):
        return "screen"
    kind = mupdf.pdf_to_name(mupdf.pdf_array_get(colours, 0))
    if kind == "CalRGB":
        return "screen"
    profile = mupdf.pdf_array_get(colours, 1)
    is_screen = kind == "ICCBased" and mupdf.pdf_to_int(mupdf.pdf_dict_gets(profile, "N")) == 3
    return "screen" if is_screen else "other"


def _has_masks(states: Any) -> bool:
    return any(
        mupdf.pdf_is_dict(mupdf.pdf_dict_gets(mupdf.pdf_dict_get_val(states, number), "SMask"))
        for number in range(min(MOST, mupdf.pdf_dict_len(states)))
    )


def _is_written_on(annotations: Any) -> bool:
    count = mupdf.pdf_array_len(annotations)
    return count > 0 and any(
        mupdf.pdf_to_name(mupdf.pdf_dict_gets(mupdf.pdf_array_get(annotations, number), "Subtype"))
        not in ("Link", "Popup")
        for number in range(min(MOST, count))
    )
