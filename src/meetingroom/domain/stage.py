"""The stage: what the room display shows right now, beyond what records say.

Scenes and items are records; page, viewport and laser are latest-wins messages. The
hub numbers every change (`revision`); a wish names the revision it was made on, so two
fast clicks never turn twice.
"""

import msgspec

from meetingroom.domain.geometry import InkPoint, Rect
from meetingroom.domain.marks import Ink, is_drawable

MOST_POINTS = 240
LONGEST_COLOUR = 20
FARTHEST = 20_000.0  # points from the corner of a page
LEAST_SEEN = 1.0  # points


class Stage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The page on the display. `view` is the visible part in points, None the whole page.

    `summons` is the revision at which everybody was last asked to come and look.
    """

    meeting: str
    revision: int = 0
    controller: str = ""
    paper: str = ""
    blob: str = ""
    page: int = 0
    view: Rect | None = None
    summons: int = 0


class Steer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A wish to change the stage, made on `base`; absolute page, never "next"."""

    meeting: str
    base: int
    paper: str
    blob: str
    page: int
    view: Rect | None = None
    summons: bool = False
    on_behalf_of: str | None = None

    @property
    def can_be_seen(self) -> bool:
        """Whether every screen can show this part of a page."""
        if self.view is None:
            return True
        x0, y0, x1, y1 = msgspec.structs.astuple(self.view)
        is_near = all(abs(side) <= FARTHEST for side in (x0, y0, x1, y1))
        return is_near and x1 - x0 >= LEAST_SEEN and y1 - y0 >= LEAST_SEEN


class Laser(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where the laser points, in points of the stage's page; x None is off."""

    meeting: str
    x: float | None = None
    y: float | None = None

    @property
    def can_be_seen(self) -> bool:
        """Whether it is off, or somewhere about a page."""
        if self.x is None or self.y is None:
            return self.x is self.y
        return abs(self.x) <= FARTHEST and abs(self.y) <= FARTHEST


class Stroke(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Ink while it is drawn: the whole stroke so far; one that is lifted becomes a mark.

    A stroke is told from others by who draws it, on which page, and where it begins. The hub
    names its author. Without points it was not meant and goes.
    """

    meeting: str
    blob: str
    page: int
    points: tuple[InkPoint, ...] = ()
    width: float = 2.4
    colour: str = "red"
    author: str = ""


def bounded(points: tuple[InkPoint, ...]) -> tuple[InkPoint, ...]:
    """A stroke as it is sent while it grows: however long it is, a small message; ends stay."""
    if len(points) <= MOST_POINTS:
        return points
    step = -(-len(points) // (MOST_POINTS - 1))
    return (*points[:-1:step], points[-1])


def may_be_drawn(stroke: Stroke, stage: Stage) -> bool:
    """Whether a stroke lies on the paper that is shown, and every computer can draw it."""
    is_small = len(stroke.points) <= MOST_POINTS and len(stroke.colour) <= LONGEST_COLOUR
    is_shown = stroke.blob == stage.blob and stroke.page >= 0
    shape = Ink(strokes=(stroke.points,), width=stroke.width)
    return is_small and is_shown and (not stroke.points or is_drawable(shape))


def steered(stage: Stage, wish: Steer, controller: str) -> Stage | None:
    """The stage after a wish; None if it was made on an older one and must be made anew."""
    if wish.base != stage.revision:
        return None
    return Stage(
        meeting=stage.meeting,
        revision=stage.revision + 1,
        controller=controller,
        paper=wish.paper,
        blob=wish.blob,
        page=wish.page,
        view=wish.view,
        summons=stage.revision + 1 if wish.summons else stage.summons,
    )
