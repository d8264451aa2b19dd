"""One style sheet for all standard widgets, written from the roles of a theme."""

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QTemporaryDir

from meetingroom.ui.svg import coloured_svg, drawings

if TYPE_CHECKING:
    from meetingroom.ui.theme import Theme

TYPES = (
    "caption",
    "small",
    "body",
    "strong",
    "section",
    "bar_title",
    "title",
    "page_title",
    "hero",
    "figure",
)
INKS = (
    "ink",
    "ink_soft",
    "ink_faint",
    "accent",
    "on_accent",
    "live",
    "attention",
    "attention_ink",
    "good",
    "on_toast",
    "toast_action",
)


def style_sheet(theme: "Theme") -> str:
    """The whole application's style sheet."""
    parts = (_words, _buttons, _special_buttons, _fields, _choices, _lists, _bars, _frames)
    return "\n".join(part(theme) for part in parts)


@cache
def _folder() -> QTemporaryDir:
    """Where icons a style sheet names lie; Qt reads such pictures from files only."""
    return QTemporaryDir(QDir.tempPath() + "/meetingroom-icons-XXXXXX")


@cache
def _picture(name: str, colour: str, stroke: float = 2.0) -> str:
    if name not in drawings():
        return ""
    path = f"{_folder().path()}/{name}-{colour.removeprefix('#')}-{stroke:g}.svg"
    with open(path, "w", encoding="utf-8") as file:
        file.write(coloured_svg(name, colour, stroke))
    return f"image: url({path});"


def _words(t: "Theme") -> str:
    rules = ["QLabel { background: transparent; }"]
    for role in TYPES:
        size, _, weight = t.type_of(role)
        rules.append(f'QLabel[type="{role}"] {{ font-size: {size}px; font-weight: {weight}; }}')
    rules += [f'QLabel[ink="{ink}"] {{ color: {t.css(ink)}; }}' for ink in INKS]
    rules += [
        f'QLabel[weight="{weight}"] {{ font-weight: {weight}; }}' for weight in (400, 500, 600, 700)
    ]
    return "\n".join(rules)


def _buttons(t: "Theme") -> str:
    line = t.line_width
    body = t.type_of("body")[0]
    rules = [
        f"""
QPushButton {{ font-size: {body}px; font-weight: 500; color: {t.css("ink")};
  background: {t.css("raised")}; border: {line}px solid {t.css("line_strong")};
  border-radius: {t.radius("field")}px; padding: 0 15px;
  min-height: {t.size("control.button") - 2 * line}px; }}
QPushButton:hover {{ background: {t.css("accent_soft")}; }}
QPushButton:pressed, QPushButton:checked {{ background: {t.css("accent_soft")};
  border-color: {t.css("accent_line")}; color: {t.css("accent")}; }}
QPushButton:disabled {{ color: {t.css("ink_faint")}; background: {t.css("desk")};
  border-color: {t.css("line")}; }}
QPushButton[kind="accent"] {{ color: {t.css("accent")}; border-color: {t.css("accent_line")}; }}
QPushButton[kind="attention"] {{ color: {t.css("attention")};
  background: {t.css("attention_soft")}; border-color: {t.css("attention_line")}; }}
QPushButton[kind="quiet"] {{ color: {t.css("accent")}; background: transparent;
  border-color: transparent; font-weight: 600; padding: 0 11px; }}
QPushButton[kind="quiet"]:hover {{ background: {t.css("accent_soft")}; }}
QPushButton[kind="plain"] {{ background: transparent; border-color: transparent; }}
QPushButton[kind="plain"]:hover {{ background: {t.css("accent_soft")}; }}
"""
    ]
    rules.append(_filled(t, "primary", "accent_fill", "on_accent", "accent_hover"))
    rules.append(_filled(t, "danger", "live", "on_live", "live"))
    rules.append(f"""
QPushButton[kind]:disabled {{ color: {t.css("ink_faint")}; }}
QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled,
QPushButton[kind="accent"]:disabled {{
  background: {t.css("desk")}; border-color: {t.css("line")}; }}
QPushButton[kind="quiet"]:disabled, QPushButton[kind="plain"]:disabled {{
  background: transparent; border-color: transparent; }}""")
    if t.name == "high_contrast":
        rules.append("QPushButton:disabled { border-style: dashed; }")
        rules.append("QPushButton[kind]:disabled { border-style: dashed; }")
    rules += [_extent(t, "small", "button_small", "body", 12)]
    rules += [_extent(t, "touch", "touch_minimum", "body", 10)]
    rules += [_extent(t, "large", "button_large", "section", 20)]
    rules += [_extent(t, "stage", "button_stage", "title", 24)]
    return "\n".join(rules)


