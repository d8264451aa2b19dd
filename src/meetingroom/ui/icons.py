"""Icons by name and colour role, crisp on every screen."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from meetingroom.ui.svg import coloured_svg
from meetingroom.ui.theme import current_theme

STROKE = 1.75


def icon(
    name: str,
    role: str = "ink_soft",
    size: int = 20,
    *,
    checked_role: str = "",
    gap: int = 0,
    gap_before: bool = False,
    stroke: float = STROKE,
) -> QIcon:
    """An icon of `size` px at 100 % text, for buttons and lists.

    Disabled it takes `icon_disabled`, switched on `checked_role`. `gap` px of nothing
    are added after (or before) the drawing, where a style leaves words too close.
    """
    theme = current_theme()
    made = QIcon()
    states = [(role, QIcon.Mode.Normal, QIcon.State.Off)]
    states.append(("icon_disabled", QIcon.Mode.Disabled, QIcon.State.Off))
    if checked_role:
        states.append((checked_role, QIcon.Mode.Normal, QIcon.State.On))
    for state_role, mode, state in states:
        colour = theme.colour(state_role).name()
        for ratio in _ratios():
            drawn = _drawn(name, colour, theme.scaled(size), ratio, stroke, gap, gap_before)
            made.addPixmap(drawn, mode, state)
    return made


def icon_extent(size: int, gap: int = 0) -> QSize:
    """The room an `icon` of that size and gap takes, in px at the current text size."""
    side = current_theme().scaled(size)
    return QSize(side + gap, side)


def pixmap(
    name: str,
    role: str = "ink_soft",
    size: int = 20,
    ratio: float = 0.0,
    stroke: float = STROKE,
) -> QPixmap:
    """One picture of an icon; `ratio` is the device pixel ratio (0: the application's)."""
    theme = current_theme()
    colour = theme.colour(role).name()
    return _drawn(name, colour, theme.scaled(size), ratio or _application_ratio(), stroke, 0, False)


def coloured_pixmap(name: str, colour: QColor, side: int, ratio: float = 0.0) -> QPixmap:
    """One picture of an icon in any colour, `side` px wide, not scaled with the text."""
    return _drawn(name, colour.name(), side, ratio or _application_ratio(), STROKE, 0, False)


def paint_icon(painter: QPainter, name: str, colour: QColor, box: QRectF, stroke: float) -> None:
    """Draw an icon into `box` of a painter, sharp at any scale."""
    _renderer(name, colour.name(), stroke).render(painter, box)


@cache
def _renderer(name: str, colour: str, stroke: float) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(coloured_svg(name, colour, stroke).encode()))


@cache
def _drawn(
    name: str, colour: str, side: int, ratio: float, stroke: float, gap: int, gap_before: bool
) -> QPixmap:
    renderer = _renderer(name, colour, stroke)
    drawn = QPixmap(round((side + gap) * ratio), round(side * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    box = QRectF(gap if gap_before else 0, 0, side, side)
    renderer.render(painter, box)
    painter.end()
    return drawn


def _application_ratio() -> float:
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0


def _ratios() -> tuple[float, ...]:
    return tuple(sorted({1.0, 2.0, _application_ratio()}))
