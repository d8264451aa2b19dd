"""Two secretaries at once: one issues, the other is told and keeps the draft."""

import msgspec
import pytest
from quiet_office import QuietDesk, QuietOffice

from meetingroom.domain.errors import RefusedError
from meetingroom.services.drafting import Drafting
from meetingroom.services.issuing import Issuing
from meetingroom.services.news import OutboxChanged


class Nothing:
    """No files are dropped and no passcodes typed here."""

    is_in_keyring = True

    def inspect(self, files, pictures=None):
        return []

    def get(self, name: str) -> None:
        return None

    def set(self, name: str, secret: str | None) -> None:
        pass


def issuing(desk: QuietDesk) -> tuple[Drafting, Issuing]:
    drafting = Drafting(desk.desk, Nothing(), Nothing())
    return drafting, Issuing(desk.desk, drafting)


def begin(office: QuietOffice, desk: QuietDesk, title: str, until):
    """A draft of the next revision is on its way: in the outbox, not yet sent."""
    drafting, issue = issuing(desk)
    drafting.revise(office.meeting).result(5)
    drafting.edit(office.meeting, lambda draft: msgspec.structs.replace(draft, title=title)).result(
        5
    )
    desk.news.clear()
    future = issue.issue(office.meeting)
    until(lambda: any(isinstance(one, OutboxChanged) for one in desk.news))
    return drafting, future


def test_anothers_revision_of_the_same_number_is_not_taken_for_the_own_one(office, until) -> None:
    both = ("person-s", "person-t")
    office.issue(secretaries=both)
    other = office.desk_of("person-t")
    mine, first = begin(office, office.secretary, "Mine", until)
    theirs, second = begin(office, other, "Theirs", until)
    office.secretary.sync()
    other.take()
    assert not second.done()
    other.send()
    assert first.result(10) == 3
    with pytest.raises(RefusedError, match="stale"):
        second.result(10)
    assert (mine.draft(office.meeting), theirs.draft(office.meeting).title) == (None, "Theirs")
    assert office.folded().issued.title == "Mine"
