"""Replies: who may answer what, and that an answer tells nobody of what was not for them."""

from an_office import (
    CHAIR,
    GUEST,
    MEMBER,
    ROOM,
    SECRETARY,
    STRANGER,
    a_directory,
    a_mark,
    a_meeting,
    entry,
)
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from meetingroom.domain import facts
from meetingroom.domain.directory import Principal
from meetingroom.domain.geometry import Point
from meetingroom.domain.ids import EVERYONE
from meetingroom.domain.marks import Mark, Note
from meetingroom.domain.meeting import fold_meeting
from meetingroom.domain.replies import (
    Answered,
    may_be_for,
    replies_by_root,
    reply_audience,
    root_of,
)
from meetingroom.domain.rights import frozen_readers, may_read, may_write

WHO = (CHAIR, SECRETARY, MEMBER, GUEST, STRANGER)
WORDS = ("everyone", "secretary", "chair", CHAIR, MEMBER, GUEST)
audiences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True).map(tuple)


def answered(author: str = MEMBER, audience: tuple[str, ...] = ("secretary",), paper="open"):
    """A mark as the hub took it in the open meeting."""
    head = entry(a_mark(paper=paper), author, audience=audience).head
    readers = frozenset(frozen_readers(head, a_meeting()))
    return Answered(author=author, paper=paper, audience=audience, readers=readers)


def judged_reply(known: Answered | None, author: str, audience: tuple[str, ...], paper="open"):
    """What the hub says of a reply to "hers"."""
    fact = replace(a_mark("answer", paper=paper), reply_to="hers")
    made = entry(fact, author, audience=audience)
    who = Principal(id=author)
    return may_write(who, made, a_directory(), a_meeting(), known) or "yes"


def test_who_was_given_a_mark_may_answer_it() -> None:
    known = answered(MEMBER, ("secretary",))
    assert judged_reply(known, SECRETARY, ("secretary", MEMBER)) == "yes"
    assert judged_reply(known, MEMBER, ("secretary",)) == "yes"


def test_a_mark_for_others_is_as_unknown_as_one_that_never_was() -> None:
    known = answered(MEMBER, ("secretary",))
    answers = [judged_reply(one, GUEST, (MEMBER,)) for one in (known, None)]
    assert answers == ["unknown_mark", "unknown_mark"]


def test_a_reply_stands_on_the_paper_of_its_mark() -> None:
    known = answered(MEMBER, (EVERYONE,))
    assert judged_reply(known, MEMBER, (EVERYONE,), paper="closed") == "unknown_mark"


def test_a_reply_names_nobody_whom_its_mark_does_not() -> None:
    known = answered(MEMBER, ("secretary",))
    assert judged_reply(known, SECRETARY, (EVERYONE,)) == "malformed"
    assert judged_reply(known, SECRETARY, (GUEST,)) == "malformed"
    assert judged_reply(known, SECRETARY, ("chair",)) == "malformed"


def test_a_reply_answers_the_same_mark_for_ever() -> None:
    put = entry(replace(a_mark("answer"), reply_to="hers"), GUEST, audience=(EVERYONE,), number=70)
    meeting = fold_meeting("m", [put], a_meeting())
    other = entry(replace(a_mark("answer", 2), reply_to="new"), GUEST, audience=(EVERYONE,))
    known = answered(MEMBER, (EVERYONE,))
    assert may_write(Principal(id=GUEST), other, a_directory(), meeting, known) == "malformed"


@given(st.sampled_from(WHO), audiences, st.sampled_from(WHO), audiences)
def test_an_accepted_reply_reaches_only_readers_of_its_mark(author, words, who, wanted) -> None:
    known, meeting = answered(author, words), a_meeting()
    if judged_reply(known, who, wanted) != "yes":
        return
    fact = replace(a_mark("answer"), reply_to="hers")
    head = entry(fact, who, audience=wanted).head
    readers = frozen_readers(head, meeting, known)
    reached = [
        one
        for one in (*WHO, ROOM)
        if may_read(one, head, fact, readers, a_directory(), meeting) and not known.was_for(one)
    ]
    assert reached == []


