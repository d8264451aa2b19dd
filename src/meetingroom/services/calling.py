"""Into an online meeting and out of it: one touch, the exact address of the letter, one record.

The service's own program where it is installed, else the browser; an address that is not what it
seems is opened only when somebody confirms it. A passcode is in the keyring and at the hub, never
in a record, an error or a log.
"""

import logging
from concurrent.futures import Future
from datetime import timedelta

import msgspec

from meetingroom.domain.call_rights import link_named, may_join
from meetingroom.domain.clock import utc_now
from meetingroom.domain.entrance import Entrance, is_https, read_entrance
from meetingroom.domain.errors import CallError, LinkError, RefusedError
from meetingroom.domain.facts import OnlineJoined, OnlineLeft, OnlineLink
from meetingroom.domain.ids import is_room
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.opening_port import KnownServices, Programs, Way
from meetingroom.domain.ports import Secrets
from meetingroom.domain.records import moment_of, utc_text
from meetingroom.services.desk import Desk
from meetingroom.services.errands import Errands
from meetingroom.services.news import MeetingChanged, MeetingGone, News

log = logging.getLogger(__name__)
HUB_SECONDS = 5.0
NOTE_SECONDS = 60.0  # how often it is noted that a call goes on
STILL_IN = timedelta(minutes=3)  # a program that was away so shortly was started again
NOTE, KEPT = "call-note:", "call-secret:"
IN_KEYRING = "call-secret-"


class Ways(msgspec.Struct, frozen=True, kw_only=True):
    """How a link would be opened here. `program` is the service's own, "" where none is there."""

    service: str
    address: str
    program: str = ""
    warnings: tuple[str, ...] = ()


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """What opened it."""

    way: Way


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """This computer is in a call; `at` is when that was last so."""

    meeting: str
    link: str
    at: str


