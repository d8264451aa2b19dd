"""What the rules of who may write are made of: their form, and who leads a meeting."""

from collections.abc import Callable

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory
from meetingroom.domain.ids import CHAIR, EVERYONE, SECRETARY
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import Head

Refusal = str | None
Rule = Callable[[str, Head, facts.Fact, Directory, Meeting], Refusal]


def leads(actor: str, meeting: Meeting) -> bool:
    """Whether a person is the meeting's chair or one of its secretaries."""
    return meeting.is_chair(actor) or meeting.is_secretary(actor)


def lead(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    """The rule for what leads a meeting: chair and secretaries, until it is closed."""
    if not leads(actor, meeting):
        return "no_right"
    is_again = isinstance(fact, facts.MeetingOpened) and fact.again
    if meeting.state in ("closed", "cancelled") and not is_again:
        return "closed"
    return None


def may_read_paper(principal: str, paper: str, meeting: Meeting) -> bool:
    """Whether a principal of the meeting may read a paper; unknown papers may be read."""
    known = meeting.papers.get(paper) or meeting.removed_papers.get(paper)
    if known is None or not known.is_restricted:
        return True
    return principal in known.audience or meeting.is_secretary(principal)


def reader_of(actor: str, paper: str, meeting: Meeting) -> Refusal:
    """Whether somebody invited may read a paper of the meeting."""
    if actor not in meeting.people:
        return "not_invited"
    is_known = paper in meeting.papers or paper in meeting.removed_papers
    return None if is_known and may_read_paper(actor, paper, meeting) else "unknown_paper"


def named_audience(head: Head, meeting: Meeting) -> Refusal:
    """Named readers must be people of the meeting."""
    persons = set(head.audience) - {EVERYONE, SECRETARY, CHAIR}
    return None if persons <= set(meeting.people) else "malformed"


def is_taken_back(head: Head, fact: facts.MarkPut | facts.MarkCarried, meeting: Meeting) -> bool:
    """Whether a mark's content was removed by its author, so that nobody else may have it."""
    gone = meeting.taken_back.get(fact.mark)
    content = fact.revision if isinstance(fact, facts.MarkPut) else fact.content
    return gone is not None and gone.author == head.author and content <= gone.revision
