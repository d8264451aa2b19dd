"""Who may write a record and who may read it: the one place that decides.

The hub judges a record once, when it accepts it (`may_write`), and freezes its readers
(`frozen_readers`); what reaches a device is decided by `may_read` alone.
"""

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory, Principal
from meetingroom.domain.entries import Entry
from meetingroom.domain.ids import CHAIR, EVERYONE, ME, OFFICE, SECRETARY, is_person, is_room
from meetingroom.domain.marks import is_drawable
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import Head
from meetingroom.domain.replies import Answered, within
from meetingroom.domain.ruling import Refusal, Rule, lead, leads
from meetingroom.domain.voice_rights import RULES as VOICE_RULES
from meetingroom.domain.vote_rights import RULES as VOTE_RULES

ROOM_KINDS = frozenset(
    {
        "meeting_opened",
        "meeting_closed",
        "item_started",
        "item_ended",
        "scene_shown",
        "display_locked",
        "checked_in",
        "left_meeting",
        "mark_put",
        "mark_removed",
    }
)
ROOM_GROUPS = frozenset({"meeting", "marks"})
ROOM_READS = frozenset(
    {
        "checked_in",
        "left_meeting",
        "vote_opened",
        "has_voted",
        "vote_closed",
        "count_entered",
        "display_fault",
    }
)
OWN_GROUPS = frozenset({"delivery", "people", "marks", "voice", "votes"})
MEETING_PERMISSIONS = frozenset({"meeting_issued", "paper_put"})
MEMBERSHIP_KINDS = frozenset({"person_set", "person_removed", "room_set"})
OPENING = (
    facts.PaperPut
    | facts.TemplateSet
    | facts.MinutesDrafted
    | facts.MinutesConfirmed
    | facts.ConclusionIssued
)
WORDS_FOR_SOME = frozenset(
    {"receipt", "reminder_sent", "hand_delivery_noted", "answer_given", "display_fault"}
)


# --- reading ----------------------------------------------------------------------------


def frozen_readers(
    head: Head, meeting: Meeting | None, answered: Answered | None = None
) -> tuple[str, ...]:
    """The readers as they are when the hub accepts a record: principals, or "everyone".

    Secretary and chair freeze to the persons of the moment; the author is always one. A reply
    keeps within the readers of the mark it answers.
    """
    readers: dict[str, None] = {head.author: None}
    for word in head.audience or (EVERYONE,):
        if word == SECRETARY and meeting is not None and meeting.issued is not None:
            readers.update(dict.fromkeys(meeting.issued.secretaries))
        elif word == CHAIR and meeting is not None and meeting.issued is not None:
            readers[meeting.issued.chair] = None
        elif word not in (SECRETARY, CHAIR, ME):
            readers[word] = None
    return within(tuple(readers), answered) if answered is not None else tuple(readers)


def paper_of(fact: facts.Fact) -> str:
    """The paper a fact is about, empty if none: its audience narrows who may read it."""
    return getattr(fact, "paper", "") or ""


def blob_opened(fact: facts.Fact) -> str:
    """The blob a record opens to whoever may read it, empty if none.

    A mark or a receipt only names the blob it is about: it opens nothing.
    """
    return fact.blob if isinstance(fact, OPENING) else ""


def may_read_paper(principal: str, paper: str, meeting: Meeting) -> bool:
    """Whether a principal of the meeting may read a paper; unknown papers may be read."""
    known = meeting.papers.get(paper) or meeting.removed_papers.get(paper)
    if known is None or not known.is_restricted:
        return True
    return principal in known.audience or meeting.is_secretary(principal)


def may_read(
    principal: str,
    head: Head,
    fact: facts.Fact,
    readers: tuple[str, ...],
    directory: Directory,
    meeting: Meeting | None,
) -> bool:
    """Whether a record may reach a principal's devices, by today's people and audiences.

    Own words (marks, answers, receipts) stay with their author; what was said as chair or
    secretary follows the meeting's people and the paper's audience like everybody's.
    """
    belongs = directory.has(principal)
    if head.stream == OFFICE:
        return belongs
    if meeting is None or ME in head.audience or not belongs:
        return False
    kind = facts.KINDS.get(head.kind)
    if head.author == principal and is_person(principal) and kind and kind.group in OWN_GROUPS:
        return True
    if isinstance(fact, facts.MarkPut | facts.MarkCarried) and is_taken_back(head, fact, meeting):
        return False
    if is_room(principal):
        return _room_may_read(head, fact, readers, principal, meeting)
    return (
        principal in meeting.people
        and (EVERYONE in readers or principal in readers)
        and may_read_paper(principal, paper_of(fact), meeting)
    )


