"""The log of a meeting reads as its story."""

import pytest
from made_stream import ME, OTHER, issued, numbered, paper, put, saying

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory
from meetingroom.domain.entries import entry_of
from meetingroom.domain.facts import AgendaItem, PersonSet
from meetingroom.domain.ids import HUB
from meetingroom.domain.meeting import fold_meeting
from meetingroom.domain.records import Kept
from meetingroom.services.chronicle import Told, chronicle
from meetingroom.wording import choose_language


@pytest.fixture(autouse=True)
def english() -> None:
    choose_language("en")


PEOPLE = {
    ME: PersonSet(person=ME, name="Lan"),
    OTHER: PersonSet(person=OTHER, name="Páo"),
    "room-1": facts.RoomSet(room="room-1", name="Hội trường"),
}
DIRECTORY = Directory(
    people={key: row for key, row in PEOPLE.items() if isinstance(row, PersonSet)},
    rooms={"room-1": facts.RoomSet(room="room-1", name="Hội trường")},
)


def told(*said: tuple[facts.Fact, dict[str, str]]) -> list[Told]:
    """The story of an issued meeting with one item and one paper, and what was said then."""
    agenda = (AgendaItem(item="i", title="Báo cáo"),)
    first = facts.MeetingIssued(**{**_fields(issued(1)), "agenda": agenda})
    rows = [(paper("p", "b"), {}), (first, {}), *said]
    steps = [numbered(n, saying(f"r{n}", fact, **how)) for n, (fact, how) in enumerate(rows, 1)]
    entries = [entry_of(step.kept) for step in steps if step.kept]
    return chronicle(entries, fold_meeting("meeting-1", entries), DIRECTORY)


def _fields(fact: facts.Fact) -> dict[str, object]:
    return {name: getattr(fact, name) for name in fact.__struct_fields__}


def sentences(rows: list[Told]) -> list[str]:
    return [f"{row.who}: {row.words}" for row in rows]


def test_what_leads_a_meeting_is_told_in_its_order() -> None:
    rows = told(
        (facts.MeetingOpened(), {}),
        (facts.ItemStarted(item="i"), {}),
        (facts.SceneShown(scene="paper", paper="p"), {}),
        (facts.MeetingClosed(), {}),
    )
    assert sentences(rows) == [
        "Páo: issued the meeting “M1”",
        "Páo: opened the meeting",
        "Páo: went to item 1. Báo cáo",
        "Páo: showed the paper 1.1 p",
        "Páo: closed the meeting",
    ]


def test_marks_and_receipts_are_not_told_one_by_one() -> None:
    receipt = facts.Receipt(paper="p", blob="b", is_opened=True)
    assert len(told((put("m", 1, "x"), {}), (receipt, {}))) == 1


def test_who_spoke_and_how_a_vote_went_is_told_by_name_and_choice() -> None:
    vote = facts.VoteOpened(
        vote="v", motion="Thông qua?", item="i", choices=("Đồng ý", "Không"), voters=(ME, OTHER)
    )
    rows = told(
        (facts.SpeechAsked(speech="s", person=ME), {"author": ME}),
        (facts.SpeechGranted(speech="s"), {}),
        (vote, {}),
        (facts.VoteClosed(vote="v", counts=(2, 0), is_passed=True), {"author": HUB}),
    )
    assert sentences(rows)[1:] == [
        "Lan: asks to speak",
        "Páo: gave the floor to Lan for 5 minutes",
        "Páo: put to the vote: Thông qua?",
        "The hub: the result: Đồng ý 2, Không 0. Passed",
    ]


def test_opinions_and_questions_are_told_with_what_became_of_them() -> None:
    asked = facts.ConsultationOpened(
        consultation="q", question="Có nên?", people=(ME,), due="2026-11-26T02:00:00.000Z"
    )
    rows = told(
        (facts.OpinionGiven(opinion="o", text="Nên làm"), {"author": ME}),
        (facts.OpinionShown(opinion="o", is_shown=True, text="Nên làm"), {}),
        (facts.OpinionAnswered(opinion="o", answer="accepted", text="Vâng"), {}),
        (asked, {}),
        (facts.ConsultationAnswered(consultation="q", text="Nên"), {"author": ME}),
        (facts.ConsultationClosed(consultation="q"), {}),
    )
    assert sentences(rows)[1:] == [
        "Lan: an opinion: Nên làm",
        "Páo: showed an opinion (unnamed): Nên làm",
        "Páo: answered the opinion of Lan: Accepted: Vâng",
        "Páo: asked in writing: Có nên?",
        "Lan: answered “Có nên?”: Nên",
        "Páo: closed the question “Có nên?”",
    ]


def test_what_a_room_does_is_told_as_the_person_who_unlocked_it() -> None:
    rows = told((facts.MeetingOpened(), {"author": "room-1", "on_behalf_of": OTHER}))
    assert rows[-1].who == "Páo, at the display of Hội trường"


def test_what_the_hub_refused_did_not_happen() -> None:
    record = saying("r1", facts.MeetingOpened())

    refused = entry_of(Kept(record=record, refused="no_right"))
    assert chronicle([refused], fold_meeting("meeting-1", [refused]), DIRECTORY) == []


def test_who_came_by_whose_hand_is_told() -> None:
    rows = told(
        (facts.CheckedIn(person=OTHER), {"author": ME}),
        (facts.LeftMeeting(person=OTHER, never_came=True), {"author": ME}),
        (facts.CheckedIn(person=OTHER, by_code=True), {"author": HUB}),
    )
    assert sentences(rows)[-3:] == [
        "Lan: noted that Páo is here",
        "Lan: took the check-in of Páo back: noted by mistake",
        "Páo: checked in with the code",
    ]
