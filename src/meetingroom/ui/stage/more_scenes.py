"""Scenes drawn from the meeting alone, by their names in `scene_shown`."""

from collections.abc import Callable

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.stage.break_scene import paint_break
from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.stage.next_scene import paint_next
from meetingroom.ui.stage.opinion_scene import paint_opinion
from meetingroom.ui.stage.speaker_scene import paint_speaker
from meetingroom.ui.stage.vote_scene import paint_result, paint_vote

Painting = Callable[[Brush, Meeting, Directory], None]
MORE_SCENES: dict[str, Painting] = {
    "break": paint_break,
    "next": paint_next,
    "speaker": paint_speaker,
    "vote": paint_vote,
    "result": paint_result,
    "opinion": paint_opinion,
}
"""Each has a module of its own."""
