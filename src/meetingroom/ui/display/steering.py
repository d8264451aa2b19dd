"""What the panel can do beside turning pages: one entry, one button, in the order of the table.

The panel only steers: no entry shows who is absent, a fault, or a cue note.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from meetingroom.domain.meeting import Meeting
from meetingroom.ui.context import DeskContext
from meetingroom.ui.display import more_steering
from meetingroom.ui.display.passcode_steering import passcode_words, show_online
from meetingroom.wording import tr

BREAK_MINUTES = (5, 10, 15, 20, 30)


@dataclass(frozen=True)
class Entry:
    """A button: `press` acts at once and may be waited for; `words` may depend on the meeting."""

    key: str
    icon: str
    words: Callable[[Meeting | None], str]
    press: Callable[[DeskContext, Meeting], "Future[Any]"] | None = None
    is_offered: Callable[[Meeting], bool] = lambda _meeting: True
    is_chosen: Callable[[Meeting], bool] = lambda _meeting: False
    choices: Callable[[Meeting], "tuple[Entry, ...]"] | None = None
    """What a press offers instead of acting."""


def _scene(key: str, icon: str, words: Callable[[], str]) -> Entry:
    return Entry(
        key,
        icon,
        lambda _meeting: words(),
        lambda context, meeting: context.leading.show_scene(meeting.id, key),
        is_chosen=lambda meeting: meeting.scene.scene == key,
    )


def _has_link(meeting: Meeting) -> bool:
    return bool(meeting.issued and meeting.issued.links)


def _can_enter(meeting: Meeting) -> bool:
    return bool(meeting.issued and any(link.url for link in meeting.issued.links))


def _online() -> Entry:
    entry = _scene("online", "video", lambda: tr("Online", "scene"))
    return Entry(entry.key, entry.icon, passcode_words, show_online, _has_link, entry.is_chosen)


STEERING: tuple[Entry, ...] = (
    _scene("lobby", "house", lambda: tr("Lobby")),
    _scene("item", "list", lambda: tr("Item", "scene")),
    _scene("next", "arrow-right", lambda: tr("Next up")),
    Entry("break", "coffee", lambda _meeting: tr("Break"),
          is_chosen=lambda meeting: meeting.scene.scene == "break"),
    _online(),
    Entry("join", "external-link", lambda _meeting: tr("Join online"), is_offered=_can_enter),
)  # fmt: skip

TOOLS: tuple[Entry, ...] = (
    Entry("laser", "pointer", lambda _meeting: tr("Laser")),
    Entry("pen", "pen-line", lambda _meeting: tr("Pen", "of the room")),
    Entry("undo", "undo-2", lambda _meeting: tr("Undo")),
)


def _call_next(context: DeskContext, meeting: Meeting) -> "Future[Any]":
    assert context.speaking is not None  # noqa: S101 - whoever steers has all services
    return context.speaking.call_next(meeting.id, meeting.speaking.usual)


def _end_speech(context: DeskContext, meeting: Meeting) -> "Future[Any]":
    assert context.speaking is not None  # noqa: S101 - as above
    speaker = meeting.speaking.speaker
    return context.speaking.end(meeting.id, speaker.id if speaker else "")


def _summon(context: DeskContext, meeting: Meeting) -> "Future[Any]":
    """Ask everybody to look at the page the room sees."""
    stage = context.desk.stage(meeting.id)
    return context.leading.turn_to(meeting.id, stage.page, stage.view, summons=True)


def _someone_waits(meeting: Meeting) -> bool:
    return meeting.state == "open" and bool(meeting.speaking.queue(meeting.current_item))


SPEAKING: tuple[Entry, ...] = (
    _scene("speaker", "mic", lambda: tr("Show who speaks")),
    Entry("next_speaker", "hand", lambda _meeting: tr("Next speaker"), _call_next, _someone_waits),
    Entry("end_speech", "square", lambda _meeting: tr("End the speech"), _end_speech,
          lambda meeting: meeting.speaking.speaker is not None),
    Entry("turning", "presentation", more_steering.turning_words, more_steering.press_turning,
          more_steering.may_hand_over, lambda meeting: bool(meeting.turner)),
)  # fmt: skip

VOTING: tuple[Entry, ...] = (
    Entry("vote_now", "vote", more_steering.vote_words, more_steering.press_vote,
          more_steering.may_vote),
    Entry("result", "badge-check", lambda _meeting: tr("Result of the vote"),
          more_steering.show_result, lambda meeting: more_steering.counted(meeting) is not None),
)  # fmt: skip


def _group(key: str, icon: str, words: Callable[[], str], entries: tuple[Entry, ...],
           scenes: tuple[str, ...]) -> Entry:  # fmt: skip
    """A button whose second touch chooses among what can be done now."""
    return Entry(
        key,
        icon,
        lambda _meeting: words(),
        is_offered=lambda meeting: any(entry.is_offered(meeting) for entry in entries),
        is_chosen=lambda meeting: meeting.scene.scene in scenes,
        choices=lambda meeting: tuple(one for one in entries if one.is_offered(meeting)),
    )


MORE_STEERING: tuple[Entry, ...] = (
    _group("speakers", "mic", lambda: tr("Speakers"), SPEAKING, ("speaker",)),
    _group("votes", "vote", lambda: tr("Votes"), VOTING, ("vote", "result")),
    Entry("summon", "users", lambda _meeting: tr("Call all here"), _summon,
          lambda meeting: meeting.scene.scene == "paper"),
)  # fmt: skip
"""Speaking, voting and who turns the pages: a button each, its acts at the second touch."""


def present_words(meeting: Meeting) -> str:
    """How many are here, as the lobby says it, too: a count and no names."""
    here = sum(not one.left_at for one in meeting.presence.values())
    return tr("Present {0}/{1}").format(here, len(meeting.people))
