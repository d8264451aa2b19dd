"""The scene of an online meeting before it is opened: when, who invites, number, passcode."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from meetingroom.domain.directory import Directory
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_day import checked_at
from meetingroom.ui.controls import paint_qr
from meetingroom.ui.icons import paint_icon
from meetingroom.ui.stage import moments
from meetingroom.ui.stage.brush import Brush, rows_of
from meetingroom.ui.stage.online_words import (
    inviter_words,
    service_words,
    site_words,
    time_left,
)
from meetingroom.ui.stage.scenes import paint_head
from meetingroom.wording import tr

# Fractions of the screen's height.
BUTTON_HIGH, BUTTON_WIDE, BUTTON_UP = 0.1, 0.42, 0.06
TOP, SIDE, LEFT_WIDE = 0.515, 0.25, 0.6
LINES = 2  # of an address
FITTING = ("title_small", "clock", "lead", "body", "text_smallest")


@dataclass(frozen=True)
class OnlineShown:
    """What the screen knows beside the meeting. `acts` are its buttons: join, passcode (show
    or hide), later. `passcode` is None where none is to be seen, "" until it is here."""

    acts: tuple[str, ...] = ()
    passcode: str | None = None
    address: str = ""
    """With the passcode in it, for the picture code, while the passcode is shown."""
    opens_at: datetime | None = None
    """When this display enters by itself."""
    is_warned: bool = False
    """Whether the address is not what it seems: nobody is asked to follow it with a phone."""


def boxes(width: float, height: float, margin: float) -> dict[str, QRectF]:
    """Where the scene's buttons lie on a screen of this size."""
    high, wide = BUTTON_HIGH * height, BUTTON_WIDE * height
    top = height - high - BUTTON_UP * height
    middle = margin + (LEFT_WIDE + 0.06) * height
    return {
        "join": QRectF(width - margin - wide, top, wide, high),
        "passcode": QRectF(middle, top, wide, high),
        "later": QRectF(margin, top, wide, high),
    }


def paint_online(
    brush: Brush,
    meeting: Meeting,
    directory: Directory,
    link: OnlineLink | None,
    shown: OnlineShown = OnlineShown(),
) -> None:
    """The online meeting with a higher level: nothing to type is too small to be read."""
    brush.clear()
    paint_head(brush, site_words(link, meeting, directory))
    title = link.title if link else tr("No online meeting")
    if link is None or meeting.issued is None:
        brush.title(brush.height * 0.16, title)
        return
    starts = moments.local(meeting.issued.starts_at)
    y = brush.title(brush.height * 0.125, title)
    when = (moments.time_words(starts), inviter_words(link))
    room = brush.width - 2 * brush.margin
    words = "   ·   ".join(filter(None, when))
    brush.elided(brush.margin, y + brush.px("gap") * 0.4, room, words, "lead", "ink")
    if link.contact and link.url:
        words = tr("Technician: {0}").format(link.contact)
        below = y + brush.px("gap") * 0.4 + brush.px("lead") * 1.6
        _contact(brush, QRectF(brush.margin, below, room, 0), words, "body", "ink_soft", most=1)
    y = brush.height * TOP
    brush.rule(y)
    y += brush.px("gap")
    _time(brush, y, starts, link, shown)
    has_code = link.is_for_all and bool(link.url) and not shown.is_warned
    has_right = has_code or "join" in shown.acts
    left = brush.margin + (LEFT_WIDE + 0.06) * brush.height
    brush.fill(
        QRectF(left - 0.03 * brush.height, y, max(1.0, brush.px("hairline")),
               brush.height * (1 - BUTTON_UP) - y), "line",
    )  # fmt: skip
    right = brush.width - brush.margin - (BUTTON_WIDE + 0.04) * brush.height
    room = (right if has_right else brush.width - brush.margin) - left
    _way_in(brush, QRectF(left, y, room, 0), link, meeting, shown)
    if has_code:
        _code(brush, y, shown.address or link.url)
    _buttons(brush, shown)


