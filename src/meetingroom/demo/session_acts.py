"""What happens in a whole session beside pages: coming and going, votes, breaks."""

from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from meetingroom.demo.cast import Actor
from meetingroom.demo.chair_acts import wait_for_turn
from meetingroom.demo.hands import drag, press, wait_for, write
from meetingroom.domain.rehearsal import is_over, judged
from meetingroom.ui.chair.presenter_row import PresenterRow
from meetingroom.ui.chair.votes import Votes
from meetingroom.ui.hub_bar import HubBar
from meetingroom.ui.reader.presence_strip import PresenceStrip
from meetingroom.ui.reader.speech_strip import SpeechStrip
from meetingroom.ui.reader.turning_strip import TurningStrip
from meetingroom.ui.reader.vote_strip import VoteStrip
from meetingroom.wording import tr


def _part(actor: Actor, kind: type[Any]) -> Any:
    return next(part for part in actor.desk.room.taking_part.parts if isinstance(part, kind))


def here(actor: Actor) -> bool:
    """Press "I am in the room"."""
    me = actor.context.me
    press(_part(actor, PresenceStrip), tr("I am in the room"))
    wait_for(lambda: actor.meeting().is_here(me), "the check-in")
    return True


def _votes(actor: Actor) -> Votes:
    console = actor.desk.console
    console.tabs.choose("votes")
    votes: Votes = console.lists["votes"]
    return votes


def prepare_motion(actor: Actor, text: str) -> int:
    """Keep a motion for later."""
    votes, before = _votes(actor), len(actor.meeting().voting.motions)
    write(votes.motion, text, ends=False)
    press(votes, tr("Keep for later"))
    wait_for(lambda: len(actor.meeting().voting.motions) > before, "the motion is kept")
    return len(actor.meeting().voting.motions)


def put_to_the_vote(actor: Actor, text: str, way: str = "") -> str:
    """Type a motion and open it: openly, "secret" or by "hands"."""
    votes = _votes(actor)
    write(votes.motion, text, ends=False)
    words = {"secret": tr("Secretly"), "hands": tr("By show of hands")}
    press(votes, words.get(way, tr("Put to the vote")))
    wait_for(lambda: _is_open(actor, text), "the vote opens")
    return text


def put_prepared(actor: Actor) -> str:
    """Open the first motion that was prepared."""
    votes = _votes(actor)
    text = str(next(iter(actor.meeting().voting.motions.values())).text)
    buttons = wait_for(lambda: votes.findChildren(type(votes.open), tr("Put to the vote")) or
                       _accents(votes), "the prepared motion's button")  # fmt: skip
    buttons[0].click()
    wait_for(lambda: _is_open(actor, text), "the vote opens")
    return text


def _accents(votes: Votes) -> list[Any]:
    """The buttons of prepared motions: the first one of these words is that of a typed one."""
    words = tr("Put to the vote")
    found = [one for one in votes.findChildren(type(votes.open)) if one.text() == words]
    return [one for one in found if one is not votes.open and one.isVisible()]


def _is_open(actor: Actor, text: str) -> bool:
    running = actor.meeting().voting.open
    return running is not None and running.opened.motion == text


def vote(actor: Actor, choice: int) -> str:
    """Press a choice of the vote that runs."""
    running = wait_for(lambda: actor.meeting().voting.open, "a vote")
    strip, words = _part(actor, VoteStrip), str(running.opened.choices[choice])
    me = actor.context.me
    press(strip, words)
    wait_for(lambda: me in actor.meeting().voting.votes[running.id].voted, "the ballot counts")
    return words


def voted(actor: Actor, count: int) -> int:
    """Wait until so many have voted in the vote that runs."""
    wait_for(lambda: _count(actor) >= count, f"{count} ballots")
    return _count(actor)


def _count(actor: Actor) -> int:
    running = actor.meeting().voting.open
    return len(running.voted) if running else 0


def close_vote(actor: Actor) -> list[int]:
    """Close the vote that runs; the counts of its result."""
    running = wait_for(lambda: actor.meeting().voting.open, "a vote")
    press(_votes(actor), tr("Close the vote"))
    return _result(actor, running.id)


def count_hands(actor: Actor, counts: list[int]) -> None:
    """Enter what one teller counted."""
    running = _votes(actor).running
    wait_for(running.count.isVisible, "the field of the count")
    write(running.count, "/".join(map(str, counts)), ends=False)
    press(running, tr("Enter the count"))


