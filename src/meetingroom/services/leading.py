"""Leading a meeting: open and close it, go to an item, show a paper, turn the room's pages."""

from concurrent.futures import Future
from datetime import timedelta
from typing import Any

from meetingroom.domain import facts
from meetingroom.domain.clock import utc_now
from meetingroom.domain.errors import LinkError, RefusedError
from meetingroom.domain.geometry import Rect
from meetingroom.domain.ids import is_room
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_day import passcode_until
from meetingroom.domain.records import utc_text
from meetingroom.domain.rights import is_turner
from meetingroom.domain.stage import Stage, Steer
from meetingroom.services.desk import Desk
from meetingroom.services.doors import Link
from meetingroom.services.errands import Errands
from meetingroom.services.news import LinkNews, News
from meetingroom.services.patience import ask_patiently


class Leading:
    """What the chair, a secretary, or the unlocked room display does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # An own thread: a page turn waits for the hub, a mark never waits for a page turn.
        self._errands = Errands("lead")
        desk.before_closing(self._errands.close)
        self._steered: dict[str, Steer] = {}
        self._clock_lacks = timedelta()  # of the hub's time, as it told last
        desk.listen(self._on_news)

    def may_lead(self, meeting: str) -> bool:
        """Whether this desk may act for the meeting now."""
        folded = self._desk.meeting(meeting)
        if folded is None:
            return False
        person = self._desk.person
        if is_room(person):
            return person in folded.unlocked
        return folded.is_chair(person) or folded.is_secretary(person)

    def may_turn(self, meeting: str) -> bool:
        """Whether this desk may turn the room's pages now: who leads, or was given it."""
        folded = self._desk.meeting(meeting)
        is_given = folded is not None and is_turner(self._desk.person, folded)
        return is_given or self.may_lead(meeting)

    def give_turning(self, meeting: str, person: str) -> "Future[None]":
        """Let somebody turn the room's pages until the item ends; "" takes it back."""
        return self._say(meeting, facts.TurningGiven(person=person))

    def open_meeting(self, meeting: str) -> "Future[None]":
        """Open it; one that is over is opened again, because whoever asks sees that it is."""
        folded = self._desk.meeting(meeting)
        is_over = folded is not None and folded.state == "closed"
        return self._say(meeting, facts.MeetingOpened(again=is_over))

    def close_meeting(self, meeting: str) -> "Future[None]":
        return self._say(meeting, facts.MeetingClosed())

    def go_to_item(self, meeting: str, item: str) -> "Future[None]":
        """Start an item and show it; the meeting opens with its first item."""

        def task() -> None:
            folded = self._folded(meeting)
            if folded.state == "issued":
                self._write(meeting, facts.MeetingOpened())
            if folded.current_item != item:
                self._write(meeting, facts.ItemStarted(item=item))
            self._write(meeting, facts.SceneShown(scene="item", item=item))

        return self._errands.run(task)

    def show_scene(self, meeting: str, scene: str, link: str = "") -> "Future[None]":
        """Show the lobby, the item, what comes next, the online meeting, or black."""

        def task() -> None:
            item = self._folded(meeting).current_item
            self._write(meeting, facts.SceneShown(scene=scene, item=item, link=link))

        return self._errands.run(task)

    def enter_call(self, meeting: str, link: str, *, confirmed: bool = False) -> "Future[None]":
        """Have the display enter an online meeting; locked ones are unlocked for it.

        `confirmed`: who leads saw what warns of its address, and wants it all the same.
        """

        def task() -> None:
            folded = self._folded(meeting)
            for room in self._desk.directory.rooms:
                if room not in folded.unlocked and not is_room(self._desk.person):
                    unlocked = facts.DisplayUnlocked(room=room, person=self._desk.person)
                    self._write(meeting, unlocked)
            item = folded.current_item
            scene = facts.SceneShown(
                scene="online", item=item, link=link, join=True, is_confirmed=confirmed
            )
            self._write(meeting, scene)

        return self._errands.run(task)

    def show_passcode(self, meeting: str, link: str) -> "Future[None]":
        """Have the room see an online meeting's passcode for a while: the display fetches it."""
        until = utc_text(passcode_until(utc_now() + self._clock_lacks))

        def task() -> None:
            item = self._folded(meeting).current_item
            scene = facts.SceneShown(
                scene="online", item=item, link=link, passcode=True, until=until
            )
            self._write(meeting, scene)

        return self._errands.run(task)

    def leave_call(self, meeting: str) -> "Future[None]":
        """The displays are out of their calls, as the log has it."""

        def task() -> None:
            for call in self._folded(meeting).calls.values():
                if call.is_in and is_room(call.who):
                    self._write(meeting, facts.OnlineLeft(link=call.link, who=call.who))

        return self._errands.run(task)

    def show_break(self, meeting: str, minutes: int = 0) -> "Future[None]":
        """A break of so many minutes from now; 0 is one without an end."""
        end = utc_now() + self._clock_lacks + timedelta(minutes=minutes)
        until = utc_text(end) if minutes else ""

        def task() -> None:
            item = self._folded(meeting).current_item
            self._write(meeting, facts.SceneShown(scene="break", item=item, until=until))

        return self._errands.run(task)

    def show_again(self, meeting: str, scene: facts.SceneShown) -> "Future[None]":
        """The very scene the room saw before, with all it showed."""
        return self._say(meeting, scene)

    def show_paper(
        self, meeting: str, paper: str, page: int = 0, view: Rect | None = None
    ) -> "Future[Stage]":
        """Put a paper on the display, at a page or a part of it."""

        def task() -> Stage:
            folded = self._folded(meeting)
            if folded.scene.scene != "paper" or folded.scene.paper != paper:
                scene = facts.SceneShown(scene="paper", item=folded.current_item, paper=paper)
                self._write(meeting, scene)
            return self._turn(meeting, paper, page, view, summons=False)

        return self._errands.run(task)

    def turn_to(
        self, meeting: str, page: int, view: Rect | None = None, *, summons: bool = False
    ) -> "Future[Stage]":
        """Show another page (from 0) of the paper on the stage.

        Fails with RefusedError("stage.stale") where somebody else turned first: nothing
        turned twice, and the newer stage has been or will be heard.
        """

        def task() -> Stage:
            paper = self._desk.stage(meeting).paper or self._folded(meeting).scene.paper
            return self._turn(meeting, paper, page, view, summons=summons)

        return self._errands.run(task)

    def check_in(self, meeting: str, person: str, way: str = "room") -> "Future[None]":
        return self._say(meeting, facts.CheckedIn(person=person, way=way))

    def leave(self, meeting: str, person: str) -> "Future[None]":
        return self._say(meeting, facts.LeftMeeting(person=person))

    def take_back_check_in(self, meeting: str, person: str) -> "Future[None]":
        """They were not here: noted by mistake."""
        return self._say(meeting, facts.LeftMeeting(person=person, never_came=True))

    def take_back_leaving(self, meeting: str, person: str) -> "Future[None]":
        """They are still here: their leaving was noted by mistake."""
        folded = self._desk.meeting(meeting)
        known = folded.presence.get(person) if folded else None
        fact = facts.CheckedIn(
            person=person,
            way=known.way if known else "room",
            stands_in_for=known.stands_in_for if known else "",
            never_left=True,
        )
        return self._say(meeting, fact)

    def answer(
        self, meeting: str, answer: str, *, reason: str = "", substitute: str = "", person: str = ""
    ) -> "Future[None]":
        """Say who comes, for oneself or (leading) for a person; chair and secretaries hear."""
        fact = facts.AnswerGiven(answer=answer, reason=reason, substitute=substitute, person=person)

        def task() -> None:
            self._desk.write(meeting, fact, audience=("secretary", "chair"))

        return self._errands.run(task)

    def decide(
        self, meeting: str, person: str, *, is_agreed: bool, answer: str = ""
    ) -> "Future[None]":
        """The chair's word on an absence or a substitute: on the newest answer, or this record."""

        def task() -> None:
            newest = self._folded(meeting).answer_records.get(person, "")
            fact = facts.AnswerDecided(person=person, is_agreed=is_agreed, answer=answer or newest)
            self._write(meeting, fact)

        return self._errands.run(task)

    def stand_in(self, meeting: str, substitute: str, absent: str) -> "Future[None]":
        """A substitute the chair agreed to is here."""
        return self._say(meeting, facts.CheckedIn(person=substitute, stands_in_for=absent))

    def unlock_display(self, meeting: str, room: str) -> "Future[None]":
        """From the chair's or a secretary's own laptop."""
        return self._say(meeting, facts.DisplayUnlocked(room=room, person=self._desk.person))

    def unlock_with_pin(self, meeting: str, pin: str) -> "Future[dict[str, Any]]":
        """On the display itself. Fails with RefusedError("pin.wrong" | "pin.too_many")."""
        return ask_patiently(self._desk, "display.unlock", {"meeting": meeting, "pin": pin})

    def lock_display(self, meeting: str, room: str) -> "Future[None]":
        return self._say(meeting, facts.DisplayLocked(room=room))

    def set_pin(self, pin: str) -> "Future[dict[str, Any]]":
        """This person's PIN for room displays: 4 to 8 digits, kept (hashed) at the hub."""
        return ask_patiently(self._desk, "pin.set", {"pin": pin})

    # --- inside -------------------------------------------------------------------------

    def _say(self, meeting: str, fact: facts.Fact) -> "Future[None]":
        return self._errands.run(lambda: self._write(meeting, fact))

    def _write(self, meeting: str, fact: facts.Fact) -> None:
        self._desk.write(meeting, fact, on_behalf_of=self._behalf(meeting))

    def _behalf(self, meeting: str) -> str | None:
        if not is_room(self._desk.person):
            return None
        folded = self._desk.meeting(meeting)
        return folded.unlocked.get(self._desk.person) if folded else None

    def _folded(self, meeting: str) -> Meeting:
        folded = self._desk.meeting(meeting)
        if folded is None:
            raise RefusedError("not_invited")
        return folded

    def _turn(
        self, meeting: str, paper: str, page: int, view: Rect | None, *, summons: bool
    ) -> Stage:
        folded = self._folded(meeting)
        known = folded.papers.get(paper)
        if known is None:
            raise RefusedError("unknown_paper")
        wish = Steer(
            meeting=meeting,
            base=self._desk.stage(meeting).revision,
            paper=paper,
            blob=known.current.blob,
            page=max(0, min(page, known.current.pages - 1)),
            view=view,
            summons=summons,
            on_behalf_of=self._behalf(meeting),
        )
        try:
            stage = self._send(wish)
        except LinkError:
            # The hub is away: the room goes on here, and is told again when it is back.
            stage = self._alone(wish)
        self._steered[meeting] = wish
        self._desk.stage_heard(stage)
        return stage

    def _send(self, wish: Steer) -> Stage:
        link: Link | None = self._desk.link
        if link is None or self._desk.link_state.state != "online":
            raise LinkError("link.offline")
        try:
            return link.steer(wish).result(timeout=5)
        except TimeoutError as error:
            raise LinkError("link.slow") from error

    def _alone(self, wish: Steer) -> Stage:
        return Stage(
            meeting=wish.meeting,
            revision=self._desk.stage(wish.meeting).revision + 1,
            controller=self._desk.person,
            paper=wish.paper,
            blob=wish.blob,
            page=wish.page,
            view=wish.view,
        )

    def _on_news(self, what: News) -> None:
        if isinstance(what, LinkNews) and what.change.state == "online":
            self._clock_lacks = timedelta(milliseconds=what.change.fields.get("offset_ms", 0))
            self._errands.run(self._announce_again)

    def _announce_again(self) -> None:
        """After a reconnect the controller tells its page again, unless it was overtaken."""
        for meeting, wish in list(self._steered.items()):
            stage = self._desk.stage(meeting)
            is_mine = (stage.paper, stage.page) == (wish.paper, wish.page)
            if not is_mine or not self.may_turn(meeting):
                self._steered.pop(meeting)
                continue
            self._tell_again(wish)

    def _tell_again(self, wish: Steer) -> None:
        base = wish.base
        for _ in range(2):
            try:
                stage = self._send(
                    Steer(
                        meeting=wish.meeting,
                        base=base,
                        paper=wish.paper,
                        blob=wish.blob,
                        page=wish.page,
                        view=wish.view,
                        on_behalf_of=self._behalf(wish.meeting),
                    )
                )
            except RefusedError as refusal:
                revision = refusal.fields.get("revision")
                if refusal.code != "stage.stale" or not isinstance(revision, int):
                    return
                base = revision
            except LinkError:
                return
            else:
                self._desk.stage_heard(stage)
                return