def _time(brush: Brush, y: float, starts: datetime, link: OnlineLink, shown: OnlineShown) -> None:
    """How long until the technical check, the start, or the display enters by itself."""
    now = moments.now()
    check = checked_at(link)
    if shown.opens_at is not None and now < shown.opens_at and "later" in shown.acts:
        _countdown(brush, y, tr("Enters by itself in"), shown.opens_at, "attention")
        return
    if check is not None and now < check < starts:
        below = _countdown(brush, y, tr("Technical check in"), check, "ink")
        words = tr("The meeting starts at {0}").format(f"{starts:%H:%M}")
        brush.line(brush.margin, below, words, "body", "ink_soft")
        return
    if now < starts:
        below = _countdown(brush, y, tr("Starts in"), starts, "ink")
    else:
        brush.line(brush.margin, y, tr("Time"), "label", "ink_soft")
        top = y + brush.px("label") * 1.3
        brush.line(brush.margin, top, f"{starts:%H:%M}", "figure", weight=700)
        below = top + brush.px("figure") * 1.35
    if shown.opens_at is not None and now < shown.opens_at:
        words = tr("Enters by itself at {0}").format(f"{shown.opens_at:%H:%M}")
        side = brush.px("body")
        picture = QRectF(brush.margin, below + side * 0.2, side, side)
        paint_icon(brush.painter, "clock", brush.theme.colour("ink_soft"), picture, 2.0)
        brush.line(brush.margin + side * 1.5, below, words, "body", "ink_soft")


def _countdown(brush: Brush, y: float, words: str, moment: datetime, ink: str) -> float:
    figure, unit = time_left(moment)
    brush.line(brush.margin, y, words, "label", "ink_soft" if ink == "ink" else ink, 600)
    top = y + brush.px("label") * 1.2
    end = brush.line(brush.margin, top, figure, "figure_large", ink, 700)
    brush.line(end, top + brush.px("figure_large") * 0.72, unit, "lead")
    return top + brush.px("figure_large") * 1.3


def _way_in(
    brush: Brush, box: QRectF, link: OnlineLink, meeting: Meeting, shown: OnlineShown
) -> None:
    """Service, number, passcode; or the site where the higher level has its own system."""
    x, y, room = box.x(), box.y(), box.width()
    service = service_words(link)
    has_only_address = not link.meeting_number and service in link.url
    brush.elided(x, y, room, tr("Address") if has_only_address else service, "label", "ink_soft")
    y += brush.px("label") * 1.35
    if not link.url:
        _own_system(brush, QRectF(x, y, room, 0), link, meeting)
        return
    if link.meeting_number:
        y = _fitted(brush, x, y, room, link.meeting_number)
    else:
        y = _address(brush, QRectF(x, y, room, 0), link.url)
    if shown.passcode is not None:
        y += brush.px("gap") * 0.2
        brush.line(x, y, tr("Passcode"), "label", "ink_soft")
        y += brush.px("label") * 1.35
        y = _fitted(brush, x, y, room, shown.passcode or "…", "attention")


def _address(brush: Brush, box: QRectF, url: str) -> float:
    """An address nobody gave a number for, in a few lines; the y under it."""
    words, y = url.removeprefix("https://").rstrip("/"), box.y()
    rows = rows_of(words, brush.font("body", 500), box.width())
    rows = [*rows[: LINES - 1], "".join(rows[LINES - 1 :])] if len(rows) > LINES else rows
    for row in rows:
        brush.elided(box.x(), y, box.width(), row, "body", "ink")
        y += brush.px("body") * 1.3
    return y


