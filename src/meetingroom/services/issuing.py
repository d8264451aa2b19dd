"""Issuing: papers uploaded, then one batch that the hub takes whole or not at all."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

import msgspec

from meetingroom.domain.errors import CallError, LinkError, RefusedError
from meetingroom.domain.facts import (
    AgendaItem,
    Fact,
    Invited,
    MeetingIssued,
    OnlineLink,
    PaperPut,
    PaperRemoved,
)
from meetingroom.domain.ids import new_id
from meetingroom.domain.meeting import Meeting
from meetingroom.services.desk import Desk
from meetingroom.services.drafting import Draft, Drafting, DraftLink, DraftPaper
from meetingroom.services.errands import Errands
from meetingroom.services.news import (
    LinkNews,
    MeetingChanged,
    MeetingGone,
    News,
    RecordRefused,
    RecordsAccepted,
)
from meetingroom.services.patience import AWAY

Progress = Callable[[int, int], None]
HUB_SECONDS = 30.0
PATIENCE_SECONDS = 600.0
T = TypeVar("T")


class Issuing:
    """Sends drafts out as revisions."""

    def __init__(self, desk: Desk, drafting: Drafting) -> None:
        self._desk = desk
        self._drafting = drafting
        self._errands = Errands("issue")
        desk.before_closing(self._errands.close)

    def issue(self, meeting: str, progress: Progress | None = None) -> "Future[int]":
        """Upload what is new and issue the draft; the revision the hub accepted.

        `progress` is told (bytes sent, bytes in all) on other threads. Fails with LinkError
        (the hub stayed away for ten minutes; the draft is safe), RefusedError("stale") where
        somebody else issued first, or CallError("draft.incomplete").
        """
        return self._errands.run(lambda: self._issue(meeting, progress or (lambda _a, _b: None)))

    def _issue(self, meeting: str, progress: Progress) -> int:
        draft = self._drafting.draft(meeting)
        if draft is None:
            raise CallError("meeting.unknown")
        if not draft.title.strip() or not draft.chair or not draft.starts_at:
            raise CallError("draft.incomplete")
        folded = self._desk.meeting(meeting)
        self._patiently(lambda: self._upload(draft, folded, progress))
        links = tuple(self._patiently(partial(self._link, meeting, row)) for row in draft.links)
        facts = issue_facts(draft, folded, links)
        revision = self._send(meeting, facts)
        self._drafting.discard(meeting).result(timeout=HUB_SECONDS)
        return revision

    def _patiently(self, errand: Callable[[], T]) -> T:
        """Do what needs the hub; where the hub went away, wait for it and do it again."""
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return errand()
            except LinkError as error:
                if error.code not in AWAY or time.monotonic() > end:
                    raise
                self._until_online(end)

    def _until_online(self, end: float) -> None:
        is_here = threading.Event()

        def on_news(what: News) -> None:
            if isinstance(what, LinkNews) and what.change.state == "online":
                is_here.set()

        self._desk.listen(on_news)
        try:
            if self._desk.link_state.state == "online":
                is_here.wait(1.0)  # cut, and not yet noticed; or back already
            else:
                is_here.wait(max(0.0, end - time.monotonic()))
        finally:
            self._desk.stop_listening(on_news)

    def _upload(self, draft: Draft, folded: Meeting | None, progress: Progress) -> None:
        known = {row.current.blob for row in folded.papers.values()} if folded else set()
        new = {row.blob: row.size for row in draft.papers if row.blob not in known}
        total, before = sum(new.values()), 0
        for blob, size in new.items():
            path = self._desk.blobs.path(blob)
            if path is None or self._desk.link is None:
                raise LinkError("link.offline") if path else CallError("blob.not_here")
            start = before

            def moved(done: int, _size: int, start: int = start) -> None:
                progress(start + done, total)

            self._desk.link.upload(blob, path, moved).result()
            before += size
            progress(before, total)

    def _link(self, meeting: str, link: DraftLink) -> OnlineLink:
        secret = link.secret
        kept = self._drafting.kept_secret(link)
        if kept is not None:
            body = {"meeting": meeting, "secret": kept}
            secret = str(self._desk.ask("secret.put", body).result(HUB_SECONDS)["name"])
        words = msgspec.structs.asdict(link)
        del words["local_secret"]
        return OnlineLink(**{**words, "secret": secret})

    def _send(self, meeting: str, facts: list[Fact]) -> int:
        issued = facts[-1]
        assert isinstance(issued, MeetingIssued)  # noqa: S101
        outcome = _Outcome(meeting)
        self._desk.listen(outcome.on_news)
        outcome.expect(self._desk.write_batch(meeting, facts, new_id("batch")))
        is_known = outcome.is_known.wait(PATIENCE_SECONDS)
        self._desk.stop_listening(outcome.on_news)
        if not is_known:
            # It stays in the outbox and goes out by itself when the hub is back.
            raise LinkError("link.issue_waits")
        if outcome.refusal:
            raise RefusedError(outcome.refusal)
        return issued.revision


class _Outcome:
    """Waits until the hub took or refused a batch; news may come before `mine` is known.

    Only these very records count: another secretary's revision may have the same number.
    """

    def __init__(self, meeting: str) -> None:
        self._meeting = meeting
        self._refused: dict[str, RecordRefused] = {}
        self._accepted: set[str] = set()
        self._numbered: set[str] = set()
        self._is_gone = False
        self._mine: list[str] = []
        self.refusal = ""
        self.is_known = threading.Event()

    def expect(self, mine: list[str]) -> None:
        """The batch's records, the one that issues last."""
        self._mine = mine
        self._judge()

    def on_news(self, what: News) -> None:
        if isinstance(what, RecordRefused):
            self._refused[what.record] = what
            self._judge()
        elif isinstance(what, RecordsAccepted):
            self._accepted |= what.records
            self._judge()
        elif isinstance(what, MeetingGone):
            self._is_gone |= what.meeting == self._meeting
            self._judge()
        elif isinstance(what, MeetingChanged) and what.meeting.id == self._meeting:
            self._numbered = set(what.meeting.issue_records)
            self._judge()

    def _judge(self) -> None:
        issued = self._mine[-1] if self._mine else ""
        # Who issues a meeting without being in it hears of it no more.
        if issued in self._numbered or (issued in self._accepted and self._is_gone):
            self.is_known.set()
        mine = [self._refused[record] for record in self._mine if record in self._refused]
        if mine and len(mine) == len(self._mine):
            reasons = [row.reason for row in mine if row.reason != "batch"]
            self.refusal = reasons[0] if reasons else "batch"
            self.is_known.set()


