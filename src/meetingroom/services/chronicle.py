"""The log of a meeting in words: who did what, when, as one tells it afterwards.

Marks, receipts and reminders are not told one by one; what the hub says of a vote is.
"""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory
from meetingroom.domain.entries import Entry, in_order
from meetingroom.domain.ids import HUB, is_room
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import moment_of
from meetingroom.services.opinion_words import answer_words
from meetingroom.services.told_speaking import Floor
from meetingroom.wording import tr


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened: when (ISO 8601), who did it, what, in words."""

    at: str
    who: str
    words: str
    kind: str
    author: str = ""
    was_offline: bool = False


class _Names:
    """What people, items and papers are called."""

    def __init__(self, meeting: Meeting, directory: Directory) -> None:
        self._meeting, self._directory = meeting, directory
        self._speeches: dict[str, str] = {}
        self._motions: dict[str, facts.VoteOpened] = {}
        self.author, self.turner = "", ""
        self._questions: dict[str, str] = {}

    def person(self, person: str) -> str:
        return self._directory.name_of(person) or person

    def item(self, item: str) -> str:
        agenda = self._meeting.issued.agenda if self._meeting.issued else ()
        for number, row in enumerate(agenda, 1):
            if row.item == item:
                return f"{number}. {row.title}".strip()
        return ""

    def paper(self, paper: str) -> str:
        known = self._meeting.papers.get(paper) or self._meeting.removed_papers.get(paper)
        number = self._meeting.number_of(paper)
        return f"{number} {known.title}".strip() if known else ""

    def learn(self, fact: facts.Fact) -> None:
        """Remember what later records only name."""
        if isinstance(fact, facts.SpeechAsked):
            self._speeches[fact.speech] = fact.person
        elif isinstance(fact, facts.VoteOpened):
            self._motions[fact.vote] = fact
        elif isinstance(fact, facts.ConsultationOpened):
            self._questions[fact.consultation] = fact.question

    def speaker(self, speech: str) -> str:
        return self.person(self._speeches.get(speech, ""))

    def question(self, consultation: str) -> str:
        return self._questions.get(consultation, "")

    def author_of(self, opinion: str) -> str:
        known = self._meeting.opinions.given.get(opinion)
        return self.person(known.author) if known else ""

    def is_own(self, speech: str) -> bool:
        return self._speeches.get(speech) == self.author

    def link(self, link: str) -> str:
        """An online meeting's name, also of an earlier revision."""
        rows = [one for issued in self._meeting.revisions for one in issued.links]
        return next((one.title or one.url for one in reversed(rows) if one.link == link), "")

    def vote(self, vote: str) -> facts.VoteOpened | None:
        return self._motions.get(vote)


def chronicle(entries: Iterable[Entry], meeting: Meeting, directory: Directory) -> list[Told]:
    """What happened, in the log's order."""
    names, lines = _Names(meeting, directory), []
    floor = Floor()
    for entry in in_order(entries):
        names.learn(entry.fact)
        names.author = entry.head.author
        words = "".join(tell(entry.fact, names) for tell in (*TELLING, floor.tell))
        if words and entry.refused is None:
            lines.append(
                Told(
                    at=entry.at,
                    who=_who(entry, names),
                    words=words,
                    kind=entry.head.kind,
                    author=entry.head.author,
                    was_offline=entry.was_offline,
                )
            )
    return lines


def with_hub(told: list[Told], office: Iterable[Entry], directory: Directory) -> list[Told]:
    """The same with what became of the hub between the first and the last thing told."""
    if not told:
        return told
    first, last = told[0].at, told[-1].at
    moved = [
        Told(
            at=entry.at,
            who=directory.name_of(entry.head.author),
            words=tr("moved the hub to “{0}”").format(_place(entry.fact, directory)),
            kind=entry.head.kind,
        )
        for entry in office
        if isinstance(entry.fact, facts.HubTakenOver) and first <= entry.at <= last
    ]
    return sorted([*told, *moved], key=lambda one: one.at) if moved else told


def _place(fact: facts.HubTakenOver, directory: Directory) -> str:
    device = directory.devices.get(fact.standby)
    return directory.name_of(device.principal) if device is not None else ""


