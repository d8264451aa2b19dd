"""The idle scene: the office's week on the wall, a column a day, today's the widest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.office_week import PARTS, Day, Engagement, Week, week_to_show
from meetingroom.ui.icons import paint_icon
from meetingroom.ui.stage import moments
from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.stage.scenes import paint_idle
from meetingroom.ui.stage.week_words import dates_words, inviter_words, part_words
from meetingroom.wording import tr

TODAY_WIDE = 1.75  # as wide as so many other days
TOP, BOTTOM = 0.235, 0.965  # of the height: where the columns are
STEP = 1.28  # from line to line, in heights of the letters
INSIDE = 0.4  # room beside a column's words, in gaps
APART = 0.5  # between two meetings, in gaps


@dataclass(frozen=True)
class Line:
    """One line of a column; `before` is room over it in pixels, a blank icon only its room."""

    text: str
    ink: str = "ink"
    weight: int = 500
    icon: str = ""
    before: float = 0.0


@dataclass(frozen=True)
class Detail:
    """How much of each meeting is told, and how large."""

    role: str
    title_rows: int
    rows: int = 2
    has_place: bool = True
    has_chair: bool = True
    is_one_line: bool = False


DETAILS = (
    Detail("text_smallest", 8, rows=4),
    Detail("text_smallest", 6, rows=3),
    Detail("text_smallest", 4),
    Detail("text_smallest", 3, has_chair=False),
    Detail("text_smallest", 2, has_place=False, has_chair=False),
    Detail("text_smallest", 2, has_place=False, has_chair=False, is_one_line=True),
    Detail("text_smallest", 1, has_place=False, has_chair=False, is_one_line=True),
)
TODAY_DETAILS = (Detail("lead", 6, rows=3), Detail("body", 6, rows=3), *DETAILS)


def paint_office(
    brush: Brush, office: str, directory: Directory, meetings: Iterable[Meeting],
    coming: Meeting | None,
) -> None:  # fmt: skip
    """No meeting now: the week where it has meetings, else the clock and what comes next."""
    now = moments.now()
    week = week_to_show(meetings, directory, now)
    if week.engagements:
        paint_week(brush, office, week, now)
    else:
        paint_idle(brush, office, coming)


def paint_week(brush: Brush, office: str, week: Week, now: datetime) -> None:
    """The office's name and the clock, the week, and its days side by side."""
    brush.clear()
    side = brush.px("margin_top")
    room = brush.width - 2 * side - brush.px("clock") * 4
    brush.elided(side, side * 0.85, room, office.upper(), "label", "ink_soft")
    clock = f"{now:%H:%M}"
    wide = QFontMetricsF(brush.font("clock", 700)).horizontalAdvance(clock)
    brush.line(brush.width - side - wide, side * 0.55, clock, "clock", weight=700)
    y = brush.height * 0.115
    words = tr("The week's meetings")
    end = brush.line(side, y, words, "title_small", weight=700) + brush.px("gap")
    below = y + (brush.px("title_small") - brush.px("lead")) * 0.85
    brush.elided(end, below, brush.width - side - end, dates_words(week), "lead", "ink_soft")
    _days(brush, week, now, side)


def _days(brush: Brush, week: Week, now: datetime, side: float) -> None:
    days, today = week.shown_days, now.date()
    parts = [TODAY_WIDE if day.date == today else 1.0 for day in days]
    between = brush.px("gap") * 0.5
    room = brush.width - 2 * side - between * (len(days) - 1)
    x, top, high = side, brush.height * TOP, brush.height * (BOTTOM - TOP)
    for day, part in zip(days, parts, strict=True):
        box = QRectF(x, top, room * part / sum(parts), high)
        _day(brush, day, box, now)
        x += box.width() + between


def _day(brush: Brush, day: Day, box: QRectF, now: datetime) -> None:
    is_today = day.date == now.date()
    if is_today:
        brush.fill(box, "raised", brush.px("radius"))
        brush.fill(QRectF(box.x(), box.y(), box.width(), brush.px("gap") * 0.25), "accent")
    else:
        thick = max(1.0, brush.px("hairline") * 2)
        brush.fill(QRectF(box.x(), box.y(), box.width(), thick), "line_strong")
    pad = brush.px("gap") * INSIDE
    inner = box.adjusted(pad, pad * 1.2, -pad, -pad)
    y = _head(brush, day, inner, now)
    left = inner.bottom() - y
    details = TODAY_DETAILS if is_today else DETAILS
    detail, rows, more = _fitting(brush, day, details, inner.width(), left, now)
    for line in _lines(brush, day, rows, detail, inner.width(), now):
        y += line.before
        _line(brush, inner.x(), y, inner.width(), line, detail.role)
        y += _step(brush, detail)
    if more:
        y += brush.px("gap") * 0.3
        brush.line(inner.x(), y, tr("+{0} more").format(more), detail.role, "accent", 600)


