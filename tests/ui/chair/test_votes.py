"""A vote from the console to the reading room and back, on a real hub."""

import pytest
from room_parts import console_list, part_of, press

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.presence import Presence
from meetingroom.domain.vote_facts import VoteOpened
from meetingroom.domain.voting import Vote, Voting
from meetingroom.ui.chair.running_vote import RunningVote
from meetingroom.ui.chair.votes import Votes
from meetingroom.ui.controls import Button
from meetingroom.ui.reader.vote_strip import VoteStrip
from meetingroom.ui.stage.moments import now

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def strip(office, qtbot):
    """A member's strip in an open meeting."""
    meeting = office.issued(kind="ubnd_regular", starts_at=now().isoformat())
    office.secretary.leading.open_meeting(meeting).result(10)
    member = office.join("person-b")
    office.wait(lambda: member.desk.meeting(meeting) and member.desk.meeting(meeting).is_running)
    return part_of(member, meeting, VoteStrip, qtbot)


@pytest.fixture
def votes(office, strip, qtbot):
    """The console's list, shown anew at each change."""
    with console_list(Votes, office.secretary, strip._meeting, qtbot) as made:
        yield made


def newest(context, strip):
    return context.desk.meeting(strip._meeting).voting.last


@pytest.mark.parametrize("how", ["Put to the vote", "Secretly"])
def test_a_motion_is_opened_voted_on_changed_and_closed(office, strip, votes, how):
    votes.motion.setText("Thông qua kế hoạch?")
    press(office, votes, how)
    office.wait(lambda: len(strip.buttons) == 3)
    assert not strip.isHidden()
    strip.buttons[0].click()
    office.wait(lambda: newest(office.secretary, strip).voted == {"person-b"})
    strip.buttons[1].click()
    office.wait(lambda: "Không đồng ý" in strip.state.text())
    press(office, votes, "Close the vote")
    office.wait(lambda: newest(office.secretary, strip).result is not None)
    assert newest(office.secretary, strip).result.counts == (0, 1, 0)
    office.wait(lambda: strip.state.text().startswith("Not passed"))
    assert strip.buttons == []
    office.wait(lambda: office.secretary.desk.meeting(strip._meeting).scene.scene == "result")


def test_what_is_kept_for_later_is_opened_with_one_press(office, strip, votes):
    votes.motion.setText("Dự toán năm 2027")
    votes.keep.click()
    office.wait(lambda: office.secretary.desk.meeting(strip._meeting).voting.motions)
    office.wait(lambda: len(votes.findChildren(Button)) > 4)
    row = next(
        b for b in votes.findChildren(Button) if b.text() == "Remove the motion"
    ).parentWidget()
    press(office, row, "Put to the vote")
    office.wait(lambda: len(strip.buttons) == 3)
    assert newest(office.secretary, strip).opened.motion == "Dự toán năm 2027"


def test_a_count_that_is_being_typed_outlives_what_happens_meanwhile(office, strip, votes):
    votes.motion.setText("Giơ tay?")
    press(office, votes, "By show of hands")

    field = votes.running.count
    office.wait(lambda: not field.isHidden())
    field.setText("3/1")
    context = office.secretary
    votes.show_meeting(context.desk.meeting(strip._meeting), context.desk.directory)
    assert (votes.running.count, field.text()) == (field, "3/1")
    assert not field.isHidden()


def test_what_is_needed_of_those_present_counts_voters_and_no_guests(qtbot):
    row = RunningVote()
    qtbot.addWidget(row)
    vote = Vote(
        opened=VoteOpened(
            vote="v", motion="?", item="", choices=("a", "b"), voters=("p", "q", "r"), members=3,
            majority="half_present",
        ),
        voted=frozenset({"q"}),
    )  # fmt: skip
    names = ("p", "guest-1", "guest-2", "guest-3")
    here = {name: Presence(person=name, way="room", at="") for name in names}
    meeting = Meeting(id="m", presence=here, voting=Voting(votes={"v": vote}))
    row.show_vote(vote, meeting, Directory())
    assert "(2 " in row.rule.text()  # in whatever language
