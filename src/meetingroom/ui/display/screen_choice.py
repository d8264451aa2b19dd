"""Which screen is the room's: plain values in, one decision out, so that it can be tested."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

WALL_MM = 700.0  # across: 27 inches and more hang on a wall
LAPTOP_MM = 460.0  # across: 18 inches and less are a laptop's own
BUILT_IN = ("edp", "lvds", "dsi", "built-in")
SEPARATOR = "|"


@dataclass(frozen=True)
class SeenScreen:
    """A screen as the system tells it; `across` is its diagonal in mm, 0 where unknown."""

    name: str
    maker: str = ""
    model: str = ""
    serial: str = ""
    pixels: int = 0
    across: float = 0.0
    is_primary: bool = False


@dataclass(frozen=True)
class KeptScreen:
    """The room's screen as remembered. `is_chosen`: by a person; `was_alone`: the only one then."""

    name: str
    maker: str = ""
    model: str = ""
    serial: str = ""
    is_chosen: bool = False
    was_alone: bool = False

    def is_of(self, screen: SeenScreen) -> bool:
        """The same screen: by its serial, whatever socket it is in; else by socket and model."""
        is_same_make = (self.maker, self.model) == (screen.maker, screen.model)
        if self.serial or screen.serial:
            return is_same_make and self.serial == screen.serial
        return is_same_make and self.name == screen.name


@dataclass(frozen=True)
class Decision:
    """Where to show the room: a screen, and whether over all of it.

    Not whole means: the room's own screen is away, and somebody works on the one that is left.
    """

    screen: SeenScreen
    is_whole: bool


def decide(screens: Sequence[SeenScreen], kept: KeptScreen | None) -> Decision | None:
    """The remembered screen where it is there, else the largest that is not a laptop's own.

    Where the remembered one is away and only the screen somebody works on is left, the room's
    picture does not cover it. None without any screen.
    """
    if not screens:
        return None
    twins = [one for one in screens if kept is not None and kept.is_of(one)]
    here = next((one for one in twins if kept and one.name == kept.name), None) or next(
        iter(twins), None
    )
    best = max(screens, key=_size)
    if here is not None and kept is not None:
        is_settled = kept.is_chosen or not kept.was_alone
        return Decision(here if is_settled else best, is_whole=True)
    if kept is None or kept.was_alone:
        return Decision(best, is_whole=True)
    others = [one for one in screens if not one.is_primary]
    if others and len(screens) > 1:
        return Decision(max(others, key=_size), is_whole=True)
    return Decision(best, is_whole=False)


def _size(screen: SeenScreen) -> tuple[bool, bool, int, bool]:
    """A screen on the wall first, a laptop's own last, then by pixels."""
    is_own = screen.name.lower().startswith(BUILT_IN) or 0 < screen.across <= LAPTOP_MM
    return screen.across >= WALL_MM, not is_own, screen.pixels, not screen.is_primary


def keep(screen: SeenScreen, screens: Sequence[SeenScreen], *, is_chosen: bool) -> KeptScreen:
    """What to remember of a screen."""
    return KeptScreen(
        screen.name, screen.maker, screen.model, screen.serial, is_chosen, len(screens) == 1
    )


def written(kept: KeptScreen) -> str:
    """One line for the settings."""
    flags = ("c" if kept.is_chosen else "") + ("a" if kept.was_alone else "")
    parts = (kept.name, kept.maker, kept.model, kept.serial, flags)
    return SEPARATOR.join(part.replace(SEPARATOR, " ") for part in parts)


def read(line: str) -> KeptScreen | None:
    """What the settings remember; None where that is nothing, or not readable."""
    parts = line.split(SEPARATOR)
    if len(parts) != 5 or not any(parts[:4]):
        return None
    name, maker, model, serial, flags = parts
    return KeptScreen(name, maker, model, serial, "c" in flags, "a" in flags)


def told_apart(screens: Sequence[SeenScreen]) -> list[str]:
    """A name for each screen that a person knows it by; those of one model get a number."""
    names = [" ".join(filter(None, (one.maker, one.model))) or one.name for one in screens]
    return [
        f"{name} ({names[: place + 1].count(name)})" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    ]


def clean(screen: SeenScreen) -> SeenScreen:
    """Without the blanks that some makers end their names with."""
    return replace(
        screen,
        maker=screen.maker.strip(),
        model=screen.model.strip(),
        serial=screen.serial.strip(),
    )
