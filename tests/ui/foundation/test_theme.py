"""Roles become colours, sizes and type."""

import itertools

import pytest
from PySide6.QtGui import QColor

from meetingroom.ui.style_sheet import style_sheet
from meetingroom.ui.theme import THEMES, load_theme


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in colour.getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    ("ink", "surface"),
    ("ink_soft", "desk"),
    ("ink_faint", "surface"),
    ("accent", "accent_soft"),
    ("on_accent", "accent_fill"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("live", "live_soft"),
    ("on_live", "live"),
    ("attention", "attention_soft"),
    ("attention_ink", "attention_soft"),
    ("good", "good_soft"),
    ("on_toast", "toast"),
    ("toast_action", "toast"),
]


@pytest.mark.parametrize(("name", "pair"), list(itertools.product(THEMES, PAIRS)))
def test_words_stand_out_from_their_ground_in_every_theme(qapp, name, pair):
    theme = load_theme(name)
    words, ground = (theme.colour(role) for role in pair)
    assert _contrast(words, ground) >= 4.5, pair


def test_a_role_missing_in_a_theme_comes_from_light(qapp):
    assert load_theme("dark").colour("found") == load_theme("light").colour("found")


def test_on_the_display_high_contrast_falls_back_to_dark_before_light(qapp):
    theme = load_theme("high_contrast", for_display=True)
    assert theme.colour("laser") == load_theme("dark").colour("laser")


def test_an_unknown_role_is_an_error(qapp):
    with pytest.raises(KeyError):
        load_theme().colour("mauve")


def test_controls_and_type_grow_with_the_text_and_spaces_do_not(qapp):
    plain, double = load_theme(), load_theme(text_scale=2.0)
    assert double.size("control.button") == 2 * plain.size("control.button") == 72
    assert double.font("body").pixelSize() == 2 * plain.font("body").pixelSize() == 30
    assert double.space("x4") == plain.space("x4") == 16


def test_the_text_is_never_smaller_than_all_nor_larger_than_twice(qapp):
    assert load_theme(text_scale=0.5).text_scale == 1.0
    assert load_theme(text_scale=3.0).text_scale == 2.0


def test_display_sizes_are_the_same_picture_on_every_screen(qapp):
    theme = load_theme("dark", for_display=True)
    assert theme.display("title", 1080) == 108
    assert theme.display("title", 2160) == 216
    assert theme.display("hairline", 720) == 1


def test_mark_colours_repeat_after_eight_people(qapp):
    marks = load_theme().marks
    assert marks.of_person(8) == marks.of_person(0)
    assert marks.of_person(1) != marks.of_person(0)
    assert marks.pen_widths == (1.2, 2.4, 4.8)


def test_nothing_moves_when_the_system_asks_for_less_motion(qapp):
    assert load_theme(less_motion=True).motion("panel") == 0
    assert load_theme(less_motion=False).motion("panel") == 150


@pytest.mark.parametrize("name", THEMES)
def test_a_style_sheet_has_no_open_place(qapp, name):
    sheet = style_sheet(load_theme(name))
    assert sheet.count("{") == sheet.count("}")
    assert "None" not in sheet
