"""A meeting as folded from its stream: what anyone sees of it."""

from collections.abc import Callable, Iterable
from typing import Any, Literal

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.calls import Calls, all_left, with_call
from meetingroom.domain.entries import Entry, in_order
from meetingroom.domain.faults import Fault
from meetingroom.domain.ids import EVERYONE
from meetingroom.domain.mark_folding import Marks, TakenBack, carry_mark, put_mark, remove_mark
from meetingroom.domain.marks import Mark, Shape, bounds, moved
from meetingroom.domain.opinions import CHANGES as OPINION_CHANGES
from meetingroom.domain.opinions import Opinions
from meetingroom.domain.presence import Presence, ReceiptState, with_stay
from meetingroom.domain.purging import Purge, names_purged, with_purge, with_receipt
from meetingroom.domain.replies import root_of
from meetingroom.domain.speaking import CHANGES as SPEAKING_CHANGES
from meetingroom.domain.speaking import Speaking, freed
from meetingroom.domain.voting import CHANGES as VOTING_CHANGES
from meetingroom.domain.voting import Voting

State = Literal["draft", "issued", "open", "closed", "cancelled"]


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a paper's file."""

    version: int
    blob: str
    size: int
    pages: int
    file_name: str
    at: str = ""
    record: str = ""


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper as it stands, with all its versions, oldest first."""

    paper: str
    item: str
    place: int
    title: str
    audience: tuple[str, ...]
    handling: str = ""
    versions: tuple[Version, ...] = ()

    @property
    def current(self) -> Version:
        """The newest version."""
        return self.versions[-1]

    @property
    def is_restricted(self) -> bool:
        """Whether only named persons may read it."""
        return EVERYONE not in self.audience


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """Everything folded. `number` is the last numbered record folded in.

    `issue_records` are the ids of the numbered records that issued its revisions.
    """

    id: str
    state: State = "draft"
    issued: facts.MeetingIssued | None = None
    revisions: tuple[facts.MeetingIssued, ...] = ()
    numbered_revision: int = 0
    issue_records: tuple[str, ...] = ()
    issued_at: str = ""
    first_issued_at: str = ""
    papers: dict[str, Paper] = {}
    removed_papers: dict[str, Paper] = {}
    marks: dict[str, Mark] = {}
    taken_back: dict[str, TakenBack] = {}
    receipts: dict[tuple[str, str], ReceiptState] = {}
    presence: dict[str, Presence] = {}
    answers: dict[str, facts.AnswerGiven] = {}
    answer_records: dict[str, str] = {}
    decided: dict[str, bool] = {}
    current_item: str = ""
    item_started_at: str = ""
    item_times: dict[str, tuple[str, str]] = {}
    scene: facts.SceneShown = facts.SceneShown(scene="lobby")
    scene_record: str = ""
    turner: str = ""
    unlocked: dict[str, str] = {}
    faults: dict[tuple[str, str], Fault] = {}
    number: tuple[int, int] = (0, 0)
    needs_update: bool = False
    speaking: Speaking = Speaking()
    voting: Voting = Voting()
    opinions: Opinions = Opinions()
    purges: dict[str, Purge] = {}
    calls: Calls = {}

    @property
    def is_running(self) -> bool:
        return self.state == "open"

    @property
    def people(self) -> tuple[str, ...]:
        """Everyone of the current revision: chair, secretaries, invited; each once."""
        if self.issued is None:
            return ()
        named = (self.issued.chair, *self.issued.secretaries)
        return tuple(dict.fromkeys((*named, *(i.person for i in self.issued.people))))

    def is_here(self, person: str) -> bool:
        """Whether somebody checked in and has not left."""
        known = self.presence.get(person)
        return known is not None and not known.left_at

    def substitute_agreed(self, substitute: str, absent: str) -> bool:
        """Whether the chair agreed that somebody stands in for one who is away."""
        answer = self.answers.get(absent)
        if answer is None or answer.answer != "substitute" or answer.substitute != substitute:
            return False
        return self.decided.get(absent, False)

    def is_secretary(self, person: str) -> bool:
        return self.issued is not None and person in self.issued.secretaries

    def is_chair(self, person: str) -> bool:
        return self.issued is not None and person == self.issued.chair

    def papers_of(self, item: str) -> list[Paper]:
        """The papers of an item in their order."""
        papers = [paper for paper in self.papers.values() if paper.item == item]
        return sorted(papers, key=lambda paper: (paper.place, paper.title))

    def in_reading_order(self) -> list[Paper]:
        """All papers: by item, then by place."""
        if self.issued is None:
            return sorted(self.papers.values(), key=lambda paper: (paper.place, paper.title))
        return [paper for row in self.issued.agenda for paper in self.papers_of(row.item)]

    def number_of(self, paper: str) -> str:
        """A paper's number as people say it, such as "2.1"; empty if unknown."""
        for index, row in enumerate(self.issued.agenda if self.issued else (), 1):
            for place, other in enumerate(self.papers_of(row.item), 1):
                if other.paper == paper:
                    return f"{index}.{place}"
        return ""

    def paper_with(self, blob: str) -> Paper | None:
        """The paper one of whose versions is this blob."""
        for paper in (*self.papers.values(), *self.removed_papers.values()):
            if any(version.blob == blob for version in paper.versions):
                return paper
        return None

    def marks_on(self, blob: str, page: int | None = None) -> list[Mark]:
        """Marks as they stand on one version of a paper, oldest first."""
        shown = (self.placed(mark, blob) for mark in self.marks.values())
        return [one for one in shown if one is not None and (page is None or one.page == page)]

    def marks_everywhere(self) -> list[Mark]:
        """Every mark that is no reply, on every version it stands on."""
        shown: list[Mark] = []
        for mark in self.marks.values():
            if not mark.reply_to:
                shown.append(mark)
                places = (mark.on_version(blob) for blob in mark.stands)
                shown += [one for one in places if one is not None]
        return shown

    def marks_at_newest(self) -> dict[str, Mark]:
        """All marks by their ids, each on the newest version it stands on."""
        shown = dict(self.marks)
        for mark in self.marks.values():
            paper = self.papers.get(mark.paper) or self.removed_papers.get(mark.paper)
            if mark.stands and paper is not None:
                blobs = [version.blob for version in reversed(paper.versions)]
                shown[mark.id] = self._at_newest(mark, blobs, is_certain=False)
        return shown

    def unplaced_on(self, blob: str) -> list[Mark]:
        """Marks of older versions for which no place was found on this one, as they were."""
        rows = self.marks.values()
        return [m for m in rows if blob in m.stands and m.stands[blob].certainty == "unplaced"]

    def placed(self, mark: Mark, blob: str) -> Mark | None:
        """A mark as it stands on a version, a reply beside what it answers; None if nowhere."""
        shown = mark.on_version(blob)
        answered = root_of(mark, self.marks) if shown is None and mark.reply_to else None
        if answered is None or answered is mark:
            return shown
        here, there = answered.on_version(mark.blob), answered.on_version(blob)
        if here is None or there is None:
            return None
        old, new = bounds(here.shape), bounds(there.shape)
        shape = moved(mark.shape, new.x0 - old.x0, new.y0 - old.y0)
        return _with_place(mark, there, shape)

    def marks_of(self, paper: Paper, *, is_certain: bool = False) -> list[Mark]:
        """Each mark of a paper once, on the newest version it stands on.

        With `is_certain`, what its author should still look at stays where it certainly stands.
        """
        blobs = [version.blob for version in reversed(paper.versions)]
        rows = [mark for mark in self.marks.values() if mark.paper == paper.paper]
        return [self._at_newest(mark, blobs, is_certain=is_certain) for mark in rows]

    def _at_newest(self, mark: Mark, blobs: list[str], *, is_certain: bool) -> Mark:
        for blob in blobs:
            shown = self.placed(mark, blob)
            if shown is not None and not (is_certain and shown.certainty == "look"):
                return shown
        return mark


