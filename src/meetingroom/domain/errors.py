"""Known errors: the world's fault, told apart from bugs.

An error carries a code and fields, never prose; `meetingroom.sentences` turns it into
what happened, what is safe and what to do, in the reader's language.
"""


class MeetingError(Exception):
    """A known error. `code` is dotted ("paper.damaged"); `fields` fill the sentence."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.fields.items())
        return f"{self.code}({facts})" if facts else self.code


class PaperError(MeetingError):
    """A file that cannot become a paper: damaged, encrypted, empty, renamed, huge, secret."""


class StoreError(MeetingError):
    """The disk or the database refuses: full, damaged, newer, held by another program."""


class LinkError(MeetingError):
    """The hub cannot be reached, is not the right one, or went away."""


class EnrolmentError(MeetingError):
    """A code that is wrong, expired, used, or tried too often."""


class RefusedError(MeetingError):
    """The hub, or a right, says no."""


class CallError(MeetingError):
    """The call itself is wrong: a missing field, an unknown name, a bad value."""
