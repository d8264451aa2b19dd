"""Speaking and time in the log's words."""

from typing import Protocol

from meetingroom.domain import facts
from meetingroom.wording import tr


class Names(Protocol):
    """What people and items are called, and who a speech is of."""

    author: str
    """Who wrote what is told now."""

    def person(self, person: str) -> str:
        """A person's name."""
        ...

    def item(self, item: str) -> str:
        """An item's number and title."""
        ...

    def speaker(self, speech: str) -> str:
        """The name of who asked with this speech."""
        ...

    def is_own(self, speech: str) -> bool:
        """Whether the author asked with this speech."""
        ...


class Floor:
    """Tells the floor, and remembers who has it: time given again is more time."""

    def __init__(self) -> None:
        self._speaks = ""

    def tell(self, fact: facts.Fact, names: Names) -> str:
        """One record in words; empty for what is not of the floor."""
        match fact:
            case facts.SpeechAsked():
                return _asked(fact, names)
            case facts.SpeechWithdrawn():
                if names.is_own(fact.speech):
                    return tr("does not wish to speak any more")
                return tr("took {0} off the list of speakers").format(names.speaker(fact.speech))
            case facts.SpeechesOrdered():
                return tr("changed the order of the speakers")
            case facts.SpeechGranted():
                return self._granted(fact, names.speaker(fact.speech))
            case facts.SpeechEnded():
                self._speaks = ""
                if names.is_own(fact.speech):
                    return tr("has finished speaking")
                return tr("ended the speech of {0}").format(names.speaker(fact.speech))
            case facts.TimeGiven():
                words = tr("gave item {0} {1} more minutes")
                return words.format(names.item(fact.item), f"{fact.minutes:+d}".lstrip("+"))
            case _:
                return ""

    def _granted(self, fact: facts.SpeechGranted, name: str) -> str:
        is_more = self._speaks == fact.speech
        self._speaks = fact.speech
        if is_more:
            return tr("gave {0} more time: {1}").format(name, _length(fact.seconds))
        if not fact.seconds:
            return tr("gave the floor to {0}").format(name)
        return tr("gave the floor to {0} for {1}").format(name, _length(fact.seconds))


def _asked(fact: facts.SpeechAsked, names: Names) -> str:
    if fact.person == names.author:
        return tr("asks to put a question") if fact.is_question else tr("asks to speak")
    person = names.person(fact.person)
    if fact.is_question:
        return tr("put {0} on the list, with a question").format(person)
    return tr("put {0} on the list of speakers").format(person)


def _length(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    if not rest:
        return tr("{0} minutes").format(minutes)
    return f"{minutes}:{rest:02d}"