def _with_place(mark: Mark, place: Mark, shape: Shape) -> Mark:
    return msgspec.structs.replace(
        mark, blob=place.blob, page=place.page, shape=shape, certainty=place.certainty
    )


def fold_meeting(stream: str, entries: Iterable[Entry], start: Meeting | None = None) -> Meeting:
    """The meeting after these entries: all of its stream, or the next ones after `start`."""
    meeting = start or Meeting(id=stream)
    # Fresh tables that the steps of this fold may change in place: marks are many.
    meeting = _with(
        meeting,
        marks=dict(meeting.marks),
        taken_back=dict(meeting.taken_back),
        receipts=dict(meeting.receipts),
    )
    for entry in in_order(entries):
        meeting = _step(meeting, entry)
    return meeting


def _step(meeting: Meeting, entry: Entry) -> Meeting:
    if entry.envelope is not None:
        number = (entry.envelope.epoch, entry.envelope.number)
        meeting = _with(meeting, number=max(meeting.number, number))
    fact = entry.fact
    if isinstance(fact, facts.Unknown):
        wants = entry.head.critical and fact.reason != "purged"
        return _with(meeting, needs_update=True) if wants else meeting
    if entry.refused is not None and not _is_for_the_author(meeting, fact):
        return meeting
    if names_purged(fact, meeting.purges):
        return meeting
    if part := SPEAKING_CHANGES.get(type(fact)):
        return _with(meeting, speaking=part(meeting.speaking, entry))
    if ballot := VOTING_CHANGES.get(type(fact)):
        return _with(meeting, voting=ballot(meeting.voting, entry))
    if words := OPINION_CHANGES.get(type(fact)):
        return _with(meeting, opinions=words(meeting.opinions, entry))
    change = _CHANGES.get(type(fact))
    return change(meeting, entry) if change else meeting


