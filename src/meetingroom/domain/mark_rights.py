"""Who may put, remove and carry marks: rules of the group marks."""

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import Head
from meetingroom.domain.ruling import (
    Refusal,
    Rule,
    is_taken_back,
    may_read_paper,
    named_audience,
    reader_of,
)


def _put_mark(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.MarkPut)  # noqa: S101
    refusal = (
        _newer_than_known(head, fact.mark, fact.revision, meeting)
        or reader_of(actor, fact.paper, meeting)
        or _same_audience(head, fact.mark, meeting)
        or _same_answer(fact, meeting)
    )
    if refusal is not None:
        return refusal
    if not may_read_paper(head.author, fact.paper, meeting):
        return "not_for_the_room"  # unlocked by somebody who may read it elsewhere
    paper = meeting.papers.get(fact.paper) or meeting.removed_papers[fact.paper]
    version = next((row for row in paper.versions if row.blob == fact.blob), None)
    is_on_it = version is not None and 0 <= fact.page < version.pages
    return None if is_on_it else "unknown_paper"


def _newer_than_known(head: Head, mark: str, revision: int, meeting: Meeting) -> Refusal:
    """Somebody else's mark, or one its author changed or removed on another computer first."""
    known = meeting.marks.get(mark) or meeting.taken_back.get(mark)
    if known is None:
        return None
    if known.author != head.author:
        return "not_yours"
    return None if revision > known.revision else "mark_changed"


def _same_audience(head: Head, mark: str, meeting: Meeting) -> Refusal:
    """A mark's readers never change: another audience is a fresh mark, without a history."""
    known = meeting.marks.get(mark)
    if known is None:
        return named_audience(head, meeting) if head.audience else "malformed"
    return None if set(head.audience) == set(known.audience) else "malformed"


def _same_answer(fact: facts.MarkPut, meeting: Meeting) -> Refusal:
    known = meeting.marks.get(fact.mark)
    return None if known is None or known.reply_to == fact.reply_to else "malformed"


def _remove_mark(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.MarkRemoved)  # noqa: S101
    known = meeting.marks.get(fact.mark)
    if known is None or known.author != head.author or known.paper != fact.paper:
        return "not_yours"
    # Named readers may have left the meeting since: the mark goes all the same.
    return _newer_than_known(head, fact.mark, fact.revision, meeting) or _same_audience(
        head, fact.mark, meeting
    )


def _carry_mark(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.MarkCarried)  # noqa: S101
    known = meeting.marks.get(fact.mark)
    if known is None or known.author != head.author or known.paper != fact.paper:
        return "not_yours"
    before = known.stands.get(fact.to_blob)
    if is_taken_back(head, fact, meeting) or (before and fact.revision <= before.revision):
        return "mark_changed"
    refusal = reader_of(actor, fact.paper, meeting) or _same_audience(head, fact.mark, meeting)
    if refusal is not None:
        return refusal
    paper = meeting.papers.get(fact.paper) or meeting.removed_papers[fact.paper]
    pages = {version.blob: version.pages for version in paper.versions}
    is_known = {fact.from_blob, fact.to_blob} <= pages.keys() and fact.to_blob != known.blob
    return None if is_known and fact.page < pages[fact.to_blob] else "unknown_paper"


RULES: dict[str, Rule] = {
    "mark_put": _put_mark,
    "mark_removed": _remove_mark,
    "mark_carried": _carry_mark,
}
