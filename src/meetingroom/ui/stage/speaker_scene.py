"""The scene "speaker": who has the floor, how long still, and who comes next."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPen, QPolygonF

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.speaking import Speech
from meetingroom.ui.icons import paint_icon
from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.stage.floor_words import (
    INKS,
    FloorTime,
    Light,
    floor_time,
    length_words,
    speaker_name,
    speaker_title,
)
from meetingroom.ui.stage.scenes import paint_head, paint_item, paint_lobby
from meetingroom.wording import tr

NEXT_SHOWN = 3
FEW = 10  # numbers of one digit
NAME_SHARE = 0.56  # of the width, beside the clock
LIGHTS: tuple[Light, ...] = ("green", "amber", "red")


def paint_speaker(brush: Brush, meeting: Meeting, directory: Directory) -> None:
    """The speaker; the queue where nobody speaks; the item where nobody waits, either."""
    speaker = meeting.speaking.speaker
    queue = meeting.speaking.queue(meeting.current_item)
    if speaker is None and not queue:
        paint = paint_item if meeting.issued and meeting.issued.agenda else paint_lobby
        paint(brush, meeting, directory)
        return
    brush.clear()
    paint_head(brush, _item_words(meeting))
    if speaker is not None:
        _speaker(brush, speaker, directory)
        _queue(brush, brush.height * 0.69, queue, directory)
    else:
        _all_waiting(brush, queue, directory)


def _item_words(meeting: Meeting) -> str:
    issued = meeting.issued
    for number, row in enumerate(issued.agenda if issued else (), 1):
        if row.item == meeting.current_item:
            return f"{number}. {row.title}"
    return issued.title if issued else ""


def _speaker(brush: Brush, speech: Speech, directory: Directory) -> None:
    time = floor_time(speech)
    y = brush.height * 0.175
    side = brush.px("lead")
    box = QRectF(brush.margin, y + side * 0.12, side, side)
    is_question = speech.asked.is_question
    icon = "message-square-text" if is_question else "mic"
    paint_icon(brush.painter, icon, brush.theme.colour("accent"), box, 2.0)
    words = tr("Puts a question") if is_question else tr("Is speaking")
    brush.line(brush.margin + side * 1.35, y, words, "lead", "ink_soft")
    # Room for the widest clock from the start: a name must not jump when the time is over.
    clock = _width(brush, "timer", "+00:00") + brush.px("gap")
    room = min(brush.width * NAME_SHARE, brush.width - brush.margin - clock) - brush.margin
    name = speaker_name(speech.person, directory)
    role = "name" if _width(brush, "name", name) <= room else "title"
    below = brush.title(y + side * 1.6, name, role, room)
    title = speaker_title(speech.person, directory)
    brush.elided(brush.margin, below + brush.px("gap") * 0.2, room, title, "lead", "ink_soft")
    _clock(brush, y, time)
    _bar(brush, brush.height * 0.57, time)


def _clock(brush: Brush, y: float, time: FloorTime) -> None:
    """The digits at the right margin, over them in words and lamps what they are."""
    ink = "ink" if time.light in ("green", "none") else INKS[time.light]
    words_ink = "ink_soft" if time.light in ("green", "none") else ink
    brush.right(y, time.words, "lead", words_ink, 600)
    brush.right(y + brush.px("lead") * 1.15, time.digits, "timer", ink, 700)
    if time.given:
        left = brush.width - brush.margin - _width(brush, "lead", time.words, 600)
        _lamps(brush, left - brush.px("gap"), y + brush.px("lead") * 0.12, time.light)


def _width(brush: Brush, role: str, words: str, weight: int = 700) -> float:
    return float(QFontMetricsF(brush.font(role, weight)).horizontalAdvance(words))


def _lamps(brush: Brush, right: float, y: float, lit: Light) -> None:
    """Three lamps before the words: a circle, a triangle, a square; one of them shines."""
    side = brush.px("lead")
    for place, light in enumerate(reversed(LIGHTS)):
        box = QRectF(right - side - place * side * 1.45, y, side, side)
        _lamp(brush, box, light, is_lit=light == lit)


def _lamp(brush: Brush, box: QRectF, light: Light, *, is_lit: bool) -> None:
    painter = brush.painter
    colour = brush.theme.colour(INKS[light] if is_lit else "line_strong")
    painter.setPen(QPen(colour, brush.px("lead") * 0.08))
    painter.setBrush(colour if is_lit else Qt.BrushStyle.NoBrush)
    match light:
        case "green":
            painter.drawEllipse(box)
        case "amber":
            top = QPointF(box.center().x(), box.top())
            painter.drawPolygon(QPolygonF([top, box.bottomRight(), box.bottomLeft()]))
        case _:
            painter.drawRect(box)


def _bar(brush: Brush, y: float, time: FloorTime) -> None:
    if not time.given:
        brush.line(brush.margin, y, tr("Without a time limit"), "label", "ink_soft")
        return
    box = QRectF(brush.margin, y, brush.width - 2 * brush.margin, brush.px("bar"))
    ink = "accent" if time.light == "green" else INKS[time.light]
    brush.bar(box, time.used / time.given, ink)
    minutes = tr("Time to speak: {0}").format(length_words(time.given))
    brush.line(brush.margin, y + brush.px("bar") * 1.4, minutes, "label", "ink_soft")


def _queue(brush: Brush, y: float, queue: list[Speech], directory: Directory) -> None:
    """Who comes next, side by side."""
    if not queue:
        return
    brush.rule(y)
    y += brush.px("gap")
    words = tr("Wait to speak")
    hidden = len(queue) - NEXT_SHOWN
    if hidden > 0:
        words += "  ·  " + tr("and {0} more").format(hidden)
    brush.line(brush.margin, y, words, "label", "ink_soft")
    y += brush.px("label") * 1.9
    width = (brush.width - 2 * brush.margin) / NEXT_SHOWN
    for place, speech in enumerate(queue[:NEXT_SHOWN]):
        _waiting(brush, brush.margin + place * width, y, width, place + 1, speech, directory)


def _waiting(
    brush: Brush, x: float, y: float, width: float, number: int, speech: Speech,
    directory: Directory, *, is_many: bool = False,
) -> None:  # fmt: skip
    step = brush.px("clock") * (1.4 if is_many else 1.05)
    brush.line(x, y, str(number), "clock", "ink_soft", 600)
    room = width - step - brush.px("gap") * 0.5
    brush.elided(x + step, y, room, speaker_name(speech.person, directory), "body", "ink")
    title = tr("Question") if speech.asked.is_question else ""
    words = " · ".join(filter(None, (title, speaker_title(speech.person, directory))))
    brush.elided(x + step, y + brush.px("body") * 1.35, room, words, "text_smallest", "ink_soft")


def _all_waiting(brush: Brush, queue: list[Speech], directory: Directory) -> None:
    """Nobody speaks: the list, two columns of it."""
    words = f"{tr('Wait to speak')} ({len(queue)})"
    y = brush.title(brush.height * 0.17, words, "title_small") + brush.px("gap")
    step = brush.px("body") * 3.3
    rows = max(1, int((brush.height - brush.px("margin_top") - y) / step))
    width = (brush.width - 2 * brush.margin) / 2
    for place, speech in enumerate(queue[: rows * 2]):
        column, row = divmod(place, rows)
        x = brush.margin + column * width
        top, is_many = y + row * step, len(queue) >= FEW
        _waiting(brush, x, top, width, place + 1, speech, directory, is_many=is_many)
