"""Two results of one vote, after a hub that was lost came back."""

import msgspec

from meetingroom.domain.facts import VoteClosed, VoteOpened
from meetingroom.domain.voting import Vote
from meetingroom.ui.chair.two_results import TwoResults, motion_again
from meetingroom.ui.controls import Button, Label

OPENED = VoteOpened(
    vote="v", motion="Tán thành kế hoạch", item="i", choices=("Đồng ý", "Không"), voters=("a", "b"),
    members=2, is_secret=True,
)  # fmt: skip
VOTE = Vote(
    opened=OPENED,
    result=VoteClosed(vote="v", counts=(5, 2)),
    others=(VoteClosed(vote="v", counts=(4, 3)),),
)


def test_both_results_are_read_and_the_vote_is_held_again(theme, qtbot):
    pressed = []
    shown = TwoResults(VOTE, lambda: pressed.append(motion_again(VOTE)), may_vote=True)
    qtbot.addWidget(shown)
    said = " ".join(label.text() for label in shown.findChildren(Label))
    assert "Máy chủ cũ: Đồng ý 5 · Không 2" in said
    assert "Máy chủ tiếp quản: Đồng ý 4 · Không 3" in said
    shown.findChild(Button).click()
    again = pressed[0]
    assert (again.text, again.choices, again.is_secret) == (OPENED.motion, OPENED.choices, True)


def test_while_another_vote_runs_it_is_not_held_again(theme, qtbot):
    shown = TwoResults(msgspec.structs.replace(VOTE), lambda: None, may_vote=False)
    qtbot.addWidget(shown)
    assert not shown.findChild(Button).isEnabled()
