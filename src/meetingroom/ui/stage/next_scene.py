"""The scene "next up": which item comes, who presents it, when, with which papers."""

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.stage import moments
from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.stage.coming import Coming, coming_item
from meetingroom.ui.stage.scenes import paint_head, paint_presenter
from meetingroom.wording import tr


def paint_next(brush: Brush, meeting: Meeting, directory: Directory) -> None:
    """What everyone should have ready."""
    brush.clear()
    paint_head(brush, meeting.issued.title if meeting.issued else "")
    following = coming_item(meeting)
    y = brush.height * 0.2
    brush.line(brush.margin, y, tr("Next"), "lead", "accent", 700)
    y += brush.px("lead") * 1.8
    if following is None:
        brush.title(y, tr("The agenda is done"))
        return
    y = brush.title(y, f"{following.number}. {following.item.title}", most=3)
    paint_presenter(brush, y + brush.px("gap") * 0.6, following.item.presenter, directory)
    y = brush.height * 0.72
    brush.rule(y)
    _when(brush, y + brush.px("gap"), following)
    _papers(brush, y + brush.px("gap"), meeting, following)


def _when(brush: Brush, y: float, following: Coming) -> None:
    brush.line(brush.margin, y, tr("At about"), "label", "ink_soft")
    below = y + brush.px("label") * 1.4
    minutes = max(0.0, (following.at - moments.now()).total_seconds() / 60)
    end = brush.line(brush.margin, below, f"{following.at:%H:%M}", "clock", weight=700)
    words = tr("in {0} min").format(round(minutes)) if minutes >= 1 else tr("right now")
    drop = below + brush.px("clock") * 0.36
    brush.line(end + brush.px("gap") * 0.6, drop, words, "body", "ink_soft")


def _papers(brush: Brush, y: float, meeting: Meeting, following: Coming) -> None:
    """By their numbers: what to have open. Restricted ones are not for the room."""
    papers = [p for p in meeting.papers_of(following.item.item) if not p.is_restricted]
    if not papers:
        return
    x = brush.margin + brush.height * 0.6
    room = brush.width - brush.margin - x
    brush.line(x, y, tr("Papers", "of the next item"), "label", "ink_soft")
    first, rest = papers[0], papers[1:]
    below = y + brush.px("label") * 1.5
    brush.elided(x, below, room, f"{meeting.number_of(first.paper)}  {first.title}", "body", "ink")
    if rest:
        numbers = ", ".join(meeting.number_of(paper.paper) for paper in rest)
        brush.elided(x, below + brush.px("body") * 1.4, room, numbers, "body", "ink_soft")
