"""Opinions of a meeting and its written consultations."""

from collections.abc import Callable

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry
from meetingroom.domain.records import moment_of

ANSWERS = ("accepted", "explained", "noted")


class Opinion(msgspec.Struct, frozen=True, kw_only=True):
    """One opinion as its readers have it; `refusal` is why the hub did not take it."""

    given: facts.OpinionGiven
    author: str
    at: str
    audience: tuple[str, ...] = ()
    is_late: bool = False
    is_at_hub: bool = True
    refusal: str = ""

    @property
    def id(self) -> str:
        return self.given.opinion


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An opinion everyone may see; `by` let it be seen."""

    fact: facts.OpinionShown
    by: str
    at: str


class OpinionAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What was answered to an opinion, the newest answer."""

    fact: facts.OpinionAnswered
    by: str
    at: str


class WrittenAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's newest answer to a question; `record` is the one that counts."""

    fact: facts.ConsultationAnswered
    at: str
    record: str = ""
    is_at_hub: bool = True


class Consultation(msgspec.Struct, frozen=True, kw_only=True):
    """One question; of the answers those that may be read here."""

    opened: facts.ConsultationOpened
    by: str
    at: str
    answers: dict[str, WrittenAnswer] = {}
    reminded: dict[str, str] = {}
    closed_at: str = ""

    @property
    def id(self) -> str:
        return self.opened.consultation

    @property
    def is_open(self) -> bool:
        return not self.closed_at

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Who has not answered, as far as is known here: chair and secretaries know all."""
        return tuple(person for person in self.opened.people if person not in self.answers)

    @property
    def is_seen_by_all(self) -> bool:
        return self.opened.shows_answers and not self.is_open

    def is_after_due(self, answer: WrittenAnswer) -> bool:
        """Whether an answer came after the day it was asked for; it counts all the same."""
        return moment_of(answer.at) > moment_of(self.opened.due)

    def tally(self) -> tuple[int, ...]:
        """The answers known here, counted in the order of the choices."""
        chosen = [row.fact.choice for row in self.answers.values()]
        return tuple(chosen.count(choice) for choice in self.opened.choices)


class Opinions(msgspec.Struct, frozen=True, kw_only=True):
    """Opinions as they came, what everyone may see of them, answers; and questions."""

    given: dict[str, Opinion] = {}
    shown: dict[str, Shown] = {}
    answers: dict[str, OpinionAnswer] = {}
    consultations: dict[str, Consultation] = {}

    def of(self, person: str) -> list[Opinion]:
        """Somebody's opinions, oldest first."""
        return [row for row in self.given.values() if row.author == person]

    def asked_of(self, person: str) -> list[Consultation]:
        """Open questions somebody is asked, the one due first ahead."""
        rows = [row for row in self.consultations.values() if row.is_open]
        mine = [row for row in rows if person in row.opened.people]
        return sorted(mine, key=lambda row: moment_of(row.opened.due))

    def without_paper(self, paper: str) -> "Opinions":
        """What is left when a paper is purged."""
        return Opinions(
            given={key: row for key, row in self.given.items() if row.given.paper != paper},
            shown={key: row for key, row in self.shown.items() if row.fact.paper != paper},
            answers={key: row for key, row in self.answers.items() if row.fact.paper != paper},
            consultations={
                key: row for key, row in self.consultations.items() if row.opened.paper != paper
            },
        )


def _give(opinions: Opinions, entry: Entry) -> Opinions:
    """The first of an id stands; one the hub refused stays with its author, with the reason."""
    fact = entry.fact
    assert isinstance(fact, facts.OpinionGiven)  # noqa: S101
    if fact.opinion in opinions.given:
        return opinions
    opinion = Opinion(
        given=fact,
        author=entry.head.author,
        at=entry.at,
        audience=entry.head.audience,
        is_late=entry.envelope is not None and entry.envelope.late,
        is_at_hub=entry.envelope is not None,
        refusal=entry.refused or "",
    )
    return msgspec.structs.replace(opinions, given={**opinions.given, fact.opinion: opinion})


def _show(opinions: Opinions, entry: Entry) -> Opinions:
    fact = entry.fact
    assert isinstance(fact, facts.OpinionShown)  # noqa: S101
    rest = {key: row for key, row in opinions.shown.items() if key != fact.opinion}
    if fact.is_shown:
        by = entry.head.on_behalf_of or entry.head.author
        rest[fact.opinion] = Shown(fact=fact, by=by, at=entry.at)
    return msgspec.structs.replace(opinions, shown=rest)


def _answer(opinions: Opinions, entry: Entry) -> Opinions:
    fact = entry.fact
    assert isinstance(fact, facts.OpinionAnswered)  # noqa: S101
    answer = OpinionAnswer(fact=fact, by=entry.head.author, at=entry.at)
    return msgspec.structs.replace(opinions, answers={**opinions.answers, fact.opinion: answer})


def _changed(opinions: Opinions, name: str, **changes: object) -> Opinions:
    known = opinions.consultations.get(name)
    if known is None:
        return opinions
    new = msgspec.structs.replace(known, **changes)
    rows = {**opinions.consultations, name: new}
    return msgspec.structs.replace(opinions, consultations=rows)


def _ask(opinions: Opinions, entry: Entry) -> Opinions:
    fact = entry.fact
    assert isinstance(fact, facts.ConsultationOpened)  # noqa: S101
    if fact.consultation in opinions.consultations:
        return opinions
    asked = Consultation(opened=fact, by=entry.head.author, at=entry.at)
    rows = {**opinions.consultations, fact.consultation: asked}
    return msgspec.structs.replace(opinions, consultations=rows)


def _reply(opinions: Opinions, entry: Entry) -> Opinions:
    fact = entry.fact
    assert isinstance(fact, facts.ConsultationAnswered)  # noqa: S101
    known = opinions.consultations.get(fact.consultation)
    if known is None:
        return opinions
    answer = WrittenAnswer(
        fact=fact, at=entry.at, record=entry.head.id, is_at_hub=entry.envelope is not None
    )
    return _changed(
        opinions, fact.consultation, answers={**known.answers, entry.head.author: answer}
    )


def _end(opinions: Opinions, entry: Entry) -> Opinions:
    fact = entry.fact
    assert isinstance(fact, facts.ConsultationClosed)  # noqa: S101
    known = opinions.consultations.get(fact.consultation)
    if known is None or not known.is_open:
        return opinions
    return _changed(opinions, fact.consultation, closed_at=entry.at)


def _remind(opinions: Opinions, entry: Entry) -> Opinions:
    fact = entry.fact
    assert isinstance(fact, facts.ReminderSent)  # noqa: S101
    known = opinions.consultations.get(fact.consultation)
    if known is None:
        return opinions
    reminded = {**known.reminded, fact.person: entry.at}
    return _changed(opinions, fact.consultation, reminded=reminded)


Change = Callable[[Opinions, Entry], Opinions]
CHANGES: dict[type[facts.Fact], Change] = {
    facts.OpinionGiven: _give,
    facts.OpinionShown: _show,
    facts.OpinionAnswered: _answer,
    facts.ConsultationOpened: _ask,
    facts.ConsultationAnswered: _reply,
    facts.ConsultationClosed: _end,
    facts.ReminderSent: _remind,
}
