"""Payloads of opinions, written consultation, and speaking."""

from meetingroom.domain.fact import Fact


class OpinionGiven(Fact, frozen=True):
    opinion: str
    text: str
    item: str = ""
    paper: str = ""
    page: int = -1


class OpinionShown(Fact, frozen=True):
    """The chair lets an opinion be seen by everyone and on the display, or takes it off.

    `text` and `person` are what everyone sees: the opinion itself need not be for everyone.
    """

    opinion: str
    is_shown: bool
    text: str = ""
    person: str = ""


class OpinionAnswered(Fact, frozen=True):
    """`answer` is accepted, explained or noted."""

    opinion: str
    answer: str
    text: str = ""


class ConsultationOpened(Fact, frozen=True):
    """A question answered in writing before the meeting, by `people` until `due` (ISO 8601)."""

    consultation: str
    question: str
    people: tuple[str, ...]
    due: str
    choices: tuple[str, ...] = ()
    item: str = ""


class ConsultationAnswered(Fact, frozen=True):
    consultation: str
    choice: str = ""
    text: str = ""


class ConsultationClosed(Fact, frozen=True):
    consultation: str


class SpeechAsked(Fact, frozen=True):
    """Somebody asks to speak, or is put on the list by chair or secretary."""

    speech: str
    person: str
    item: str = ""
    is_question: bool = False


class SpeechWithdrawn(Fact, frozen=True):
    speech: str


class SpeechesOrdered(Fact, frozen=True):
    """The queue as the chair wants it; who is not named comes after them as they asked."""

    speeches: tuple[str, ...]


class SpeechGranted(Fact, frozen=True):
    """The floor is given; whoever spoke has ended. `seconds` is the time given, 0 unlimited."""

    speech: str
    seconds: int = 300


class SpeechEnded(Fact, frozen=True):
    speech: str
