"""Who may write a record and who may read it: the one place that decides.

The hub judges a record once, when it accepts it (`may_write`), and freezes its readers
(`frozen_readers`); what reaches a device is decided by `may_read` alone.
"""

from meetingroom.domain import facts
from meetingroom.domain.bodies import may_host
from meetingroom.domain.call_rights import RULES as CALL_RULES
from meetingroom.domain.call_rights import room_left
from meetingroom.domain.directory import Directory, Principal
from meetingroom.domain.entries import Entry
from meetingroom.domain.ids import CHAIR, EVERYONE, ME, OFFICE, SECRETARY, is_person, is_room
from meetingroom.domain.mark_rights import RULES as MARK_RULES
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.opinion_rights import may_see_answer
from meetingroom.domain.purging import REASONS, names_purged
from meetingroom.domain.records import Head
from meetingroom.domain.replies import Answered, within
from meetingroom.domain.ruling import (
    Refusal,
    Rule,
    is_taken_back,
    lead,
    leads,
    may_read_paper,
    named_audience,
    reader_of,
)
from meetingroom.domain.soundness import is_sound
from meetingroom.domain.stage import Steer
from meetingroom.domain.voice_rights import RULES as VOICE_RULES
from meetingroom.domain.vote_rights import RULES as VOTE_RULES
from meetingroom.domain.vote_rights import may_see_ballot

