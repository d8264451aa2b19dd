"""Icons by name and colour role, crisp on every screen."""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from meetingroom.ui.svg import coloured_svg
from meetingroom.ui.theme import Theme, current_theme

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
    return _icon(current_theme(), name, (role, checked_role), size, stroke, gap, gap_before)


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


class _Drawing(QIconEngine):
    """Draws an icon when it is first seen: a window with a hundred of them opens at once."""

    def __init__(
        self, name: str, colours: tuple[str, ...], side: int, stroke: float, gap: int, before: bool
    ) -> None:
        super().__init__()
        self._name, self._colours, self._side, self._stroke = name, colours, side, stroke
        self._gap, self._before = gap, before

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon `size` px large."""
        ratio = max(0.1, round(size.width() / (self._side + self._gap), 3))
        return _drawn(
            self._name, self._colour(mode, state), self._side, ratio, self._stroke, self._gap,
            self._before,
        )  # fmt: skip

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, _scale: float
    ) -> QPixmap:
        """The same for a screen with a pixel ratio; `size` is in its pixels."""
        return self.pixmap(size, mode, state)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw into a rectangle."""
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.pixmap(rect.size() * ratio, mode, state))

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        normal, disabled, checked = self._colours
        if mode == QIcon.Mode.Disabled:
            return disabled
        return checked if checked and state == QIcon.State.On else normal


@cache
def _icon(
    theme: Theme, name: str, roles: tuple[str, str], size: int, stroke: float, gap: int,
    before: bool,
) -> QIcon:  # fmt: skip
    """One icon for all who show it in a theme."""
    colours = tuple(
        theme.colour(role).name() if role else "" for role in (roles[0], "icon_disabled", roles[1])
    )
    return QIcon(_Drawing(name, colours, theme.scaled(size), stroke, gap, before))


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
