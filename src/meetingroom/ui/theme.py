"""Colours, sizes and type by role; one theme at a time dresses the whole application."""

import ctypes
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from meetingroom.resources import resource
from meetingroom.ui.fonts import load_fonts
from meetingroom.ui.style_sheet import style_sheet
from meetingroom.wording import language

_CLIENT_AREA_ANIMATION = 0x1042  # SPI_GETCLIENTAREAANIMATION of Windows
THEMES = ("light", "dark", "high_contrast")

# A table that gives a colour but not its companions would otherwise take them from
# `light`, where they were chosen for dark words: what to use instead, in that case.
_COMPANIONS = {
    "raised": ("surface", "surface"),
    "accent_fill": ("accent", "accent"),
    "accent_hover": ("accent", "accent_fill"),
    "accent_pressed": ("accent", "accent_fill"),
    "accent_soft": ("accent", "raised"),
    "accent_line": ("accent", "line_strong"),
    "live_soft": ("live", "surface"),
    "on_live": ("live", "desk"),
    "attention_soft": ("attention", "surface"),
    "attention_ink": ("attention", "attention"),
    "attention_line": ("attention", "attention"),
    "attention_fill": ("attention", "attention"),
    "good_soft": ("good", "surface"),
    "check_edge": ("line_strong", "line_strong"),
    "ink_faint": ("ink_soft", "ink_soft"),
    "icon_disabled": ("ink_soft", "ink_soft"),
}


@dataclass(frozen=True)
class MarkColour:
    """One person's colour: `ink` for strokes and initials, `wash` behind words."""

    ink: QColor
    wash: QColor


@dataclass(frozen=True)
class MarkColours:
    """The colours marks are made with; pen widths are points on the page.

    `mine` lie behind words, `lines` are what own pens, boxes, arrows and words are drawn in.
    """

    people: tuple[MarkColour, ...]
    mine: Mapping[str, QColor]
    lines: Mapping[str, QColor]
    pen_widths: tuple[float, ...]

    def of_person(self, order: int) -> MarkColour:
        """The colour of the person at place `order` (0 first) of the protocol."""
        return self.people[order % len(self.people)]


@dataclass(frozen=True, eq=False)
class Theme:
    """Roles of one theme at one text size; unknown roles raise KeyError."""

    name: str
    tables: tuple[Mapping[str, Any], ...]
    sizes: Mapping[str, Any]
    text_scale: float = 1.0
    less_motion: bool = False
    families: tuple[str, ...] = field(default=())

    def colour(self, role: str) -> QColor:
        """The colour of a role: own table, then its companion, then the fallbacks."""
        known = self._colours.get(role)
        if known is None:
            known = self._colours[role] = _qcolour(self._value(role))
        return QColor(known)

    @cached_property
    def _colours(self) -> dict[str, QColor]:
        """Roles asked for so far: a screen asks hundreds of times for a few."""
        return {}

    def css(self, role: str) -> str:
        """The colour of a role as a style sheet writes it."""
        colour = self.colour(role)
        alpha = f", {colour.alphaF():.3f}" if colour.alpha() < 255 else ""
        kind = "rgba" if alpha else "rgb"
        return f"{kind}({colour.red()}, {colour.green()}, {colour.blue()}{alpha})"

    def _value(self, role: str) -> str:
        own = self.tables[0]
        if role in own:
            return str(own[role])
        if role in _COMPANIONS:
            family, companion = _COMPANIONS[role]
            if (family in own and self.name != "light") or not self._somewhere(role):
                return self._value(companion)
        return next(str(table[role]) for table in self._having(role))

    def _having(self, role: str) -> list[Mapping[str, Any]]:
        having = [table for table in self.tables if role in table]
        if not having:
            raise KeyError(role)
        return having

    def _somewhere(self, role: str) -> bool:
        return any(role in table for table in self.tables)

    @property
    def line_width(self) -> int:
        """How thick a hairline is, in px: 1, in high contrast 2."""
        return int(self.tables[0].get("line_width", 1))

    def number(self, path: str) -> float:
        """A number of the sizes by its dotted path, as written, unscaled."""
        found: Any = self.sizes
        for part in path.split("."):
            found = found[part]
        return float(found)

    def scaled(self, px: float) -> int:
        """Pixels at 100 % text as pixels at this text size."""
        return round(px * self.text_scale)

    def size(self, path: str) -> int:
        """A length in px: heights of controls grow with the text, widths half as much."""
        value = self.number(path)
        if path.startswith("control."):
            return self.scaled(value)
        if path.startswith("layout."):
            return self.widened(value)
        return round(value)

    def widened(self, px: float) -> int:
        """A width at 100 % text as a width at this text size: it grows half as much."""
        return round(px * (1 + (self.text_scale - 1) / 2))

    def space(self, step: str) -> int:
        """A distance in px by its step: "x1" 4, "x2" 8, … "x8" 32."""
        return int(self.sizes["space"][step])

    def radius(self, name: str) -> int:
        """A corner radius in px: "field", "card", "large", "chip", "bar"."""
        value = float(self.sizes["radius"][name])
        return self.scaled(value) if name in {"chip", "bar"} else round(value)

    def motion(self, name: str) -> int:
        """How long a movement lasts, in ms; 0 when the system asks for less motion."""
        return 0 if self.less_motion else int(self.sizes["motion"][name])

    def type_of(self, role: str) -> tuple[int, int, int]:
        """Size and line height in px at this text size, and weight, of a desk type role."""
        size, line, weight = self.sizes["type"]["desk"][role]
        return self.scaled(size), self.scaled(line), int(weight)

    def font(self, role: str = "body", *, tabular: bool = False, weight: int = 0) -> QFont:
        """The font of a desk type role; `tabular` gives every digit the same width."""
        size, _, usual = self.type_of(role)
        return self._font(size, weight or usual, tabular)

    def display(self, role: str, screen_height: int) -> int:
        """A length of the room display in whole px for a screen of that height."""
        fraction = float(self.sizes["display"][role])
        return max(1, int(fraction * screen_height + 0.5))

    def display_font(self, role: str, screen_height: int, weight: int = 600) -> QFont:
        """A font of the room display; digits always have the same width."""
        return self._font(self.display(role, screen_height), weight, tabular=True)

    def _font(self, px: int, weight: int, tabular: bool) -> QFont:
        known = self._fonts.get((px, weight, tabular))
        if known is None:
            known = self._fonts[px, weight, tabular] = self._made_font(px, weight, tabular)
        return QFont(known)

    @cached_property
    def _fonts(self) -> dict[tuple[int, int, bool], QFont]:
        return {}

    def _made_font(self, px: int, weight: int, tabular: bool) -> QFont:
        font = QFont(list(self.families))
        font.setPixelSize(px)
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if px >= 22 * self.text_scale:
            tracking = float(self.sizes["type"]["desk"].get("tracking_title", 0))
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, tracking)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    @cached_property
    def marks(self) -> MarkColours:
        """The colours of people's marks and of one's own."""
        table = self.sizes["marks"]
        order = sorted((key for key in table if key[1:].isdigit()), key=lambda key: int(key[1:]))
        people = tuple(
            MarkColour(_qcolour(table[key]["ink"]), _qcolour(table[key]["wash"])) for key in order
        )
        mine = dict(table["mine"])
        widths = tuple(float(width) for width in mine.pop("pen_widths", ()))
        lines = {key: _qcolour(text) for key, text in table["lines"].items()}
        return MarkColours(people, {key: _qcolour(mine[key]) for key in mine}, lines, widths)