ROOM_KINDS = frozenset(
    {
        "meeting_opened",
        "meeting_closed",
        "item_started",
        "item_ended",
        "scene_shown",
        "turning_given",
        "display_locked",
        "checked_in",
        "left_meeting",
        "online_joined",
        "online_left",
        "mark_put",
        "mark_removed",
        "vote_opened",
        "vote_cancelled",
        "speech_granted",
        "speech_ended",
        "time_given",
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
        "vote_cancelled",
        "ballot_cast",
        "motion_put",
        "motion_removed",
        "count_entered",
        "display_fault",
        "opinion_shown",
        "speech_asked",
        "speech_withdrawn",
        "speeches_ordered",
        "speech_granted",
        "speech_ended",
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
    {
        "receipt",
        "reminder_sent",
        "hand_delivery_noted",
        "answer_given",
        "purge_done",
        "display_fault",
        "opinion_given",
        "opinion_answered",
        "consultation_answered",
    }
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
    if isinstance(fact, facts.Purged):
        return was_given(principal, meeting)
    kind = facts.KINDS.get(head.kind)
    if head.author == principal and is_person(principal) and kind and kind.group in OWN_GROUPS:
        return True
    if isinstance(fact, facts.BallotCast) and not may_see_ballot(principal, head, fact, meeting):
        return False
    if isinstance(fact, facts.ConsultationAnswered) and not may_see_answer(
        principal, head, fact, meeting
    ):
        return False
    if isinstance(fact, facts.MarkPut | facts.MarkCarried) and is_taken_back(head, fact, meeting):
        return False
    if is_room(principal):
        return _room_may_read(head, fact, readers, principal, meeting)
    return (
        principal in meeting.people
        and (EVERYONE in readers or principal in readers)
        and may_read_paper(principal, paper_of(fact), meeting)
    )


def was_given(principal: str, meeting: Meeting) -> bool:
    """Whether computers of a principal may hold something of a meeting, from whatever time.

    A purge names nothing but ids: it must reach who was invited once, and every room.
    """
    return is_room(principal) or any(
        principal in (row.chair, *row.secretaries, *(one.person for one in row.people))
        for row in meeting.revisions
    )


def _room_may_read(
    head: Head, fact: facts.Fact, readers: tuple[str, ...], room: str, meeting: Meeting
) -> bool:
    kind = facts.KINDS.get(head.kind)
    # Of a kind it does not know, a room gets only what it must not fold wrongly without.
    is_for_rooms = kind.group in ROOM_GROUPS or kind.name in ROOM_READS if kind else head.critical
    is_for_all = EVERYONE in readers or room in readers
    return is_for_rooms and is_for_all and may_read_paper(room, paper_of(fact), meeting)


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
    meeting = meeting or Meeting(id=head.stream)
    if names_purged(fact, meeting.purges):
        return "purged"
    refusal = _meeting_rule(principal, head, fact, directory, meeting)
    if refusal is None and isinstance(fact, facts.MarkPut) and fact.reply_to:
        return _reply(head, fact, answered)
    return refusal


def _malformed(head: Head, fact: facts.Fact, kind: facts.Kind) -> Refusal:
    if isinstance(fact, facts.Unknown) or head.critical != kind.critical:
        return "malformed"
    if (kind.group == "office") != (head.stream == OFFICE):
        return "malformed"
    if not is_sound(fact, kind):
        return "malformed"
    if ME in head.audience:
        return "private"
    # What changes the meeting is for everyone, or computers would fold it differently.
    is_for_some = kind.group == "marks" or kind.name in WORDS_FOR_SOME
    return None if is_for_some or set(head.audience) <= {EVERYONE} else "malformed"


def _office_rule(principal: str, head: Head, directory: Directory) -> Refusal:
    if head.kind in ("office_founded", "hub_taken_over"):  # the second only opens a new hub
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
        if isinstance(fact, facts.PurgeDone):
            return _purge_done(actor, head, fact, directory, meeting)
        if isinstance(fact, facts.DisplayFault):
            return _own_fault(actor, head, fact)
        if isinstance(fact, facts.OnlineLeft) and person is None:
            return room_left(actor, fact, meeting)
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
    before = meeting.issued.body if meeting.issued else None
    if not may_host(directory, actor, fact.body, before):
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
    if fact.is_confirmed and not fact.join:
        return "malformed"
    if (fact.join or fact.passcode) and fact.scene != "online":
        return "malformed"
    return lead(actor, head, fact, directory, meeting)


def _unlock(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.DisplayUnlocked)  # noqa: S101
    if fact.room not in directory.rooms or fact.person != actor:
        return "malformed"
    return lead(actor, head, fact, directory, meeting)


def _give_turning(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    """Who leads gives it to somebody of the meeting; who has it may give it back."""
    assert isinstance(fact, facts.TurningGiven)  # noqa: S101
    if not fact.person and actor == meeting.turner and meeting.state == "open":
        return None
    if fact.person and fact.person not in meeting.people:
        return lead(actor, head, fact, directory, meeting) or "not_invited"
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
    return reader_of(actor, paper_of(fact), meeting)


def _secretary(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    return None if meeting.is_secretary(actor) else "no_right"


def _purge(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.Purged)  # noqa: S101
    if not (leads(actor, meeting) or directory.has_right(actor, "administrator")):
        return "no_right"
    if fact.reason not in REASONS:
        return "malformed"
    if any(purge.paper == fact.paper for purge in meeting.purges.values()):
        return "purged"
    paper = meeting.papers.get(fact.paper) or meeting.removed_papers.get(fact.paper)
    if paper is None:
        return "unknown_paper"
    # Files of other papers would be banned from every meeting of the office.
    is_own = set(fact.blobs) <= {version.blob for version in paper.versions}
    return None if is_own else "malformed"


def _purge_done(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.PurgeDone)  # noqa: S101
    if not {SECRETARY} <= set(head.audience) <= {SECRETARY, CHAIR}:
        return "malformed"
    is_known = fact.purge in meeting.purges and was_given(actor, meeting)
    return None if is_known else "no_right"


def _note_delivery(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    return _secretary(actor, head, fact, directory, meeting) or named_audience(head, meeting)


def _answer(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.AnswerGiven)  # noqa: S101
    person = fact.person or actor
    if person not in meeting.people or actor not in meeting.people:
        return "not_invited"
    if person != actor and not leads(actor, meeting):
        return "no_right"
    return named_audience(head, meeting)


def _decide(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    """Absences and substitutes are the chair's to agree to."""
    assert isinstance(fact, facts.AnswerDecided)  # noqa: S101
    if not meeting.is_chair(actor):
        return "no_right"
    return None if fact.person in meeting.people else "not_invited"


def _check_in(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    if getattr(fact, "by_code", False):
        return "hub_only"
    person = getattr(fact, "person", "")
    absent = getattr(fact, "stands_in_for", "")
    is_agreed = bool(absent) and meeting.substitute_agreed(person, absent)
    if absent and not is_agreed:
        return "no_right"
    if person not in meeting.people and not is_agreed and person not in meeting.presence:
        return "not_invited"
    return None if person == actor or leads(actor, meeting) else "no_right"


def _reply(head: Head, fact: facts.MarkPut, answered: Answered | None) -> Refusal:
    """One to a mark for others is as one to a mark that never was."""
    if answered is None or answered.paper != fact.paper or not answered.was_for(head.author):
        return "unknown_mark"
    if EVERYONE in answered.audience:
        return None
    named = {*answered.audience, *answered.readers, head.author}
    return None if set(head.audience) <= named else "malformed"


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
    "turning_given": _give_turning,
    "display_unlocked": _unlock,
    "display_locked": lead,
    "purged": _purge,
    "purge_done": _purge_done,
    "receipt": _receipt,
    "reminder_sent": _note_delivery,
    "hand_delivery_noted": _note_delivery,
    "display_fault": _never,
    "answer_given": _answer,
    "answer_decided": _decide,
    "checked_in": _check_in,
    "left_meeting": _check_in,
    **CALL_RULES,
    **MARK_RULES,
    **VOICE_RULES,
    **VOTE_RULES,
}


def may_steer(principal: Principal, on_behalf_of: str | None, meeting: Meeting) -> bool:
    """Whether a principal may turn the room's pages: chair, secretary, the unlocked room, or
    who was given it.
    """
    if meeting.state not in ("issued", "open"):
        return False
    if is_room(principal.id):
        return on_behalf_of is not None and meeting.unlocked.get(principal.id) == on_behalf_of
    return on_behalf_of is None and (
        leads(principal.id, meeting) or is_turner(principal.id, meeting)
    )


def is_turner(person: str, meeting: Meeting) -> bool:
    """Whether somebody of the meeting was given the page-turning."""
    return bool(person) and person == meeting.turner and person in meeting.people


def may_steer_so(principal: Principal, wish: Steer, meeting: Meeting) -> bool:
    """Whether a principal may steer just so: who only turns pages turns those the room sees,
    and calls nobody.
    """
    if not may_steer(principal, wish.on_behalf_of, meeting):
        return False
    if is_room(principal.id) or leads(principal.id, meeting):
        return True
    scene = meeting.scene
    return scene.scene == "paper" and scene.paper == wish.paper and not wish.summons
