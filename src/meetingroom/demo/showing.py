"""`meetingroom demo`: plays the story, on screen or headless, and takes the pictures."""

import os
import tempfile
from pathlib import Path

from meetingroom.demo.album import Album
from meetingroom.demo.hands import StoryError
from meetingroom.demo.session_album import play_session, take_session
from meetingroom.demo.story import Story
from meetingroom.domain.errors import CallError
from meetingroom.wording import tr

SIZE = (1366, 768)


def show_session(out: Path | None, *, headless: bool, takes_pictures: bool = True) -> int:
    """Play two hours with everything; headless with pictures, once for each size and language."""
    place = _folder(out)
    environment = {"QT_QPA_PLATFORM": "offscreen"} if headless else {}
    try:
        if headless and takes_pictures:
            take_session(place, environment, _tell)
        else:
            play_session(place, environment, _tell)
    except StoryError as error:
        print(tr("The story stopped: {0}").format(error), flush=True)
        return 1
    print(f"pictures: {place}", flush=True)
    return 0


def show(out: Path | None, *, headless: bool, takes_pictures: bool = True) -> int:
    """Play the story; 0 when all of it came about, 1 when a step did not.

    `out` must hold no story yet; without one a new folder is made. Headless, pictures are
    taken afterwards. On a screen without `out`, the windows stay until they are closed.
    """
    stays = out is None and not headless
    place = _folder(out)
    environment = {"QT_QPA_PLATFORM": "offscreen"} if headless else {}
    story = Story(place, SIZE, environment, _tell)
    try:
        story.play()
        if headless and takes_pictures:
            story.close_windows()
            Album(story, place / "screens", _tell_picture).take(environment)
        elif stays:
            print(tr("The story is over. Close its windows to end it."), flush=True)
            story.wait_for_windows()
    except StoryError as error:
        print(tr("The story stopped: {0}").format(error), flush=True)
        return 1
    finally:
        story.end()
    print(f"pictures: {place}", flush=True)
    return 0


def _folder(out: Path | None) -> Path:
    if out is None:
        return Path(tempfile.mkdtemp(prefix="meetingroom-demo-"))
    place = out.resolve()
    if (place / "computers").exists():
        raise CallError("demo.not_empty", folder=str(out))
    os.makedirs(place, exist_ok=True)
    return place


def _tell(step: str, seconds: float) -> None:
    print(f"{seconds:6.1f} s  {step_words(step)}", flush=True)


def _tell_picture(screen: str) -> None:
    print(f"  {screen}", flush=True)


def step_words(step: str) -> str:
    """A step of the story, in words."""
    words = {
        "found": tr("the office is founded"),
        "open_windows": tr("five windows open"),
        "enrol": tr("four computers join with codes"),
        "prepare": tr("the secretary prepares a meeting"),
        "refuse_secret": tr("a secret paper is refused"),
        "issue": tr("the meeting is issued"),
        "receive": tr("every laptop has the papers"),
        "read": tr("officials read"),
        "revise": tr("revision 2 comes, and everyone sees what changed"),
        "mark": tr("officials mark"),
        "unlock": tr("the chair unlocks the display"),
        "open_meeting": tr("the meeting opens"),
        "follow": tr("pages turn, laptops follow"),
        "turn_at_display": tr("the clicker turns pages at the display"),
        "one_goes_alone": tr("one official reads on alone"),
        "join_online": tr("the online meeting opens with one touch"),
        "close_meeting": tr("the meeting closes"),
        "collect": tr("marks are collected"),
        "rehearsal": tr("every laptop and the display are tested"),
        "people_come": tr("people come"),
        "opening": tr("the agenda is agreed to"),
        "report": tr("the report is read, laptops follow"),
        "budget": tr("the budget is voted on"),
        "pause": tr("a break"),
        "plan": tr("the hub is lost in the middle of a vote"),
        "staff": tr("hands are counted by two"),
        "province": tr("the room joins the province"),
        "close": tr("the meeting closes"),
    }
    return words.get(step, step)