class Calling:
    """What a person's laptop and the room's display do with online meetings."""

    def __init__(
        self, desk: Desk, secrets: Secrets, services: KnownServices, programs: Programs
    ) -> None:
        self._desk, self._secrets = desk, secrets
        self._services, self._programs = services, programs
        # An own thread: a program that starts slowly holds up nothing else.
        self._errands = Errands("calls")
        desk.before_closing(self._errands.close)
        desk.listen(self._on_news)
        self._notes: dict[str, Note] = {}
        self._errands.run(self._after_a_crash)
        self._errands.later(NOTE_SECONDS, self._note_again)

    # --- looking ------------------------------------------------------------------------

    def ways(self, link: OnlineLink) -> "Future[Ways]":
        """How it would be opened here, and what warns of it; nothing is asked of the network."""
        return self._errands.run(lambda: self._ways(link, link.url))

    def passcode(self, link: OnlineLink) -> "Future[str]":
        """What people type where the service asks for it; "" where the letter has none.

        Fails with LinkError where the hub has it and is away, or RefusedError.
        """
        return self._errands.run(lambda: self._entrance(link).to_type)

    # --- going in and out -----------------------------------------------------------------

    def open(self, meeting: str, link: str, *, confirmed: bool = False) -> "Future[Opened]":
        """Go in: the service's program or the browser gets the exact address.

        Fails with CallError("call.unsafe") where the address is not what it seems and nobody
        confirmed it, CallError("call.no_address" | "call.not_opened"), or RefusedError.
        """
        return self._errands.run(lambda: self._open(meeting, link, confirmed=confirmed))

    def leave(self, meeting: str, link: str) -> "Future[None]":
        """Say that one came back; nothing where one was not in."""
        return self._errands.run(lambda: self._leave(meeting, link))

    def is_in(self, meeting: str) -> str:
        """The link of the call this desk's person (or room) is in, "" for none."""
        folded = self._desk.meeting(meeting)
        calls = folded.calls.values() if folded else ()
        me = self._desk.person
        return next((one.link for one in calls if one.who == me and one.is_in), "")

    # --- inside: opening --------------------------------------------------------------------

    def _ways(self, link: OnlineLink, address: str) -> Ways:
        if not link.url:
            return Ways(service="", address="")
        native = self._services.native(address, link.service)
        return Ways(
            service=self._services.title(link.url),
            address=link.url,
            program=self._programs.handler(scheme_of(native)) if native else "",
            warnings=self._services.warnings(link.url),
        )

    def _open(self, meeting: str, name: str, *, confirmed: bool) -> Opened:
        folded = self._desk.meeting(meeting)
        link = link_named(folded, name) if folded else None
        if folded is None or link is None:
            raise RefusedError("unknown_link")
        self._see_right(folded, link)
        if not link.url:
            raise CallError("call.no_address")
        if not is_https(link.url):
            raise CallError("link.not_https")
        address = link.url
        self._see_safe(link, address, confirmed=confirmed)
        address = self._entrance_or_plain(link).address
        self._see_safe(link, address, confirmed=confirmed)
        opened = self._hand_over(address, link.service)
        log.info("an online meeting was opened by the %s", opened.way)
        self._joined(folded, name)
        return opened

    def _see_right(self, meeting: Meeting, link: OnlineLink) -> None:
        """Nothing is opened for whom the record would be refused. Raises RefusedError."""
        me = self._desk.person
        if meeting.state not in ("issued", "open"):
            raise RefusedError("closed")
        if is_room(me) and me not in meeting.unlocked:
            raise RefusedError("locked")
        if not is_room(me) and not may_join(me, link, meeting):
            raise RefusedError("no_right")

    def _see_safe(self, link: OnlineLink, address: str, *, confirmed: bool) -> None:
        """Raises CallError("call.unsafe"); the exact address is looked at, too."""
        warnings = self._services.warnings(address)
        if warnings and not confirmed:
            raise unsafe(link, warnings)

    def _hand_over(self, address: str, service: str) -> Opened:
        native = self._services.native(address, service)
        if native and self._programs.handler(scheme_of(native)):
            try:
                self._programs.open(native)
            except CallError:
                log.warning("the service's own program did not start: the browser is tried")
            else:
                return Opened(way="native")
        self._programs.open(address)
        return Opened(way="browser")

    # --- inside: the passcode ---------------------------------------------------------------

    def _entrance_or_plain(self, link: OnlineLink) -> Entrance:
        """Without the hub the address comes without its passcode, which the service asks for."""
        try:
            return self._entrance(link)
        except (LinkError, RefusedError) as error:
            log.warning("an online meeting is opened without its passcode: %s", error.code)
            return Entrance(address=link.url)

    def _entrance(self, link: OnlineLink) -> Entrance:
        if link.secret is None:
            return Entrance(address=link.url)
        kept = self._secrets.get(IN_KEYRING + link.secret)
        if kept is None:
            answer = self._desk.ask("secret.get", {"name": link.secret})
            try:
                kept = str(answer.result(HUB_SECONDS)["secret"])
            except TimeoutError as error:
                raise LinkError("link.slow") from error
            self._keep(link.secret, kept)
        return read_entrance(kept, link.url)

    def _keep(self, secret: str, text: str) -> None:
        """In the keyring, so that the hub may be away; until the meeting is over."""
        self._desk.log.set_value(KEPT + secret, b"1")
        self._secrets.set(IN_KEYRING + secret, text)

    def _forget_old(self) -> None:
        """Passcodes of meetings that are over, were changed, or are this person's no more."""
        wanted = {
            link.secret
            for meeting in self._desk.meetings.values()
            if meeting.issued and meeting.state in ("issued", "open")
            for link in meeting.issued.links
        }
        for name in self._desk.log.values(KEPT):
            secret = name.removeprefix(KEPT)
            if secret not in wanted:
                self._secrets.set(IN_KEYRING + secret, None)
                self._desk.log.set_value(name, None)

    # --- inside: the records ----------------------------------------------------------------

    def _behalf(self, meeting: Meeting) -> str | None:
        return meeting.unlocked.get(self._desk.person) if is_room(self._desk.person) else None

    def _joined(self, meeting: Meeting, link: str) -> None:
        self._note(meeting.id, link)
        known = meeting.calls.get((self._desk.person, link))
        if known is None or not known.is_in:
            fact = OnlineJoined(link=link)
            self._desk.write(meeting.id, fact, on_behalf_of=self._behalf(meeting))

    def _leave(self, meeting: str, link: str, at: str = "") -> None:
        self._forget_note(link)
        folded = self._desk.meeting(meeting)
        known = folded.calls.get((self._desk.person, link)) if folded else None
        if folded is not None and known is not None and known.is_in:
            fact = OnlineLeft(link=link, at=at)
            self._desk.write(meeting, fact, on_behalf_of=self._behalf(folded))

    def _note(self, meeting: str, link: str) -> None:
        note = Note(meeting=meeting, link=link, at=utc_text(utc_now()))
        self._notes[link] = note
        self._desk.log.set_value(NOTE + link, msgspec.json.encode(note))

    def _forget_note(self, link: str) -> None:
        self._notes.pop(link, None)
        self._desk.log.set_value(NOTE + link, None)

    def _note_again(self) -> None:
        for note in list(self._notes.values()):
            self._note(note.meeting, note.link)
        self._errands.later(NOTE_SECONDS, self._note_again)

    def _after_a_crash(self) -> None:
        """A call this program did not see the end of ended when it was last seen."""
        kept = self._desk.log.values(NOTE).values()
        rows = [msgspec.json.decode(raw, type=Note) for raw in kept]
        self._notes = {note.link: note for note in rows}
        for note in rows:
            if utc_now() - moment_of(note.at) > STILL_IN:
                self._leave(note.meeting, note.link, note.at)
        self._forget_old()

    def _on_news(self, what: News) -> None:
        if isinstance(what, MeetingGone):
            self._errands.run(lambda: self._over(what.meeting))
        elif isinstance(what, MeetingChanged) and what.kinds & ENDS:
            self._errands.run(lambda: self._over(what.meeting.id))

    def _over(self, meeting: str) -> None:
        """Whoever was in a call of a meeting that is over is in none; its passcodes go."""
        folded = self._desk.meeting(meeting)
        if folded is None or folded.state not in ("issued", "open"):
            for note in [one for one in self._notes.values() if one.meeting == meeting]:
                self._forget_note(note.link)
        self._forget_old()


ENDS = frozenset({"meeting_closed", "meeting_cancelled", "meeting_issued"})


def unsafe(link: OnlineLink, warnings: tuple[str, ...]) -> CallError:
    """What is said instead of opening; the address is the one of the log, without secrets."""
    return CallError("call.unsafe", warnings=", ".join(warnings), address=link.url)


def scheme_of(address: str) -> str:
    """The scheme of an address, in small letters."""
    return address.partition(":")[0].lower()
