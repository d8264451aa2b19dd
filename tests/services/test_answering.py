"""Answering marks between real computers: who gets an answer, and what stays of a thread."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quiet_office import QuietDesk, QuietOffice, content

from meetingroom.domain.errors import CallError
from meetingroom.domain.records import read_head
from meetingroom.services.collecting import exported, names_of, shared_marks
from meetingroom.services.marking import Marking

EVERYBODY = ("person-s", "person-c", "person-a", "person-b")


def put(desk: QuietDesk, text: str, *audience: str, paper: str = "open") -> str:
    office = desk.office
    where = (office.meeting, paper, office.blob(paper), 2)
    return Marking(desk.desk).put(*where, content(text, *audience)).result(5)


def reply(desk: QuietDesk, mark: str, text: str) -> str:
    return Marking(desk.desk).reply(desk.office.meeting, mark, text).result(5)


def seen(desk: QuietDesk) -> dict[str, str]:
    """The words of every mark this computer shows."""
    folded = desk.desk.meeting(desk.office.meeting)
    return {name: mark.text for name, mark in folded.marks.items()}


def test_an_answer_reaches_the_readers_of_its_mark_and_its_author(office, a, b) -> None:
    mark = put(a, "question", "secretary")
    office.sync()
    answer = reply(office.secretary, mark, "answer")
    office.sync()
    assert seen(a)[answer] == "answer" and answer not in seen(b)
    kept = a.desk.meeting(office.meeting).marks[answer]
    assert (kept.reply_to, kept.page, kept.paper) == (mark, 2, "open")
    assert set(kept.audience) == {"secretary", "person-a"}


def test_an_answer_to_an_answer_answers_the_same_mark(office, a, b) -> None:
    mark = put(a, "question", "everyone")
    office.sync()
    first = reply(b, mark, "answer")
    office.sync()
    second = reply(a, first, "thanks")
    assert a.desk.meeting(office.meeting).marks[second].reply_to == mark


def test_what_answers_a_private_mark_never_leaves_the_computer(office, a) -> None:
    mark = put(a, "my own")
    answer = reply(a, mark, "a thought later")
    kept = a.desk.meeting(office.meeting).marks[answer]
    assert kept.audience == ("me",)
    wide = Marking(a.desk).change(office.meeting, answer, content("aloud", "everyone"))
    with pytest.raises(CallError, match=r"reply\.too_wide"):
        wide.result(5)
    assert not any(
        read_head(record).kind == "mark_put"
        for _, records in a.desk.outgoing()
        for record in records
    )


def test_an_answer_stays_readable_when_its_mark_is_taken_away(office, a, b) -> None:
    mark = put(a, "question", "everyone")
    office.sync()
    answer = reply(b, mark, "answer")
    office.sync()
    Marking(a.desk).remove(office.meeting, mark).result(5)
    office.sync()
    for desk in (a, b, office.secretary):
        assert seen(desk) == {answer: "answer"}


def test_an_answer_written_away_from_the_hub_is_taken_though_its_mark_went(office, a, b) -> None:
    mark = put(a, "question", "everyone")
    office.sync()
    answer = reply(b, mark, "answer")
    Marking(a.desk).remove(office.meeting, mark).result(5)
    a.sync()
    office.sync()
    assert seen(a)[answer] == "answer"
    assert office.folded().marks[answer].refusal == ""


def test_a_changed_answer_still_answers_its_mark(office, a, b) -> None:
    mark = put(a, "question", "everyone")
    office.sync()
    answer = reply(b, mark, "answer")
    Marking(b.desk).change(office.meeting, answer, content("better", "everyone")).result(5)
    office.sync()
    kept = a.desk.meeting(office.meeting).marks[answer]
    assert (kept.text, kept.reply_to) == ("better", mark)


def test_an_answer_is_undone_and_done_again_as_an_answer(office, a) -> None:
    mark = put(a, "question", "everyone")
    marking = Marking(a.desk)
    answer = marking.reply(office.meeting, mark, "answer").result(5)
    assert marking.undo(office.meeting).result(5) and answer not in seen(a)
    assert marking.redo(office.meeting).result(5)
    assert a.desk.meeting(office.meeting).marks[answer].reply_to == mark


def test_nobody_answers_what_is_not_there(office, a) -> None:
    with pytest.raises(CallError, match=r"mark\.unknown"):
        reply(a, "mark-nowhere", "hello?")


def test_the_collection_has_answers_under_their_marks(office, a, b) -> None:
    first, second = put(a, "first", "everyone"), put(b, "second", "everyone")
    office.sync()
    answers = [reply(office.secretary, mark, "answer") for mark in (first, second)]
    office.sync()
    folded = office.secretary.desk.meeting(office.meeting)
    rows = [mark.id for mark in shared_marks(folded, folded.papers["open"])]
    assert rows.index(answers[0]) == rows.index(first) + 1
    assert rows.index(answers[1]) == rows.index(second) + 1


def test_the_table_says_what_a_reply_answers_also_when_it_is_gone(office, a, b) -> None:
    mark = put(a, "question", "everyone")
    office.sync()
    answer = reply(b, mark, "answer")
    office.sync()

    def told() -> str:
        folded = office.secretary.desk.meeting(office.meeting)
        names = names_of(office.secretary.desk.directory)
        return exported(folded, folded.papers["open"], folded.marks[answer], names).answers

    assert told() == "person-a: question"
    Marking(a.desk).remove(office.meeting, mark).result(5)
    office.sync()
    assert told() in ("the original note was removed", "ghi chú gốc đã xóa")


# --- the past of a mark -----------------------------------------------------------------------


def shares(marking: Marking, office: QuietOffice, mark: str) -> list[tuple[str, ...]]:
    return [share.audience for share in marking.past.of(office.meeting, mark)]


def test_a_mark_once_shared_says_so_when_it_is_private_again(office, a) -> None:
    marking, mark = Marking(a.desk), put(a, "words", "everyone")
    private = marking.change(office.meeting, mark, content("words")).result(5)
    assert shares(marking, office, private) == [("everyone",)]
    assert shares(Marking(a.desk), office, private) == [("everyone",)]  # also after a restart


def test_sharing_that_was_undone_is_remembered_too(office, a) -> None:
    marking, mark = Marking(a.desk), put(a, "words")
    marking.change(office.meeting, mark, content("words", "secretary")).result(5)
    marking.undo(office.meeting).result(5)
    assert shares(marking, office, mark) == [("secretary",)]


def test_a_mark_that_was_never_shared_says_nothing(office, a) -> None:
    marking, mark = Marking(a.desk), put(a, "words")
    marking.change(office.meeting, mark, content("other words")).result(5)
    assert shares(marking, office, mark) == []


def test_every_earlier_audience_is_remembered_once(office, a) -> None:
    marking, mark = Marking(a.desk), put(a, "words", "everyone")
    for audience in (("secretary",), ("chair",), ()):
        mark = marking.change(office.meeting, mark, content("words", *audience)).result(5)
    for _ in range(2):
        marking.undo(office.meeting).result(5)
        marking.redo(office.meeting).result(5)
    assert shares(marking, office, mark) == [("everyone",), ("secretary",), ("chair",)]


def test_the_computer_where_a_mark_was_shared_anew_knows_what_it_stands_for(office, a) -> None:
    marking, mark = Marking(a.desk), put(a, "words", "secretary")
    fresh = marking.change(office.meeting, mark, content("words", "everyone")).result(5)
    folded = a.desk.meeting(office.meeting)
    assert marking.past.stands_for(folded) == {mark: fresh}


def test_a_private_answer_can_be_shared_once_its_mark_was(office, a, b) -> None:
    marking, mark = Marking(a.desk), put(a, "words")
    answer = reply(a, mark, "more words")
    fresh = marking.change(office.meeting, mark, content("words", "everyone")).result(5)
    shared = marking.change(office.meeting, answer, content("more words", "everyone")).result(5)
    office.sync()
    kept = b.desk.meeting(office.meeting).marks[shared]
    assert (kept.reply_to, kept.refusal) == (fresh, "")


# --- whatever happens -------------------------------------------------------------------------

AUDIENCES = ((), ("secretary",), ("chair",), ("everyone",), ("person-b",))
acts = st.tuples(
    st.sampled_from(["put", "reply", "reply", "share", "remove", "sync"]),
    st.integers(0, 3),
    st.integers(0, 6),
)


class Talk:
    """Marks and answers of four people; remembers on whose computers each mark has been."""

    def __init__(self, folder: Path) -> None:
        self.office = QuietOffice(folder)
        self.desks = [self.office.secretary, *map(self.office.desk_of, EVERYBODY[1:])]
        self.given: dict[str, set[str]] = {}

    def do(self, what: str, who: int, n: int) -> None:
        desk = self.desks[who]
        marks = list(desk.desk.meeting(self.office.meeting).marks.values())
        mine = [mark for mark in marks if mark.author == desk.principal]
        if what == "put":
            put(desk, f"{n}", *AUDIENCES[n % 5])
        elif what == "reply" and marks:
            reply(desk, marks[n % len(marks)].id, f"answer {n}")
        elif what == "remove" and mine:
            Marking(desk.desk).remove(self.office.meeting, mine[n % len(mine)].id).result(5)
        elif what == "share" and mine:
            self.share(desk, mine[n % len(mine)].id, AUDIENCES[n % 5])
        elif what == "sync":
            self.office.sync()
        self.look()

    def share(self, desk: QuietDesk, mark: str, audience: tuple[str, ...]) -> None:
        words = content("shared anew", *audience)
        done = Marking(desk.desk).change(self.office.meeting, mark, words).exception(5)
        assert done is None or done.code == "reply.too_wide"

    def look(self) -> None:
        for desk in self.desks:
            for mark in desk.desk.meeting(self.office.meeting).marks:
                self.given.setdefault(mark, set()).add(desk.principal)


@settings(max_examples=15, deadline=None)
@given(st.lists(acts, min_size=4, max_size=20))
def test_an_answer_is_only_where_its_mark_has_been_and_nothing_is_refused(script) -> None:
    with tempfile.TemporaryDirectory() as folder:
        talk = Talk(Path(folder))
        try:
            for act in script:
                talk.do(*act)
            talk.do("sync", 0, 0)
            for desk in talk.desks:
                for mark in desk.desk.meeting(talk.office.meeting).marks.values():
                    assert not mark.is_refused
                    if mark.reply_to and mark.author != desk.principal:
                        assert desk.principal in may_know(talk, mark.reply_to)
        finally:
            talk.office.close()


def may_know(talk: Talk, mark: str) -> set[str]:
    """Whoever the hub ever gave a mark, or would have given it."""
    ledger, meeting = talk.office.hub.ledger, talk.office.meeting
    lines = ledger._by_mark.get((meeting, mark), [])
    readers = {reader for line in lines for reader in line.readers}
    return set(EVERYBODY) if "everyone" in readers else readers | talk.given.get(mark, set())
