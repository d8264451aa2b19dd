"""What the checklist before an online meeting makes of what is known."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.call_check import CODES, Tick, check_rows, newest
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.rehearsal import (
    CallSeen,
    LinkSeen,
    Rehearsal,
    RehearsalReport,
    RehearsalRow,
    ScreenSeen,
    WaySeen,
)

NOW = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
LINK = OnlineLink(
    link="link-1", title="", url="https://us02web.zoom.us/j/8", contact="anh Tuấn 0912 345 678"
)
WELL = RehearsalReport(
    is_done=True, screens=(ScreenSeen(name="Samsung", width=1920, height=1080, is_room=True),),
    links=(LinkSeen(host="us02web.zoom.us"),),
    for_call=CallSeen(cameras=("C930e",), microphones=("USB",), speakers=("HDMI",), tells=True,
                      ways=(WaySeen(link="link-1", program="Zoom"),)),
)  # fmt: skip


def seen(report: RehearsalReport | None = WELL, **said: object) -> Rehearsal:
    row = RehearsalRow(
        principal="room-1", device="d", is_called=True, is_online=True, report=report
    )
    made = Rehearsal(rehearsal="r", meeting="m", by="p", at="", program="1", rows=(row,))
    return msgspec.structs.replace(made, **said)


def levels(link=LINK, what=None, *, is_online=True, **report: object) -> dict[str, str]:
    what = what or seen(msgspec.structs.replace(WELL, **report))
    return {row.code: row.level for row in check_rows(link, what, {}, NOW, is_online=is_online)}


def test_where_all_is_well_only_the_ears_are_asked():
    assert set(levels().values()) == {"good", "hand"}
    assert levels()["sound"] == "hand"


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("screen", {"is_screen_lost": True}),
        ("screen", {"screens": ()}),
        ("camera", {"for_call": CallSeen(tells=True, microphones=("a",), speakers=("b",))}),
        ("microphone", {"for_call": CallSeen(tells=True, cameras=("a",))}),
        ("sound", {"for_call": CallSeen(tells=True)}),
        ("link", {"links": (LinkSeen(host="us02web.zoom.us", problem="reach.no_name"),)}),
        ("program", {"for_call": CallSeen(ways=(WaySeen(link="link-1", warnings=1),))}),
        ("power", {"battery": 80, "is_plugged": False}),
    ],
)
def test_what_is_wrong_is_to_be_looked_at(code, changes):
    assert levels(**changes)[code] == "look"


def test_where_the_system_tells_nothing_hands_tick():
    found = levels(for_call=CallSeen())
    assert {found[code] for code in ("camera", "microphone", "sound", "program")} == {"hand"}


@pytest.mark.parametrize(
    ("contact", "level"), [("0912345678", "good"), ("Tuấn", "look"), ("", "look")]
)
def test_who_helps_has_a_telephone(contact, level):
    assert levels(msgspec.structs.replace(LINK, contact=contact))["contact"] == level


def test_a_display_that_is_off_is_said_first_after_the_hub():
    away = seen(None, seconds=30.0)
    rows = check_rows(LINK, away, {}, NOW, is_online=True)
    assert (rows[1].code, rows[1].level) == ("display", "look")
    assert check_rows(LINK, None, {}, NOW, is_online=False)[0].level == "look"


def test_over_the_higher_levels_own_system_hands_tick_all_devices():
    own = msgspec.structs.replace(LINK, url="")
    found = levels(own)
    assert "link" not in found and "program" not in found
    assert {found[code] for code in ("system", "sound", "camera", "microphone")} == {"hand"}


@pytest.mark.parametrize(("minutes", "level"), [(30, "wait"), (-5, "hand")])
def test_the_technical_check_is_waited_for_then_ticked(minutes, level):
    at = (NOW + timedelta(minutes=minutes)).isoformat()
    assert levels(msgspec.structs.replace(LINK, test_at=at))["test"] == level


def test_a_tick_makes_any_row_done_and_may_be_taken_back():
    def is_done(tick: Tick) -> bool:
        rows = check_rows(LINK, seen(), {"sound": tick}, NOW, is_online=True)
        return next(row.is_done for row in rows if row.code == "sound")

    assert is_done(Tick(is_done=True, at=NOW.isoformat()))
    assert not is_done(Tick(is_done=False, at=NOW.isoformat()))


ticks = st.dictionaries(
    st.sampled_from(CODES),
    st.builds(
        Tick, is_done=st.booleans(), by=st.sampled_from(["person-a", "person-b"]),
        at=st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 3)).map(datetime.isoformat),
    ),
)  # fmt: skip


@given(ticks, ticks, ticks)
def test_ticks_are_joined_alike_in_any_order(one, two, three):
    assert newest(newest(one, two), three) == newest(one, newest(three, two))
    assert newest(one, one) == one