def result(actor: Actor) -> list[int]:
    """Wait for the newest vote's result; its counts."""
    newest = wait_for(lambda: actor.meeting().voting.last, "a vote")
    return _result(actor, newest.id)


def _result(actor: Actor, vote_id: str) -> list[int]:
    wait_for(lambda: actor.meeting().voting.votes[vote_id].result, "the result")
    closed = actor.meeting().voting.votes[vote_id].result
    return list(closed.counts)  # type: ignore[union-attr]


def ask_to_speak(actor: Actor, is_question: bool = False) -> int:
    """Press the button of the strip; how many wait now."""
    strip = _part(actor, SpeechStrip)
    press(strip, tr("Put a question") if is_question else tr("Ask to speak"))
    wait_for(lambda: _mine(actor), "the wish to speak")
    return waiting(actor)


def _mine(actor: Actor) -> Any:
    meeting = actor.meeting()
    return meeting.speaking.of(actor.context.me, meeting.current_item)


def waiting(actor: Actor, count: int = 0) -> int:
    """Wait until so many wait to speak; how many do."""

    def queue() -> int:
        meeting = actor.meeting()
        return len(meeting.speaking.queue(meeting.current_item))

    wait_for(lambda: queue() >= count, f"{count} wait to speak")
    return queue()


def call_next(actor: Actor) -> str:
    """One press calls the next; who speaks now."""
    console = actor.desk.console
    console.tabs.choose("speakers")
    before = actor.meeting().speaking.speaker
    press(console.lists["speakers"], tr("Call the next"))
    wait_for(lambda: _speaks(actor) and actor.meeting().speaking.speaker != before, "the speaker")
    return str(_speaks(actor))


def _speaks(actor: Actor) -> str:
    speaker = actor.meeting().speaking.speaker
    return actor.office.directory.name_of(speaker.person) if speaker is not None else ""


def end_speech(actor: Actor) -> bool:
    """The chair stops the speaker."""
    press(actor.desk.console.lists["speakers"], tr("End", "a speech"))
    wait_for(lambda: actor.meeting().speaking.speaker is None, "the speech ends")
    return True


def finish(actor: Actor) -> bool:
    """The speaker gives the floor back."""
    press(_part(actor, SpeechStrip), tr("I have finished"))
    wait_for(lambda: not _speaks(actor), "the floor is free")
    return True


def let_presenter_turn(actor: Actor) -> str:
    """Hand the page-turning to the presenter of the item."""
    row = wait_for(lambda: actor.desk.console.findChild(PresenterRow), "the presenter's row")
    wait_for(row.give.isVisible, "the presenter may be given it")
    QTest.mouseClick(row.give, Qt.MouseButton.LeftButton)
    wait_for(lambda: actor.meeting().turner, "the presenter has it")
    return actor.meeting().turner


def turn_for_all(actor: Actor) -> int:
    """The presenter goes on until the room sees the next page; the page from 1."""
    strip = _part(actor, TurningStrip)
    before = strip.live.stage().page
    for _ in range(6):
        revision = strip.live.stage().revision
        press(strip, tr("Next page"))
        wait_for_turn(strip.live, strip.turning, revision)
        if strip.live.stage().page > before:
            break
    return int(strip.live.stage().page) + 1


def give_back(actor: Actor) -> bool:
    """The presenter gives the page-turning back."""
    press(_part(actor, TurningStrip), tr("Give it back"))
    wait_for(lambda: not actor.meeting().turner, "the chair has it again")
    return True


def show_opinion(actor: Actor) -> str:
    """Put the first opinion before the room."""
    console = actor.desk.console
    console.tabs.choose("opinions")
    first = wait_for(lambda: next(iter(actor.meeting().opinions.given.values()), None), "one")
    author = actor.office.directory.name_of(first.author)
    press(console.lists["opinions"], f"{tr('Show on the display')}: {author}")
    shown = wait_for(lambda: actor.meeting().opinions.shown, "it is shown")
    return str(next(iter(shown)))


def write_for_all(actor: Actor) -> int:
    """The chair draws a line on the picture of the room; how many strokes are kept."""
    console = actor.desk.console
    pen = console.hand.pen
    QTest.mouseClick(pen, Qt.MouseButton.LeftButton)
    before, (width, height) = _strokes(actor), (console.live.width(), console.live.height())
    places = [
        QPointF(width * (0.35 + at * 0.03), height * (0.4 + at % 2 * 0.02)) for at in range(9)
    ]
    drag(console.live, places)
    QTest.mouseClick(console.hand.laser, Qt.MouseButton.LeftButton)
    wait_for(lambda: _strokes(actor) > before, "the stroke is kept")
    return _strokes(actor)


