"""Preparing a meeting: a draft with its own undo, kept at every change, on this computer."""

import unicodedata
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

import msgspec

from meetingroom.domain.entrance import Entrance, read_entrance, split_entrance, written
from meetingroom.domain.errors import CallError, PaperError
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.ids import EVERYONE, new_id
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.paper import Inspection
from meetingroom.domain.ports import Inspector, Secrets
from meetingroom.services.desk import Desk
from meetingroom.services.news import News, PaperPurged


class DraftPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper on a draft's item; the file itself is already a blob on this computer."""

    paper: str
    title: str
    file_name: str
    blob: str
    size: int
    pages: int
    version: int = 1
    audience: tuple[str, ...] = (EVERYONE,)
    handling: str = ""
    secrecy: str = ""
    is_new: bool = False


class DraftItem(msgspec.Struct, frozen=True, kw_only=True):
    """One agenda item; `presenter` is a person's id or free words."""

    item: str
    title: str = ""
    presenter: str = ""
    minutes: int = 10
    papers: tuple[DraftPaper, ...] = ()
    is_paper_only: bool = False


class DraftLink(msgspec.Struct, frozen=True, kw_only=True):
    """An online meeting; `local_secret` names its passcode in this computer's keyring."""

    link: str
    title: str
    url: str
    meeting_number: str = ""
    secret: str | None = None
    local_secret: str | None = None
    service: str = ""
    organiser: str = ""
    level: str = ""
    site: str = ""
    contact: str = ""
    test_at: str = ""
    is_for_all: bool = False
    opens_itself: bool = False


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting in preparation. `base` is the issued revision it changes (0: none yet)."""

    meeting: str
    base: int = 0
    title: str = ""
    kind: str = ""
    body: str = ""
    starts_at: str = ""
    place: str = ""
    chair: str = ""
    secretaries: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    items: tuple[DraftItem, ...] = ()
    links: tuple[DraftLink, ...] = ()
    refused_files: int = 0

    @property
    def papers(self) -> tuple[DraftPaper, ...]:
        """All papers in order."""
        return tuple(paper for item in self.items for paper in item.papers)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the check list: `level` is must, look or good; `code` makes its words."""

    level: str
    code: str
    subject: str = ""
    count: int = 0


def new_draft(secretary: str) -> Draft:
    """An empty draft with its secretary and one empty item."""
    return Draft(
        meeting=new_id("meeting"), secretaries=(secretary,), items=(DraftItem(item=new_id("item")),)
    )


def draft_of(meeting: Meeting) -> Draft:
    """A draft that changes an issued meeting."""
    issued = meeting.issued
    if issued is None:
        raise CallError("meeting.unknown")
    return Draft(
        meeting=meeting.id,
        base=issued.revision,
        title=issued.title,
        kind=issued.kind,
        body=issued.body,
        starts_at=issued.starts_at,
        place=issued.place,
        chair=issued.chair,
        secretaries=issued.secretaries,
        members=tuple(row.person for row in issued.people if row.role == "member"),
        guests=tuple(row.person for row in issued.people if row.role != "member"),
        items=tuple(
            DraftItem(
                item=row.item,
                title=row.title,
                presenter=row.presenter,
                minutes=row.minutes,
                is_paper_only=row.is_paper_only,
                papers=_papers_of(meeting, row.item),
            )
            for row in issued.agenda
        ),
        links=tuple(_draft_link(link) for link in issued.links),
    )


def _papers_of(meeting: Meeting, item: str) -> tuple[DraftPaper, ...]:
    return tuple(
        DraftPaper(
            paper=paper.paper,
            title=paper.title,
            file_name=paper.current.file_name,
            blob=paper.current.blob,
            size=paper.current.size,
            pages=paper.current.pages,
            version=paper.current.version,
            audience=paper.audience,
            handling=paper.handling,
        )
        for paper in meeting.papers_of(item)
    )


def _draft_link(link: OnlineLink) -> DraftLink:
    return DraftLink(**msgspec.structs.asdict(link))


