"""Outlook messages (.msg): HTML, RTF or plain body, appointment, what is enclosed."""

import io
import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Event, Letter, Part
from meetingroom.invitations.files.charsets import decoded
from meetingroom.invitations.files.html_letter import letter_of_html
from meetingroom.invitations.files.plain_text import letter_of_text
from meetingroom.invitations.files.rtf import unpacked
from meetingroom.invitations.files.rtf_letter import letter_of_rtf
from meetingroom.invitations.files.task import MAX_DEPTH, Task, joined

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MAX_ENCLOSED = 40
# What the libraries raise on files that are not as they should be.
ODD = (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, struct.error)
SUBJECT, BODY, HTML, RTF = 0x0037, 0x1000, 0x1013, 0x1009
SENDER_NAME, SENDER_ADDRESSES, KIND, CODEPAGE = 0x0C1A, (0x5D01, 0x0C1F), 0x001A, 0x3FFD
INTERNET_CODEPAGE, SENT, START, END = 0x3FDE, 0x0039, 0x0060, 0x0061
DATA, FILE_NAMES = 0x3701, (0x3707, 0x3704)
WHERE, STARTS, ENDS = 0x8208, 0x820D, 0x820E  # names of what an appointment has
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_ADDRESS = re.compile(r"https?://\S{4,4000}", re.I)


def read_msg(name: str, data: bytes, task: Task) -> Letter:
    """A message saved by Outlook."""
    from olefile import OleFileIO  # noqa: PLC0415 - seldom
    from oxmsg.storage import Storage  # noqa: PLC0415

    try:
        with OleFileIO(io.BytesIO(data)) as ole:
            storage = Storage.from_ole(ole)
        return _letter(_Message(storage, 32, {}), task, 0)
    except ODD as error:
        raise PaperError("paper.damaged", file=name) from error


