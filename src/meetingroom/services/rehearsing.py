"""A rehearsal on one computer: it is asked by the hub, looks at itself, and tells.

Papers are read whole and every page is drawn, small, by the workers that draw for the screen,
one at a time and behind everything a person waits for.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from meetingroom import __version__
from meetingroom.domain.clock import utc_now
from meetingroom.domain.errors import MeetingError, PaperError, StoreError
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.domain.paper import Drawing
from meetingroom.domain.ports import Pages, Pixels
from meetingroom.domain.records import utc_text
from meetingroom.domain.rehearsal import (
    MOST_NAMED,
    CallSeen,
    LinkSeen,
    PageSeen,
    Rehearsal,
    RehearsalCall,
    RehearsalReport,
    ScreenSeen,
)
from meetingroom.services.desk import Desk
from meetingroom.services.news import News, RehearsalAsked
from meetingroom.services.patience import ask_patiently

log = logging.getLogger(__name__)
STEP, LATER = 13, 3  # a page about a thumb wide, after everything else
TELL_SECONDS = 1.0
PAUSE_SECONDS = 0.5
PIECE = 1 << 20  # bytes
LOCKED = ("paper.encrypted", "paper.password_wrong")
Reach = Callable[[str, int], str]


class Computer(msgspec.Struct, frozen=True, kw_only=True):
    """How a computer looks at itself; each may block for a moment, `reach` for some seconds."""

    free_mb: Callable[[], int] = lambda: -1
    power: Callable[[], tuple[int, bool]] = lambda: (-1, True)
    reach: Reach = lambda _host, _port: ""
    see_call: Callable[[RehearsalCall, Meeting | None], CallSeen] = lambda _call, _meeting: (
        CallSeen()
    )


class _Over(Exception):  # noqa: N818 - no fault
    """A newer rehearsal began, or the desk closes."""


class Rehearsing:
    """Answers the hub on own threads; and what chair and secretaries ask of it."""

    def __init__(self, desk: Desk, computer: Computer) -> None:
        self._desk, self._computer = desk, computer
        self._work = ThreadPoolExecutor(1, thread_name_prefix="rehearsal")
        self._way_out = ThreadPoolExecutor(1, thread_name_prefix="rehearsal-link")
        self._current = ""
        self._report = RehearsalReport()
        self._told_at = 0.0
        self._lock = threading.Lock()  # papers and links are seen side by side
        self._screens: tuple[ScreenSeen, ...] = ()
        self._is_screen_lost = self._may_sleep = False
        self.pages: Pages | None = None
        """Draws pages, where this computer has a window."""
        desk.listen(self._on_news)
        desk.before_closing(self._close)

    # --- chair and secretaries ------------------------------------------------------------

    def start(self, meeting: str) -> "Future[dict[str, Any]]":
        """Have every computer of a meeting asked. Fails with LinkError, CallError."""
        return self._desk.ask("rehearsal.start", {"meeting": meeting})

    def look(self, meeting: str) -> "Future[Rehearsal | None]":
        """The last rehearsal of a meeting, as the hub knows it now."""
        answer: Future[Rehearsal | None] = Future()

        def done(reply: "Future[dict[str, Any]]") -> None:
            error = reply.exception()
            if error is not None:
                answer.set_exception(error)
            else:
                found = reply.result()["rehearsal"]
                answer.set_result(msgspec.convert(found, Rehearsal | None))

        self._desk.ask("rehearsal.look", {"meeting": meeting}).add_done_callback(done)
        return answer

    # --- a display --------------------------------------------------------------------------

    def note_screens(self, screens: Sequence[ScreenSeen], *, is_lost: bool) -> None:
        """The screens of a display's computer, whenever something about them changes."""
        self._screens, self._is_screen_lost = tuple(screens)[:MOST_NAMED], is_lost

    def note_sleep(self) -> None:
        """This computer may fall asleep while it shows."""
        self._may_sleep = True

    # --- this computer ----------------------------------------------------------------------

    def _on_news(self, what: News) -> None:
        if not isinstance(what, RehearsalAsked):
            return
        call = what.call
        with self._lock:
            self._current, self._report = call.rehearsal, self._first()
        self._tell(call)  # at once: the hub measures the way
        try:
            self._work.submit(self._go_through, call)
            if call.tests_links:
                self._way_out.submit(self._try_links, call)
        except RuntimeError:
            log.info("this computer closes: no rehearsal")

    def _first(self) -> RehearsalReport:
        return RehearsalReport(
            now=utc_text(utc_now()),
            program=__version__,
            draws=self.pages is not None,
            screens=self._screens,
            is_screen_lost=self._is_screen_lost,
            may_sleep=self._may_sleep,
        )

    def _go_through(self, call: RehearsalCall) -> None:
        try:
            battery, is_plugged = self._computer.power()
            meeting = self._desk.meeting(call.meeting)
            if call.is_for_call:
                seen = self._computer.see_call(call, meeting)
                self._note(
                    call, battery=battery, is_plugged=is_plugged, for_call=seen, is_done=True
                )
                self._tell(call)
                return
            papers = meeting.in_reading_order() if meeting else []
            self._note(
                call,
                free_mb=self._computer.free_mb(),
                battery=battery,
                is_plugged=is_plugged,
                revision=meeting.issued.revision if meeting and meeting.issued else 0,
                papers=len(papers),
                pages=sum(paper.current.pages for paper in papers),
            )
            for paper in papers:
                self._see_paper(call, paper)
            self._note(call, is_done=True)
            self._tell(call)
        except _Over:
            log.info("a rehearsal was given up")
        except Exception:  # the net: this computer goes on, the list says it is silent
            log.exception("a rehearsal met a bug")

    def _see_paper(self, call: RehearsalCall, paper: Paper) -> None:
        path = self._desk.paper_path(paper.current.blob)
        if path is None:
            self._add(call, "missing", paper.paper)
        elif not self._is_whole(call, path, paper.current.blob):
            self._add(call, "damaged", paper.paper)
            self._fetch_anew(paper.current.blob)
        elif self.pages is not None:
            self._see_pages(call, paper, path, self.pages)

    def _fetch_anew(self, blob: str) -> None:
        """Wrong bytes are of no use to anybody: the hub has the right ones."""
        try:
            self._desk.blobs.remove(blob)
        except (StoreError, OSError) as error:  # Windows, while a page of it is drawn
            log.info("a damaged paper stays for now: %s", error)
            return
        if self._desk.link is not None:
            self._desk.link.wake()

    def _is_whole(self, call: RehearsalCall, path: Path, blob: str) -> bool:
        """Whether every byte is as it was issued."""
        digest = hashlib.sha256()
        try:
            with path.open("rb") as file:
                while piece := file.read(PIECE):
                    self._check(call)
                    digest.update(piece)
        except OSError as error:
            log.info("a paper cannot be read: %s", error.strerror)
            return False
        return digest.hexdigest() == blob

    def _see_pages(self, call: RehearsalCall, paper: Paper, path: Path, pages: Pages) -> None:
        blob = paper.current.blob
        try:
            shape = self._wait(call, lambda: pages.open(blob, path))
        except PaperError as error:
            self._add(call, "locked" if error.code in LOCKED else "unopened", paper.paper)
            return
        for page in range(len(shape.pages)):
            self._be_polite(call)
            try:
                self._wait(call, partial(_drawn, pages, blob, page))
            except PaperError as error:
                log.info("a page cannot be drawn: %s", error)
                self._add(call, "bad_pages", PageSeen(paper=paper.paper, page=page))
            self._note(call, pages_done=self._report.pages_done + 1)

    def _be_polite(self, call: RehearsalCall) -> None:
        """While a vote runs nothing else is done."""
        while any(meeting.voting.open for meeting in self._desk.meetings.values()):
            self._check(call)
            time.sleep(PAUSE_SECONDS)

    def _wait(self, call: RehearsalCall, ask: Callable[[], "Future[Any]"]) -> Any:
        """What a worker answers; asked again where the wish was dropped."""
        future = ask()
        while True:
            self._check(call)
            try:
                return future.result(PAUSE_SECONDS)
            except NotYet:
                continue
            except CancelledError:
                time.sleep(PAUSE_SECONDS)
                future = ask()

    def _try_links(self, call: RehearsalCall) -> None:
        meeting = self._desk.meeting(call.meeting)
        links = meeting.issued.links if meeting and meeting.issued else ()
        try:
            for link in [one for one in links if one.url][:MOST_NAMED]:
                host, port = host_of(link)
                problem = self._computer.reach(host, port)
                seen = (*self._report.links, LinkSeen(host=host, problem=problem))
                self._note(call, links=seen)
            self._tell(call)
        except _Over:
            log.info("a rehearsal was given up")
        except Exception:  # the net: as above
            log.exception("a rehearsal met a bug")

    # --- telling ----------------------------------------------------------------------------

    def _check(self, call: RehearsalCall) -> None:
        if call.rehearsal != self._current:
            raise _Over

    def _add(self, call: RehearsalCall, field: str, what: object) -> None:
        """One more of a list, as far as a report has room."""
        known = getattr(self._report, field)
        if len(known) < MOST_NAMED:
            self._note(call, **{field: (*known, what)})

    def _note(self, call: RehearsalCall, **changes: Any) -> None:
        """What was seen; told at most once a second."""
        with self._lock:
            self._check(call)
            self._report = msgspec.structs.replace(self._report, **changes)
        if time.monotonic() - self._told_at > TELL_SECONDS:
            self._tell(call)

    def _tell(self, call: RehearsalCall) -> None:
        self._told_at = time.monotonic()
        with self._lock:
            if call.rehearsal != self._current:
                return
            self._report = msgspec.structs.replace(self._report, step=self._report.step + 1)
            report = self._report
        body = {"rehearsal": call.rehearsal, "report": msgspec.to_builtins(report)}
        # What is said last must arrive; what comes in between is soon said again.
        ask = partial(ask_patiently, self._desk) if report.is_done else self._desk.ask
        ask("rehearsal.tell", body).add_done_callback(_log_failure)

    def _close(self) -> None:
        self._current = ""
        self._work.shutdown(wait=True, cancel_futures=True)
        self._way_out.shutdown(wait=False, cancel_futures=True)


def host_of(link: OnlineLink) -> tuple[str, int]:
    """Host and port of an online meeting: nothing else of its address."""
    parts = urlsplit(link.url)
    try:
        port = parts.port or 443
    except ValueError:
        port = 443
    return parts.hostname or "", port


def _drawn(pages: Pages, blob: str, page: int) -> "Future[None]":
    """A page drawn small; its pixels are given back at once."""
    done: Future[None] = Future()

    def answered(answer: "Future[Pixels]") -> None:
        if answer.cancelled():
            done.cancel()
            done.set_running_or_notify_cancel()
        elif (error := answer.exception()) is not None:
            done.set_exception(error)
        else:
            answer.result().release()
            done.set_result(None)

    drawing = Drawing(blob=blob, page=page, step=STEP, urgency=LATER)
    pages.draw(drawing).add_done_callback(answered)
    return done


def _log_failure(reply: "Future[dict[str, Any]]") -> None:
    error = reply.exception()
    if isinstance(error, MeetingError):
        log.info("a rehearsal's answer was not taken: %s", error)
    elif error is not None:
        log.error("a rehearsal's answer failed", exc_info=error)