def _filled(t: "Theme", kind: str, fill: str, words: str, hover: str) -> str:
    pressed = "accent_pressed" if kind == "primary" else fill
    return f"""
QPushButton[kind="{kind}"] {{ color: {t.css(words)}; background: {t.css(fill)};
  border-color: {t.css(fill)}; font-weight: 600; }}
QPushButton[kind="{kind}"]:hover {{ background: {t.css(hover)}; border-color: {t.css(hover)}; }}
QPushButton[kind="{kind}"]:pressed {{ background: {t.css(pressed)}; color: {t.css(words)}; }}"""


def _extent(t: "Theme", extent: str, height: str, type_role: str, padding: int) -> str:
    px = min(t.type_of(type_role)[0], t.scaled(19))
    inner = t.size(f"control.{height}") - 2 * t.line_width
    if extent == "stage":  # large enough as it is; its words have room to grow
        inner = min(inner, round(1.4 * t.number(f"control.{height}")))
    return f"""QPushButton[extent="{extent}"] {{ min-height: {inner}px; font-size: {px}px;
  padding: 0 {padding}px; }}"""


def _special_buttons(t: "Theme") -> str:
    tool = t.size("control.tool")
    touch = t.size("control.tool_touch") - 2 * t.line_width
    radius = t.radius("field")
    return f"""
QToolButton {{ background: transparent; border: {t.line_width}px solid transparent;
  border-radius: {radius}px; min-width: {tool - 2}px; min-height: {tool - 2}px;
  color: {t.css("ink_soft")}; font-size: {t.type_of("body")[0]}px; font-weight: 500; }}
QToolButton:hover {{ background: {t.css("accent_soft")}; }}
QToolButton:pressed {{ background: {t.css("accent_soft")}; }}
QToolButton:checked {{ background: {t.css("accent_soft")}; color: {t.css("accent")};
  border-color: {_marked_edge(t)}; }}
QToolButton:disabled {{ color: {t.css("ink_faint")}; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QToolButton[extent="small"] {{ min-width: {t.scaled(26)}px; min-height: {t.scaled(26)}px; }}
QToolButton[extent="touch"] {{ min-width: {touch}px; max-width: {touch}px;
  min-height: {touch}px; max-height: {touch}px; }}
QPushButton[kind="side"] {{ text-align: left; padding: 0 11px; background: transparent;
  border-color: transparent; color: {t.css("ink_soft")}; min-height: {t.scaled(40) - 2}px; }}
QPushButton[kind="side"]:hover {{ background: {t.css("desk")}; }}
QPushButton[kind="side"]:checked {{ background: {t.css("accent_soft")}; color: {t.css("accent")};
  font-weight: 600; border-color: {_marked_edge(t)}; }}
QPushButton[kind="segment"] {{ background: transparent; border-color: transparent;
  color: {t.css("ink_soft")}; min-height: {t.size("control.button_small")}px; padding: 0 12px; }}
QPushButton[kind="segment"]:hover {{ background: {t.css("desk")}; }}
QPushButton[kind="segment"]:checked {{ background: {t.css("accent_soft")};
  color: {t.css("accent")}; font-weight: 600; border-color: {_marked_edge(t)}; }}
QPushButton[kind="toast"] {{ background: transparent; border-color: transparent;
  color: {t.css("toast_action")}; font-weight: 600; padding: 0 11px; }}
QPushButton[kind="toast"]:hover {{ border-color: {t.css("toast_action")}; }}
"""


def _marked_edge(t: "Theme") -> str:
    """In high contrast a chosen thing has an edge too, never colour alone."""
    return t.css("line_strong") if t.name == "high_contrast" else "transparent"


