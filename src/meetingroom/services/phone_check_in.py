"""Check-in with the short code of the lobby, for those without a laptop: what the hub does.

The code changes every minute and is good for one meeting only, from half a day before it starts
until it is closed. Whoever types it sees the names of those who are not here yet, nothing else.
"""

import hashlib
import hmac
import secrets
import threading
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from meetingroom.domain.clock import Clock
from meetingroom.domain.directory import Directory
from meetingroom.domain.errors import RefusedError
from meetingroom.domain.facts import CheckedIn, Fact
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.ports import HubLog
from meetingroom.domain.records import moment_of
from meetingroom.services.ledger import Ledger

CODE_SECONDS = 60
TYPED_WITHIN = 2  # codes that may be typed: this one and the one before
CHOSEN_WITHIN = 6  # and while one looks for one's name
EARLY = timedelta(hours=12)
TRIES, TRIES_OF_ALL = 20, 120  # telephones behind one wireless box look as one
WINDOW = timedelta(minutes=1)
MOST_ADDRESSES = 10_000


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is not here yet; `key` names them on the page and nowhere else."""

    key: str
    name: str
    person: str
    stands_in_for: str = ""


class LobbyCode(msgspec.Struct, frozen=True, kw_only=True):
    """What the lobby shows, for so many seconds; no code where nobody may check in so."""

    code: str = ""
    seconds: int = CODE_SECONDS
    address: str = ""


class CodePage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page may show once the code was typed."""

    title: str
    waiting: tuple[Waiting, ...]