def _own_system(brush: Brush, box: QRectF, link: OnlineLink, meeting: Meeting) -> None:
    """No address and no button: where to sit, whom to call, what to do."""
    x, y, room = box.x(), box.y(), box.width()
    site = link.site or (meeting.issued.place if meeting.issued else "")
    if site:
        y = _fitted(brush, x, y, room, tr("At {0}").format(site)) + brush.px("gap") * 0.4
    contact = tr("Technician: {0}").format(link.contact)
    words = contact if link.contact else tr("Whom to call is said in the invitation")
    y = _contact(brush, QRectF(x, y, room, 0), words, "lead", "ink", most=2)
    y += brush.px("gap") * 0.3
    advice = tr("The technician turns the video system on and switches the screen over to it.")
    for row in rows_of(advice, brush.font("body"), room)[:LINES]:
        brush.line(x, y, row, "body", "ink_soft")
        y += brush.px("body") * 1.4


def _contact(brush: Brush, box: QRectF, words: str, role: str, ink: str, *, most: int) -> float:
    """Who helps, in at most so many lines, smaller before its telephone is cut; the y under it."""
    sizes = (role, "body", "text_smallest")
    role = next((one for one in sizes if len(brush.rows(words, one, 500, box.width(), 9)) <= most),
                sizes[-1])  # fmt: skip
    y = box.y()
    for row in brush.rows(words, role, 500, box.width(), most):
        brush.line(box.x(), y, row, role, ink)
        y += brush.px(role) * 1.35
    return y


def _fitted(brush: Brush, x: float, y: float, room: float, words: str, ink: str = "ink") -> float:
    """One line as large as it has room; the y under it."""

    def is_fitting(role: str) -> bool:
        return QFontMetricsF(brush.font(role, 700)).horizontalAdvance(words) <= room

    role = next((role for role in FITTING if is_fitting(role)), "")
    if role:
        brush.line(x, y, words, role, ink, 700)
    else:
        brush.elided(x, y, room, words, role := FITTING[-1], ink)
    return y + brush.height_of(role, 700)


def _code(brush: Brush, y: float, address: str) -> None:
    """For telephones: in the middle over the button."""
    side, wide = SIDE * brush.height, BUTTON_WIDE * brush.height
    left = brush.width - brush.margin - wide
    paint_qr(brush.painter, address, QRectF(left + (wide - side) / 2, y, side, side))
    words = tr("Join from your own phone")
    metrics = QFontMetricsF(brush.font("text_smallest", 500))
    x = left + (wide - metrics.horizontalAdvance(words)) / 2
    brush.line(x, y + side + brush.px("gap") * 0.1, words, "text_smallest", "ink_soft", 500)


def _buttons(brush: Brush, shown: OnlineShown) -> None:
    """What can be pressed on this screen."""
    places = boxes(brush.width, brush.height, brush.margin)
    is_open = shown.passcode is not None
    words: dict[str, tuple[str, str, Callable[[], str]]] = {
        "join": ("accent_fill", "video", lambda: tr("Join online")),
        "passcode": (
            "raised", "eye-off" if is_open else "eye",
            lambda: tr("Hide the passcode") if is_open else tr("Show the passcode"),
        ),
        "later": ("raised", "clock", lambda: tr("Not now")),
    }  # fmt: skip
    for act in shown.acts:
        ground, icon, said = words[act]
        _button(brush, places[act], ground, icon, said())


def _button(brush: Brush, box: QRectF, ground: str, icon: str, words: str) -> None:
    brush.fill(box, ground, brush.px("radius"))
    role = "lead" if ground == "accent_fill" else "body"
    side = brush.px(role) * 1.1
    metrics = QFontMetricsF(brush.font(role, 600))
    left = box.center().x() - (metrics.horizontalAdvance(words) + side * 1.4) / 2
    picture = QRectF(left, box.center().y() - side / 2, side, side)
    paint_icon(brush.painter, icon, brush.theme.colour("ink"), picture, 2.0)
    top = box.center().y() - brush.height_of(role, 600) / 2
    brush.line(left + side * 1.4, top, words, role, "ink", 600)