def in_lines(told: Iterable[Told], directory: Directory) -> str:
    """A line each, its time on the office's clock."""
    office = directory.office
    zone = ZoneInfo(office.time_zone if office else "UTC")
    return "\n".join(
        f"{moment_of(one.at).astimezone(zone):%d/%m %H:%M:%S}  {one.who}: {one.words}"
        + (f" ({tr('offline')})" if one.was_offline else "")
        for one in told
    )


def _who(entry: Entry, names: _Names) -> str:
    head = entry.head
    if isinstance(entry.fact, facts.CheckedIn) and entry.fact.by_code:
        return names.person(entry.fact.person)
    if head.author == HUB:
        return tr("The hub")
    if is_room(head.author) and head.on_behalf_of:
        room, person = names.person(head.author), names.person(head.on_behalf_of)
        return tr("{0}, at the display of {1}").format(person, room)
    return names.person(head.author)


def _issued(fact: facts.MeetingIssued) -> str:
    if fact.revision == 1:
        return tr("issued the meeting “{0}”").format(fact.title)
    return tr("issued revision {0}").format(fact.revision)


def _scene(fact: facts.SceneShown, names: _Names) -> str:
    match fact.scene:
        case "paper":
            return tr("showed the paper {0}").format(names.paper(fact.paper))
        case "break":
            return tr("began a break")
        case "online" if fact.join:
            return tr("sent the display into the online meeting")
        case "online" if fact.passcode:
            return tr("showed the passcode of the online meeting")
        case "online":
            return tr("showed the online meeting")
        case _:
            return ""


def _turning(fact: facts.TurningGiven, names: _Names) -> str:
    turner, names.turner = names.turner, fact.person
    if not fact.person and names.author == turner:
        return tr("gave the page-turning back")
    if not fact.person:
        return tr("took the page-turning back")
    return tr("let {0} turn the pages").format(names.person(fact.person))


def _purged(fact: facts.Purged, names: _Names) -> str:
    item = names.item(fact.item)
    if fact.reason == "secret":
        return tr("withdrew a paper of item {0}, which was found to be secret").format(item)
    return tr("withdrew a paper of item {0}").format(item)


def _checked_in(fact: facts.CheckedIn, names: _Names) -> str:
    person = names.person(fact.person)
    if fact.never_left:
        return tr("took the leaving of {0} back: noted by mistake").format(person)
    if fact.by_code:
        return tr("checked in with the code")
    if fact.stands_in_for:
        absent = names.person(fact.stands_in_for)
        return tr("noted that {0} is here for {1}").format(person, absent)
    if fact.person == names.author:
        return tr("is here, online") if fact.way == "online" else tr("is here")
    if fact.way == "online":
        return tr("noted that {0} is here, online").format(person)
    return tr("noted that {0} is here").format(person)


def _out_of_call(fact: facts.OnlineLeft, names: _Names) -> str:
    link = names.link(fact.link)
    if fact.who:
        words = tr("brought the display of {0} back from the online meeting “{1}”")
        return words.format(names.person(fact.who), link)
    return tr("left the online meeting “{0}”").format(link)


def _left(fact: facts.LeftMeeting, names: _Names) -> str:
    person = names.person(fact.person)
    if fact.never_came:
        return tr("took the check-in of {0} back: noted by mistake").format(person)
    return tr("left") if fact.person == names.author else tr("noted that {0} left").format(person)


def _unlocked(fact: facts.DisplayUnlocked, names: _Names) -> str:
    room, person = names.person(fact.room), names.person(fact.person)
    if fact.person == names.author:
        return tr("unlocked the display of {0}").format(room)
    return tr("unlocked the display of {0} for {1}").format(room, person)


def _vote_opened(fact: facts.VoteOpened) -> str:
    words = tr("put to the vote, secretly: {0}") if fact.is_secret else tr("put to the vote: {0}")
    return words.format(fact.motion)


def _vote_closed(fact: facts.VoteClosed, names: _Names) -> str:
    opened = names.vote(fact.vote)
    choices = opened.choices if opened else ()
    counts = ", ".join(
        f"{choice} {count}" for choice, count in zip(choices, fact.counts, strict=False)
    )
    match fact.is_passed:
        case True:
            return tr("the result: {0}. Passed").format(counts)
        case False:
            return tr("the result: {0}. Not passed").format(counts)
        case _:
            return tr("the result: {0}").format(counts)


