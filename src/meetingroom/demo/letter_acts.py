"""Letters of higher levels at the secretary's desk, for their pictures."""

from pathlib import Path

from meetingroom.demo.cast import Actor
from meetingroom.demo.hands import live, wait_for
from meetingroom.resources import resource
from meetingroom.services.inviting import Handed
from meetingroom.ui.secretary.received_room import ReceivedRoom
from meetingroom.ui.stage.moments import ZONE, now

SETTLE_MS = 400
WAIT_SECONDS = 60
BROKEN = "hỏng.pdf"  # no sample: what is said of a file that cannot be read


def see_letter(actor: Actor, names: list[str], page: str = "form", part: str = "") -> None:
    """Sample letters dropped at the desk; `part` is the field that is looked at."""
    room = _room(actor)
    folder = resource("sample", "letters")
    room.take([_handed(folder, name) for name in names])
    wait_for(lambda: room.stack.currentWidget() is getattr(room, page), "the letter", WAIT_SECONDS)
    live(SETTLE_MS)
    if part:
        form = room.form
        field = form.fields.get(part) or form.link.fields[part]
        seen = field if form.link.choice.isHidden() else form.link.choice
        if part in form.link.fields:
            form.scroller.verticalScrollBar().setValue(form.scroller.verticalScrollBar().maximum())
        form.scroller.ensureWidgetVisible(seen, 0, field.height())
        field.look.click()
        live(SETTLE_MS)


def see_letter_start(actor: Actor) -> None:
    """The place where letters are dropped."""
    _room(actor).begin()


def see_letter_being_read(actor: Actor) -> None:
    """How far reading is."""
    room = _room(actor)
    room.stack.setCurrentWidget(room.reading)
    room.reading.begin(3)
    live(SETTLE_MS)
    room.reading.tell(1, 3)


def see_letter_again(actor: Actor, name: str) -> None:
    """The same letter, after a meeting was made of it, with another hour."""
    see_letter(actor, [name])
    desk = actor.desk.secretary
    desk.letters.room.form.make.click()
    wait_for(lambda: desk.meeting_id, "the meeting is made")
    made = desk.meeting_id
    see_letter(actor, [name])
    form = desk.letters.room.form
    wait_for(form.known.isVisible, "the meeting is known")
    later = now().astimezone(ZONE).replace(hour=14, minute=0)
    form.starts.time.setText(f"{later:%H:%M}")
    live(SETTLE_MS)
    drafting = actor.context.drafting
    if drafting is not None:
        drafting.discard(made).result(WAIT_SECONDS)
    desk.letters.toast.leave()


def leave_letters(actor: Actor) -> None:
    """Back to the list; nothing of the letters stays."""
    actor.desk.secretary.letters.room.leave()


def _handed(folder: Path, name: str) -> Handed:
    if name == BROKEN:
        return Handed(name=name, content=lambda: b"%PDF-1.7 and nothing else")
    return Handed(name=name, path=folder / name)


def _room(actor: Actor) -> ReceivedRoom:
    actor.desk.go("prepare")
    desk = actor.desk.secretary
    desk.letters.begin()
    return desk.letters.room


ACTS = {
    one.__name__: one
    for one in (see_letter, see_letter_start, see_letter_being_read, see_letter_again,
                leave_letters)
}  # fmt: skip
