"""Meetings with long words everywhere, and every scene painted from them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import msgspec
from week_world import a_full_week, a_week

from meetingroom.domain.directory import Directory
from meetingroom.domain.facts import (
    AgendaItem,
    Invited,
    MeetingIssued,
    OfficeFounded,
    OnlineLink,
    OpinionShown,
    PersonSet,
    SceneShown,
    SpeechAsked,
)
from meetingroom.domain.meeting import Meeting, Paper, Version
from meetingroom.domain.office_week import week_to_show
from meetingroom.domain.opinions import Opinions, Shown
from meetingroom.domain.records import utc_text
from meetingroom.domain.speaking import Speaking, Speech
from meetingroom.ui.stage import moments, scenes
from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.stage.more_scenes import MORE_SCENES
from meetingroom.ui.stage.online_scene import OnlineShown, paint_online
from meetingroom.ui.stage.week_scene import paint_week

LONG = "Hội nghị trực tuyến toàn tỉnh về phòng, chống đói, rét cho cây trồng, vật nuôi vụ đông"
LONGEST = f"{LONG} xuân và triển khai các nhiệm vụ trọng tâm, đột xuất về phòng cháy chữa cháy rừng"
LINK = OnlineLink(link="link-1", title=LONG, url="https://us02web.zoom.us/j/81234567890")


def world(people: int, title: str = LONG) -> tuple[Meeting, Directory]:
    """A running meeting with so many people and long words everywhere."""
    known = {
        f"person-{n}": PersonSet(
            person=f"person-{n}", name=f"Nguyễn Thị Minh Phượng {n}", title="Phó Giám đốc", order=n
        )
        for n in range(people)
    }
    started = datetime.now(UTC) - timedelta(minutes=33)
    issued = MeetingIssued(
        revision=1, base=0, title=title, kind="other", body="", place="Hội trường tầng 2",
        starts_at=(datetime.now(UTC) + timedelta(minutes=12)).isoformat(), chair="person-0",
        secretaries=("person-1",), people=tuple(Invited(person=key) for key in known),
        agenda=tuple(
            AgendaItem(item=f"item-{n}", title=title, presenter="person-1", minutes=40)
            for n in range(3)
        ),
        links=(LINK,),
    )  # fmt: skip
    meeting = Meeting(
        id="meeting-1", issued=issued, state="open", current_item="item-1",
        item_started_at=started.isoformat(), scene=SceneShown(scene="item"),
        papers={f"paper-{n}": _paper(n, title) for n in range(4)},
    )  # fmt: skip
    office = OfficeFounded(office="office-1", name="Ủy ban nhân dân xã Mẫu Sơn")
    return meeting, Directory(office=office, people=known)


def _paper(place: int, title: str) -> Paper:
    version = Version(version=1, blob=f"blob-{place}", size=1, pages=48, file_name="a.pdf")
    return Paper(
        paper=f"paper-{place}", item="item-2", place=place, title=title,
        audience=("everyone",), versions=(version,),
    )  # fmt: skip


def in_break(meeting: Meeting, seconds: float) -> Meeting:
    """The same meeting in a break that ends in so many seconds."""
    until = utc_text(datetime.now(UTC) + timedelta(seconds=seconds))
    return msgspec.structs.replace(meeting, scene=SceneShown(scene="break", until=until))


def with_opinion(meeting: Meeting, text: str, person: str = "") -> Meeting:
    """The same meeting while an opinion is shown."""
    fact = OpinionShown(opinion="o", is_shown=True, text=text, person=person, item="item-1")
    opinions = Opinions(shown={"o": Shown(fact=fact, by="person-0", at="")})
    scene = SceneShown(scene="opinion", opinion="o")
    return msgspec.structs.replace(meeting, opinions=opinions, scene=scene)


def speaking(meeting: Meeting, used: float = -1, given: int = 300, waiting: int = 5) -> Meeting:
    """The same meeting with who waits to speak, and one who has spoken for so many seconds."""
    now = datetime.now(UTC)
    rows = {
        f"speech-{n}": Speech(
            asked=SpeechAsked(speech=f"speech-{n}", person=f"person-{n}", is_question=n == 3),
            at=utc_text(now),
        )
        for n in range(2, 2 + waiting)
    }
    if used >= 0:
        rows["speech-0"] = Speech(
            asked=SpeechAsked(speech="speech-0", person="person-0"), at=utc_text(now),
            state="speaking", seconds=given, started_at=utc_text(now - timedelta(seconds=used)),
        )  # fmt: skip
    scene = SceneShown(scene="speaker")
    return msgspec.structs.replace(meeting, scene=scene, speaking=Speaking(speeches=rows))


def at_the_end(meeting: Meeting) -> Meeting:
    """The same meeting in its last item."""
    return msgspec.structs.replace(meeting, current_item="item-2")


def scenes_to_look_at(people: int = 60) -> list[tuple[str, Callable[[Brush], object]]]:
    """(name, how it is painted) of every scene that is drawn from the meeting alone."""
    meeting, directory = world(people)
    longest, _ = world(people, LONGEST)
    office = "Ủy ban nhân dân xã Mẫu Sơn"
    words, ink = scenes.time_words_left(meeting)
    more = {name: paint for name, paint in MORE_SCENES.items() if name not in ("break", "next")}
    opinion, short = MORE_SCENES["opinion"], with_opinion(meeting, LONG, "person-2")
    many = with_opinion(longest, LONGEST * 25, "person-2")
    rest, after = MORE_SCENES["break"], MORE_SCENES["next"]
    floor = MORE_SCENES["speaker"]
    states = {"green": (60, 300), "amber": (265, 300), "red": (372, 300), "free": (754, 0)}
    return [
        *(
            (f"speaker-{name}", partial(_paint, floor, speaking(meeting, *state), directory))
            for name, state in states.items()
        ),
        ("speaker-waiting", partial(_paint, floor, speaking(longest, waiting=30), directory)),
        ("idle", lambda brush: scenes.paint_idle(brush, office, meeting)),
        *weeks_to_look_at(),
        ("lobby", lambda brush: scenes.paint_lobby(brush, meeting, directory)),
        ("item", lambda brush: scenes.paint_item(brush, meeting, directory)),
        ("item-longest", lambda brush: scenes.paint_item(brush, longest, directory)),
        *online_scenes(meeting, directory),
        ("break", lambda brush: rest(brush, meeting, directory)),
        ("break-until", lambda brush: rest(brush, in_break(meeting, 14 * 60), directory)),
        ("break-last", lambda brush: rest(brush, in_break(longest, 42), directory)),
        ("break-over", lambda brush: rest(brush, in_break(meeting, -5), directory)),
        ("next", lambda brush: after(brush, meeting, directory)),
        ("next-longest", lambda brush: after(brush, longest, directory)),
        ("next-none", lambda brush: after(brush, at_the_end(meeting), directory)),
        ("opinion-named", lambda brush: opinion(brush, short, directory)),
        ("opinion-longest", lambda brush: opinion(brush, many, directory)),
        ("opinion-unnamed", lambda brush: opinion(brush, with_opinion(meeting, LONG), directory)),
        ("strip", lambda brush: scenes.paint_strip(brush, "2.1", LONG, "15 / 48", words, ink)),
        *((name, partial(_paint, paint, meeting, directory)) for name, paint in more.items()),
    ]  # fmt: skip


def weeks_to_look_at() -> list[tuple[str, Callable[[Brush], object]]]:
    """The idle scene's week: a usual one, and one in which not everything fits."""

    def paint(brush: Brush, made: tuple[list[Meeting], Directory, datetime]) -> None:
        meetings, directory, now = made
        paint_week(brush, "Ủy ban nhân dân xã Mẫu Sơn", week_to_show(meetings, directory, now), now)

    weeks = {"week": a_week(), "week-full": a_full_week()}
    return [(name, partial(paint, made=made)) for name, made in weeks.items()]


