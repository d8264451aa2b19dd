"""Whether a payload can be shown and folded by every computer, whoever wrote it."""

from collections.abc import Iterable

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.ids import is_person, is_room
from meetingroom.domain.marks import is_drawable

LONGEST_WORDS = 20_000  # letters; what people type in a meeting is far shorter
MOST_PAGES = 100_000
MOST_MINUTES = 7 * 24 * 60  # of one item
SPOKEN_GROUPS = ("people", "voice", "votes")
ANSWERS = ("comes", "absent", "substitute")
WAYS = ("room", "online")


def is_sound(fact: facts.Fact, kind: facts.Kind) -> bool:
    """Whether its values mean something and are within reach."""
    match fact:
        case facts.PersonSet():
            return is_person(fact.person)
        case facts.RoomSet():
            return is_room(fact.room)
        case facts.MarkPut() | facts.MarkCarried():
            return is_drawable(fact.shape) and fact.page >= 0 and fact.revision >= 1
        case facts.PaperPut():
            return 0 <= fact.pages <= MOST_PAGES
        case facts.Receipt():
            return all(0 <= first <= last <= MOST_PAGES for first, last in fact.pages)
        case facts.MeetingIssued():
            return all(0 <= row.minutes <= MOST_MINUTES for row in fact.agenda)
        case facts.AnswerGiven() if fact.answer not in ANSWERS:
            return False
        case facts.CheckedIn() if fact.way not in WAYS:
            return False
    shown = facts.SceneShown | facts.OnlineJoined | facts.OnlineLeft
    is_spoken = kind.group in SPOKEN_GROUPS or isinstance(fact, shown)
    return not is_spoken or _are_short(msgspec.structs.astuple(fact))


def _are_short(values: Iterable[object]) -> bool:
    """Whether no words are so long that a screen would stand still over them."""
    return all(
        len(value) <= LONGEST_WORDS
        if isinstance(value, str)
        else not isinstance(value, tuple) or _are_short(value)
        for value in values
    )
