"""Scenes drawn from the meeting alone, by their names in `scene_shown`."""

from collections.abc import Callable

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.stage.brush import Brush

Painting = Callable[[Brush, Meeting, Directory], None]
MORE_SCENES: dict[str, Painting] = {}
"""Speaker, vote, result, opinion, next: each has a module of its own."""
