"""Bodies of one office: kept apart, each with its own secretaries."""

import msgspec
import pytest
from an_office import CHAIR, OTHER, SECRETARY, a_directory, a_meeting, entry, issued
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain import facts
from meetingroom.domain.bodies import (
    bodies_of,
    body_called,
    may_start_for,
    open_bodies,
    ready_bodies,
)
from meetingroom.domain.directory import Directory, Principal
from meetingroom.domain.meeting import fold_meeting
from meetingroom.domain.rights import may_write

HERS, HIS = "ubnd", "hdnd"


def office(*gone: str) -> Directory:
    """Two bodies, one of each of the two secretaries, and a third of both."""
    rows = {
        key: facts.BodySet(body=key, name=key.upper(), secretaries=who, is_gone=key in gone)
        for key, who in ((HERS, (SECRETARY,)), (HIS, (OTHER,)), ("both", ()))
    }
    return msgspec.structs.replace(a_directory(), bodies=rows)


def starting(body: str, who: str, directory: Directory) -> str:
    made = entry(issued(1, 0, people=(), body=body, secretaries=(who,)), who)
    return may_write(Principal(id=who), made, directory, None) or "yes"


@pytest.mark.parametrize(
    ("body", "hers", "his"),
    [(HERS, "yes", "no_right"), (HIS, "no_right", "yes"), ("both", "yes", "yes"),
     ("", "no_right", "no_right"), ("unheard of", "no_right", "no_right")],
)  # fmt: skip
def test_a_meeting_is_started_by_its_bodys_secretaries_alone(body, hers, his) -> None:
    assert (starting(body, SECRETARY, office()), starting(body, OTHER, office())) == (hers, his)


def test_who_is_no_secretary_of_the_office_starts_nothing_even_if_named() -> None:
    rows = {HERS: facts.BodySet(body=HERS, name="", secretaries=(CHAIR,))}
    directory = msgspec.structs.replace(a_directory(), bodies=rows)
    assert starting(HERS, CHAIR, directory) == "no_right"


def test_an_office_without_bodies_asks_for_none() -> None:
    assert starting("Bất kỳ", SECRETARY, a_directory()) == "yes"
    assert starting("Bất kỳ", SECRETARY, office(HERS, HIS, "both")) == "yes"


def test_a_body_that_was_given_up_starts_no_meeting_and_keeps_those_it_has() -> None:
    directory = office(HERS)
    assert starting(HERS, SECRETARY, directory) == "no_right"
    meeting = fold_meeting("m", [entry(issued(1, 0, body=HERS), number=1)])
    again = entry(issued(2, 1, body=HERS, people=()), SECRETARY)
    assert may_write(Principal(id=SECRETARY), again, directory, meeting) is None


@pytest.mark.parametrize(("body", "says"), [(HERS, None), ("both", None), (HIS, "no_right")])
def test_a_meeting_moves_only_to_a_body_of_the_same_secretary(body, says) -> None:
    meeting = fold_meeting("m", [entry(issued(1, 0, body=HERS), number=1)])
    moved = entry(issued(2, 1, body=body, people=()), SECRETARY)
    assert may_write(Principal(id=SECRETARY), moved, office(), meeting) == says


def test_what_was_issued_before_there_were_bodies_is_issued_again() -> None:
    again = entry(issued(people=()), SECRETARY)
    assert may_write(Principal(id=SECRETARY), again, office(), a_meeting()) is None


@given(st.sampled_from((SECRETARY, OTHER, CHAIR)), st.sets(st.sampled_from((HERS, HIS, "both"))))
def test_what_one_prepares_for_is_just_what_one_may_start(who: str, gone: set[str]) -> None:
    directory = office(*gone)
    mine = {row.body for row in bodies_of(directory, who)}
    bodies = {row.body for row in open_bodies(directory)}
    assert mine == {body for body in bodies if may_start_for(directory, who, body)}


def test_a_body_is_found_by_its_id_its_name_or_how_that_begins() -> None:
    name = facts.OfficeFounded(office="o", name="Ủy ban nhân dân xã A Mú Sung")
    ready = ready_bodies(Directory(office=name))
    assert [row.name for row in ready] == [
        "UBND xã A Mú Sung", "HĐND xã A Mú Sung", "Đảng ủy xã A Mú Sung",
    ]  # fmt: skip
    assert ready[1].letterhead == ("HỘI ĐỒNG NHÂN DÂN", "XÃ A MÚ SUNG")
    directory = Directory(bodies={row.body: row for row in ready})
    found = [body_called(directory, words) for words in ("HDND", "đảng ủy", "ubnd xã a mú sung")]
    assert found == ["hdnd", "dang_uy", "ubnd"]
    assert body_called(directory, "Hội Nông dân") is None
    assert body_called(Directory(), "Hội Nông dân") == "Hội Nông dân"
