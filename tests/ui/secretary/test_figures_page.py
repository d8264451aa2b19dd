"""Figures of online meetings on the secretary's desk."""

import zipfile
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from meetingroom import wording
from meetingroom.domain.online_figures import LEVELS
from meetingroom.settings import read_settings
from meetingroom.ui.secretary.desk import SecretaryDesk
from meetingroom.ui.secretary.figure_chart import brush_of, distance
from meetingroom.ui.secretary.figures_page import FiguresPage, shown_number
from meetingroom.ui.stage.moments import ZONE
from meetingroom.ui.theme import apply_theme, current_theme, load_theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "support raise")
LINK = "https://zoom.us/j/8123456789"


@pytest.fixture
def page(office, qtbot) -> FiguresPage:
    """The figures after one online meeting with two people, and one not online."""
    start = datetime.now(ZONE) - timedelta(hours=3)
    if start.year != datetime.now(ZONE).year:
        pytest.skip("the first hours of a year have no meetings yet")
    meeting = office.issued(LINK, starts_at=start.isoformat())
    office.issued(starts_at=start.isoformat())
    leading = office.secretary.leading
    for person in ("person-a", "person-b"):
        leading.check_in(meeting, person).result(10)
    made = SecretaryDesk(office.secretary)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.list.aside_requested.emit("figures")
    shown = made.stack.currentWidget()
    office.wait(lambda: shown.shown is not None)
    return shown


def words(page: FiguresPage) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def test_only_the_online_meeting_counts_with_who_was_here(page):
    total = page.shown.total
    assert (total.meetings, total.people, total.of_level["other"]) == (1, 2, 1)
    assert page.shown.of_basis("planned") == 1
    assert "Kilometres not driven" in words(page)


def test_a_distance_typed_is_kept_and_reckoned_with_at_once(office, page):
    page._numbers["km_other"].setValue(120)
    page._numbers["cost_per_km"].setValue(5000)
    office.wait(lambda: page.shown.total.km == 240)
    assert page.shown.total.money == 240 * 5000
    assert "1,200,000" in words(page)
    assert read_settings(office.root / "s").km_to_others == 120


def test_another_year_has_its_own_figures(office, page):
    page.show_year(page.year - 1)
    office.wait(lambda: page.shown.year == page.year)
    assert page.shown.total.meetings == 0


def test_the_workbook_is_written_with_its_chart(office, page, tmp_path: Path):
    page.export_to(tmp_path / "số liệu.xlsx")
    office.wait(lambda: page.info.isVisible() and page.export.isEnabled())
    with zipfile.ZipFile(tmp_path / "số liệu.xlsx") as files:
        assert "xl/charts/chart1.xml" in files.namelist()
        assert "Phiên họp" in files.read("xl/sharedStrings.xml").decode()


def test_the_chart_is_told_in_words_too(page):
    assert ": 1" in page.chart.accessibleDescription()


@pytest.mark.parametrize(
    ("spoken", "written"),
    [("vi", ["1.234.567", "3,5", "2", "1.200,5"]), ("en", ["1,234,567", "3.5", "2", "1,200.5"])],
)
def test_numbers_are_written_as_the_language_does(spoken, written):
    wording.choose_language(spoken)
    assert [shown_number(one) for one in (1234567, 3.5, 2.0, 1200.5)] == written


@pytest.mark.parametrize("theme", ["light", "dark", "high_contrast"])
def test_no_two_levels_look_the_same_in_the_chart(qapp, theme):
    before = current_theme()
    try:
        apply_theme(qapp, load_theme(theme))
        looks = [(one.color(), one.style()) for one in map(brush_of, LEVELS)]
    finally:
        apply_theme(qapp, before)
    for (colour, style), (other, other_style) in combinations(looks, 2):
        assert style != other_style or distance(colour, other) > 96
