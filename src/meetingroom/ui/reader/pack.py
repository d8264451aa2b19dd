"""The pack: all papers of a meeting as one run of pages."""

import msgspec

from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.ui.page.roll import Roll
from meetingroom.wording import tr


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A page in the pack; counts from 0. `blob` names an older version of the paper."""

    paper: str
    page: int
    blob: str = ""


def roll_of(meeting: Meeting) -> Roll:
    """All pages of a meeting's papers, as one scrolls through them."""
    papers = meeting.in_reading_order()
    return Roll([(paper.current.blob, paper.current.pages) for paper in papers])


def place_at(meeting: Meeting, index: int) -> Place | None:
    """The page with this number in the pack; None beyond its ends."""
    if index < 0:
        return None
    for paper in meeting.in_reading_order():
        if index < paper.current.pages:
            return Place(paper=paper.paper, page=index)
        index -= paper.current.pages
    return None


def position(meeting: Meeting, place: Place) -> int:
    """How many pages of the pack come before this one."""
    before = 0
    for paper in meeting.in_reading_order():
        if paper.paper == place.paper:
            return before + place.page
        before += paper.current.pages
    return before


def total(meeting: Meeting) -> int:
    """Pages of the pack."""
    return sum(paper.current.pages for paper in meeting.in_reading_order())


def paper_of(meeting: Meeting, place: Place | None) -> Paper | None:
    """The paper a place is in, if the meeting still has it."""
    return meeting.papers.get(place.paper) if place is not None else None


def file_of(paper: Paper, place: Place) -> tuple[str, int]:
    """The file a place is in, and its number of pages; the current version's if it is gone."""
    old = next((row for row in paper.versions if row.blob == place.blob), None)
    version = old or paper.current
    return version.blob, version.pages


def place_words(meeting: Meeting, paper: Paper, page: int, label: str = "") -> tuple[str, str, str]:
    """Where a page is in the pack: with the paper's title, without it, and shortest.

    `label` is the number printed on the page, where the file tells another than ours.
    """
    number, pages = meeting.number_of(paper.paper), paper.current.pages
    at = position(meeting, Place(paper=paper.paper, page=page)) + 1
    here, all_pages = f"{page + 1}", total(meeting)
    if label and label != here:
        here = tr("{0} (printed: {1})").format(here, label)
    words = tr("{0} {1}, page {2}/{3}; {4}/{5} in the whole pack")
    short = tr("{0}, page {1}/{2}; {3}/{4} in the whole pack")
    return (
        words.format(number, paper.title, here, pages, at, all_pages),
        short.format(number, here, pages, at, all_pages),
        f"{number} · {at}/{all_pages}",
    )
