"""Voting from a desk: motions, opening and closing a vote, one's own ballot, counts by hand."""

from concurrent.futures import Future
from typing import Any

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory
from meetingroom.domain.ids import is_room, new_id
from meetingroom.domain.majorities import COUNCIL_CHOICES, DEFAULT_CHOICES
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.meeting_types import type_of
from meetingroom.domain.vote_rights import may_vote
from meetingroom.services.desk import Desk
from meetingroom.services.patience import ask_patiently

COUNCIL = "hdnd"  # what kinds of council sessions begin with


def choices_of(meeting: Meeting, directory: Directory) -> tuple[str, ...]:
    """The choices of a meeting's type, the first one in favour."""
    kind = meeting.issued.kind if meeting.issued else ""
    chosen = type_of(kind, directory).choices
    if len(chosen) >= 2:
        return chosen
    return COUNCIL_CHOICES if kind.startswith(COUNCIL) else DEFAULT_CHOICES


def majority_of(meeting: Meeting, directory: Directory) -> str:
    """The rule of a meeting's type; more than half of all members where it has none."""
    kind = meeting.issued.kind if meeting.issued else ""
    return type_of(kind, directory).majority or "half_members"


class Voting:
    """What chair, secretaries and voters do; a secret ballot needs the hub, an open one waits."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def put_motion(self, meeting: str, text: str, **details: Any) -> "Future[str]":
        """Prepare a motion (the fields of `MotionPut`); its id."""
        fact = facts.MotionPut(motion=new_id("motion"), text=text, **details)
        return self._desk.run(lambda: self._write(meeting, fact) and fact.motion)

    def remove_motion(self, meeting: str, motion: str) -> "Future[str]":
        return self._desk.run(lambda: self._write(meeting, facts.MotionRemoved(motion=motion)))

    def open(self, meeting: str, motion: facts.MotionPut, **details: Any) -> "Future[str]":
        """Put a motion to the vote and show it to the room; the vote's id."""

        def task() -> str:
            folded = self._desk.meetings[meeting]
            fact = self.vote_on(folded, motion, **details)
            self._write(meeting, fact)
            self._show(meeting, "vote", fact.vote)
            return fact.vote

        return self._desk.run(task)

    def vote_on(
        self, meeting: Meeting, motion: facts.MotionPut, **details: Any
    ) -> facts.VoteOpened:
        """The record that opens a vote on a motion, by the rules of the meeting's type."""
        directory, voters = self._desk.directory, may_vote(meeting)
        paper = meeting.papers.get(motion.paper)
        fact = facts.VoteOpened(
            vote=new_id("vote"),
            motion=motion.text,
            item=motion.item or meeting.current_item,
            choices=motion.choices or choices_of(meeting, directory),
            voters=voters,
            members=len(voters),
            is_secret=motion.is_secret,
            majority=motion.majority or majority_of(meeting, directory),
            way=motion.way,
            prepared=motion.motion if motion.motion in meeting.voting.motions else "",
            paper=motion.paper,
            blob=paper.current.blob if paper else "",
        )
        return msgspec.structs.replace(fact, **details)

    def cast(self, meeting: str, vote: str, choice: str, reason: str = "") -> "Future[Any]":
        """One's ballot, in place of an earlier one.

        A secret one fails with LinkError where the hub is away: it is kept nowhere else.
        """
        known = self._desk.meetings[meeting].voting.votes[vote]
        if known.opened.is_secret:
            body = {"meeting": meeting, "vote": vote, "choice": choice, "cast": new_id("cast")}
            return ask_patiently(self._desk, "vote.cast", body)
        fact = facts.BallotCast(vote=vote, choice=choice, reason=reason)
        return self._desk.run(lambda: self._write(meeting, fact))

    def close(self, meeting: str, vote: str) -> "Future[Any]":
        """Have the hub count, and show the result to the room."""
        answer: Future[Any] = Future()

        def show(counted: "Future[dict[str, Any]]") -> None:
            # Waited for by nobody: while the hub is away the desk's thread has other work.
            error = counted.exception()
            if error is not None:
                answer.set_exception(error)
                return
            self._desk.run(lambda: self._show(meeting, "result", vote))
            answer.set_result(counted.result())

        body = {"meeting": meeting, "vote": vote}
        ask_patiently(self._desk, "vote.close", body, "ballots_coming").add_done_callback(show)
        return answer

    def enter_count(self, meeting: str, vote: str, counts: tuple[int, ...]) -> "Future[str]":
        """A count of hands or paper ballots; two people who agree make the result."""
        fact = facts.CountEntered(vote=vote, counts=counts, teller=self._desk.person)
        return self._desk.run(lambda: self._write(meeting, fact))

    def cancel(self, meeting: str, vote: str) -> "Future[str]":
        return self._desk.run(lambda: self._write(meeting, facts.VoteCancelled(vote=vote)))

    def _show(self, meeting: str, scene: str, vote: str) -> str:
        item = self._desk.meetings[meeting].current_item
        return self._write(meeting, facts.SceneShown(scene=scene, item=item, vote=vote))

    def _write(self, meeting: str, fact: facts.Fact) -> str:
        person = self._desk.person
        behalf = self._desk.meetings[meeting].unlocked.get(person) if is_room(person) else None
        return self._desk.write(meeting, fact, on_behalf_of=behalf)