def _fields(t: "Theme") -> str:
    line = t.line_width
    inner = t.size("control.field") - 2 * line
    kinds = "QLineEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit, QComboBox"
    focus = ", ".join(f"{kind.strip()}:focus" for kind in kinds.split(","))
    off = ", ".join(f"{kind.strip()}:disabled" for kind in kinds.split(","))
    down = _picture("chevron-down", t.colour("ink_soft").name(), 1.75)
    up = _picture("chevron-up", t.colour("ink_soft").name(), 1.75)
    arrow = t.scaled(16)
    return f"""
{kinds} {{ background: {t.css("surface")}; color: {t.css("ink")};
  border: {line}px solid {t.css("line_strong")}; border-radius: {t.radius("field")}px;
  min-height: {inner}px; padding: 0 11px; selection-background-color: {t.css("accent_fill")};
  selection-color: {t.css("on_accent")}; }}
QTextEdit, QPlainTextEdit {{ background: {t.css("surface")}; color: {t.css("ink")};
  border: {line}px solid {t.css("line_strong")}; border-radius: {t.radius("field")}px;
  padding: 5px 8px; selection-background-color: {t.css("accent_fill")};
  selection-color: {t.css("on_accent")}; }}
{focus}, QTextEdit:focus, QPlainTextEdit:focus {{ border-color: {t.css("accent")}; }}
{off}, QTextEdit:disabled, QPlainTextEdit:disabled {{ color: {t.css("ink_faint")};
  background: {t.css("desk")}; border-color: {t.css("line")}; }}
QLineEdit[state="error"], QTextEdit[state="error"] {{ border-color: {t.css("live")}; }}
QLineEdit {{ placeholder-text-color: {t.css("ink_faint")}; }}
QTextEdit, QPlainTextEdit {{ placeholder-text-color: {t.css("ink_faint")}; }}
QLineEdit[search="true"] {{ padding-left: {t.scaled(20) + 16}px; }}
QLineEdit QToolButton {{ min-width: 0; min-height: 0; border: none; padding: 0; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{ border: none; border-radius: 0;
  padding: 0; background: transparent; min-height: 0; }}
QLineEdit[bare="true"], QSpinBox[bare="true"] {{ border: none; background: transparent;
  padding: 0; min-height: {t.scaled(30)}px; }}
QComboBox::drop-down {{ border: none; width: {arrow + 16}px; }}
QComboBox::down-arrow {{ {down} width: {arrow}px; height: {arrow}px; }}
QDateEdit::drop-down, QTimeEdit::drop-down {{ border: none; width: {arrow + 12}px; }}
QDateEdit::down-arrow {{ {down} width: {arrow}px; height: {arrow}px; }}
QSpinBox, QTimeEdit, QDateTimeEdit, QDoubleSpinBox {{ padding-right: {arrow + 10}px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none;
  background: transparent; width: {arrow + 8}px; subcontrol-origin: border; }}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
QAbstractSpinBox::up-arrow {{ {up} width: {t.scaled(12)}px; height: {t.scaled(12)}px; }}
QAbstractSpinBox::down-arrow {{ {down} width: {t.scaled(12)}px; height: {t.scaled(12)}px; }}
"""


def _choices(t: "Theme") -> str:
    side = t.size("control.check") - 2
    tick = _picture("check", t.colour("on_accent").name(), 2.5)
    dash = _picture("minus", t.colour("on_accent").name(), 2.5)
    edge = max(1, t.line_width)
    return f"""
QCheckBox, QRadioButton {{ color: {t.css("ink")}; spacing: 10px; background: transparent;
  min-height: {t.scaled(24)}px; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.css("ink_faint")}; }}
QCheckBox::indicator, QAbstractItemView::indicator {{ width: {side}px; height: {side}px;
  border: {edge}px solid {t.css("check_edge")}; border-radius: 4px;
  background: {t.css("surface")}; }}
QCheckBox::indicator:hover {{ border-color: {t.css("accent")}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{ {tick}
  background: {t.css("accent_fill")}; border-color: {t.css("accent_fill")}; }}
QCheckBox::indicator:indeterminate {{ {dash} background: {t.css("accent_fill")};
  border-color: {t.css("accent_fill")}; }}
QCheckBox::indicator:disabled {{ border-color: {t.css("line_strong")};
  background: {t.css("desk")}; }}
QRadioButton::indicator {{ width: {side}px; height: {side}px; border-radius: {side // 2 + 1}px;
  border: {edge}px solid {t.css("check_edge")}; background: {t.css("surface")}; }}
QRadioButton::indicator:checked {{ border: {t.scaled(6)}px solid {t.css("accent_fill")};
  width: {side + 2 - 2 * t.scaled(6)}px; height: {side + 2 - 2 * t.scaled(6)}px; }}
"""


