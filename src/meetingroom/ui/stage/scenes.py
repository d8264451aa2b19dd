"""The scenes of the room but the paper: lobby, item, online, break, idle."""

from datetime import datetime

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPen

from meetingroom.domain.directory import Directory
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.icons import paint_icon
from meetingroom.ui.stage import moments
from meetingroom.ui.stage.brush import Brush
from meetingroom.wording import tr

COLUMNS = ((7, 1), (14, 2), (21, 3))


def paint_idle(brush: Brush, office: str, coming: Meeting | None) -> None:
    """No meeting near: the office, the clock, what comes next."""
    brush.clear()
    top = brush.px("margin_top")
    brush.line(brush.margin, top, office, "lead", "ink_soft", 600)
    brush.line(
        brush.margin, brush.height * 0.3, f"{moments.now():%H:%M}", "figure_large", weight=700
    )
    y = brush.height * 0.62
    brush.line(brush.margin, y, moments.date_words(moments.now()), "lead", "ink_soft")
    if coming is not None and coming.issued is not None:
        starts = moments.local(coming.issued.starts_at)
        words = tr("Next: {0}, {1} {2}").format(
            coming.issued.title, moments.time_words(starts), moments.date_words(starts)
        )
        room = brush.width - 2 * brush.margin
        brush.elided(brush.margin, y + brush.px("lead") * 2, room, words, "body", "ink")


def paint_lobby(brush: Brush, meeting: Meeting, directory: Directory) -> None:
    """Before the meeting: what, when, where, who is here."""
    issued = meeting.issued
    if issued is None:
        return
    brush.clear()
    _head(brush, directory.office.name.upper() if directory.office else "")
    y = brush.title(brush.height * 0.135, issued.title)
    starts = moments.local(issued.starts_at)
    words = (moments.time_words(starts), moments.date_words(starts), issued.place)
    room = brush.width - 2 * brush.margin
    brush.elided(
        brush.margin, y + brush.px("gap") * 0.3, room, "   ·   ".join(words), "lead", "ink"
    )
    y += brush.px("lead") * 2.2
    brush.rule(y)
    y += brush.px("gap")
    _countdown(brush, y, starts)
    people = meeting.people
    here = sum(_is_here(meeting, person) for person in people)
    x = brush.margin + brush.height * 0.56
    brush.line(x, y, tr("Present"), "label", "ink_soft")
    end = brush.line(x, y + brush.px("label") * 1.5, str(here), "figure", weight=700)
    total = f" / {len(people)}"
    brush.line(end, y + brush.px("label") * 1.5 + brush.px("figure") * 0.4, total, "title_small",
               "ink_soft")  # fmt: skip
    y += brush.px("label") * 1.5 + brush.px("figure") * 1.4
    brush.rule(y)
    _names(brush, y + brush.px("gap") * 0.8, meeting, directory)


def _head(brush: Brush, words: str) -> None:
    top = brush.px("margin_top")
    room = brush.width - 2 * brush.margin - brush.px("clock") * 4
    brush.elided(brush.margin, top, room, words, "label", "ink_soft")
    brush.right(top - brush.px("clock") * 0.2, f"{moments.now():%H:%M}", "clock")


def _countdown(brush: Brush, y: float, starts: datetime) -> None:
    minutes = (starts - moments.now()).total_seconds() / 60
    if 0 < minutes < 24 * 60:
        words, figure = tr("Starts in"), f"{max(1, round(minutes))}"
        unit = tr(" minutes")
        if minutes > 120:
            figure, unit = f"{round(minutes / 60)}", tr(" hours")
    else:
        words, figure, unit = tr("Time"), f"{starts:%H:%M}", ""
    brush.line(brush.margin, y, words, "label", "ink_soft")
    below = y + brush.px("label") * 1.5
    end = brush.line(brush.margin, below, figure, "figure", weight=700)
    brush.line(end, below + brush.px("figure") * 0.62, unit, "lead")


def _is_here(meeting: Meeting, person: str) -> bool:
    presence = meeting.presence.get(person)
    return presence is not None and not presence.left_at


