"""Two hubs that went on from the same log: together they have all, once, in one order."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quiet_office import NOTE, QuietOffice

from meetingroom.domain import facts
from meetingroom.domain.errors import RefusedError
from meetingroom.domain.ids import OFFICE, new_id
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import Kept
from meetingroom.services.certifying import certificate_fact, certify
from meetingroom.services.hub import HubOffice
from meetingroom.store.blobs import FileBlobs
from meetingroom.store.checking import log_faults
from meetingroom.store.hub_log import SqliteHubLog
from meetingroom.store.keys import verify


class Branch:
    """A hub that took over with a copy of the log, in the next epoch, with its own key."""

    def __init__(self, office: QuietOffice, folder: Path, epoch: int = 2) -> None:
        folder.mkdir()
        with (
            contextlib.closing(sqlite3.connect(office.folder / "hub.db")) as source,
            contextlib.closing(sqlite3.connect(folder / "hub.db")) as sink,
        ):
            source.backup(sink)
        self.log = SqliteHubLog(folder / "hub.db")
        certificate = certify(
            self.log, office.office_key, office.key, office="o", tls="", epoch=epoch
        )
        self.hub = HubOffice(self.log, FileBlobs(folder / "blobs"), office.key, verify)
        heads = self.hub.heads()
        self.hub.say(OFFICE, certificate_fact(self.log))
        opened = facts.HubTakenOver(hub=certificate.hub, epoch=epoch, heads=heads)
        self.hub.put_taken_over(office.secretary.desk.author.write(OFFICE, opened))

    def close(self) -> None:
        self.hub.close()
        self.log.close()


def rows_of(log: SqliteHubLog) -> list[Kept]:
    return [
        Kept(record=row.record, envelope=row.envelope)
        for stream in log.streams()
        for row in log.stream(stream)
    ]


def folded(hub: HubOffice, meeting: str) -> Meeting:
    found = hub.meeting(meeting)
    assert found is not None
    return found


def note(office: QuietOffice, name: str) -> facts.MarkPut:
    return facts.MarkPut(
        mark=name, revision=1, paper="open", blob=office.blob("open"), page=0, shape=NOTE, text=name
    )


@pytest.fixture
def a_branch(office: QuietOffice, a, b, tmp_path: Path):
    made = []

    def make() -> Branch:
        made.append(Branch(office, tmp_path / new_id("branch")))
        return made[-1]

    yield make
    for branch in made:
        branch.close()


WRITTEN = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("ONB")), max_size=10)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(written=WRITTEN, cuts=st.integers(1, 9))
def test_the_old_hubs_tail_is_taken_in_once_wherever_it_was_written(
    office, a, b, a_branch, written, cuts
) -> None:
    """O: only the old hub got it; N: only the new one; B: both, each under its own number."""
    branch = a_branch()
    desks = {"a": a, "b": b}
    written_ids = set()
    for who, where in written:
        desk = desks[who]
        fact = note(office, new_id("mark"))
        record = desk.desk.author.write(office.meeting, fact, audience=("everyone",))
        written_ids.add(fact.mark)
        for hub, letters in ((office.hub, "OB"), (branch.hub, "NB")):
            if where in letters:
                answers = hub.accept(desk.session, [record], is_batch=False)
                assert answers[0].is_accepted
    tail = rows_of(office.log)
    for _ in range(2):
        for start in range(0, len(tail), cuts):
            branch.hub.hand_in(tail[start : start + cuts])
    marks = folded(branch.hub, office.meeting).marks
    assert written_ids <= marks.keys()
    ids = [row.record.head for row in rows_of(branch.log)]
    assert len(ids) == len(set(ids))
    assert list(log_faults(branch.log, verify)) == []


def test_two_closes_of_one_vote_are_both_kept_the_older_hubs_first(office, a, b, a_branch) -> None:
    office.put(facts.MeetingOpened())
    opened = facts.VoteOpened(
        vote="v", motion="M", item="i", choices=("Có", "Không"), voters=("person-a", "person-b"),
        members=2,
    )  # fmt: skip
    office.put(opened)
    branch = a_branch()
    vote = lambda choice: facts.BallotCast(vote="v", choice=choice)  # noqa: E731
    first = a.desk.author.write(office.meeting, vote("Có"), audience=("everyone",))
    office.hub.accept(a.session, [first], is_batch=False)
    second = b.desk.author.write(office.meeting, vote("Không"), audience=("everyone",))
    branch.hub.accept(b.session, [second], is_batch=False)
    for hub in (office.hub, branch.hub):
        hub.ask(office.secretary.session, "vote.close", {"meeting": office.meeting, "vote": "v"})
    branch.hub.hand_in(rows_of(office.log))
    closed = folded(branch.hub, office.meeting).voting.votes["v"]
    assert closed.result is not None
    assert closed.result.counts == (1, 0)
    assert [row.counts for row in closed.others] == [(0, 1)]


def test_no_vote_is_closed_while_a_ballot_of_the_lost_hub_is_still_on_its_laptop(
    office, a, b, a_branch
) -> None:
    office.put(facts.MeetingOpened())
    opened = facts.VoteOpened(
        vote="v", motion="M", item="i", choices=("Có", "Không"), voters=("person-a", "person-b"),
        members=2,
    )  # fmt: skip
    office.put(opened)
    branch = a_branch()
    for voter in (a, b):
        ballot = facts.BallotCast(vote="v", choice="Có")
        record = voter.desk.author.write(office.meeting, ballot, audience=("everyone",))
        office.hub.accept(voter.session, [record], is_batch=False)
    tail = rows_of(office.log)
    last = record.head_hash
    branch.hub.hand_in([row for row in tail if row.record.head_hash != last])
    body = {"meeting": office.meeting, "vote": "v"}
    with pytest.raises(RefusedError, match="ballots_coming"):
        branch.hub.ask(office.secretary.session, "vote.close", body)
    branch.hub.hand_in(tail)
    assert branch.hub.ask(office.secretary.session, "vote.close", body)["counts"] == [2, 0]


def test_a_secret_vote_only_devices_knew_of_is_called_off_as_well(office, a, a_branch) -> None:
    office.put(facts.MeetingOpened())
    branch = a_branch()
    opened = facts.VoteOpened(
        vote="v", motion="M", item="i", choices=("Có", "Không"), voters=("person-a",), members=1,
        is_secret=True,
    )  # fmt: skip
    office.put(opened)
    branch.hub.hand_in(rows_of(office.log))
    assert folded(branch.hub, office.meeting).voting.votes["v"].cancelled == "taken_over"
