"""The scenes "vote" and "result": the motion, who has voted, and bars once there are counts."""

from PySide6.QtCore import QRectF

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.voting import Vote
from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.stage.scenes import paint_head
from meetingroom.ui.stage.vote_words import rule_words, verdict_words
from meetingroom.wording import tr

INKS = ("good", "live", "ink_soft")


def vote_on_stage(meeting: Meeting) -> Vote | None:
    """The vote the scene names, else the newest."""
    return meeting.voting.votes.get(meeting.scene.vote) or meeting.voting.last


def paint_vote(brush: Brush, meeting: Meeting, _directory: Directory) -> None:
    """The motion and how many have voted: no tally, unless the chair wants it."""
    vote = vote_on_stage(meeting)
    brush.clear()
    paint_head(brush, meeting.issued.title if meeting.issued else "")
    if vote is None:
        brush.title(brush.height * 0.3, tr("No vote is running"))
        return
    y = _motion(brush, vote, tr("Please vote"))
    if vote.opened.way != "app":
        brush.line(brush.margin, y, tr("By hand: two people count"), "lead", "ink_soft")
        return
    done, total = len(vote.voted), len(vote.opened.voters)
    brush.line(brush.margin, y, tr("Have voted"), "label", "ink_soft")
    y += brush.px("label") * 1.2
    end = brush.line(brush.margin, y, str(done), "figure", weight=700)
    brush.line(end, y + brush.px("figure") * 0.4, f" / {total}", "title_small", "ink_soft")
    y += brush.px("figure") * 1.35
    brush.bar(QRectF(brush.margin, y, brush.width - 2 * brush.margin, brush.px("bar")),
              done / total if total else 0, "accent")  # fmt: skip
    if vote.opened.shows_tally and not vote.opened.is_secret:
        words = ", ".join(
            f"{choice} {count}"
            for choice, count in zip(vote.opened.choices, vote.tally(), strict=True)
        )
        room = brush.width - 2 * brush.margin
        brush.elided(brush.margin, y + brush.px("bar") * 2, room, words, "body", "ink")


def paint_result(brush: Brush, meeting: Meeting, _directory: Directory) -> None:
    """A bar each choice, and the verdict in words."""
    vote = vote_on_stage(meeting)
    brush.clear()
    paint_head(brush, meeting.issued.title if meeting.issued else "")
    if vote is None or vote.result is None:
        words = verdict_words(vote) if vote else ""
        brush.title(brush.height * 0.3, words or tr("There is no result yet"), most=3)
        return
    y = _motion(brush, vote, tr("Result of the vote"))
    most = max(*vote.result.counts, 1)
    rows = list(zip(vote.opened.choices, vote.result.counts, strict=True))[:4]
    step = (brush.height * 0.86 - y) / max(3, len(rows))
    for place, (choice, count) in enumerate(rows):
        _bar(brush, y + place * step, choice, count, count / most, INKS[min(place, 2)])
    room = brush.width - 2 * brush.margin
    words = f"{verdict_words(vote)}. {rule_words(vote, vote.result.present)}"
    brush.elided(brush.margin, brush.height * 0.9, room, words, "text_smallest", "ink")


def _motion(brush: Brush, vote: Vote, words: str) -> float:
    y = brush.height * 0.15
    if vote.opened.is_secret:
        words = f"{words} · {tr('secret ballot')}"
    brush.line(brush.margin, y, words, "label", "accent", 700)
    return brush.title(y + brush.px("label") * 1.6, vote.opened.motion, most=2) + brush.px("gap")


def _bar(brush: Brush, y: float, choice: str, count: int, share: float, ink: str) -> None:
    label = brush.width * 0.24
    brush.elided(brush.margin, y, label - brush.px("gap"), choice, "body", "ink")
    room = brush.width - 2 * brush.margin - label - brush.px("lead") * 2
    x = brush.margin + label
    brush.bar(QRectF(x, y + brush.px("body") * 0.25, room, brush.px("body")), share, ink)
    brush.line(x + room + brush.px("gap") * 0.5, y - brush.px("lead") * 0.1, str(count), "lead",
               weight=700)  # fmt: skip