def _vote_cancelled(fact: facts.VoteCancelled) -> str:
    if fact.reason == "taken_over":
        return tr("the vote is to be held again: another computer is the hub now")
    return tr("called the vote off")


def _answered(fact: facts.AnswerGiven, names: _Names) -> str:
    if fact.person:
        return _noted(fact, names)
    match fact.answer:
        case "absent":
            return tr("will be absent: {0}").format(fact.reason or "–")
        case "substitute":
            who = names.person(fact.substitute)
            return tr("is stood in for by {0}").format(who)
        case _:
            return ""


def _noted(fact: facts.AnswerGiven, names: _Names) -> str:
    """What was written down for somebody else."""
    person = names.person(fact.person)
    match fact.answer:
        case "absent":
            return tr("noted that {0} is absent: {1}").format(person, fact.reason or "–")
        case "substitute":
            who = names.person(fact.substitute)
            return tr("noted that {0} is stood in for by {1}").format(person, who)
        case _:
            return tr("noted that {0} comes").format(person)


def _decided(fact: facts.AnswerDecided, names: _Names) -> str:
    words = tr("agreed to what {0} answered") if fact.is_agreed else tr("did not agree to {0}")
    return words.format(names.person(fact.person))


def _of_meeting(fact: facts.Fact, names: _Names) -> str:
    """How a meeting goes."""
    match fact:
        case facts.MeetingIssued():
            return _issued(fact)
        case facts.MeetingCancelled():
            return tr("cancelled the meeting")
        case facts.MeetingOpened():
            return tr("opened the meeting")
        case facts.MeetingClosed():
            return tr("closed the meeting")
        case facts.ItemStarted():
            return tr("went to item {0}").format(names.item(fact.item))
        case facts.SceneShown():
            return _scene(fact, names)
        case facts.TurningGiven():
            return _turning(fact, names)
        case facts.Purged():
            return _purged(fact, names)
        case facts.DisplayUnlocked():
            return _unlocked(fact, names)
        case _:
            return ""


def _of_people(fact: facts.Fact, names: _Names) -> str:
    """Who comes, goes, speaks and thinks what."""
    match fact:
        case facts.CheckedIn():
            return _checked_in(fact, names)
        case facts.LeftMeeting():
            return _left(fact, names)
        case facts.OnlineJoined():
            return tr("went into the online meeting “{0}”").format(names.link(fact.link))
        case facts.OnlineLeft():
            return _out_of_call(fact, names)
        case facts.AnswerGiven():
            return _answered(fact, names)
        case facts.AnswerDecided():
            return _decided(fact, names)
        case _:
            return ""


def _of_votes(fact: facts.Fact, names: _Names) -> str:
    """What was voted on, and how it went."""
    match fact:
        case facts.VoteOpened():
            return _vote_opened(fact)
        case facts.VoteClosed():
            return _vote_closed(fact, names)
        case facts.VoteCancelled():
            return _vote_cancelled(fact)
        case _:
            return ""


def _of_opinions(fact: facts.Fact, names: _Names) -> str:
    """Who thinks what, and what was asked and answered in writing."""
    match fact:
        case facts.OpinionGiven():
            return tr("an opinion: {0}").format(fact.text)
        case facts.OpinionShown(is_shown=True):
            who = names.person(fact.person) if fact.person else tr("unnamed")
            return tr("showed an opinion ({0}): {1}").format(who, fact.text)
        case facts.OpinionAnswered():
            words = ": ".join(part for part in (answer_words(fact.answer), fact.text) if part)
            return tr("answered the opinion of {0}: {1}").format(
                names.author_of(fact.opinion), words
            )
        case facts.ConsultationOpened():
            return tr("asked in writing: {0}").format(fact.question)
        case facts.ConsultationAnswered():
            words = ". ".join(part for part in (fact.choice, fact.text) if part)
            return tr("answered “{0}”: {1}").format(names.question(fact.consultation), words)
        case facts.ConsultationClosed():
            return tr("closed the question “{0}”").format(names.question(fact.consultation))
        case _:
            return ""


TELLING = (_of_meeting, _of_people, _of_votes, _of_opinions)
