"""What changed, in words."""

from meetingroom.services.issuing import Change
from meetingroom.wording import tr

TOLD = 4


def changes_words(changes: list[Change]) -> str:
    """What changed, the first few of it."""
    words = "; ".join(change_words(change) for change in changes[:TOLD])
    return words + (f" (+{len(changes) - TOLD})" if len(changes) > TOLD else "")


def change_words(change: Change) -> str:
    """One change as a reader is told it."""
    words = {
        "title": tr("new title"),
        "time": tr("new time"),
        "place": tr("new place"),
        "chair": tr("new chair"),
        "item_new": tr("new item: {0}"),
        "item_gone": tr("item taken out: {0}"),
        "paper_new": tr("new paper: {0}"),
        "paper_version": tr("new version of: {0}"),
        "paper_gone": tr("paper taken out: {0}"),
    }
    return words[change.code].format(change.subject)
