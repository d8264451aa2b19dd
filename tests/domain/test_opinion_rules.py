"""Opinions and questions in writing as every computer folds them, and who may do what."""

import itertools

import msgspec
import pytest
from an_office import (
    CHAIR,
    GUEST,
    MEMBER,
    SECRETARY,
    a_meeting,
    a_question,
    an_opinion,
    entry,
    issued,
    judged,
)
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry
from meetingroom.domain.meeting import Meeting, fold_meeting
from meetingroom.domain.opinion_rights import may_see_answer
from meetingroom.domain.opinions import ANSWERS

LEADERS = ("secretary", "chair")
SHOWN = facts.OpinionShown(opinion="o", is_shown=True, text="Nên làm", item="i", person=MEMBER)


def said(*rows: tuple[facts.Fact, str], audience: tuple[str, ...] = LEADERS) -> Meeting:
    """An open meeting and what was said in it, in order."""
    own = facts.OpinionGiven | facts.ConsultationAnswered
    entries = [
        entry(fact, who, number=n, audience=audience if isinstance(fact, own) else ())
        for n, (fact, who) in enumerate(rows, 60)
    ]
    return fold_meeting("m", entries, a_meeting())


def reply(choice: str = "yes", who: str = MEMBER, text: str = "") -> tuple[facts.Fact, str]:
    return facts.ConsultationAnswered(consultation="q", choice=choice, text=text), who


def test_an_opinion_after_the_close_is_taken_and_is_late() -> None:
    over = said((facts.MeetingClosed(), CHAIR))
    assert judged(entry(an_opinion(), MEMBER, audience=LEADERS), over) == "yes"
    late = entry(an_opinion(), MEMBER, audience=LEADERS, number=70, late=True)
    assert fold_meeting("m", [late], over).opinions.given["o"].is_late


def test_one_the_hub_refused_stays_with_its_author_with_the_reason() -> None:
    made = msgspec.structs.replace(entry(an_opinion(), MEMBER), refused="closed")
    assert fold_meeting("m", [made], a_meeting()).opinions.given["o"].refusal == "closed"


@pytest.mark.parametrize("changes", [{"text": " "}, {"text": "x" * 4001}, {"page": 2}])
def test_an_opinion_says_something_about_something(changes) -> None:
    made = entry(an_opinion(**changes), MEMBER, audience=LEADERS)
    assert judged(made, a_meeting()) == "malformed"


@pytest.mark.parametrize(
    ("audience", "says"),
    [((), "malformed"), (("chair",), "yes"), (("everyone",), "yes"),
     (("everyone", "chair"), "malformed"), ((GUEST,), "malformed")],
)  # fmt: skip
def test_an_opinion_is_for_who_leads_or_for_everyone(audience, says) -> None:
    assert judged(entry(an_opinion(), MEMBER, audience=audience), a_meeting()) == says


@pytest.mark.parametrize("changes", [{"text": "Không nên"}, {"item": "j"}, {"person": GUEST}])
def test_nobody_is_shown_to_say_what_they_did_not(changes) -> None:
    wrong = msgspec.structs.replace(SHOWN, **changes)
    assert judged(entry(wrong, CHAIR), said((an_opinion(), MEMBER))) == "malformed"
    assert judged(entry(SHOWN, CHAIR), said((an_opinion(), MEMBER))) == "yes"


def test_what_only_the_secretary_was_told_the_chair_can_neither_show_nor_answer() -> None:
    meeting = said((an_opinion(), MEMBER), audience=("secretary",))
    answer = facts.OpinionAnswered(opinion="o", answer="noted")
    assert judged(entry(SHOWN, CHAIR), meeting) == "unknown_opinion"
    assert judged(entry(answer, CHAIR, audience=(MEMBER,)), meeting) == "unknown_opinion"
    assert judged(entry(answer, SECRETARY, audience=(MEMBER,)), meeting) == "yes"


def test_an_opinion_on_a_restricted_paper_is_not_for_the_room() -> None:
    there = an_opinion(paper="closed", item="")
    shown = msgspec.structs.replace(SHOWN, paper="closed", item="")
    assert judged(entry(shown, SECRETARY), said((there, MEMBER))) == "not_for_the_room"


@pytest.mark.parametrize("audience", [("everyone",), (GUEST, MEMBER), LEADERS])
def test_an_answer_reaches_its_author_and_nobody_the_opinion_was_not_for(audience) -> None:
    made = entry(facts.OpinionAnswered(opinion="o", answer="noted"), CHAIR, audience=audience)
    assert judged(made, said((an_opinion(), MEMBER))) == "malformed"


def test_what_everyone_saw_may_be_answered_before_everyone() -> None:
    made = entry(facts.OpinionAnswered(opinion="o", answer="accepted"), CHAIR)
    assert judged(made, said((an_opinion(), MEMBER), (SHOWN, CHAIR))) == "yes"


