"""Votes and page-turning on the panel: one press opens, closes, shows, hands over, takes back."""

from concurrent.futures import Future
from typing import Any

from meetingroom.domain import facts
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.voting import Vote
from meetingroom.ui.context import DeskContext
from meetingroom.wording import tr


def motion_of(meeting: Meeting) -> facts.MotionPut | None:
    """The motion prepared first for the running item."""
    waiting = meeting.voting.motions.values()
    return next((one for one in waiting if one.item in ("", meeting.current_item)), None)


def vote_words(meeting: Meeting | None) -> str:
    """What a press does: open the prepared motion, or close the vote that runs."""
    running = meeting.voting.open if meeting else None
    return tr("Close the vote") if running else tr("Put to the vote")


def may_vote(meeting: Meeting) -> bool:
    """Whether there is a motion to open, or a vote to close that is not counted by hand."""
    running = meeting.voting.open
    if running is not None:
        return running.opened.way == "app"
    return meeting.state == "open" and motion_of(meeting) is not None


def press_vote(context: DeskContext, meeting: Meeting) -> "Future[Any]":
    """Open it, or close it and show the result."""
    assert context.voting is not None  # noqa: S101 - whoever steers has all services
    running = meeting.voting.open
    if running is not None:
        return context.voting.close(meeting.id, running.id)
    motion = motion_of(meeting)
    assert motion is not None  # noqa: S101 - else it is not offered
    return context.voting.open(meeting.id, motion)


def counted(meeting: Meeting) -> Vote | None:
    """The newest vote that has a result."""
    votes = reversed(meeting.voting.votes.values())
    return next((vote for vote in votes if vote.result is not None), None)


def show_result(context: DeskContext, meeting: Meeting) -> "Future[Any]":
    """The newest result again."""
    vote = counted(meeting)
    name = vote.id if vote is not None else ""
    scene = facts.SceneShown(scene="result", item=meeting.current_item, vote=name)
    return context.leading.show_again(meeting.id, scene)


def presenter_of(meeting: Meeting) -> str:
    """Who presents the running item, if they are of the meeting."""
    agenda = meeting.issued.agenda if meeting.issued else ()
    found = next((row.presenter for row in agenda if row.item == meeting.current_item), "")
    return found if found in meeting.people else ""


def turning_words(meeting: Meeting | None) -> str:
    """Hand the pages over, or take them back."""
    is_given = meeting is not None and bool(meeting.turner)
    return tr("Take the pages back") if is_given else tr("Pages to the presenter")


def may_hand_over(meeting: Meeting) -> bool:
    """Whether somebody presents, or has the pages."""
    return meeting.state == "open" and bool(meeting.turner or presenter_of(meeting))


def press_turning(context: DeskContext, meeting: Meeting) -> "Future[Any]":
    """To the presenter, or back."""
    person = "" if meeting.turner else presenter_of(meeting)
    return context.leading.give_turning(meeting.id, person)
