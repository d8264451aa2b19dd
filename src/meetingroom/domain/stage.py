"""The stage: what the room display shows right now, beyond what records say.

Scenes and items are records; page, viewport and laser are latest-wins messages. The
hub numbers every change (`revision`); a wish names the revision it was made on, so two
fast clicks never turn twice.
"""

import msgspec

from meetingroom.domain.geometry import Rect


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


class Laser(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where the laser points, in points of the stage's page; x None is off."""

    meeting: str
    x: float | None = None
    y: float | None = None


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
