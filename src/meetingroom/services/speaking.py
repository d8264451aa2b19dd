"""Speaking from a desk: asking, withdrawing, ordering the queue, calling, stopping, time."""

from concurrent.futures import Future

from meetingroom.domain import facts
from meetingroom.domain.errors import RefusedError
from meetingroom.domain.ids import is_room, new_id
from meetingroom.domain.speaking import Speech
from meetingroom.services.desk import Desk

# What the room goes on seeing while somebody is called: the speaker stands in its strip.
KEPT_SCENES = ("paper", "vote", "online", "black")


class Speaking:
    """What people who want to speak do, and who leads them; all of it works offline."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask(
        self, meeting: str, person: str = "", *, item: str = "", is_question: bool = False
    ) -> "Future[str]":
        """Ask to speak on an item (or the running one), for oneself or for somebody; the id."""

        def task() -> str:
            folded = self._desk.meetings[meeting]
            fact = facts.SpeechAsked(
                speech=new_id("speech"),
                person=person or self._desk.person,
                item=item or folded.current_item,
                is_question=is_question,
            )
            self._write(meeting, fact)
            return fact.speech

        return self._desk.run(task)

    def withdraw(self, meeting: str, speech: str) -> "Future[str]":
        return self._say(meeting, facts.SpeechWithdrawn(speech=speech))

    def order(self, meeting: str, speeches: tuple[str, ...]) -> "Future[str]":
        """The queue as it is to be."""
        return self._say(meeting, facts.SpeechesOrdered(speeches=speeches))

    def call(self, meeting: str, speech: str, seconds: int) -> "Future[None]":
        """Give the floor and show the speaker to the room."""

        def task() -> None:
            self._write(meeting, facts.SpeechGranted(speech=speech, seconds=seconds))
            self._show(meeting)

        return self._desk.run(task)

    def call_next(self, meeting: str, seconds: int) -> "Future[None]":
        """Give the floor to the first of the queue.

        Fails with RefusedError("nobody_waits"). Who waits is looked up when the errand runs,
        so that two fast presses never call the same person twice.
        """

        def task() -> None:
            folded = self._desk.meetings[meeting]
            queue = folded.speaking.queue(folded.current_item)
            if not queue:
                raise RefusedError("nobody_waits")
            self._write(meeting, facts.SpeechGranted(speech=queue[0].id, seconds=seconds))
            self._show(meeting)

        return self._desk.run(task)

    def more_time(self, meeting: str, seconds: int) -> "Future[str]":
        """More time for who speaks; who had no limit keeps none."""

        def task() -> str:
            speaker = self._speaker(meeting)
            if not speaker.seconds:
                return ""
            fact = facts.SpeechGranted(speech=speaker.id, seconds=speaker.seconds + seconds)
            return self._write(meeting, fact)

        return self._desk.run(task)

    def end(self, meeting: str, speech: str) -> "Future[str]":
        """Stop a speaker: the one that was seen, never one called meanwhile.

        Fails with RefusedError("speech_over") where none was.
        """

        def task() -> str:
            if not speech:
                raise RefusedError("speech_over")
            return self._write(meeting, facts.SpeechEnded(speech=speech))

        return self._desk.run(task)

    def give_time(self, meeting: str, item: str, minutes: int) -> "Future[str]":
        """Minutes more (or less) for an item."""
        return self._say(meeting, facts.TimeGiven(item=item, minutes=minutes))

    # --- inside -------------------------------------------------------------------------

    def _speaker(self, meeting: str) -> Speech:
        speaker = self._desk.meetings[meeting].speaking.speaker
        if speaker is None:
            raise RefusedError("speech_over")
        return speaker

    def _show(self, meeting: str) -> None:
        folded = self._desk.meetings[meeting]
        if folded.scene.scene not in (*KEPT_SCENES, "speaker"):
            self._write(meeting, facts.SceneShown(scene="speaker", item=folded.current_item))

    def _say(self, meeting: str, fact: facts.Fact) -> "Future[str]":
        return self._desk.run(lambda: self._write(meeting, fact))

    def _write(self, meeting: str, fact: facts.Fact) -> str:
        person = self._desk.person
        behalf = self._desk.meetings[meeting].unlocked.get(person) if is_room(person) else None
        return self._desk.write(meeting, fact, on_behalf_of=behalf)
