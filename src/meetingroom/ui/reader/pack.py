"""The pack: all papers of a meeting as one run of pages."""

import msgspec

from meetingroom.domain.meeting import Meeting, Paper


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
