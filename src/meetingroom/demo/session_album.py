"""The session, played once for every language and scale, with a picture at every beat."""

import time
from collections.abc import Callable
from pathlib import Path

from meetingroom.demo.album import LANGUAGES, SCALES, unseen_screen
from meetingroom.demo.session import Session
from meetingroom.demo.two_hours import BEATS
from meetingroom.domain.clock import system_clock, tell_time_by

Tell = Callable[[str, float], None]


def play_session(
    out: Path, environment: dict[str, str], tell: Tell, size: tuple[int, int] = (1366, 768)
) -> None:
    """Once, without pictures. Raises StoryError."""
    _play(Session(out, size, environment), tell)


def take_session(out: Path, environment: dict[str, str], tell: Tell) -> int:
    """At three sizes in two languages; how many pictures `out`/screens got."""
    for language in LANGUAGES:
        for scale, sizes in SCALES:
            place = out / f"{language}-{scale}"
            place.mkdir(parents=True)
            words = {"MEETINGROOM_LANG": language, "QT_SCALE_FACTOR": str(scale)}
            width, height = (side * scale for side in sizes[-1])
            screen = unseen_screen(place, width, height) if environment else {}
            session = Session(place, sizes[0], {**environment, **words, **screen})
            session.on_see(_camera(session, out / "screens", language, scale, sizes))
            _play(session, tell)
    return len(list((out / "screens").glob("*.png")))


def _camera(
    session: Session,
    folder: Path,
    language: str,
    scale: int,
    sizes: tuple[tuple[int, int], ...],
) -> Callable[[str, str], None]:
    def see(who: str, name: str) -> None:
        for width, height in (*sizes[1:], sizes[0]):
            shown = f"{width * scale}x{height * scale}"
            path = folder / f"{name}-{shown}-{language}.png"
            session.do(who, "picture", path=str(path), width=width, height=height)

    return see


def _play(session: Session, tell: Tell) -> None:
    try:
        for step in (Session.found, Session.open_windows, Session.issue, *BEATS):
            start = time.perf_counter()
            step(session)
            tell(step.__name__, time.perf_counter() - start)
    finally:
        session.end()
        tell_time_by(system_clock)