def _head(brush: Brush, day: Day, inner: QRectF, now: datetime) -> float:
    """The day's name and date, as much of them as fits; the y under it."""
    is_today = day.date == now.date()
    ink = "ink" if day.date >= now.date() else "ink_soft"
    role = "body" if is_today else "text_smallest"
    weekday, number = moments.weekday(datetime.combine(day.date, now.timetz())), f"{day.date:%d}"
    date = f"{day.date:%d/%m}"
    forms = [(weekday, date), (weekday, number)]
    if is_today:
        forms = [(f"{tr('Today')}, {weekday}", date), (tr("Today"), date), (tr("Today"), number)]
    gap = brush.px("gap") * 0.3

    def wide(words: str, weight: int) -> float:
        return float(QFontMetricsF(brush.font(role, weight)).horizontalAdvance(words))

    fitting = (
        form for form in forms if wide(form[0], 600) + wide(form[1], 500) + gap <= inner.width()
    )
    name, short = next(fitting, forms[-1])
    right = wide(short, 500)
    brush.elided(inner.x(), inner.y(), inner.width() - right - gap, name, role, ink, 600)
    brush.line(inner.right() - right, inner.y(), short, role, "ink_soft")
    return float(inner.y() + brush.px(role) * STEP + brush.px("gap") * 0.25)


def _step(brush: Brush, detail: Detail) -> float:
    return brush.px(detail.role) * STEP


def _fitting(
    brush: Brush, day: Day, details: tuple[Detail, ...], room: float, left: float, now: datetime
) -> tuple[Detail, list[Engagement], int]:
    """How much of each can be told, of which meetings, and how many are only counted."""
    rows = list(day.engagements)
    for detail in details:
        least_lines = len(rows) * (1 if detail.is_one_line else 2)
        if least_lines * _step(brush, detail) > left:
            continue  # too many to be worth a try
        if _height(brush, day, rows, detail, room, now) <= left:
            return detail, rows, 0
    least = details[-1]
    # What is over goes first, then what comes last.
    by_worth = sorted(range(len(rows)), key=lambda n: (rows[n].ends_at < now, rows[n].starts_at))
    most = min(len(rows) - 1, int(left / _step(brush, least)))
    for count in range(most, 0, -1):
        kept = [rows[n] for n in sorted(by_worth[:count])]
        needed = _height(brush, day, kept, least, room, now) + brush.px("gap") * 0.3
        if needed + _step(brush, least) <= left:
            return least, kept, len(rows) - count
    return least, [], len(rows)


def _height(
    brush: Brush, day: Day, rows: list[Engagement], detail: Detail, room: float, now: datetime
) -> float:
    lines = _lines(brush, day, rows, detail, room, now)
    return sum(line.before for line in lines) + len(lines) * _step(brush, detail)


def _lines(
    brush: Brush, day: Day, rows: list[Engagement], detail: Detail, room: float, now: datetime
) -> list[Line]:
    """A day's column under its head: parts of the day, and the meetings in them."""
    made: list[Line] = []
    gap = brush.px("gap")
    for part in PARTS:
        some = [row for row in rows if row.part == part]
        if some:
            before = gap * APART if made else 0.0
            made.append(Line(part_words(part), "ink_soft", 600, before=before))
        for place, row in enumerate(some):
            before = 0.0 if not place or detail.is_one_line else gap * APART
            made += _told(brush, row, detail, room, now, before)
    return made


def _told(
    brush: Brush, row: Engagement, detail: Detail, room: float, now: datetime, before: float
) -> list[Line]:
    is_over = row.ends_at < now or row.state in ("closed", "cancelled")
    ink = "ink_soft" if is_over else "ink"
    hour = f"{row.starts_at:%H:%M}"
    icon = "video" if row.is_online else ""
    if detail.is_one_line:
        inside = room - (_icon_room(brush, detail.role) if icon else 0)
        told = brush.rows(f"{hour} {row.title}", detail.role, 500, inside, detail.title_rows)
        first = Line(told[0], ink, 500, icon, before)
        return [first, *(Line(words, ink) for words in told[1:])]
    hour_ink = "ink_soft" if is_over else "accent"
    if row.is_cancelled:
        hour, hour_ink = f"{hour}  {tr('Cancelled')}", "attention"
    return [
        Line(hour, hour_ink, 700, icon, before),
        *(
            Line(w, ink, 600)
            for w in brush.rows(row.title, detail.role, 600, room, detail.title_rows)
        ),
        *_particulars(brush, row, detail, room),
    ]


def _particulars(brush: Brush, row: Engagement, detail: Detail, room: float) -> list[Line]:
    """Who invites, where, who chairs: each with its picture."""
    told = [("building-2", inviter_words(row))] if row.is_online else []
    told += [("map-pin", row.place)] if detail.has_place else []
    told += [("user", row.chair.name)] if detail.has_chair and row.chair is not None else []
    inside, made = room - _icon_room(brush, detail.role), []
    for icon, text in told:
        rows = brush.rows(text, detail.role, 500, inside, detail.rows) if text else []
        made += [
            Line(words, "ink_soft", 500, icon if n == 0 else " ") for n, words in enumerate(rows)
        ]
    return made


def _icon_room(brush: Brush, role: str) -> float:
    return brush.px(role) * 0.9 * 1.25


def _line(brush: Brush, x: float, y: float, room: float, line: Line, role: str) -> None:
    """One line, cut where it does not fit; an icon stands before it."""
    if line.icon:
        side, inside = brush.px(role) * 0.9, _icon_room(brush, role)
        if line.icon.strip():
            box = QRectF(x, y + side * 0.2, side, side)
            ink = "accent" if line.icon == "video" else line.ink
            paint_icon(brush.painter, line.icon, brush.theme.colour(ink), box, 2.0)
        x, room = x + inside, room - inside
    brush.elided(x, y, room, line.text, role, line.ink, line.weight)
