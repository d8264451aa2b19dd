"""Whatever happens in whatever order, all computers end with the hub's meeting and directory."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quiet_office import PEOPLE, QuietDesk, QuietOffice, content

from meetingroom.domain import facts
from meetingroom.domain.directory import fold_directory
from meetingroom.domain.entries import entry_of
from meetingroom.domain.ids import OFFICE
from meetingroom.domain.meeting import fold_meeting
from meetingroom.services.marking import Marking, Put

EXAMPLES = int(os.environ.get("MEETINGROOM_SOAK_EXAMPLES", "0"))
AUDIENCES = (("secretary",), ("everyone",), ("chair", "person-b"), ())
PAPERS = (("everyone",), ("person-a",), (), ("person-b", "person-c"))
PEOPLES = (("person-a", "person-b"), ("person-b",), ("person-a", "person-t"))


class Chaos:
    """Acts of five people, some of whose computers are away for a while."""

    def __init__(self, folder: Path) -> None:
        self.office = QuietOffice(folder)
        for person in PEOPLE[1:]:
            self.office.desk_of(person)

    def desk(self, n: int) -> QuietDesk:
        return self.office.desks[n % len(self.office.desks)]

    def mark(self, n: int, m: int) -> None:
        desk, meeting = self.desk(n), self.office.meeting
        folded = desk.desk.meeting(meeting)
        if folded is not None and folded.papers:
            paper = sorted(folded.papers)[m % len(folded.papers)]
            words = content(f"{n} {m}", *AUDIENCES[(n + m) % 4])
            where = (meeting, paper, folded.papers[paper].current.blob, 0)
            Marking(desk.desk).put(*where, words).result(5)

    def change(self, n: int, m: int) -> None:
        desk, meeting = self.desk(n), self.office.meeting
        folded = desk.desk.meeting(meeting)
        mine = (
            [k for k, row in folded.marks.items() if row.author == desk.principal] if folded else []
        )
        if mine:
            marking, mark = Marking(desk.desk), sorted(mine)[m % len(mine)]
            if m % 3:
                marking.change(meeting, mark, content(f"changed {m}", *AUDIENCES[n % 4])).result(5)
            else:
                marking.remove(meeting, mark).result(5)

    def carry(self, n: int, m: int) -> None:
        """Put an own mark on the newest version of its paper."""
        desk, meeting = self.desk(n), self.office.meeting
        folded = desk.desk.meeting(meeting)
        for mark in sorted(folded.marks.values(), key=lambda row: row.id) if folded else ():
            paper = folded.papers.get(mark.paper)
            if mark.author == desk.principal and paper and paper.current.blob != mark.blob:
                here = Put(mark=mark.id, blob=paper.current.blob, page=m % 3, shape=mark.shape)
                Marking(desk.desk).place(meeting, [here]).result(5)

    def reply(self, n: int, m: int) -> None:
        desk, meeting = self.desk(n), self.office.meeting
        folded = desk.desk.meeting(meeting)
        if folded is not None and folded.marks:
            mark = sorted(folded.marks)[m % len(folded.marks)]
            Marking(desk.desk).reply(meeting, mark, f"answer {n} {m}").result(5)

    def paper(self, n: int, m: int) -> None:
        fact = self.office.paper(f"paper-{n % 3}", PAPERS[m % 4], content=f"{m % 5}", version=m)
        self.office.secretary.desk.write(self.office.meeting, fact)

    def people(self, n: int, m: int) -> None:
        rows = tuple(facts.Invited(person=person) for person in PEOPLES[n % 3])
        folded = self.office.folded()
        fact = self.office.issued(folded.issued.revision + 1, people=rows)
        self.office.secretary.desk.write_batch(self.office.meeting, [fact], f"batch-{n}-{m}")

    def office_of(self, n: int, m: int) -> None:
        person = PEOPLE[2 + n % 3]
        known = person in self.office.hub.ledger.directory.people
        gone, back = facts.PersonRemoved(person=person), facts.PersonSet(person=person, name=f"{m}")
        self.office.hub.say(OFFICE, gone if known and m % 2 else back)

    def state(self, n: int, m: int) -> None:
        rows = (facts.MeetingOpened(), facts.ItemStarted(item="i"), facts.MeetingClosed())
        self.office.secretary.desk.write(self.office.meeting, rows[m % 3])

    def sync(self, n: int, m: int) -> None:
        self.desk(n).sync()

    def send_twice(self, n: int, m: int) -> None:
        desk = self.desk(n)
        for batch, records in desk.desk.outgoing():
            self.office.hub.accept(desk.session, records, is_batch=bool(batch))

    def restart(self, n: int, m: int) -> None:
        if m % 2:
            self.office.restart_hub()
        else:
            self.desk(n).stop()
            self.desk(n).start()

    def check(self) -> None:
        self.office.sync()
        for desk in self.office.desks:
            self._check_one(desk)

    def _check_one(self, desk: QuietDesk) -> None:
        ledger, meeting = self.office.hub.ledger, self.office.meeting
        kept = [row for row in desk.log.stream(meeting) if row.envelope is None]
        due = [
            line.entry for line in ledger._lines[meeting] if ledger.may_read(desk.principal, line)
        ]
        plain = fold_meeting(meeting, [*due, *map(entry_of, kept)])
        assert desk.desk.meeting(meeting) == (plain if plain.issued else None)
        office = [
            line.entry for line in ledger._lines[OFFICE] if ledger.may_read(desk.principal, line)
        ]
        assert desk.desk.directory == fold_directory(office)
        assert desk.desk.waiting() == 0


ACTS = (
    "mark", "mark", "reply", "change", "change", "paper", "people", "office_of", "state", "sync",
    "sync", "send_twice", "restart", "carry", "carry",
)  # fmt: skip
acts = st.tuples(st.sampled_from(ACTS), st.integers(0, 12), st.integers(0, 12))


@settings(max_examples=EXAMPLES or 12)
@given(st.lists(acts, min_size=5, max_size=25))
@pytest.mark.timeout(0 if EXAMPLES else 120)
def test_all_computers_agree_with_the_hub(script: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        chaos = Chaos(Path(folder))
        try:
            for name, n, m in script:
                getattr(chaos, name)(n, m)
            chaos.check()
        finally:
            chaos.office.close()
