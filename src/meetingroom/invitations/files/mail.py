"""Messages (.eml): the words of the body, and what is enclosed."""

import email
import email.policy
import logging
import re
from datetime import datetime
from email.errors import MessageError
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any

from meetingroom.domain.invitation import Letter
from meetingroom.invitations.files.charsets import decoded
from meetingroom.invitations.files.html_letter import letter_of_html
from meetingroom.invitations.files.plain_text import letter_of_text
from meetingroom.invitations.files.task import Task, joined

log = logging.getLogger(__name__)
MAX_PARTS, MAX_WITHIN, MAX_HEADER = 200, 12, 8_000
# What the library raises on headers and bodies that are not as they should be.
ODD = (ValueError, KeyError, IndexError, TypeError, AttributeError, LookupError, AssertionError)
_OWN = ("multipart/alternative", "multipart/related")


def read_mail(_name: str, data: bytes, task: Task) -> Letter:
    """A message with all that is enclosed in it."""
    # The older policy: the newer one fails on headers that are not as they should be.
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    return letter_of_message(message, task)


def letter_of_message(message: "Message[str, str]", task: Task) -> Letter:
    """What a parsed message says."""
    letters: list[Letter] = []
    for part in _leaves(message):
        if task.is_late:
            break
        letters.append(_letter_of_part(part, task))
    body = joined(letters)
    return Letter(
        parts=body.parts,
        subject=header(message, "Subject") or body.subject,
        sender=header(message, "From") or body.sender,
        sent_at=_sent_at(message) or body.sent_at,
        events=body.events,
    )


def _leaves(message: Any) -> "list[Message[str, str]]":
    """The parts that say something, in order; of alternatives the richest one and calendars."""
    found: list[Message[str, str]] = []
    waiting: list[tuple[Any, int]] = [(message, 0)]
    while waiting and len(found) < MAX_PARTS:
        part, depth = waiting.pop()
        kind = part.get_content_type()
        if not part.is_multipart() or kind == "message/rfc822" or kind.startswith("message/"):
            found.append(part)
        elif depth < MAX_WITHIN:
            inner = [one for one in part.get_payload() if isinstance(one, Message)][:MAX_PARTS]
            if kind == "multipart/alternative":
                inner = _best(inner)
            waiting += [(one, depth + 1) for one in reversed(inner)]
    return found


def _best(choices: list[Any]) -> list[Any]:
    """Not the same words twice: HTML says more (what is behind words) than plain text."""
    rich = [one for one in choices if _has_html(one)]
    if not any(_has_words(one) for one in rich):
        return choices
    return [one for one in choices if one.get_content_type() != "text/plain"]


def _has_html(part: Any) -> bool:
    return part.get_content_type() == "text/html" or (
        part.get_content_type() in _OWN
        and any(isinstance(one, Message) and one.get_content_type() == "text/html"
                for one in part.get_payload())
    )  # fmt: skip


def _has_words(part: Any) -> bool:
    """Whether HTML says something: some programs send an empty page beside the plain text."""
    if part.is_multipart():
        return any(isinstance(one, Message) and one.get_content_type() == "text/html"
                   and _has_words(one) for one in part.get_payload())  # fmt: skip
    return len(re.sub(r"<[^>]*>|\s", "", words_of(part)[:200_000])) > 20


def _letter_of_part(part: Any, task: Task) -> Letter:
    kind = part.get_content_type()
    if kind.startswith("message/"):
        return _letter_within(part, task)
    name = _file_name(part)
    is_body = part.get_content_disposition() != "attachment" and not name
    if kind == "text/html" and is_body:
        return letter_of_html(words_of(part))
    if kind.startswith("text/") and kind != "text/calendar" and is_body:
        return letter_of_text(name, words_of(part), task)
    data = _bytes_of(part)
    return task.enclosed(name, data) if data.strip() else Letter()


def _letter_within(part: Any, task: Task) -> Letter:
    """A message in a message; it says who and about what only where the outer one does not."""
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if not isinstance(inner, Message):
        return Letter()
    return task.enclosed("", inner.as_bytes()) if task.depth < 3 else Letter()


def words_of(part: Any) -> str:
    """The letters of a text part, by the charset it names unless that is wrong."""
    try:
        named = part.get_content_charset() or ""
    except ODD:
        named = ""
    text = decoded(_bytes_of(part), named).replace("\r\n", "\n")
    try:
        flowed = str(part.get_param("format", "")).lower() == "flowed"
        joined_tight = str(part.get_param("delsp", "")).lower() == "yes"
    except ODD:
        return text
    return _unflowed(text, joined_tight) if flowed else text


def _unflowed(text: str, tight: bool) -> str:
    """Lines that a program broke at a space, whole again."""
    text = re.sub(r"^-- $", "--", text, flags=re.M)
    return re.sub(r" \n(?![>\n])", "" if tight else " ", text)


def _bytes_of(part: Any) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except ODD as error:
        log.debug("a part of a message cannot be decoded: %r", error)
        return b""
    return payload if isinstance(payload, bytes) else b""


def _file_name(part: Any) -> str:
    try:
        return _shown(str(part.get_filename() or "")[:MAX_HEADER])[:200]
    except ODD:
        return ""


def header(message: Any, name: str) -> str:
    """A header as its reader sees it; nothing where there is none."""
    try:
        raw = (str(value) for key, value in message.raw_items() if key.lower() == name.lower())
        return _shown(next(raw, "")[:MAX_HEADER])[:1000]
    except ODD as error:
        log.debug("a header cannot be read: %r", error)
        return ""


def _shown(raw: str) -> str:
    """A header's letters: encoded words, or bytes that should not stand there bare."""
    from email.header import decode_header  # noqa: PLC0415 - only here

    pieces: list[str] = []
    # Words cut within a letter are one word: their bytes are put together first.
    held, held_in = b"", ""
    raw = re.sub(r"\r?\n[ \t]+", " ", raw)
    try:
        found = decode_header(raw)
    except (*ODD, MessageError):  # no word that can be decoded: as it is written
        return " ".join(decoded(_bare(raw)).split())
    for piece, charset in found:
        data = piece if isinstance(piece, bytes) else _bare(piece)
        if held and charset != held_in:
            pieces.append(decoded(held, held_in))
            held = b""
        held, held_in = held + data, charset or ""
        if charset is None:
            pieces.append(decoded(held))
            held = b""
    if held:
        pieces.append(decoded(held, held_in))
    return " ".join("".join(pieces).split())


def _bare(piece: str) -> bytes:
    return piece.encode("utf-8", "surrogateescape")


def _sent_at(message: Any) -> str:
    try:
        sent: datetime = parsedate_to_datetime(header(message, "Date"))
        return sent.isoformat(timespec="seconds") if sent.tzinfo else ""
    except (*ODD, OverflowError):
        return ""