def online_scenes(meeting: Meeting, directory: Directory) -> list[tuple[str, Callable]]:
    """The online meeting: everything at once, and over the higher level's own system."""
    full = msgspec.structs.replace(
        LINK, meeting_number="812 3456 7890", organiser=LONG, site=LONG, contact=LONG,
        is_for_all=True, secret="secret-1",
    )  # fmt: skip
    soon = moments.now() + timedelta(seconds=42)
    check = msgspec.structs.replace(full, test_at=soon.isoformat(), meeting_number="")
    acts = ("join", "passcode", "later")
    last = OnlineShown(acts=acts, passcode="Lào-Cai-482915", opens_at=soon)
    own = msgspec.structs.replace(full, url="", secret=None)
    rows = (
        ("online", LINK, OnlineShown()),
        ("online-last", full, last),
        ("online-check", check, OnlineShown(acts=acts[:2])),
        ("online-own", own, OnlineShown()),
    )
    return [
        ("lobby-check", partial(_paint_lobby, _with_link(meeting, check), directory)),
        ("lobby-own", partial(_paint_lobby, _with_link(world(9)[0], own), directory)),
        *(
            (name, partial(_paint_online, meeting, directory, link, shown))
            for name, link, shown in rows
        ),
    ]


def _with_link(meeting: Meeting, link: OnlineLink) -> Meeting:
    return msgspec.structs.replace(
        meeting, issued=msgspec.structs.replace(meeting.issued, links=(link,))
    )


def _paint_lobby(meeting, directory, brush: Brush) -> None:
    scenes.paint_lobby(brush, meeting, directory, ("035406", "http://192.168.1.20:47802"))


def _paint_online(meeting, directory, link, shown, brush: Brush) -> None:
    paint_online(brush, meeting, directory, link, shown)


def _paint(paint, meeting: Meeting, directory: Directory, brush: Brush) -> None:
    paint(brush, meeting, directory)
