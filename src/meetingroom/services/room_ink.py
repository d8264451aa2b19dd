"""Ink on what the room sees: live while it grows, kept as the meeting's layer for everybody."""

from concurrent.futures import Future

from meetingroom.domain import facts
from meetingroom.domain.errors import RefusedError
from meetingroom.domain.ids import EVERYONE, is_room, new_id
from meetingroom.domain.marks import Box, Ink, Line, Mark, Shape, TextMark
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.ruling import leads
from meetingroom.domain.stage import Laser, Stroke
from meetingroom.services.desk import Desk
from meetingroom.services.marking import Content, Marking

DRAWN = (Ink, Line, Box, TextMark)


def layer_on(meeting: Meeting, blob: str, page: int) -> list[Mark]:
    """What the room sees over a page: drawn for everybody by who leads or presents."""
    return [
        mark
        for mark in meeting.marks_on(blob, page)
        if isinstance(mark.shape, DRAWN)
        and EVERYONE in mark.audience
        and not (mark.reply_to or mark.is_refused)
        and draws_for_the_room(mark.author, meeting)
    ]


def draws_for_the_room(author: str, meeting: Meeting) -> bool:
    """Whether somebody's ink for everybody belongs on the room's screen."""
    presents = {row.presenter for row in meeting.issued.agenda} if meeting.issued else set()
    return is_room(author) or leads(author, meeting) or author in {meeting.turner, *presents}


def is_of_the_screen(mark: Mark) -> bool:
    """Whether a mark is a stroke written on the room's screen: seen on its page, no note."""
    return is_room(mark.author) and isinstance(mark.shape, Ink)


def is_kept(stroke: Stroke, meeting: Meeting) -> bool:
    """Whether a stroke became a mark: the same hand, page and beginning."""
    start = stroke.points[0]
    return any(
        isinstance(mark.shape, Ink)
        and mark.author == stroke.author
        and (mark.shape.strokes[0][0].x, mark.shape.strokes[0][0].y) == (start.x, start.y)
        for mark in meeting.marks_on(stroke.blob, stroke.page)
    )


class RoomInk:
    """The laser and the pen of who turns the room's pages."""

    def __init__(self, desk: Desk, marking: Marking) -> None:
        self._desk, self._marking = desk, marking

    def point(self, laser: Laser) -> None:
        """Show, move or hide the laser for everybody."""
        if self._desk.link is not None:
            self._desk.link.point(laser, self._behalf(laser.meeting))

    def grow(self, stroke: Stroke) -> None:
        """Show everybody the stroke so far."""
        if self._desk.link is not None:
            self._desk.link.draw(stroke, self._behalf(stroke.meeting))

    def keep(self, stroke: Stroke) -> "Future[str]":
        """Keep a finished stroke for everybody; its mark's id, once it is on the disk."""
        folded = self._desk.meeting(stroke.meeting)
        paper = folded.paper_with(stroke.blob) if folded else None
        if paper is None:
            return self._desk.run(_not_here)
        shape: Shape = Ink(strokes=(stroke.points,), width=stroke.width)
        if not is_room(self._desk.person):
            content = Content(shape=shape, colour=stroke.colour, audience=(EVERYONE,))
            return self._marking.put(stroke.meeting, paper.paper, stroke.blob, stroke.page, content)
        fact = facts.MarkPut(
            mark=new_id("mark"), revision=1, paper=paper.paper, blob=stroke.blob,
            page=stroke.page, shape=shape, colour=stroke.colour,
        )  # fmt: skip
        return self._desk.run(lambda: self._write(stroke.meeting, fact) and fact.mark)

    def newest(self, meeting: str) -> Mark | None:
        """What `undo` takes away: the newest own ink on the page the room sees."""
        folded, stage = self._desk.meeting(meeting), self._desk.stage(meeting)
        if folded is None:
            return None
        mine = [
            mark
            for mark in layer_on(folded, stage.blob, stage.page)
            if mark.author == self._desk.person and isinstance(mark.shape, Ink)
        ]
        return mine[-1] if mine else None

    def undo(self, meeting: str) -> "Future[None] | None":
        """Take the newest own stroke off the page the room sees; None if there is none."""
        mark = self.newest(meeting)
        if mark is None:
            return None
        if not is_room(self._desk.person):
            return self._marking.remove(meeting, mark.id)
        gone = facts.MarkRemoved(mark=mark.id, revision=mark.revision + 1, paper=mark.paper)
        return self._desk.run(lambda: self._remove(meeting, gone))

    def _remove(self, meeting: str, gone: facts.MarkRemoved) -> None:
        self._write(meeting, gone)

    def _write(self, meeting: str, fact: facts.Fact) -> str:
        return self._desk.write(
            meeting, fact, audience=(EVERYONE,), on_behalf_of=self._behalf(meeting)
        )

    def _behalf(self, meeting: str) -> str | None:
        folded = self._desk.meeting(meeting)
        if folded is None or not is_room(self._desk.person):
            return None
        return folded.unlocked.get(self._desk.person)


def _not_here() -> str:
    raise RefusedError("unknown_paper")
