"""A vote that two hubs closed with other counts: both results, and voting again."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from meetingroom.domain import facts
from meetingroom.domain.voting import Vote
from meetingroom.ui.controls import Button, Label
from meetingroom.wording import tr


class TwoResults(QWidget):
    """What each hub counted; the first stands until the chair has the vote held again."""

    def __init__(self, vote: Vote, again: Callable[[], None], *, may_vote: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        title = tr("Two hubs counted differently: please decide which holds.")
        column.addWidget(Label(title, "small", "attention", wraps=True))
        assert vote.result is not None  # noqa: S101
        rows = [(tr("By the hub that was lost: {0}"), vote.result)]
        rows += [(tr("By the hub that took over: {0}"), result) for result in vote.others]
        for words, result in rows:
            said = words.format(counted_words(vote, result))
            column.addWidget(Label(said, "small", "ink", wraps=True))
        button = Button(tr("Hold the vote again"), "outlined", extent="small")
        button.clicked.connect(lambda _checked=False: again())
        button.setEnabled(may_vote)
        column.addWidget(button)


def counted_words(vote: Vote, result: facts.VoteClosed) -> str:
    """A result as its counts: "Đồng ý 5 · Không đồng ý 2"."""
    pairs = zip(vote.opened.choices, result.counts, strict=False)
    return " · ".join(f"{choice} {count}" for choice, count in pairs)


def motion_again(vote: Vote) -> facts.MotionPut:
    """The motion of a vote, to be put to the vote once more."""
    opened = vote.opened
    return facts.MotionPut(
        motion="",
        text=opened.motion,
        item=opened.item,
        choices=opened.choices,
        is_secret=opened.is_secret,
        majority=opened.majority,
        way=opened.way,
        paper=opened.paper,
    )