class _Message:
    """A message's properties; `head` is how many bytes stand before the fixed ones."""

    def __init__(self, storage: Any, head: int, names: dict[int, int]) -> None:
        self.storage = storage
        self.streams: dict[str, bytes] = {one.name: one.bytes_ for one in storage.streams}
        self._fixed = dict(_fixed(self.streams.get("__properties_version1.0", b"")[head:]))
        self.names = names or _names(storage)

    def text(self, *tags: int) -> str:
        for tag in tags:
            wide = self.streams.get(f"__substg1.0_{tag:04X}001F")
            if wide is not None:
                return wide.decode("utf-16-le", "replace").rstrip("\0")
            narrow = self.streams.get(f"__substg1.0_{tag:04X}001E")
            if narrow is not None:
                return decoded(narrow.rstrip(b"\0"), self._codepage(CODEPAGE))
        return ""

    def bytes_of(self, tag: int) -> bytes:
        return self.streams.get(f"__substg1.0_{tag:04X}0102", b"")

    def html(self) -> str:
        data = self.bytes_of(HTML)
        return decoded(data, self._codepage(INTERNET_CODEPAGE)) if data else self.text(HTML)

    def moment(self, tag: int) -> str:
        """A time as ISO 8601 at the office; nothing where it is not told."""
        told = self._fixed.get(tag << 16 | 0x0040)
        if told is None:
            return ""
        try:
            moment = EPOCH + timedelta(microseconds=struct.unpack("<Q", told)[0] // 10)
            return moment.astimezone(ZONE).isoformat(timespec="seconds")
        except (OverflowError, ValueError):
            return ""

    def named(self, name: int) -> int:
        """The tag under which a named property stands; 0 where it has none."""
        return self.names.get(name, 0)

    def links(self) -> Iterator[Part]:
        """Addresses that other programs have left as properties of their own."""
        for name, data in self.streams.items():
            if re.fullmatch(r"__substg1\.0_[89A-F][0-9A-F]{3}001F", name):
                text = data.decode("utf-16-le", "replace").strip("\0 ")
                if _ADDRESS.fullmatch(text):
                    yield Part(text=text, how="link")

    def _codepage(self, tag: int) -> str:
        told = self._fixed.get(tag << 16 | 0x0003)
        number = struct.unpack("<I", told[:4])[0] if told else 0
        return {0: "", 65001: "utf-8", 20127: "", 28591: "latin-1"}.get(number, f"cp{number}")


def _fixed(data: bytes) -> Iterator[tuple[int, bytes]]:
    for start in range(0, min(len(data), 1 << 20) - 15, 16):
        yield struct.unpack_from("<I", data, start)[0], data[start + 8 : start + 16]


def _names(storage: Any) -> dict[int, int]:
    """The tags of properties that have numbers as names."""
    for one in storage.storages:
        if one.name == "__nameid_version1.0":
            rows = {stream.name: stream.bytes_ for stream in one.streams}
            data = rows.get("__substg1.0_00030102", b"")[: 1 << 20]
            found: dict[int, int] = {}
            for start in range(0, len(data) - 7, 8):
                name, kind, number = struct.unpack_from("<IHH", data, start)
                if not kind & 1:
                    found.setdefault(name, 0x8000 + number)
            return found
    return {}


def _letter(message: _Message, task: Task, depth: int) -> Letter:
    letters = [_body(message, task)]
    links = tuple(message.links())
    letters += [Letter(parts=links)] if links else []
    for number, storage in enumerate(message.storage.storages):
        if task.is_late or number > MAX_ENCLOSED:
            break
        if storage.name.startswith("__attach_version1.0_#"):
            letters.append(_enclosed(message, storage, task, depth))
    said = joined(letters)
    sender = _sender(message)
    event = _event(message, sender)
    return Letter(
        parts=said.parts,
        subject=message.text(SUBJECT)[:1000].strip() or said.subject,
        sender=sender or said.sender,
        sent_at=message.moment(SENT) or said.sent_at,
        events=(*((event,) if event else ()), *said.events),
    )


def _body(message: _Message, task: Task) -> Letter:
    html = message.html()
    if html:
        letter = letter_of_html(html)
        if letter.parts:
            return letter
    plain = message.text(BODY).replace("\r\n", "\n")
    rich = letter_of_rtf(unpacked(message.bytes_of(RTF))) if message.bytes_of(RTF) else Letter()
    if rich.parts and (not plain.strip() or any(part.how == "link" for part in rich.parts)):
        return rich
    return letter_of_text("", plain, task)


def _enclosed(message: _Message, storage: Any, task: Task, depth: int) -> Letter:
    enclosed = _Message(storage, 8, message.names)
    for inner in storage.storages:
        if inner.name == f"__substg1.0_{DATA:04X}000D":  # a message
            if depth >= MAX_DEPTH:
                return Letter()
            return _letter(_Message(inner, 24, message.names), task, depth + 1)
    data = enclosed.bytes_of(DATA)
    return task.enclosed(enclosed.text(*FILE_NAMES)[:200], data) if data.strip() else Letter()


def _sender(message: _Message) -> str:
    name = message.text(SENDER_NAME).strip()[:200]
    address = message.text(*SENDER_ADDRESSES).strip()[:200]
    return f"{name} <{address}>" if "@" in address and address != name else name


def _event(message: _Message, sender: str) -> Event | None:
    """The appointment that a meeting request is."""
    kind = message.text(KIND).upper()
    if not kind.startswith(("IPM.APPOINTMENT", "IPM.SCHEDULE.MEETING")):
        return None
    starts = message.moment(message.named(STARTS)) or message.moment(START)
    ends = message.moment(message.named(ENDS)) or message.moment(END)
    return Event(
        title=message.text(SUBJECT)[:1000].strip(),
        starts_at=starts,
        ends_at=ends,
        place=message.text(message.named(WHERE))[:1000].strip(),
        organiser=sender,
        text=message.text(BODY).replace("\r\n", "\n").strip()[:100_000],
        url=next((part.text for part in message.links()), ""),
        is_cancelled="CANCELED" in kind or "CANCELLED" in kind,
    )
