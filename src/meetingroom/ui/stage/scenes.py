"""The scenes of the room but the paper: lobby, item, idle."""

import math
from datetime import datetime

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from meetingroom.domain.directory import Directory, Person
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_day import checked_at
from meetingroom.domain.timetable import minutes_of
from meetingroom.ui.icons import paint_icon
from meetingroom.ui.stage import moments
from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.stage.lobby_code import paint_code
from meetingroom.ui.stage.online_words import online_line
from meetingroom.ui.stage.roll_words import lobby_quorum
from meetingroom.ui.stage.time_words import end_words
from meetingroom.wording import tr

COLUMNS = ((7, 1), (14, 2), (21, 3))
MANY_ROWS = 8
MOST_ROWS = 10  # of names, where what is online takes two lines
BESIDE_CODE = 30
CLOSEST = 1.3  # lines of names, in heights of their letters


def paint_idle(brush: Brush, office: str, coming: Meeting | None) -> None:
    """No meeting near: the office, the clock, what comes next."""
    brush.clear()
    top = brush.px("margin_top")
    brush.line(brush.margin, top, office, "lead", "ink_soft", 600)
    brush.line(
        brush.margin, brush.height * 0.2, f"{moments.now():%H:%M}", "figure_large", weight=700
    )
    y = brush.height * 0.5
    brush.line(brush.margin, y, moments.date_words(moments.now()), "lead", "ink_soft")
    if coming is not None and coming.issued is not None:
        starts = moments.local(coming.issued.starts_at)
        y += brush.px("lead") * 1.8
        brush.rule(y)
        y += brush.px("gap")
        room = brush.width - 2 * brush.margin
        brush.elided(brush.margin, y, room, tr("Next meeting"), "label", "ink_soft")
        y += brush.px("label") * 1.4
        brush.elided(brush.margin, y, room, coming.issued.title, "lead", "ink")
        when = (moments.time_words(starts), moments.date_words(starts), coming.issued.place)
        y += brush.px("lead") * 1.5
        brush.elided(brush.margin, y, room, "   ·   ".join(filter(None, when)), "body", "ink_soft")


