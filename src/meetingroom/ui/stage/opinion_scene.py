"""The scene "opinion": one opinion as it was written, with its author's name or without."""

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.services.opinion_words import place_words
from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.stage.scenes import paint_head
from meetingroom.wording import tr


def paint_opinion(brush: Brush, meeting: Meeting, directory: Directory) -> None:
    """What the chair lets everyone see."""
    brush.clear()
    paint_head(brush, meeting.issued.title if meeting.issued else "")
    shown = meeting.opinions.shown.get(meeting.scene.opinion)
    if shown is None:
        brush.title(brush.height * 0.3, tr("No opinion is shown"))
        return
    fact, room = shown.fact, brush.width - 2 * brush.margin
    y = brush.height * 0.15
    person = directory.people.get(fact.person)
    brush.line(brush.margin, y, tr("Opinion"), "label", "accent", 700)
    y += brush.px("label") * 1.7
    if person is not None:
        y = brush.title(y, person.name, "title_small", most=1)
        post = ", ".join(part for part in (person.title, person.unit) if part)
        if post:
            brush.elided(brush.margin, y, room, post, "text_smallest", "ink_soft")
            y += brush.px("text_smallest") * 1.5
        y += brush.px("gap") * 0.5
    brush.rule(y)
    brush.words(y + brush.px("gap") * 0.7, fact.text, brush.height * 0.88)
    place = place_words(meeting, fact.item, fact.paper, fact.page)
    brush.elided(brush.margin, brush.height * 0.91, room, place, "text_smallest", "ink_soft")
