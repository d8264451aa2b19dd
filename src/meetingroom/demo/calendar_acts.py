"""The week, calendars and figures in the album."""

import tempfile
from datetime import timedelta
from pathlib import Path

from meetingroom.demo.cast import Actor
from meetingroom.demo.hands import live, press, wait_for
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.office_week import Engagement, Week, monday_of, with_rows
from meetingroom.domain.records import moment_of
from meetingroom.domain.week_lines import WeekLine, people_named
from meetingroom.invitations.week_file import week_lines
from meetingroom.resources import resource
from meetingroom.ui.secretary.figures_page import FiguresPage
from meetingroom.ui.secretary.week_import import WeekImport
from meetingroom.ui.secretary.week_page import WeekPage
from meetingroom.ui.stage import moments
from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.stage.week_scene import paint_week
from meetingroom.wording import tr

SETTLE_MS = 400
RATES = {"km_central": 320, "km_province": 95, "cost_per_km": 9000, "cost_per_day": 200_000}


def write_sample_week(folder: Path) -> Path:
    """The sample office's schedule of this week, as an office program would save it."""
    monday = monday_of(moments.now().date())
    days = {f"day{n}": f"{monday + timedelta(days=n):%d/%m/%Y}" for n in range(7)}
    words = resource("sample", "week.txt").read_text(encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "Lịch làm việc tuần.txt"
    file.write_text(words.format(week=monday.isocalendar().week, **days), encoding="utf-8")
    return file


def see_sample_week(actor: Actor, folder: str) -> int:
    """The idle display with the sample office's week (read here, and issued nowhere)."""
    canvas = actor.room.canvas
    office = actor.office.directory.office
    rows = [_engagement(actor, line) for line in week_lines(write_sample_week(Path(folder)), None)]
    week = with_rows(Week(monday=monday_of(moments.now().date()), days=()), rows)

    def paint(brush: Brush, _coming: object) -> None:
        paint_week(brush, office.name if office else "", week, moments.now())

    setattr(canvas, "_paint_idle", paint)  # noqa: B010 - for one picture
    canvas.update()
    return len(rows)


def _engagement(actor: Actor, line: WeekLine) -> Engagement:
    starts = moment_of(line.starts_at).astimezone(moments.ZONE)
    named = people_named(line.chair, actor.office.directory)
    link = OnlineLink(link="link", title=line.title, url="", organiser=line.organiser)
    return Engagement(
        meeting=line.title,
        title=line.title,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        place=line.place,
        chair=actor.office.directory.people.get(named[0]) if named else None,
        links=(link,) if line.organiser else (),
    )


def see_own_week(actor: Actor) -> None:
    """The idle display with what the office has."""
    actor.room.canvas.__dict__.pop("_paint_idle", None)
    actor.room.canvas.update()


def see_week(actor: Actor) -> None:
    """The week on the secretary's desk."""
    actor.desk.go("prepare")
    desk = actor.desk.secretary
    desk.show_list()
    press(desk.list, tr("The week's meetings"))
    live(SETTLE_MS)


def _page(actor: Actor) -> WeekPage:
    page = actor.desk.secretary.stack.currentWidget()
    assert isinstance(page, WeekPage)  # noqa: S101
    return page


def open_sample_week(actor: Actor) -> None:
    """What a schedule of others offers, over the week."""
    page = _page(actor)
    page.bring_in(write_sample_week(Path(tempfile.gettempdir()) / "meetingroom-week"))
    wait_for(lambda: _offered(page), "the schedule is read")


def _offered(page: WeekPage) -> list[WeekImport]:
    return [one for one in page.findChildren(WeekImport) if one.isVisible()]


def take_sample_week(actor: Actor, folder: str) -> int:
    """Make drafts of the schedule; how many."""
    page = _page(actor)
    page.bring_in(write_sample_week(Path(folder)))
    (dialog,) = wait_for(lambda: _offered(page), "the schedule is read")
    count = len(dialog.ticked())
    dialog.make.click()
    wait_for(page.info.isVisible, "the drafts are made")
    page.info.withdraw()
    live(SETTLE_MS)
    return count


def give_up_drafts(actor: Actor) -> None:
    """So that the next pictures begin as these did."""
    drafting = actor.context.drafting
    for key, draft in dict(drafting.drafts if drafting else {}).items():
        if drafting is not None and not draft.base:
            drafting.discard(key)
    wait_for(lambda: drafting is None or all(d.base for d in drafting.drafts.values()), "none left")


def see_figures(actor: Actor) -> int:
    """The figures of online meetings, with distances typed; how many kilometres."""
    desk = actor.desk.secretary
    desk.show_list()
    press(desk.list, tr("Online figures"))
    page = desk.stack.currentWidget()
    assert isinstance(page, FiguresPage)  # noqa: S101
    wait_for(lambda: page.shown is not None, "the figures")
    for key, number in RATES.items():
        page._numbers[key].setValue(number)  # noqa: SLF001 - as a hand would
    wait_for(lambda: page.shown is not None and page.shown.rates.km_province, "they are kept")
    live(SETTLE_MS)
    return page.shown.total.km if page.shown is not None else 0


def open_my_calendar(actor: Actor) -> None:
    """The own meetings in other calendars, over the home screen."""
    calendars = actor.context.calendars
    if calendars is not None:
        actor.desk.home.open_calendar(calendars)
        live(SETTLE_MS)


OPENERS = {"my-calendar": open_my_calendar, "sample-week": open_sample_week}
ACTS = {
    name.__name__: name
    for name in (
        see_sample_week, see_own_week, see_week, take_sample_week, give_up_drafts, see_figures,
    )
}  # fmt: skip