def _qcolour(text: str) -> QColor:
    """A colour from "#RRGGBB" or "#RRGGBBAA"."""
    digits = text.removeprefix("#")
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    alpha = int(digits[6:8], 16) if len(digits) == 8 else 255
    return QColor(red, green, blue, alpha)


@cache
def _read(name: str) -> Mapping[str, Any]:
    path = resource("themes", f"{name}.toml")
    with path.open("rb") as file:
        table = tomllib.load(file)
    inner = table.get(name)
    return inner if isinstance(inner, dict) else table


def load_theme(
    name: str = "light",
    text_scale: float = 1.0,
    *,
    for_display: bool = False,
    less_motion: bool | None = None,
) -> Theme:
    """Read a theme; needs a QApplication, because fonts are registered.

    `text_scale` is kept between 1.0 and 2.0. `for_display` lets a missing role fall back
    to `dark` before `light`. `less_motion` None asks the system.
    """
    quiet = system_wants_less_motion() if less_motion is None else less_motion
    return _theme(name, min(2.0, max(1.0, text_scale)), for_display, quiet)


@cache
def _theme(name: str, text_scale: float, for_display: bool, less_motion: bool) -> Theme:
    """Every wearer of a theme shares it, and the fonts and colours it has made."""
    between = ("dark",) if for_display else ()
    names = dict.fromkeys((name, *between, "light"))
    sizes = _read("sizes")
    fallback = sizes.get("font", {}).get("fallback", ["Segoe UI", "Noto Sans"])
    ui = sizes.get("font", {}).get("ui", "Be Vietnam Pro")
    load_fonts()
    return Theme(
        name=name,
        tables=tuple(_read(each) for each in names),
        sizes=sizes,
        text_scale=text_scale,
        less_motion=less_motion,
        families=(ui, *fallback),
    )


def system_wants_less_motion() -> bool:
    """Whether the system switched its movements off; where it cannot be known, not.

    Where nobody looks (the offscreen platform) nothing moves either.
    """
    if sys.platform == "win32":
        shown = ctypes.c_int(1)
        ctypes.windll.user32.SystemParametersInfoW(
            _CLIENT_AREA_ANIMATION, 0, ctypes.byref(shown), 0
        )
        return not shown.value
    return QApplication.platformName() == "offscreen"


_current: list[Theme] = []


def current_theme() -> Theme:
    """The theme the application wears; `light` until `apply_theme` was called."""
    if not _current:
        _current.append(load_theme())
    return _current[0]


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress the whole application; may be called again, everything follows."""
    _current[:] = [theme]
    for name in THEMES:
        _read(name)  # now: a screen made later must not go to the disk for its colours
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    QLocale.setDefault(QLocale("vi_VN" if language() == "vi" else "en_GB"))
    app.setPalette(_palette(theme))
    app.setFont(theme.font("body"))
    app.setStyleSheet(style_sheet(theme))


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    pairs = {
        role.Window: "desk",
        role.Base: "surface",
        role.AlternateBase: "desk",
        role.Button: "raised",
        role.ToolTipBase: "toast",
        role.ToolTipText: "on_toast",
        role.Text: "ink",
        role.WindowText: "ink",
        role.ButtonText: "ink",
        role.BrightText: "live",
        role.PlaceholderText: "ink_faint",
        role.Highlight: "accent_fill",
        role.HighlightedText: "on_accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Accent: "accent_fill",
        role.Mid: "line_strong",
        role.Midlight: "line",
        role.Dark: "line_strong",
        role.Shadow: "line_strong",
    }
    for colour_role, name in pairs.items():
        palette.setColor(colour_role, theme.colour(name))
    for colour_role in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, colour_role, theme.colour("ink_faint"))
    return palette