class PhoneCheckIn:
    """Safe for threads. `say` writes a record as the hub."""

    def __init__(
        self,
        ledger: Callable[[], Ledger],
        say: Callable[[str, Fact], None],
        hub_log: HubLog,
        clock: Clock,
        lock: threading.RLock,
    ) -> None:
        self._ledger, self._say, self._clock, self._lock = ledger, say, clock, lock
        self._wrong: dict[str, deque[datetime]] = {}
        kept = hub_log.value("check_in_secret")
        if kept is None:
            kept = secrets.token_bytes(32)
            hub_log.set_value("check_in_secret", kept)
        self._secret = kept
        self.port = 0
        """Where the page is served; 0 while it is not."""
        self.addresses: Callable[[], list[str]] = list
        """This computer's addresses on the LAN."""
        self.rests: Callable[[], bool] = lambda: False
        """Whether this hub takes nothing in: it is put back from a backup, or another one leads."""

    # --- for the lobby --------------------------------------------------------------------

    def offer(self, meeting: Meeting) -> LobbyCode:
        """The code of this minute and the page's address."""
        addresses = self.addresses() if self.port else []
        if not addresses or not self._may(meeting):
            return LobbyCode()
        now = self._clock().timestamp()
        return LobbyCode(
            code=self._code(meeting.id, int(now // CODE_SECONDS)),
            seconds=CODE_SECONDS - int(now % CODE_SECONDS),
            address=f"http://{addresses[0]}:{self.port}",
        )

    # --- for the page ---------------------------------------------------------------------

    def page(self, code: str, address: str, *, key: str = "") -> CodePage:
        """Who may still check in. Raises RefusedError("check_in.code" | "check_in.wait").

        With the key of a name, which only the page told, an older code is good, too.
        """
        with self._lock:
            meeting = self._meeting(code, address, key)
            title = meeting.issued.title if meeting.issued else ""
            return CodePage(title=title, waiting=tuple(self._waiting(meeting)))

    def chosen(self, code: str, key: str, address: str) -> Waiting:
        """Whom a name on the page means. Raises RefusedError, "check_in.gone" if nobody now."""
        for row in self.page(code, address, key=key).waiting:
            if _is_same(row.key, key):
                return row
        raise RefusedError("check_in.gone")

    def check_in(self, code: str, key: str, address: str) -> Waiting:
        """Write that they are here. Raises RefusedError as `chosen` does."""
        with self._lock:
            row = self.chosen(code, key, address)
            meeting = self._meeting(code, address, key)
            fact = CheckedIn(person=row.person, stands_in_for=row.stands_in_for, by_code=True)
            self._say(meeting.id, fact)
        return row

    # --- inside -------------------------------------------------------------------------

    def _may(self, meeting: Meeting) -> bool:
        if self.rests():
            return False
        if meeting.state == "open":
            return True
        if meeting.state != "issued" or meeting.issued is None:
            return False
        return abs(moment_of(meeting.issued.starts_at) - self._clock()) <= EARLY

    def _meeting(self, code: str, address: str, key: str) -> Meeting:
        self._see_tries(address)
        slot = int(self._clock().timestamp() // CODE_SECONDS)
        ledger = self._ledger()
        for stream in ledger.streams():
            meeting = ledger.meeting(stream)
            if meeting is None or not self._may(meeting):
                continue
            within = CHOSEN_WITHIN if self._is_key(key, meeting) else TYPED_WITHIN
            if any(_is_same(self._code(stream, slot - back), code) for back in range(within)):
                return meeting
        self._count_wrong(address)
        raise RefusedError("check_in.code")

    def _is_key(self, key: str, meeting: Meeting) -> bool:
        """Whether it names somebody of the meeting, who may have come meanwhile."""
        substitutes = (answer.substitute for answer in meeting.answers.values())
        names = (*meeting.people, *substitutes) if key else ()
        return any(_is_same(self._key(meeting.id, name), key) for name in names)

    def _waiting(self, meeting: Meeting) -> list[Waiting]:
        directory = self._ledger().directory
        people = [p for p in directory.in_protocol_order() if p.person in meeting.people]
        times = Counter(p.name for p in people)
        rows = [
            Waiting(
                key=self._key(meeting.id, p.person),
                name=f"{p.name} ({p.title})" if times[p.name] > 1 and p.title else p.name,
                person=p.person,
            )
            for p in people
            if not meeting.is_here(p.person)
        ]
        return rows + self._substitutes(meeting, directory)

    def _substitutes(self, meeting: Meeting, directory: Directory) -> list[Waiting]:
        rows: list[Waiting] = []
        for absent, answer in meeting.answers.items():
            name = answer.substitute
            may = bool(name) and meeting.substitute_agreed(name, absent)
            if may and not meeting.is_here(name) and name not in meeting.people:
                known = directory.name_of(name) or name
                rows.append(
                    Waiting(
                        key=self._key(meeting.id, name), name=known, person=name,
                        stands_in_for=absent,
                    )
                )  # fmt: skip
        return rows

    def _code(self, meeting: str, slot: int) -> str:
        made = self._mac(f"code {meeting} {slot}")
        return f"{int.from_bytes(made[:8], 'big') % 1_000_000:06d}"

    def _key(self, meeting: str, person: str) -> str:
        return self._mac(f"name {meeting} {person}").hex()[:24]

    def _mac(self, words: str) -> bytes:
        return hmac.new(self._secret, words.encode(), hashlib.sha256).digest()

    def _see_tries(self, address: str) -> None:
        """Raises RefusedError("check_in.wait") after too many wrong codes."""
        since = self._clock() - WINDOW
        for name, times in list(self._wrong.items()):
            while times and times[0] <= since:
                times.popleft()
            if not times:
                del self._wrong[name]
        of_all = sum(map(len, self._wrong.values()))
        if len(self._wrong.get(address, ())) >= TRIES or of_all >= TRIES_OF_ALL:
            raise RefusedError("check_in.wait")

    def _count_wrong(self, address: str) -> None:
        if len(self._wrong) < MOST_ADDRESSES:
            self._wrong.setdefault(address, deque()).append(self._clock())


def _is_same(one: str, typed: str) -> bool:
    """In a time that tells nothing; what is typed may be of any letters."""
    return hmac.compare_digest(one.encode(), typed.encode())
