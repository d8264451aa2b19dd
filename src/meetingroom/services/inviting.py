"""From a letter to a meeting: what was dropped is read, checked by a person, and drafted.

Letters are read one after another on a thread of this service; nothing of them is kept until a
person makes a meeting of one. Pasted things lie in a folder of their own until then.
"""

import errno
import shutil
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec

from meetingroom.domain.clock import utc_now
from meetingroom.domain.entrance import Entrance, read_entrance, split_entrance
from meetingroom.domain.errors import CallError, LinkError, MeetingError, PaperError, StoreError
from meetingroom.domain.facts import MeetingCancelled
from meetingroom.domain.ids import new_id
from meetingroom.domain.invitation import Received
from meetingroom.domain.paper import Inspection
from meetingroom.domain.records import moment_of
from meetingroom.services.desk import Desk
from meetingroom.services.drafting import Draft, Drafting, DraftLink
from meetingroom.services.errands import Errands
from meetingroom.services.known_meetings import Known, Origin, known_meetings, sought
from meetingroom.services.proposals import ProposedMeeting, ReadLetter, link_key

Told = Callable[[int, int], None]
USUAL_MINUTES, MOST_MINUTES = 120, 480
HAS_PAGES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"})
READABLE = frozenset({".txt", ".htm", ".html"})
DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
ORIGIN, HUB_SECONDS = "invited:", 15.0


class PageMaker(Protocol):
    """Makes a PDF of a picture or a text. Raises PaperError."""

    def make_pdf(self, source: Path, target: Path) -> "Future[None]": ...


class LetterReading(NamedTuple):
    """`read` finds the meetings in a file; a bad one is answered with a problem, never an error.

    `services` are the names of services for online meetings and what people call them.
    """

    read: Callable[[Path], Received]
    warm_up: Callable[[], None]
    services: Callable[[], dict[str, str]]


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """What a person dropped or pasted: a file, or what `content` gives under this name."""

    name: str
    path: Path | None = None
    content: Callable[[], bytes] | None = None


class ProposedLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link as a person confirmed it; without an address it is the higher level's own system."""

    service: str = ""
    url: str = ""
    meeting_number: str = ""
    passcode: str = ""
    organiser: str = ""
    level: str = ""
    site: str = ""
    contact: str = ""
    test_at: str = ""
    is_for_all: bool = False
    opens_itself: bool = False

    def __repr__(self) -> str:
        return "ProposedLink(…)"  # its passcode stands in no log


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as a person confirmed it; `papers` are the letters to go with it."""

    title: str
    starts_at: str
    ends_at: str = ""
    place: str = ""
    links: tuple[ProposedLink, ...] = ()
    papers: tuple[Path, ...] = ()
    origin: Origin = Origin()


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A draft that was made of a letter; `refused` are letters that could not become papers."""

    draft: Draft
    refused: tuple[Inspection, ...] = ()


