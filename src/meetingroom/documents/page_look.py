"""What is on a page by its lists of resources, as MuPDF has them: a look, nothing is drawn."""

from typing import Any

import msgspec
import pymupdf

mupdf = pymupdf.mupdf
MOST = 64  # entries of a list looked at; a page with more is a drawing


class PageLook(msgspec.Struct, frozen=True, kw_only=True):
    """Facts by which an engine is chosen.

    `may_have_pictures`: there are pictures or forms that may hold some, so that where they
    lie must be measured. `is_layered`: parts are drawn apart and laid over each other.
    `has_plain_group`: the page asks to be drawn apart, in the colours of the screen.
    `is_written_on`: annotations other than links, or form fields.
    """

    may_have_pictures: bool = False
    picture_pixels: int = 0
    is_layered: bool = False
    has_plain_group: bool = False
    is_written_on: bool = False


def look_at(document: Any, number: int) -> PageLook:
    """The facts of one page. Raises what MuPDF raises of a damaged one."""
    page = mupdf.pdf_page_from_fz_page(mupdf.fz_load_page(document, number))
    resources = mupdf.pdf_page_resources(page)
    forms, pixels, is_layered = _things(mupdf.pdf_dict_gets(resources, "XObject"))
    group = _group(mupdf.pdf_dict_gets(page.obj(), "Group"))
    return PageLook(
        may_have_pictures=forms > 0 or pixels > 0,
        picture_pixels=pixels,
        is_layered=is_layered
        or group == "other"
        or _has_masks(mupdf.pdf_dict_gets(resources, "ExtGState")),
        has_plain_group=group == "screen",
        is_written_on=_is_written_on(mupdf.pdf_dict_gets(page.obj(), "Annots")),
    )


def _things(things: Any) -> tuple[int, int, bool]:
    """How many forms, how many pixels in pictures, whether a form is a group of its own."""
    forms, pixels, is_layered = 0, 0, False
    for number in range(min(MOST, mupdf.pdf_dict_len(things))):
        thing = mupdf.pdf_dict_get_val(things, number)
        kind = mupdf.pdf_to_name(mupdf.pdf_dict_gets(thing, "Subtype"))
        if kind == "Image":
            width = mupdf.pdf_to_int(mupdf.pdf_dict_gets(thing, "Width"))
            height = mupdf.pdf_to_int(mupdf.pdf_dict_gets(thing, "Height"))
            pixels += max(0, width) * max(0, height)
        elif kind == "Form":
            forms += 1
            is_layered = is_layered or bool(mupdf.pdf_dict_gets(thing, "Group").m_internal)
    return forms, pixels, is_layered


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
