"""What a device asks the hub for that is not a record: codes, PINs, passcodes, backup."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.call_rights import may_have_secret
from meetingroom.domain.clock import Clock
from meetingroom.domain.errors import CallError, RefusedError
from meetingroom.domain.ids import CHAIR, SECRETARY, is_room, new_id
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_day import shows_secret
from meetingroom.domain.ports import HubLog
from meetingroom.domain.purge_board import holders
from meetingroom.domain.records import Kept
from meetingroom.domain.ruling import leads
from meetingroom.services.call_ticks_hub import CallTicks
from meetingroom.services.doors import Ballot, Session
from meetingroom.services.enrolling import CodeBook
from meetingroom.services.standby_requests import StandbyRequests

if TYPE_CHECKING:
    from meetingroom.services.hub import HubOffice

Reply = dict[str, Any]
Errand = Callable[[], Reply]
PIN_TRIES = 5
PIN_WINDOW = timedelta(minutes=10)
LONGEST_CODE = 60
COUNTED = 20_000  # pages in one question
OFFERED = 5_000  # ids in one offer
MAY_GO_ON: tuple[facts.Right, ...] = ("secretary", "administrator")


class Requests:
    """Answers requests under the hub's lock."""

    def __init__(
        self,
        office: "HubOffice",
        hub_log: HubLog,
        codes: CodeBook,
        clock: Clock,
        make_backup: Callable[[], Path] | None,
    ) -> None:
        self._office = office
        self._log = hub_log
        self._codes = codes
        self._clock = clock
        self._make_backup = make_backup
        self._answers: dict[str, Callable[[Session, dict[str, Any]], Reply | Errand]] = {
            "code.make": self._make_code,
            "pin.set": self._set_pin,
            "display.unlock": self._unlock,
            "display.fault": self._tell_fault,
            "secret.put": self._put_secret,
            "secret.get": self._get_secret,
            "backup.make": self._back_up,
            "hub.status": self._status,
            "marks.count": self._count_marks,
            "devices.seen": self._tell_seen,
            "log.offer": self._offer,
            "log.hand_in": self._hand_in,
            "blobs.lacking": self._lacking_blobs,
            "hub.go_on": self._go_on,
            "check_in.code": self._offer_check_in,
            "stage.painted": self._painted,
            "stage.delay": self._delay,
            "rehearsal.start": office.rehearsals.start,
            "rehearsal.tell": office.rehearsals.tell,
            "rehearsal.look": office.rehearsals.look,
            "rehearsal.tick": CallTicks(office, hub_log, clock).tick,
            "vote.cast": self._cast,
            "vote.close": self._close_vote,
        }
        self._answers |= StandbyRequests(office.standbys).answers
        self._answers |= office.subscriptions.answers

    def answer(self, session: Session, name: str, body: dict[str, Any]) -> Reply | Errand:
        """The answer, or what makes it once the hub's lock is free (a backup takes its time).

        Raises RefusedError or CallError("call.unknown", "call.malformed")."""
        answer = self._answers.get(name)
        if answer is None:
            raise CallError("call.unknown", name=name)
        try:
            return answer(session, body)
        except KeyError as error:
            raise CallError("call.malformed", field=str(error.args[0])) from error

    def _administrator(self, session: Session) -> None:
        if not self._office.ledger.directory.has_right(session.principal, "administrator"):
            raise RefusedError("no_right")

    def _make_code(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        self._administrator(session)
        principal = str(body["principal"])
        directory = self._office.ledger.directory
        if principal not in directory.people and principal not in directory.rooms:
            raise CallError("person.unknown", name=principal)
        role = "display" if is_room(principal) else "person"
        code, expires = self._codes.make(principal, role)
        return {"code": code, "expires": expires.isoformat()}

    def _offer_check_in(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        """What the lobby shows for those without a laptop."""
        meeting = self._office.meeting(str(body["meeting"]))
        may = meeting is not None and (
            session.principal in self._office.ledger.directory.rooms
            or leads(session.principal, meeting)
        )
        if meeting is None or not may:
            raise RefusedError("no_right")
        offer = self._office.phones.offer(meeting)
        code, seconds, address = offer.code, offer.seconds, offer.address
        return {"code": code, "seconds": seconds, "address": address}

    def _set_pin(self, session: Session, body: dict[str, Any]) -> Errand:
        """Stretching takes its time: not while everybody waits for the hub."""
        pin = str(body["pin"])
        if not (pin.isdecimal() and 4 <= len(pin) <= 8):
            raise CallError("pin.malformed")
        return lambda: self._keep_pin(session.principal, pin)

    def _keep_pin(self, person: str, pin: str) -> Reply:
        salt = secrets.token_bytes(16)
        kept = msgspec.json.encode({"salt": salt.hex(), "hash": _stretched(pin, salt).hex()})
        self._log.set_value(f"pin:{person}", kept)
        return {}

    def _unlock(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        """A room's display, with the PIN of the chair or a secretary of this meeting."""
        meeting = self._office.meeting(str(body["meeting"]))
        if not is_room(session.principal) or meeting is None or meeting.issued is None:
            raise RefusedError("no_right")
        if meeting.state in ("closed", "cancelled"):
            raise RefusedError("closed")
        self._count_try(session.principal)
        known = self._office.ledger.directory.people
        for person in (meeting.issued.chair, *meeting.issued.secretaries):
            if person in known and self._pin_fits(person, str(body["pin"])):
                self._log.set_value(f"pin_tries:{session.principal}", None)
                fact = facts.DisplayUnlocked(room=session.principal, person=person)
                self._office.say(meeting.id, fact)
                return {"person": person}
        raise RefusedError("pin.wrong")

    def _tell_fault(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        """Of a display that cannot keep a record of its own any more, as with a full disk."""
        meeting = self._office.meeting(str(body["meeting"]))
        if not is_room(session.principal) or meeting is None or meeting.issued is None:
            raise RefusedError("no_right")
        code, is_over = str(body["code"])[:LONGEST_CODE], body["is_over"] is True
        if (session.principal, code) in meeting.faults or not is_over:
            fact = facts.DisplayFault(room=session.principal, code=code, is_over=is_over)
            self._office.say(meeting.id, fact, (SECRETARY, CHAIR))
        return {}

    def _count_try(self, room: str) -> None:
        """Kept on disk: starting the hub again gives nobody more tries."""
        now, name = self._clock().timestamp(), f"pin_tries:{room}"
        tries = msgspec.json.decode(self._log.value(name) or b"[]", type=list[float])
        recent = [t for t in tries if abs(now - t) < PIN_WINDOW.total_seconds()]
        if len(recent) >= PIN_TRIES:
            raise RefusedError("pin.too_many")
        self._log.set_value(name, msgspec.json.encode([*recent, now]))

    def _pin_fits(self, person: str, pin: str) -> bool:
        raw = self._log.value(f"pin:{person}")
        if raw is None:
            return False
        kept = msgspec.json.decode(raw, type=dict[str, str])
        stretched = _stretched(pin, bytes.fromhex(kept["salt"]))
        return hmac.compare_digest(stretched, bytes.fromhex(kept["hash"]))

    def _put_secret(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        if not self._office.ledger.directory.has_right(session.principal, "secretary"):
            raise RefusedError("no_right")
        name = new_id("secret")
        row = {"meeting": str(body["meeting"]), "secret": str(body["secret"])}
        self._log.set_value(f"secret:{name}", msgspec.json.encode(row))
        return {"name": name}

    def _get_secret(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        raw = self._log.value(f"secret:{body['name']}")
        row = msgspec.json.decode(raw, type=dict[str, str]) if raw else {}
        meeting = self._office.meeting(row.get("meeting", ""))
        directory = self._office.ledger.directory
        if meeting is None or not (
            (
                session.principal in directory.people
                and may_have_secret(session.principal, str(body["name"]), meeting)
            )
            or session.principal in meeting.unlocked
            or self._is_to_show(session, str(body["name"]), meeting)
        ):
            raise RefusedError("no_right")
        return {"secret": row["secret"]}

    def _is_to_show(self, session: Session, secret: str, meeting: Meeting) -> bool:
        """Whether a display, locked or not, was told to show a passcode to the room."""
        is_display = session.principal in self._office.ledger.directory.rooms
        return is_display and shows_secret(meeting, secret, self._clock())

    def _back_up(self, session: Session, body: dict[str, Any]) -> Errand:
        self._administrator(session)
        make_backup = self._make_backup
        if make_backup is None:
            raise CallError("call.unknown", name="backup.make")
        return lambda: {"file": str(make_backup())}

    def _painted(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        """Of the people and rooms of a meeting: this screen shows the page of a turn."""
        meeting, revision = self._office.meeting(str(body["meeting"])), body["revision"]
        if type(revision) is not int:
            raise CallError("call.malformed", field="revision")
        if meeting is not None and (
            session.principal in meeting.people or is_room(session.principal)
        ):
            self._office.delays.painted(meeting.id, revision, session.device)
        return {}

    def _delay(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        meeting = self._office.meeting(str(body["meeting"]))
        if meeting is None or not leads(session.principal, meeting):
            raise RefusedError("no_right")
        median, slowest, screens = self._office.delays.newest(meeting.id)
        return {"median_ms": median, "slowest_ms": slowest, "screens": screens}

    def _cast(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        ballot = Ballot(
            session=session,
            meeting=str(body["meeting"]),
            vote=str(body["vote"]),
            choice=str(body["choice"]),
            cast=str(body["cast"]),
        )
        (refusal,) = self._office.cast_all([ballot])
        if refusal is not None:
            raise refusal
        return {}

    def _close_vote(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        result = self._office.counting.close(session, str(body["meeting"]), str(body["vote"]))
        return {"counts": list(result.counts), "is_passed": result.is_passed}

    def _tell_seen(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        """Which computers of a meeting are on line, and since when the others are not."""
        meeting = self._office.meeting(str(body["meeting"]))
        directory = self._office.ledger.directory
        is_administrator = directory.has_right(session.principal, "administrator")
        if meeting is None or not (leads(session.principal, meeting) or is_administrator):
            raise RefusedError("no_right")
        seen = self._office.seen
        names = [device.device for device in holders(meeting, directory)]
        return {"devices": {name: msgspec.to_builtins(seen.state(name)) for name in names}}

    def _count_marks(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        """How many people have shared how many marks on these pages: no more than that."""
        meeting = self._office.meeting(str(body["meeting"]))
        if meeting is None or not meeting.is_secretary(session.principal):
            raise RefusedError("no_right")
        blob, pages = str(body["blob"]), body["pages"]
        is_list = isinstance(pages, list) and len(pages) <= COUNTED
        if not is_list or any(type(page) is not int for page in pages):
            raise CallError("call.malformed", field="pages")
        wanted = frozenset(pages)
        marks = [mark for mark in meeting.marks_on(blob) if mark.page in wanted]
        return {"people": len({mark.author for mark in marks}), "marks": len(marks)}

    def _offer(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        """Which of these numbered records this hub lacks: after a restore or a takeover."""
        records = body["records"]
        if not isinstance(records, list) or len(records) > OFFERED:
            raise CallError("call.malformed", field="records")
        self._office.merging.hear(session.device)
        return {"wanted": self._office.merging.lacking([str(record) for record in records])}

    def _hand_in(self, session: Session, body: dict[str, Any]) -> Errand:
        try:
            rows = msgspec.convert(body["kept"], list[Kept])
        except msgspec.ValidationError as error:
            raise CallError("call.malformed", field="kept") from error
        return lambda: {"taken": self._office.hand_in(rows)}

    def _lacking_blobs(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        here = {str(blob) for blob in body["here"]}
        mine, others = self._office.merging.to_bring(session.principal, session.device, here)
        return {"blobs": mine, "others": others}

    def _go_on(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        directory = self._office.ledger.directory
        if not any(directory.has_right(session.principal, right) for right in MAY_GO_ON):
            raise RefusedError("no_right")
        self._office.go_on()
        records, devices = self._office.merging.came_back
        return {"came_back": records, "heard": devices}

    def _status(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        ledger = self._office.ledger
        heads = {stream: list(ledger.head(stream, 1)) for stream in ledger.streams()}
        if not ledger.directory.has_right(session.principal, "administrator"):
            heads = {}
        records, devices = self._office.merging.came_back
        return {
            "heads": heads,
            "devices": len(ledger.directory.devices),
            "last": self._log.last_for(session.device),
            "restoring": self._office.is_restoring,
            "came_back": records,
            "heard": devices,
        }


def _stretched(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)