def _is_for_the_author(meeting: Meeting, fact: facts.Fact) -> bool:
    """What a refused record still does on its author's screen: show words, or take a mark away.

    A mark the hub never took cannot be removed there: the hub refuses the removal, too.
    """
    if isinstance(fact, facts.MarkRemoved | facts.MarkCarried):
        known = meeting.marks.get(fact.mark)
        return known is not None and known.is_refused
    return isinstance(fact, facts.MarkPut | facts.OpinionGiven)


def _with(meeting: Meeting, **changes: Any) -> Meeting:
    return msgspec.structs.replace(meeting, **changes)


def _put_paper(meeting: Meeting, entry: Entry) -> Meeting:
    fact = entry.fact
    assert isinstance(fact, facts.PaperPut)  # noqa: S101
    known = meeting.papers.get(fact.paper) or meeting.removed_papers.get(fact.paper)
    version = Version(
        version=fact.version,
        blob=fact.blob,
        size=fact.size,
        pages=fact.pages,
        file_name=fact.file_name,
        at=entry.at,
        record=entry.head.id,
    )
    older = known.versions if known else ()
    is_same = bool(older) and older[-1].blob == fact.blob
    paper = Paper(
        paper=fact.paper,
        item=fact.item,
        place=fact.place,
        title=fact.title,
        audience=fact.audience,
        handling=fact.handling,
        versions=(*older[:-1], version) if is_same else (*older, version),
    )
    removed = {key: row for key, row in meeting.removed_papers.items() if key != fact.paper}
    return _with(meeting, papers={**meeting.papers, fact.paper: paper}, removed_papers=removed)


def _remove_paper(meeting: Meeting, entry: Entry) -> Meeting:
    fact = entry.fact
    assert isinstance(fact, facts.PaperRemoved)  # noqa: S101
    paper = meeting.papers.get(fact.paper)
    if paper is None:
        return meeting
    papers = {key: row for key, row in meeting.papers.items() if key != fact.paper}
    return _with(
        meeting, papers=papers, removed_papers={**meeting.removed_papers, fact.paper: paper}
    )