def without_paper(draft: Draft, paper: str, files: Sequence[str] = ()) -> Draft:
    """A draft without one paper, and without any of these files."""
    items = tuple(
        msgspec.structs.replace(
            item,
            papers=tuple(
                row for row in item.papers if row.paper != paper and row.blob not in files
            ),
        )
        for item in draft.items
    )
    return msgspec.structs.replace(draft, items=items)


class Drafting:
    """The drafts of this secretary."""

    def __init__(self, desk: Desk, inspector: Inspector, secrets: Secrets) -> None:
        self._desk = desk
        self._inspector = inspector
        self._secrets = secrets
        self._undo: dict[str, list[Draft]] = {}
        self._redo: dict[str, list[Draft]] = {}
        self._drafts: dict[str, Draft] = {
            name.removeprefix("draft:"): msgspec.json.decode(raw, type=Draft)
            for name, raw in desk.log.values("draft:").items()
        }
        desk.listen(self._on_news)

    def _on_news(self, what: News) -> None:
        if isinstance(what, PaperPurged):
            self._desk.run(lambda: self._forget(what.paper, what.files))

    def _forget(self, paper: str, files: Sequence[str]) -> None:
        """A purged paper stands in no draft, and undo does not bring it back."""
        for steps in (self._undo, self._redo):
            for meeting, drafts in steps.items():
                steps[meeting] = [without_paper(draft, paper, files) for draft in drafts]
        for meeting, draft in self._drafts.items():
            rest = without_paper(draft, paper, files)
            if rest != draft:
                self._desk.log.set_value(f"draft:{meeting}", msgspec.json.encode(rest))
                self._drafts[meeting] = rest

    @property
    def drafts(self) -> dict[str, Draft]:
        """All drafts by their meeting's id."""
        return dict(self._drafts)

    def draft(self, meeting: str) -> Draft | None:
        return self._drafts.get(meeting)

    def start(self) -> "Future[Draft]":
        """A new meeting's draft."""
        return self._desk.run(lambda: self._keep(new_draft(self._desk.person), is_new=True))

    def adopt(self, draft: Draft) -> "Future[Draft]":
        """Keep a draft made elsewhere (from a folder)."""
        return self._desk.run(lambda: self._keep(draft, is_new=True))

    def revise(self, meeting: str) -> "Future[Draft]":
        """The draft of the next revision of an issued meeting (an older draft goes on)."""

        def task() -> Draft:
            folded = self._desk.meeting(meeting)
            if folded is None or folded.issued is None:
                raise CallError("meeting.unknown")
            known = self._drafts.get(meeting)
            if known is not None and known.base == folded.issued.revision:
                return known
            return self._keep(draft_of(folded), is_new=True)

        return self._desk.run(task)

    def edit(self, meeting: str, change: Callable[[Draft], Draft]) -> "Future[Draft]":
        """Change a draft: kept at once, undoable. `change` gets the newest draft."""
        return self._desk.run(lambda: self._keep(change(self._get(meeting))))

    def undo(self, meeting: str) -> "Future[Draft]":
        return self._desk.run(lambda: self._step(meeting, self._undo, self._redo))

    def redo(self, meeting: str) -> "Future[Draft]":
        return self._desk.run(lambda: self._step(meeting, self._redo, self._undo))

    def can_undo(self, meeting: str) -> bool:
        return bool(self._undo.get(meeting))

    def can_redo(self, meeting: str) -> bool:
        return bool(self._redo.get(meeting))

    def discard(self, meeting: str) -> "Future[None]":
        """Give a draft up; an issued meeting stays as it was issued."""

        def task() -> None:
            self._desk.log.set_value(f"draft:{meeting}", None)
            self._drafts.pop(meeting, None)

        return self._desk.run(task)

    def look(self, files: Sequence[Path]) -> "Future[list[Inspection]]":
        """What files are, in the order given; nothing is copied."""
        return self._desk.run(lambda: self._inspector.inspect(files))

    def add_files(
        self,
        meeting: str,
        item: str,
        files: Sequence[Path],
        replaces: str = "",
        looked: Sequence[Inspection] | None = None,
    ) -> "Future[list[Inspection]]":
        """Drop files on an item; with `replaces`, the first is that paper's next version.

        Each is looked at before anything is copied (or was, with `looked`); a secret one
        leaves only a count. The answer says of each what it is, in the order dropped.
        """

        def task() -> list[Inspection]:
            seen_first = looked or self._inspector.inspect(files)
            inspections = [self._without_banned(seen) for seen in seen_first]
            for file, seen in zip(files, inspections, strict=True):
                if seen.problem == "paper.secret":
                    self._keep(_refused(self._get(meeting)))
                elif seen.problem is None:
                    self._add(meeting, item, file, seen, replaces)
            return inspections

        return self._desk.run(task)

    def _without_banned(self, seen: Inspection) -> Inspection:
        """A file that was purged as a secret comes back into no meeting."""
        purges = (one for row in self._desk.meetings.values() for one in row.purges.values())
        if any(seen.sha256 in one.blobs for one in purges if one.reason == "secret"):
            return msgspec.structs.replace(seen, problem="purged")
        return seen

    def add_link(self, meeting: str, title: str, url: str, passcode: str = "") -> "Future[Draft]":
        """An online meeting; what opens its door goes to the keyring, not the draft: the token
        in the address, and the passcode people type. Without an address the meeting goes over
        the higher level's own video system.

        Fails with CallError("link.not_https").
        """

        def task() -> Draft:
            plain, entrance = split_entrance(url, passcode) if url else ("", None)
            link = DraftLink(link=new_id("link"), title=title, url=plain)
            if entrance is not None:
                link = self.keep_entrance(link, entrance)
            draft = self._get(meeting)
            return self._keep(msgspec.structs.replace(draft, links=(*draft.links, link)))

        return self._desk.run(task)

    def keep_entrance(self, link: DraftLink, entrance: Entrance) -> DraftLink:
        """The link, what opens its door in the keyring; off the interface's thread.

        Each has a name of its own: an older draft, taken back, still finds its own.
        """
        name = f"passcode-{new_id(link.link)}"
        self._secrets.set(name, written(entrance))
        return msgspec.structs.replace(link, local_secret=name)

    def passcode(self, link: DraftLink) -> str | None:
        """What people type to get into a draft's online meeting, if anything; as above."""
        return read_entrance(self.kept_secret(link), link.url).to_type or None

    def kept_secret(self, link: DraftLink) -> str | None:
        """What the keyring has for a draft's link (`read_entrance` reads it); as above."""
        return self._secrets.get(link.local_secret) if link.local_secret else None

    def forget_passcodes(self, links: Sequence[DraftLink]) -> None:
        """Take the passcodes of links that are given up out of the keyring; as above."""
        for link in links:
            if link.local_secret:
                self._secrets.set(link.local_secret, None)

    # --- inside -------------------------------------------------------------------------

    def _get(self, meeting: str) -> Draft:
        draft = self._drafts.get(meeting)
        if draft is None:
            raise CallError("meeting.unknown")
        return draft

    def _keep(self, draft: Draft, *, is_new: bool = False) -> Draft:
        old = self._drafts.get(draft.meeting)
        if old == draft:
            return draft
        self._desk.log.set_value(f"draft:{draft.meeting}", msgspec.json.encode(draft))
        if old is not None and not is_new:
            self._undo.setdefault(draft.meeting, []).append(old)
            self._redo.pop(draft.meeting, None)
        self._drafts[draft.meeting] = draft
        return draft

    def _step(
        self, meeting: str, source: dict[str, list[Draft]], target: dict[str, list[Draft]]
    ) -> Draft:
        draft = self._get(meeting)
        if not source.get(meeting):
            return draft
        other = source[meeting][-1]
        self._desk.log.set_value(f"draft:{meeting}", msgspec.json.encode(other))
        source[meeting].pop()
        target.setdefault(meeting, []).append(draft)
        self._drafts[meeting] = other
        return other

    def _add(self, meeting: str, item: str, file: Path, seen: Inspection, replaces: str) -> None:
        try:
            blob, size = self._desk.blobs.keep_file(file)
        except OSError as error:
            raise PaperError("paper.unreadable", file=file.name) from error
        if blob != seen.sha256:
            # The file changed between the look and the copy: what was not looked at goes.
            self._desk.blobs.remove(blob)
            raise PaperError("paper.changed", file=file.name)
        name = unicodedata.normalize("NFC", file.name)
        paper = DraftPaper(
            paper=replaces or new_id("paper"),
            title=title_of(name),
            file_name=name,
            blob=blob,
            size=size,
            pages=seen.pages or 0,
            handling=seen.handling or "",
            secrecy=seen.secrecy or "",
            is_new=True,
        )
        self._keep(with_paper(self._get(meeting), item, paper))


