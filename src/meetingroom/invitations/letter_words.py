"""The facts of a meeting out of a letter's words, each with the place it was read from."""

from datetime import date

import msgspec

from meetingroom.domain.invitation import Event, Letter, Level, Spot
from meetingroom.invitations.callings import is_meeting, is_online
from meetingroom.invitations.organisers import level_of, organiser
from meetingroom.invitations.places import contact, is_local, place, site
from meetingroom.invitations.plain import Reading, read
from meetingroom.invitations.titles import bare_title, title, title_before
from meetingroom.invitations.when import Held, Times, read_times, written_on


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """One meeting as a letter tells it; None where it does not.

    `is_meeting`: the letter calls to a meeting, link or not. `is_online`: and to one
    over a distance. `doubts` are codes of what was guessed or contradicts:
    `time_not_said`, `day_not_said`, `weekday_differs`.
    """

    starts_at: str | None = None
    ends_at: str | None = None
    test_at: str | None = None
    title: str | None = None
    organiser: str | None = None
    level: Level = ""
    place: str | None = None
    site: str | None = None
    contact: str | None = None
    is_meeting: bool = False
    is_online: bool = False
    doubts: tuple[str, ...] = ()
    spots: dict[str, Spot] = {}


def read_words(letter: Letter, today: date) -> tuple[Words, ...]:
    """The meetings a letter tells of, the main one first; never empty."""
    reading = read(letter)
    times = read_times(reading, written_on(letter, today))
    common = _common(letter, reading, times)
    if letter.events:
        return tuple(_of_event(one, common, reading, times) for one in letter.events)
    if not times.held:
        return (common,)
    told = [_at(common, held, reading, times) for held in times.held]
    return tuple(_named_apart(reading, times, told) if len(told) > 1 else told)


def _named_apart(reading: Reading, times: Times, told: list[Words]) -> list[Words]:
    """Several meetings, each with the title before its hour."""
    named: list[Words] = []
    start = 0
    for held, words in zip(times.held, told, strict=True):
        mine = title_before(reading, start, held.start)
        start = held.end
        if mine is not None:
            spots = {**words.spots, "title": mine[1]}
            words = msgspec.structs.replace(words, title=mine[0], spots=spots)  # noqa: PLW2901
        named.append(words)
    return named


def _common(letter: Letter, reading: Reading, times: Times) -> Words:
    """What holds for every meeting of the letter."""
    found: dict[str, str] = {}
    spots: dict[str, Spot] = {}
    level: Level = ""
    if (inviting := organiser(letter, reading)) is not None:
        found["organiser"], level, spots["organiser"] = inviting
    for name, read_it in (("place", place), ("site", site), ("contact", contact)):
        if (told := read_it(reading)) is not None:
            found[name], spots[name] = told
    if "site" not in found and is_local(found.get("place", "")):
        found["site"], spots["site"] = found["place"], spots["place"]
    if (called := title(letter, reading)) is not None:
        found["title"], spots["title"] = called
    calls = is_meeting(letter, reading, times)
    return Words(
        title=found.get("title"),
        organiser=found.get("organiser"),
        place=found.get("place"),
        site=found.get("site"),
        contact=found.get("contact"),
        level=level,
        spots=spots,
        is_meeting=calls,
        is_online=calls and is_online(reading),
    )


def _at(common: Words, held: Held, reading: Reading, times: Times) -> Words:
    spots = {**common.spots, "starts_at": reading.spot(held.start, held.end)}
    if times.test_spot is not None:
        spots["test_at"] = reading.spot(*times.test_spot)
    return msgspec.structs.replace(
        common,
        starts_at=held.known.starts_at,
        ends_at=held.known.ends_at,
        test_at=times.test_at,
        doubts=held.known.doubts,
        spots=spots,
    )


def _of_event(event: Event, common: Words, reading: Reading, times: Times) -> Words:
    """A calendar's entry says its time surely; its words add what it does not say."""
    words = _at(common, times.held[0], reading, times) if times.held else common
    told = {
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "title": bare_title(event.title),
        "organiser": event.organiser,
        "place": "" if "://" in event.place else event.place,
    }
    said = {name: value for name, value in told.items() if value}
    spots = {**words.spots, **{name: Spot(page=None, text=value) for name, value in said.items()}}
    if event.starts_at:
        words = msgspec.structs.replace(words, ends_at=None, doubts=())
    level = level_of(event.organiser) if event.organiser else words.level
    return msgspec.structs.replace(
        words, **said, level=level, spots=spots, is_meeting=not event.is_cancelled
    )
