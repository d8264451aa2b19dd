"""Which screen is the room's: decided from plain values."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from meetingroom.ui.display import screen_choice
from meetingroom.ui.display.screen_choice import KeptScreen, SeenScreen, decide, keep, read, written

LAPTOP = SeenScreen("eDP-1", "BOE", "NV140", "", 1920 * 1080, 355, is_primary=True)
FINE_LAPTOP = dataclasses.replace(LAPTOP, pixels=2880 * 1800)
WALL = SeenScreen("HDMI-1", "Samsung", "QM55", "SN-1", 1920 * 1080, 1390)
NEW_WALL = SeenScreen("HDMI-1", "LG", "55UH", "SN-9", 3840 * 2160, 1390)
PROJECTOR = SeenScreen("DP-1", "Epson", "EB", "", 1280 * 800, 0)


def chosen(*screens: SeenScreen, kept: KeptScreen | None = None) -> tuple[str, bool]:
    """(the socket of the screen, whether all of it is taken)."""
    decision = decide(screens, kept)
    return (decision.screen.name, decision.is_whole) if decision else ("", False)


def test_the_wall_is_chosen_although_the_laptop_has_more_pixels():
    assert chosen(FINE_LAPTOP, WALL) == ("HDMI-1", True)


def test_a_projector_that_tells_no_size_goes_before_the_laptops_own_screen():
    assert chosen(FINE_LAPTOP, PROJECTOR) == ("DP-1", True)


def test_the_only_screen_is_the_rooms():
    assert chosen(LAPTOP) == ("eDP-1", True)


def test_what_a_person_chose_stays_chosen():
    kept = keep(PROJECTOR, [LAPTOP, WALL, PROJECTOR], is_chosen=True)
    assert chosen(LAPTOP, WALL, PROJECTOR, kept=kept) == ("DP-1", True)


def test_a_screen_with_a_serial_is_known_in_another_socket():
    kept = keep(WALL, [LAPTOP, WALL], is_chosen=True)
    moved = dataclasses.replace(WALL, name="DP-2")
    assert chosen(LAPTOP, moved, kept=kept) == ("DP-2", True)


def test_two_of_one_model_are_told_apart_by_their_serials():
    twin = dataclasses.replace(WALL, name="DP-2", serial="SN-2")
    kept = keep(twin, [WALL, twin], is_chosen=True)
    assert chosen(WALL, twin, kept=kept) == ("DP-2", True)
    assert screen_choice.told_apart([WALL, twin]) == ["Samsung QM55 (1)", "Samsung QM55 (2)"]


def test_the_console_is_not_covered_while_the_rooms_screen_is_away():
    kept = keep(WALL, [LAPTOP, WALL], is_chosen=False)
    assert chosen(LAPTOP, kept=kept) == ("eDP-1", False)
    assert chosen(LAPTOP, WALL, kept=kept) == ("HDMI-1", True)


def test_another_screen_that_nobody_works_on_takes_its_place():
    kept = keep(WALL, [LAPTOP, WALL, PROJECTOR], is_chosen=False)
    assert chosen(LAPTOP, PROJECTOR, kept=kept) == ("DP-1", True)


def test_a_computer_that_only_ever_had_one_screen_fills_a_new_one_too():
    kept = keep(WALL, [WALL], is_chosen=False)
    assert chosen(dataclasses.replace(NEW_WALL, is_primary=True), kept=kept) == ("HDMI-1", True)


def test_a_screen_plugged_in_late_takes_the_room_from_the_laptop():
    kept = keep(LAPTOP, [LAPTOP], is_chosen=False)
    assert chosen(LAPTOP, WALL, kept=kept) == ("HDMI-1", True)


def test_without_any_screen_nothing_is_decided():
    assert decide([], None) is None


words = st.text(st.characters(codec="utf-8", exclude_characters="|"), max_size=12)


@given(words, words, words, words, st.booleans(), st.booleans())
def test_what_is_remembered_is_read_as_it_was(name, maker, model, serial, is_chosen, was_alone):
    kept = KeptScreen(name, maker, model, serial, is_chosen, was_alone)
    again = read(written(kept))
    assert again == (kept if any((name, maker, model, serial)) else None)


@given(st.text(max_size=40))
def test_settings_that_make_no_sense_remember_nothing_or_a_screen(line):
    kept = read(line)
    assert kept is None or read(written(kept)) == kept
