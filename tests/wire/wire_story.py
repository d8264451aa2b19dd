"""What the people of a meeting do, and who may know of it: told apart from the program's rules."""

import itertools
from dataclasses import dataclass, field

from wire_office import PEOPLE, Device, Step, WireOffice

from meetingroom.domain import facts
from meetingroom.domain.geometry import Point
from meetingroom.domain.ids import OFFICE, new_id
from meetingroom.domain.marks import Note

counter = itertools.count(1)
AUDIENCES = (
    ("secretary",), ("chair",), ("everyone",), ("person-a",), ("person-b", "chair"),
    ("secretary", "chair"), ("person-t",),
)  # fmt: skip
PAPER_AUDIENCES = (
    ("everyone",), ("person-a",), ("person-b", "person-c"), (), ("person-a", "person-t"),
)  # fmt: skip


def marker() -> str:
    """A word that stands nowhere else."""
    return f"MK{next(counter)}X"


@dataclass
class PaperTold:
    """A paper: who may know of it, its id's marker and those of its titles and file names."""

    paper: str
    audience: tuple[str, ...]
    blobs: list[tuple[str, str]] = field(default_factory=list)  # (blob, record)
    title: str = ""
    is_removed: bool = False


@dataclass
class MarkTold:
    """A mark: who was to read it when it was accepted, its words so far."""

    mark: str
    author: str
    paper: PaperTold
    blob: str
    audience: tuple[str, ...]
    readers: set[str]
    words: list[tuple[str, set[str]]]
    revision: int = 1
    is_removed: bool = False