def _lists(t: "Theme") -> str:
    row = t.size("control.row_board")
    return f"""
QAbstractItemView {{ background: {t.css("surface")}; color: {t.css("ink")}; outline: none;
  border: {t.line_width}px solid {t.css("line")}; border-radius: {t.radius("card")}px;
  alternate-background-color: {t.css("desk")}; gridline-color: {t.css("line")};
  selection-background-color: {t.css("accent_soft")}; selection-color: {t.css("ink")}; }}
QListView::item, QTreeView::item {{ min-height: {row - 2}px; padding: 0 8px; }}
QTableView::item {{ padding: 0 10px; }}
QListView::item:hover, QTreeView::item:hover, QTableView::item:hover {{
  background: {t.css("desk")}; }}
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {{
  background: {t.css("accent_soft")}; color: {t.css("ink")}; }}
QAbstractItemView[flat="true"] {{ border: none; border-radius: 0; background: transparent; }}
QHeaderView {{ background: {t.css("surface")}; border: none; }}
QHeaderView::section {{ background: {t.css("surface")}; color: {t.css("ink_soft")};
  border: none; border-bottom: {t.line_width}px solid {t.css("line")};
  padding: 6px 12px; font-size: {t.type_of("caption")[0]}px; font-weight: 600; }}
QTableCornerButton::section {{ background: {t.css("surface")}; border: none; }}
QComboBox QAbstractItemView {{ border: {t.line_width}px solid {t.css("line_strong")};
  border-radius: {t.radius("field")}px; padding: 4px; }}
QMenu {{ background: {t.css("surface")}; color: {t.css("ink")}; padding: 4px;
  border: {t.line_width}px solid {t.css("line_strong")}; }}
QMenu::item {{ padding: {t.scaled(7)}px 28px {t.scaled(7)}px 12px; border-radius: 4px; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::item:selected {{ background: {t.css("accent_soft")}; color: {t.css("ink")}; }}
QMenu::item:disabled {{ color: {t.css("ink_faint")}; }}
QMenu::separator {{ height: {t.line_width}px; background: {t.css("line")}; margin: 4px 8px; }}
QToolTip {{ background: {t.css("toast")}; color: {t.css("on_toast")};
  border: {t.line_width}px solid {t.css("toast")}; padding: 5px 8px;
  font-size: {t.type_of("caption")[0]}px; }}
"""


