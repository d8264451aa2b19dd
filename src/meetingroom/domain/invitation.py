"""What an office receives: the words of a letter, and the online meetings found in them.

A letter is read in two steps that know nothing of each other: a file becomes parts (words with
the page they stand on), and parts become findings, each with the place it was read from.
"""

from typing import Literal

import msgspec

How = Literal["text", "html", "link", "code", "scan", "calendar"]
Level = Literal["", "central", "province", "commune", "other"]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a letter. `page` counts from 1, None where there are no pages.

    `how`: typed words, words of an HTML body, the target behind words (a link that is not
    itself written: `text` is the address, `shown` the words over it), a QR code, recognised
    letters of a scan, a calendar's entry.
    """

    text: str
    page: int | None = None
    how: How = "text"
    shown: str = ""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a calendar file. Times are ISO 8601 with offset; "" where not said.

    Of one that comes again, its next time. `is_all_day`: the days count, not the times.
    """

    uid: str = ""
    title: str = ""
    starts_at: str = ""
    ends_at: str = ""
    place: str = ""
    organiser: str = ""
    text: str = ""
    url: str = ""
    is_cancelled: bool = False
    is_all_day: bool = False


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What one file says. `sent_at` (ISO 8601) helps where a date lacks its year."""

    parts: tuple[Part, ...] = ()
    subject: str = ""
    sender: str = ""
    sent_at: str = ""
    events: tuple[Event, ...] = ()


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """Where something was read: the page from 1 (None without pages) and the words there."""

    page: int | None
    text: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting proposed from a letter; None where the letter does not say.

    `service` is a name of `resources/services.toml`, None for a meeting without a link (the
    province's own video system). `starts_at`, `ends_at`, `test_at` are ISO 8601 with offset.
    `meeting_id` and `passcode` are as written. `spots` tells for each field's name where it was
    read. `warnings` are codes, see `meetingroom.invitations.safety`; `doubts` are codes of what
    was guessed or contradicts, see `meetingroom.invitations.letter_words`. `uid` is the calendar
    entry's, which a later change or the cancelling repeats.
    """

    service: str | None = None
    url: str | None = None
    meeting_id: str | None = None
    passcode: str | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    test_at: str | None = None
    title: str | None = None
    organiser: str | None = None
    level: Level = ""
    place: str | None = None
    site: str | None = None
    contact: str | None = None
    warnings: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    uid: str = ""
    is_cancelled: bool = False
    source: Spot | None = None
    spots: dict[str, Spot] = {}


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file: its findings, or the code of a known error and its fields.

    `text` are its words, for a file that has no pages to look at.
    """

    file: str
    findings: tuple[Finding, ...] = ()
    text: str = ""
    problem: str | None = None
    fields: dict[str, str] = {}
