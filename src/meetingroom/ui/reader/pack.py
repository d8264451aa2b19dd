"""The pack: all papers of a meeting as one run of pages."""

import msgspec

from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.wording import tr


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A page in the pack; counts from 0."""

    paper: str
    page: int


def place_after(meeting: Meeting, place: Place, delta: int) -> Place | None:
    """The page `delta` on in the pack, over the ends of papers; None beyond its ends."""
    papers = meeting.in_reading_order()
    at = position(meeting, place) + delta
    for paper in papers:
        if at < 0:
            return None
        if at < paper.current.pages:
            return Place(paper=paper.paper, page=at)
        at -= paper.current.pages
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


def place_words(meeting: Meeting, paper: Paper, page: int) -> tuple[str, str]:
    """Where a page is in the pack: with the paper's title, and without it."""
    number, pages = meeting.number_of(paper.paper), paper.current.pages
    at = position(meeting, Place(paper=paper.paper, page=page)) + 1
    words = tr("{0} {1}, page {2}/{3}; {4}/{5} in the whole pack")
    short = tr("{0}, page {1}/{2}; {3}/{4} in the whole pack")
    return (
        words.format(number, paper.title, page + 1, pages, at, total(meeting)),
        short.format(number, page + 1, pages, at, total(meeting)),
    )