class Story:
    """One meeting; every act checks that no device heard what its principal may not know."""

    def __init__(self, office: WireOffice) -> None:
        self.office = office
        self.meeting = new_id("meeting")
        self.revision = 0
        self.away: set[str] = set()
        self.people: set[str] = set()
        self.secretaries: tuple[str, ...] = ()
        self.chair = ""
        self.papers: list[PaperTold] = []
        self.marks: list[MarkTold] = []
        self.titles: dict[str, PaperTold] = {}
        self.ids: dict[str, PaperTold] = {}
        self.words: dict[str, tuple[MarkTold, set[str]]] = {}
        self.mark_ids: dict[str, MarkTold] = {}
        self.answers: dict[str, set[str]] = {}

    # --- who may know ---------------------------------------------------------------------

    def may_know(self, who: str, paper: PaperTold) -> bool:
        if who in self.away:
            return False
        is_for_all = "everyone" in paper.audience
        if who == self.office.room:
            return is_for_all
        return who in self.people and (
            is_for_all or who in paper.audience or who in self.secretaries
        )

    def may_hear(self, who: str, word: str, step: Step) -> bool:
        """Whether a marker may stand in a record that this principal gets."""
        is_own = step.head is not None and step.head.author == who and who not in self.away
        if word in self.titles:
            return self.may_know(who, self.titles[word])
        if word in self.ids:
            is_own_word = is_own and step.head.kind in ("mark_put", "mark_removed", "receipt")
            return is_own_word or self.may_know(who, self.ids[word])
        if word in self.words:
            mark, readers = self.words[word]
            is_reader = who in readers or "everyone" in readers
            may = is_reader and not mark.is_removed and self.may_know(who, mark.paper)
            return (who == mark.author and who not in self.away) or may
        if word in self.mark_ids:
            mark = self.mark_ids[word]
            is_reader = who in mark.readers or "everyone" in mark.readers
            return is_own or (is_reader and self.may_know(who, mark.paper))
        if word in self.answers:
            is_reader = who in self.answers[word] and who in self.people
            return is_own or (is_reader and who not in self.away)
        return True  # of an earlier story, whose meeting does not change any more

    # --- acts -----------------------------------------------------------------------------

    def frozen(self, author: str, audience: tuple[str, ...]) -> set[str]:
        named = {word for word in audience if word not in ("secretary", "chair")}
        secretaries = set(self.secretaries) if "secretary" in audience else set()
        return {author} | named | secretaries | ({self.chair} if "chair" in audience else set())

    def secretary(self) -> Device | None:
        here = [person for person in self.secretaries if person not in self.away]
        return self.office.device_of(here[0]) if here else None

    def issue(self, people: tuple[str, ...], chair: str, secretaries: tuple[str, ...]) -> None:
        """The next revision, with other people."""
        by = self.secretary() if self.revision else self.office.device_of("person-s")
        named = {*people, chair, *secretaries}
        if by is None or named & self.away:
            return
        fact = facts.MeetingIssued(
            revision=self.revision + 1, base=self.revision, title="Họp", kind="", body="",
            starts_at="2026-11-26T08:00:00+07:00", place="", chair=chair, secretaries=secretaries,
            people=tuple(facts.Invited(person=person) for person in people), agenda=(),
        )  # fmt: skip
        assert by.send(by.write(self.meeting, fact)) == [""]
        self.revision += 1
        self.people, self.chair, self.secretaries = named, chair, secretaries

    def put_paper(
        self, audience: tuple[str, ...], known: PaperTold | None = None, *, is_new: bool = True
    ) -> None:
        """A paper, its next version (`is_new`), or only another audience."""
        by = self.secretary()
        if by is None:
            return
        told = known or PaperTold(paper=f"paper-{marker()}", audience=audience)
        if known is None:
            self.papers.append(told)
            self.ids[told.paper.removeprefix("paper-")] = told
        told.audience, told.is_removed = audience, False
        title, file_name = marker(), marker()
        self.titles |= {title: told, file_name: told}
        blob = told.blobs[-1][0] if told.blobs else ""
        if is_new or not blob:
            blob = self.office.upload(by, marker().encode() * 50)
        fact = facts.PaperPut(
            paper=told.paper, item="i", place=0, title=title, file_name=f"{file_name}.pdf",
            blob=blob, size=1, pages=3, version=len(told.blobs) + 1, audience=audience,
        )  # fmt: skip
        record = by.write(self.meeting, fact)
        assert by.send(record) == [""]
        told.title = title
        told.blobs.append((blob, by.answers[by._n][0].record))

    def remove_paper(self, told: PaperTold) -> None:
        by = self.secretary()
        if by is not None and not told.is_removed:
            fact = facts.PaperRemoved(paper=told.paper)
            assert by.send(by.write(self.meeting, fact)) == [""]
            told.is_removed = True

    def put_mark(self, who: str, told: PaperTold, audience: tuple[str, ...]) -> None:
        """A mark by somebody who may; by somebody who may not, a refusal."""
        if who in self.away:
            return
        by, mark, word = self.office.device_of(who), f"mark-{marker()}", marker()
        fact = facts.MarkPut(
            mark=mark, revision=1, paper=told.paper, blob=told.blobs[-1][0], page=0,
            shape=Note(at=Point(1, 2)), text=word,
        )  # fmt: skip
        persons = set(audience) - {"secretary", "chair", "everyone"}
        is_allowed = self.may_know(who, told) and persons <= self.people
        readers = self.frozen(who, audience)
        made = MarkTold(mark, who, told, fact.blob, audience, readers, [(word, readers)])
        self.words[word] = (made, readers if is_allowed else {who})
        self.mark_ids[mark.removeprefix("mark-")] = made
        refusal = by.send(by.write(self.meeting, fact, audience))
        assert (refusal == [""]) == is_allowed
        if is_allowed:
            self.marks.append(made)

    def change_mark(self, made: MarkTold) -> None:
        if made.is_removed or made.author in self.away:
            return
        by, word = self.office.device_of(made.author), marker()
        fact = facts.MarkPut(
            mark=made.mark, revision=made.revision + 1, paper=made.paper.paper, blob=made.blob,
            page=0, shape=Note(at=Point(1, 2)), text=word,
        )  # fmt: skip
        is_allowed = self.may_know(made.author, made.paper)
        readers = self.frozen(made.author, made.audience)
        self.words[word] = (made, readers if is_allowed else {made.author})
        refusal = by.send(by.write(self.meeting, fact, made.audience))
        assert (refusal == [""]) == is_allowed
        if is_allowed:
            made.revision += 1
            made.readers |= readers
            made.words.append((word, readers))

    def remove_mark(self, made: MarkTold) -> None:
        if made.is_removed or made.author in self.away:
            return
        by = self.office.device_of(made.author)
        fact = facts.MarkRemoved(mark=made.mark, revision=made.revision + 1, paper=made.paper.paper)
        assert by.send(by.write(self.meeting, fact, made.audience)) == [""]
        made.is_removed = True
        made.readers |= self.frozen(made.author, made.audience)

    def receive(self, who: str, told: PaperTold) -> None:
        if who not in self.away:
            by = self.office.device_of(who)
            fact = facts.Receipt(paper=told.paper, blob=told.blobs[-1][0], is_opened=True)
            by.send(by.write(self.meeting, fact, ("secretary", "chair")))

    def answer(self, who: str) -> None:
        if who in self.people - self.away:
            by, reason = self.office.device_of(who), marker()
            self.answers[reason] = self.frozen(who, ("secretary", "chair"))
            fact = facts.AnswerGiven(answer="absent", reason=reason)
            assert by.send(by.write(self.meeting, fact, ("secretary", "chair"))) == [""]

    def leave_office(self, who: str) -> None:
        if who not in self.away and not who.startswith("person-s"):
            self.office.set_office(facts.PersonRemoved(person=who))
            self.away.add(who)

    def come_back(self, who: str) -> None:
        if who in self.away:
            self.office.set_office(self.office.person(who))
            self.away.discard(who)

    def end(self) -> None:
        for who in PEOPLE:
            self.come_back(who)

    # --- checks ---------------------------------------------------------------------------

    def check(self) -> None:
        """Everything sent since the last look was readable, and what is held still is."""
        self.office.settle()
        for device in self.office.devices:
            steps, device.new_steps = device.new_steps, []
            for step in steps:
                self._check_step(device, step, "was sent")
            if device.line is None:
                continue
            for step in device.holds.values():
                self._check_step(device, step, "still holds")
            if device.principal in self.away:
                assert device.holds == {}
            else:
                self._check_complete(device)

    def _check_step(self, device: Device, step: Step, what: str) -> None:
        for word in step.markers:
            assert self.may_hear(device.principal, word, step), (device.principal, what, step.text)
        if step.head is not None and step.head.kind in ("receipt", "answer_given"):
            assert device.principal != self.office.room

    def _check_complete(self, device: Device) -> None:
        held = {word for step in device.holds.values() for word in step.markers}
        who = device.principal
        due = {told.title for told in self.papers if self.may_know(who, told)}
        for made in self.marks:
            if not made.is_removed and self.may_know(who, made.paper):
                due |= {
                    word for word, readers in made.words if who in readers or "everyone" in readers
                }
        assert due <= held, (who, due - held)

    def check_blobs(self) -> None:
        """A file answers those who may read its paper; the rest hear what nothing says."""
        own = {device.name: self._own_references(device) for device in self.office.devices}
        for device in self.office.devices:
            if device.line is None:
                continue
            device.web.close()  # one that was idle is no longer open at the hub
            nothing = device.get("0" * 64, "record-none")
            assert nothing[0] == 404
            for told in self.papers:
                for blob, record in told.blobs[-3:]:
                    answer = device.get(blob, record)
                    assert (answer[0] == 200) == self.may_know(device.principal, told)
                    assert answer[0] == 200 or answer == nothing
                for reference in own[device.name]:
                    assert device.get(told.blobs[-1][0], reference) == nothing

    def _own_references(self, device: Device) -> list[str]:
        kinds = ("mark_put", "receipt")
        steps = [step for step in device.holds.values() if step.head.stream == self.meeting]
        mine = [s for s in steps if s.head.author == device.principal and s.head.kind in kinds]
        return [step.record for step in mine[-2:]]


__all__ = ["AUDIENCES", "OFFICE", "PAPER_AUDIENCES", "Story"]