def _issue(meeting: Meeting, entry: Entry) -> Meeting:
    fact = entry.fact
    assert isinstance(fact, facts.MeetingIssued)  # noqa: S101
    if meeting.issued is not None and fact.revision <= meeting.issued.revision:
        return meeting
    state: State = "issued" if meeting.state in ("draft", "cancelled") else meeting.state
    leaders = (fact.chair, *fact.secretaries)
    return _with(
        meeting,
        issued=fact,
        unlocked={room: who for room, who in meeting.unlocked.items() if who in leaders},
        revisions=(*meeting.revisions, fact),
        numbered_revision=fact.revision if entry.envelope else meeting.numbered_revision,
        issue_records=(*meeting.issue_records, *((entry.head.id,) if entry.envelope else ())),
        issued_at=entry.at,
        first_issued_at=meeting.first_issued_at or entry.at,
        state=state,
    )


def _open(meeting: Meeting, entry: Entry) -> Meeting:
    return _with(meeting, state="open")


def _end(state: State) -> Callable[[Meeting, Entry], Meeting]:
    def change(meeting: Meeting, entry: Entry) -> Meeting:
        calls = all_left(meeting.calls, entry.at)
        ended = _end_item(meeting, entry)
        return _with(ended, state=state, unlocked={}, turner="", calls=calls)

    return change


def _end_item(meeting: Meeting, entry: Entry) -> Meeting:
    meeting = _with(meeting, speaking=freed(meeting.speaking, entry))
    if not meeting.current_item:
        return meeting
    times = {**meeting.item_times, meeting.current_item: (meeting.item_started_at, entry.at)}
    return _with(meeting, item_times=times, current_item="", item_started_at="", turner="")


def _start_item(meeting: Meeting, entry: Entry) -> Meeting:
    fact = entry.fact
    assert isinstance(fact, facts.ItemStarted)  # noqa: S101
    if fact.item == meeting.current_item:
        return meeting
    meeting = _end_item(meeting, entry)
    return _with(meeting, current_item=fact.item, item_started_at=entry.at, turner="")


def _ended_item(meeting: Meeting, entry: Entry) -> Meeting:
    fact = entry.fact
    assert isinstance(fact, facts.ItemEnded)  # noqa: S101
    return _end_item(meeting, entry) if fact.item == meeting.current_item else meeting


def _show(meeting: Meeting, entry: Entry) -> Meeting:
    return _with(meeting, scene=entry.fact, scene_record=entry.head.id)


def _give_turning(meeting: Meeting, entry: Entry) -> Meeting:
    fact = entry.fact
    assert isinstance(fact, facts.TurningGiven)  # noqa: S101
    ended = max((end for _, end in meeting.item_times.values()), default="")
    if entry.was_offline and entry.at < max(meeting.item_started_at, ended):
        return meeting  # it ended with the item it was given in
    return _with(meeting, turner=fact.person)


def _unlock(meeting: Meeting, entry: Entry) -> Meeting:
    fact = entry.fact
    assert isinstance(fact, facts.DisplayUnlocked)  # noqa: S101
    return _with(meeting, unlocked={**meeting.unlocked, fact.room: fact.person})


def _lock(meeting: Meeting, entry: Entry) -> Meeting:
    fact = entry.fact
    assert isinstance(fact, facts.DisplayLocked)  # noqa: S101
    rest = {room: person for room, person in meeting.unlocked.items() if room != fact.room}
    return _with(meeting, unlocked=rest)


def _fault(meeting: Meeting, entry: Entry) -> Meeting:
    fact = entry.fact
    assert isinstance(fact, facts.DisplayFault)  # noqa: S101
    key = (fact.room, fact.code)
    rest = {other: fault for other, fault in meeting.faults.items() if other != key}
    if not fact.is_over:
        rest[key] = Fault(
            room=fact.room, code=fact.code, paper=fact.paper, page=fact.page, at=entry.at
        )
    return _with(meeting, faults=rest)


def _receipt(meeting: Meeting, entry: Entry) -> Meeting:
    fact = entry.fact
    assert isinstance(fact, facts.Receipt)  # noqa: S101
    state = ReceiptState(
        device=entry.head.device,
        person=entry.head.author,
        paper=fact.paper,
        blob=fact.blob,
        is_verified=fact.is_verified,
        is_opened=fact.is_opened,
        pages=fact.pages,
        at=entry.at,
    )
    meeting.receipts[entry.head.device, fact.paper] = state
    return meeting


