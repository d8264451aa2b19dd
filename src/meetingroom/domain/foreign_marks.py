"""Marks found in a file from another program, as values: what came, and what could not."""

import msgspec

from meetingroom.domain.marks import Shape


class FoundMark(msgspec.Struct, frozen=True, kw_only=True):
    """One mark of a file, brought to the page of the paper it is read for.

    `name` is what the file calls it and `reply_to` what it calls the mark this one answers.
    `author` and `at` (ISO 8601 UTC, empty where unknown) are as the file says. `was` is the
    kind it had there, where we have no such kind and it became the nearest one. `blob` is the
    version of the paper it was written on, where the file is an export of this program.
    """

    shape: Shape
    page: int
    text: str = ""
    colour: str = "yellow"
    author: str = ""
    at: str = ""
    name: str = ""
    reply_to: str = ""
    was: str = ""
    blob: str = ""


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """What was found and is not taken, and why.

    `reason` is "kind" (nothing we have is near), "no_page", "hidden", "empty", "state" (a
    mere tick of another program), "too_long" or "too_many". `page` counts from 0, -1 if unknown.
    """

    kind: str
    page: int
    reason: str
    count: int = 1


class FoundMarks(msgspec.Struct, frozen=True, kw_only=True):
    """Everything found in one file; `blob` is the version of the paper it is read for."""

    blob: str = ""
    marks: tuple[FoundMark, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class PaperFile(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a paper that a file may be about: where it lies, what it may be called."""

    blob: str
    path: str
    names: tuple[str, ...] = ()
