"""Opinions and written consultation from a desk: said, shown, answered; asked and reminded."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.errors import RefusedError
from meetingroom.domain.ids import CHAIR, EVERYONE, SECRETARY, is_room, new_id
from meetingroom.domain.meeting import Meeting
from meetingroom.services.desk import Desk
from meetingroom.services.purging import Due

UNSENT = "unsent-opinion:"
LEADERS = (SECRETARY, CHAIR)


class Unsent(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is writing: an opinion, or an answer (`consultation`) with a choice."""

    text: str = ""
    choice: str = ""
    item: str = ""
    paper: str = ""
    page: int = -1
    audience: tuple[str, ...] = LEADERS


class Opinions:
    """What is written here is kept at once and sent when the hub can be reached."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # --- opinions -------------------------------------------------------------------------

    def unsent(self, meeting: str, consultation: str = "") -> "Future[Unsent]":
        """What was being written when the program or the room was left."""

        def task() -> Unsent:
            raw = self._desk.log.value(_name(meeting, consultation))
            return msgspec.json.decode(raw, type=Unsent) if raw else Unsent()

        return self._desk.run(task)

    def keep(self, meeting: str, unsent: Unsent, consultation: str = "") -> "Future[None]":
        """Keep what is being written; empty words are nothing."""

        def task() -> None:
            is_some = bool(unsent.text.strip() or unsent.choice)
            is_gone = self._is_gone(meeting, unsent.paper, consultation)
            raw = msgspec.json.encode(unsent) if is_some and not is_gone else None
            self._desk.log.set_value(_name(meeting, consultation), raw)

        return self._desk.run(task)

    def _is_gone(self, meeting: str, paper: str, consultation: str) -> bool:
        """Whether words would be about what was purged: they do not come back by being typed."""
        folded = self._desk.meeting(meeting)
        if folded is None:
            return False
        is_purged = any(purge.paper == paper for purge in folded.purges.values() if paper)
        return is_purged or (
            bool(consultation) and consultation not in folded.opinions.consultations
        )

    def forget_paper(self, due: Due) -> None:
        """On the desk's thread: what was being written about a purged paper goes with it."""
        folded, log = self._desk.meeting(due.stream), self._desk.log
        questions = folded.opinions.consultations if folded else {}
        for name, raw in log.values(f"{UNSENT}{due.stream}/").items():
            question = name.rpartition("/")[2]
            is_about_it = msgspec.json.decode(raw, type=Unsent).paper == due.paper
            if is_about_it or (question and question not in questions):
                log.set_value(name, None)

    def give(self, meeting: str, said: Unsent) -> "Future[str]":
        """Send an opinion; what was being written is done with it. Its id."""
        fact = facts.OpinionGiven(
            opinion=new_id("opinion"),
            text=said.text.strip(),
            item=said.item,
            paper=said.paper,
            page=said.page,
        )

        def task() -> str:
            gone = {_name(meeting): None}
            self._desk.write_step(meeting, [(fact, said.audience)], gone)
            return fact.opinion

        return self._desk.run(task)

    def show(self, meeting: str, opinion: str, *, is_named: bool = True) -> "Future[str]":
        """Let everyone see an opinion, and put it on the display, with or without its name."""

        def task() -> str:
            folded = self._folded(meeting)
            known = folded.opinions.given.get(opinion)
            if known is None:
                raise RefusedError("unknown_opinion")
            given = known.given
            fact = facts.OpinionShown(
                opinion=opinion,
                is_shown=True,
                text=given.text,
                person=known.author if is_named else "",
                item=given.item,
                paper=given.paper,
                page=given.page,
            )
            self._write(meeting, fact)
            scene = facts.SceneShown(scene="opinion", item=folded.current_item, opinion=opinion)
            return self._write(meeting, scene)

        return self._desk.run(task)

    def take_off(self, meeting: str, opinion: str) -> "Future[str]":
        """Everyone sees it no longer; the display goes back to the item it showed it in."""

        def task() -> str:
            folded = self._folded(meeting)
            record = self._write(meeting, facts.OpinionShown(opinion=opinion, is_shown=False))
            scene = folded.scene
            if scene.scene == "opinion" and scene.opinion == opinion:
                item = folded.current_item
                self._write(meeting, facts.SceneShown(scene="item" if item else "lobby", item=item))
            return record

        return self._desk.run(task)

    def answer(self, meeting: str, opinion: str, answer: str, text: str = "") -> "Future[str]":
        """Say what becomes of an opinion: to its author, and to whom it was for."""

        def task() -> str:
            folded = self._folded(meeting)
            known = folded.opinions.given.get(opinion)
            if known is None:
                raise RefusedError("unknown_opinion")
            fact = facts.OpinionAnswered(
                opinion=opinion, answer=answer, text=text.strip(), paper=known.given.paper
            )
            is_for_all = opinion in folded.opinions.shown or EVERYONE in known.audience
            audience = (EVERYONE,) if is_for_all else (known.author, *known.audience)
            return self._desk.write(meeting, fact, audience=audience)

        return self._desk.run(task)

    # --- written consultation -------------------------------------------------------------

    def ask(
        self, meeting: str, question: str, people: Sequence[str], due: str, **details: Any
    ) -> "Future[str]":
        """Put a question (the fields of `ConsultationOpened`); its id."""
        fact = facts.ConsultationOpened(
            consultation=new_id("consultation"),
            question=question.strip(),
            people=tuple(people),
            due=due,
            **details,
        )
        return self._desk.run(lambda: self._write(meeting, fact) and fact.consultation)

    def reply(
        self, meeting: str, consultation: str, choice: str = "", text: str = ""
    ) -> "Future[None]":
        """One's answer, in place of an earlier one."""

        def task() -> None:
            known = self._folded(meeting).opinions.consultations[consultation].opened
            fact = facts.ConsultationAnswered(
                consultation=consultation, choice=choice, text=text.strip(), paper=known.paper
            )
            audience = (EVERYONE,) if known.shows_answers else LEADERS
            gone = {_name(meeting, consultation): None}
            self._desk.write_step(meeting, [(fact, audience)], gone)

        return self._desk.run(task)

    def close(self, meeting: str, consultation: str) -> "Future[str]":
        fact = facts.ConsultationClosed(consultation=consultation)
        return self._desk.run(lambda: self._write(meeting, fact))

    def remind(self, meeting: str, consultation: str) -> "Future[int]":
        """Remind everyone who has not answered; how many they are."""

        def task() -> int:
            people = self._folded(meeting).opinions.consultations[consultation].waits_for
            rows = [
                (facts.ReminderSent(person=person, consultation=consultation), (person,))
                for person in people
            ]
            if rows:
                self._desk.write_step(meeting, rows, {})
            return len(rows)

        return self._desk.run(task)

    # --- inside ---------------------------------------------------------------------------

    def _folded(self, meeting: str) -> Meeting:
        folded = self._desk.meeting(meeting)
        if folded is None:
            raise RefusedError("not_invited")
        return folded

    def _write(self, meeting: str, fact: facts.Fact) -> str:
        person = self._desk.person
        behalf = self._folded(meeting).unlocked.get(person) if is_room(person) else None
        return self._desk.write(meeting, fact, on_behalf_of=behalf)


def _name(meeting: str, consultation: str = "") -> str:
    return f"{UNSENT}{meeting}/{consultation}"