def paint_lobby(
    brush: Brush, meeting: Meeting, directory: Directory, code: tuple[str, str] | None = None
) -> None:
    """Before the meeting: what, when, where, who is here; the code to check in by phone."""
    issued = meeting.issued
    if issued is None:
        return
    brush.clear()
    office = directory.office.name if directory.office else ""
    body = directory.bodies.get(issued.body)
    paint_head(brush, (body.name if body else office).upper())
    if code is not None:
        brush = paint_code(brush, *code)
    people = [p for p in directory.in_protocol_order() if p.person in meeting.people]
    columns = next((n for most, n in COLUMNS if len(people) <= most), 4)
    if code is not None and len(people) <= BESIDE_CODE:
        columns = min(columns, 3)  # names keep their length beside the code
    rows = -(-len(people) // columns) if people else 1
    is_crowded = rows > 5 and brush.lines_of(issued.title) > 1
    y = brush.title(brush.height * 0.13, issued.title, "title_small" if is_crowded else "title")
    starts = moments.local(issued.starts_at)
    words = filter(None, (moments.time_words(starts), moments.date_words(starts), issued.place))
    room = brush.width - 2 * brush.margin
    brush.elided(
        brush.margin, y + brush.px("gap") * 0.3, room, "   ·   ".join(words), "lead", "ink"
    )
    y += brush.px("lead") * 1.9
    is_full = rows + bool(issued.links) > MANY_ROWS
    y = _online_part(brush, y, meeting, directory, 1 + (rows <= MOST_ROWS), is_full=is_full)
    brush.rule(y)
    check = next(iter(sorted(filter(None, map(checked_at, issued.links)))), None)
    here = sum(_is_here(meeting, person.person) for person in people)
    counts = _counts_in_a_line if is_full else _counts
    present = (here, len(people), lobby_quorum(meeting, directory))
    y = counts(brush, y, (check, starts), present)
    brush.rule(y)
    _names(brush, y + brush.px("gap") * 0.6, meeting, directory, people, columns)


def _online_part(
    brush: Brush, y: float, meeting: Meeting, directory: Directory, most: int, *, is_full: bool
) -> float:
    """Over what, who invites, from which site, where the meeting is online; the y under it."""
    links = meeting.issued.links if meeting.issued else ()
    if not links:
        return y
    room, role = brush.width - 2 * brush.margin, "text_smallest" if is_full else "body"
    words = online_line(links[0], meeting, directory)
    for row in brush.rows(words, role, 500, room, most):
        brush.line(brush.margin, y, row.strip(" ·"), role, "ink_soft")
        y += brush.px(role) * 1.35
    return y + brush.px("gap") * 0.3


Moments = tuple[datetime | None, datetime]
"""The technical check, where there is one, and the start."""
Present = tuple[int, int, str]
"""How many are here, of how many, and whether that is enough."""


def _counts(brush: Brush, y: float, when: Moments, present: Present) -> float:
    """How long until it starts and how many are here, in large digits; the y under it."""
    y += brush.px("gap") * 0.7
    check, starts = when
    below = y + brush.px("label") * 1.15
    x, room = brush.margin, brush.width - 2 * brush.margin
    is_checked = check is None or not moments.now() < check < starts
    told = [_countdown(starts)]
    if check is not None and not is_checked:
        told.insert(0, _countdown(check, tr("Technical check in")))
    for words, figure, unit in told:
        brush.line(x, y, words, "label", "ink_soft")
        end = brush.line(x, below, figure, "figure", weight=700)
        brush.line(end, below + brush.px("figure") * 0.62, unit, "lead")
        x += min(brush.height * 0.56, room * (0.42 if is_checked else 0.36))
    here, total, quorum = present
    brush.line(x, y, tr("Present"), "label", "ink_soft")
    end = brush.line(x, below, str(here), "figure", weight=700)
    end = brush.line(
        end, below + brush.px("figure") * 0.4, f" / {total}", "title_small", "ink_soft"
    )
    room = brush.width - brush.margin - end - brush.px("gap")
    if room > brush.px("text_smallest") * 5:
        at = below + brush.px("figure") * 0.66
        brush.elided(end + brush.px("gap"), at, room, quorum, "text_smallest", "ink")
    return below + brush.px("figure") * 1.3


def _counts_in_a_line(brush: Brush, y: float, when: Moments, present: Present) -> float:
    """The same in one line, where many names need the room; the y under it."""
    y += brush.px("gap") * 0.5
    check, starts = when
    is_coming = check is not None and moments.now() < check < starts
    words, figure, unit = (
        _countdown(check, tr("Technical check in"))
        if check is not None and is_coming
        else _countdown(starts)
    )
    end = brush.line(brush.margin, y, words + "  ", "lead", "ink_soft")
    end = brush.line(end, y, figure + unit, "lead", weight=700)
    here, total, quorum = present
    x = max(brush.margin + brush.height * 0.75, end + brush.px("gap"))
    end = brush.line(x, y, tr("Present") + "  ", "lead", "ink_soft")
    end = brush.line(end, y, f"{here} / {total}", "lead", weight=700) + brush.px("gap")
    room = brush.width - brush.margin - end
    if room > brush.px("text_smallest") * 5:
        at = y + brush.px("lead") * 0.3
        brush.elided(end, at, room, quorum, "text_smallest", "ink")
    return y + brush.px("lead") * 1.5


def paint_head(brush: Brush, words: str) -> None:
    """What the whole meeting is, and the clock, at a scene's top."""
    top = brush.px("margin_top")
    room = brush.width - 2 * brush.margin - brush.px("clock") * 4
    brush.elided(brush.margin, top, room, words, "label", "ink_soft")
    brush.right(top - brush.px("clock") * 0.2, f"{moments.now():%H:%M}", "clock", weight=700)


def _countdown(moment: datetime, words: str = "") -> tuple[str, str, str]:
    """(words, figure, unit) of the time until something begins, or of when it began."""
    seconds = (moment - moments.now()).total_seconds()
    words = words or tr("Starts in")
    if not 0 < seconds < 24 * 3600:
        return tr("Time"), f"{moment.astimezone(moments.ZONE):%H:%M}", ""
    if seconds <= 60:
        return words, str(math.ceil(seconds)), tr(" seconds")
    if seconds > 120 * 60:
        return words, f"{round(seconds / 3600)}", tr(" hours")
    return words, f"{round(seconds / 60)}", tr(" minutes")


def _is_here(meeting: Meeting, person: str) -> bool:
    """Whether a person, or who stands in for them, is here."""
    return meeting.is_here(person) or bool(_substitute(meeting, person))


def _substitute(meeting: Meeting, person: str) -> str:
    """Who is here for somebody: a person's id, or a name; "" nobody."""
    rows = meeting.presence.values()
    here = (r.person for r in rows if r.stands_in_for == person and not r.left_at)
    return next(here, "")


def _name(meeting: Meeting, person: Person, directory: Directory) -> str:
    substitute = _substitute(meeting, person.person)
    if not substitute or meeting.is_here(person.person):
        return person.name
    name = directory.name_of(substitute) or substitute
    return tr("{0} (for {1})").format(name, person.name)


def _names(
    brush: Brush,
    y: float,
    meeting: Meeting,
    directory: Directory,
    people: list[Person],
    columns: int,
) -> None:
    """Names in columns; where they have no room at a readable size, the rest as a count."""
    rows = -(-len(people) // columns) if people else 1
    left = brush.height - y - brush.px("margin_top") * 0.5
    side = brush.px("text_smallest")
    fitting = max(1, int(left / (side * CLOSEST)))
    hidden = max(0, len(people) - fitting * columns + 1) if rows > fitting else 0
    rows = min(rows, fitting)
    step = min(left / rows, brush.px("body") * 1.7)
    width = (brush.width - 2 * brush.margin) / columns
    for index, person in enumerate(people[: len(people) - hidden]):
        column, row = divmod(index, rows)
        x, top = brush.margin + column * width, y + row * step
        here = _is_here(meeting, person.person)
        box = QRectF(x, top + side * 0.15, side, side)
        ink = brush.theme.colour("good" if here else "absent_mark")
        paint_icon(brush.painter, "circle-check" if here else "circle", ink, box, 2.0)
        brush.elided(x + side * 1.5, top, width - side * 2, _name(meeting, person, directory),
                     "text_smallest",
                     "ink" if here else "ink_soft")  # fmt: skip
    if hidden:
        x, top = brush.margin + (columns - 1) * width, y + (rows - 1) * step
        words = tr("and {0} more").format(hidden)
        brush.line(x + side * 1.5, top, words, "text_smallest", "ink_soft")


def paint_item(brush: Brush, meeting: Meeting, directory: Directory) -> None:
    """The item that runs: which, who presents, how long, what is next."""
    issued = meeting.issued
    if issued is None:
        return
    wanted = meeting.scene.item or meeting.current_item
    place = next((n for n, row in enumerate(issued.agenda) if row.item == wanted), 0)
    item = issued.agenda[place]
    brush.clear()
    paint_head(brush, issued.title)
    _agenda_bar(brush, meeting, place)
    y = brush.height * 0.2
    end = brush.line(brush.margin, y, str(place + 1), "title_small", "accent", 700)
    words = tr(" of {0} items").format(len(issued.agenda))
    below = y + brush.px("title_small") * 0.4
    brush.line(end + brush.px("gap") * 0.3, below, words, "body", "ink_soft")
    brush.right(below, end_words(meeting), "body", "ink_soft", 500)
    y = brush.title(y + brush.px("title_small") * 1.5, item.title, most=3)
    paint_presenter(brush, y + brush.px("gap") * 0.6, item.presenter, directory)
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
    lengths = [max(1, minutes_of(meeting, row)) for row in agenda]
    total = sum(lengths) or 1
    x, y = brush.margin, brush.height * 0.145
    left = moments.seconds_left(meeting)
    for index, length in enumerate(lengths):
        width = room * length / total
        box = QRectF(x, y, width, brush.px("agenda_bar"))
        share = 1.0 if index < place else 0.0
        if index == place and left is not None:
            share = 1 - left[0] / left[1] if left[1] else 1.0
        brush.bar(box, share, "ink_soft" if index < place else "accent")
        x += width + gap


def paint_presenter(brush: Brush, y: float, presenter: str, directory: Directory) -> None:
    """Who presents an item, with their title."""
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
    words = tr("Over time") if is_over else tr("Ending soon") if is_last else tr("Time left")
    brush.line(brush.margin, y, words, "label", "ink_soft" if ink == "ink" else ink)
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


def paint_paper_name(brush: Brush, number: str, title: str) -> None:
    """Which paper is talked about, where its page cannot be shown here."""
    brush.clear()
    y = brush.height * 0.3
    brush.line(brush.margin, y, tr("Paper {0}").format(number), "title_small", "accent", 700)
    brush.title(y + brush.px("title_small") * 1.6, title, most=3)


def time_words_left(meeting: Meeting) -> tuple[str, str]:
    """The running item's time in short words, and their ink."""
    left = moments.seconds_left(meeting)
    if left is None:
        return "", ""
    rest, planned = left
    if rest < 0:
        return tr("{0} min over").format(int(-rest // 60)), "live"
    ink = "attention" if rest < planned / 5 else "accent"
    return tr("{0} min left").format(int(rest // 60) + 1), ink


def paint_strip(
    brush: Brush, number: str, title: str, pages: str, left: str, ink: str, typed: str = ""
) -> None:
    """The strip under a page: which paper, how long, which page; a number being typed stands
    before the page's."""
    pages = f"→ {typed}   {pages}" if typed else pages
    height = brush.px("strip")
    top = brush.height - height
    brush.fill(QRectF(0, top, brush.width, height), "desk")
    y = top + (height - brush.height_of("body")) / 2
    margin = brush.margin * 0.65
    font = brush.font("body", 600)
    metrics_width = _width(font, pages)
    pages_ink = "attention" if typed else "ink"
    brush.line(brush.width - margin - metrics_width, y, pages, "body", pages_ink, 600)
    rest = brush.width - margin - metrics_width
    if left:
        wide = _width(brush.font("body", 600), left)
        rest -= wide + brush.px("gap") * 1.5
        brush.line(rest, y, left, "body", ink, 600)
    x = brush.line(margin, y, number + "   ", "body", "accent", 700)
    brush.elided(x, y, rest - x - brush.px("gap"), title, "body", "ink")


def _width(font: QFont, text: str) -> float:
    return float(QFontMetricsF(font).horizontalAdvance(text))
