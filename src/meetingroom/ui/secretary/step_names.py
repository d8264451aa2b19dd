"""The steps of one meeting at the secretary's desk, in order."""

from meetingroom.wording import tr

DRAFT_STEPS = ("info", "agenda", "people", "check", "issue")


def step_names() -> tuple[tuple[str, str], ...]:
    """(key, words) of every step."""
    return (
        ("info", tr("Information")),
        ("agenda", tr("Agenda and papers")),
        ("people", tr("Participants")),
        ("check", tr("Check")),
        ("issue", tr("Issue")),
        ("follow", tr("Follow up")),
        ("collect", tr("Collect")),
    )