def title_of(file_name: str) -> str:
    """A title from a file's name: without ending and without a leading number such as "2.1"."""
    stem = file_name.rsplit(".", 1)[0].replace("_", " ").strip()
    head, _, rest = stem.partition(" ")
    is_number = bool(head) and all(letter.isdecimal() or letter in ".-)" for letter in head)
    return rest.strip() if is_number and rest.strip() else stem


def with_paper(draft: Draft, item: str, paper: DraftPaper) -> Draft:
    """The draft with a paper at the end of an item, or with a paper's next version."""
    old = next((row for row in draft.papers if row.paper == paper.paper), None)
    if old is not None:
        new = msgspec.structs.replace(
            old,
            file_name=paper.file_name,
            blob=paper.blob,
            size=paper.size,
            pages=paper.pages,
            handling=paper.handling,
            secrecy=paper.secrecy,
            version=old.version + (old.blob != paper.blob),
        )
        return map_papers(draft, lambda row: new if row.paper == paper.paper else row)
    items = tuple(
        msgspec.structs.replace(row, papers=(*row.papers, paper)) if row.item == item else row
        for row in draft.items
    )
    return msgspec.structs.replace(draft, items=items)


def map_papers(draft: Draft, change: Callable[[DraftPaper], DraftPaper]) -> Draft:
    """The draft with every paper changed."""
    items = tuple(
        msgspec.structs.replace(item, papers=tuple(change(paper) for paper in item.papers))
        for item in draft.items
    )
    return msgspec.structs.replace(draft, items=items)


