"""What can be noted of somebody in the roll call, each with the way back."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any

from meetingroom.domain.meeting import Meeting
from meetingroom.services.leading import Leading
from meetingroom.wording import tr

Act = Callable[[], "Future[Any]"]


@dataclass(frozen=True)
class Step:
    """One press: what it does, what it is called afterwards, and what takes it back."""

    words: str
    act: Act | None = None
    undo: Act | None = None
    told: str = ""
    asks: str = ""
    """What has to be typed first: "reason" or "substitute"."""


class RollSteps:
    """The steps of a meeting's people, for the person `me` who leads."""

    def __init__(self, leading: Leading, me: str) -> None:
        self._leading, self.me = leading, me

    def first(self, meeting: Meeting | None, person: str, *, is_here: bool) -> Step:
        """The large button: came, or left."""
        leading, key = self._leading, meeting.id if meeting else ""
        if is_here:
            return Step(
                tr("Left"),
                lambda: leading.leave(key, person),
                lambda: leading.take_back_leaving(key, person),
            )
        return Step(
            tr("Check in"),
            lambda: leading.check_in(key, person),
            lambda: leading.take_back_check_in(key, person),
        )

    def waiting(self, meeting: Meeting, person: str) -> list[Step]:
        """What an answer still wants: the chair's word, or a substitute to come in."""
        answer = meeting.answers.get(person)
        if answer is None or answer.answer == "comes" or meeting.is_here(person):
            return []
        leading, key = self._leading, meeting.id
        if person not in meeting.decided:
            if not meeting.is_chair(self.me):
                return []
            decide = partial(leading.decide, key, person, answer=meeting.answer_records[person])
            return [
                Step(tr("Agree"), partial(decide, is_agreed=True)),
                Step(tr("Decline"), partial(decide, is_agreed=False)),
            ]
        name = answer.substitute
        if not meeting.substitute_agreed(name, person):
            return []
        if meeting.is_here(name):
            return [
                Step(
                    tr("Substitute left"),
                    lambda: leading.leave(key, name),
                    lambda: leading.take_back_leaving(key, name),
                )
            ]
        return [
            Step(
                tr("Substitute is here"),
                lambda: leading.stand_in(key, name, person),
                lambda: leading.take_back_check_in(key, name),
            )
        ]

    def rarer(self, meeting: Meeting, person: str) -> list[Step]:
        """The second touch."""
        known = meeting.presence.get(person)
        if known is not None and not known.left_at:
            return self._of_present(meeting.id, person, known.way)
        steps = [self._online(meeting.id, person)]
        if known is not None:
            steps.append(self._back(meeting.id, person))
        answer = meeting.answers.get(person)
        if answer is not None and answer.answer != "comes":
            steps.append(
                Step(
                    tr("Comes after all"),
                    lambda: self._leading.answer(meeting.id, "comes", person=person),
                    self._answer_again(meeting, person),
                )
            )
        reasons = (tr("ill"), tr("on duty elsewhere"), tr("on leave"))
        steps += [self.absent(meeting, person, reason) for reason in reasons]
        steps.append(Step(tr("Absent for another reason …"), asks="reason"))
        steps.append(Step(tr("Substitute …"), asks="substitute"))
        return steps

    def absent(self, meeting: Meeting, person: str, reason: str) -> Step:
        """Away, and why; the chair's own word needs no decision."""
        words = tr("Absent: {0}").format(reason)
        act = self._answered(meeting, person, answer="absent", reason=reason)
        return Step(words, act, self._answer_again(meeting, person))

    def substitute(self, meeting: Meeting, person: str, substitute: str, name: str) -> Step:
        """Who comes instead: a person of the directory, or a name."""
        words = tr("Substitute: {0}").format(name)
        act = self._answered(meeting, person, answer="substitute", substitute=substitute)
        return Step(words, act, self._answer_again(meeting, person))

    # --- inside -------------------------------------------------------------------------

    def _answered(self, meeting: Meeting, person: str, **answer: str) -> Act:
        def act() -> "Future[Any]":
            said = self._leading.answer(meeting.id, person=person, **answer)
            if meeting.is_chair(self.me):
                return self._leading.decide(meeting.id, person, is_agreed=True)
            return said

        return act

    def _answer_again(self, meeting: Meeting, person: str) -> Act:
        old = meeting.answers.get(person)
        if old is None:
            return lambda: self._leading.answer(meeting.id, "comes", person=person)
        return lambda: self._leading.answer(
            meeting.id, old.answer, reason=old.reason, substitute=old.substitute, person=person
        )

    def _online(self, meeting: str, person: str) -> Step:
        return Step(
            tr("Is online"),
            lambda: self._leading.check_in(meeting, person, "online"),
            lambda: self._leading.take_back_check_in(meeting, person),
        )

    def _back(self, meeting: str, person: str) -> Step:
        return Step(
            tr("Has not left"),
            lambda: self._leading.take_back_leaving(meeting, person),
            lambda: self._leading.leave(meeting, person),
        )

    def _of_present(self, meeting: str, person: str, way: str) -> list[Step]:
        other = "room" if way == "online" else "online"
        words = tr("Is in the room now") if other == "room" else tr("Is online now")
        return [
            Step(
                words,
                lambda: self._leading.check_in(meeting, person, other),
                lambda: self._leading.check_in(meeting, person, way),
            ),
            Step(
                tr("Is not here: noted by mistake"),
                lambda: self._leading.take_back_check_in(meeting, person),
                lambda: self._leading.check_in(meeting, person, way),
            ),
        ]