def _room_may_read(
    head: Head, fact: facts.Fact, readers: tuple[str, ...], room: str, meeting: Meeting
) -> bool:
    kind = facts.KINDS.get(head.kind)
    # Of a kind it does not know, a room gets only what it must not fold wrongly without.
    is_for_rooms = kind.group in ROOM_GROUPS or kind.name in ROOM_READS if kind else head.critical
    is_for_all = EVERYONE in readers or room in readers
    return is_for_rooms and is_for_all and may_read_paper(room, paper_of(fact), meeting)


def is_taken_back(head: Head, fact: facts.MarkPut | facts.MarkCarried, meeting: Meeting) -> bool:
    """Whether a mark's content was removed by its author, so that nobody else may have it."""
    gone = meeting.taken_back.get(fact.mark)
    content = fact.revision if isinstance(fact, facts.MarkPut) else fact.content
    return gone is not None and gone.author == head.author and content <= gone.revision


# --- writing ----------------------------------------------------------------------------


def may_write(
    principal: Principal,
    entry: Entry,
    directory: Directory,
    meeting: Meeting | None,
    answered: Answered | None = None,
) -> Refusal:
    """Why the hub refuses a record (a short code), or None when it accepts it.

    `answered` is the mark a reply names, if the hub has or had it.
    """
    head, fact = entry.head, entry.fact
    kind = facts.KINDS.get(head.kind)
    if kind is None or head.version > kind.version:
        return "hub_too_old"
    refusal = _malformed(head, fact, kind)
    if refusal is not None:
        return refusal
    if principal.is_hub:
        return None
    if not kind.is_executed:
        return "not_yet"
    if kind.hub_only:
        return "hub_only"
    if not directory.has(principal.id):
        return "no_right"
    if kind.group == "office":
        return _office_rule(principal.id, head, directory)
    refusal = _meeting_rule(principal, head, fact, directory, meeting or Meeting(id=head.stream))
    if refusal is None and isinstance(fact, facts.MarkPut) and fact.reply_to:
        return _reply(head, fact, answered)
    return refusal


def _malformed(head: Head, fact: facts.Fact, kind: facts.Kind) -> Refusal:
    if isinstance(fact, facts.Unknown) or head.critical != kind.critical:
        return "malformed"
    if (kind.group == "office") != (head.stream == OFFICE):
        return "malformed"
    if not _is_well_named(fact) or not _can_be_drawn(fact):
        return "malformed"
    if ME in head.audience:
        return "private"
    # What changes the meeting is for everyone, or computers would fold it differently.
    is_for_some = kind.group == "marks" or kind.name in WORDS_FOR_SOME
    return None if is_for_some or set(head.audience) <= {EVERYONE} else "malformed"


def _is_well_named(fact: facts.Fact) -> bool:
    """Whether who is taken into the office is named as a person or a room is."""
    if isinstance(fact, facts.PersonSet):
        return is_person(fact.person)
    return is_room(fact.room) if isinstance(fact, facts.RoomSet) else True


def _can_be_drawn(fact: facts.Fact) -> bool:
    if not isinstance(fact, facts.MarkPut | facts.MarkCarried):
        return True
    return is_drawable(fact.shape) and fact.page >= 0 and fact.revision >= 1


def _office_rule(principal: str, head: Head, directory: Directory) -> Refusal:
    if head.kind == "office_founded":
        return "hub_only"
    return None if directory.has_right(principal, "administrator") else "no_right"