def issue_facts(draft: Draft, folded: Meeting | None, links: tuple[OnlineLink, ...]) -> list[Fact]:
    """The records of a revision: papers that changed, papers gone, then `issued`."""
    facts: list[Fact] = []
    for item in draft.items:
        for place, paper in enumerate(item.papers):
            fact = _paper_fact(item.item, place, paper)
            if folded is None or not _is_same(folded, fact):
                facts.append(fact)
    kept = {paper.paper for paper in draft.papers}
    facts += [
        PaperRemoved(paper=row) for row in (folded.papers if folded else ()) if row not in kept
    ]
    facts.append(
        MeetingIssued(
            revision=draft.base + 1,
            base=draft.base,
            title=draft.title.strip(),
            kind=draft.kind,
            body=draft.body,
            starts_at=draft.starts_at,
            place=draft.place.strip(),
            chair=draft.chair,
            secretaries=draft.secretaries,
            people=(
                *(Invited(person=person) for person in draft.members),
                *(Invited(person=person, role="guest") for person in draft.guests),
            ),
            agenda=tuple(
                AgendaItem(
                    item=item.item,
                    title=item.title.strip(),
                    presenter=item.presenter,
                    minutes=item.minutes,
                    is_paper_only=item.is_paper_only,
                )
                for item in draft.items
            ),
            links=links,
        )
    )
    return facts


def _paper_fact(item: str, place: int, paper: DraftPaper) -> PaperPut:
    return PaperPut(
        paper=paper.paper,
        item=item,
        place=place,
        title=paper.title,
        file_name=paper.file_name,
        blob=paper.blob,
        size=paper.size,
        pages=paper.pages,
        version=paper.version,
        audience=paper.audience,
        handling=paper.handling,
    )


def _is_same(folded: Meeting, fact: PaperPut) -> bool:
    row = folded.papers.get(fact.paper)
    if row is None:
        return False
    current = row.current
    return (
        (row.item, row.place, row.title, row.audience, row.handling)
        == (fact.item, fact.place, fact.title, fact.audience, fact.handling)
        and (current.blob, current.version) == (fact.blob, fact.version)
    )  # fmt: skip


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that changed for a reader: `code` makes its words, `subject` names it."""

    code: str
    subject: str = ""
    paper: str = ""


def changes_since(meeting: Meeting, revision: int, versions: dict[str, int]) -> list[Change]:
    """What changed since a reader looked: time, place, items, papers and their versions."""
    now = meeting.issued
    then = next((row for row in meeting.revisions if row.revision == revision), None)
    if now is None or then is None or (now.revision == revision and not versions):
        return []
    changes = [
        Change(code=code)
        for code, is_same in (
            ("title", now.title == then.title),
            ("time", now.starts_at == then.starts_at),
            ("place", now.place == then.place),
            ("chair", now.chair == then.chair),
        )
        if not is_same
    ]
    old_items = {row.item for row in then.agenda}
    new_items = {row.item for row in now.agenda}
    changes += [
        Change(code="item_new", subject=row.title)
        for row in now.agenda
        if row.item not in old_items
    ]
    changes += [
        Change(code="item_gone", subject=row.title)
        for row in then.agenda
        if row.item not in new_items
    ]
    for paper in meeting.in_reading_order():
        seen = versions.get(paper.paper)
        if seen is None:
            changes.append(Change(code="paper_new", subject=paper.title, paper=paper.paper))
        elif seen < paper.current.version:
            changes.append(Change(code="paper_version", subject=paper.title, paper=paper.paper))
    changes += [
        Change(code="paper_gone", subject=row.title)
        for key, row in meeting.removed_papers.items()
        if key in versions
    ]
    return changes