class Inviting:
    """What a secretary does with letters; `folder` is where pasted things lie meanwhile."""

    def __init__(
        self,
        desk: Desk,
        drafting: Drafting,
        reading: LetterReading,
        folder: Path,
        pages: PageMaker | None = None,
    ) -> None:
        self._desk, self._drafting, self._reading = desk, drafting, reading
        self._folder, self._pages = folder, pages
        self._errands = Errands("letters")
        self._turn = 0
        self._lock = threading.Lock()
        self._errands.run(self._tidy)  # what a crash left of pasted things
        desk.before_closing(self._close)

    def _close(self) -> None:
        self._errands.run(self._tidy)
        self._errands.close()

    # --- reading ------------------------------------------------------------------------

    def read(
        self, handed: Sequence[Handed], told: Told | None = None
    ) -> "Future[list[ReadLetter]]":
        """Read what was dropped, in its order; `told` hears (done, all) on this thread.

        A later `read` or `stop` cancels it: its Future says so. Fails with StoreError.
        """
        with self._lock:
            self._turn += 1
            turn = self._turn
        return self._errands.run(lambda: self._read_all(turn, list(handed), told))

    def stop(self) -> None:
        """Nobody waits for what is being read any more; what was pasted goes."""
        with self._lock:
            self._turn += 1
        self._errands.run(self._tidy)

    def warm_up(self) -> None:
        """A letter is about to come: what reads it is started."""
        self._errands.run(self._reading.warm_up)

    def services(self) -> "Future[dict[str, str]]":
        """The names of services and what people call them."""
        return self._errands.run(self._reading.services)

    def _read_all(self, turn: int, handed: list[Handed], told: Told | None) -> list[ReadLetter]:
        self._tidy()
        letters = []
        for done, one in enumerate(handed):
            if turn != self._turn:
                raise CancelledError
            if told is not None:
                told(done, len(handed))
            letters.append(self._read_one(one, f"{turn}-{done:03d}"))
        if turn != self._turn:
            raise CancelledError
        return letters

    def _read_one(self, handed: Handed, number: str) -> ReadLetter:
        file = handed.path
        if file is None:
            content = handed.content() if handed.content is not None else b""
            file = self._written(number, handed.name, content)
        try:
            pages, sha256 = self._look(file, number)
            received = self._reading.read(file)
            if received.problem == "paper.secret":
                raise PaperError("paper.secret")
            if pages is None and received.text:
                pages, sha256 = self._look(self._words_of(received, file, number), number)
        except PaperError as error:
            return self._refused(handed, number, error)
        received = msgspec.structs.replace(received, text="")
        return ReadLetter(
            name=handed.name, file=file, received=received, pages=pages, sha256=sha256
        )

    def _words_of(self, received: Received, file: Path, number: str) -> Path:
        """The words of an e-mail or a document, which has no pages here, as a text."""
        words = received.text.encode("utf-8", "replace")
        return self._written(f"{number}-words", f"{file.stem}.txt", words)

    def _written(self, number: str, name: str, content: bytes) -> Path:
        """A file that nobody else of this computer reads: a passcode may stand in it.

        Raises StoreError.
        """
        file = self._folder / number / name
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content)
        except OSError as error:
            if error.errno in DISK_FULL:
                raise StoreError("store.full") from error
            raise StoreError("store.unwritable", file=name, reason=error.strerror or "") from error
        return file

    def _refused(self, handed: Handed, number: str, error: MeetingError) -> ReadLetter:
        """Of a secret letter nothing stays, not even its name."""
        is_secret = error.code == "paper.secret"
        if is_secret:
            for made in self._folder.glob(f"{number}*"):
                shutil.rmtree(made, ignore_errors=True)
        name = "" if is_secret else handed.name
        received = Received(file=name, problem=error.code, fields={"file": name})
        return ReadLetter(name=name, file=Path(), received=received)

    def _look(self, file: Path, number: str) -> tuple[Path | None, str]:
        """A PDF to look at, if there can be one, and its hash; PaperError("paper.secret")."""
        pages = self._pages_of(file, number)
        if pages is None:
            return None, ""
        seen = self._drafting.look([pages]).result()[0]
        if seen.problem == "paper.secret":
            if pages != file:
                pages.unlink(missing_ok=True)
            raise PaperError("paper.secret")
        return (pages, seen.sha256 or "") if seen.problem is None else (None, "")

    def _pages_of(self, file: Path, number: str) -> Path | None:
        suffix = file.suffix.lower()
        if suffix == ".pdf":
            return file
        if self._pages is None or suffix not in HAS_PAGES | READABLE:
            return None
        target = self._folder / f"{number}-pages" / f"{file.stem}.pdf"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            target.parent.mkdir(exist_ok=True)
        except OSError:
            return None  # as below
        try:
            self._pages.make_pdf(file, target).result()
        except PaperError:
            return None  # it has no pages to look at; what it says may still be read
        return target

    def _tidy(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    # --- a meeting that is here already -------------------------------------------------

    def known(self, meeting: ProposedMeeting, files: Sequence[str]) -> "Future[list[Known]]":
        """Meetings here that a letter may mean; `files` are the hashes of its pages."""

        def task() -> list[Known]:
            what = sought(meeting, files)
            drafts, meetings = self._drafting.drafts, self._desk.meetings
            me = self._desk.person
            own = {key: row for key, row in meetings.items() if row.is_secretary(me)}
            origins = self._desk.run(self._origins).result()
            return known_meetings(what, drafts, own, origins, utc_now())

        return self._errands.run(task)

    def change(self, meeting: str, proposal: Proposal) -> "Future[Made]":
        """A meeting as a newer letter says: its draft, or one of its next revision.

        What the letter does not say stays. One step of the draft's undo; fails as `make`.
        """
        return self._errands.run(lambda: self._change(meeting, proposal))

    def _change(self, meeting: str, proposal: Proposal) -> Made:
        folded = self._desk.meeting(meeting)
        is_issued = folded is not None and folded.issued is not None
        if is_issued or self._drafting.draft(meeting) is None:
            self._drafting.revise(meeting).result()
        links = tuple(self._kept(link, proposal.title) for link in proposal.links)
        draft = self._drafting.edit(meeting, lambda old: changed(old, proposal, links)).result()
        self._note_origin(meeting, proposal.origin)
        return self._with_papers(draft, proposal.papers)

    def cancel(self, meeting: str, reason: str) -> "Future[None]":
        """The higher level called the meeting off: so is ours, if it was issued."""

        def task() -> None:
            self._desk.write(meeting, MeetingCancelled(reason=reason))

        return self._desk.run(task)

    def _note_origin(self, meeting: str, origin: Origin) -> None:
        def task() -> None:
            old = self._origins().get(meeting, Origin())
            new = old.with_more(origin.uids, origin.files)
            if new != old:
                self._desk.log.set_value(f"{ORIGIN}{meeting}", msgspec.json.encode(new))

        self._desk.run(task).result()

    def _origins(self) -> dict[str, Origin]:
        """On the desk's thread."""
        rows = self._desk.log.values(ORIGIN)
        return {
            name.removeprefix(ORIGIN): msgspec.json.decode(raw, type=Origin)
            for name, raw in rows.items()
        }

    # --- making a meeting ---------------------------------------------------------------

    def make(self, base: Draft, proposal: Proposal) -> "Future[Made]":
        """A draft of a confirmed proposal, on top of what a new meeting begins with.

        Passcodes go to the keyring. Fails with CallError("link.not_https") or StoreError.
        """
        return self._errands.run(lambda: self._make(base, proposal))

    def _make(self, base: Draft, proposal: Proposal) -> Made:
        links = tuple(self._kept(link, proposal.title) for link in proposal.links)
        draft = drafted(base, proposal, links)
        self._drafting.adopt(draft).result()
        self._note_origin(draft.meeting, proposal.origin)
        return self._with_papers(draft, proposal.papers)

    def _kept(self, link: ProposedLink, title: str) -> DraftLink:
        """The link as the draft has it: a passcode, also one in the address, is kept apart."""
        words = msgspec.structs.asdict(link)
        passcode = words.pop("passcode").strip()
        plain, entrance = "", Entrance(passcode=passcode) if passcode else None
        if link.url:
            plain, entrance = split_entrance(link.url, passcode)
        made = DraftLink(link=new_id("link"), title=title, **{**words, "url": plain})
        return self._drafting.keep_entrance(made, entrance) if entrance is not None else made

    # --- correcting a link ----------------------------------------------------------------

    def passcode(self, meeting: str, link: str) -> "Future[str]":
        """What people type to get into a draft's online meeting, "" for nothing.

        Fails with LinkError where the hub has it and is away.
        """
        return self._errands.run(lambda: self._entrance(self._link(meeting, link)).to_type)

    def set_entrance(
        self, meeting: str, link: str, url: str | None, passcode: str | None
    ) -> "Future[Draft]":
        """Another address or passcode of a draft's link; None leaves that one as it is.

        Fails with CallError("link.not_https"), or as `passcode`.
        """

        def task() -> Draft:
            old = self._link(meeting, link)
            before = self._entrance(old)
            typed = before.passcode if passcode is None else passcode
            plain, entrance = "", Entrance(passcode=typed) if typed else None
            address = before.address if url is None else url
            if address:
                plain, entrance = split_entrance(address, typed)
            new = msgspec.structs.replace(old, url=plain, secret=None, local_secret=None)
            if entrance is not None:
                new = self._drafting.keep_entrance(new, entrance)
            return self._drafting.edit(meeting, lambda draft: _with_link(draft, new)).result()

        return self._errands.run(task)

    def _link(self, meeting: str, link: str) -> DraftLink:
        draft = self._drafting.draft(meeting)
        found = next((row for row in draft.links if row.link == link), None) if draft else None
        if found is None:
            raise CallError("meeting.unknown")
        return found

    def _entrance(self, link: DraftLink) -> Entrance:
        kept = self._drafting.kept_secret(link)
        if kept is None and link.secret is not None:
            answer = self._desk.ask("secret.get", {"name": link.secret})
            try:
                kept = str(answer.result(HUB_SECONDS)["secret"])
            except TimeoutError as error:
                raise LinkError("link.slow") from error
        return read_entrance(kept, link.url)

    def _with_papers(self, draft: Draft, files: Sequence[Path]) -> Made:
        if not files:
            return Made(draft=draft)
        item = draft.items[0].item
        try:
            seen = self._drafting.add_files(draft.meeting, item, files).result()
        except PaperError as error:
            seen = [Inspection(file=str(error.fields.get("file", "")), problem=error.code)]
        refused = tuple(one for one in seen if one.problem)
        return Made(draft=self._drafting.draft(draft.meeting) or draft, refused=refused)

    def unmake(self, draft: Draft) -> "Future[None]":
        """Take a meeting back that was just made: its draft and its passcodes."""

        def task() -> None:
            self._drafting.discard(draft.meeting).result()
            self._drafting.forget_passcodes(draft.links)

        return self._errands.run(task)

    def put_with(self, meeting: str, files: Sequence[Path]) -> "Future[Made]":
        """Put letters with the first item of a meeting: its draft, or one of its next revision."""

        def task() -> Made:
            draft = self._drafting.draft(meeting) or self._drafting.revise(meeting).result()
            return self._with_papers(draft, files)

        return self._errands.run(task)


def drafted(base: Draft, proposal: Proposal, links: Sequence[DraftLink]) -> Draft:
    """A new meeting's draft with what a letter says; its one item lasts as long as the meeting."""
    item = msgspec.structs.replace(
        base.items[0], title=proposal.title, minutes=minutes_between(proposal)
    )
    site = next((link.site for link in links if link.site), "")
    return msgspec.structs.replace(
        base,
        title=proposal.title,
        starts_at=proposal.starts_at,
        place=proposal.place or site or base.place,
        items=(item, *base.items[1:]),
        links=tuple(links),
    )


def changed(draft: Draft, proposal: Proposal, links: Sequence[DraftLink]) -> Draft:
    """A draft with what a newer letter says; its link takes the place of the one like it."""
    items = draft.items
    if proposal.ends_at and items:
        first = msgspec.structs.replace(items[0], minutes=minutes_between(proposal))
        items = (first, *items[1:])
    site = next((link.site for link in links if link.site), "")
    return msgspec.structs.replace(
        draft,
        title=proposal.title,
        starts_at=proposal.starts_at,
        place=proposal.place or site or draft.place,
        items=items,
        links=_with_links(draft.links, links),
    )


def _with_link(draft: Draft, link: DraftLink) -> Draft:
    rows = (link if row.link == link.link else row for row in draft.links)
    return msgspec.structs.replace(draft, links=tuple(rows))


def _with_links(old: tuple[DraftLink, ...], new: Sequence[DraftLink]) -> tuple[DraftLink, ...]:
    rows = list(old)
    for link in new:
        key = link_key(link.service, link.url, link.meeting_number)
        same = next(
            (n for n, row in enumerate(rows)
             if link_key(row.service, row.url, row.meeting_number) == key),
            0 if len(rows) == 1 else None,
        )  # fmt: skip
        if same is None:
            rows.append(link)
            continue
        before = rows[same]
        said = {name: value for name, value in msgspec.structs.asdict(link).items() if value}
        said["link"] = before.link
        if key != link_key(before.service, before.url, before.meeting_number):
            # Another way in: the old one's address and passcode lead nowhere now.
            said |= {"url": link.url, "meeting_number": link.meeting_number}
            said |= {"secret": None, "local_secret": link.local_secret, "service": link.service}
        rows[same] = msgspec.structs.replace(before, **said)
    return tuple(rows)


def minutes_between(proposal: Proposal) -> int:
    """How long the meeting lasts; a usual half day's part where the letter does not say."""
    if not proposal.ends_at:
        return USUAL_MINUTES
    took = moment_of(proposal.ends_at) - moment_of(proposal.starts_at)
    minutes = round(took / timedelta(minutes=1))
    return min(minutes, MOST_MINUTES) if minutes > 0 else USUAL_MINUTES
