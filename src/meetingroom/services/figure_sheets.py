"""The figures of online meetings as sheets of a workbook, in words."""

from collections.abc import Sequence

from meetingroom.domain.invitation import Level
from meetingroom.domain.online_figures import LEVELS, MONTHS, Basis, Figures, Sums
from meetingroom.domain.sheets import Cell, Chart, Column, Sheet
from meetingroom.wording import tr


def level_words(level: Level) -> str:
    """Which level invites, as reports name it."""
    words = {
        "central": tr("Central"),
        "province": tr("Province"),
        "commune": tr("Commune"),
        "other": tr("Other", "level"),
    }
    return words.get(level, words["other"])


def basis_words(basis: Basis) -> str:
    """From where it is known how long a meeting was."""
    words = {
        "joined": tr("joining and leaving"),
        "session": tr("opening and closing"),
        "planned": tr("its plan"),
    }
    return words[basis]


def note_words(figures: Figures) -> tuple[str, ...]:
    """What one should know of how the figures came about."""
    notes = [
        tr("Counted are online meetings you take part in that took place, by their day."),
        tr(
            "Hours: {0} by joining and leaving, {1} by opening and closing the session, "
            "{2} as planned."
        ).format(*(figures.of_basis(basis) for basis in ("joined", "session", "planned"))),
        tr("People: who checked in at the commune's site; {0} meetings have no check-in.").format(
            figures.without_check_in
        ),
        tr(
            "Kilometres: there and back, {0} people a car. Money: {1} đồng a kilometre and {2} "
            "đồng a person and day, where the distance is known."
        ).format(
            figures.rates.people_per_car,
            _dotted(figures.rates.cost_per_km),
            _dotted(figures.rates.cost_per_day),
        ),
    ]
    return tuple(notes)


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def numbers(sums: Sums) -> tuple[Cell, ...]:
    """One row of figures: by level, meetings, hours, people, kilometres, money."""
    levels = (sums.of_level.get(level, 0) for level in LEVELS)
    return (*levels, sums.meetings, sums.hours, sums.people, sums.km, sums.money)


def month_words(month: int) -> str:
    return tr("Month {0}").format(month)


def heads() -> tuple[Column, ...]:
    """The columns over `numbers`."""
    return (
        *(Column(head=level_words(level), shape="count", wide=12) for level in LEVELS),
        Column(head=tr("Meetings"), shape="count", wide=12),
        Column(head=tr("Hours"), shape="hours", wide=10),
        Column(head=tr("People"), shape="count", wide=12),
        Column(head=tr("Kilometres not driven"), shape="number", wide=16),
        Column(head=tr("Đồng not spent"), shape="number", wide=18),
    )


def sheets_of(figures: Figures, office: str) -> Sequence[Sheet]:
    """By month with a chart, and meeting by meeting."""
    title = tr("Online meetings in {0}").format(figures.year)
    by_month = Sheet(
        name=tr("By month"),
        title=f"{office} · {title}" if office else title,
        columns=(Column(head=tr("Month")), *heads()),
        rows=tuple(
            (month_words(month), *numbers(sums))
            for month, sums in zip(MONTHS, figures.months, strict=True)
        ),
        has_total=True,
        chart=Chart(title=title, series=(1, 2, 3, 4), up=tr("Meetings")),
        notes=note_words(figures),
    )
    return (by_month, _meetings(figures))


def _meetings(figures: Figures) -> Sheet:
    return Sheet(
        name=tr("Meetings"),
        title=tr("Online meetings in {0}").format(figures.year),
        columns=(
            Column(head=tr("Date"), wide=18),
            Column(head=tr("Title of the meeting"), wide=60),
            Column(head=tr("Level"), wide=14),
            Column(head=tr("Who invites"), wide=28),
            Column(head=tr("Hours"), shape="hours", wide=10),
            Column(head=tr("Length known from"), wide=24),
            Column(head=tr("People"), shape="count", wide=12),
            Column(head=tr("Kilometres not driven"), shape="number", wide=16),
            Column(head=tr("Đồng not spent"), shape="number", wide=18),
        ),
        rows=tuple(
            (
                f"{row.starts_at:%d/%m/%Y %H:%M}",
                row.title,
                level_words(row.level),
                ", ".join(row.organisers),
                round(row.minutes / 60, 1),
                basis_words(row.basis),
                row.people,
                row.km,
                row.money,
            )
            for row in figures.held
        ),
    )
