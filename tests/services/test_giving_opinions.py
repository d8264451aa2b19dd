"""Opinions and questions through a real hub: who hears what, offline and after a crash."""

import pytest
from quiet_office import QuietDesk, QuietOffice

from meetingroom.domain import facts
from meetingroom.domain.meeting import Meeting
from meetingroom.services.opinions import Opinions, Unsent
from meetingroom.services.purging import Purging


@pytest.fixture
def chair(office: QuietOffice) -> QuietDesk:
    return office.desk_of("person-c")


def services(*desks: QuietDesk) -> list[Opinions]:
    return [Opinions(one.desk) for one in desks]


def seen(office: QuietOffice, desk: QuietDesk) -> Meeting:
    office.sync()
    return desk.desk.meetings[office.meeting]


def give(office: QuietOffice, desk: QuietDesk, *audience: str) -> str:
    said = Unsent(text=" Nên làm ", item="i", audience=audience or ("chair",))
    return Opinions(desk.desk).give(office.meeting, said).result(10)


def test_an_opinion_for_the_chair_is_shown_to_everyone_only_when_the_chair_wants_it(
    office, chair, a, b
) -> None:
    opinion = give(office, a)
    assert seen(office, chair).opinions.given[opinion].given.text == "Nên làm"
    assert seen(office, b).opinions.given == {}
    Opinions(chair.desk).show(office.meeting, opinion, is_named=False).result(10)
    shown = seen(office, b).opinions.shown[opinion].fact
    assert (shown.text, shown.person) == ("Nên làm", "")
    assert seen(office, b).scene.opinion == opinion
    Opinions(chair.desk).take_off(office.meeting, opinion).result(10)
    assert seen(office, b).opinions.shown == {}
    assert seen(office, b).scene.scene == "lobby"


def test_what_is_answered_reaches_the_author_and_who_heard_the_opinion(office, chair, a, b) -> None:
    opinion = give(office, a)
    seen(office, chair)
    Opinions(chair.desk).answer(office.meeting, opinion, "explained", "Vì …").result(10)
    assert seen(office, a).opinions.answers[opinion].fact.text == "Vì …"
    assert seen(office, b).opinions.answers == {}


def test_what_is_being_written_survives_a_crash_and_is_gone_once_sent(office, a) -> None:
    writing = Unsent(text="Đang viết", paper="open", page=3, audience=("secretary",))
    Opinions(a.desk).keep(office.meeting, writing).result(10)
    a.stop()
    a.start()
    assert Opinions(a.desk).unsent(office.meeting).result(10) == writing
    Opinions(a.desk).give(office.meeting, writing).result(10)
    assert Opinions(a.desk).unsent(office.meeting).result(10) == Unsent()


def test_an_opinion_written_away_from_the_hub_is_there_after_a_restart_and_sent_later(
    office, a, b
) -> None:
    opinion = give(office, a, "everyone")
    a.stop()
    a.start()
    assert not a.desk.meetings[office.meeting].opinions.given[opinion].is_at_hub
    assert seen(office, b).opinions.given[opinion].author == "person-a"
    assert seen(office, a).opinions.given[opinion].is_at_hub


@pytest.mark.parametrize("shows", [False, True])
def test_answers_are_for_who_leads_and_afterwards_for_everyone_if_the_opener_wants_it(
    office, chair, a, b, shows
) -> None:
    secretary, mine = services(office.secretary, a)
    people, due = ("person-a", "person-b"), "2026-11-25T10:00:00+07:00"
    asked = secretary.ask(
        office.meeting, "Có nên?", people, due, choices=("yes", "no"), shows_answers=shows
    ).result(10)
    office.sync()
    for choice in ("yes", "no"):
        mine.reply(office.meeting, asked, choice, "vì …").result(10)
    assert seen(office, chair).opinions.consultations[asked].tally() == (0, 1)
    assert seen(office, b).opinions.consultations[asked].answers == {}
    secretary.close(office.meeting, asked).result(10)
    known = seen(office, b).opinions.consultations[asked]
    assert [row.fact.choice for row in known.answers.values()] == (["no"] if shows else [])
    assert not known.is_open


def test_who_has_not_answered_is_known_and_reminded(office, chair, a, b) -> None:
    secretary, mine = services(office.secretary, a)
    people, due = ("person-a", "person-b"), "2026-11-25T10:00:00+07:00"
    asked = secretary.ask(office.meeting, "Có nên?", people, due).result(10)
    office.sync()
    mine.reply(office.meeting, asked, text="Nên").result(10)
    waiting = seen(office, office.secretary).opinions.consultations[asked].waits_for
    assert waiting == ("person-b",)
    assert secretary.remind(office.meeting, asked).result(10) == 1
    assert "person-b" in seen(office, b).opinions.consultations[asked].reminded
    assert seen(office, a).opinions.consultations[asked].reminded == {}


def test_a_purged_paper_takes_opinions_and_answers_about_it_from_every_computer(
    office, chair, a, b
) -> None:
    said = Unsent(text="Nên làm", paper="open", page=0, audience=("everyone",))
    opinion = Opinions(a.desk).give(office.meeting, said).result(10)
    seen(office, chair)
    Opinions(chair.desk).show(office.meeting, opinion).result(10)
    office.sync()
    office.put(facts.Purged(paper="open", reason="recalled"))
    for desk in (a, b, chair):
        opinions = seen(office, desk).opinions
        assert (opinions.given, opinions.shown) == ({}, {})
        raw = desk.folder.joinpath("device.db").read_bytes()
        assert "Nên làm".encode() not in raw


def test_what_was_being_written_on_a_purged_paper_goes_and_does_not_come_back(
    office, chair, a
) -> None:
    question = Opinions(office.secretary.desk).ask(
        office.meeting, "Có nên?", ["person-a"], "2026-11-26T03:00:00.000Z", paper="open"
    )
    asked = question.result(10)
    seen(office, a)
    mine, text = Opinions(a.desk), "Trích tài liệu mật"
    rest = Unsent(text="Về việc khác", item="i")
    purging = Purging(a.desk)
    purging.also(mine.forget_paper)
    mine.keep(office.meeting, Unsent(text=text, paper="open", page=2)).result(10)
    mine.keep(office.meeting, Unsent(text=text), asked).result(10)
    office.put(facts.Purged(paper="open", reason="secret"))
    seen(office, a)
    a.desk.run(purging.finish_all).result(10)
    assert a.log.values("unsent-opinion:") == {}
    mine.keep(office.meeting, Unsent(text=text, paper="open", page=2)).result(10)
    mine.keep(office.meeting, Unsent(text=text), asked).result(10)
    assert a.log.values("unsent-opinion:") == {}
    mine.keep(office.meeting, rest).result(10)
    assert mine.unsent(office.meeting).result(10) == rest
