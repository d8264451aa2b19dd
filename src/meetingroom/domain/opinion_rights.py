"""Who may give, show and answer opinions, and put and answer questions in writing."""

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory
from meetingroom.domain.ids import CHAIR, EVERYONE, SECRETARY
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.opinions import ANSWERS, Consultation, Opinion
from meetingroom.domain.records import Head, moment_of
from meetingroom.domain.ruling import Refusal, Rule, lead, leads, may_read_paper, reader_of

LONGEST = 4000  # letters of an opinion, a question, an answer
LEADERS = frozenset({SECRETARY, CHAIR})


def has_heard(actor: str, opinion: Opinion, meeting: Meeting) -> bool:
    """Whether an opinion was for somebody, by what they are in the meeting now."""
    words = set(opinion.audience or (EVERYONE,))
    return (
        EVERYONE in words
        or actor == opinion.author
        or (SECRETARY in words and meeting.is_secretary(actor))
        or (CHAIR in words and meeting.is_chair(actor))
    )


def may_see_answer(
    principal: str, head: Head, fact: facts.ConsultationAnswered, meeting: Meeting
) -> bool:
    """Whether somebody else's answer may be seen by one who does not lead.

    Only the newest one, once the question is closed, and where its opener wanted it so.
    """
    known = meeting.opinions.consultations.get(fact.consultation)
    if leads(principal, meeting):
        return True
    answer = known.answers.get(head.author) if known else None
    is_newest = answer is not None and answer.record == head.id
    return known is not None and known.is_seen_by_all and is_newest


def _is_told(text: str) -> bool:
    return bool(text.strip()) and len(text) <= LONGEST


def _give(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    """Also after the close: then it is late."""
    assert isinstance(fact, facts.OpinionGiven)  # noqa: S101
    if actor not in meeting.people:
        return "not_invited"
    if meeting.state == "cancelled":
        return "closed"
    audience = set(head.audience)
    is_for_known = bool(audience) and (audience <= LEADERS or audience == {EVERYONE})
    is_whole = _is_told(fact.text) and fact.page >= -1 and (fact.page < 0 or bool(fact.paper))
    if not (is_for_known and is_whole) or fact.opinion in meeting.opinions.given:
        return "malformed"
    return reader_of(actor, fact.paper, meeting) if fact.paper else None


def _heard(actor: str, opinion: str, meeting: Meeting) -> Opinion | None:
    known = meeting.opinions.given.get(opinion)
    return known if known is not None and has_heard(actor, known, meeting) else None


def _show(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    """Nobody is made to say what they did not say."""
    assert isinstance(fact, facts.OpinionShown)  # noqa: S101
    refusal = lead(actor, head, fact, directory, meeting)
    opinion = _heard(actor, fact.opinion, meeting)
    if refusal is not None or opinion is None:
        return refusal or "unknown_opinion"
    if not fact.is_shown:
        return None
    paper = meeting.papers.get(fact.paper) or meeting.removed_papers.get(fact.paper)
    if paper is not None and paper.is_restricted:
        return "not_for_the_room"
    given = opinion.given
    is_so = (fact.text, fact.item, fact.paper, fact.page) == (
        given.text, given.item, given.paper, given.page,
    )  # fmt: skip
    return None if is_so and fact.person in ("", opinion.author) else "malformed"


def _answer(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    """By who leads and heard it, also after the close; for its author and who heard it."""
    assert isinstance(fact, facts.OpinionAnswered)  # noqa: S101
    if not leads(actor, meeting):
        return "no_right"
    opinion = _heard(actor, fact.opinion, meeting)
    if opinion is None:
        return "unknown_opinion"
    audience, words = set(head.audience or (EVERYONE,)), set(opinion.audience or (EVERYONE,))
    if fact.opinion in meeting.opinions.shown:
        words.add(EVERYONE)
    reaches_author = opinion.author in audience or EVERYONE in audience
    is_for_known = reaches_author and audience <= {opinion.author, *words}
    is_whole = fact.answer in ANSWERS and len(fact.text) <= LONGEST
    is_there = fact.paper == opinion.given.paper
    return None if is_for_known and is_whole and is_there else "malformed"


def _ask(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.ConsultationOpened)  # noqa: S101
    refusal = lead(actor, head, fact, directory, meeting)
    if refusal is not None:
        return refusal
    return None if _is_well_put(fact, meeting) else "malformed"


def _is_well_put(fact: facts.ConsultationOpened, meeting: Meeting) -> bool:
    """Whether everyone asked is of the meeting and may read what it is about."""
    asked, choices = set(fact.people), set(fact.choices)
    is_new = fact.consultation not in meeting.opinions.consultations
    is_known = bool(asked) and asked <= set(meeting.people) and len(asked) == len(fact.people)
    is_choice = not choices or len(choices) == len(fact.choices) >= 2
    is_told = moment_of(fact.due).timestamp() > 0 and _is_told(fact.question)
    is_told = is_told and all(_is_told(choice) for choice in choices)
    may_read = not fact.paper or (
        fact.paper in meeting.papers
        and all(may_read_paper(person, fact.paper, meeting) for person in asked)
    )
    return is_new and is_known and is_choice and is_told and may_read


def _running(consultation: str, meeting: Meeting) -> Consultation | None:
    known = meeting.opinions.consultations.get(consultation)
    is_over = known is None or not known.is_open or meeting.state in ("closed", "cancelled")
    return None if is_over else known


def _reply(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    """The day it is due only reminds: what comes later counts until the question is closed."""
    assert isinstance(fact, facts.ConsultationAnswered)  # noqa: S101
    if actor not in meeting.people:
        return "not_invited"
    known = _running(fact.consultation, meeting)
    if known is None:
        return "consultation_over"
    opened = known.opened
    if actor not in opened.people:
        return "no_right"
    readers = {EVERYONE} if opened.shows_answers else LEADERS
    is_choice = fact.choice in opened.choices if opened.choices else fact.choice == ""
    is_whole = bool(fact.choice or fact.text.strip()) and len(fact.text) <= LONGEST
    is_there = fact.paper == opened.paper and set(head.audience or (EVERYONE,)) == readers
    return None if is_choice and is_whole and is_there else "malformed"


def _end(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.ConsultationClosed)  # noqa: S101
    if not leads(actor, meeting):
        return "no_right"
    known = meeting.opinions.consultations.get(fact.consultation)
    return None if known is not None and known.is_open else "consultation_over"


RULES: dict[str, Rule] = {
    "opinion_given": _give,
    "opinion_shown": _show,
    "opinion_answered": _answer,
    "consultation_opened": _ask,
    "consultation_answered": _reply,
    "consultation_closed": _end,
}