@given(st.sampled_from(WHO[:-1]), audiences, st.sampled_from(WHO[:-1]))
def test_the_usual_audience_of_a_reply_is_accepted_and_reaches_the_author(author, words, who):
    known, meeting = answered(author, words), a_meeting()
    if not known.was_for(who):
        return
    usual = reply_audience(a_mark_of(author, words), who)
    assert judged_reply(known, who, usual) == "yes"
    head = entry(replace(a_mark("answer"), reply_to="hers"), who, audience=usual).head
    readers = frozen_readers(head, meeting, known)
    assert EVERYONE in readers or author in readers


def a_mark_of(author: str, audience: tuple[str, ...], **values: object) -> Mark:
    usual = {
        "id": "hers", "author": author, "paper": "open", "blob": "b", "page": 0,
        "shape": Note(at=Point(1, 1)), "audience": audience,
    }  # fmt: skip
    return Mark(**{**usual, **values})


def test_an_answer_to_what_is_private_or_refused_is_private() -> None:
    private = a_mark_of(MEMBER, ("me",))
    refused = a_mark_of(MEMBER, (EVERYONE,), refusal="not_invited")
    assert reply_audience(private, MEMBER) == reply_audience(refused, MEMBER) == ("me",)
    reply = a_mark_of(MEMBER, ("me",), id="answer", reply_to="hers")
    assert not may_be_for((EVERYONE,), reply, private)


def test_a_reply_may_be_kept_to_oneself_and_given_back_to_the_readers_of_its_mark() -> None:
    mark = a_mark_of(MEMBER, ("secretary",))
    reply = a_mark_of(SECRETARY, ("secretary", MEMBER), id="answer", reply_to="hers")
    assert may_be_for(("me",), reply, mark) and may_be_for((MEMBER,), reply, mark)
    assert not may_be_for((EVERYONE,), reply, mark)
    assert not may_be_for((GUEST,), reply, None)


def test_the_successor_of_the_secretary_gets_no_answer_to_what_was_for_the_former() -> None:
    known = answered(MEMBER, ("secretary",))
    later = fold_meeting(
        "m", [entry(facts_of_a_new_secretary(), SECRETARY, number=70)], a_meeting()
    )
    head = entry(replace(a_mark("answer"), reply_to="hers"), MEMBER, audience=("secretary",)).head
    assert frozen_readers(head, later, known) == (MEMBER,)


def facts_of_a_new_secretary() -> facts.MeetingIssued:
    from an_office import issued

    people = (facts.Invited(person=MEMBER), facts.Invited(person=SECRETARY))
    return issued(secretaries=(CHAIR,), people=people)


def thread(*rows: tuple[str, str]) -> dict[str, Mark]:
    """(id, what it answers) as marks, one second after another."""
    return {
        name: a_mark_of(MEMBER, (EVERYONE,), id=name, reply_to=to, at=f"2026-11-26T01:00:{n:02d}Z")
        for n, (name, to) in enumerate(rows)
    }


def names(threads: dict[str, list[Mark]]) -> dict[str, list[str]]:
    return {root: [mark.id for mark in replies] for root, replies in threads.items()}


def test_replies_gather_under_the_mark_their_thread_begins_with() -> None:
    marks = thread(("a", ""), ("b", "a"), ("c", "b"), ("d", ""), ("e", "a"))
    assert names(replies_by_root(marks.values())) == {"a": ["b", "c", "e"]}
    assert root_of(marks["c"], marks).id == "a"


def test_replies_to_a_mark_that_is_gone_stay_together() -> None:
    marks = thread(("b", "gone"), ("c", "gone"), ("d", "b"))
    assert names(replies_by_root(marks.values())) == {"gone": ["b", "c", "d"]}


def test_replies_go_on_under_the_mark_that_took_the_place_of_theirs() -> None:
    marks = thread(("fresh", ""), ("b", "gone"), ("old", ""), ("c", "old"))
    told = {"gone": "fresh", "old": "fresh"}
    assert names(replies_by_root(marks.values(), told)) == {"fresh": ["b"], "old": ["c"]}


def test_replies_that_answer_each_other_end_nowhere_in_a_loop() -> None:
    marks = thread(("a", "b"), ("b", "a"), ("c", "c"))
    gathered = replies_by_root(marks.values())
    assert sorted(mark.id for replies in gathered.values() for mark in replies) == ["a", "b", "c"]
