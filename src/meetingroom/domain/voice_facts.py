"""Payloads of opinions, written consultation, and speaking."""

from meetingroom.domain.fact import Fact


class OpinionGiven(Fact, frozen=True):
    """Somebody's opinion on an item, or on a page of a paper (from 0; -1 is the whole paper)."""

    opinion: str
    text: str
    item: str = ""
    paper: str = ""
    page: int = -1


class OpinionShown(Fact, frozen=True):
    """Who leads lets an opinion be seen by everyone and on the display, or takes it off.

    `text` and where it belongs are the opinion's own, `person` its author or "": they are what
    everyone sees, for the opinion itself need not be for everyone.
    """

    opinion: str
    is_shown: bool
    text: str = ""
    person: str = ""
    item: str = ""
    paper: str = ""
    page: int = -1


class OpinionAnswered(Fact, frozen=True):
    """`answer` is accepted, explained or noted; `paper` is the opinion's."""

    opinion: str
    answer: str
    text: str = ""
    paper: str = ""


class ConsultationOpened(Fact, frozen=True):
    """A question answered in writing by `people`; `due` (ISO 8601) reminds, the close ends it.

    Answers are for chair and secretaries; with `shows_answers` for everyone, too, once closed.
    """

    consultation: str
    question: str
    people: tuple[str, ...]
    due: str
    choices: tuple[str, ...] = ()
    item: str = ""
    paper: str = ""
    shows_answers: bool = False


class ConsultationAnswered(Fact, frozen=True):
    """The newest answer of a person counts; `paper` is the question's."""

    consultation: str
    choice: str = ""
    text: str = ""
    paper: str = ""


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
    """The floor is given; whoever spoke has ended. `seconds` is the time given, 0 unlimited.

    For who has the floor already, `seconds` is the whole time from now on.
    """

    speech: str
    seconds: int = 300


class SpeechEnded(Fact, frozen=True):
    speech: str