def _strokes(actor: Actor) -> int:
    return len(actor.meeting().marks)


def point(actor: Actor) -> None:
    """Hold the laser on the page."""
    live = actor.desk.console.live
    QTest.mousePress(
        live, Qt.MouseButton.LeftButton, pos=QPoint(live.width() // 2, live.height() // 2)
    )


def stop_pointing(actor: Actor) -> None:
    """Let go."""
    QTest.mouseRelease(actor.desk.console.live, Qt.MouseButton.LeftButton)


def summon(actor: Actor) -> None:
    """Ask everybody to see this page."""
    QTest.mouseClick(actor.desk.console.summon, Qt.MouseButton.LeftButton)


def is_summoned(actor: Actor) -> str:
    """Wait until the bar asks this reader to look."""
    bar = actor.desk.room.summons
    wait_for(bar.isVisible, "the chair asks to look")
    return str(bar.title_label.text())


def rehearse(actor: Actor) -> list[str]:
    """Check the room from the console and wait until everybody has told; how each row is."""
    console = actor.desk.console
    console.tabs.choose("rehearsal")
    page = console.lists["rehearsal"]
    press(page, tr("Check the room"))
    wait_for(lambda: page.rehearsal is not None and is_over(page.rehearsal), "all have told", 90)
    return [one.level for one in judged(page.rehearsal, actor.office.directory)]


def lobby_code(actor: Actor) -> list[str]:
    """The digits for the lobby and the page's address; those on it are older by a clock's jump."""
    asked = actor.office.ask("check_in.code", {"meeting": actor.meeting().id})
    wait_for(asked.done, "the lobby's code")
    return [str(asked.result()["code"]), str(asked.result()["address"])]


def hub_is(actor: Actor, state: str) -> str:
    """Wait until this computer is "online", or knows that the hub is away."""

    def is_so() -> bool:
        return (actor.office.link_state.state == "online") == (state == "online")

    wait_for(is_so, f"the hub is {state}")
    return actor.office.link_state.state


def take_over(actor: Actor) -> bool:
    """Press the button of the quiet bar that moves the hub to the display."""
    press(_hub_bar(actor), tr("Move it to the display"))
    wait_for(lambda: actor.office.link_state.state == "online", "the hub is there", 60)
    return True


def has_standbys(actor: Actor, count: int) -> int:
    """Wait until the hub can go to so many computers."""

    def targets() -> int:
        asked = actor.context.taking_over.targets()  # type: ignore[union-attr]
        wait_for(asked.done, "where the hub can go")
        return len(asked.result())

    wait_for(lambda: targets() >= count, f"{count} standbys", 90)
    return targets()


def may_take_over(actor: Actor) -> str:
    """Wait until the bar offers to move the hub; its words."""
    bar = _hub_bar(actor)
    wait_for(bar.isVisible, "the bar of the lost hub", 60)
    return str(bar.title_label.text())


def _hub_bar(actor: Actor) -> HubBar:
    return wait_for(lambda: actor.desk.findChild(HubBar), "the bar of the hub")


def take_a_break(actor: Actor, minutes: int) -> int:
    """Touch "Break" on the panel and say how long."""
    room = actor.room
    QTest.keyClick(room, Qt.Key.Key_M)
    wait_for(room.panel.isVisible, "the panel opens")
    press(room.panel, tr("Break"))
    press(room.panel, tr("{0} minutes").format(minutes))
    wait_for(lambda: actor.meeting().scene.scene == "break", "the break")
    QTest.keyClick(room, Qt.Key.Key_Escape)
    return minutes


ACTS = {
    name.__name__: name
    for name in (
        here, prepare_motion, put_to_the_vote, put_prepared, vote, voted, close_vote, count_hands,
        result, ask_to_speak, waiting, call_next, end_speech, finish, let_presenter_turn,
        turn_for_all, give_back, show_opinion, write_for_all, point,
        stop_pointing, summon, is_summoned, rehearse, lobby_code, take_over, has_standbys,
        may_take_over,         hub_is, take_a_break,
    )
}  # fmt: skip
