"""The scene of a break: until when, how long still, and what comes after it."""

import math

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.stage import moments
from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.stage.coming import break_ends, coming_item
from meetingroom.ui.stage.scenes import paint_head
from meetingroom.wording import tr


def paint_break(brush: Brush, meeting: Meeting, _directory: Directory) -> None:
    """A break, and what comes after it."""
    brush.clear()
    paint_head(brush, meeting.issued.title if meeting.issued else "")
    has_end = break_ends(meeting) is not None
    y = brush.title(brush.height * (0.2 if has_end else 0.36), tr("Break"), "name")
    if has_end:
        _countdown(brush, y + brush.px("gap"), meeting)
        y = brush.height * 0.76
        brush.rule(y)
    following = coming_item(meeting)
    if following is not None:
        y += brush.px("gap")
        end = brush.line(brush.margin, y, tr("Next") + "  ", "lead", "ink_soft")
        words = f"{following.number}. {following.item.title}"
        brush.elided(end, y, brush.width - brush.margin - end, words, "lead", "ink")


def _countdown(brush: Brush, y: float, meeting: Meeting) -> None:
    """Minutes in large digits, in the last minute seconds; the hour stands beside them."""
    ends = break_ends(meeting)
    if ends is None:
        return
    seconds = (ends - moments.now()).total_seconds()
    back = tr("We go on at {0}").format(moments.time_words(ends))
    if seconds <= 0:
        brush.line(brush.margin, y, tr("The break is over"), "label", "attention", 600)
        brush.line(brush.margin, y + brush.px("label") * 1.6, back, "clock", weight=700)
        return
    is_last = seconds <= 60
    figure = str(math.ceil(seconds)) if is_last else str(math.ceil(seconds / 60))
    unit = tr(" seconds") if is_last else tr(" minutes")
    ink = "attention" if is_last else "ink"
    brush.line(brush.margin, y, tr("Break ends in"), "label", "ink_soft")
    top = y + brush.px("label") * 1.3
    end = brush.line(brush.margin, top, figure, "figure_large", ink, 700)
    brush.line(end, top + brush.px("figure_large") * 0.72, unit, "lead")
    x = brush.margin + brush.height * 0.75
    brush.line(x, y, tr("We go on at"), "label", "ink_soft")
    brush.line(x, top + brush.px("figure_large") * 0.42, f"{ends:%H:%M}", "figure", weight=700)
