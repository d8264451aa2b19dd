"""Who may ask to speak, call and stop a speaker, and give time."""

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import Head
from meetingroom.domain.ruling import Refusal, Rule, lead, leads
from meetingroom.domain.speaking import State

LONGEST = 24 * 3600  # seconds of one speech
MOST_MINUTES = 600  # added to an item at once
MOST_WAITING = 1000


def _ask(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    """For oneself; chair and secretaries for everybody who is invited or here."""
    assert isinstance(fact, facts.SpeechAsked)  # noqa: S101
    if actor not in meeting.people:
        return "not_invited"
    if fact.person != actor and not leads(actor, meeting):
        return "no_right"
    if fact.person not in meeting.people and not meeting.is_here(fact.person):
        return "not_invited"
    if meeting.state not in ("issued", "open"):
        return "closed"
    is_new = bool(fact.speech) and meeting.speaking.find(fact.speech) is None
    return None if is_new and (not fact.item or _is_item(fact.item, meeting)) else "malformed"


def _is_item(item: str, meeting: Meeting) -> bool:
    agenda = meeting.issued.agenda if meeting.issued else ()
    return any(row.item == item for row in agenda)


def _own(actor: str, speech: str, meeting: Meeting, states: tuple[State, ...]) -> Refusal:
    """A speech's own person, or who leads, while it is in one of these states."""
    known = meeting.speaking.find(speech)
    if not leads(actor, meeting) and (known is None or known.person != actor):
        return "no_right"
    if meeting.state not in ("issued", "open"):
        return "closed"
    return None if known is not None and known.state in states else "speech_over"


def _withdraw(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.SpeechWithdrawn)  # noqa: S101
    return _own(actor, fact.speech, meeting, ("waiting", "speaking"))


def _end(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    """Also of a turn that is over: ends told late, and by two at once, do no harm."""
    assert isinstance(fact, facts.SpeechEnded)  # noqa: S101
    return _own(actor, fact.speech, meeting, ("speaking", "spoken"))


def _order(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    """Speeches that are over, or not known here yet, are no error: others act meanwhile."""
    assert isinstance(fact, facts.SpeechesOrdered)  # noqa: S101
    refusal = lead(actor, head, fact, directory, meeting)
    if refusal is not None:
        return refusal
    is_whole = len(set(fact.speeches)) == len(fact.speeches) <= MOST_WAITING
    return None if is_whole else "malformed"


def _grant(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.SpeechGranted)  # noqa: S101
    refusal = lead(actor, head, fact, directory, meeting)
    if refusal is not None:
        return refusal
    if meeting.state != "open":
        return "floor_closed"
    if not 0 <= fact.seconds <= LONGEST:
        return "malformed"
    known = meeting.speaking.find(fact.speech)
    return None if known is not None and known.state in ("waiting", "speaking") else "speech_over"


def _give_time(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.TimeGiven)  # noqa: S101
    refusal = lead(actor, head, fact, directory, meeting)
    if refusal is not None:
        return refusal
    is_some = fact.minutes != 0 and abs(fact.minutes) <= MOST_MINUTES
    return None if is_some and _is_item(fact.item, meeting) else "malformed"


RULES: dict[str, Rule] = {
    "speech_asked": _ask,
    "speech_withdrawn": _withdraw,
    "speeches_ordered": _order,
    "speech_granted": _grant,
    "speech_ended": _end,
    "time_given": _give_time,
}
