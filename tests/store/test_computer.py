"""What a computer tells of its disk and its battery."""

from pathlib import Path

import pytest

from meetingroom.store.computer import free_mb, power


def supply(folder: Path, name: str, **values: str) -> None:
    place = folder / name
    place.mkdir()
    for key, value in values.items():
        (place / key).write_text(f"{value}\n", encoding="utf-8")


def test_free_space_is_a_number_and_a_place_that_is_not_there_is_unknown(tmp_path: Path) -> None:
    assert free_mb(tmp_path) > 0
    assert free_mb(tmp_path / "nowhere" / "at all") == -1


@pytest.mark.parametrize(
    ("online", "status", "told"),
    [("1", "Charging", (62, True)), ("0", "Discharging", (62, False)), ("0", "Full", (62, True))],
)
def test_a_laptop_tells_its_charge_and_whether_it_is_plugged_in(
    tmp_path: Path, online: str, status: str, told: tuple[int, bool]
) -> None:
    supply(tmp_path, "AC", type="Mains", online=online)
    supply(tmp_path, "BAT0", type="Battery", capacity="62", status=status)
    supply(tmp_path, "mouse", type="Battery", scope="Device", capacity="5")
    assert power(tmp_path) == told


def test_a_computer_without_a_battery_runs_on_mains(tmp_path: Path) -> None:
    assert power(tmp_path) == (-1, True)