def _meeting_rule(
    principal: Principal, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    actor = principal.id
    if is_room(actor):
        person = head.on_behalf_of
        if isinstance(fact, facts.DisplayLocked):
            return None if fact.room == actor else "no_right"
        if isinstance(fact, facts.DisplayFault):
            return _own_fault(actor, head, fact)
        if person is None or meeting.unlocked.get(actor) != person:
            return "locked"
        if head.kind not in ROOM_KINDS:
            return "no_right"
        actor = person
    elif head.on_behalf_of is not None:
        return "malformed"
    return _RULES[head.kind](actor, head, fact, directory, meeting)


def _prepares(actor: str, meeting: Meeting, directory: Directory) -> bool:
    if meeting.issued is None:
        return directory.has_right(actor, "secretary")
    return meeting.is_secretary(actor)


def _put_paper(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    return None if _prepares(actor, meeting, directory) else "no_right"


def _issue(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.MeetingIssued)  # noqa: S101
    if not _prepares(actor, meeting, directory):
        return "no_right"
    current = meeting.issued.revision if meeting.issued else 0
    if fact.base != current or fact.revision != current + 1:
        return "stale"
    body = meeting.issued.body if meeting.issued else fact.body
    is_new = meeting.issued is None
    if is_new and not directory.is_secretary_of(actor, body):
        return "no_right"
    named = {fact.chair, *fact.secretaries, *(row.person for row in fact.people)}
    return None if named <= directory.people.keys() and fact.secretaries else "unknown_person"


def _show(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.SceneShown)  # noqa: S101
    paper = meeting.papers.get(fact.paper)
    if fact.paper and (paper is None or paper.is_restricted):
        return "not_for_the_room"
    return lead(actor, head, fact, directory, meeting)


def _unlock(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.DisplayUnlocked)  # noqa: S101
    if fact.room not in directory.rooms or fact.person != actor:
        return "malformed"
    return lead(actor, head, fact, directory, meeting)


def _own_fault(room: str, head: Head, fact: facts.DisplayFault) -> Refusal:
    """A room tells its own faults, locked or not, and nobody but who leads hears of them."""
    if not head.audience or not set(head.audience) <= {SECRETARY, CHAIR}:
        return "malformed"
    return None if fact.room == room else "no_right"


def _never(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    return "no_right"


def _receipt(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    if not set(head.audience) <= {SECRETARY, CHAIR} or not head.audience:
        return "malformed"
    return _reader_of(actor, paper_of(fact), meeting)


def _reader_of(actor: str, paper: str, meeting: Meeting) -> Refusal:
    if actor not in meeting.people:
        return "not_invited"
    is_known = paper in meeting.papers or paper in meeting.removed_papers
    return None if is_known and may_read_paper(actor, paper, meeting) else "unknown_paper"


def _secretary(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    return None if meeting.is_secretary(actor) else "no_right"


def _note_delivery(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    return _secretary(actor, head, fact, directory, meeting) or _audience(head, meeting)


def _answer(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    return _audience(head, meeting) if actor in meeting.people else "not_invited"


def _check_in(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    person = getattr(fact, "person", "")
    if person not in meeting.people:
        return "not_invited"
    return None if person == actor or leads(actor, meeting) else "no_right"


def _put_mark(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.MarkPut)  # noqa: S101
    refusal = (
        _newer_than_known(head, fact.mark, fact.revision, meeting)
        or _reader_of(actor, fact.paper, meeting)
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
        return _audience(head, meeting) if head.audience else "malformed"
    return None if set(head.audience) == set(known.audience) else "malformed"


def _same_answer(fact: facts.MarkPut, meeting: Meeting) -> Refusal:
    known = meeting.marks.get(fact.mark)
    return None if known is None or known.reply_to == fact.reply_to else "malformed"


def _reply(head: Head, fact: facts.MarkPut, answered: Answered | None) -> Refusal:
    """One to a mark for others is as one to a mark that never was."""
    if answered is None or answered.paper != fact.paper or not answered.was_for(head.author):
        return "unknown_mark"
    if EVERYONE in answered.audience:
        return None
    named = {*answered.audience, *answered.readers, head.author}
    return None if set(head.audience) <= named else "malformed"


def _audience(head: Head, meeting: Meeting) -> Refusal:
    persons = set(head.audience) - {EVERYONE, SECRETARY, CHAIR}
    return None if persons <= set(meeting.people) else "malformed"


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
    refusal = _reader_of(actor, fact.paper, meeting) or _same_audience(head, fact.mark, meeting)
    if refusal is not None:
        return refusal
    paper = meeting.papers.get(fact.paper) or meeting.removed_papers[fact.paper]
    pages = {version.blob: version.pages for version in paper.versions}
    is_known = {fact.from_blob, fact.to_blob} <= pages.keys() and fact.to_blob != known.blob
    return None if is_known and fact.page < pages[fact.to_blob] else "unknown_paper"


_RULES: dict[str, Rule] = {
    "paper_put": _put_paper,
    "paper_removed": _put_paper,
    "meeting_issued": _issue,
    "meeting_cancelled": _secretary,
    "meeting_opened": lead,
    "meeting_closed": lead,
    "item_started": lead,
    "item_ended": lead,
    "scene_shown": _show,
    "display_unlocked": _unlock,
    "display_locked": lead,
    "receipt": _receipt,
    "reminder_sent": _note_delivery,
    "hand_delivery_noted": _note_delivery,
    "display_fault": _never,
    "answer_given": _answer,
    "checked_in": _check_in,
    "left_meeting": _check_in,
    "mark_put": _put_mark,
    "mark_removed": _remove_mark,
    "mark_carried": _carry_mark,
    **VOICE_RULES,
    **VOTE_RULES,
}


def may_steer(principal: Principal, on_behalf_of: str | None, meeting: Meeting) -> bool:
    """Whether a principal may turn the room's pages: chair, secretary, or the unlocked room."""
    if meeting.state not in ("issued", "open"):
        return False
    if is_room(principal.id):
        return on_behalf_of is not None and meeting.unlocked.get(principal.id) == on_behalf_of
    return on_behalf_of is None and leads(principal.id, meeting)
