"""Reading: the place in each paper, and receipts (at most one a minute, latest wins).

What was sent is read from the folded meeting, and when, from this computer's log: so a
restart neither repeats a receipt nor loses the last one.
"""

import time
from concurrent.futures import Future

import msgspec

from meetingroom.domain.facts import Receipt
from meetingroom.domain.ids import CHAIR, SECRETARY, is_person
from meetingroom.domain.meeting import Paper
from meetingroom.services.desk import Desk
from meetingroom.services.news import MeetingChanged, News, PaperArrived, PaperGone

RECEIPT_SECONDS = 60.0


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a person reads in a meeting: the paper last read, and the page in each."""

    paper: str = ""
    pages: dict[str, int] = {}


class Progress(msgspec.Struct, kw_only=True):
    """What this computer knows of one version of a paper."""

    is_verified: bool = False
    is_opened: bool = False
    pages: tuple[tuple[int, int], ...] = ()


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """The revision and the versions of papers a person has looked at."""

    revision: int = 0
    versions: dict[str, int] = {}


class Reading:
    """This person's reading of the papers of all meetings."""

    def __init__(self, desk: Desk, receipt_seconds: float = RECEIPT_SECONDS) -> None:
        self._desk = desk
        self._wait = receipt_seconds
        self._progress: dict[tuple[str, str], Progress] = {}
        self._sent_at: dict[tuple[str, str], float] = {}
        self._is_due: set[tuple[str, str]] = set()
        for name, raw in desk.log.values("progress:").items():
            meeting, blob = name.removeprefix("progress:").split("/")
            self._progress[meeting, blob] = msgspec.json.decode(raw, type=Progress)
        for name, raw in desk.log.values("receipt:").items():
            meeting, paper = name.removeprefix("receipt:").split("/")
            self._sent_at[meeting, paper] = self._on_this_clock(float(raw))
        desk.listen(self._on_news)
        desk.run(self._verify_all)

    # --- what a reader does ---------------------------------------------------------------

    def opened(self, meeting: str, paper: str) -> "Future[None]":
        """The person opened a paper."""
        return self._desk.run(lambda: self._note(meeting, paper, is_opened=True))

    def read(self, meeting: str, paper: str, page: int) -> "Future[None]":
        """The person stayed on a page (the caller decides what staying means)."""
        return self._desk.run(lambda: self._note(meeting, paper, is_opened=True, page=page))

    def place(self, meeting: str) -> Place:
        """Where the person was; a file read, so never on the interface's thread."""
        raw = self._desk.log.value(f"place:{meeting}")
        return msgspec.json.decode(raw, type=Place) if raw else Place()

    def keep_place(self, meeting: str, place: Place) -> "Future[None]":
        raw = msgspec.json.encode(place)
        return self._desk.run(lambda: self._desk.log.set_value(f"place:{meeting}", raw))

    def seen(self, meeting: str) -> Seen:
        """What the person has looked at; not on the interface's thread."""
        raw = self._desk.log.value(f"seen:{meeting}")
        return msgspec.json.decode(raw, type=Seen) if raw else Seen()

    def keep_seen(self, meeting: str) -> "Future[None]":
        """The person has looked at what changed up to now."""
        folded = self._desk.meeting(meeting)
        if folded is None or folded.issued is None:
            return self._desk.run(lambda: None)
        seen = Seen(
            revision=folded.issued.revision,
            versions={key: row.current.version for key, row in folded.papers.items()},
        )
        raw = msgspec.json.encode(seen)
        return self._desk.run(lambda: self._desk.log.set_value(f"seen:{meeting}", raw))

    # --- receipts -------------------------------------------------------------------------

    def _on_news(self, what: News) -> None:
        if isinstance(what, PaperArrived):
            self._desk.run(lambda: self._verified(what.blob))
        elif isinstance(what, PaperGone):
            self._desk.run(lambda: self._forget(what.blob))
        elif isinstance(what, MeetingChanged) and what.kinds & {"paper_put", "meeting_issued"}:
            self._desk.run(self._verify_all)

    def _on_this_clock(self, sent: float) -> float:
        """When a receipt went out before a restart; a clock set back delays no receipt more."""
        ago = max(0.0, time.time() - sent)
        return time.monotonic() - ago

    def _forget(self, blob: str) -> None:
        for key in [key for key in self._progress if key[1] == blob]:
            del self._progress[key]

    def _verify_all(self) -> None:
        for meeting in self._desk.meetings.values():
            for paper in meeting.papers.values():
                if self._desk.blobs.path(paper.current.blob) is not None:
                    self._note(meeting.id, paper.paper, is_verified=True)
                    self._send_soon(meeting.id, paper)

    def _verified(self, blob: str) -> None:
        for meeting in self._desk.meetings.values():
            paper = meeting.paper_with(blob)
            if paper is not None and paper.current.blob == blob:
                self._note(meeting.id, paper.paper, is_verified=True)

    def _note(
        self,
        meeting: str,
        paper: str,
        *,
        is_verified: bool = False,
        is_opened: bool = False,
        page: int | None = None,
    ) -> None:
        folded = self._desk.meeting(meeting)
        known = folded.papers.get(paper) if folded else None
        if known is None or not is_person(self._desk.person):
            return
        key = (meeting, known.current.blob)
        old = self._progress.get(key, Progress())
        new = Progress(
            is_verified=old.is_verified or is_verified or is_opened,
            is_opened=old.is_opened or is_opened,
            pages=_with_page(old.pages, page),
        )
        if new == old:
            return
        self._progress[key] = new
        self._desk.log.set_value(f"progress:{meeting}/{key[1]}", msgspec.json.encode(new))
        self._send_soon(meeting, known)

    def _send_soon(self, meeting: str, paper: Paper) -> None:
        key = (meeting, paper.paper)
        if key in self._is_due or self._receipt_to_send(key) is None:
            return
        last = self._sent_at.get(key)
        rest = 0.0 if last is None else last + self._wait - time.monotonic()
        self._is_due.add(key)
        if rest <= 0:
            self._send(key)
        else:
            self._desk.errands.later(rest, lambda: self._send(key))

    def _send(self, key: tuple[str, str]) -> None:
        self._is_due.discard(key)
        receipt = self._receipt_to_send(key)
        if receipt is None:
            return
        self._sent_at[key] = time.monotonic()
        self._desk.log.set_value(f"receipt:{key[0]}/{key[1]}", str(time.time()).encode())
        self._desk.write(key[0], receipt, audience=(SECRETARY, CHAIR))

    def _receipt_to_send(self, key: tuple[str, str]) -> Receipt | None:
        """What this computer knows of a paper beyond what it told; None if nothing."""
        folded = self._desk.meeting(key[0])
        paper = folded.papers.get(key[1]) if folded else None
        if folded is None or paper is None or not is_person(self._desk.person):
            return None
        blob = paper.current.blob
        known = self._progress.get((key[0], blob), Progress())
        told = folded.receipts.get((self._desk.profile.device, key[1]))
        if told is not None and (told.blob, told.is_verified, told.is_opened, told.pages) == (
            blob,
            known.is_verified,
            known.is_opened,
            known.pages,
        ):
            return None
        return Receipt(
            paper=key[1],
            blob=blob,
            is_verified=known.is_verified,
            is_opened=known.is_opened,
            pages=known.pages,
        )


def _with_page(
    ranges: tuple[tuple[int, int], ...], page: int | None
) -> tuple[tuple[int, int], ...]:
    """Sorted ranges with one more page, neighbours joined."""
    if page is None:
        return ranges
    joined: list[tuple[int, int]] = []
    for first, last in sorted((*ranges, (page, page))):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)