def _names(brush: Brush, y: float, meeting: Meeting, directory: Directory) -> None:
    people = [p for p in directory.in_protocol_order() if p.person in meeting.people]
    columns = next((n for most, n in COLUMNS if len(people) <= most), 4)
    rows = -(-len(people) // columns) if people else 1
    left = brush.height - y - brush.px("margin_top") * 0.6
    step = min(left / rows, brush.px("body") * 1.7)
    width = (brush.width - 2 * brush.margin) / columns
    side = brush.px("text_smallest")
    for index, person in enumerate(people):
        column, row = divmod(index, rows)
        x, top = brush.margin + column * width, y + row * step
        here = _is_here(meeting, person.person)
        box = QRectF(x, top + side * 0.15, side, side)
        ink = brush.theme.colour("good" if here else "absent_mark")
        paint_icon(brush.painter, "circle-check" if here else "circle", ink, box, 2.0)
        brush.elided(x + side * 1.5, top, width - side * 2, person.name, "text_smallest",
                     "ink" if here else "ink_soft")  # fmt: skip


def paint_item(brush: Brush, meeting: Meeting, directory: Directory) -> None:
    """The item that runs: which, who presents, how long, what is next."""
    issued = meeting.issued
    if issued is None:
        return
    wanted = meeting.scene.item or meeting.current_item
    place = next((n for n, row in enumerate(issued.agenda) if row.item == wanted), 0)
    item = issued.agenda[place]
    brush.clear()
    _head(brush, issued.title)
    _agenda_bar(brush, meeting, place)
    y = brush.height * 0.2
    end = brush.line(brush.margin, y, str(place + 1), "title_small", "accent", 700)
    words = tr(" of {0} items").format(len(issued.agenda))
    brush.line(end + brush.px("gap") * 0.3, y + brush.px("title_small") * 0.4, words, "body",
               "ink_soft")  # fmt: skip
    y = brush.title(y + brush.px("title_small") * 1.5, item.title)
    _presenter(brush, y + brush.px("gap") * 0.6, item.presenter, directory)
    y = brush.height * 0.665
    brush.rule(y)
    _time_left(brush, y + brush.px("gap"), meeting)
    if place + 1 < len(issued.agenda):
        following = issued.agenda[place + 1]
        x = brush.margin + brush.width * 0.35
        y += brush.px("gap") + brush.px("label") * 2 + brush.px("bar") * 2.6
        end = brush.line(x, y, tr("Next") + "  ", "body", "ink_soft")
        room = brush.width - brush.margin - end
        brush.elided(end, y, room, f"{place + 2}. {following.title}", "body", "ink")


def _agenda_bar(brush: Brush, meeting: Meeting, place: int) -> None:
    agenda = meeting.issued.agenda if meeting.issued else ()
    gap = brush.px("gap") * 0.25
    room = brush.width - 2 * brush.margin - gap * max(0, len(agenda) - 1)
    total = sum(max(1, row.minutes) for row in agenda) or 1
    x, y = brush.margin, brush.height * 0.145
    left = moments.seconds_left(meeting)
    for index, row in enumerate(agenda):
        width = room * max(1, row.minutes) / total
        box = QRectF(x, y, width, brush.px("agenda_bar"))
        share = 1.0 if index < place else 0.0
        if index == place and left is not None:
            share = 1 - left[0] / left[1] if left[1] else 1.0
        brush.bar(box, share, "ink_soft" if index < place else "accent")
        x += width + gap


def _presenter(brush: Brush, y: float, presenter: str, directory: Directory) -> None:
    if not presenter:
        return
    person = directory.people.get(presenter)
    x = brush.line(brush.margin, y, tr("Presented by") + "  ", "lead", "ink_soft", 400)
    x = brush.line(x, y, person.name if person else presenter, "lead", weight=700)
    if person and person.title:
        brush.line(x, y, f"   {person.title}", "lead", "ink_soft", 400)


def _time_left(brush: Brush, y: float, meeting: Meeting) -> None:
    left = moments.seconds_left(meeting)
    if left is None:
        return
    rest, planned = left
    is_over, is_last = rest < 0, rest < planned / 5
    ink = "live" if is_over else "attention" if is_last else "ink"
    brush.line(
        brush.margin, y, tr("Over time") if is_over else tr("Time left"), "label", "ink_soft"
    )
    minutes = int(abs(rest) // 60) + (0 if is_over else 1)
    below = y + brush.px("label") * 1.4
    figure = f"+{minutes}" if is_over else str(minutes)
    end = brush.line(brush.margin, below, figure, "figure", ink, 700)
    brush.line(end, below + brush.px("figure") * 0.62, tr(" minutes"), "lead")
    x = brush.margin + brush.width * 0.35
    used = tr("{0} of {1} minutes used").format(int((planned - rest) // 60), int(planned // 60))
    brush.line(x, y, used, "label", "ink_soft")
    box = QRectF(x, y + brush.px("label") * 1.7, brush.width - brush.margin - x, brush.px("bar"))
    brush.bar(box, 1 - rest / planned if planned else 1.0, "accent" if ink == "ink" else ink)


def paint_online(brush: Brush, meeting: Meeting, link: OnlineLink | None) -> None:
    """The online meeting with a higher level, before it is opened."""
    brush.clear()
    _head(brush, meeting.issued.title if meeting.issued else "")
    y = brush.title(brush.height * 0.16, link.title if link else tr("No online meeting"))
    if link is None:
        return
    brush.rule(y + brush.px("gap"))
    y += brush.px("gap") * 2
    brush.line(brush.margin, y, tr("Address"), "label", "ink_soft")
    room = brush.width - 2 * brush.margin
    brush.elided(brush.margin, y + brush.px("label") * 1.5, room, link.url, "lead", "ink")


def paint_break(brush: Brush, meeting: Meeting) -> None:
    """A break."""
    brush.clear()
    _head(brush, meeting.issued.title if meeting.issued else "")
    brush.title(brush.height * 0.4, tr("Break"), "name")


def paint_strip(brush: Brush, number: str, title: str, pages: str, left: str) -> None:
    """The strip under a page: which paper, how long, which page."""
    height = brush.px("strip")
    top = brush.height - height
    brush.fill(QRectF(0, top, brush.width, height), "desk")
    y = top + (height - brush.height_of("body")) / 2
    margin = brush.margin * 0.65
    font = brush.font("body", 600)
    metrics_width = _width(font, pages)
    brush.line(brush.width - margin - metrics_width, y, pages, "body", weight=600)
    rest = brush.width - margin - metrics_width
    if left:
        wide = _width(brush.font("body", 600), left)
        rest -= wide + brush.px("gap") * 1.5
        brush.line(rest, y, left, "body", "attention", 600)
    x = brush.line(margin, y, number + "   ", "body", "accent", 700)
    brush.elided(x, y, rest - x - brush.px("gap"), title, "body", "ink")


def _width(font: QFont, text: str) -> float:
    return float(QFontMetricsF(font).horizontalAdvance(text))


def paint_laser(brush: Brush, x: float, y: float) -> None:
    """The laser: a dot with a ring."""
    side = brush.height * 0.03
    brush.painter.setPen(QPen(brush.theme.colour("laser_ring"), side * 0.16))
    brush.painter.setBrush(brush.theme.colour("laser"))
    brush.painter.drawEllipse(QRectF(x - side / 2, y - side / 2, side, side))