def _bars(t: "Theme") -> str:
    size = t.type_of("body")[0]
    handle = t.css("line_strong")
    return f"""
QTabBar {{ background: transparent; border: none; }}
QTabBar::tear {{ width: 0; border: none; }}
QTabBar::scroller {{ width: {t.scaled(32)}px; }}
QTabBar QToolButton {{ min-width: {t.scaled(24)}px; border: none; padding: 0; }}
QTabBar::tab {{ background: transparent; color: {t.css("ink_soft")}; font-size: {size}px;
  font-weight: 500; border: none; border-bottom: 2px solid transparent; padding: 0 0px;
  margin: 0 {t.scaled(10)}px; min-height: {t.scaled(40)}px; }}
QTabBar::tab:hover {{ color: {t.css("ink")}; }}
QTabBar::tab:selected {{ color: {t.css("accent")}; font-weight: 600;
  border-bottom-color: {t.css("accent")}; }}
QTabBar::tab:disabled {{ color: {t.css("ink_faint")}; }}
QTabWidget::pane {{ border: none; border-top: {t.line_width}px solid {t.css("line")}; }}
QProgressBar {{ background: {t.css("canvas")}; border: none; color: transparent;
  border-radius: {t.radius("bar")}px; min-height: {t.scaled(8)}px; max-height: {t.scaled(8)}px; }}
QProgressBar::chunk {{ background: {t.css("accent_fill")}; border-radius: {t.radius("bar")}px; }}
QProgressBar[role="good"]::chunk {{ background: {t.css("good")}; }}
QProgressBar[role="live"]::chunk {{ background: {t.css("live")}; }}
QProgressBar[role="attention"]::chunk {{ background: {t.css("attention_fill")}; }}
QProgressBar[role="ink_soft"]::chunk {{ background: {t.css("ink_soft")}; }}
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: 12px; margin: 0; }}
QScrollBar:horizontal {{ height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {handle}; border-radius: 3px; }}
QScrollBar::handle:vertical {{ min-height: 40px; margin: 3px; }}
QScrollBar::handle:horizontal {{ min-width: 40px; margin: 3px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {t.css("check_edge")}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSlider::groove:horizontal {{ height: 4px; background: {t.css("canvas")}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: 18px; margin: -7px 0; border-radius: 9px;
  background: {t.css("accent_fill")}; }}
QSplitter::handle {{ background: {t.css("line")}; }}
QSplitter::handle:horizontal {{ width: {t.line_width}px; }}
QSplitter::handle:vertical {{ height: {t.line_width}px; }}
"""


def _frames(t: "Theme") -> str:
    line = f"{t.line_width}px solid {t.css('line')}"
    card = t.radius("card")
    rules = [
        f"""
QScrollArea, QStackedWidget {{ border: none; background: transparent; }}
QFrame[frame="card"] {{ background: {t.css("surface")}; border: {line};
  border-radius: {card}px; }}
QFrame[frame="card"][chosen="true"] {{ border: {max(2, t.line_width)}px solid {t.css("accent")}; }}
QFrame[frame="card"][chosen="soft"] {{ border-color: {t.css("accent_line")}; }}
QFrame[frame="surface"] {{ background: {t.css("surface")}; border: none; }}
QFrame[frame="desk"] {{ background: {t.css("desk")}; border: none; }}
QFrame[frame="canvas"] {{ background: {t.css("canvas")}; border: none; }}
QFrame[frame="top_bar"] {{ background: {t.css("surface")}; border: none; border-bottom: {line}; }}
QFrame[frame="pane_head"] {{ background: {t.css("surface")}; border: none;
  border-bottom: 2px solid {t.css("line")}; }}
QFrame[frame="pane_head"][active="true"] {{ border-bottom: 2px solid {t.css("accent")}; }}
QFrame[frame="bottom_bar"] {{ background: {t.css("surface")}; border: none; border-top: {line}; }}
QFrame[frame="side_bar"] {{ background: {t.css("surface")}; border: none; border-right: {line}; }}
QFrame[frame="right_panel"] {{ background: {t.css("surface")}; border: none;
  border-left: {line}; }}
QFrame[frame="line"] {{ background: {t.css("line")}; border: none; }}
QFrame[frame="field"] {{ background: {t.css("surface")}; border-radius: {t.radius("field")}px;
  border: {t.line_width}px solid {t.css("line_strong")}; }}
QFrame[frame="toast"] {{ background: {t.css("toast")}; border-radius: {card}px;
  border: {t.line_width - 1}px solid {t.css("line_strong")}; }}
QFrame[frame="popup"] {{ background: {t.css("surface")}; border-radius: {card}px;
  border: {t.line_width}px solid {t.css("line_strong")}; }}
"""
    ]
    for role, edge in (("attention", "attention_line"), ("live", "live"), ("good", "good")):
        rules.append(
            f'QFrame[frame="info"][role="{role}"] {{ background: {t.css(role + "_soft")}; '
            f"border: none; border-bottom: {t.line_width}px solid {t.css(edge)}; }}"
        )
    for role, edge in (("attention", "attention_fill"), ("live", "live"), ("good", "good")):
        rules.append(
            f'QFrame[frame="card"][edge="{role}"] {{ border-left: 4px solid {t.css(edge)}; }}'
        )
    return "\n".join(rules)