def test_a_purged_paper_takes_the_opinions_on_it_along() -> None:
    shown = msgspec.structs.replace(SHOWN, paper="open")
    purge = facts.Purged(paper="open", reason="recalled")
    meeting = said((an_opinion(paper="open"), MEMBER), (shown, CHAIR), (purge, SECRETARY))
    assert (meeting.opinions.given, meeting.opinions.shown) == ({}, {})
    assert judged(entry(shown, CHAIR), meeting) == "purged"


@given(st.lists(st.tuples(st.sampled_from((MEMBER, GUEST)), st.sampled_from(("yes", "no")))))
def test_of_each_person_the_newest_answer_counts(cast) -> None:
    meeting = said((a_question(), SECRETARY), *(reply(choice, who) for who, choice in cast))
    asked, newest = meeting.opinions.consultations["q"], dict(cast)
    chosen = list(newest.values())
    assert asked.tally() == (chosen.count("yes"), chosen.count("no"))
    assert set(asked.waits_for) == {MEMBER, GUEST} - newest.keys()


STEPS: list[tuple[facts.Fact, str]] = [
    (an_opinion(), MEMBER), (SHOWN, CHAIR),
    (msgspec.structs.replace(SHOWN, is_shown=False), SECRETARY),
    *((facts.OpinionAnswered(opinion="o", answer=answer), CHAIR) for answer in ANSWERS),
    (a_question(), SECRETARY), reply(), reply("no", GUEST),
    (facts.ConsultationClosed(consultation="q"), CHAIR),
    (facts.ReminderSent(person=GUEST, consultation="q"), SECRETARY),
]  # fmt: skip


@given(st.permutations(range(len(STEPS))), st.integers(0, len(STEPS)))
def test_folding_by_parts_in_whatever_order_they_came_is_the_same(order, cut) -> None:
    rows = [entry(*STEPS[step], number=60 + place) for place, step in enumerate(order)]
    whole = fold_meeting("m", reversed(rows), a_meeting())
    parts = fold_meeting("m", rows[cut:], fold_meeting("m", rows[:cut], a_meeting()))
    assert whole.opinions == parts.opinions


@given(st.lists(st.sampled_from(STEPS), max_size=8))
def test_what_the_rules_take_is_always_about_something_known(steps) -> None:
    meeting = a_meeting()
    for number, (fact, who) in enumerate(steps, 60):
        audience = LEADERS if isinstance(fact, facts.OpinionGiven) else ()
        if isinstance(fact, facts.ConsultationAnswered):
            audience = LEADERS
        made: Entry = entry(fact, who, number=number, audience=audience)
        if judged(made, meeting) == "yes":
            meeting = fold_meeting("m", [made], meeting)
    opinions = meeting.opinions
    assert opinions.shown.keys() | opinions.answers.keys() <= opinions.given.keys()
    for asked in opinions.consultations.values():
        assert asked.answers.keys() <= set(asked.opened.people)


@pytest.mark.parametrize(("shows", "closed"), list(itertools.product((False, True), repeat=2)))
def test_who_does_not_lead_sees_answers_once_closed_and_where_the_opener_wants_it(
    shows, closed
) -> None:
    end = [(facts.ConsultationClosed(consultation="q"), SECRETARY)] if closed else []
    meeting = said((a_question(shows_answers=shows), SECRETARY), reply(), *end)
    made = entry(*reply(), number=61)
    assert may_see_answer(GUEST, made.head, made.fact, meeting) == (shows and closed)
    assert may_see_answer(CHAIR, made.head, made.fact, meeting)


def test_an_answer_that_was_changed_is_seen_only_by_who_leads() -> None:
    end = (facts.ConsultationClosed(consultation="q"), SECRETARY)
    meeting = said((a_question(shows_answers=True), SECRETARY), reply(), reply("no"), end)
    older = entry(*reply(), number=61)
    assert not may_see_answer(GUEST, older.head, older.fact, meeting)


def test_the_day_it_is_due_reminds_and_the_close_ends_it() -> None:
    early = a_question(due="2026-11-26T00:00:00.000Z")
    meeting = said((early, SECRETARY), reply())
    asked = meeting.opinions.consultations["q"]
    assert asked.is_after_due(asked.answers[MEMBER])
    closed = said((early, SECRETARY), (facts.ConsultationClosed(consultation="q"), CHAIR))
    made = entry(*reply(), audience=LEADERS)
    assert (judged(made, meeting), judged(made, closed)) == ("yes", "consultation_over")


@pytest.mark.parametrize(
    "changes",
    [{"people": ()}, {"people": ("person-stranger",)}, {"choices": ("yes",)}, {"due": "soon"},
     {"question": ""}, {"paper": "closed"}, {"choices": ("yes", "yes")}],
)  # fmt: skip
def test_a_question_is_put_to_people_of_the_meeting_who_may_read_what_it_is_about(changes) -> None:
    assert judged(entry(a_question("w", **changes), SECRETARY), a_meeting()) == "malformed"


def test_who_is_taken_out_of_the_meeting_answers_no_more() -> None:
    meeting = said((a_question(), SECRETARY), (issued(people=()), SECRETARY))
    assert judged(entry(*reply(), audience=LEADERS), meeting) == "not_invited"