def _purge(meeting: Meeting, entry: Entry) -> Meeting:
    """The paper and what stands on it go, also where their records are still whole."""
    fact = entry.fact
    assert isinstance(fact, facts.Purged)  # noqa: S101
    scene, opinions = meeting.scene, meeting.opinions.without_paper(fact.paper)
    if scene.paper == fact.paper or (scene.opinion and scene.opinion not in opinions.shown):
        item = meeting.current_item
        scene = facts.SceneShown(scene="item" if item else "lobby", item=item)
    marks = {key: row for key, row in meeting.marks.items() if row.paper != fact.paper}
    receipts = {key: row for key, row in meeting.receipts.items() if row.paper != fact.paper}
    return _with(
        meeting,
        purges=with_purge(meeting.purges, entry),
        papers={key: row for key, row in meeting.papers.items() if key != fact.paper},
        removed_papers={k: row for k, row in meeting.removed_papers.items() if k != fact.paper},
        marks=marks,
        receipts=receipts,
        scene=scene,
        opinions=opinions,
    )


def _purge_done(meeting: Meeting, entry: Entry) -> Meeting:
    return _with(meeting, purges=with_receipt(meeting.purges, entry))


def _on_call(meeting: Meeting, entry: Entry) -> Meeting:
    is_over = meeting.state in ("closed", "cancelled")
    return meeting if is_over else _with(meeting, calls=with_call(meeting.calls, entry))


def _on_presence(meeting: Meeting, entry: Entry) -> Meeting:
    return _with(meeting, presence=with_stay(meeting.presence, entry))


def _answer(meeting: Meeting, entry: Entry) -> Meeting:
    fact = entry.fact
    assert isinstance(fact, facts.AnswerGiven)  # noqa: S101
    person = fact.person or entry.head.author
    # A new answer wants a new decision.
    decided = {key: yes for key, yes in meeting.decided.items() if key != person}
    records = {**meeting.answer_records, person: entry.head.id}
    answers = {**meeting.answers, person: fact}
    return _with(meeting, answers=answers, answer_records=records, decided=decided)


def _decide(meeting: Meeting, entry: Entry) -> Meeting:
    fact = entry.fact
    assert isinstance(fact, facts.AnswerDecided)  # noqa: S101
    newest = meeting.answer_records.get(fact.person, fact.answer)
    if fact.answer and fact.answer != newest:
        return meeting  # it came after they had said otherwise
    return _with(meeting, decided={**meeting.decided, fact.person: fact.is_agreed})


def _on_marks(change: Callable[[Marks, Entry], None]) -> Callable[[Meeting, Entry], Meeting]:
    def step(meeting: Meeting, entry: Entry) -> Meeting:
        change(Marks(meeting.marks, meeting.taken_back), entry)
        return meeting

    return step


_CHANGES: dict[type[facts.Fact], Callable[[Meeting, Entry], Meeting]] = {
    facts.PaperPut: _put_paper,
    facts.PaperRemoved: _remove_paper,
    facts.MeetingIssued: _issue,
    facts.MeetingCancelled: _end("cancelled"),
    facts.MeetingOpened: _open,
    facts.MeetingClosed: _end("closed"),
    facts.ItemStarted: _start_item,
    facts.ItemEnded: _ended_item,
    facts.SceneShown: _show,
    facts.TurningGiven: _give_turning,
    facts.DisplayUnlocked: _unlock,
    facts.DisplayLocked: _lock,
    facts.Receipt: _receipt,
    facts.Purged: _purge,
    facts.PurgeDone: _purge_done,
    facts.DisplayFault: _fault,
    facts.CheckedIn: _on_presence,
    facts.LeftMeeting: _on_presence,
    facts.OnlineJoined: _on_call,
    facts.OnlineLeft: _on_call,
    facts.AnswerGiven: _answer,
    facts.AnswerDecided: _decide,
    facts.MarkPut: _on_marks(put_mark),
    facts.MarkRemoved: _on_marks(remove_mark),
    facts.MarkCarried: _on_marks(carry_mark),
}
