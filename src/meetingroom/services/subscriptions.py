"""Calendar subscriptions at the hub: one address with a secret word for each person.

It is served without encryption beside the check-in page, to whoever knows the word: so it tells
only when and where that person's meetings are, and the word opens nothing else. The hub keeps
its hash; a new one, the person's wish, or their leaving the office ends the one before.
"""

import hashlib
import secrets
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from meetingroom.domain.clock import Clock
from meetingroom.domain.errors import RefusedError
from meetingroom.domain.ids import is_person
from meetingroom.domain.ports import HubLog
from meetingroom.services.calendars import WriteCalendar, calendar_name, own_engagements
from meetingroom.services.doors import Session
from meetingroom.services.ledger import Ledger
from meetingroom.services.phone_check_in import PhoneCheckIn

if TYPE_CHECKING:
    from meetingroom.domain.office_week import Engagement

PATH = "/calendar/"
ENDING = ".ics"
WORD_BYTES = 24
BACK = timedelta(days=90)  # older meetings leave other calendars


class Subscriptions:
    """Safe for threads. `write` makes the file; without it none is served."""

    def __init__(
        self,
        ledger: Callable[[], Ledger],
        hub_log: HubLog,
        phones: PhoneCheckIn,
        clock: Clock,
        lock: threading.RLock,
    ) -> None:
        self._ledger, self._log, self._phones = ledger, hub_log, phones
        self._clock, self._lock = clock, lock
        self.write: WriteCalendar | None = None
        self.answers = {"calendar.make": self._make, "calendar.stop": self._stop}

    def _make(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        """A fresh address for who asks; "" where the page is not served."""
        self._own(session)
        addresses = self._phones.addresses() if self._phones.port and self.write else []
        if not addresses:
            return {"address": ""}
        word = secrets.token_urlsafe(WORD_BYTES)
        self._end(session.principal)
        self._log.set_value(_of_person(session.principal), _hash(word).encode())
        self._log.set_value(_of_word(_hash(word)), session.principal.encode())
        place = f"http://{addresses[0]}:{self._phones.port}"
        return {"address": f"{place}{PATH}{word}{ENDING}"}

    def _stop(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        """The address is good no more."""
        self._own(session)
        self._end(session.principal)
        return {}

    def _end(self, person: str) -> None:
        kept = self._log.value(_of_person(person))
        if kept is not None:
            self._log.set_value(_of_word(kept.decode()), None)
            self._log.set_value(_of_person(person), None)

    def _own(self, session: Session) -> None:
        if not is_person(session.principal):
            raise RefusedError("no_right")

    def calendar(self, path: str) -> bytes | None:
        """The file at an address of ours; None where it opens nothing."""
        if not (path.startswith(PATH) and path.endswith(ENDING)) or self.write is None:
            return None
        word = path[len(PATH) : -len(ENDING)]
        with self._lock:
            if self._phones.rests():
                return None
            person = self._person(_hash(word))
            rows = self._engagements(person) if person else []
            directory = self._ledger().directory
        if not person:
            return None
        office = directory.office
        return self.write(rows, office.office if office else "", calendar_name(directory, ""))

    def _person(self, found: str) -> str:
        """Whose word it is, "" nobody's: found by its hash, so that guessing costs nothing."""
        kept = self._log.value(_of_word(found))
        person = kept.decode() if kept is not None else ""
        return person if person in self._ledger().directory.people else ""

    def _engagements(self, person: str) -> "list[Engagement]":
        ledger = self._ledger()
        known = (ledger.meeting(stream) for stream in ledger.streams())
        meetings = [meeting for meeting in known if meeting is not None]
        oldest = self._clock() - BACK
        rows = own_engagements(meetings, ledger.directory, person)
        return [row for row in rows if row.ends_at >= oldest]


def _of_person(person: str) -> str:
    return f"calendar:{person}"


def _of_word(found: str) -> str:
    return f"calendar-word:{found}"


def _hash(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
