"""Telling people apart beside their marks: a place for the colour, and initials."""

from collections import Counter
from collections.abc import Mapping
from itertools import count

from meetingroom.domain.directory import Directory


def places_of(directory: Directory) -> dict[str, int]:
    """Every person's place in the protocol, counted without gaps: neighbours never share one."""
    people = directory.people.values()
    ordered = sorted(people, key=lambda row: (row.order, row.name, row.person))
    return {row.person: place for place, row in enumerate(ordered)}


class People:
    """How the people of one directory are told apart; made anew for another directory."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._places = places_of(directory)
        ordered = sorted(self._places, key=lambda person: self._places[person])
        self._initials = initials_apart({one: directory.name_of(one) for one in ordered})

    def place(self, person: str) -> int:
        """A person's place for colours; rooms, and who is not known, come last."""
        return self._places.get(person, len(self._places))

    def initials(self, person: str) -> str:
        """A person's initials; for a room, or somebody unknown, "?"."""
        return self._initials.get(person, "?")


def initials_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Initials by person's id, different for all: "NH", where two would be alike "NHi", "NHo".

    `names` are in protocol order; people whose names are alike get a number.
    """
    ways = {person: _ways(name.split()) for person, name in names.items()}
    level = dict.fromkeys(names, 0)
    for _ in range(WAYS - 1):
        alike = _alike({person: ways[person][level[person]] for person in names})
        for person in alike:
            level[person] = min(level[person] + 1, WAYS - 1)
    return _numbered({person: ways[person][level[person]] for person in names})


WAYS = 4


def _ways(words: list[str]) -> tuple[str, ...]:
    """A name's initials, shortest first: family and given name, more of the given name, all."""
    if not words:
        return ("?",) * WAYS
    first = words[0][0].upper() if len(words) > 1 else ""
    given = words[-1][0].upper() + words[-1][1:].lower()
    whole = "".join(word[0] for word in words).upper()
    return (first + given[0], first + given[:2], first + given[:3], whole)


def _alike(initials: Mapping[str, str]) -> list[str]:
    """The people whose initials somebody else has, too."""
    counts = Counter(initials.values())
    return [person for person, letters in initials.items() if counts[letters] > 1]


def _numbered(initials: Mapping[str, str]) -> dict[str, str]:
    alike = set(_alike(initials))
    apart = {person: letters for person, letters in initials.items() if person not in alike}
    taken = set(apart.values())
    for person, letters in initials.items():
        if person in alike:
            number = next(n for n in count(1) if f"{letters}{n}" not in taken)
            apart[person] = f"{letters}{number}"
            taken.add(apart[person])
    return apart
