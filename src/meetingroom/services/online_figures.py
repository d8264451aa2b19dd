"""Figures of online meetings, as a commune reports them: on screen, as a table, as a workbook."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Protocol

from meetingroom.domain.clock import utc_now
from meetingroom.domain.office_week import engagement_of, zone_of
from meetingroom.domain.online_figures import Figures, Held, Rates, figures_of, held_one, took_place
from meetingroom.domain.sheets import Sheet
from meetingroom.services.calendars import KeepFile
from meetingroom.services.desk import Desk
from meetingroom.services.figure_sheets import sheets_of
from meetingroom.settings import Settings

GROUPS = frozenset({"meeting"})
SETTINGS = {  # rate → setting
    "km_central": "km_to_central",
    "km_province": "km_to_province",
    "km_commune": "km_to_commune",
    "km_other": "km_to_others",
    "cost_per_km": "cost_of_km",
    "cost_per_day": "cost_of_day",
    "people_per_car": "people_in_car",
}


class WriteWorkbook(Protocol):
    """Sheets to the bytes of a workbook."""

    def __call__(self, sheets: Sequence[Sheet]) -> bytes: ...


class OnlineFigures:
    """Everything runs on the desk's thread and returns Futures; rates are this computer's."""

    def __init__(
        self,
        desk: Desk,
        write: WriteWorkbook,
        keep: KeepFile,
        read_rates: Callable[[], Rates],
        keep_rates: Callable[[Rates], None],
    ) -> None:
        self._desk, self._write, self._keep = desk, write, keep
        self._read_rates, self._keep_rates = read_rates, keep_rates

    def this_year(self) -> int:
        """The year it is at the office."""
        return utc_now().astimezone(zone_of(self._desk.directory)).year

    def figures(self, year: int) -> "Future[Figures]":
        """A year's figures of the meetings this person may read."""
        return self._desk.run(lambda: self.figures_now(year))

    def figures_now(self, year: int) -> Figures:
        """The same at once; off the interface's thread."""
        rates = self._read_rates()
        return figures_of(year, self._held(year, rates), rates)

    def _held(self, year: int, rates: Rates) -> list[Held]:
        desk, now = self._desk, utc_now()
        rows: list[Held] = []
        for meeting in list(desk.meetings.values()):
            row = engagement_of(meeting, desk.directory)
            if row is None or row.starts_at.year != year or not took_place(meeting, row, now):
                continue
            rows.append(held_one(meeting, row, desk.entries(meeting.id, GROUPS), rates))
        return rows

    def keep_rates(self, rates: Rates) -> "Future[None]":
        """Keep distances and costs on this computer. Fails with StoreError."""
        return self._desk.run(lambda: self._keep_rates(rates))

    def save(self, path: Path, year: int) -> "Future[int]":
        """Write a year's workbook; how many meetings are in it. Fails with StoreError."""
        return self._desk.run(lambda: self.save_now(path, self.figures_now(year)))

    def save_now(self, path: Path, figures: Figures) -> int:
        """The same at once; off the interface's thread."""
        office = self._desk.directory.office
        name = office.name if office else self._desk.profile.office_name
        self._keep(path, self._write(sheets_of(figures, name)))
        return figures.total.meetings


def rates_of(settings: Settings) -> Rates:
    """Distances and costs as this computer's settings have them."""
    return Rates(**{field: getattr(settings, name) for field, name in SETTINGS.items()})


def settings_for(rates: Rates) -> dict[str, Any]:
    """The settings that keep these rates."""
    return {name: getattr(rates, field) for field, name in SETTINGS.items()}
