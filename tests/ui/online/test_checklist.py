"""The checklist before an online meeting, on a real hub: the display looks, people tick."""

from datetime import timedelta

import msgspec
import pytest
from online_meeting import online_meeting

from meetingroom.domain.rehearsal import CallSeen, ScreenSeen
from meetingroom.ui.controls import Button
from meetingroom.ui.online.checklist import Checklist
from meetingroom.ui.stage.moments import local, now
from meetingroom.ui.theme import apply_theme, current_theme, load_theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
PHONE = "anh Tuấn, 0912 345 678"


@pytest.fixture
def checklist(office, qtbot, time):
    """A list before who leads; the meeting is in two hours, so nothing is asked by itself."""

    def make(context=None, **said: object):
        context = context or office.secretary
        starts_at = (now() + timedelta(hours=2)).isoformat()
        meeting = time.meeting = online_meeting(office, draft={"starts_at": starts_at}, **said)
        made = Checklist(context)
        qtbot.addWidget(made)
        made.show()
        show(made, context, meeting)
        return made

    return make


def show(made, context, meeting):
    folded = context.desk.meeting(meeting)
    made.show_link(folded, folded.issued.links[0])


@pytest.fixture
def display_computer(office, monkeypatch):
    """The display's computer: what it has, and which tones were heard there."""

    def make(seen: CallSeen):
        context = office.join(office.room)
        tones: list[bool] = []

        def see(call, _meeting):
            tones.append(call.plays_sound)
            return msgspec.structs.replace(seen, sound="played" if call.plays_sound else "")

        computer = context.rehearsing._computer
        told = msgspec.structs.replace(computer, see_call=see, reach=lambda _host, _port: "")
        monkeypatch.setattr(context.rehearsing, "_computer", told)
        screen = ScreenSeen(name="Samsung QM55", width=1920, height=1080, is_room=True)
        context.rehearsing.note_screens([screen], is_lost=False)
        return tones

    return make


def row(made, code):
    return next(row for row in made.found() if row.code == code)


def test_one_press_asks_the_display_and_each_row_says_how_it_is(
    office, checklist, display_computer
):
    camera = CallSeen(cameras=("Logitech C930e",), tells=True)
    display_computer(camera)
    made = checklist(contact=PHONE)
    assert row(made, "display").level == "wait"
    made.check.click()
    office.wait(lambda: row(made, "link").level == "good")
    levels = {one.code: one.level for one in made.found()}
    assert levels["screen"] == levels["camera"] == levels["contact"] == "good"
    assert levels["microphone"] == levels["sound"] == "look"
    assert made.summary.text().startswith("7 of ")


def test_the_tone_is_heard_at_the_display_and_ticked_by_ear(office, checklist, display_computer):
    tones = display_computer(CallSeen(speakers=("HDMI",), tells=True))
    made = checklist()
    made.tone.click()
    office.wait(lambda: row(made, "sound").fields["sound"] == "played")
    assert tones == [True]
    assert not row(made, "sound").is_done
    made.on_tick("sound", is_done=True)
    office.wait(lambda: row(made, "sound").is_done)


def test_all_who_lead_see_the_same_ticks(office, qtbot, checklist):
    made = checklist()
    chair = office.join("person-a")
    office.wait(lambda: chair.desk.meeting(made._meeting.id))
    other = Checklist(chair)
    qtbot.addWidget(other)
    other.show()
    show(other, chair, made._meeting.id)
    other.on_tick("camera", is_done=True)
    office.wait(lambda: row(other, "camera").is_done)
    made._ask()
    office.wait(lambda: row(made, "camera").is_done)
    made.on_tick("camera", is_done=False)
    office.wait(lambda: not row(made, "camera").is_done)


def test_ticks_are_kept_while_the_hub_is_away_and_told_when_it_is_back(office, checklist):
    made = checklist()
    context, meeting = office.secretary, made._meeting.id
    link = context.desk.link
    context.desk.attach(None)
    made.on_tick("sound", is_done=True)
    office.wait(lambda: row(made, "sound").is_done)
    assert made.state.problem.startswith("link.")
    context.desk.attach(link)
    made._ask()
    office.wait(lambda: not made.state.problem and row(made, "sound").is_done)
    told = context.desk.ask("rehearsal.tick", {"meeting": meeting, "ticks": {}}).result(10)
    assert told["ticks"]["sound"]["is_done"]


def test_within_the_last_hour_it_is_looked_at_by_itself(office, checklist, display_computer, time):
    tones = display_computer(CallSeen(tells=True))
    made = checklist()
    office.wait(lambda: not made._look.isActive())
    assert tones == []
    time.be(local(made._meeting.issued.starts_at) - timedelta(minutes=50))
    made._ask()
    office.wait(lambda: tones == [False])
    office.wait(lambda: row(made, "display").level == "good")


def test_the_press_of_a_row_ticks_it(office, checklist):
    made = checklist()
    office.wait(lambda: made.rows.findChildren(Button))
    named = {one.accessibleName(): one for one in made.rows.findChildren(Button)}
    named["Tick: Loudspeaker"].click()
    office.wait(lambda: row(made, "sound").is_done)


def test_who_does_not_lead_may_neither_tick_nor_look(office, checklist):
    made = checklist()
    member = office.join("person-b")
    office.wait(lambda: member.desk.meeting(made._meeting.id))
    state = member.call_checking.tick(made._meeting.id, "sound", is_done=True).result(10)
    assert state.problem == "no_right"


def test_with_large_text_the_list_still_fits_the_consoles_column(checklist, qapp, office):
    before = current_theme()
    try:
        apply_theme(qapp, load_theme("light", 2.0))
        made = checklist()
        office.wait(lambda: made.rows.findChildren(Button))
        assert made.minimumSizeHint().width() <= 340
    finally:
        apply_theme(qapp, before)