def _refused(draft: Draft) -> Draft:
    return msgspec.structs.replace(draft, refused_files=draft.refused_files + 1)


def findings(draft: Draft, devices_of: Callable[[str], int]) -> list[Finding]:
    """The check list before issuing: what must be solved, looked at, and what is good."""
    people = (*draft.members, *draft.guests)
    rows = [
        _finding(bool(draft.title.strip()), "title"),
        _finding(bool(draft.starts_at), "time"),
        _finding(bool(draft.chair), "chair"),
        _finding(bool(people), "people"),
        _finding(bool(draft.items) and all(row.title.strip() for row in draft.items), "items"),
        _finding(bool(draft.place.strip()), "place", "look"),
        _finding(all(row.presenter for row in draft.items), "presenters", "look"),
    ]
    if draft.refused_files:
        rows.append(Finding(level="look", code="secret", count=draft.refused_files))
    without = sum(devices_of(person) == 0 for person in people)
    rows.append(Finding(level="look" if without else "good", code="devices", count=without))
    rows += [
        Finding(level="look", code="no_text", subject=paper.title)
        for paper in draft.papers
        if paper.secrecy == "unknown"
    ]
    return sorted(rows, key=lambda row: ("must", "look", "good").index(row.level))


def _finding(is_good: bool, code: str, level: str = "must") -> Finding:
    return Finding(level="good" if is_good else level, code=code)
